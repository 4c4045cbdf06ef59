// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/expr/if_used.hpp>
#include <ctgrad/runtime/parameters.hpp>
#include <ctgrad/runtime/size_sources.hpp>

namespace ctgrad {

/// Arguments: the leaf, its dtype and shape.
template <fact Leaf, fact Type>
CTGRAD_RULE(placeholder_must_be_fed, "the call gives it no data: add `name = data` (or the parameters that hold it) to its arguments.")
inline constexpr poison broken<fault::placeholder_must_be_fed, Leaf, Type>{};

/// Arguments: the leaf.
template <fact Leaf>
CTGRAD_RULE(placeholder_must_be_fed_once, "the call gives it data twice: remove one.")
inline constexpr poison broken<fault::placeholder_must_be_fed_once, Leaf>{};

/// Arguments: the leaf.
template <fact Leaf>
CTGRAD_RULE(argument_must_belong_to_program, "the program neither reads nor returns this: remove it from the call.")
inline constexpr poison broken<fault::argument_must_belong_to_program, Leaf>{};

/// Arguments: the leaf, its dtype and shape.
template <fact Leaf, fact Type>
CTGRAD_RULE(data_must_have_leaf_type, "give contiguous elements of that type: a vector, array, span or view(pointer, extents...).")
inline constexpr poison broken<fault::data_must_have_leaf_type, Leaf, Type>{};

/// Arguments: the leaf, its dtype and shape, how many elements the data have.
template <fact Leaf, fact Type, fact Given>
CTGRAD_RULE(data_must_fill_leaf, "give as many elements as the shape says; a named dimension takes any number.")
inline constexpr poison broken<fault::data_must_fill_leaf, Leaf, Type, Given>{};

/// Arguments: the leaf or result, its dtype and shape, how the elements lie.
template <fact Leaf, fact Type, fact Given>
CTGRAD_RULE(data_must_lie_by_rows, "store them row by row without gaps, as Eigen::RowMajor does, or give a copy that is.")
inline constexpr poison broken<fault::data_must_lie_by_rows, Leaf, Type, Given>{};

/// Arguments: the leaf or result, what is called.
template <fact Leaf, fact Call>
CTGRAD_RULE(data_must_outlive_call, "they end with this line: give them a name first, auto data = load(); f.bind(x = data).")
inline constexpr poison broken<fault::data_must_outlive_call, Leaf, Call>{};

/// Arguments: the result, its dtype and shape.
template <fact Result, fact Type>
CTGRAD_RULE(result_memory_must_be_writable, "a call puts the result there: give elements that are not const.")
inline constexpr poison broken<fault::result_memory_must_be_writable, Result, Type>{};

/// Arguments: which argument of the call, the program's first leaf.
template <fact Argument, fact Leaf>
CTGRAD_RULE(argument_must_name_its_leaf, "say what the data are for: `name = data`.")
inline constexpr poison broken<fault::argument_must_name_its_leaf, Argument, Leaf>{};

namespace detail {

/// What a call's argument `B` binds: a leaf or result (its type), or parameters.
template <class B>
struct argument {
    using leaf = void;
    using data = void;
    static constexpr bool is_parameters = detail::is_parameters<B>;
    static constexpr bool holds = false;
    static constexpr bool is_optional = false;
};
template <class Leaf, class Data, bool Holds>
struct argument<binding<Leaf, Data, Holds>> {
    using leaf = Leaf;
    using data = Data;
    static constexpr bool is_parameters = false;
    static constexpr bool holds = Holds;
    static constexpr bool is_optional = false;
};
template <class Given>
struct argument<optional_value<Given>> : argument<Given> {
    static constexpr bool is_optional = true;
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

/// What is wrong with data of type `D` for leaf or result `L`, as far as the compiler can tell.
template <class L, class D>
constexpr finding check_data() {
    using given = typename element_of<D>::type;
    const std::string_view name = label_of(L::root());
    const phrase type = phrase_of(L::type(), L::shape());
    if constexpr (std::is_arithmetic_v<D>) {
        if (L::rank != 0) return {fault::data_must_have_leaf_type, name, type};
    } else if constexpr (!std::is_same_v<given, scalar_of<L::type()>>)
        return {fault::data_must_have_leaf_type, name, type};
    else if constexpr (layout_of<D>() != layout::by_rows)
        return {fault::data_must_lie_by_rows, name, type, layout_of<D>() == layout::by_columns ? "by columns" : "with gaps"};
    else if (!may_fill<D>(L::shape()))
        return {fault::data_must_fill_leaf, name, type, size_shown<D>()};
    return {};
}
template <class L, class D>
struct data_check {
    static constexpr finding found = check_data<L, D>();
};
template <class L>
struct data_check<L, void> {
    static constexpr finding found{};
};

/// The leaf of program `P` that data for expression `E` are for, -1 if it has none or the callee keeps it itself.
template <class P, class Own, class E>
inline constexpr int leaf_of = [] {
    if constexpr (is_expr<E>)
        for (int i = 0; i < P::plan.leaf_count; ++i)
            if (const node& candidate = P::graph()[P::plan.leaves[i]]; candidate.hash == E::root().hash && !Own::holds(candidate)) return i;
    return -1;
}();

/// What an error calls an argument: the leaf or the op of the result that it is for.
template <class Leaf>
constexpr std::string_view argument_label() {
    if constexpr (is_expr<Leaf>)
        return label_of(Leaf::root());
    else
        return "parameters";
}

/// What is wrong with argument `A` of a call, the only one for its leaf or result.
template <class P, class Own, class Results, class A>
constexpr finding check_argument() {
    if constexpr (is_expr<typename A::leaf>) {
        using leaf = typename A::leaf;
        using data = std::remove_const_t<typename A::data>;
        constexpr bool feeds = leaf_of<P, Own, leaf> >= 0;
        const std::string_view name = argument_label<leaf>();
        const phrase type = phrase_of(leaf::type(), leaf::shape());
        if (!feeds && Results::template index_of<leaf> < 0)
            return A::is_optional ? finding() : finding(fault::argument_must_belong_to_program, name);
        if (const finding misfit = check_data<leaf, data>(); !misfit.is_fine()) return misfit;
        if (!feeds && std::is_arithmetic_v<data> && !std::is_same_v<data, scalar_of<leaf::type()>>)
            return {fault::data_must_have_leaf_type, name, type};
        if (!feeds && !is_writable<typename A::data>) return {fault::result_memory_must_be_writable, name, type};
        if (!feeds && A::holds && (std::is_arithmetic_v<data> || owns_elements<data>)) return {fault::data_must_outlive_call, name, "call"};
    }
    return {};
}

/// What is wrong with how the leaves of `P` are fed. Leaves in `own` are the callee's; a leaf fed by an argument of its own and by
/// parameters takes the argument.
template <class P, class Own, class... B>
constexpr finding check_feeding() {
    for (int i = 0; i < P::plan.leaf_count; ++i) {
        const node& leaf = P::graph()[P::plan.leaves[i]];
        if (Own::holds(leaf)) continue;
        int direct = 0, stored = 0;
        ((argument<B>::is_parameters ? stored += feeds<B>(leaf.hash) : direct += feeds<B>(leaf.hash)), ...);
        const std::string_view name = leaf.name->text;
        if (direct + stored == 0) return {fault::placeholder_must_be_fed, name, phrase_of(leaf.type, leaf.shape)};
        if (direct > 1) return {fault::placeholder_must_be_fed_once, name};
    }
    return {};
}

/// What is wrong with calling program `P` with arguments `B...`.
template <class P, class Own, class Results, class... B>
constexpr finding check_call() {
    if (const int unnamed = first_unnamed<B...>(); unnamed >= 0) {
        const std::string_view first = P::plan.leaf_count > 0 ? P::graph()[P::plan.leaves[0]].name->text : std::string_view("none");
        return {fault::argument_must_name_its_leaf, phrase("argument ") << unnamed + 1, first};
    }
    return first_of({check_feeding<P, Own, B...>(), check_argument<P, Own, Results, argument<B>>()...});
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

/// What is wrong with binding argument `B`, as it is passed.
template <class B>
constexpr finding check_lasting() {
    if (!ends_with_line<B>()) return {};
    return {fault::data_must_outlive_call, argument_label<typename argument<std::remove_cvref_t<B>>::leaf>(), "bind"};
}

/// What is wrong with binding arguments `B...`, as they are passed, where `Call` takes them.
template <class Call, class... B>
struct bound_check {
    static constexpr finding found = first_of({Call::found, check_lasting<B>()...});
};

} // namespace detail
} // namespace ctgrad
