// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/transform/detail/scan_of.hpp>
#include <ctgrad/transform/scan_derivatives.hpp>

namespace ctgrad {

/// Arguments: the function, the value before a step, the value that the step gave.
template <fact Function, fact Before, fact After>
CTGRAD_RULE(carry_must_stay_as_it_is,
            "a step gives each carry back with the dtype and shape that it got: cast, reshape or broadcast_to it.")
inline constexpr poison broken<fault::carry_must_stay_as_it_is, Function, Before, After>{};

/// Arguments: the function, how many carries there are.
template <fact Function, fact Carries>
CTGRAD_RULE(step_must_give_carry_and_output,
            "return std::make_tuple(carry, output) from the step, from that of a fold the carry; several carries are a tuple again.")
inline constexpr poison broken<fault::step_must_give_carry_and_output, Function, Carries>{};

/// Arguments: the function, the shape of one sequence, that of the other.
template <fact Function, fact First, fact Other>
CTGRAD_RULE(sequences_must_have_one_length, "sequences run along their first axes, which are equal: transpose [N,T,...] to [T,N,...].")
inline constexpr poison broken<fault::sequences_must_have_one_length, Function, First, Other>{};

/// Arguments: the function, which argument is wrong.
template <fact Function, fact Argument>
CTGRAD_RULE(scan_must_have_values, "give expressions, or a std::tuple of expressions: scan(step, init, xs), scan(step, init, times<20>).")
inline constexpr poison broken<fault::scan_must_have_values, Function, Argument>{};

/// The number of steps where there is no sequence: `scan(step, init, times<20>)`.
template <dimension Count>
inline constexpr times_t<Count> times{};

/// Begins with the last element: `scan(step, init, xs, go_backwards)`. Outputs lie where their elements do.
struct go_backwards_t {};
inline constexpr go_backwards_t go_backwards{};

namespace detail {

/// The number of steps over `Xs`.
template <class Xs>
constexpr dimension length_of() {
    dimension found = 1;
    group<Xs>::for_each([&]<class T, int I>() {
        if constexpr (I == 0 && is_expr<T>)
            if (T::rank > 0) found = T::shape()[0];
    });
    return found;
}
template <class Xs>
inline constexpr dimension steps_over = length_of<Xs>();
template <dimension Length>
inline constexpr dimension steps_over<times_t<Length>> = Length;

/// What is wrong with what a scan is given.
template <class Init, class Xs>
constexpr finding check_given(std::string_view called) {
    if constexpr (group<Init>::is_poisoned || group<Xs>::is_poisoned)
        return fault::reported;
    else if constexpr (!group<Init>::is_made_of_values || group<Init>::size == 0)
        return {fault::scan_must_have_values, called, "init"};
    else if constexpr (!group<Xs>::is_made_of_values || (group<Xs>::size == 0 && steps_over<Xs> == dimension(1)))
        return {fault::scan_must_have_values, called, "xs"};
    else {
        finding found{};
        tensor_shape first{};
        group<Xs>::for_each([&]<class T, int I>() {
            tensor_shape own{};
            if constexpr (is_expr<T>) own = T::shape();
            if (I == 0) first = own;
            if (found.is_fine() && (own.rank == 0 || !(own[0] == first[0])))
                found = {fault::sequences_must_have_one_length, called, phrase_of(first), phrase_of(own)};
        });
        group<Init>::for_each([&]<class T, int>() {
            if constexpr (is_expr<T>)
                if (found.is_fine() && T::rank == max_rank) found = {fault::rank_must_fit, called, phrase_of(T::shape())};
        });
        return found;
    }
}
template <class Init, class Xs, bool IsFold>
struct given_check {
    static constexpr std::string_view called = IsFold ? "fold" : "scan";
    static constexpr finding found = check_given<Init, Xs>(called);
};

/// What is wrong with the carries that a step gives.
template <class Of, class Init, class Next>
constexpr finding check_next(std::string_view called) {
    attributes before[group<Init>::size], after[group<Next>::size + 1];
    group<Init>::for_each([&]<class T, int I>() { before[I] = facts_of<T>(Of::numbers); });
    group<Next>::for_each([&]<class T, int I>() { after[I] = facts_of<T>(Of::numbers); });
    for (int i = 0; i < group<Init>::size; ++i)
        if (before[i].type != after[i].type || !(before[i].shape == after[i].shape))
            return {fault::carry_must_stay_as_it_is, called, phrase_of(before[i].type, before[i].shape),
                    phrase_of(after[i].type, after[i].shape)};
    return {};
}

/// The step's result as carry and output; that of a fold is the carry.
template <class Made, bool IsFold>
struct step_result : carry_and_output<Made> {};
template <class Made>
struct step_result<Made, true> {
    static constexpr bool is_pair = true;
    using carry = Made;
    using output = std::tuple<>;
};

template <class Of, class Init, bool IsFold>
struct step_check {
    using made = step_result<typename Of::made, IsFold>;
    static constexpr finding found = [] {
        const std::string_view called = IsFold ? "fold" : "scan";
        const finding wrong{fault::step_must_give_carry_and_output, called, phrase() << group<Init>::size};
        if constexpr (is_poison<typename Of::made>)
            return finding(fault::reported);
        else if constexpr (!made::is_pair)
            return wrong;
        else if constexpr (group<typename made::carry>::is_poisoned || group<typename made::output>::is_poisoned)
            return finding(fault::reported);
        else if constexpr (group<typename made::carry>::size != group<Init>::size || !group<typename made::carry>::is_made_of_values ||
                           !group<typename made::output>::is_made_of_values)
            return wrong;
        else
            return check_next<Of, Init, typename made::carry>(called);
    }();
};

template <bool IsFold, class Init, class Xs, bool Backward, int Depth = 0, class Step>
constexpr auto repeat_step(const Step& step) {
    using of = scan_of<Step, Init, Xs, steps_over<Xs>, Backward, Depth>;
    using check = step_check<of, Init, IsFold>;
    if constexpr (!check::found.is_fine())
        return refuse<check>();
    else {
        using next = typename check::made::carry;
        using outputs = typename check::made::output;
        if constexpr (contains_scan<next>(of::number) || contains_scan<outputs>(of::number))
            return repeat_step<IsFold, Init, Xs, Backward, Depth + 1>(step);
        else {
            using all = lifted<make_scan<of, Init, Xs, next, outputs, steps_over<Xs>, Backward>>;
            const auto result = []<int I>(std::integral_constant<int, I>) {
                return typename all::template root<static_cast<std::size_t>(I)>{};
            };
            const auto last = group_like<Init>([result]<class, int I>() { return result(std::integral_constant<int, I>{}); });
            if constexpr (IsFold)
                return last;
            else
                return std::make_tuple(last, group_like<outputs>([result]<class, int I>() {
                                           return result(std::integral_constant<int, group<Init>::size + I>{});
                                       }));
        }
    }
}

template <bool IsFold, class Step, class Init, class Xs, class... Backward>
constexpr auto scan_or_fold(const Step& step) {
    if constexpr (!given_check<Init, Xs, IsFold>::found.is_fine())
        return refuse<given_check<Init, Xs, IsFold>>();
    else
        return repeat_step < IsFold, Init, Xs, sizeof...(Backward) != 0 > (step);
}

} // namespace detail

/// Repeats a step along the first axis of sequences: `auto [last, ys] = scan(step, init, xs)`, where `step(carry, x)` gives
/// `std::make_tuple(carry, y)`. Carries, sequences and outputs may be tuples. The step is compiled once, whatever the length is, which may be
/// a named dimension; what it uses besides its arguments is the same in all steps, random numbers too.
/// @param xs [T, ...], or `times<T>` for a step that is called with the carry alone.
/// @returns the last carry, and the outputs [T, ...] of all steps. Derivative: a scan over reversed steps, fed by the carries before
/// each step, which are kept.
/// **Fails when** a carry changes its dtype or shape (`carry_must_stay_as_it_is`), the step gives something else than a carry and an output
/// (`step_must_give_carry_and_output`), sequences have no common first extent (`sequences_must_have_one_length`). Source: `jax.lax.scan`,
/// `tf.scan`.
template <class Step, class Init, class Xs, std::same_as<go_backwards_t>... Backward>
constexpr auto scan(const Step& step, Init, Xs, Backward...) {
    return detail::scan_or_fold<false, Step, Init, Xs, Backward...>(step);
}

/// The last carry alone: `fold(step, init, xs)`, where `step(carry, x)` gives the carry.
/// @see scan
template <class Step, class Init, class Xs, std::same_as<go_backwards_t>... Backward>
constexpr auto fold(const Step& step, Init, Xs, Backward...) {
    return detail::scan_or_fold<true, Step, Init, Xs, Backward...>(step);
}

} // namespace ctgrad
