// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <span>

namespace ctgrad::detail {

template <class D>
concept contiguous_range = requires(D& d) {
    { *std::data(d) };
    { std::size(d) } -> std::convertible_to<std::size_t>;
};

/// Data that say their extents: a `tensor`, a `tensor_view`.
template <class D>
concept shaped_data = contiguous_range<D> && requires(D& d) {
    { d.rank() } -> std::convertible_to<int>;
    { d.extent(0) } -> std::convertible_to<std::int64_t>;
};

/// Data with rows and columns: a matrix of Eigen, or one like it.
template <class D>
concept matrix_data = contiguous_range<D> && requires(D& d) {
    { d.rows() } -> std::convertible_to<std::int64_t>;
    { d.cols() } -> std::convertible_to<std::int64_t>;
};

/// Arrays with lists of extents and strides, such as those of Boost.MultiArray.
template <class D>
concept array_data = contiguous_range<D> && requires(D& d) {
    { d.shape()[0] } -> std::convertible_to<std::int64_t>;
    { d.strides()[0] } -> std::convertible_to<std::int64_t>;
} && (requires(D& d) { d.num_dimensions(); } || requires(D& d) { d.dimension(); });

/// What the type of a matrix says of its extents and strides, -1 where only the call knows.
template <class D>
struct static_matrix {
    static constexpr std::int64_t rows = [] {
        if constexpr (requires { D::RowsAtCompileTime; })
            return static_cast<int>(D::RowsAtCompileTime);
        else
            return -1;
    }();
    static constexpr std::int64_t columns = [] {
        if constexpr (requires { D::ColsAtCompileTime; })
            return static_cast<int>(D::ColsAtCompileTime);
        else
            return -1;
    }();
    static constexpr std::int64_t inner = [] {
        if constexpr (requires { D::InnerStrideAtCompileTime; })
            return static_cast<int>(D::InnerStrideAtCompileTime);
        else
            return -1;
    }();
    static constexpr std::int64_t outer = [] {
        if constexpr (requires { D::OuterStrideAtCompileTime; })
            return static_cast<int>(D::OuterStrideAtCompileTime);
        else
            return -1;
    }();
    static constexpr bool is_vector = rows == 1 || columns == 1;
    static constexpr bool by_rows = [] {
        if constexpr (requires { D::IsRowMajor; })
            return static_cast<int>(D::IsRowMajor) != 0;
        else
            return true;
    }();
};

/// How elements lie, as far as a type says.
enum class layout : std::uint8_t { by_rows, by_columns, with_gaps };

template <class D>
constexpr layout layout_of() {
    if constexpr (matrix_data<D>) {
        using matrix = static_matrix<D>;
        if (!matrix::is_vector && !matrix::by_rows) return layout::by_columns;
        if (matrix::inner > 1) return layout::with_gaps;
        const bool rows_apart = matrix::outer > 0 && matrix::columns >= 0 && matrix::outer != matrix::columns;
        return !matrix::is_vector && rows_apart ? layout::with_gaps : layout::by_rows;
    } else if constexpr (requires { D::Layout, D::NumDimensions; }) // a tensor of Eigen: 0 is by columns
        return static_cast<int>(D::NumDimensions) > 1 && static_cast<int>(D::Layout) == 0 ? layout::by_columns : layout::by_rows;
    else
        return layout::by_rows;
}

/// Whether data of type `D` have extents that are those of a leaf of rank `Rank`: a vector has none but its size.
template <class D, int Rank>
inline constexpr bool has_extents = shaped_data<D> || array_data<D>;
template <matrix_data D, int Rank>
inline constexpr bool has_extents<D, Rank> = shaped_data<D> || (Rank == 2 && !static_matrix<std::remove_const_t<D>>::is_vector);

template <class D>
[[gnu::always_inline]] constexpr int rank_in(const D& data) {
    if constexpr (shaped_data<const D>)
        return static_cast<int>(data.rank());
    else if constexpr (matrix_data<const D>)
        return 2;
    else if constexpr (requires { data.num_dimensions(); })
        return static_cast<int>(data.num_dimensions());
    else
        return static_cast<int>(data.dimension());
}
template <class D>
[[gnu::always_inline]] constexpr std::int64_t extent_in(const D& data, int axis) {
    if constexpr (shaped_data<const D>)
        return static_cast<std::int64_t>(data.extent(static_cast<decltype(data.rank())>(axis)));
    else if constexpr (matrix_data<const D>)
        return static_cast<std::int64_t>(axis == 0 ? data.rows() : data.cols());
    else
        return static_cast<std::int64_t>(data.shape()[static_cast<std::size_t>(axis)]);
}

template <class D>
concept strided_matrix = matrix_data<D> && requires(D& d) { d.innerStride(), d.outerStride(); };
template <class D>
concept strided_shape = shaped_data<D> && requires(D& d) { d.stride(0); };

/// Whether only a call knows how elements of type `D` lie.
template <class D>
inline constexpr bool has_strides = strided_matrix<const D> || strided_shape<const D> || array_data<const D>;

template <class D>
[[gnu::always_inline]] constexpr std::int64_t stride_in(const D& data, int axis) {
    if constexpr (strided_shape<const D>)
        return static_cast<std::int64_t>(data.stride(static_cast<decltype(data.rank())>(axis)));
    else if constexpr (strided_matrix<const D>)
        return static_cast<std::int64_t>((axis == 0) == static_matrix<D>::by_rows ? data.outerStride() : data.innerStride());
    else
        return static_cast<std::int64_t>(data.strides()[static_cast<std::size_t>(axis)]);
}

/// Whether elements lie row by row without gaps. Where there are fewer than two, their strides say nothing.
template <class D>
[[gnu::always_inline]] constexpr bool lies_by_rows(const D& data) {
    if constexpr (has_strides<D>) {
        std::int64_t dense = 1;
        bool good = true, empty = false;
        for (int k = rank_in(data) - 1; k >= 0; --k) {
            const std::int64_t extent = extent_in(data, k);
            good = good && (extent <= 1 || stride_in(data, k) == dense);
            empty = empty || extent == 0;
            dense *= extent;
        }
        return good || empty;
    } else
        return true;
}

} // namespace ctgrad::detail
