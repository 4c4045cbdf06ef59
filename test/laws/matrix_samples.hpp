// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "samples.hpp"

#include <ctgrad/linalg.hpp>

// Uses of the ops of matrices. What an op is given is made of leaves, so that it stays what it must be beside its own point.

namespace laws {

/// Matrices of any kind, `[N, 3, 3]`.
inline ref square_matrices(trial& t) {
    return t.leaf(shape(N, 3, 3), {1.5, 0.3, -0.4, 0.2, -1.2, 0.5, 0.9, 0.1, 2.0, 0.2, 1.4, 0.1, -1.1, 0.3, 0.6, 0.4, -0.2, 0.8});
}
/// One `[2, 2]`.
inline ref square_matrix(trial& t) { return t.leaf(shape(2, 2), {0.3, 1.7, -1.2, 0.4}); }

/// Factors of positive definite matrices, `[N, 3, 3]`; what stands above the diagonal is not read.
inline ref triangular_matrices(trial& t) {
    return t.leaf(shape(N, 3, 3), {1.5, 0.3, -0.4, 0.2, 1.2, 0.5, 0.9, 0.1, 2.0, 0.8, 1.4, 0.1, -1.1, 0.7, 0.6, 0.4, -0.2, 1.8});
}
inline ref right_sides(trial& t) { return t.leaf(shape(N, 3, 2), {0.7, -1.3, 2.1, 0.4, 1.9, -0.6, 1.2, 0.8, -0.5, 2.5, -1.1, 0.9}); }
inline ref more_matrices(trial& t) {
    return t.leaf(shape(N, 3, 3), {0.7, -1.3, 2.1, 0.4, 1.9, -0.6, 1.2, 0.8, -0.5, 2.5, -1.1, 0.9, 0.3, 0.6, -0.2, 1.1, -0.7, 0.4});
}

template <>
inline std::vector<sample> samples<ct::cholesky_op>() {
    return {
        [](trial& t) {
            const ref x = square_matrices(t);
            return ct::cholesky(ct::matmul(x, x, ct::transpose_b) + ct::expand_dims(ct::diag(t.leaf(shape(3), {0.5, 1, 2})), ct::axis<0>));
        },
        [](trial& t) { return ct::apply<ct::cholesky_op>(t.leaf(shape(2, 2), {2, 0.5, -0.3, 1.5})); }, // of its symmetric part
        [](trial& t) { return ct::cholesky(t.leaf(shape(1, 1), {2.25})); },
    };
}
template <>
inline std::vector<sample> samples<ct::cholesky_derivative_op<false>>() {
    return {[](trial& t) {
        const ref l = triangular_matrices(t);
        return ct::apply<ct::cholesky_derivative_op<false>>(ct::attributes{}, l, more_matrices(t));
    }};
}
template <>
inline std::vector<sample> samples<ct::cholesky_derivative_op<true>>() {
    return {[](trial& t) {
        const ref l = triangular_matrices(t);
        return ct::apply<ct::cholesky_derivative_op<true>>(ct::attributes{}, l, more_matrices(t));
    }};
}
template <int Flags>
ref triangular_sample(trial& t) {
    ct::attributes flags;
    flags.numbers[0] = Flags;
    const ref m = triangular_matrices(t);
    return ct::apply<ct::triangular_solve_op>(flags, m, right_sides(t));
}
template <>
inline std::vector<sample> samples<ct::triangular_solve_op>() {
    return {triangular_sample<0>, triangular_sample<1>, triangular_sample<2>, triangular_sample<3>};
}
template <>
inline std::vector<sample> samples<ct::diag_part_op>() {
    return {[](trial& t) { return ct::diag_part(square_matrices(t)); }};
}
template <>
inline std::vector<sample> samples<ct::lu_op>() {
    return {[](trial& t) { return ct::apply<ct::lu_op>(t.add_leaf(shape(2, 2), t.type, {0.3, 1.7, -1.2, 0.4})); }};
}
template <>
inline std::vector<sample> samples<ct::lu_solve_op>() {
    return {
        [](trial& t) {
            const ref m = square_matrices(t);
            return ct::solve(m, right_sides(t));
        },
        [](trial& t) {
            const ref m = square_matrices(t);
            return ct::solve(m, right_sides(t), ct::transpose_a);
        },
        [](trial& t) { return ct::inverse(square_matrix(t)); },
    };
}
template <>
inline std::vector<sample> samples<ct::determinant_op<ct::determinant_part::whole>>() {
    return {[](trial& t) { return ct::det(square_matrices(t)); }, [](trial& t) { return ct::det(square_matrix(t)); }};
}
template <>
inline std::vector<sample> samples<ct::determinant_op<ct::determinant_part::logarithm>>() {
    return {[](trial& t) { return ct::slogdet(square_matrices(t)).log_abs_det; }};
}
template <>
inline std::vector<sample> samples<ct::determinant_op<ct::determinant_part::sign>>() {
    return {[](trial& t) { return ct::slogdet(t.add_leaf(shape(2, 2), t.type, {0.3, 1.7, -1.2, 0.4})).sign; }};
}
template <>
inline std::vector<sample> samples<ct::qr_op>() {
    return {
        [](trial& t) { return ct::apply<ct::qr_op>(square_matrices(t)); },
        [](trial& t) { return ct::qr(t.leaf(shape(N, 3, 2), {0.7, -1.3, 2.1, 0.4, 1.9, -0.6, 1.2, 0.8, -0.5, 2.5, -1.1, 0.9})).q; },
        [](trial& t) {
            const ref m = t.leaf(shape(N, 3, 2), {0.7, -1.3, 2.1, 0.4, 1.9, -0.6, 1.2, 0.8, -0.5, 2.5, -1.1, 0.9});
            return ct::lstsq(m, t.leaf(shape(N, 3, 1), {0.3, 0.6, -0.2, 1.1, -0.7, 0.4}));
        },
    };
}

} // namespace laws
