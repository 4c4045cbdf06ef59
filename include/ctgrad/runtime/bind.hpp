// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/runtime/parameters.hpp>
#include <ctgrad/runtime/size_sources.hpp>

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

/// Arguments: the leaf or result, its dtype and shape, how the elements lie.
template <fact Leaf, fact Type, fact Given>
CTGRAD_RULE(data_must_lie_by_rows, "store them row by row without gaps, as Eigen::RowMajor does, or give a copy that is.")
inline constexpr poison data_must_lie_by_rows{};

/// Arguments: the leaf or result, what is called.
template <fact Leaf, fact Call>
CTGRAD_RULE(data_must_outlive_call, "they end with this line: give them a name first, auto data = load(); f.bind(x = data).")
inline constexpr poison data_must_outlive_call{};

/// Arguments: the result, its dtype and shape.
template <fact Result, fact Type>
CTGRAD_RULE(result_memory_must_be_writable, "a call puts the result there: give elements that are not const.")
inline constexpr poison result_memory_must_be_writable{};

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
    static constexpr bool holds = false;
};
template <class Leaf, class Data, bool Holds>
struct argument<binding<Leaf, Data, Holds>> {
    using leaf = Leaf;
    using data = Data;
    static constexpr bool is_parameters = false;
    static constexpr bool holds = Holds;
};
template <class B>
struct argument<const B> : argument<B> {};

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

/// Whether data of type `D` can fill `shape`, as far as the compiler can tell.
template <class D>
constexpr bool may_fill(const tensor_shape& shape) {
    constexpr std::int64_t count = static_count<D>;
    const std::int64_t known = shape.static_size();
    const bool fits = count < 0 || (shape.is_static() ? count == known : known > 0 && count % known == 0);
    if constexpr (!matrix_data<D>)
        return fits;
    else {
        using matrix = static_matrix<D>;
        auto may_be = [](std::int64_t extent, const dimension& d) { return extent < 0 || !d.is_static() || extent == d.extent; };
        const bool rows_fit = shape.rank < 2 || may_be(matrix::rows, shape[0]);
        const bool columns_fit = shape.rank != 2 || may_be(matrix::columns, shape[1]);
        return fits && (matrix::is_vector || (rows_fit && columns_fit));
    }
}

/// What is wrong with data for a leaf, or with memory for a result.
enum class data_fault : std::uint8_t { none, type, layout, size };

/// What is wrong with data of type `D` for leaf or result `L`, as far as the compiler can tell.
template <class L, class D>
constexpr data_fault data_fault_of() {
    using given = typename element_of<D>::type;
    if constexpr (std::is_arithmetic_v<D>)
        return L::rank == 0 ? data_fault::none : data_fault::type;
    else if constexpr (!std::is_same_v<given, scalar_of<L::type()>>)
        return data_fault::type;
    else if constexpr (layout_of<D>() != layout::by_rows)
        return data_fault::layout;
    else
        return may_fill<D>(L::shape()) ? data_fault::none : data_fault::size;
}

/// What an error shows of the size of data of type `D`.
template <class D>
constexpr phrase size_shown() {
    if constexpr (matrix_data<D>) {
        using matrix = static_matrix<D>;
        phrase text("[");
        for (std::int64_t extent : {matrix::rows, matrix::columns}) {
            if (extent < 0)
                text << "?";
            else
                text << extent;
            text << (std::string_view(text).find(',') == std::string_view::npos ? "," : "]");
        }
        return text;
    } else
        return phrase() << static_count<D> << " elements";
}

/// What an error shows of a leaf or result, and of data that do not fit it.
template <class L>
inline constexpr auto label_shown = show([] { return label_of(L::root()); });
template <class L>
inline constexpr auto type_and_shape = show([] { return phrase_of(L::type(), L::shape()); });
template <class D>
inline constexpr auto layout_shown =
    show([] { return std::string_view(layout_of<D>() == layout::by_columns ? "by columns" : "with gaps"); });
template <class D>
inline constexpr auto given_size = show([] { return size_shown<D>(); });

enum class call_mistake : std::uint8_t { none, not_fed, fed_twice, unknown, wrong_data, unnamed, constant_result, ends_early };

struct call_verdict {
    call_mistake found = call_mistake::none;
    int leaf = -1;     ///< Of the plan, where a leaf is at fault.
    int argument = -1; ///< Of the call, where an argument is.
    data_fault data = data_fault::none;
};

/// The leaf of program `P` that data for expression `E` are for, -1 if it has none or the callee keeps it itself.
template <class P, class Own, class E>
inline constexpr int leaf_of = [] {
    if constexpr (is_expr<E>)
        for (int i = 0; i < P::plan.leaf_count; ++i)
            if (const node& candidate = P::graph()[P::plan.leaves[i]]; candidate.hash == E::root().hash && !Own::holds(candidate)) return i;
    return -1;
}();

/// What is wrong with argument `A`, the only one for its leaf or result.
template <class P, class Own, class Results, class A>
constexpr call_mistake check_argument() {
    if constexpr (is_expr<typename A::leaf>) {
        using data = std::remove_const_t<typename A::data>;
        constexpr bool feeds = leaf_of<P, Own, typename A::leaf> >= 0;
        if (!feeds && Results::template index_of<typename A::leaf> < 0) return call_mistake::unknown;
        if (data_fault_of<typename A::leaf, data>() != data_fault::none) return call_mistake::wrong_data;
        if (!feeds && std::is_arithmetic_v<data> && !std::is_same_v<data, scalar_of<A::leaf::type()>>) return call_mistake::wrong_data;
        if (!feeds && !is_writable<typename A::data>) return call_mistake::constant_result;
        if (!feeds && A::holds && (std::is_arithmetic_v<data> || owns_elements<data>)) return call_mistake::ends_early;
    }
    return call_mistake::none;
}

/// What is wrong with calling program `P` with arguments `B...`. Leaves in `own` are the callee's; a
/// leaf fed by an argument of its own and by parameters takes the argument.
template <class P, class Own, class Results, class... B>
constexpr call_verdict check_call() {
    if (const int unnamed = first_unnamed<B...>(); unnamed >= 0) return {call_mistake::unnamed, -1, unnamed};
    for (int i = 0; i < P::plan.leaf_count; ++i) {
        const node& leaf = P::graph()[P::plan.leaves[i]];
        if (Own::holds(leaf)) continue;
        int direct = 0, stored = 0;
        ((argument<B>::is_parameters ? stored += feeds<B>(leaf.hash) : direct += feeds<B>(leaf.hash)), ...);
        if (direct + stored == 0) return {call_mistake::not_fed, i};
        if (direct > 1) return {call_mistake::fed_twice, i};
    }
    call_verdict v;
    int at = 0;
    [[maybe_unused]] auto check = [&]<class A>(A*) {
        if (v.found == call_mistake::none) {
            v.found = check_argument<P, Own, Results, A>();
            if (v.found != call_mistake::none) v.argument = at;
            if constexpr (is_expr<typename A::leaf>)
                if (v.found == call_mistake::wrong_data) v.data = data_fault_of<typename A::leaf, std::remove_const_t<typename A::data>>();
        }
        ++at;
    };
    (check(static_cast<argument<B>*>(nullptr)), ...);
    return v;
}

/// Whether what argument `B` of a call brings ends with the line of the call.
template <class B>
constexpr bool ends_with_line() {
    using given = argument<std::remove_cvref_t<B>>;
    if constexpr (std::is_lvalue_reference_v<B>)
        return false;
    else if constexpr (given::is_parameters)
        return true;
    else if constexpr (given::holds)
        return owns_elements<std::remove_const_t<typename given::data>>;
    else
        return false;
}

/// What is wrong with binding arguments `B...`, as they are passed, where a call that `v` is about takes them.
template <class... B>
constexpr call_verdict check_bound(call_verdict v) {
    int at = 0;
    [[maybe_unused]] auto check = [&](bool ends) {
        if (ends && v.found == call_mistake::none) v = {call_mistake::ends_early, -1, at};
        ++at;
    };
    (check(ends_with_line<B>()), ...);
    return v;
}

} // namespace detail
} // namespace ctgrad
