// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/ops/euclidean_norm.hpp>
#include <ctgrad/ops/matmul.hpp>
#include <ctgrad/ops/transpose.hpp>
#include <ctgrad/simd/sqrt.hpp>
#include <ctgrad/train/optimizers/adam.hpp>

namespace ctgrad {

/// beta_1 of `adamw`, for variables that are no matrix.
struct adam_beta_1_t : option<adam_beta_1_t, "adam_beta_1", interval::fraction> {
    using option::operator=;
};
inline constexpr adam_beta_1_t adam_beta_1{};
/// beta_2 of `adamw`, for variables that are no matrix.
struct adam_beta_2_t : option<adam_beta_2_t, "adam_beta_2", interval::fraction> {
    using option::operator=;
};
inline constexpr adam_beta_2_t adam_beta_2{};
/// weight_decay of `adamw`, for variables that are no matrix.
struct adam_weight_decay_t : option<adam_weight_decay_t, "adam_weight_decay", interval::not_negative> {
    using option::operator=;
};
inline constexpr adam_weight_decay_t adam_weight_decay{};
/// How high the rate of `adamw` is, as a part of the rate of matrices.
struct adam_lr_ratio_t : option<adam_lr_ratio_t, "adam_lr_ratio", interval::not_negative> {
    using option::operator=;
};
inline constexpr adam_lr_ratio_t adam_lr_ratio{};
/// The factor of x in a step of Newton and Schulz.
struct muon_a_t : option<muon_a_t, "muon_a"> {
    using option::operator=;
};
inline constexpr muon_a_t muon_a{};
/// The factor of (x x^T) x in a step of Newton and Schulz.
struct muon_b_t : option<muon_b_t, "muon_b"> {
    using option::operator=;
};
inline constexpr muon_b_t muon_b{};
/// The factor of (x x^T)^2 x in a step of Newton and Schulz.
struct muon_c_t : option<muon_c_t, "muon_c"> {
    using option::operator=;
};
inline constexpr muon_c_t muon_c{};
/// The root mean square of an update with a rate of 1.
struct rms_rate_t : option<rms_rate_t, "rms_rate", interval::not_negative> {
    using option::operator=;
};
inline constexpr rms_rate_t rms_rate{};

/// How many steps of Newton and Schulz are made: a number of the type.
struct ns_steps_t : option<ns_steps_t, "ns_steps", interval::whole> {
    using option::operator=;
};
inline constexpr ns_steps_t ns_steps{};

namespace detail {

struct muon_formula {
    static constexpr char name[] = "muon";
    static constexpr auto defaults = [] {
        using namespace literals;
        return optimizer_options(learning_rate = 0.001_c, adam_beta_1 = 0.9_c, adam_beta_2 = 0.999_c, adam_weight_decay = 0.004_c,
                                 epsilon = 1e-7_c, weight_decay = 0.004_c, momentum = 0.95_c, ns_steps = 5_c, adam_lr_ratio = 1_c,
                                 rms_rate = 0.2_c, muon_a = 3.4445_c, muon_b = -4.775_c, muon_c = 2.0315_c);
    }();
    static constexpr void decay(auto& at) {
        if (is_matrix(at.variable))
            at.decay(weight_decay);
        else
            at.decay(adam_weight_decay);
    }
    static constexpr void update(auto& at) {
        if (!is_matrix(at.variable)) return adam_formula::step(at, at[learning_rate] * at[adam_lr_ratio], adam_beta_1, adam_beta_2);
        const auto m = at[momentum] * at.slot(slots::momentum) + at.gradient;
        at.assign(at.slot(slots::momentum), m);
        const tensor_shape shape = at.variable.shape();
        const auto size = static_cast<double>(shape[0].extent > shape[1].extent ? shape[0].extent : shape[1].extent);
        at.assign(at.variable,
                  at.variable - at[learning_rate] * at[rms_rate] * simd::sqrt(size) * orthogonalized(at, at.gradient + at[momentum] * m));
    }

private:
    static constexpr bool is_matrix(ref variable) { return variable.shape().rank == 2; }

    /// About u v^T of a matrix u s v^T.
    static constexpr ref orthogonalized(auto& at, auto g) {
        const bool tall = g.shape()[0].extent > g.shape()[1].extent;
        auto x = tall ? ctgrad::transpose(g) : g;
        x = x / (detail::euclidean_norm(x) + 1e-7);
        for (int i = 0; i < at.count(ns_steps); ++i) {
            const auto a = matmul(x, x, transpose_b);
            x = at[muon_a] * x + matmul(at[muon_b] * a + at[muon_c] * matmul(a, a), x);
        }
        return tall ? ctgrad::transpose(x) : x;
    }
};

} // namespace detail

/// Muon for matrices: m <- momentum m + g, w <- w - rate rms_rate sqrt(max(rows, columns)) O(g + momentum m), where O makes all
/// singular values about 1 by `ns_steps` steps of x <- a x + (b x x^T + c (x x^T)^2) x from x / |x|. Other variables: `adamw` with
/// rate adam_lr_ratio. What else is no business of Muon's, embeddings and the last layer, goes to a `group` of its own.
/// Options: learning_rate (0.001), adam_beta_1 (0.9), adam_beta_2 (0.999), adam_weight_decay (0.004), epsilon (1e-7), weight_decay
/// (0.004), momentum (0.95), ns_steps (5), adam_lr_ratio (1), rms_rate (0.2), muon_a (3.4445), muon_b (-4.775), muon_c (2.0315), and
/// those of all optimizers. Source: Jordan et al., Muon (2024); Liu et al., Muon is scalable (2025); Keras, `Muon`.
inline constexpr optimizer_function<detail::muon_formula> muon{};

} // namespace ctgrad
