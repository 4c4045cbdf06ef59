// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/nn/layers/recurrent.hpp>

namespace ctgrad {

namespace detail {

template <int Units>
struct simple_rnn_cell : recurrent_cell<Units, 1> {
    static constexpr fixed_string kind = "simple_rnn";
    static constexpr recurrent_settings<
        std::remove_const_t<decltype(tanh)>, default_value<"use_bias", std::true_type>, default_value<"kernel_initializer", glorot_uniform>,
        default_value<"recurrent_initializer", orthogonal>, default_value<"bias_initializer", constant_initializer>>
        defaults{};

    template <class At, class X, class H, class Z>
    static constexpr auto step(const At& at, X x, H h, Z z) {
        return activated(at, z + matmul(h, simple_rnn_cell::recurrent_kernel(at, x)));
    }
};

} // namespace detail

/// A layer whose output is fed back: h_t = activation(x_t kernel + bias + h_(t-1) recurrent_kernel), from h = 0: `simple_rnn<64>()`.
/// Options: activation (tanh), use_bias (true), kernel_initializer (glorot_uniform), recurrent_initializer (orthogonal), bias_initializer
/// (zeros), regularizers and constraints of the same names, return_sequences (false), go_backwards, name.
/// Variables: kernel `[F, Units]`, recurrent_kernel `[Units, Units]`, bias `[Units]`.
/// @returns for `x` of shape `[N, T, F]` the last output `[N, Units]`, with `return_sequences<true>` all, `[N, T, Units]`.
/// **Fails when** `x` is no `[N, T, F]` of floating numbers (`input_must_be_sequences`). Source: Keras, `SimpleRNN`.
template <int Units>
inline constexpr layer_function<detail::recurrent_formula<detail::simple_rnn_cell<Units>>> simple_rnn{};

} // namespace ctgrad
