// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/nn/layers/layer.hpp>
#include <ctgrad/nn/layers/layer_names.hpp>

namespace ctgrad {

/// Arguments: the shape that the model was given, that of its input.
template <fact Given, fact Input>
CTGRAD_RULE(examples_must_fit_input, "give the model examples of the shape that input<...> says.")
inline constexpr poison broken<fault::examples_must_fit_input, Given, Input>{};

/// What one example is.
template <class T, dimension... Dims>
struct input_t {
    /// A batch of them.
    template <fixed_string Name = "x", dimension Batch = dim<"N">>
    static constexpr auto batch = placeholder<Name, T, Batch, Dims...>;

    template <class X>
    static constexpr bool fits =
        X::rank == 1 + sizeof...(Dims) && X::shape() == tensor_shape{1 + sizeof...(Dims), {X::shape()[0], Dims...}};
};
/// The shape of one example, first in a `sequential`: `input<784>`.
template <dimension... Dims>
inline constexpr input_t<float, Dims...> input{};
/// The same for elements of another type: `input_of<std::int32_t, 20>`.
template <class T, dimension... Dims>
inline constexpr input_t<T, Dims...> input_of{};

/// Whether model `Model`, a `sequential`, takes `X`.
template <class Model, class X>
concept fits_input = std::remove_const_t<Model>::input::template fits<std::remove_const_t<X>>;

namespace detail {

/// A batch of examples of which nothing is known.
struct any_input {
    template <class X>
    static constexpr bool fits = true;
};

/// Whether `X` is a batch of `Input`.
template <class Input, class X>
inline constexpr bool fits = Input::template fits<X>;
template <class Input, class X, class Mask>
inline constexpr bool fits<Input, masked<X, Mask>> = fits<Input, X>;
template <class Input, class... X>
inline constexpr bool fits<Input, std::tuple<X...>> = std::is_same_v<Input, any_input>;

} // namespace detail

/// Layers one behind the other: see `sequential`.
/// @tparam Path what the names of its variables begin with; nothing for a model that stands alone.
template <fixed_string Path, class Input, class... Layer>
class sequential_model {
public:
    static constexpr fixed_string kind = "sequential";
    static constexpr fixed_string name = Path;
    static constexpr std::size_t size = sizeof...(Layer);
    static constexpr bool reads_what_is_passed = true;
    using input = Input;

    constexpr explicit sequential_model(const boost::hana::tuple<Layer...>& layers) : layers_(layers) {}

    template <fixed_string Other>
    constexpr sequential_model<Other, Input, Layer...> named() const {
        return sequential_model<Other, Input, Layer...>(layers_);
    }

    /// Layer number `I`, named as its place here says: a model of its own.
    template <std::size_t I>
    constexpr auto layer() const {
        return detail::layer_names<Path, Layer...>::template named<I>(boost::hana::at_c<I>(layers_));
    }

    template <detail::passed X>
    constexpr auto operator()(X x) const {
        return checked(x, [&](auto y) { return through<0>(y); });
    }
    template <detail::passed X>
    constexpr auto operator()(X x, training_t) const {
        return checked(x, [&](auto y) { return through<0>(y, training); });
    }
    template <detail::passed X>
    constexpr auto updates(X x) const {
        return updates_from<0>(x);
    }
    template <detail::passed X>
    constexpr auto regularization(X x) const {
        return regularization_from<0>(x);
    }
    template <detail::passed X>
    auto initial_values(X x, std::uint64_t model_seed) const {
        return initial_values_from<0>(x, model_seed);
    }
    auto initial_values(std::uint64_t model_seed) const
        requires requires { Input::template batch<>; }
    {
        return initial_values_from<0>(Input::template batch<>, model_seed);
    }

private:
    template <class X, class F>
    constexpr auto checked(X x, F next) const {
        if constexpr (detail::is_poison<X>)
            return poison{};
        else if constexpr (!detail::fits<Input, X>)
            return broken<fault::examples_must_fit_input, show([] { return detail::phrase_of_passed<X>(); }),
                          show([] { return phrase_of(Input::template batch<>.shape()); })>;
        else
            return next(x);
    }
    template <std::size_t I, class X, class... Mode>
    constexpr auto through(X x, Mode... how) const {
        if constexpr (I == size)
            return x;
        else
            return through<I + 1>(apply_model(layer<I>(), x, how...), how...);
    }
    template <std::size_t I, class X>
    constexpr auto updates_from(X x) const {
        if constexpr (I == size)
            return boost::hana::tuple<>{};
        else
            return boost::hana::concat(updates_of(layer<I>(), x), updates_from<I + 1>(apply_model(layer<I>(), x, training)));
    }
    template <std::size_t I, class X>
    constexpr auto regularization_from(X x) const {
        if constexpr (I == size)
            return literal<0>{};
        else
            return detail::sum_of(regularization_of(layer<I>(), x), regularization_from<I + 1>(apply_model(layer<I>(), x, training)));
    }
    template <std::size_t I, class X>
    auto initial_values_from(X x, std::uint64_t model_seed) const {
        if constexpr (I == size)
            return boost::hana::tuple<>{};
        else
            return boost::hana::concat(initial_values_of(layer<I>(), x, model_seed),
                                       initial_values_from<I + 1>(apply_model(layer<I>(), x, training), model_seed));
    }

    boost::hana::tuple<Layer...> layers_;
};

/// A model of layers one behind the other: `sequential(input<784>, dense<512>(relu), dropout(0.2_c), dense<10>(softmax))`.
/// A layer is any callable `x -> expression`. Variables are named as Keras names them: dense/kernel, dense/bias,
/// dense_1/kernel; those of a model inside another, or of one with a name (`name<"encoder">`), begin with its name.
/// **Fails when** the model is given what does not fit `input` (`examples_must_fit_input`).
struct sequential_function {
    template <class T, dimension... Dims, class... Layer>
    constexpr auto operator()(input_t<T, Dims...> in, Layer... layers) const {
        return make<"">(in, boost::hana::tuple<>{}, layers...);
    }
    template <class... Layer>
    constexpr auto operator()(Layer... layers) const {
        return make<"">(detail::any_input{}, boost::hana::tuple<>{}, layers...);
    }

private:
    template <fixed_string Path, class Input, class... Done>
    static constexpr auto make(Input, boost::hana::tuple<Done...> done) {
        return sequential_model<Path, Input, Done...>(done);
    }
    template <fixed_string Path, class Input, class Done, class First, class... More>
    static constexpr auto make(Input in, Done done, First first, More... more) {
        if constexpr (detail::is_poison<First>)
            return poison{};
        else
            return make<Path>(in, boost::hana::concat(done, boost::hana::make_tuple(first)), more...);
    }
    template <fixed_string, class Input, class Done, fixed_string Name, class... More>
    static constexpr auto make(Input in, Done done, kept_value<layer_option<"name">, name_text<Name>>, More... more) {
        return make<Name>(in, done, more...);
    }
};
inline constexpr sequential_function sequential{};

} // namespace ctgrad
