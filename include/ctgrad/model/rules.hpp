// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/model/fit_arguments.hpp>
#include <ctgrad/model/formulas.hpp>

namespace ctgrad {

/// Arguments: the function, what it was given.
template <fact Function, fact Given>
CTGRAD_RULE(arguments_must_be_model_optimizer_and_loss, "write compile(model, adam(), loss, metrics(accuracy)).")
inline constexpr poison arguments_must_be_model_optimizer_and_loss{};

/// Arguments: the function, what it was given.
template <fact Function, fact Given>
CTGRAD_RULE(model_must_say_what_it_takes,
            "begin the model with input<...>, or name the placeholders of a batch: compile(..., fed_by(x, y)).")
inline constexpr poison model_must_say_what_it_takes{};

/// Arguments: the leaf or `prediction`, its shape, that of what the model takes.
template <fact What, fact Shape, fact Examples>
CTGRAD_RULE(first_axis_must_count_examples, "the first axis is the batch, dim<\"N\"> in all of them; the others are static.")
inline constexpr poison first_axis_must_count_examples{};

/// Arguments: the callback.
template <fact Callback>
CTGRAD_RULE(learning_rate_must_be_a_number, "a schedule cannot be changed: give the optimizer a number, adam(0.001_c).")
inline constexpr poison learning_rate_must_be_a_number{};

/// Arguments: the function, which argument.
template <fact Function, fact Argument>
CTGRAD_RULE(argument_must_be_known_to_fit, "it takes validation_data, sample_weights, class_weights, callbacks, name = data.")
inline constexpr poison argument_must_be_known_to_fit{};

/// Arguments: the function.
template <fact Function, fact Leaf>
CTGRAD_RULE(examples_must_be_weighed_once, "give sample_weights or class_weights, not both.")
inline constexpr poison examples_must_be_weighed_once{};

/// Arguments: the function, which of its callbacks.
template <fact Function, fact Callback>
CTGRAD_RULE(callback_must_have_a_hook, "it has none that can be called: on_epoch_end(auto& net, int epoch, epoch_logs& logs), ...")
inline constexpr poison callback_must_have_a_hook{};

/// Whether `C` is a callback of compiled models of type `Net`: whether it has at least one of the hooks.
template <class C, class Net>
concept callback_of =
    requires(C& c, Net& net, const epoch_logs& names) { c.on_train_begin(net, names); } ||
    requires(C& c, Net& net) { c.on_epoch_begin(net, 0); } || requires(C& c, Net& net) { c.on_batch_end(net, std::int64_t{}, 0.0); } ||
    requires(C& c, Net& net, epoch_logs& logs) { c.on_epoch_end(net, 0, logs); } || requires(C& c, Net& net) { c.on_train_end(net); };

/// What is wrong with the arguments of `fit`.
enum class fit_fault : std::uint8_t { none, x_data, y_data, weights, unknown, weighed_twice, schedule, hook };

namespace detail {

/// Whether data of type `D` fit leaf `L`, as far as the compiler can tell.
template <class L, class D>
inline constexpr bool fits_leaf = data_fault_of<L, D>() == data_fault::none;
template <class L>
inline constexpr bool fits_leaf<L, void> = true;

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

/// The first of `D...` that does not fit leaf `L`, or void.
template <class L, class... D>
struct first_misfit {
    using type = void;
};
template <class L, class First, class... D>
struct first_misfit<L, First, D...> : std::conditional_t<fits_leaf<L, First>, first_misfit<L, D...>, std::type_identity<First>> {};

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

} // namespace detail

template <class Net, class DX, class DY, class... More>
constexpr fit_fault fit_fault_of() {
    using formulas = typename Net::formulas;
    using weight = typename formulas::weight;
    if (!detail::fits_leaf<typename formulas::x, DX>) return fit_fault::x_data;
    if (!detail::fits_leaf<typename formulas::y, DY>) return fit_fault::y_data;
    if (detail::first_unknown<More...>() != 0) return fit_fault::unknown;
    if ((0 + ... + (detail::weighs_examples<More> ? 1 : 0)) > 1) return fit_fault::weighed_twice;
    if (!(detail::fits_leaf<weight, typename detail::brought_by<More>::weights> && ...)) return fit_fault::weights;
    if (!(detail::fits_leaf<typename formulas::x, typename detail::brought_by<More>::x> && ...)) return fit_fault::x_data;
    if (!(detail::fits_leaf<typename formulas::y, typename detail::brought_by<More>::y> && ...)) return fit_fault::y_data;
    if (!detail::first_rate_changer<More...>.empty() && !Net::has_changing_rate) return fit_fault::schedule;
    return (detail::idle_callback<Net, More> + ... + 0) != 0 ? fit_fault::hook : fit_fault::none;
}

/// Whether a compiled model takes data of these types and further arguments: `can_fit<decltype(net), vector<float>, vector<float>>`.
template <class Net, class DX, class DY, class... More>
concept can_fit = fit_fault_of<Net, std::remove_cvref_t<DX>, std::remove_cvref_t<DY>, std::remove_cvref_t<More>...>() == fit_fault::none;

namespace detail {

/// The leaf whose data are at fault.
template <fit_fault Fault, class Formulas>
using leaf_at_fault = std::conditional_t<Fault == fit_fault::x_data, typename Formulas::x,
                                         std::conditional_t<Fault == fit_fault::y_data, typename Formulas::y, typename Formulas::weight>>;

/// Says what is wrong with the arguments of a `fit`.
template <fit_fault Fault, class Net, class DX, class DY, class... More>
constexpr auto refuse_fit() {
    using leaf = leaf_at_fault<Fault, typename Net::formulas>;
    if constexpr (Fault == fit_fault::unknown)
        return argument_must_be_known_to_fit<"fit", show([] { return phrase("argument ") << first_unknown<More...>() + 3; })>;
    else if constexpr (Fault == fit_fault::weighed_twice)
        return examples_must_be_weighed_once<"fit", show([] { return leaf::root().name->text; })>;
    else if constexpr (Fault == fit_fault::hook)
        return callback_must_have_a_hook<"fit", show([] { return phrase("callback ") << (idle_callback<Net, More> + ... + 0); })>;
    else if constexpr (Fault == fit_fault::schedule)
        return learning_rate_must_be_a_number<show([] { return first_rate_changer<More...>; })>;
    else {
        using in_x = first_misfit<leaf, DX, typename brought_by<More>::x...>;
        using in_y = first_misfit<leaf, DY, typename brought_by<More>::y...>;
        using in_weights = first_misfit<leaf, typename brought_by<More>::weights...>;
        using found = std::conditional_t<Fault == fit_fault::y_data, in_y, in_weights>;
        using data = typename std::conditional_t<Fault == fit_fault::x_data, in_x, found>::type;
        if constexpr (constexpr data_fault fault = data_fault_of<leaf, data>(); fault == data_fault::layout)
            return data_must_lie_by_rows<label_shown<leaf>, type_and_shape<leaf>, layout_shown<data>>;
        else if constexpr (fault == data_fault::size)
            return data_must_fill_leaf<label_shown<leaf>, type_and_shape<leaf>, given_size<data>>;
        else
            return data_must_have_leaf_type<label_shown<leaf>, type_and_shape<leaf>>;
    }
}

} // namespace detail
} // namespace ctgrad
