// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/core/fixed_string.hpp>
#include <ctgrad/ops/detail/contract_pair.hpp>
#include <ctgrad/ops/detail/contraction_order.hpp>

namespace ctgrad {

/// Arguments: the text, what is wrong with it.
template <fact Text, fact Why>
CTGRAD_RULE(einsum_must_be_readable, "a letter an axis, a comma between operands, \"bik,bkj->bij\"; ... is any axes.")
inline constexpr poison broken<fault::einsum_must_be_readable, Text, Why>{};

/// Arguments: the text, the letter and its extents.
template <fact Text, fact Letter>
CTGRAD_RULE(letter_must_mean_one_extent, "axes with one letter have one extent: correct the letters or an operand.")
inline constexpr poison broken<fault::letter_must_mean_one_extent, Text, Letter>{};

namespace detail {

/// The product of operands of an einsum that are in `set`.
template <class Ref>
constexpr lettered contract_set(const subscripts& text, const contraction_order& order, const list<Ref>& operands, int set) {
    if ((set & (set - 1)) == 0) {
        int i = 0;
        while (set >> i != 1) ++i;
        lettered one{operands[i], text.of[i]};
        one.value = with_letters_once(operands[i], one.axes, text.extent);
        return one;
    }
    const int part = set & ~order.part(set);
    const lettered a = contract_set(text, order, operands, part), b = contract_set(text, order, operands, set & ~part);
    if (!a.value || !b.value) return {};
    return contract_pair<Ref>(a, b, order.kept(set), text.extent, text.result);
}

/// An einsum of nodes; none if a product on the way has too many axes.
template <class Ref>
constexpr Ref einsum_of(std::string_view subscript, const list<Ref>& operands) {
    tensor_shape shapes[most_terms];
    for (int i = 0; i < operands.size(); ++i) shapes[i] = operands[i].shape();
    const subscripts text = read_subscripts(subscript, shapes, operands.size());
    if (text.found) not_a_constant("the text of an einsum does not fit its operands");
    const contraction_order order(text);
    lettered made = contract_set(text, order, operands, (1 << operands.size()) - 1);
    if (!made.value) return {};
    made.value = summed_along(made.value, made.axes, text.result.set());
    return along_letters(made.value, made.axes, text.result, text.extent);
}

/// What is wrong with an einsum of `X...`.
template <fixed_string Text, class... X>
constexpr finding check_einsum() {
    const attributes facts[] = {X::root()...};
    tensor_shape shapes[sizeof...(X)];
    for (std::size_t i = 0; i < sizeof...(X); ++i) {
        if (facts[i].type != facts[0].type)
            return {fault::dtypes_must_match, "einsum", phrase_of(facts[0].type, facts[0].shape), phrase_of(facts[i].type, facts[i].shape)};
        if (!is_floating(facts[i].type)) return {fault::dtype_must_be_floating, "einsum", phrase_of(facts[i].type, facts[i].shape)};
        shapes[i] = facts[i].shape;
    }
    const subscripts text = read_subscripts(Text.view(), shapes, sizeof...(X));
    if (text.unreadable.operator std::string_view().size() > 0) return {fault::einsum_must_be_readable, Text.view(), text.unreadable};
    if (text.found) return {fault::letter_must_mean_one_extent, Text.view(), text.different};
    return check_names<X...>();
}
template <fixed_string Text, class... X>
struct einsum_check {
    static constexpr finding found = check_einsum<Text, X...>();
};

template <fixed_string Text, class... X>
struct make_einsum {
    constexpr draft_graph operator()() const {
        builder made;
        list<ref> operands, roots;
        (operands.push_back(made.import(X::root())), ...);
        const ref sum = einsum_of(Text.view(), operands);
        if (!sum) not_a_constant("a product of an einsum has more than 6 axes");
        roots.push_back(sum);
        return extract(made, roots);
    }
};

} // namespace detail

/// Sums of products by letters (Einstein's convention), `einsum<"bik,bkj->bij">(a, b)`: a letter names an axis; letters that are not
/// behind the arrow are summed. Any number of operands up to 8. A letter twice in one term is the diagonal. `...` stands for the other
/// axes, which broadcast. Without an arrow the result has the dots, then the letters that occur once, in alphabetical order.
///
/// Operands are multiplied two at a time in the order that takes the fewest multiplications; what is a product of matrices is planned as
/// `matmul`.
/// @returns the axes behind the arrow. Derivative: that of the products.
/// **Fails when** the text is wrong (`einsum_must_be_readable`), a letter means two extents (`letter_must_mean_one_extent`), or the
/// dtypes differ (`dtypes_must_match`). Source: `tf.einsum`.
template <fixed_string Text>
struct einsum_function {
    template <operand... X>
        requires(sizeof...(X) >= 1 && sizeof...(X) <= static_cast<std::size_t>(detail::most_terms))
    constexpr auto operator()(X... x) const {
        if constexpr (with_node<X...>) {
            list<ref> operands;
            (operands.push_back(x), ...);
            return detail::einsum_of(Text.view(), operands);
        } else if constexpr ((detail::is_poison<X> || ...))
            return poison{};
        else if constexpr (!detail::einsum_check<Text, X...>::found.is_fine())
            return refuse<detail::einsum_check<Text, X...>>();
        else
            return detail::make_expr(detail::make_einsum<Text, X...>{});
    }
};
template <fixed_string Text>
inline constexpr einsum_function<Text> einsum{};

} // namespace ctgrad
