// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/nn/layers/activation.hpp>
#include <ctgrad/ops/add.hpp>
#include <ctgrad/ops/matmul.hpp>

namespace ctgrad {

namespace detail {

template <int Units>
struct dense_formula {
    static constexpr fixed_string kind = "dense";
    static constexpr std::string_view name = kind.view();
    static constexpr bool keeps_mask = true;
    static constexpr bool is_for_each_step = true;
    static constexpr settings<default_value<"activation", unset>, default_value<"use_bias", std::true_type>,
                              default_value<"kernel_initializer", glorot_uniform>, default_value<"bias_initializer", constant_initializer>,
                              default_value<"kernel_regularizer", unset>, default_value<"bias_regularizer", unset>,
                              default_value<"kernel_constraint", unset>, default_value<"bias_constraint", unset>>
        defaults{};

    template <class At>
    static constexpr bool has_bias = decltype(std::declval<At>()[layer_option<"use_bias">{}])::value;

    template <class At, class X>
    static constexpr auto of(const At& at, X x) {
        const auto product = matmul(x, kernel(at, x));
        if constexpr (has_bias<At>)
            return activated(at, product + bias(at, x));
        else
            return activated(at, product);
    }
    template <class At, class X>
    static constexpr auto weights(const At& at, X x) {
        const auto w = weight{kernel(at, x), at[kernel_initializer], at[kernel_regularizer], at[kernel_constraint]};
        if constexpr (has_bias<At>)
            return boost::hana::make_tuple(w, weight{bias(at, x), at[bias_initializer], at[bias_regularizer], at[bias_constraint]});
        else
            return boost::hana::make_tuple(w);
    }

private:
    template <class At, class X>
    static constexpr auto kernel(const At&, X) {
        return At::template variable<"kernel", X, last_extent<X>(), Units>();
    }
    template <class At, class X>
    static constexpr auto bias(const At&, X) {
        return At::template variable<"bias", X, Units>();
    }
};

} // namespace detail

/// A layer of `Units` sums: activation(x kernel + bias) along the last axis of `x`, `dense<10>(softmax)`.
/// Options: activation (none), use_bias (true), kernel_initializer (glorot_uniform), bias_initializer (zeros), kernel_regularizer,
/// bias_regularizer, kernel_constraint, bias_constraint, name. Variables: kernel `[K, Units]`, bias `[Units]`.
/// @returns for `x` of shape `[..., K]` the shape `[..., Units]`.
/// Source: Keras, `Dense`.
template <int Units>
inline constexpr layer_function<detail::dense_formula<Units>> dense{};

} // namespace ctgrad
