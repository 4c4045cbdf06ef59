// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/runtime/parameters.hpp>
#include <ctgrad/runtime/lessons.hpp>

namespace ctgrad {

/// Arguments: the leaf, its dtype and shape.
template <fact Leaf, fact Type>
CTGRAD_RULE(placeholder_must_be_fed, "the call gives it no data: add `name = data` (or the parameters that hold it) to its arguments.")
inline constexpr poison placeholder_must_be_fed{};

/// Arguments: the leaf.
template <fact Leaf>
CTGRAD_RULE(placeholder_must_be_fed_once, "the call gives it data twice: remove one.")
inline constexpr poison placeholder_must_be_fed_once{};

/// Arguments: the leaf.
template <fact Leaf>
CTGRAD_RULE(argument_must_belong_to_program, "the program neither reads nor returns this: remove it from the call.")
inline constexpr poison argument_must_belong_to_program{};

/// Arguments: the leaf, its dtype and shape.
template <fact Leaf, fact Type>
CTGRAD_RULE(data_must_have_leaf_type, "give contiguous elements of that type: a vector, array, span or view(pointer, extents...).")
inline constexpr poison data_must_have_leaf_type{};

/// Arguments: the leaf, its dtype and shape, how many elements the data have.
template <fact Leaf, fact Type, fact Given>
CTGRAD_RULE(data_must_fill_leaf, "give as many elements as the shape says; a named dimension takes any number.")
inline constexpr poison data_must_fill_leaf{};

/// Arguments: which argument of the call, the program's first leaf.
template <fact Argument, fact Leaf>
CTGRAD_RULE(argument_must_name_its_leaf, "say what the data are for: `name = data`.")
inline constexpr poison argument_must_name_its_leaf{};

namespace detail {

/// What a call's argument `B` binds: a leaf or result (its type), or parameters.
template <class B>
struct argument {
    using leaf = void;
    using data = void;
    static constexpr bool is_parameters = detail::is_parameters<B>;
};
template <class Leaf, class Data>
struct argument<binding<Leaf, Data>> {
    using leaf = Leaf;
    using data = Data;
    static constexpr bool is_parameters = false;
};

/// How often the leaf of that hash is fed by argument `B`.
template <class B>
constexpr int feeds(std::uint64_t hash) {
    if constexpr (argument<B>::is_parameters)
        return B::find(hash) >= 0 ? 1 : 0;
    else if constexpr (is_expr<typename argument<B>::leaf>)
        return argument<B>::leaf::root().hash == hash ? 1 : 0;
    else
        return 0;
}

/// The first of a call's arguments that is neither `name = data`, parameters nor an executor, or -1.
template <class... B>
constexpr int first_unnamed() {
    int found = -1, at = 0;
    ((found = found < 0 && !is_expr<typename argument<B>::leaf> && !argument<B>::is_parameters && !executor<B> ? at : found, ++at), ...);
    return found;
}

enum class call_mistake : std::uint8_t { none, not_fed, fed_twice, unknown, wrong_type, wrong_size, unnamed };

/// Whether data of type `D` can fill `shape`, as far as the compiler can tell.
template <class D>
constexpr bool may_fill(const tensor_shape& shape) {
    constexpr std::int64_t count = static_count<D>;
    const std::int64_t known = shape.static_size();
    return count < 0 || (shape.is_static() ? count == known : known > 0 && count % known == 0);
}

struct call_verdict {
    call_mistake found = call_mistake::none;
    int leaf = -1;     ///< Of the plan, where a leaf is at fault.
    int argument = -1; ///< Of the call, where an argument is.
};

/// What is wrong with calling program `P` with arguments `B...`. Leaves in `own` are the callee's; a
/// leaf fed by an argument of its own and by parameters takes the argument.
template <class P, class Own, class Results, class... B>
constexpr call_verdict check_call() {
    call_verdict v;
    if (const int unnamed = first_unnamed<B...>(); unnamed >= 0) return {call_mistake::unnamed, -1, unnamed};
    for (int i = 0; i < P::plan.leaf_count; ++i) {
        const node& leaf = P::graph()[P::plan.leaves[i]];
        if (Own::holds(leaf)) continue;
        int direct = 0, stored = 0;
        ((argument<B>::is_parameters ? stored += feeds<B>(leaf.hash) : direct += feeds<B>(leaf.hash)), ...);
        if (direct + stored == 0) return {call_mistake::not_fed, i};
        if (direct > 1) return {call_mistake::fed_twice, i};
    }
    int at = 0;
    [[maybe_unused]] auto check = [&]<class A>(A*) {
        using leaf = typename A::leaf;
        if constexpr (is_expr<leaf>) {
            bool known = Results::template index_of<leaf> >= 0;
            for (int i = 0; i < P::plan.leaf_count; ++i) {
                const node& candidate = P::graph()[P::plan.leaves[i]];
                known = known || (candidate.hash == leaf::root().hash && !Own::holds(candidate));
            }
            using given = typename element_of<std::remove_const_t<typename A::data>>::type;
            constexpr bool number = std::is_arithmetic_v<std::remove_cv_t<typename A::data>>;
            const bool fits = number ? leaf::rank == 0 : std::is_same_v<given, scalar_of<leaf::type()>>;
            if (v.found == call_mistake::none && !known) v = {call_mistake::unknown, -1, at};
            if (v.found == call_mistake::none && !fits) v = {call_mistake::wrong_type, -1, at};
            if (v.found == call_mistake::none && !number && !may_fill<std::remove_const_t<typename A::data>>(leaf::shape()))
                v = {call_mistake::wrong_size, -1, at};
        }
        ++at;
    };
    (check(static_cast<argument<B>*>(nullptr)), ...);
    return v;
}

} // namespace detail
} // namespace ctgrad
