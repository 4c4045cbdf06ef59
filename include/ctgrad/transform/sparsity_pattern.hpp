// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/core/counted.hpp>

/// @file Where matrices may have elements other than 0: what `sparsity` and its kin give.

namespace ctgrad {

/// Where a matrix may have elements other than 0, row by row (compressed rows): those of row i stand in the columns
/// `column[row_start[i]]`, ... `column[row_start[i + 1] - 1]`.
/// @tparam Rows, Columns its extents. @tparam Nonzeros how many there are.
template <int Rows, int Columns, int Nonzeros>
struct sparsity_pattern {
    static constexpr int rows = Rows;
    static constexpr int columns = Columns;
    static constexpr int nnz = Nonzeros;
    counted<int, Rows + 1> row_start{};
    counted<int, Nonzeros> column{};

    /// Row and column of element `at` of the elements that may differ from 0.
    constexpr int row_of(int at) const {
        int first = 0, end = Rows; // the row is among them
        while (end - first > 1) {
            const int middle = first + (end - first) / 2;
            (row_start[middle] <= at ? first : end) = middle;
        }
        return first;
    }
    constexpr int column_of(int at) const { return column[at]; }
};

/// A matrix of more than 4,096 elements, all of which may differ from 0 as far as is known.
template <int Rows, int Columns>
struct dense_pattern {
    static constexpr int rows = Rows;
    static constexpr int columns = Columns;
    static constexpr int nnz = Rows * Columns;

    static constexpr int row_of(int at) { return at / Columns; }
    static constexpr int column_of(int at) { return at % Columns; }
};

namespace detail {
constexpr int diagonal_size(int rows, int columns, int offset) {
    const int first = offset < 0 ? -offset : 0, end = columns - offset < rows ? columns - offset : rows;
    return end - first;
}
} // namespace detail

/// Where a large matrix may have elements other than 0: on some diagonals. The elements are those of one diagonal after the other, from
/// the lowest to the highest.
/// @tparam Offset of each diagonal: column minus row.
template <int Rows, int Columns, int... Offset>
struct diagonal_pattern {
    static constexpr int rows = Rows;
    static constexpr int columns = Columns;
    static constexpr int diagonals = static_cast<int>(sizeof...(Offset));
    static constexpr int nnz = (detail::diagonal_size(Rows, Columns, Offset) + ... + 0);
    counted<int, diagonals> offset{Offset...};
    counted<int, diagonals + 1> start{}; ///< Of each diagonal among all elements.

    constexpr diagonal_pattern() {
        for (int d = 0; d < diagonals; ++d) start[d + 1] = start[d] + detail::diagonal_size(Rows, Columns, offset[d]);
    }
    constexpr int row_of(int at) const {
        const int d = diagonal_of(at);
        return (offset[d] < 0 ? -offset[d] : 0) + at - start[d];
    }
    constexpr int column_of(int at) const { return row_of(at) + offset[diagonal_of(at)]; }

private:
    constexpr int diagonal_of(int at) const {
        int d = 0;
        while (start[d + 1] <= at) ++d;
        return d;
    }
};

} // namespace ctgrad
