// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/ops/add.hpp>
#include <ctgrad/ops/divide.hpp>
#include <ctgrad/ops/expand_dims.hpp>
#include <ctgrad/ops/maximum.hpp>
#include <ctgrad/ops/minimum.hpp>
#include <ctgrad/ops/multiply.hpp>
#include <ctgrad/ops/pow.hpp>
#include <ctgrad/ops/reduce_mean.hpp>
#include <ctgrad/ops/sqrt.hpp>
#include <ctgrad/ops/square.hpp>
#include <ctgrad/ops/subtract.hpp>
#include <ctgrad/train/optimizer_function.hpp>

namespace ctgrad {

/// The power of the step t in 1 - t^beta_2_decay, the part of the last average that stays.
struct beta_2_decay_t : option<beta_2_decay_t, "beta_2_decay"> {
    using option::operator=;
};
inline constexpr beta_2_decay_t beta_2_decay{};
/// What is added to squared gradients.
struct epsilon_1_t : option<epsilon_1_t, "epsilon_1", interval::not_negative> {
    using option::operator=;
};
inline constexpr epsilon_1_t epsilon_1{};
/// The least root mean square that a variable counts with.
struct epsilon_2_t : option<epsilon_2_t, "epsilon_2", interval::not_negative> {
    using option::operator=;
};
inline constexpr epsilon_2_t epsilon_2{};
/// The root mean square that an update has at most, before its rate.
struct clip_threshold_t : option<clip_threshold_t, "clip_threshold", interval::positive> {
    using option::operator=;
};
inline constexpr clip_threshold_t clip_threshold{};

namespace detail {

struct adafactor_formula {
    static constexpr char name[] = "adafactor";
    static constexpr auto defaults = [] {
        using namespace literals;
        return optimizer_options(learning_rate = 0.001_c, beta_2_decay = -0.8_c, epsilon_1 = 1e-30_c, epsilon_2 = 0.001_c,
                                 clip_threshold = 1_c);
    }();
    static constexpr void update(auto& at) {
        const auto rms = [](auto x) { return sqrt(reduce_mean(square(x))); };
        const auto rate = maximum(at[epsilon_2], rms(at.variable)) * minimum(at[learning_rate], 1.0 / sqrt(at.step()));
        const auto keep = 1.0 - pow(at.step(), at[beta_2_decay]);
        const auto squares = square(at.gradient) + at[epsilon_1];
        const auto u = scaled(at, keep, squares);
        at.assign(at.variable, at.variable - rate * u / maximum(1.0, rms(u) / at[clip_threshold]));
    }

private:
    static constexpr ref average(auto& at, int index, auto keep, auto x) {
        const auto slot = at.slot(index, x.shape());
        const auto now = keep * slot + (1.0 - keep) * x;
        at.assign(slot, now);
        return now;
    }
    /// The gradient divided by the root of the moving average of `squares`.
    static constexpr ref scaled(auto& at, auto keep, auto squares) {
        if (squares.shape().rank < 2) return at.quotient(at.gradient, sqrt(average(at, slots::squares, keep, squares)), at[epsilon_1]);
        const auto rows = average(at, slots::rows, keep, reduce_mean(squares, axis<-1>));
        const auto columns = average(at, slots::columns, keep, reduce_mean(squares, axis<-2>));
        const auto of_row = expand_dims(sqrt(at.quotient(rows, reduce_mean(rows, axis<-1>, keepdims), at[epsilon_1])), axis<-1>);
        return at.quotient(at.quotient(at.gradient, of_row, at[epsilon_1]), expand_dims(sqrt(columns), axis<-2>), at[epsilon_1]);
    }
};

} // namespace detail

/// Adafactor: V, a moving average of g^2 + epsilon_1 with factor 1 - t^beta_2_decay, for matrices kept as the averages
/// of its rows R and columns C, V = R C / mean(R); u = g / sqrt(V), rms(x) = sqrt(mean(x^2)),
/// w <- w - max(epsilon_2, rms(w)) min(rate, 1 / sqrt(t)) u / max(1, rms(u) / clip_threshold).
/// Options: learning_rate (0.001), beta_2_decay (-0.8), epsilon_1 (1e-30), epsilon_2 (1e-3), clip_threshold (1), and
/// those of all optimizers. (Keras' relative_step changes nothing: its formula takes that minimum again.)
/// Source: Shazeer and Stern, Adafactor (2018); Keras, `Adafactor`.
inline constexpr optimizer_function<detail::adafactor_formula> adafactor{};

} // namespace ctgrad
