// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/ops/add.hpp>
#include <ctgrad/ops/divide.hpp>
#include <ctgrad/ops/equal.hpp>
#include <ctgrad/ops/log.hpp>
#include <ctgrad/ops/multiply.hpp>
#include <ctgrad/ops/pow.hpp>
#include <ctgrad/ops/subtract.hpp>
#include <ctgrad/ops/where.hpp>
#include <ctgrad/train/schedules/cosine_decay.hpp>

namespace ctgrad {

/// How many steps the first period has.
struct first_decay_steps_t : option<first_decay_steps_t, "first_decay_steps", interval::positive> {
    using option::operator=;
};
inline constexpr first_decay_steps_t first_decay_steps{};
/// How many times as long a period is as the one before.
struct t_mul_t : option<t_mul_t, "t_mul", interval::positive> {
    using option::operator=;
};
inline constexpr t_mul_t t_mul{};
/// How many times as high a period begins as the one before.
struct m_mul_t : option<m_mul_t, "m_mul", interval::positive> {
    using option::operator=;
};
inline constexpr m_mul_t m_mul{};

namespace detail {

struct cosine_decay_restarts_formula {
    static constexpr char name[] = "cosine_decay_restarts";
    static constexpr auto defaults = [] {
        using namespace literals;
        return options(initial_learning_rate = required{}, first_decay_steps = required{}, t_mul = 2_c, m_mul = 1_c, alpha = 0_c);
    }();
    static constexpr auto of(auto how, auto step) {
        using namespace literals;
        const auto t = how[t_mul];
        const auto p = step / how[first_decay_steps];
        if constexpr (!is_literal<decltype(how[t_mul])>)
            return where(equal(t, 1_c), even(how, p), growing(how, t, p));
        else if constexpr (decltype(how[t_mul])::value == 1)
            return even(how, p);
        else
            return growing(how, t, p);
    }

private:
    static constexpr auto even(auto how, auto p) {
        const auto restarts = whole_part(p);
        return period(how, restarts, p - restarts);
    }
    static constexpr auto growing(auto how, auto t, auto p) {
        using namespace literals;
        // A quotient of logarithms may fall short of the whole number that it stands for.
        const auto restarts = whole_part(log(1_c + p * (t - 1_c)) / log(t) + 1e-9_c);
        const auto length = pow(t, restarts);
        return period(how, restarts, (p - (length - 1_c) / (t - 1_c)) / length);
    }
    /// The rate when a part of the period is `done`.
    static constexpr auto period(auto how, auto restarts, auto done) {
        return how[initial_learning_rate] * half_cosine(done, how[alpha], pow(how[m_mul], restarts));
    }
};

} // namespace detail

/// `cosine_decay` again and again: the first period has first_decay_steps, every other t_mul times as many as the one
/// before, and begins m_mul times as high.
/// Options: t_mul (2), m_mul (1), alpha (0, the lowest part of the rate).
/// Source: Loshchilov and Hutter, SGDR (2017); Keras, `CosineDecayRestarts`.
inline constexpr schedule_function<detail::cosine_decay_restarts_formula> cosine_decay_restarts{};

} // namespace ctgrad
