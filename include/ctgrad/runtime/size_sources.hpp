// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/runtime/sizes.hpp>

namespace ctgrad::detail {

/// Data of type `D` given for leaf `Id` of a program, or for no leaf (-1).
template <int Id, class D>
struct data_for {
    /// The named dimensions that are known once these data are, if those in `known` were before.
    template <class P>
    static constexpr unsigned known_after(unsigned known) {
        if constexpr (Id >= 0)
            return known | sized_node<P, Id>::template known_after<D>(known);
        else
            return known;
    }
    template <class P>
    static constexpr bool has(int dimension) {
        if constexpr (Id >= 0)
            return (sized_node<P, Id>::dimensions >> dimension & 1u) != 0;
        else
            return false;
    }
};

/// Which arguments the sizes of named dimensions follow from, in this order.
struct size_sources {
    struct size_source {
        int argument = -1;
        unsigned known = 0; ///< The dimensions that are known before.
    };
    size_source list[max_named_dimensions];
    int count = 0;
    int open = -1;      ///< A dimension that is not known after them,
    int open_leaf = -1; ///< and the first argument that has it.
};

template <class P, class... Data>
constexpr size_sources find_size_sources() {
    size_sources all;
    unsigned known = 0;
    for (bool news = P::plan.dimensions.count > 0; news;) {
        news = false;
        int argument = 0;
        [[maybe_unused]] auto try_it = [&](unsigned more) {
            if (more != known) {
                all.list[all.count++] = {argument, known};
                known = more;
                news = true;
            }
            ++argument;
        };
        (try_it(Data::template known_after<P>(known)), ...);
    }
    for (int d = P::plan.dimensions.count - 1; d >= 0; --d)
        if ((known >> d & 1u) == 0) all.open = d;
    int argument = 0;
    [[maybe_unused]] auto look = [&](bool has) {
        if (has && all.open_leaf < 0) all.open_leaf = argument;
        ++argument;
    };
    if (all.open >= 0) (look(Data::template has<P>(all.open)), ...);
    return all;
}

} // namespace ctgrad::detail
