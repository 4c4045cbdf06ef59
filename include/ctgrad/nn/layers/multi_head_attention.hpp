// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/nn/activations/softmax.hpp>
#include <ctgrad/nn/layers/sequences.hpp>
#include <ctgrad/ops/coordinate.hpp>
#include <ctgrad/ops/less_equal.hpp>
#include <ctgrad/ops/matmul.hpp>
#include <ctgrad/ops/multiply.hpp>
#include <ctgrad/ops/reshape.hpp>
#include <ctgrad/ops/where.hpp>

namespace ctgrad {

/// Whether a step sees those behind it: `multi_head_attention<4, 16>(use_causal_mask<true>)`.
template <bool Causal>
inline constexpr kept_value<layer_option<"use_causal_mask">, std::bool_constant<Causal>> use_causal_mask{};

namespace detail {

/// The positions along axis `Axis` of `[Rows, Columns]`.
template <int Axis, dimension Rows, dimension Columns>
inline constexpr auto positions_along = make_expr([] {
    builder made;
    list<ref> roots;
    attributes a;
    a.type = dtype::int32;
    a.shape = {2, {Rows, Columns}};
    a.numbers[0] = Axis;
    roots.push_back(made.add(info<coordinate_op>, a, nullptr));
    return extract(made, roots);
});

/// What attention reads: a query, the values, and keys, which are the values unless they are given.
template <class X>
struct attended {};
template <expression X>
struct attended<X> {
    using query = X;
    using value = X;
    using key = X;
};
template <class Query, class Value>
struct attended<std::tuple<Query, Value>> {
    using query = Query;
    using value = Value;
    using key = Value;
};
template <class Query, class Value, class Key>
struct attended<std::tuple<Query, Value, Key>> {
    using query = Query;
    using value = Value;
    using key = Key;
};

template <int Heads, int KeyDim, int ValueDim>
struct multi_head_attention_formula {
    static constexpr fixed_string kind = "multi_head_attention";
    static constexpr std::string_view name = kind.view();
    static constexpr bool takes_several = true;
    static constexpr bool reads_mask = true;
    static constexpr settings<default_value<"use_bias", std::true_type>, default_value<"kernel_initializer", glorot_uniform>,
                              default_value<"bias_initializer", constant_initializer>, default_value<"kernel_regularizer", unset>,
                              default_value<"bias_regularizer", unset>, default_value<"kernel_constraint", unset>,
                              default_value<"bias_constraint", unset>, default_value<"use_causal_mask", std::false_type>>
        defaults{};

    template <class X>
    static constexpr finding check() {
        if constexpr (requires { typename attended<X>::query; })
            return first_of({check_sequences<typename attended<X>::query>(name), check_sequences<typename attended<X>::value>(name),
                             check_sequences<typename attended<X>::key>(name)});
        else
            return {fault::layer_must_read_what_it_is_given, name, phrase_of_passed<X>()};
    }
    template <class At, class X>
    static constexpr auto of(const At& at, X) {
        return from_scores(at, X{}, scores<At, X>());
    }
    /// A step sees those that count, and one that does not count sees nothing that matters.
    template <class At, class X, class Mask>
    static constexpr auto masked(const At& at, X, Mask mask) {
        const auto seen = where(expand_dims(expand_dims(mask, axis<1>), axis<1>), scores<At, X>(), never{});
        return with_mask(from_scores(at, X{}, where(expand_dims(expand_dims(mask, axis<1>), axis<-1>), seen, never{})), mask);
    }
    template <class At, class X>
    static constexpr auto weights(const At& at, X) {
        using reads = attended<X>;
        return joined_tuples(projection<At, typename reads::query, "query", KeyDim>::weights(at),
                             projection<At, typename reads::key, "key", KeyDim>::weights(at),
                             projection<At, typename reads::value, "value", ValueDim>::weights(at), output<At, X>::weights(at));
    }

private:
    /// Of a score: e to that power is 0.
    using never = literal<number_bits(-1e30)>;

    /// `x` by kernel `[features, heads, size]`, plus bias `[heads, size]`, as `[N, heads, T, size]`.
    template <class At, class X, fixed_string Name, int Size>
    struct projection {
        static constexpr auto kernel() { return At::template variable<Name + "/kernel", X, last_extent<X>(), Heads, Size>(); }
        static constexpr auto bias() { return At::template variable<Name + "/bias", X, Heads, Size>(); }

        static constexpr auto heads() {
            const auto product = with_bias(matmul(X{}, reshape(kernel(), dims<last_extent<X>(), Heads * Size>)));
            return ctgrad::transpose(reshape(product, dims<X::shape()[0], X::shape()[1], Heads, Size>), permutation<0, 2, 1, 3>);
        }
        static constexpr auto weights(const At& at) {
            return weights_of(at, kernel(), [] { return bias(); });
        }

    private:
        template <class Y>
        static constexpr auto with_bias(Y y) {
            if constexpr (says<At, "use_bias">)
                return y + reshape(bias(), dims<Heads * Size>);
            else
                return y;
        }
    };
    /// Kernel `[heads, size, features]` and bias `[features]`.
    template <class At, class X>
    struct output {
        using query = typename attended<X>::query;
        static constexpr dimension features = last_extent<query>();

        static constexpr auto kernel() { return At::template variable<"attention_output/kernel", query, Heads, ValueDim, features>(); }
        static constexpr auto bias() { return At::template variable<"attention_output/bias", query, features>(); }
        static constexpr auto weights(const At& at) {
            return weights_of(at, kernel(), [] { return bias(); });
        }
    };

    template <class At, class Kernel, class Bias>
    static constexpr auto weights_of(const At& at, Kernel kernel, Bias bias) {
        const auto w = weight{kernel, at[kernel_initializer], at[kernel_regularizer], at[kernel_constraint]};
        if constexpr (says<At, "use_bias">)
            return boost::hana::make_tuple(w, weight{bias(), at[bias_initializer], at[bias_regularizer], at[bias_constraint]});
        else
            return boost::hana::make_tuple(w);
    }

    /// `[N, heads, T, S]`.
    template <class At, class X>
    static constexpr auto scores() {
        using reads = attended<X>;
        constexpr dimension rows = reads::query::shape()[1], columns = reads::key::shape()[1];
        constexpr literal<number_bits(1 / simd::sqrt(double{KeyDim}))> scale{};
        const auto query = projection<At, typename reads::query, "query", KeyDim>::heads() * scale;
        const auto made = matmul(query, projection<At, typename reads::key, "key", KeyDim>::heads(), transpose_b);
        if constexpr (says<At, "use_causal_mask">)
            return where(positions_along<1, rows, columns> <= positions_along<0, rows, columns>, made, never{});
        else
            return made;
    }
    template <class At, class X, class Scores>
    static constexpr auto from_scores(const At&, X, Scores made) {
        using reads = attended<X>;
        using query = typename reads::query;
        constexpr int size = Heads * ValueDim;
        const auto mixed = matmul(softmax(made), projection<At, typename reads::value, "value", ValueDim>::heads());
        const auto rows = reshape(ctgrad::transpose(mixed, permutation<0, 2, 1, 3>), dims<query::shape()[0], query::shape()[1], size>);
        const auto y = matmul(rows, reshape(output<At, X>::kernel(), dims<size, last_extent<query>()>));
        if constexpr (says<At, "use_bias">)
            return y + output<At, X>::bias();
        else
            return y;
    }
};

} // namespace detail

/// Attention by `Heads` heads: each step of the query mixes values by the softmax of its products with keys, divided by sqrt(KeyDim).
/// `multi_head_attention<4, 16>()(x)` is that of `x` with itself; `(std::make_tuple(query, value))` and `(std::make_tuple(query, value,
/// key))` of two or three `[N, T, F]`. A mask (`masking`) hides steps.
/// Options: use_bias (true), kernel_initializer (glorot_uniform), bias_initializer (zeros), regularizers and constraints of the same names,
/// use_causal_mask (false; with `use_causal_mask<true>` step t sees steps up to t), name.
/// Variables: query/kernel `[F, Heads, KeyDim]`, query/bias `[Heads, KeyDim]`, the same of key and of value (with `ValueDim`),
/// attention_output/kernel `[Heads, ValueDim, F]`, attention_output/bias `[F]`.
/// @returns the shape of the query.
/// **Fails when** what it is given is no `[N, T, F]` of floating numbers (`input_must_be_sequences`).
/// Source: Vaswani et al., Attention is all you need (2017); Keras, `MultiHeadAttention`.
template <int Heads, int KeyDim, int ValueDim = KeyDim>
inline constexpr layer_function<detail::multi_head_attention_formula<Heads, KeyDim, ValueDim>> multi_head_attention{};

} // namespace ctgrad
