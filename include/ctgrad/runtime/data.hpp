// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/expr/expr.hpp>
#include <ctgrad/runtime/layout.hpp>
#include <ctgrad/runtime/tensor.hpp>

#include <array>
#include <cstddef>
#include <span>
#include <type_traits>

namespace ctgrad::detail {

template <class D>
struct element_of {
    using type = void;
};
template <contiguous_range D>
struct element_of<D> {
    using type = std::remove_cv_t<std::remove_reference_t<decltype(*std::data(std::declval<D&>()))>>;
};
template <class D>
    requires std::is_arithmetic_v<std::remove_cv_t<D>>
struct element_of<D> {
    using type = std::remove_cv_t<D>;
};

/// How many elements data of type `D` have, -1 if only the call knows.
template <class D>
inline constexpr std::int64_t static_count = [] {
    if constexpr (matrix_data<D>)
        return static_matrix<D>::rows < 0 || static_matrix<D>::columns < 0 ? -1 : static_matrix<D>::rows * static_matrix<D>::columns;
    else if constexpr (requires { std::tuple_size<D>::value; })
        return static_cast<std::int64_t>(std::tuple_size<D>::value);
    else
        return std::int64_t{-1};
}();
template <class T, std::size_t Count>
inline constexpr std::int64_t static_count<T[Count]> = static_cast<std::int64_t>(Count);
template <class T, std::size_t Count>
inline constexpr std::int64_t static_count<std::span<T, Count>> = Count == std::dynamic_extent ? -1 : static_cast<std::int64_t>(Count);

/// Whether `D` shows memory that may begin anywhere: elements of other containers are where they belong.
template <class D>
inline constexpr bool is_view = false;
template <class T>
inline constexpr bool is_view<tensor_view<T>> = true;
template <class T, std::size_t Count>
inline constexpr bool is_view<std::span<T, Count>> = true;

/// Whether the elements end with data of type `D`, which then are no view of others.
template <class D>
inline constexpr bool owns_elements = [] {
    if constexpr (requires { typename D::PlainObject; }) // of Eigen: what a map or a block shows
        return std::is_base_of_v<typename D::PlainObject, D>;
    else
        return !std::is_arithmetic_v<D> && !is_view<D> && !std::ranges::enable_borrowed_range<D>;
}();

/// Whether results can be put into data of type `D`.
template <class D>
inline constexpr bool is_writable = !std::is_const_v<D>;
template <contiguous_range D>
inline constexpr bool is_writable<D> = !std::is_const_v<std::remove_pointer_t<decltype(std::data(std::declval<D&>()))>>;

/// Where the elements of data are that a binding brings to a call.
template <class D>
[[gnu::always_inline]] inline void* elements_in(D& data) {
    if constexpr (std::is_arithmetic_v<std::remove_cv_t<D>>)
        return const_cast<std::remove_cv_t<D>*>(&data);
    else
        return const_cast<typename element_of<D>::type*>(std::data(data));
}

/// Whether data lie nowhere, or where no element can.
template <class D>
[[gnu::always_inline]] inline bool is_misplaced(D& data) {
    const void* const at = elements_in(data);
    if constexpr (is_view<std::remove_const_t<D>>)
        return at == nullptr || reinterpret_cast<std::uintptr_t>(at) % alignof(typename element_of<D>::type) != 0;
    else
        return at == nullptr;
}

template <class D>
[[gnu::always_inline]] inline std::size_t count_in(const D& data) {
    if constexpr (std::is_arithmetic_v<D>)
        return 1;
    else if constexpr (requires { data.num_elements(); }) // of Boost.MultiArray, whose size is the first extent
        return data.num_elements();
    else
        return static_cast<std::size_t>(std::size(data));
}

/// What an error says of data: how many elements there are, and their extents if they have any.
struct data_extents {
    std::size_t count = 0;
    int rank = -1; ///< Unknown.
    std::int64_t extent[max_rank]{};
};

template <class D>
inline data_extents extents_in(const D& data) {
    data_extents d{count_in(data), rank_in(data)};
    for (int k = 0; k < d.rank && k < max_rank; ++k) d.extent[k] = extent_in(data, k);
    return d;
}

} // namespace ctgrad::detail
