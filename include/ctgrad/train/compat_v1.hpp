// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/ops/add.hpp>
#include <ctgrad/ops/multiply.hpp>
#include <ctgrad/ops/subtract.hpp>
#include <ctgrad/train/optimizers/adadelta.hpp>
#include <ctgrad/train/optimizers/adagrad.hpp>
#include <ctgrad/train/optimizers/adam.hpp>
#include <ctgrad/train/optimizers/rmsprop.hpp>

/// Optimizers with the constants of TensorFlow 1, `tf.compat.v1.train`; its gradient descent is `gradient_descent`.
namespace ctgrad::compat_v1 {

namespace detail {

struct adadelta_formula : ctgrad::detail::adadelta_formula {
    static constexpr auto defaults = [] {
        using namespace literals;
        return optimizer_options(learning_rate = 0.001_c, rho = 0.95_c, epsilon = 1e-8_c);
    }();
};

struct adagrad_formula : ctgrad::detail::adagrad_formula {
    static constexpr auto defaults = [] {
        using namespace literals;
        return optimizer_options(learning_rate = required{}, initial_accumulator_value = 0.1_c, epsilon = 0_c);
    }();
};

struct adam_formula : ctgrad::detail::adam_formula {
    static constexpr auto defaults = [] {
        using namespace literals;
        return optimizer_options(learning_rate = 0.001_c, beta_1 = 0.9_c, beta_2 = 0.999_c, epsilon = 1e-8_c);
    }();
};

struct rmsprop_formula : ctgrad::detail::rmsprop_formula {
    static constexpr auto defaults = [] {
        using namespace literals;
        return optimizer_options(learning_rate = required{}, rho = 0.9_c, momentum = 0_c, epsilon = 1e-10_c, centered,
                                 initial_accumulator_value = 1_c);
    }();
};

struct momentum_formula {
    static constexpr char name[] = "momentum";
    static constexpr auto defaults = optimizer_options(learning_rate = required{}, momentum = required{}, nesterov);
    static constexpr void update(auto& at) {
        const auto m = at[ctgrad::momentum] * at.slot(slots::momentum_v1) + at.gradient;
        at.assign(at.slot(slots::momentum_v1), m);
        at.assign(at.variable, at.variable - at[learning_rate] * (at.has(nesterov) ? at.gradient + at[ctgrad::momentum] * m : m));
    }
};

} // namespace detail

/// `ctgrad::adadelta` with epsilon 1e-8.
inline constexpr optimizer_function<detail::adadelta_formula> adadelta{};
/// `ctgrad::adagrad` without epsilon; the rate has no default.
inline constexpr optimizer_function<detail::adagrad_formula> adagrad{};
/// `ctgrad::adam` with epsilon 1e-8.
inline constexpr optimizer_function<detail::adam_formula> adam{};
/// `ctgrad::rmsprop` with epsilon 1e-10 and an average that begins at 1; the rate has no default.
inline constexpr optimizer_function<detail::rmsprop_formula> rmsprop{};
/// m <- momentum m + g, w <- w - rate m; with `nesterov` w <- w - rate (g + momentum m). The rate is not part of m, as it
/// is of `ctgrad::sgd`: that differs when the rate changes. Neither option has a default.
inline constexpr optimizer_function<detail::momentum_formula> momentum{};

} // namespace ctgrad::compat_v1
