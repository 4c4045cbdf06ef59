// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/expr/apply.hpp>
#include <ctgrad/ops/detail/shown_first_op.hpp>
#include <ctgrad/ops/leaf.hpp>

#include <cstdint>
#include <utility>

namespace ctgrad {

/// Arguments: the function, the dtype and shape of the input, those of what was given as its derivative.
template <fact Function, fact Input, fact Given>
CTGRAD_RULE(derivative_must_fit_input, "give an expression of its dtype and shape (of two inputs, a pair).")
inline constexpr poison broken<fault::derivative_must_fit_input, Function, Input, Given>{};

/// The value, input 0, with a derivative of its own to the others. A program computes the value alone.
/// @tparam Meaning the hash of the rule's expression: rules are told apart by what they say.
template <class Rule, int Inputs, std::uint64_t Meaning>
struct custom_gradient_op : detail::shown_first_op<Inputs> {
    static constexpr std::string_view name = "custom_gradient";
    static constexpr unsigned differentiable_inputs = Inputs == 1 ? 2 : 6;

    static constexpr ref derivative(const auto& at) {
        if constexpr (Inputs == 1)
            return Rule{}(at.dy, at.y, at.x(1));
        else {
            const auto both = Rule{}(at.dy, at.y, at.x(1), at.x(2));
            return at.wrt == 1 ? std::get<0>(both) : std::get<1>(both);
        }
    }
};

namespace detail {

/// What stands for dy while a rule is checked.
template <class Y>
struct make_gradient_leaf {
    constexpr draft_graph operator()() const {
        attributes a = Y::root();
        a.name = &symbol_of<"dy">;
        a.bits = 0;
        for (std::int32_t& each : a.numbers) each = 0;
        builder made;
        list<ref> roots;
        roots.push_back(made.add(info<deferred_t<placeholder_op, Y>>, a, nullptr));
        return extract(made, roots);
    }
};

/// The expression of the derivative to input `I`.
template <std::size_t I, std::size_t Inputs, class Given>
constexpr auto derivative_to([[maybe_unused]] Given given) {
    if constexpr (Inputs == 1)
        return given;
    else if constexpr (requires { std::get<I>(given); })
        return std::get<I>(given);
    else
        return no_options{};
}

/// What is wrong with `G` as the derivative to input `X`.
template <class X, class G>
constexpr finding check_derivative() {
    const phrase wanted = phrase_of(X::type(), X::shape());
    if constexpr (is_poison<G>)
        return fault::reported;
    else if constexpr (!is_expr<G>)
        return {fault::derivative_must_fit_input, "custom_gradient", wanted, "no expression"};
    else if (G::type() != X::type() || !(G::shape() == X::shape()))
        return {fault::derivative_must_fit_input, "custom_gradient", wanted, phrase_of(G::type(), G::shape())};
    else
        return {};
}

/// An application of `Value` with the derivative `Rule` to `X...`.
template <class Value, class Rule, class... X>
struct custom_application {
    using value = std::remove_const_t<decltype(Value{}(X{}...))>;

    static constexpr auto derivatives() {
        using dy = typename lifted<make_gradient_leaf<value>>::template root<0>;
        return Rule{}(dy{}, value{}, X{}...);
    }
    template <std::size_t I>
    using derivative = std::remove_const_t<decltype(derivative_to<I, sizeof...(X)>(derivatives()))>;

    static constexpr finding found = []<std::size_t... I>(std::index_sequence<I...>) {
        return first_of({check_derivative<X, derivative<I>>()...});
    }(std::index_sequence_for<X...>{});

    static constexpr std::uint64_t meaning = []<std::size_t... I>(std::index_sequence<I...>) {
        std::uint64_t h = 0;
        ((h = hash_combine(h, derivative<I>::root().hash)), ...);
        return h;
    }(std::index_sequence_for<X...>{});
};

} // namespace detail

namespace detail {
template <class F, class... X>
inline constexpr bool takes_rule = false;
} // namespace detail

/// A function of expressions with a backward rule of its own: what `custom_gradient` makes.
template <class Value, class Rule>
struct custom_gradient_function {
    template <expression... X>
        requires(sizeof...(X) == 1 || sizeof...(X) == 2)
    constexpr auto operator()(X... x) const {
        if constexpr ((detail::is_poison<X> || ...))
            return poison{};
        else
            return applied<detail::custom_application<Value, Rule, X...>>(x...);
    }

private:
    template <class Application, class... X>
    static constexpr auto applied(X... x) {
        if constexpr (detail::is_poison<typename Application::value>)
            return poison{};
        else if constexpr (!Application::found.is_fine())
            return refuse<Application>();
        else
            return apply<custom_gradient_op<Rule, static_cast<int>(sizeof...(X)), Application::meaning>>(typename Application::value{},
                                                                                                         x...);
    }
};

namespace detail {
template <class Value, class Rule, class... X>
inline constexpr bool takes_rule<custom_gradient_function<Value, Rule>, X...> =
    (sizeof...(X) == 1 || sizeof...(X) == 2) && (is_expr<X> && ...) && custom_application<Value, Rule, X...>::found.is_fine();
} // namespace detail

/// Whether `f(x...)` exists, of a function that `custom_gradient` made.
template <class F, class... X>
concept takes_custom_gradient = detail::takes_rule<std::remove_const_t<F>, std::remove_const_t<X>...>;

/// A function whose gradient is what you say: `constexpr auto f = custom_gradient(value, derivative); f(x)`, both callables without state.
/// `value(x)` is the value; `derivative(dy, y, x)` what reaches x, an expression of its shape and dtype that is linear in dy. Of two
/// inputs `value(x, w)` and `derivative(dy, y, x, w)`, a `std::pair`. A program computes the value as if it stood there alone; forward
/// mode, second derivatives, Jacobians follow the rule. What the value uses besides its inputs gets no gradient through it.
/// @returns `f(x)` has the shape and dtype of `value(x)`. Derivative: the one given.
/// **Fails when** a derivative has another shape or dtype than its input (`derivative_must_fit_input`). Source: `tf.custom_gradient`,
/// `jax.custom_vjp`.
template <class Value, class Rule>
constexpr custom_gradient_function<Value, Rule> custom_gradient(Value, Rule) {
    return {};
}

} // namespace ctgrad
