// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/model/fit_arguments.hpp>
#include <ctgrad/model/formulas.hpp>

namespace ctgrad {

/// Arguments: the function, what it was given.
template <fact Function, fact Given>
CTGRAD_RULE(arguments_must_be_model_optimizer_and_loss, "write compile(model, adam(), loss, metrics(accuracy)).")
inline constexpr poison broken<fault::arguments_must_be_model_optimizer_and_loss, Function, Given>{};

/// Arguments: the function, what it was given.
template <fact Function, fact Given>
CTGRAD_RULE(model_must_say_what_it_takes,
            "begin the model with input<...>, or name the placeholders of a batch: compile(..., fed_by(x, y)).")
inline constexpr poison broken<fault::model_must_say_what_it_takes, Function, Given>{};

/// Arguments: the leaf or `prediction`, its shape, that of what the model takes.
template <fact What, fact Shape, fact Examples>
CTGRAD_RULE(first_axis_must_count_examples, "the first axis is the batch, dim<\"N\"> in all of them; the others are static.")
inline constexpr poison broken<fault::first_axis_must_count_examples, What, Shape, Examples>{};

/// Arguments: the callback.
template <fact Callback>
CTGRAD_RULE(learning_rate_must_be_a_number, "a schedule cannot be changed: give the optimizer a number, adam(0.001_c).")
inline constexpr poison broken<fault::learning_rate_must_be_a_number, Callback>{};

/// Arguments: the function, which argument.
template <fact Function, fact Argument>
CTGRAD_RULE(argument_must_be_known_to_fit, "it takes validation_data, sample_weights, class_weights, callbacks, name = data.")
inline constexpr poison broken<fault::argument_must_be_known_to_fit, Function, Argument>{};

/// Arguments: the function.
template <fact Function, fact Leaf>
CTGRAD_RULE(examples_must_be_weighed_once, "give sample_weights or class_weights, not both.")
inline constexpr poison broken<fault::examples_must_be_weighed_once, Function, Leaf>{};

/// Arguments: the function, which of its callbacks.
template <fact Function, fact Callback>
CTGRAD_RULE(callback_must_have_a_hook, "it has none that can be called: on_epoch_end(auto& net, int epoch, epoch_logs& logs), ...")
inline constexpr poison broken<fault::callback_must_have_a_hook, Function, Callback>{};

/// Whether `C` is a callback of compiled models of type `Net`: whether it has at least one of the hooks.
template <class C, class Net>
concept callback_of =
    requires(C& c, Net& net, const epoch_logs& names) { c.on_train_begin(net, names); } ||
    requires(C& c, Net& net) { c.on_epoch_begin(net, 0); } || requires(C& c, Net& net) { c.on_batch_end(net, std::int64_t{}, 0.0); } ||
    requires(C& c, Net& net, epoch_logs& logs) { c.on_epoch_end(net, 0, logs); } || requires(C& c, Net& net) { c.on_train_end(net); };

namespace detail {

/// What an argument of `fit` brings: weights, truths and examples that validate.
template <class A>
struct brought_by {
    using weights = void;
    using x = void;
    using y = void;
};
template <class D>
struct brought_by<sample_weighting<D>> : brought_by<void> {
    using weights = std::remove_cvref_t<D>;
};
template <class DX, class DY, class... More>
struct brought_by<validation<DX, DY, More...>> : brought_by<void> {
    using x = std::remove_cvref_t<DX>;
    using y = std::remove_cvref_t<DY>;
};

/// The first callback that changes the learning rate, or nothing.
template <class A>
inline constexpr std::string_view rate_changer = {};
template <class... C>
inline constexpr std::string_view rate_changer<callback_list<C...>> = [] {
    std::string_view found;
    auto look = [&found]<class Each>(Each*) {
        if constexpr (requires { Each::changes_learning_rate; })
            if (found.empty()) found = Each::changes_learning_rate;
    };
    (look(static_cast<std::remove_reference_t<C>*>(nullptr)), ...);
    return found;
}();
template <class... A>
inline constexpr std::string_view first_rate_changer = [] {
    std::string_view found;
    ((found = found.empty() ? rate_changer<A> : found), ...);
    return found;
}();

/// The first callback that has no hook, from 1.
template <class Net, class A>
inline constexpr int idle_callback = 0;
template <class Net, class... C>
inline constexpr int idle_callback<Net, callback_list<C...>> = [] {
    int at = 0, found = 0;
    ((++at, found = found == 0 && !callback_of<C, Net> ? at : found), ...);
    return found;
}();

template <class A>
inline constexpr bool is_fit_argument = is_validation<A> || is_callback_list<A> || weighs_examples<A> || is_for_program<A>;

/// The place of the first argument that `fit` does not know, from 1.
template <class... A>
constexpr int first_unknown() {
    int at = 0, found = 0;
    ((++at, found = found == 0 && !is_fit_argument<A> ? at : found), ...);
    return found;
}

/// What is wrong with the arguments of `fit` beside the data.
template <class Net, class... More>
constexpr finding check_fit_arguments() {
    if (const int unknown = first_unknown<More...>(); unknown != 0)
        return {fault::argument_must_be_known_to_fit, "fit", phrase("argument ") << unknown + 3};
    if ((0 + ... + (weighs_examples<More> ? 1 : 0)) > 1)
        return {fault::examples_must_be_weighed_once, "fit", Net::formulas::weight::root().name->text};
    if (const std::string_view changer = first_rate_changer<More...>; !changer.empty() && !Net::has_changing_rate)
        return {fault::learning_rate_must_be_a_number, changer};
    if (const int idle = (idle_callback<Net, More> + ... + 0); idle != 0)
        return {fault::callback_must_have_a_hook, "fit", phrase("callback ") << idle};
    return {};
}

/// What is wrong with the data and the other arguments of `fit`.
template <class Net, class DX, class DY, class... More>
struct fit_check {
    using x = typename Net::formulas::x;
    using y = typename Net::formulas::y;
    using weight = typename Net::formulas::weight;

    static constexpr finding found =
        first_of({data_check<x, DX>::found, data_check<y, DY>::found, check_fit_arguments<Net, More...>(),
                  data_check<weight, typename brought_by<More>::weights>::found..., data_check<x, typename brought_by<More>::x>::found...,
                  data_check<y, typename brought_by<More>::y>::found...});
};

} // namespace detail

/// Whether a compiled model takes data of these types and further arguments: `can_fit<decltype(net), vector<float>, vector<float>>`.
template <class Net, class DX, class DY, class... More>
concept can_fit = detail::fit_check<Net, std::remove_cvref_t<DX>, std::remove_cvref_t<DY>, std::remove_cvref_t<More>...>::found.is_fine();

} // namespace ctgrad
