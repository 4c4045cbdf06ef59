// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/core/counted.hpp>
#include <ctgrad/kernel/lanes.hpp>
#include <ctgrad/kernel/strided_walk.hpp>

namespace ctgrad::detail {

/// One matrix of a product: rows and columns by strides, so that a transpose is only another walk.
template <class T>
struct matrix {
    T* data;
    std::int64_t row_stride;
    std::int64_t column_stride;

    [[gnu::always_inline]] T* at(std::int64_t row, std::int64_t column) const {
        return data + row * row_stride + column * column_stride;
    }
};

/// `Rows` rows of c = a b, `W` columns from column j on, of which `n` count. The columns of b and c
/// are adjacent in memory.
template <dtype D, int W, int Rows, class T>
[[gnu::always_inline]] inline void contract_tile(const matrix<const T>& a, const matrix<const T>& b, const matrix<T>& c,
                                                 std::int64_t depth, std::int64_t i, std::int64_t j, int n) {
    counted<lanes_t<D, W>, Rows> sum;
    for (auto& s : sum) s = fill_lanes<D, W>(T(0));
    for (std::int64_t k = 0; k < depth; ++k) {
        const lanes_t<D, W> row = load_lanes<D, W>(b.at(k, j), n);
        for (int r = 0; r < Rows; ++r) sum[r] = simd::fma(fill_lanes<D, W>(*a.at(i + r, k)), row, sum[r]);
    }
    for (int r = 0; r < Rows; ++r) store_lanes<D, W>(c.at(i + r, j), sum[r], n);
}

/// c = a b along the lanes of b's rows.
template <dtype D, class T>
inline void contract_by_columns(const matrix<const T>& a, const matrix<const T>& b, const matrix<T>& c, std::int64_t rows,
                                std::int64_t depth, std::int64_t columns) {
    constexpr int W = simd::native_lanes<T>;
    constexpr int block = 8;
    auto strip = [&](std::int64_t j, int n) __attribute__((always_inline)) {
        std::int64_t i = 0;
        for (; i + block <= rows; i += block) contract_tile<D, W, block>(a, b, c, depth, i, j, n);
        for (int left = static_cast<int>(rows - i); left > 0; --left) contract_tile<D, W, 1>(a, b, c, depth, i++, j, n);
    };
    std::int64_t j = 0;
    for (; j + W <= columns; j += W) strip(j, W);
    if (j < columns) strip(j, static_cast<int>(columns - j));
}

/// c = a b where the inner axis is adjacent in both operands: dot products.
template <dtype D, class T>
inline void contract_by_depth(const matrix<const T>& a, const matrix<const T>& b, const matrix<T>& c, std::int64_t rows,
                              std::int64_t depth, std::int64_t columns) {
    constexpr int W = simd::native_lanes<T>;
    for (std::int64_t i = 0; i < rows; ++i)
        for (std::int64_t j = 0; j < columns; ++j) {
            lanes_t<D, W> sum = fill_lanes<D, W>(T(0));
            std::int64_t k = 0;
            for (; k + W <= depth; k += W)
                sum = simd::fma(load_lanes<D, W>(a.at(i, k), W), load_lanes<D, W>(b.at(k, j), W), sum);
            if (const int n = static_cast<int>(depth - k); n > 0)
                sum = simd::fma(load_lanes<D, W>(a.at(i, k), n), load_lanes<D, W>(b.at(k, j), n), sum);
            *c.at(i, j) = simd::reduce_add(sum);
        }
}

/// c = a b whatever the strides.
template <class T>
inline void contract_plainly(const matrix<const T>& a, const matrix<const T>& b, const matrix<T>& c, std::int64_t rows,
                             std::int64_t depth, std::int64_t columns) {
    for (std::int64_t i = 0; i < rows; ++i)
        for (std::int64_t j = 0; j < columns; ++j) {
            T sum = 0;
            for (std::int64_t k = 0; k < depth; ++k) sum += *a.at(i, k) * *b.at(k, j);
            *c.at(i, j) = sum;
        }
}

/// The axis along which a product's operands lie adjacent in memory.
enum class adjacent : std::uint8_t { columns, depth, none };

constexpr adjacent adjacent_axis(const walk& a, const walk& b, int row) {
    if (b.stride[row + 1] == extent_product{}) return adjacent::columns;
    return a.stride[row + 1] == extent_product{} && b.stride[row] == extent_product{} ? adjacent::depth : adjacent::none;
}

/// Runs step `S` of program `P`, a matrix product over equal leading axes.
template <class P, int S>
inline void run_contraction(const arguments& args) {
    constexpr step self = P::plan.steps[S];
    constexpr node n = P::graph()[self.node];
    constexpr dtype D = n.type;
    using T = scalar_of<D>;
    constexpr int row = n.shape.rank - 2, column = n.shape.rank - 1;
    constexpr adjacent along = adjacent_axis(walk_of(P::graph(), P::plan, n.inputs[0]), walk_of(P::graph(), P::plan, n.inputs[1]), row);
    const strided<const T> a = strided_over<P, n.inputs[0]>(args);
    const strided<const T> b = strided_over<P, n.inputs[1]>(args);
    const strided<T> c = strided_result<P, S>(args);
    for_each_index(row, c.extent, [&](const std::int64_t* batch) {
        matrix<const T> ma{a.data, a.stride[row], a.stride[column]};
        matrix<const T> mb{b.data, b.stride[row], b.stride[column]};
        matrix<T> mc{c.data, c.stride[row], c.stride[column]};
        for (int k = 0; k < row; ++k) {
            ma.data += batch[k] * a.stride[k];
            mb.data += batch[k] * b.stride[k];
            mc.data += batch[k] * c.stride[k];
        }
        if constexpr (along == adjacent::columns)
            contract_by_columns<D>(ma, mb, mc, c.extent[row], a.extent[column], c.extent[column]);
        else if constexpr (along == adjacent::depth)
            contract_by_depth<D>(ma, mb, mc, c.extent[row], a.extent[column], c.extent[column]);
        else
            contract_plainly(ma, mb, mc, c.extent[row], a.extent[column], c.extent[column]);
    });
}

} // namespace ctgrad::detail
