// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/nn/layers/layer.hpp>
#include <ctgrad/ops/gather.hpp>

namespace ctgrad {

namespace detail {

template <int Classes, int Units>
struct embedding_formula {
    static constexpr fixed_string kind = "embedding";
    static constexpr std::string_view name = kind.view();
    static constexpr settings<default_value<"embeddings_initializer", random_uniform>, default_value<"embeddings_regularizer", unset>,
                              default_value<"embeddings_constraint", unset>>
        defaults{};

    template <class At, class X>
    static constexpr auto of(const At&, X x) {
        return gather(table<At, X>(), x);
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
/// Options: embeddings_initializer (random_uniform), embeddings_regularizer, embeddings_constraint, name.
/// Variable: embeddings `[Classes, Units]`.
/// @returns the shape of `x` with a last axis of extent `Units`.
/// **Fails when** `x` is not int32 (`dtype_must_be_integer`). Source: Keras, `Embedding`.
template <int Classes, int Units>
inline constexpr layer_function<detail::embedding_formula<Classes, Units>> embedding{};

} // namespace ctgrad
