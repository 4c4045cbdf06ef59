// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/expr/options.hpp>
#include <ctgrad/ops/cumsum.hpp>
#include <ctgrad/transform/detail/scan_of.hpp>
#include <ctgrad/transform/scan_derivatives.hpp>

namespace ctgrad {

/// Arguments: the function, the value before a step, the value that the step gave.
template <fact Function, fact Before, fact After>
CTGRAD_RULE(carry_must_stay_as_it_is, "a step gives each carry back with the dtype and shape that it got: cast or reshape it.")
inline constexpr poison broken<fault::carry_must_stay_as_it_is, Function, Before, After>{};

/// Arguments: the function, how many carries there are.
template <fact Function, fact Carries>
CTGRAD_RULE(step_must_give_carry_and_output,
            "return std::make_tuple(carry, output) from the step, from that of a fold the carry; several carries are a tuple again.")
inline constexpr poison broken<fault::step_must_give_carry_and_output, Function, Carries>{};

/// Arguments: the function, what a step is called with.
template <fact Function, fact Arguments>
CTGRAD_RULE(step_must_take_carry_and_element, "a step takes the carry and one element, [](auto h, auto x); with times<T> the carry alone.")
inline constexpr poison broken<fault::step_must_take_carry_and_element, Function, Arguments>{};

/// Arguments: the function, the shape of one sequence, that of the other.
template <fact Function, fact First, fact Other>
CTGRAD_RULE(sequences_must_have_one_length, "sequences run along their first axes, which are equal: transpose [N,T,...] to [T,N,...].")
inline constexpr poison broken<fault::sequences_must_have_one_length, Function, First, Other>{};

/// Arguments: the function, which argument is wrong.
template <fact Function, fact Argument>
CTGRAD_RULE(scan_must_have_values, "give expressions, or a std::tuple of expressions: scan(step, init, xs), scan(step, init, times<20>).")
inline constexpr poison broken<fault::scan_must_have_values, Function, Argument>{};

/// The memory that a derivative of a scan may take for carries, about, in bytes (for one example, where an extent has a name): `scan(step,
/// init, xs, keep_bytes = 65536_c)`. Carries that are not kept are computed again: the steps run twice if there is room for 2 sqrt(T) of
/// T carries, three times with room for 3 cbrt(T). The number of steps is static.
struct keep_bytes_t {
    template <std::uint64_t Bits>
    constexpr chosen<keep_bytes_t, literal<Bits>> operator=(literal<Bits>) const {
        return {};
    }
};
inline constexpr keep_bytes_t keep_bytes{};

namespace detail {

template <class T>
inline constexpr bool is_scan_option = std::is_same_v<T, go_backwards_t>;
template <std::uint64_t Bits>
inline constexpr bool is_scan_option<chosen<keep_bytes_t, literal<Bits>>> = true;

/// What options of a scan say.
template <class... Options>
struct scan_options {
    static constexpr bool backward = (std::is_same_v<Options, go_backwards_t> || ...);
    static constexpr double bytes = [] {
        double found = 0;
        [[maybe_unused]] auto look = [&]<class T>(T) {
            if constexpr (!std::is_same_v<T, go_backwards_t>) found = T::value::value;
        };
        (look(Options{}), ...);
        return found;
    }();
};

} // namespace detail

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
template <class Init, class Xs, bool IsFold, bool KeepsFew>
struct given_check {
    static constexpr std::string_view called = IsFold ? "fold" : "scan";
    static constexpr finding found = [] {
        const finding wrong = check_given<Init, Xs>(called);
        if (wrong.is_fine() && KeepsFew && !steps_over<Xs>.is_static())
            return finding(fault::dimension_must_be_static, called, "keep_bytes", phrase_of(tensor_shape{1, {steps_over<Xs>}}));
        return wrong;
    }();
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
        if constexpr (!Of::takes_carry_and_element())
            return finding(fault::step_must_take_carry_and_element, called, Of::is_over_elements ? "carry, element" : "carry");
        else if constexpr (is_poison<typename Of::made>)
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

/// What stands for the results of a scan that is refused, so that they can be taken apart.
template <bool IsFold, class Init>
constexpr auto refused([[maybe_unused]] poison reported) {
    const auto last = group_like<Init>([]<class, int>() { return poison{}; });
    if constexpr (IsFold)
        return last;
    else
        return std::make_tuple(last, poison{});
}

/// How many carries of `bytes` each may be kept; 0: all.
constexpr int carries_kept(double bytes, double room) {
    if (room <= 0) return 0;
    const double kept = room / bytes;
    return kept < 4 ? 4 : kept > 1e9 ? 0 : static_cast<int>(kept);
}

template <bool IsFold, class Init, class Xs, class Options, int Depth = 0, class Step>
constexpr auto repeat_step(const Step& step) {
    using of = scan_of<Step, Init, Xs, steps_over<Xs>, Options::backward, Depth>;
    using check = step_check<of, Init, IsFold>;
    if constexpr (!check::found.is_fine())
        return refused<IsFold, Init>(refuse<check>());
    else {
        using next = typename check::made::carry;
        using outputs = typename check::made::output;
        if constexpr (contains_scan<next>(of::number) || contains_scan<outputs>(of::number))
            return repeat_step<IsFold, Init, Xs, Options, Depth + 1>(step);
        else {
            constexpr int kept = carries_kept(bytes_of_carries<of, Init>(), Options::bytes);
            using all = lifted<make_scan<of, Init, Xs, next, outputs, steps_over<Xs>, Options::backward, kept>>;
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

template <bool IsFold, class Step, class Init, class Xs>
constexpr bool can_repeat() {
    if constexpr (!given_check<Init, Xs, IsFold, false>::found.is_fine())
        return false;
    else
        return step_check<scan_of<Step, Init, Xs, steps_over<Xs>, false, 0>, Init, IsFold>::found.is_fine();
}

template <bool IsFold, class Step, class Init, class Xs, class... Options>
constexpr auto scan_or_fold(const Step& step) {
    using check = given_check<Init, Xs, IsFold, (scan_options<Options...>::bytes > 0)>;
    if constexpr (!check::found.is_fine())
        return refused<IsFold, Init>(refuse<check>());
    else
        return repeat_step<IsFold, Init, Xs, scan_options<Options...>>(step);
}

} // namespace detail

/// Whether `scan(step, init, xs)` exists.
template <class Step, class Init, class Xs>
concept can_scan = detail::can_repeat<false, Step, std::remove_const_t<Init>, std::remove_const_t<Xs>>();
/// Whether `fold(step, init, xs)` exists.
template <class Step, class Init, class Xs>
concept can_fold = detail::can_repeat<true, Step, std::remove_const_t<Init>, std::remove_const_t<Xs>>();

/// Repeats a step along the first axis of sequences: `auto [last, ys] = scan(step, init, xs)`, where `step(carry, x)` gives
/// `std::make_tuple(carry, y)`. Carries, sequences and outputs may be tuples. The step is compiled once, whatever the length is, which may
/// be a named dimension; what it uses besides its arguments is the same in all steps, random numbers too.
/// @param xs [T, ...], or `times<T>` for a step that is called with the carry alone.
/// @returns the last carry, and the outputs [T, ...] of all steps. Derivative: a scan over reversed steps, fed by the carries before
/// each step, which are kept, or as many as `keep_bytes` says.
/// @tparam Options `go_backwards`, `keep_bytes = 65536_c`.
/// **Fails when** the step takes other arguments (`step_must_take_carry_and_element`), changes the dtype or shape of a carry
/// (`carry_must_stay_as_it_is`) or gives something else than a carry and an output (`step_must_give_carry_and_output`), or sequences
/// have no common first extent (`sequences_must_have_one_length`). Source: `jax.lax.scan`, `tf.scan`.
template <class Step, class Init, class Xs, class... Options>
    requires(detail::is_scan_option<Options> && ...)
constexpr auto scan(const Step& step, Init, Xs, Options...) {
    return detail::scan_or_fold<false, Step, Init, Xs, Options...>(step);
}

/// The last carry alone: `fold(step, init, xs)`, where `step(carry, x)` gives the carry.
/// @see scan
template <class Step, class Init, class Xs, class... Options>
    requires(detail::is_scan_option<Options> && ...)
constexpr auto fold(const Step& step, Init, Xs, Options...) {
    return detail::scan_or_fold<true, Step, Init, Xs, Options...>(step);
}

} // namespace ctgrad
