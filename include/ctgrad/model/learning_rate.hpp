// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/train/optimizers/gradient_descent.hpp>
#include <ctgrad/train/optimizer_function.hpp>

namespace ctgrad::detail {

/// The learning rate of a compiled model: a number kept with the variables, which callbacks may change.
template <std::uint64_t Bits>
inline constexpr auto kept_rate = make_expr([] {
    attributes a;
    a.type = dtype::float64;
    a.name = &symbol_of<"learning_rate">;
    a.bits = Bits;
    builder made;
    list<ref> roots;
    roots.push_back(made.add(info<slot_op>, a, nullptr));
    return extract(made, roots);
});
template <std::uint64_t Bits>
using kept_rate_t = std::remove_const_t<decltype(kept_rate<Bits>)>;

/// `Optimizer` with a rate that can be changed, if its rate is a number: `type`, and the `leaf` that keeps the rate.
/// A rate that is an expression (a schedule) stays what it is.
template <class Optimizer>
struct with_kept_rate {
    using type = Optimizer;
    using leaf = void;
};

template <std::uint64_t Bits>
struct with_kept_rate<gradient_descent_optimizer<literal<Bits>>> {
    using leaf = kept_rate_t<Bits>;
    using type = gradient_descent_optimizer<leaf>;
};

template <class C>
using without_rate = std::conditional_t<std::is_same_v<typename C::option, learning_rate_t>, given_options<>, given_options<C>>;

template <class... A, class... B>
constexpr given_options<A..., B...> operator+(given_options<A...>, given_options<B...>) {
    return {};
}

template <class Rate>
inline constexpr std::uint64_t rate_bits = 0;
template <std::uint64_t Bits>
inline constexpr std::uint64_t rate_bits<literal<Bits>> = Bits;

/// The rate that an optimizer's options settle on.
template <class Optimizer>
using settled_rate = decltype(Optimizer::how::of(learning_rate));

template <class Formula, class... Given>
    requires is_literal<settled_rate<configured_optimizer<Formula, given_options<Given...>>>>
struct with_kept_rate<configured_optimizer<Formula, given_options<Given...>>> {
    using leaf = kept_rate_t<rate_bits<settled_rate<configured_optimizer<Formula, given_options<Given...>>>>>;
    using type = configured_optimizer<Formula, decltype((given_options<chosen<learning_rate_t, leaf>>{} + ... + without_rate<Given>{}))>;
};

} // namespace ctgrad::detail
