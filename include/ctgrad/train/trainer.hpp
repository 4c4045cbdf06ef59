// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/runtime/function.hpp>
#include <ctgrad/nn/initial_value.hpp>
#include <ctgrad/train/minimize.hpp>

#include <boost/hana/tuple.hpp>

namespace ctgrad {

namespace detail {

/// The leaves that a trainer keeps itself.
template <class P>
struct owns_parameters {
    std::byte* memory;

    static constexpr bool holds(const node& leaf) { return parameters<P>::find(leaf.hash) >= 0; }
    memory_range range() const { return {memory, parameters<P>::layout.bytes}; }
    template <std::uint64_t Hash>
    [[gnu::always_inline]] const void* address() const {
        constexpr std::size_t offset = parameters<P>::layout.leaves[parameters<P>::find(Hash)].offset;
        return memory + offset;
    }
};

} // namespace detail

namespace detail {
/// What an error calls a trainer.
template <class P, class... B>
inline constexpr auto trainer_shown = show([] { return std::string_view("trainer"); });
} // namespace detail

/// Arguments: what the trainer was given.
template <fact Given>
CTGRAD_RULE(trainer_must_be_given_a_step, "write trainer train{minimize(loss, gradient_descent(0.1_c))}.")
inline constexpr poison broken<fault::trainer_must_be_given_a_step, Given>{};

/// Holds the variables of a training step and runs it: `trainer train{minimize(loss, optimizer)};`
/// `float loss = train(x = images, y_ = labels);`
///
/// Variables are zeros at first, or what the further arguments say: `trainer train{step, W =
/// glorot_uniform{.seed = 1}, b = std::array{...}}`, or a model's `initial_values(seed)`. A call feeds the placeholders, takes one step
/// and returns the step's results as of before it (none, a value or a tuple); it allocates only when
/// a larger batch than before needs more workspace. `bind` gives a step that is `noexcept`.
/// `train[W]` is a view of a variable, row-major.
/// **Fails when** a placeholder is not fed, fed twice or unknown, or the element type or the layout is wrong.
/// Throws `ctgrad::error`, before anything is changed, when sizes contradict, there are no examples to take a mean of, or
/// memory given for a result overlaps other memory of the step.
/// (This is the trainer of a mistake: everything about it is accepted.)
template <class Step>
class trainer : public poison {
public:
    template <class... B>
    explicit trainer(Step, B&&...) {
        if constexpr (!detail::is_poison<Step>)
            (void)broken<fault::trainer_must_be_given_a_step, detail::arguments_shown<Step, std::remove_cvref_t<B>...>>;
    }

    poison parameters() const { return {}; }
    template <class B>
    void set(B&&) {}
    template <class... B>
    detail::refused_call<1> bind(B&&...) {
        return {};
    }
};

template <class P, class... E>
class trainer<training_step<P, E...>> {
    using own = detail::owns_parameters<P>;
    template <class... B>
    using types = detail::call_types<P, own, detail::result_list<E...>, std::remove_cvref_t<B>...>;
    template <class... B>
    using bound = detail::bound_check<types<B...>, B...>;
    static constexpr int result_count = sizeof...(E) == 0 ? 1 : sizeof...(E);

public:
    using program = P;

    /// Whether a call takes arguments of types `B...`: `trainer<S>::accepts<decltype(x = images)>`.
    template <class... B>
    static constexpr bool accepts = types<B...>::found.is_fine();
    /// Whether `bind` takes them, as they are passed.
    template <class... B>
    static constexpr bool binds = bound<B...>::found.is_fine();

    template <class... B>
    explicit trainer(training_step<P, E...>, B&&... initial_values) {
        if constexpr (detail::workspace_layout<P>::is_static) {
            constexpr std::size_t bytes = detail::workspace_layout<P>::static_size();
            if (bytes > detail::stack_workspace<P>) workspace_.reserve(bytes);
        }
        (set(initial_values), ...);
    }

    template <class... B>
        requires(detail::is_poison<std::remove_cvref_t<B>> || ...)
    auto operator()(B&&...) {
        return detail::refused<result_count>({});
    }

    /// Takes one step of training.
    template <class... B>
    [[gnu::always_inline]] auto operator()(B&&... arguments) {
        if constexpr (!types<B...>::found.is_fine())
            return detail::refused<result_count>(refuse<types<B...>>());
        else
            return detail::call_program<P, detail::result_list<E...>>(own{parameters_.data()}, &workspace_, arguments...);
    }

    /// Checks data and finds room for a step once: the `bound_call` that it gives back takes steps and is
    /// `noexcept`. The data and this trainer must outlive it.
    /// **Fails when** one of them ends with the line (`data_must_outlive_call`).
    /// Throws `ctgrad::error` when sizes contradict.
    template <class... B>
    auto bind(B&&...) && {
        return detail::refused_call<result_count>{broken<fault::data_must_outlive_call, detail::trainer_shown<P, B...>, "bind">};
    }
    template <class... B>
    auto bind(B&&... arguments) & {
        if constexpr ((detail::is_poison<std::remove_cvref_t<B>> || ...))
            return detail::refused_call<result_count>{};
        else if constexpr (!bound<B...>::found.is_fine())
            return detail::refused_call<result_count>{refuse<bound<B...>>()};
        else
            return bound_call<P, own, detail::result_list<E...>, std::remove_reference_t<B>...>(own{parameters_.data()}, arguments...);
    }

    /// The elements of a variable, to read or to change.
    template <class V>
    auto operator[](V variable) {
        if constexpr (!ctgrad::parameters<P>::template holds<V>)
            return broken<fault::variable_must_be_in_store, detail::asked_shown<V>>;
        else
            return parameters_[variable];
    }
    template <class V>
    auto operator[](V variable) const {
        if constexpr (!ctgrad::parameters<P>::template holds<V>)
            return broken<fault::variable_must_be_in_store, detail::asked_shown<V>>;
        else
            return parameters_[variable];
    }

    /// Whether `V` is one of the variables: others have no value here.
    template <class V>
    static constexpr bool holds = ctgrad::parameters<P>::template holds<V>;

    /// All variables and optimizer slots; also an argument of a `function`, which then uses the variables.
    ctgrad::parameters<P>& parameters() & { return parameters_; }
    const ctgrad::parameters<P>& parameters() const& { return parameters_; }
    ctgrad::parameters<P> parameters() && { return std::move(parameters_); }

    /// Sets a variable: `train.set(W = data)`, `train.set(W = glorot_uniform{.seed = 1})`.
    /// Throws `ctgrad::error` when the number of elements is wrong; nothing is changed then.
    template <class V, class Data, bool Holds>
    void set(const binding<V, Data, Holds>& value) {
        const auto elements = parameters_[V{}];
        if constexpr (!detail::is_poison<std::remove_const_t<decltype(elements)>>) {
            using T = scalar_of<V::type()>;
            using given = std::remove_const_t<Data>;
            if constexpr (initializer_for<Data, T>)
                value.data.fill(elements, V::shape());
            else if constexpr (std::is_arithmetic_v<given> && V::rank == 0)
                elements[0] = static_cast<T>(value.data);
            else if constexpr (!detail::data_check<V, given>::found.is_fine())
                refuse<detail::data_check<V, given>>();
            else {
                constexpr int variable = [] {
                    int at = 0;
                    while (P::graph()[P::plan.leaves[at]].hash != V::root().hash) ++at;
                    return P::plan.leaves[at];
                }();
                detail::sized_node<P, variable>::check(value.data, {});
                if (!detail::lies_by_rows(value.data)) detail::refuse_gaps(detail::expected<P, variable>.name);
                const void* const first = detail::elements_in(value.data);
                if (first == nullptr && !elements.empty()) detail::refuse_null(detail::expected<P, variable>.name);
                for (std::size_t i = 0; i < elements.size(); ++i) elements[i] = static_cast<const T*>(first)[i];
            }
        }
    }

    /// Sets the variables of a model: `train.set(model.initial_values(seed))`. What the step does not have is left out.
    template <class V, class Initializer>
    void set(const initial_value<V, Initializer>& value) {
        if constexpr (holds<V>) set(V{} = value.data);
    }
    template <class... Value>
    void set(const boost::hana::tuple<Value...>& values) {
        boost::hana::unpack(values, [&](const auto&... each) { (set(each), ...); });
    }

private:
    ctgrad::parameters<P> parameters_;
    buffer workspace_;
};

template <class Step, class... B>
trainer(Step, B&&...) -> trainer<Step>;

} // namespace ctgrad
