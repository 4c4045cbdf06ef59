// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/nn/activations/activation_function.hpp>
#include <ctgrad/ops/abs.hpp>
#include <ctgrad/ops/add.hpp>
#include <ctgrad/ops/divide.hpp>
#include <ctgrad/ops/exp.hpp>
#include <ctgrad/ops/less.hpp>
#include <ctgrad/ops/minimum.hpp>
#include <ctgrad/ops/sign.hpp>
#include <ctgrad/ops/sqrt.hpp>
#include <ctgrad/ops/square.hpp>
#include <ctgrad/ops/where.hpp>

namespace ctgrad {

/// What keeps `squareplus` from being a rectifier.
struct b_t : option<b_t, "b", interval::not_negative> {
    using option::operator=;
};

namespace detail {

struct softsign_formula {
    static constexpr char name[] = "softsign";
    static constexpr auto defaults = options();
    static constexpr auto of(auto, auto x) {
        using namespace literals;
        const auto size = abs(x);
        const auto rest = 1_c / (1_c + size); // no infinity over infinity, and the slope is rest^2 without a difference
        return where(less(size, 1_c), x * rest, sign(x) * (1_c - rest));
    }
};

struct squareplus_formula {
    static constexpr char name[] = "squareplus";
    static constexpr auto defaults = [] {
        using namespace literals;
        return options(b_t{} = 4_c);
    }();
    static constexpr auto of(auto how, auto x) {
        using namespace literals;
        const auto half = 0.5_c * x;
        const auto quarter = 0.25_c * how[b_t{}];
        const auto root = root_of(abs(half), quarter);
        return where(less(x, 0_c), quarter / (root - half), half + root);
    }

private:
    /// sqrt(size^2 + b), but `size` where b is nothing beside its square, which might overflow.
    static constexpr auto root_of(auto size, auto b) {
        const auto bounded = minimum(size, where_b_is_nothing(b));
        return sqrt(square(bounded) + b) + (size - bounded);
    }
    template <class B>
    static constexpr auto where_b_is_nothing(B b) {
        using namespace literals;
        if constexpr (is_literal<B>)
            return literal<std::bit_cast<std::uint64_t>(1e9 * (1 + simd::sqrt(B::value)))>{};
        else
            return 1e9_c * (1_c + sqrt(b));
    }
};

struct exponential_formula {
    static constexpr char name[] = "exponential";
    static constexpr auto defaults = options();
    static constexpr auto of(auto, auto x) { return exp(x); }
};

struct linear_formula {
    static constexpr char name[] = "linear";
    static constexpr domain accepts = domain::any;
    static constexpr auto defaults = options();
    static constexpr auto of(auto, auto x) { return x; }
};

} // namespace detail

/// x / (1 + |x|).
/// Derivative: 1 / (1 + |x|)^2.
/// Source: Keras, `activations.softsign`.
inline constexpr activation_function<detail::softsign_formula> softsign{};

/// (x + sqrt(x^2 + b)) / 2, `squareplus(x, 4_c)`: b is 4 if none is given. Below 0 by b / (2 (sqrt(x^2 + b) - x)),
/// so that it keeps its digits.
/// Derivative: (1 + x / sqrt(x^2 + b)) / 2.
/// Source: Keras, `activations.squareplus`.
inline constexpr activation_function<detail::squareplus_formula> squareplus{};

/// e^x.
/// Derivative: e^x.
/// Source: Keras, `activations.exponential`.
inline constexpr activation_function<detail::exponential_formula> exponential{};

/// x, of any dtype.
/// Derivative: 1.
/// Source: Keras, `activations.linear`.
inline constexpr activation_function<detail::linear_formula> linear{};

} // namespace ctgrad
