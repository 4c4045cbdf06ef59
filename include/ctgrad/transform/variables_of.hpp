// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/core/counted.hpp>
#include <ctgrad/ops/leaf.hpp>
#include <ctgrad/transform/gradient.hpp>

#include <boost/hana/tuple.hpp>

namespace ctgrad {

namespace detail {

/// The hashes of the variables that `E...` depend on, each once, in the order in which they occur.
template <class... E>
constexpr list<std::uint64_t> variable_hashes() {
    list<std::uint64_t> found;
    auto look = [&found](const linked_node& root) {
        for (int i = 0; i < root.leaf_count(); ++i) {
            bool is_new = is_variable(root.leaf(i));
            for (const std::uint64_t known : found) is_new = is_new && known != root.leaf(i).hash;
            if (is_new) found.push_back(root.leaf(i).hash);
        }
    };
    (look(E::root()), ...);
    return found;
}
template <class... E>
struct variables_in {
    static constexpr int count = variable_hashes<E...>().size();
    struct table {
        counted<std::uint64_t, count> hash{};
    };
    static constexpr table all = [] {
        const list<std::uint64_t> found = variable_hashes<E...>();
        table t;
        for (int i = 0; i < count; ++i) t.hash[i] = found[i];
        return t;
    }();
};

} // namespace detail

/// All variables that expressions depend on, those of several models one behind the other: `variables_of(model1(x), model2(x))`.
/// @returns a `boost::hana::tuple` of them, each once. (Keras: `model1.trainable_variables + model2.trainable_variables`.)
template <expression... E>
constexpr auto variables_of(E...) {
    if constexpr ((detail::is_poison<E> || ...))
        return poison{};
    else
        return []<int... I>(std::integer_sequence<int, I...>) {
            return boost::hana::tuple<expr<detail::variables_in<E...>::all.hash[I]>...>{};
        }(std::make_integer_sequence<int, detail::variables_in<E...>::count>{});
}

/// The gradients with respect to all variables of a tuple: `gradient(loss, variables_of(loss))`.
template <expression L, class... V>
constexpr auto gradient(L of, boost::hana::tuple<V...>) {
    return gradient(of, V{}...);
}

/// Gradients of which each went through `change`: `map(grads, [](auto g) { return clip_by_norm(g, 1_c); })`.
template <class... V, class... G, class F>
constexpr auto map(gradients<detail::gradient_of<V, G>...>, F change) {
    return gradients<detail::gradient_of<V, decltype(change(G{}))>...>{};
}
template <class F>
constexpr poison map(poison, F) {
    return {};
}

} // namespace ctgrad
