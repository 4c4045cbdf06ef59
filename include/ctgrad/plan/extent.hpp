// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/core/error.hpp>
#include <ctgrad/shape/tensor_shape.hpp>

#include <cstdint>
#include <utility>

namespace ctgrad {

/// The largest number of different named dimensions in one program.
inline constexpr int max_named_dimensions = 8;

/// The named dimensions of a program; their run-time sizes are passed in this order.
struct dimension_table {
    int count = 0;
    const symbol* names[max_named_dimensions]{};

    constexpr int index_of(const symbol* name) const {
        for (int i = 0; i < count; ++i)
            if (*names[i] == *name) return i;
        return -1;
    }
    constexpr void add(const tensor_shape& shape) {
        for (int k = 0; k < shape.rank; ++k)
            if (!shape[k].is_static() && index_of(shape[k].name) < 0) {
                if (count == max_named_dimensions) not_a_constant("more than 8 named dimensions in one program");
                names[count++] = shape[k].name;
            }
    }
};

/// An extent, a stride or a size, in elements: a number times powers of the named dimensions.
struct extent_product {
    std::int64_t factor = 1;
    std::int8_t power[max_named_dimensions]{};

    constexpr bool is_static() const {
        for (std::int8_t p : power)
            if (p != 0) return false;
        return true;
    }
    friend constexpr extent_product operator*(extent_product a, const extent_product& b) {
        a.factor *= b.factor;
        for (int i = 0; i < max_named_dimensions; ++i)
            a.power[i] = a.factor == 0 ? std::int8_t{0} : static_cast<std::int8_t>(a.power[i] + b.power[i]);
        return a;
    }
    friend constexpr bool operator==(const extent_product&, const extent_product&) = default;
};

/// The value of `E` when the named dimensions have `sizes`: for generated code, where E is a constant.
template <extent_product E>
[[gnu::always_inline]] constexpr std::int64_t value_of(const std::int64_t* sizes) {
    if constexpr (E.is_static())
        return E.factor;
    else
        return [sizes]<int... I>(std::integer_sequence<int, I...>) __attribute__((always_inline)) {
            std::int64_t product = E.factor;
            auto times_size = [&]<int D>(std::integral_constant<int, D>) __attribute__((always_inline)) {
                if constexpr (E.power[D] == 1)
                    product *= sizes[D];
                else
                    for (int p = 0; p < E.power[D]; ++p) product *= sizes[D];
            };
            (times_size(std::integral_constant<int, I>{}), ...);
            return product;
        }(std::make_integer_sequence<int, max_named_dimensions>{});
}

constexpr extent_product extent_of(const dimension& d, const dimension_table& table) {
    extent_product e;
    if (d.is_static())
        e.factor = d.extent;
    else
        e.power[table.index_of(d.name)] = 1;
    return e;
}

/// The extents of a tensor in a program.
struct extent_list {
    int rank = 0;
    extent_product extent[max_rank]{};
};
constexpr extent_list extents_of(const tensor_shape& shape, const dimension_table& table) {
    extent_list list;
    list.rank = shape.rank;
    for (int k = 0; k < shape.rank; ++k) list.extent[k] = extent_of(shape[k], table);
    return list;
}

/// How many elements a tensor has.
constexpr extent_product size_of(const tensor_shape& shape, const dimension_table& table) {
    extent_product size;
    for (int k = 0; k < shape.rank; ++k) size = size * extent_of(shape[k], table);
    return size;
}

/// The row-major stride of axis `axis`.
constexpr extent_product stride_of(const tensor_shape& shape, int axis, const dimension_table& table) {
    extent_product stride;
    for (int k = axis + 1; k < shape.rank; ++k) stride = stride * extent_of(shape[k], table);
    return stride;
}

/// The stride of axis `axis` where the elements along axis `adjacent` are adjacent, those along the others in order.
constexpr extent_product stride_behind(const tensor_shape& shape, int adjacent, int axis, const dimension_table& table) {
    if (axis == adjacent) return {};
    const extent_product stride = stride_of(shape, axis, table);
    return axis < adjacent ? stride : stride * extent_of(shape[adjacent], table);
}

} // namespace ctgrad
