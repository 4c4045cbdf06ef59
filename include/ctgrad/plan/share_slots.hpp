// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/plan/dataflow.hpp>

namespace ctgrad {

namespace detail {

/// A slot as it was planned: from the step that writes it to the last one that reads it, and the shared
/// slot that takes its place.
struct slot_life {
    int slot = -1;
    int first = -1;
    int last = -1;
    int moved_to = -1;

    constexpr bool meets(const slot_life& other) const { return first <= other.last && other.first <= last; }
};

constexpr list<slot_life> find_lives(graph_view g, const draft_plan& plan) {
    list<slot_life> lives(plan.slots.size());
    dataflow flow(g, plan, plan.steps.size());
    for (int s = 0; s < plan.steps.size(); ++s) {
        auto used = [&](int id, int = 0) {
            if (plan.places[id].where != place::workspace) return;
            slot_life& life = lives[plan.places[id].index];
            if (life.first < 0) life.first = s;
            life.last = s;
        };
        flow.for_each_computed(s, used);
        flow.for_each_source(s, used);
    }
    for (int i = 0; i < lives.size(); ++i) lives[i].slot = i;
    return lives;
}

/// Whether memory of size `a` is enough for `b`, whatever the sizes of named dimensions.
constexpr bool fits(const slot& b, const slot& a) {
    extent_product same_factor = b.size;
    same_factor.factor = a.size.factor;
    return a.type == b.type && b.size.factor <= a.size.factor && same_factor == a.size;
}

} // namespace detail

/// Lets values that are not needed at the same time lie in one slot of the workspace, the largest first. A
/// step's results never lie where it reads.
constexpr draft_plan share_slots(graph_view g, draft_plan plan) {
    list<detail::slot_life> lives = detail::find_lives(g, plan);
    for (int i = 1; i < lives.size(); ++i)
        for (int k = i; k > 0 && plan.slots[lives[k - 1].slot].size.factor < plan.slots[lives[k].slot].size.factor; --k) {
            const detail::slot_life larger = lives[k];
            lives[k] = lives[k - 1];
            lives[k - 1] = larger;
        }
    list<slot> shared;
    list<std::int16_t> moved_to(lives.size());
    for (detail::slot_life& life : lives) {
        list<bool> taken(shared.size());
        for (const detail::slot_life* other = lives.begin(); other != &life; ++other)
            if (other->meets(life)) taken[other->moved_to] = true;
        int at = 0;
        while (at < shared.size() && (taken[at] || !detail::fits(plan.slots[life.slot], shared[at]))) ++at;
        if (at == shared.size()) shared.push_back(plan.slots[life.slot]);
        life.moved_to = at;
        moved_to[life.slot] = static_cast<std::int16_t>(at);
    }
    for (location& at : plan.places)
        if (at.where == place::workspace) at.index = moved_to[at.index];
    for (step& s : plan.steps)
        if (s.to.where == place::workspace) s.to.index = moved_to[s.to.index];
    plan.slots = static_cast<list<slot>&&>(shared);
    return plan;
}

} // namespace ctgrad
