// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/expr/assign.hpp>
#include <ctgrad/nn/layers/passed.hpp>
#include <ctgrad/ops/add.hpp>

#include <boost/hana/concat.hpp>
#include <boost/hana/tuple.hpp>

#include <cstdint>

/// A model, and so a layer, is anything with `model(x)`, the expression used for predictions. It may have
/// - `model(x, training)`, the one used in a training step, such as with dropout;
/// - `model.updates(x)`, a `boost::hana::tuple` of what a training step does besides (`assign`, `constrain`);
/// - `model.regularization(x)`, a number that is added to the loss;
/// - `model.initial_values(x, seed)`, a tuple of `initial_value`s for a trainer.
/// The functions here give all models all of them.
namespace ctgrad {

namespace detail {

/// The sum of numbers, without the zeros.
constexpr literal<0> sum_of() { return {}; }
template <class First, class... More>
constexpr auto sum_of(First first, More... more) {
    const auto rest = sum_of(more...);
    if constexpr (std::is_same_v<First, literal<0>>)
        return rest;
    else if constexpr (std::is_same_v<decltype(rest), const literal<0>>)
        return first;
    else
        return first + rest;
}

constexpr boost::hana::tuple<> joined_tuples() { return {}; }
template <class First, class... More>
constexpr auto joined_tuples(First first, More... more) {
    return boost::hana::concat(first, joined_tuples(more...));
}

} // namespace detail

/// Says that an expression of a model is for a training step.
struct training_t {};
inline constexpr training_t training{};

namespace detail {

/// What `model` makes of a value with a mask, or of several, of which it knows nothing: it is a function of expressions.
template <class Model, class X, class... Mode>
constexpr auto apply_unaware(const Model& model, X x, Mode... how);

} // namespace detail

/// What `model` makes of `x`, in training if it makes a difference.
template <class Model, detail::passed X>
constexpr auto apply_model(const Model& model, X x) {
    if constexpr (expression<X> || requires { Model::reads_what_is_passed; })
        return model(x);
    else
        return detail::apply_unaware(model, x);
}
template <class Model, detail::passed X>
constexpr auto apply_model(const Model& model, X x, training_t) {
    if constexpr (!(expression<X> || requires { Model::reads_what_is_passed; }))
        return detail::apply_unaware(model, x, training);
    else if constexpr (requires { model(x, training); })
        return model(x, training);
    else
        return model(x);
}

namespace detail {

template <class Model, class X, class... Mode>
constexpr auto apply_unaware(const Model& model, X x, Mode... how) {
    if constexpr (is_several_expressions<X>)
        return std::apply([&model](auto... each) { return merged(model, each...); }, x);
    else if constexpr (is_several<X>)
        return broken<fault::layer_must_read_what_it_is_given, "function", show([] { return phrase_of_passed<X>(); })>;
    else {
        const auto y = apply_model(model, x.value, how...);
        using made = std::remove_const_t<decltype(y)>;
        if constexpr (!is_poison<made> && !has_steps_of<made, decltype(x.mask)>())
            return broken<fault::layer_must_read_what_it_is_given, "function", show([] { return phrase_of_passed<X>(); })>;
        else
            return with_mask(y, x.mask);
    }
}

} // namespace detail

/// What a training step on `x` does besides moving variables down the gradient.
template <class Model, detail::passed X>
constexpr auto updates_of(const Model& model, X x) {
    if constexpr (requires { model.updates(x); })
        return model.updates(x);
    else
        return boost::hana::tuple<>{};
}

/// What `model` adds to the loss.
template <class Model, detail::passed X>
constexpr auto regularization_of(const Model& model, X x) {
    if constexpr (requires { model.regularization(x); })
        return model.regularization(x);
    else
        return literal<0>{};
}

/// `loss` and what `model` adds to it.
template <expression L, class Model, detail::passed X>
constexpr auto regularized(L loss, const Model& model, X x) {
    return detail::sum_of(loss, regularization_of(model, x));
}

/// What the variables of `model` are before training.
template <class Model, detail::passed X>
auto initial_values_of(const Model& model, X x, std::uint64_t model_seed) {
    if constexpr (requires { model.initial_values(x, model_seed); })
        return model.initial_values(x, model_seed);
    else
        return boost::hana::tuple<>{};
}

} // namespace ctgrad
