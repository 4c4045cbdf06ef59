// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/nn/layers/recurrent.hpp>

namespace ctgrad {

/// Whether the bias of the forget gate begins with 1: `lstm<64>(unit_forget_bias<false>)`.
template <bool Unit>
inline constexpr kept_value<layer_option<"unit_forget_bias">, std::bool_constant<Unit>> unit_forget_bias{};

namespace detail {

/// Ones in the second quarter, what `Inner` gives elsewhere.
template <class Inner>
struct forget_bias_initializer {
    Inner inner;

    template <class T>
    void fill(std::span<T> elements, const tensor_shape& shape) const {
        inner.fill(elements, shape);
        for (T& e : elements.subspan(elements.size() / 4, elements.size() / 4)) e = 1;
    }
};

template <int Units>
struct lstm_cell : recurrent_cell<Units, 4> {
    static constexpr fixed_string kind = "lstm";
    static constexpr recurrent_settings<
        std::remove_const_t<decltype(tanh)>, default_value<"recurrent_activation", std::remove_const_t<decltype(sigmoid)>>,
        default_value<"use_bias", std::true_type>, default_value<"kernel_initializer", glorot_uniform>,
        default_value<"recurrent_initializer", orthogonal>, default_value<"bias_initializer", constant_initializer>,
        default_value<"unit_forget_bias", std::true_type>>
        defaults{};

    template <class At>
    static constexpr auto initializer_of_bias(const At& at) {
        if constexpr (says<At, "unit_forget_bias">)
            return forget_bias_initializer<option_of<At, "bias_initializer">>{at[bias_initializer]};
        else
            return at[bias_initializer];
    }
    static constexpr auto start(auto zero) { return std::make_tuple(zero, zero); }

    template <class At, class X, class H, class C, class Z>
    static constexpr auto step(const At& at, X x, std::tuple<H, C> before, Z z) {
        const auto [h, c] = before;
        const auto gates = z + matmul(h, lstm_cell::recurrent_kernel(at, x));
        const auto opened = [&](auto g) { return at[recurrent_activation](g); };
        const auto next = opened(gate<Units, 1>(gates)) * c + opened(gate<Units, 0>(gates)) * activated(at, gate<Units, 2>(gates));
        return std::make_tuple(opened(gate<Units, 3>(gates)) * activated(at, next), next);
    }
};

} // namespace detail

/// Long short-term memory: a state c beside the output h, both from 0. With z = x_t kernel + bias + h_(t-1) recurrent_kernel, whose four
/// parts are the gates i, f, the candidate, and o: c_t = f c_(t-1) + i tanh(candidate), h_t = o tanh(c_t): `lstm<64>()`.
/// Options: activation (tanh), recurrent_activation of the gates (sigmoid), use_bias (true), kernel_initializer (glorot_uniform),
/// recurrent_initializer (orthogonal), bias_initializer (zeros), unit_forget_bias (true: the bias of f begins with 1), regularizers and
/// constraints of the same names, return_sequences (false), go_backwards, name.
/// Variables: kernel `[F, 4 Units]`, recurrent_kernel `[Units, 4 Units]`, bias `[4 Units]`.
/// @returns for `x` of shape `[N, T, F]` the last output `[N, Units]`, with `return_sequences<true>` all, `[N, T, Units]`.
/// **Fails when** `x` is no `[N, T, F]` of floating numbers (`input_must_be_sequences`).
/// Source: Hochreiter and Schmidhuber, Long short-term memory (1997); Keras, `LSTM`.
template <int Units>
inline constexpr layer_function<detail::recurrent_formula<detail::lstm_cell<Units>>> lstm{};

} // namespace ctgrad
