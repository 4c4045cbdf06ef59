// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/expr/constant_options.hpp>
#include <ctgrad/ops/slice.hpp>
#include <ctgrad/ops/steps.hpp>

#include <limits>

namespace ctgrad {

/// Behind the last element, as the end of a range: `x[range<2, to_end>]`.
inline constexpr int to_end = std::numeric_limits<int>::max();

/// Arguments: the subscript, the shape.
template <fact Subscript, fact Shape>
CTGRAD_RULE(index_must_be_in_range, "first is 0, last -1; a range has an element; a named dimension is taken whole: range<>.")
inline constexpr poison broken<fault::index_must_be_in_range, Subscript, Shape>{};

namespace detail {

/// What a subscript says of one axis: every `step`-th element from `first` on and before `last`, or only `first`.
struct index_part {
    int first = 0, last = to_end, step = 1;
    bool drops = false; ///< The axis vanishes.
};

template <class... Parts>
struct index_list;

template <class T>
concept index_like = requires { T::part_count; };

/// The base of subscripts; a comma joins them: `x[(range<0, 3>, at<1>)]`, or without parentheses since C++23.
struct index_base {
    template <index_like A, index_like B>
    friend constexpr index_list<A, B> operator,(A, B) {
        return {};
    }
};

template <class... Parts>
struct index_list : index_base {
    static constexpr int part_count = (Parts::part_count + ... + 0);
    static constexpr void write(index_part*& to) { (Parts::write(to), ...); }
    static constexpr void describe(phrase& text) {
        bool first = true;
        ((text << (first ? "" : ", "), first = false, Parts::describe(text)), ...);
    }
};

constexpr void describe_numbers(phrase& text, std::string_view name, std::initializer_list<int> numbers) {
    text << name << "<";
    bool first = true;
    for (const int n : numbers) {
        text << (first ? "" : ",");
        first = false;
        if (n == to_end)
            text << "to_end";
        else
            text << n;
    }
    text << ">";
}

/// The box that a subscript of `x` takes out, before steps; or its fault.
template <class Index>
struct box_options {
    static constexpr phrase called(std::string_view) {
        phrase text("[");
        Index::describe(text);
        return text << "]";
    }
    static constexpr inference asked(const attributes& x) {
        if (Index::part_count > x.shape.rank) return {{}, fault::rank_must_fit};
        index_part parts[Index::part_count + 1]{};
        index_part* end = parts;
        Index::write(end);
        inference out;
        out.result.shape = x.shape;
        for (int k = 0; k < Index::part_count; ++k) {
            const index_part& p = parts[k];
            if (p.first == 0 && p.last == to_end && p.step == 1 && !p.drops) continue;
            const std::int64_t extent = x.shape[k].is_static() ? x.shape[k].extent : 0;
            const std::int64_t first = p.first < 0 ? p.first + extent : p.first;
            const std::int64_t last = p.drops ? first + 1 : p.last == to_end ? extent : p.last < 0 ? p.last + extent : p.last;
            if (first < 0 || first >= last || last > extent || p.step < 1) {
                out.found = fault::index_must_be_in_range;
                return out;
            }
            out.result.numbers[k] = static_cast<std::int32_t>(first);
            out.result.shape[k] = (last - first - 1) / p.step * p.step + 1;
        }
        return out;
    }
};

/// The steps of a subscript of the box `x`.
template <class Index>
struct step_options {
    static constexpr bool any() {
        index_part parts[Index::part_count + 1]{};
        index_part* end = parts;
        Index::write(end);
        for (const index_part& p : parts)
            if (p.step != 1) return true;
        return false;
    }
    static constexpr inference asked(const attributes& x) {
        index_part parts[Index::part_count + 1]{};
        index_part* end = parts;
        Index::write(end);
        inference out;
        out.result.shape = x.shape;
        for (int k = 0; k < x.shape.rank; ++k) {
            out.result.numbers[k] = k < Index::part_count ? parts[k].step : 1;
            if (out.result.numbers[k] != 1) out.result.shape[k] = (x.shape[k].extent - 1) / out.result.numbers[k] + 1;
        }
        return out;
    }
};

/// The view without the axes of which a subscript takes one element.
template <class Index>
struct drop_options {
    static constexpr inference asked(const attributes& x) {
        index_part parts[Index::part_count + 1]{};
        index_part* end = parts;
        Index::write(end);
        inference out;
        for (int k = 0; k < x.shape.rank; ++k) {
            if (k < Index::part_count && parts[k].drops) continue;
            out.result.numbers[out.result.shape.rank] = k;
            out.result.shape.append(x.shape[k]);
        }
        return out;
    }
};

} // namespace detail

/// A subscript: one element along each of the first axes, which vanish: `q[at<2>]`, `W[at<1, 3>]`, `x[at<-1>]` the last.
template <int... I>
struct at_t : detail::index_base {
    static constexpr int part_count = sizeof...(I);
    static constexpr void write(detail::index_part*& to) { ((*to++ = {I, I, 1, true}), ...); }
    static constexpr void describe(phrase& text) { detail::describe_numbers(text, "at", {I...}); }
};
/// The element, or the part, at static indices along the first axes: `q[at<2>]`, `W[at<1, 3>]`; negative ones count from the end. Those
/// axes vanish. Subscripts of several axes are joined by commas in parentheses: `x[(range<>, at<1>)]` is column 1.
/// @returns the shape without these axes, and the dtype. Derivative: the gradient with zeros around.
/// **Fails when** an index is out of range, or of a named dimension (`index_must_be_in_range`), or there are more than axes
/// (`rank_must_fit`). Source: NumPy's subscripts, `tf.Tensor.__getitem__`.
template <int... I>
inline constexpr at_t<I...> at{};

/// A subscript: a range along one axis.
template <int... R>
struct range_t : detail::index_base {
    static_assert(sizeof...(R) == 0 || sizeof...(R) == 2 || sizeof...(R) == 3, "range<>, range<first, last> or range<first, last, step>");
    static constexpr int part_count = 1;
    static constexpr void write(detail::index_part*& to) { *to++ = {R...}; }
    static constexpr void describe(phrase& text) { detail::describe_numbers(text, "range", {R...}); }
};
/// The elements from `first` on and before `last` along an axis, perhaps every `step`-th: `x[range<2, 5>]`, `x[range<1, to_end, 2>]`;
/// `range<>` is the whole axis. Negative ones count from the end. Subscripts of several axes are joined by commas in parentheses:
/// `x[(range<0, 3>, at<1>)]`.
/// @returns the shape with that extent, and the dtype. Derivative: the gradient with zeros around and between.
/// **Fails when** the range has no element, does not lie inside, or is not the whole of a named dimension (`index_must_be_in_range`).
/// Source: NumPy's subscripts, but ranges beyond the end are errors.
template <int... R>
inline constexpr range_t<R...> range{};

/// What a subscript of an expression gives: what `x[at<2>]` calls.
template <std::uint64_t Hash, detail::index_like Index>
constexpr auto subscript(expr<Hash> x, Index) {
    using box = detail::box_options<Index>;
    constexpr fault found = box::asked(expr<Hash>::root()).found;
    if constexpr (found != fault::none)
        return broken<found, call_shown<slice_op, box>, facts_shown<found, expr<Hash>>>;
    else if constexpr (detail::step_options<Index>::any())
        return apply<view_op, detail::drop_options<Index>>(apply<steps_op, detail::step_options<Index>>(apply<slice_op, box>(x)));
    else
        return apply<view_op, detail::drop_options<Index>>(apply<slice_op, box>(x));
}
template <std::uint64_t Hash, class Number>
    requires std::is_arithmetic_v<Number>
constexpr auto subscript(expr<Hash>, Number) {
    return broken<fault::option_must_be_a_constant, "[]", detail::operands_shown<expr<Hash>, Number>>;
}

} // namespace ctgrad
