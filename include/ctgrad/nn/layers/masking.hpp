// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/nn/layers/sequences.hpp>
#include <ctgrad/ops/cast.hpp>
#include <ctgrad/ops/expand_dims.hpp>
#include <ctgrad/ops/greater.hpp>
#include <ctgrad/ops/not_equal.hpp>
#include <ctgrad/ops/reduce_max.hpp>
#include <ctgrad/ops/where.hpp>

namespace ctgrad {

/// What all features of a step that does not count are equal to: `masking(0_c)`.
struct mask_value_t : option<mask_value_t, "mask_value"> {
    using option::operator=;
};
inline constexpr mask_value_t mask_value{};

namespace detail {

struct masking_formula {
    static constexpr fixed_string kind = "masking";
    static constexpr std::string_view name = kind.view();
    static constexpr bool reads_mask = true;
    static constexpr settings<chosen<mask_value_t, literal<0>>> defaults{};

    template <class X>
    static constexpr finding check() {
        return check_sequences<X>(name);
    }
    template <class At, class X>
    static constexpr auto of(const At& at, X x) {
        const auto counts = reduce_max(cast<scalar_of<X::type()>>(x != at[mask_value]), axis<-1>) > literal<0>{};
        return with_mask(where(expand_dims(counts, axis<-1>), x, literal<0>{}), counts);
    }
    /// Steps that do not count already stay so.
    template <class At, class X, class Mask>
    static constexpr auto masked(const At& at, X x, Mask mask) {
        const auto made = of(at, x);
        return with_mask(made.value, made.mask && mask);
    }
};

} // namespace detail

/// Steps all of whose features are `mask_value` do not count: they become zeros, and what comes behind is told: `masking()`.
/// A recurrent layer keeps its state there and gives its last output again; dense, dropout, activations and `layer_normalization` pass
/// the mask on; other layers refuse it. Sequences of different length are padded so.
/// Options: mask_value (0), name.
/// @returns for `x` of shape `[N, T, F]` a `masked` value with a mask `[N, T]`. One's own mask: `lstm<8>()(masked{x, mask})`.
/// **Fails when** `x` is no `[N, T, F]` of floating numbers (`input_must_be_sequences`). Source: Keras, `Masking`.
inline constexpr layer_function<detail::masking_formula> masking{};

} // namespace ctgrad
