// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/transform/detail/diagonals.hpp>
#include <ctgrad/transform/gradient.hpp>
#include <ctgrad/transform/jacobian.hpp>

/// @file The Jacobian of a long vector by a long leaf, diagonal by diagonal, as one vector.

namespace ctgrad::detail {

/// Whether a Jacobian is found by its diagonals: of vectors that are too long for a table of its elements.
constexpr bool has_long_sides(const tensor_shape& y, const tensor_shape& x) {
    constexpr std::int64_t longest_table = 4096;
    return y.rank == 1 && x.rank == 1 && y.is_static() && x.is_static() && y.static_size() * x.static_size() > longest_table;
}

/// The elements of the diagonals of `Y` by `V`, and behind them the offset of each, a number; nothing if an op stands in the way.
/// @tparam Symmetric whether it is a Hessian: the diagonals below are those above.
template <class Y, class V, bool Symmetric>
struct make_diagonals {
    static constexpr int expected_size = 32 + 6 * count_nodes(Y::root());

    builder made{simplify<deferred_t<void, Y>>};
    list<ref> roots;
    std::string_view obstacle{};

    constexpr make_diagonals() {
        using join = deferred_t<concat_op, Y>;
        const auto y = made.import(Y::root()), x = made.import(V::root());
        const diagonal_passes passes(y, x);
        obstacle = passes.obstacle;
        if (!obstacle.empty()) return;
        list<diagonal<deferred_t<ref, Y>>> all;
        for (int i = passes.found.size() - 1; Symmetric && i >= 0; --i)
            if (passes.found[i].offset > 0) all.push_back({-passes.found[i].offset, passes.found[i].elements});
        for (const auto& each : passes.found)
            if (!Symmetric || each.offset >= 0) all.push_back(each);
        ref elements{};
        for (const auto& each : all) elements = elements ? apply<join>(attributes{}, elements, each.elements.value) : each.elements.value;
        roots.push_back(elements ? elements : constant(made, 0, Y::type(), ctgrad::shape(0)));
        for (const auto& each : all) roots.push_back(constant(made, static_cast<double>(each.offset), dtype::float64));
    }
};
template <class Y, class V, bool Symmetric>
struct diagonals_draft {
    static constexpr int expected_size = make_diagonals<Y, V, Symmetric>::expected_size;
    constexpr draft_graph operator()() const {
        const make_diagonals<Y, V, Symmetric> all;
        return extract(all.made, all.roots);
    }
};
template <class Y, class V, bool Symmetric>
using diagonals_of = lifted<diagonals_draft<Y, V, Symmetric>>;

/// What is wrong with the diagonals of `Y` by `V`.
template <class Y, class V, bool Symmetric>
constexpr finding check_diagonals(std::string_view function) {
    if constexpr (is_poison<Y> || is_poison<V>)
        return fault::reported;
    else if constexpr (constexpr finding leaves = check_wrt<Y, V>("sparse_jacobian"); !leaves.is_fine())
        return leaves;
    else if constexpr (constexpr finding smooth = check_differentiable<Y, V>("sparse_jacobian"); !smooth.is_fine())
        return smooth;
    else if constexpr (diagonals_of<Y, V, Symmetric>::graph.view().root_count == 0)
        return {fault::jacobian_must_be_computable, function, phrase_of(Y::shape()), make_diagonals<Y, V, Symmetric>{}.obstacle};
    else
        return {};
}
template <class Y, class V, bool Symmetric>
struct diagonals_check {
    static constexpr finding found = check_diagonals<Y, V, Symmetric>(Symmetric ? "sparse_hessian" : "sparse_jacobian");
};

} // namespace ctgrad::detail
