// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/nn/activations/activation_function.hpp>
#include <ctgrad/ops/abs.hpp>
#include <ctgrad/ops/add.hpp>
#include <ctgrad/ops/divide.hpp>
#include <ctgrad/ops/exp.hpp>
#include <ctgrad/ops/sqrt.hpp>
#include <ctgrad/ops/square.hpp>

namespace ctgrad {

/// What keeps `squareplus` from being a rectifier.
struct b_t : option<b_t, interval::not_negative> {
    using option::operator=;
    static constexpr fixed_string name = "b";
};

namespace detail {

struct softsign_formula {
    static constexpr std::string_view name = "softsign";
    static constexpr auto defaults = options();
    static constexpr auto of(auto, auto x) {
        using namespace literals;
        return x / (1_c + abs(x));
    }
};

struct squareplus_formula {
    static constexpr std::string_view name = "squareplus";
    static constexpr auto defaults = [] {
        using namespace literals;
        return options(b_t{} = 4_c);
    }();
    static constexpr auto of(auto how, auto x) {
        using namespace literals;
        return (x + sqrt(square(x) + how[b_t{}])) / 2_c;
    }
};

struct exponential_formula {
    static constexpr std::string_view name = "exponential";
    static constexpr auto defaults = options();
    static constexpr auto of(auto, auto x) { return exp(x); }
};

struct linear_formula {
    static constexpr std::string_view name = "linear";
    static constexpr domain accepts = domain::any;
    static constexpr auto defaults = options();
    static constexpr auto of(auto, auto x) { return x; }
};

} // namespace detail

/// x / (1 + |x|). Source: Keras, `activations.softsign`.
inline constexpr activation_function<detail::softsign_formula> softsign{};

/// (x + sqrt(x^2 + b)) / 2, `squareplus(x, 4_c)`: b is 4 if none is given. Source: Keras, `activations.squareplus`.
inline constexpr activation_function<detail::squareplus_formula> squareplus{};

/// e^x. Source: Keras, `activations.exponential`.
inline constexpr activation_function<detail::exponential_formula> exponential{};

/// x, of any dtype. Source: Keras, `activations.linear`.
inline constexpr activation_function<detail::linear_formula> linear{};

} // namespace ctgrad
