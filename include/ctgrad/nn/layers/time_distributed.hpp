// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/nn/layers/composite.hpp>
#include <ctgrad/nn/layers/layer_names.hpp>
#include <ctgrad/nn/layers/sequences.hpp>
#include <ctgrad/ops/full.hpp>
#include <ctgrad/transform/scan.hpp>

namespace ctgrad {

/// A layer of each step: see `time_distributed`.
template <fixed_string Path, class Layer>
class time_distributed_model : public detail::composite<time_distributed_model<Path, Layer>> {
public:
    static constexpr fixed_string kind = "time_distributed";
    static constexpr fixed_string name = Path;

    constexpr explicit time_distributed_model(Layer of) : inner_(of) {}

    template <fixed_string Other>
    constexpr time_distributed_model<Other, Layer> named() const {
        return time_distributed_model<Other, Layer>(inner_);
    }
    template <detail::passed X>
    constexpr auto operator()(X x) const {
        if constexpr (detail::is_masked<X>)
            return detail::with_mask((*this)(x.value), x.mask);
        else if constexpr (detail::is_several<X> || detail::is_poison<X>)
            return refused<X>();
        else if constexpr (X::rank < 3)
            return broken<fault::input_must_be_sequences, show([] { return kind.view(); }),
                          show([] { return phrase_of(X::type(), X::shape()); })>;
        else
            return of_steps(x);
    }
    template <class X>
    constexpr auto parts(X x) const {
        if constexpr (detail::is_several<X>)
            return boost::hana::tuple<>{};
        else
            return boost::hana::make_tuple(detail::model_part{inner(), first_step(detail::without_mask(x))});
    }

private:
    template <class X>
    static constexpr auto refused() {
        if constexpr (detail::is_poison<X>)
            return poison{};
        else
            return broken<fault::layer_must_read_what_it_is_given, show([] { return kind.view(); }),
                          show([] { return detail::phrase_of_passed<X>(); })>;
    }
    constexpr auto inner() const {
        constexpr auto path = [] {
            if constexpr (Path.view().empty())
                return kind;
            else
                return Path;
        };
        return detail::layer_names<path(), Layer>::template named<0>(inner_);
    }
    /// A leaf with the shape of one step: what a layer is asked of there depends on no more.
    template <class X>
    static constexpr auto first_step(X) {
        return []<std::size_t... K>(std::index_sequence<K...>) {
            return placeholder<"step", scalar_of<X::type()>, X::shape()[0], X::shape()[static_cast<int>(K) + 2]...>;
        }(std::make_index_sequence<static_cast<std::size_t>(X::rank) - 2>());
    }
    template <class X>
    constexpr auto of_steps(X x) const {
        using step = std::remove_const_t<decltype(first_step(x))>;
        using there = decltype(apply_model(inner(), step{}));
        if constexpr (detail::is_poison<there>)
            return poison{};
        else if constexpr (!std::is_same_v<there, decltype(apply_model(inner(), step{}, training))>)
            return broken<fault::layer_must_read_what_it_is_given, show([] { return kind.view(); }), "a layer with a training of its own">;
        else if constexpr (requires { requires Layer::formula::is_for_each_step; })
            return inner()(x);
        else {
            const auto repeated = [of = inner()](auto carry, auto xt) { return std::make_tuple(carry, apply_model(of, xt)); };
            const auto zero = fill<scalar_of<X::type()>>(dims<1>, literal<0>{});
            return detail::time_first(std::get<1>(scan(repeated, zero, detail::time_first(x))));
        }
    }

    Layer inner_;
};

/// A layer that is given each step by itself: `time_distributed(dense<10>(softmax))` of `[N, T, F]` is `[N, T, 10]`.
/// Variables: time_distributed/dense/kernel...
/// @returns what the layer makes of `[N, ...]`, for all steps `[N, T, ...]`.
/// **Fails when** `x` has no steps (`input_must_be_sequences`), or the layer does something else in training, as dropout
/// (`layer_must_read_what_it_is_given`). Source: Keras, `TimeDistributed`.
struct time_distributed_function {
    template <class Layer>
    constexpr auto operator()(Layer of) const {
        return time_distributed_model<"", Layer>(of);
    }
};
inline constexpr time_distributed_function time_distributed{};

} // namespace ctgrad
