// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/nn/layers/layer.hpp>
#include <ctgrad/ops/gather.hpp>
#include <ctgrad/ops/not_equal.hpp>

namespace ctgrad {

/// Whether class 0 stands for a step that does not count: `embedding<1000, 16>(mask_zero<true>)`.
template <bool Mask>
inline constexpr kept_value<layer_option<"mask_zero">, std::bool_constant<Mask>> mask_zero{};

namespace detail {

template <int Classes, int Units>
struct embedding_formula {
    static constexpr fixed_string kind = "embedding";
    static constexpr std::string_view name = kind.view();
    static constexpr settings<default_value<"embeddings_initializer", random_uniform>, default_value<"embeddings_regularizer", unset>,
                              default_value<"embeddings_constraint", unset>, default_value<"mask_zero", std::false_type>>
        defaults{};

    template <class At, class X>
    static constexpr auto of(const At&, X x) {
        const auto rows = gather(table<At, X>(), x);
        if constexpr (decltype(std::declval<const At&>()[layer_option<"mask_zero">{}])::value)
            return with_mask(rows, x != literal<0>{});
        else
            return rows;
    }
    template <class At, class X>
    static constexpr auto weights(const At& at, X) {
        return boost::hana::make_tuple(
            weight{table<At, X>(), at[embeddings_initializer], at[embeddings_regularizer], at[embeddings_constraint]});
    }

private:
    template <class At, class X>
    static constexpr auto table() {
        return At::template variable<"embeddings", X, Classes, Units>();
    }
};

} // namespace detail

/// `Units` numbers for each of `Classes` classes: row x of a table, `embedding<1000, 16>()`; `x` are int32 class numbers.
/// Options: embeddings_initializer (random_uniform), embeddings_regularizer, embeddings_constraint, mask_zero (false; with
/// `mask_zero<true>` class 0 is no step: the result is `masked`, see `masking`), name.
/// Variable: embeddings `[Classes, Units]`.
/// @returns the shape of `x` with a last axis of extent `Units`.
/// **Fails when** `x` is not int32 (`dtype_must_be_integer`). Source: Keras, `Embedding`.
template <int Classes, int Units>
inline constexpr layer_function<detail::embedding_formula<Classes, Units>> embedding{};

} // namespace ctgrad
