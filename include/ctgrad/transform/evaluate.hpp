// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/core/error.hpp>
#include <ctgrad/core/maybe.hpp>
#include <ctgrad/expr/expr.hpp>
#include <ctgrad/graph/interpret.hpp>

#include <type_traits>

namespace ctgrad {

namespace detail {

/// The bound numbers, row-major: those of any sized range, or a single one.
template <class Data>
constexpr value_list elements_of(const Data& data) {
    value_list out;
    if constexpr (std::is_arithmetic_v<Data>)
        out.push_back(static_cast<double>(data));
    else
        for (const auto& x : data) out.push_back(static_cast<double>(x));
    return out;
}

/// Adds the size of the only named dimension of `shape` that is not known yet, if there is just one.
/// @returns whether it did.
constexpr bool deduce_size(const tensor_shape& shape, int count, list<interpreter_input::named_size>& sizes) {
    std::int64_t known = 1;
    maybe<symbol> open;
    for (int k = 0; k < shape.rank; ++k) {
        std::int64_t size = shape[k].is_static() ? shape[k].extent : -1;
        for (const auto& s : sizes)
            if (!shape[k].is_static() && *s.name == *shape[k].name) size = s.size;
        if (size >= 0)
            known *= size;
        else if (open)
            return false;
        else
            open = *shape[k].name;
    }
    if (!open || known == 0 || count % known != 0) return false;
    sizes.push_back({&*open, count / known});
    return true;
}

/// Adds the sizes of named dimensions that `data` know for a leaf of that shape, such as a `view`.
template <class Data>
constexpr void read_sizes(const tensor_shape& shape, const Data& data, list<interpreter_input::named_size>& sizes) {
    if constexpr (requires { data.extent(data.rank() - 1); }) {
        if (data.rank() != shape.rank) fail("evaluate: the data of a leaf have another number of axes");
        for (int k = 0; k < shape.rank; ++k)
            if (!shape[k].is_static()) sizes.push_back({shape[k].name, data.extent(k)});
    }
}

constexpr void check_sizes(const interpreter_input& in, const list<tensor_shape>& shapes) {
    for (int i = 0; i < shapes.size(); ++i) {
        std::int64_t expected = 1;
        for (int k = 0; k < shapes[i].rank; ++k) expected *= in.size_of(shapes[i][k]);
        if (expected != in.leaves[i].values.size()) fail("evaluate: the data of a leaf do not fill its shape");
    }
}

} // namespace detail

/// The value of an expression by the reference interpreter, also in a `static_assert`:
/// `evaluate(gradient(loss, x)[x], x = std::array{1.0, 2.0})[0]`. Plain and slow: for tests and for looking.
/// @param bindings data for each leaf, row-major, as a range or, for one element, a number; they give the
/// sizes of named dimensions, a `view(pointer, extents...)` of all that it has.
/// @returns the elements, row-major, each computed in double and rounded to its dtype.
/// @throws error when the data do not fill a leaf's shape, or a leaf or the size of a named dimension is
/// missing. In constant evaluation it is not a constant then.
template <std::uint64_t Hash, class... Leaf, class... Data, bool... Holds>
constexpr value_list evaluate(expr<Hash>, const binding<Leaf, Data, Holds>&... bindings) {
    interpreter_input in;
    (in.leaves.push_back({Leaf::root().name, detail::elements_of(bindings.data)}), ...);
    (detail::read_sizes(Leaf::shape(), bindings.data, in.sizes), ...);
    list<tensor_shape> shapes;
    (shapes.push_back(Leaf::shape()), ...);
    for (bool more = true; more;) {
        more = false;
        for (int i = 0; i < shapes.size(); ++i) more = detail::deduce_size(shapes[i], in.leaves[i].values.size(), in.sizes) || more;
    }
    detail::check_sizes(in, shapes);
    return interpreter(expr<Hash>::graph(), in).result();
}

} // namespace ctgrad
