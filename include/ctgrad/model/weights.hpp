// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/ops/leaf.hpp>
#include <ctgrad/runtime/parameters.hpp>
#include <ctgrad/train/optimizer.hpp>

#include <cstring>
#include <span>
#include <vector>

namespace ctgrad::detail {

/// Where the variables and states of program `P` lie in its parameters: all but what an optimizer keeps.
template <class P>
struct weight_places {
    struct place {
        std::size_t offset = 0, bytes = 0;
    };
    static constexpr bool is_weight(const node& leaf) { return parameters<P>::belongs(leaf) && !is_op<slot_op>(*leaf.op); }
    static constexpr int count = [] {
        int n = 0;
        for (int i = 0; i < P::plan.leaf_count; ++i) n += is_weight(P::graph()[P::plan.leaves[i]]) ? 1 : 0;
        return n;
    }();
    struct table {
        counted<place, count> places{};
        std::size_t bytes = 0;
    };
    static constexpr table all = [] {
        table t;
        int next = 0;
        for (int i = 0; i < P::plan.leaf_count; ++i) {
            const node& leaf = P::graph()[P::plan.leaves[i]];
            if (!is_weight(leaf)) continue;
            const stored_leaf& stored = parameters<P>::layout.leaves[parameters<P>::find(leaf.hash)];
            t.places[next++] = {stored.offset, stored.count * size_of(stored.type)};
            t.bytes += stored.count * size_of(stored.type);
        }
        return t;
    }();
};

template <class P>
std::vector<std::byte> saved_weights(const parameters<P>& from) {
    std::vector<std::byte> saved(weight_places<P>::all.bytes);
    std::byte* to = saved.data();
    for (int i = 0; i < weight_places<P>::count; ++i) {
        const auto place = weight_places<P>::all.places[i];
        std::memcpy(to, from.data() + place.offset, place.bytes);
        to += place.bytes;
    }
    return saved;
}

template <class P>
void restore_weights(parameters<P>& to, std::span<const std::byte> saved) {
    if (saved.size() != weight_places<P>::all.bytes) fail("ctgrad: these are the weights of another model");
    for (int i = 0; i < weight_places<P>::count; ++i) {
        const auto place = weight_places<P>::all.places[i];
        std::memcpy(to.data() + place.offset, saved.data(), place.bytes);
        saved = saved.subspan(place.bytes);
    }
}

/// Where the variables of a program lie in its store, and the moving averages that its optimizer keeps of them, if it keeps one
/// (`ema_momentum`). A table, so that no machine code names the program's graph.
template <class P>
struct average_places {
    struct copy {
        std::size_t variable, average, bytes;
    };
    counted<copy, P::plan.leaf_count> copies{};
    int count = 0;

    constexpr average_places() {
        for (int i = 0; i < P::plan.leaf_count; ++i) {
            const node& average = P::graph()[P::plan.leaves[i]];
            if (!is_op<slot_op>(*average.op) || average.numbers[0] != slots::average) continue;
            for (int k = 0; k < P::plan.leaf_count; ++k) {
                const node& variable = P::graph()[P::plan.leaves[k]];
                if (!weight_places<P>::is_weight(variable) || !(*variable.name == *average.name)) continue;
                const std::size_t bytes = static_cast<std::size_t>(variable.shape.static_size()) * size_of(variable.type);
                copies[count++] = {offset_of(variable), offset_of(average), bytes};
            }
        }
    }

private:
    static constexpr std::size_t offset_of(const node& leaf) { return parameters<P>::layout.leaves[parameters<P>::find(leaf.hash)].offset; }
};

/// Gives each variable its moving average.
template <class P>
void take_averages(parameters<P>& kept) {
    static constexpr average_places<P> places{};
    for (int i = 0; i < places.count; ++i)
        std::memcpy(kept.data() + places.copies[i].variable, kept.data() + places.copies[i].average, places.copies[i].bytes);
}

} // namespace ctgrad::detail
