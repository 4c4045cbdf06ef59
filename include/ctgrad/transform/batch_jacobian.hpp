// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/transform/jacobian.hpp>
#include <ctgrad/transform/per_example_gradient.hpp>

namespace ctgrad {

/// Arguments: the function, the shape of the result, that of the leaf.
template <fact Function, fact Result, fact Leaf>
CTGRAD_RULE(batch_must_be_first_axis, "both begin with one named dimension, [N, ...]: transpose, or use jacobian.")
inline constexpr poison broken<fault::batch_must_be_first_axis, Function, Result, Leaf>{};

namespace detail {

constexpr tensor_shape without_first(const tensor_shape& s) {
    tensor_shape rest;
    for (int k = 1; k < s.rank; ++k) rest.append(s[k]);
    return rest;
}

/// [N, m..., n...]: of `y`, [N, m...], by the leaf `x`, [N, n...], where example i of `y` depends on example i of `x` alone. So unit
/// vectors are the same for all examples.
constexpr ref batch_jacobian_of(ref y, ref x) {
    builder& b = *y.graph;
    const tensor_shape of_y = without_first(y.shape()), of_x = without_first(x.shape()), whole = axes_of_both(y.shape(), of_x);
    const std::int64_t outputs = of_y.static_size(), inputs = of_x.static_size();
    list<ref> xs, ys, parts;
    xs.push_back(x);
    ys.push_back(y);
    const auto unit = [&](ref like, const tensor_shape& shape, std::int64_t at) {
        list<ref> single;
        single.push_back(expand(unit_vector(b, like->type, shape, at), like.shape()));
        return single;
    };
    const bool by_rows = of_y.is_static() && are_few(outputs), by_columns = of_x.is_static() && are_few(inputs);
    if (by_columns && (!by_rows || inputs <= 2 * outputs)) {
        for (std::int64_t at = 0; at < inputs; ++at) parts.push_back(push_forward(ys, xs, unit(x, of_x, at), true)[0]);
        if (are_all_zero(parts) || of_x.rank == 0) return parts[0];
        return reshaped(stacked(parts, y.shape().rank, y), whole);
    }
    if (by_rows) {
        for (std::int64_t at = 0; at < outputs; ++at) parts.push_back(differentiate(y, xs, unit(y, of_y, at)[0], true)[0]);
        if (are_all_zero(parts) || of_y.rank == 0) return parts[0];
        return reshaped(stacked(parts, 1, x), whole);
    }
    return {};
}

template <class Y, class V>
struct make_batch_jacobian {
    static constexpr int expected_size = 64 + 8 * count_nodes(Y::root());

    constexpr draft_graph operator()() const {
        builder made(simplify<deferred_t<void, Y>>);
        list<ref> roots;
        const ref y = made.import(Y::root()), x = made.import(V::root());
        const attributes whole{.type = Y::type(), .shape = axes_of_both(Y::shape(), without_first(V::shape()))};
        roots.push_back(or_zeros(made, x.id <= y.id ? batch_jacobian_of(y, x) : ref{}, whole));
        return extract(made, roots);
    }
};

template <class Y, class V>
constexpr bool have_examples_first() {
    if constexpr (Y::rank == 0 || V::rank == 0)
        return false;
    else
        return !Y::shape()[0].is_static() && Y::shape()[0] == V::shape()[0];
}

/// What is wrong with the Jacobians of the examples of `Y` with respect to those of `V`.
template <class Y, class V>
constexpr finding check_batch_jacobian() {
    if constexpr (is_poison<Y> || is_poison<V>)
        return fault::reported;
    else if constexpr (constexpr finding leaves = check_wrt<Y, V>("batch_jacobian"); !leaves.is_fine())
        return leaves;
    else if constexpr (constexpr finding smooth = check_differentiable<Y, V>("batch_jacobian"); !smooth.is_fine())
        return smooth;
    else if constexpr (!have_examples_first<Y, V>())
        return {fault::batch_must_be_first_axis, "batch_jacobian", phrase_of(Y::shape()), phrase_of(V::shape())};
    else if constexpr (Y::rank + V::rank - 1 > max_rank)
        return {fault::rank_must_fit, "batch_jacobian", phrase_of(Y::shape()), phrase_of(V::shape())};
    else if constexpr (constexpr const auto& op = mixing_op<Y, V>; !op.empty())
        return {fault::examples_must_not_mix, "batch_jacobian", op};
    else {
        const tensor_shape of_y = without_first(Y::shape()), of_x = without_first(V::shape());
        const bool few = (of_y.is_static() && are_few(of_y.static_size())) || (of_x.is_static() && are_few(of_x.static_size()));
        if (!few) return {fault::jacobian_must_be_computable, "batch_jacobian", phrase_of(Y::shape()), phrase_of(V::shape())};
        return {};
    }
}
template <class Y, class V>
struct batch_jacobian_check {
    static constexpr finding found = check_batch_jacobian<Y, V>();
};

} // namespace detail

/// Whether `batch_jacobian(y, x)` exists.
template <class Y, class V>
concept can_differentiate_batch =
    detail::is_expr<Y> && detail::batch_jacobian_check<std::remove_const_t<Y>, std::remove_const_t<V>>::found.is_fine();

/// The Jacobian of each example of a batch: of `y`, [N, m...], with respect to the leaf `x`, [N, n...], where example i of `y` depends on
/// example i of `x` alone: `batch_jacobian(y, x)[x]`. As many passes as an example has elements, in or out, whatever the batch.
/// @returns keyed by leaf, as `gradient` does, an expression of shape [N, m..., n...].
/// **Fails when** the two do not begin with the same named dimension (`batch_must_be_first_axis`), an op joins examples
/// (`examples_must_not_mix`), examples have many elements on both sides (`jacobian_must_be_computable`), the axes are more than 6
/// (`rank_must_fit`), and where `jacobian` does. Source: `tf.GradientTape.batch_jacobian`, which does not check.
/// @see jacobian
template <expression Y, class V>
constexpr auto batch_jacobian(Y, V) {
    if constexpr (!detail::batch_jacobian_check<Y, V>::found.is_fine())
        return refuse<detail::batch_jacobian_check<Y, V>>();
    else {
        using made = decltype(detail::make_expr(detail::make_batch_jacobian<Y, V>{}));
        return gradients<detail::gradient_of<V, made>>{};
    }
}

} // namespace ctgrad
