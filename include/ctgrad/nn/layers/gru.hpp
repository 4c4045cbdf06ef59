// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/nn/layers/recurrent.hpp>
#include <ctgrad/ops/squeeze.hpp>

namespace ctgrad {

/// Whether the reset gate works on the product or, `gru<64>(reset_after<false>)`, on what is multiplied.
template <bool After>
inline constexpr kept_value<layer_option<"reset_after">, std::bool_constant<After>> reset_after{};

namespace detail {

template <int Units>
struct gru_cell : recurrent_cell<Units, 3> {
    static constexpr fixed_string kind = "gru";
    static constexpr recurrent_settings<
        std::remove_const_t<decltype(tanh)>, default_value<"recurrent_activation", std::remove_const_t<decltype(sigmoid)>>,
        default_value<"use_bias", std::true_type>, default_value<"kernel_initializer", glorot_uniform>,
        default_value<"recurrent_initializer", orthogonal>, default_value<"bias_initializer", constant_initializer>,
        default_value<"reset_after", std::true_type>>
        defaults{};

    /// With `reset_after` a row for the input and one for the carry.
    template <class At, class X>
    static constexpr auto bias(const At&, X) {
        if constexpr (says<At, "reset_after">)
            return At::template variable<"bias", X, 2, 3 * Units>();
        else
            return At::template variable<"bias", X, 3 * Units>();
    }
    template <class At, class X>
    static constexpr auto inputs(const At& at, X x) {
        const auto products = products_of_steps(x, gru_cell::kernel(at, x));
        if constexpr (!says<At, "use_bias">)
            return products;
        else if constexpr (says<At, "reset_after">)
            return products + row_of_bias<0>(at, x);
        else
            return products + bias(at, x);
    }

    template <class At, class X, class H, class Z>
    static constexpr auto step(const At& at, X x, H h, Z z) {
        const auto kernel = gru_cell::recurrent_kernel(at, x);
        const auto opened = [&](auto g) { return at[recurrent_activation](g); };
        if constexpr (says<At, "reset_after">) {
            const auto inner = with_bias(at, x, matmul(h, kernel));
            const auto reset = opened(gate<Units, 1>(z) + gate<Units, 1>(inner));
            return updated(opened(gate<Units, 0>(z) + gate<Units, 0>(inner)), h,
                           activated(at, gate<Units, 2>(z) + reset * gate<Units, 2>(inner)));
        } else {
            const auto inner = matmul(h, slice(kernel, begin<0, 0>, size<-1, 2 * Units>));
            const auto reset = opened(gate<Units, 1>(z) + gate<Units, 1>(inner));
            return updated(opened(gate<Units, 0>(z) + gate<Units, 0>(inner)), h,
                           activated(at, gate<Units, 2>(z) + matmul(reset * h, gate<Units, 2>(kernel))));
        }
    }

private:
    template <int Row, class At, class X>
    static constexpr auto row_of_bias(const At& at, X x) {
        return squeeze(slice(bias(at, x), begin<Row, 0>, size<1, -1>), axis<0>);
    }
    template <class At, class X, class Y>
    static constexpr auto with_bias(const At& at, X x, Y y) {
        if constexpr (says<At, "use_bias">)
            return y + row_of_bias<1>(at, x);
        else
            return y;
    }
    static constexpr auto updated(auto keep, auto h, auto candidate) { return keep * h + (literal<number_bits(1)>{} - keep) * candidate; }
};

} // namespace detail

/// Gated recurrent unit, from h = 0. With a = x_t kernel + bias_0 and b = h_(t-1) recurrent_kernel + bias_1, both of three parts:
/// z = sigmoid(a_0 + b_0), r = sigmoid(a_1 + b_1), h_t = z h_(t-1) + (1 - z) tanh(a_2 + r b_2): `gru<64>()`. With `reset_after<false>` the
/// last part is (r h_(t-1)) recurrent_kernel_2, and the bias one row.
/// Options: activation (tanh), recurrent_activation of z and r (sigmoid), use_bias (true), kernel_initializer (glorot_uniform),
/// recurrent_initializer (orthogonal), bias_initializer (zeros), reset_after (true), regularizers and constraints of the same names,
/// return_sequences (false), go_backwards, name.
/// Variables: kernel `[F, 3 Units]`, recurrent_kernel `[Units, 3 Units]`, bias `[2, 3 Units]`.
/// @returns for `x` of shape `[N, T, F]` the last output `[N, Units]`, with `return_sequences<true>` all, `[N, T, Units]`.
/// **Fails when** `x` is no `[N, T, F]` of floating numbers (`input_must_be_sequences`).
/// Source: Cho et al., Learning phrase representations (2014); Keras, `GRU`.
template <int Units>
inline constexpr layer_function<detail::recurrent_formula<detail::gru_cell<Units>>> gru{};

} // namespace ctgrad
