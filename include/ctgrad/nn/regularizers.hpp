// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/nn/configured.hpp>
#include <ctgrad/ops/abs.hpp>
#include <ctgrad/ops/add.hpp>
#include <ctgrad/ops/divide.hpp>
#include <ctgrad/ops/matmul.hpp>
#include <ctgrad/ops/maximum.hpp>
#include <ctgrad/ops/multiply.hpp>
#include <ctgrad/ops/reduce_mean.hpp>
#include <ctgrad/ops/reduce_sum.hpp>
#include <ctgrad/ops/rsqrt.hpp>
#include <ctgrad/ops/square.hpp>
#include <ctgrad/ops/subtract.hpp>
#include <ctgrad/ops/transpose.hpp>

/// What weights add to a loss: `loss + l2(0.01_c)(W)`, or `kernel_regularizer = l2(0.01_c)` of layers.
namespace ctgrad {

/// How much a regularizer counts.
struct factor_t : option<factor_t, "factor", interval::not_negative> {
    using option::operator=;
};
/// Whose directions an `orthogonal_regularizer` spreads.
struct by_rows_t {};
inline constexpr by_rows_t by_rows{};
struct by_columns_t {};
inline constexpr by_columns_t by_columns{};

namespace detail {

struct l1_formula;
struct l2_formula;

} // namespace detail

/// `factor` (0.01) times the sum of magnitudes: `l1(0.01_c)`; also an option of `l1_l2`. Source: Keras, `L1`.
struct l1_t : option<l1_t, "l1", interval::not_negative>, configured_function<detail::l1_formula> {
    using option::operator=;
};
inline constexpr l1_t l1{};
/// `factor` (0.01) times the sum of squares, without a half: `l2(0.01_c)`; also an option of `l1_l2`. Source: Keras, `L2`.
struct l2_t : option<l2_t, "l2", interval::not_negative>, configured_function<detail::l2_formula> {
    using option::operator=;
};
inline constexpr l2_t l2{};

namespace detail {

struct l1_formula {
    static constexpr char name[] = "l1";
    static constexpr settings<chosen<l1_t, literal<number_bits(0.01)>>> defaults{};
    static constexpr auto of(const auto& how, auto w) { return how(l1, w) * reduce_sum(abs(w)); }
};

struct l2_formula {
    static constexpr char name[] = "l2";
    static constexpr settings<chosen<l2_t, literal<number_bits(0.01)>>> defaults{};
    static constexpr auto of(const auto& how, auto w) { return how(l2, w) * reduce_sum(square(w)); }
};

struct l1_l2_formula {
    static constexpr char name[] = "l1_l2";
    static constexpr settings<chosen<l1_t, literal<0>>, chosen<l2_t, literal<0>>> defaults{};
    static constexpr auto of(const auto& how, auto w) { return how(l1, w) * reduce_sum(abs(w)) + how(l2, w) * reduce_sum(square(w)); }
};

struct orthogonal_regularizer_formula {
    static constexpr char name[] = "orthogonal_regularizer";
    static constexpr settings<chosen<factor_t, literal<number_bits(0.01)>>, default_value<"mode", by_rows_t>> defaults{};

    template <class How, class W>
    static constexpr auto of(const How& how, W w) {
        if constexpr (std::is_same_v<decltype(how[layer_option<"mode">{}]), by_columns_t>)
            return of_rows(how, transpose(w));
        else
            return of_rows(how, w);
    }

private:
    /// |x_i x_j| of all pairs of rows of length 1; what each gives with itself is taken off again.
    template <class How, class W>
    static constexpr auto of_rows(const How& how, W w) {
        const auto x = w * rsqrt(maximum(reduce_sum(square(w), axis<1>, keepdims), literal<number_bits(1e-24)>{}));
        const auto twice = reduce_sum(abs(matmul(x, x, transpose_b))) - reduce_sum(square(x));
        const auto count = count_along<W, axis_t<0>>(w);
        return how(factor_t{}, w) * twice / (count * (count - literal<number_bits(1.0)>{}));
    }
};

} // namespace detail

/// Both of `l1` (0) and `l2` (0): `l1_l2(l1 = 0.1_c, l2 = 0.2_c)`. Source: Keras, `L1L2`.
inline constexpr configured_function<detail::l1_l2_formula> l1_l2{};
/// `factor` (0.01) times the mean magnitude of the cosines between the rows of a matrix, or its columns:
/// `orthogonal_regularizer(0.01_c, by_columns)`. Source: Keras, `OrthogonalRegularizer`.
inline constexpr configured_function<detail::orthogonal_regularizer_formula> orthogonal_regularizer{};

} // namespace ctgrad
