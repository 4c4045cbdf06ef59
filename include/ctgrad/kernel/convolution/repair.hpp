// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/kernel/block_sum.hpp>
#include <ctgrad/kernel/convolution/operand.hpp>
#include <ctgrad/ops/detail/shields.hpp>

/// @file What vectors make of zeros beside a source, and of zeros that are meant, is NaN where the other factor is infinite or NaN. Such
/// elements are computed again, term by term.

namespace ctgrad::detail {

/// Whether all of `n` numbers are finite.
template <class T>
[[gnu::noinline, CTGRAD_OPTIMIZED]] bool all_finite(const T* x, std::int64_t n) {
    using vector = simd::vec<T, simd::native_lanes<T>>;
    vector zero(T(0));
    std::int64_t i = 0;
    for (; i + vector::lanes <= n; i += vector::lanes) zero = zero + (simd::load<vector>(x + i) - simd::load<vector>(x + i));
    T rest = T(0);
    for (; i < n; ++i) rest += x[i] - x[i];
    for (int k = 0; k < vector::lanes; ++k) rest += zero[k];
    return rest == T(0);
}

/// Whether all elements of `s` are finite.
template <class T>
bool all_finite(const strided<const T>& s) {
    std::int64_t dense = 1;
    bool contiguous = true;
    for (int k = s.rank - 1; k >= 0; --k) {
        contiguous = contiguous && (s.extent[k] == 1 || s.stride[k] == dense);
        dense *= s.extent[k];
    }
    if (contiguous) return all_finite(s.data, dense);
    bool finite = true;
    for_each_index(s.rank, s.extent, [&](const std::int64_t* index) {
        const T x = s.at(index);
        finite = finite && x - x == 0;
    });
    return finite;
}

/// The products of one element of a result of a convolution, one after the other: `visit(index in x, in kernel, in y)`. Which of the
/// three the result is, `Result`, and the element's `index` in it are given.
template <int Result, class Visit>
void for_each_term(const convolution_shape& shape, int rank, std::int64_t examples, const std::int64_t* index, Visit visit) {
    const int first = shape.first, axes = shape.axes;
    std::int64_t at[3][max_rank]{}, extent[max_rank]{};
    for (int k = 0; k < rank; ++k) at[Result][k] = index[k];
    // What is summed along: of a kernel the elements of y, else the window; and channels, or of a kernel examples.
    for (int k = 0; k < axes; ++k) extent[k] = Result == 1 ? shape.axis[k].output : shape.axis[k].window;
    extent[axes] = Result == 0 ? shape.group_outputs() : Result == 1 ? examples : shape.group_channels;
    for_each_index(axes + 1, extent, [&](const std::int64_t* j) {
        if (shape.has_sets()) at[0][0] = at[1][0] = at[2][0] = index[0];
        std::int64_t& group_channel = at[1][first - 1 + axes];
        if (Result == 0) group_channel = index[rank - 1] % shape.group_channels;
        if (Result == 2) group_channel = j[axes];
        const std::int64_t output =
            Result == 0 ? index[rank - 1] / shape.group_channels * shape.group_outputs() + j[axes] : index[rank - 1];
        at[1][first + axes] = at[2][rank - 1] = output;
        if (Result != 0) at[0][rank - 1] = output / shape.group_outputs() * shape.group_channels + group_channel;
        if (Result == 1)
            at[0][first - 1] = at[2][first - 1] = j[axes];
        else
            at[2 - Result][first - 1] = index[first - 1];
        for (int k = 0; k < axes; ++k) {
            const window_axis& w = shape.axis[k];
            std::int64_t &x = at[0][first + k], &of_window = at[1][first - 1 + k], &y = at[2][first + k];
            (Result == 1 ? y : of_window) = j[k];
            if (Result == 0) {
                const std::int64_t reach = x + w.pad - of_window * w.dilation;
                if (reach % w.stride != 0 || reach / w.stride < 0 || reach / w.stride >= w.output) return;
                y = reach / w.stride;
            } else if ((x = w.input_at(y, of_window)) < 0)
                return;
        }
        visit(at[0], at[1], at[2]);
    });
}

/// Computes elements of the result that are NaN again. `First` and `Second` say which of x (0), kernel (1) and y (2) a and b are.
template <int First, int Second, int Result, class T>
[[gnu::noinline, gnu::cold]] void repair(const convolution_shape& shape, int shields, const strided<T>& out, const strided<const T>& a,
                                         const strided<const T>& b) {
    const std::int64_t examples = (First == 1 ? b : a).extent[shape.first - 1];
    for_each_index(out.rank, out.extent, [&](const std::int64_t* index) {
        T& element = out.at(index);
        if (element == element) return;
        block_sum<T> sum = block_sum<T>::none();
        for_each_term<Result>(shape, out.rank, examples, index,
                              [&](const std::int64_t* x, const std::int64_t* kernel, const std::int64_t* y) {
                                  const std::int64_t* const at[] = {x, kernel, y};
                                  sum.add(shielded_term<T>(shields, a.at(at[First]), b.at(at[Second])));
                              });
        element = sum.value() + T(0);
    });
}

} // namespace ctgrad::detail
