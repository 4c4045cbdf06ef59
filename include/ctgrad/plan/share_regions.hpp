// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/plan/dataflow.hpp>

namespace ctgrad {

namespace detail {

/// From the kernel that writes a region to the last one that reads it; and the regions that begin and end there too.
struct region_life {
    int first = -1;
    int last = -1;
    int next_beginning = -1;
    int next_ending = -1;
};

constexpr list<region_life> find_lives(graph_view g, const draft_plan& plan) {
    list<region_life> lives(plan.regions.size());
    dataflow flow(g, plan, plan.kernels.size());
    for (int s = 0; s < plan.kernels.size(); ++s) {
        auto used = [&](int id, int = 0) {
            if (plan.places[id].where != place::workspace) return;
            region_life& life = lives[plan.places[id].index];
            if (life.first < 0) life.first = s;
            life.last = s;
        };
        flow.for_each_computed(s, used);
        flow.for_each_source(s, used);
    }
    return lives;
}

/// Hands out memory to regions in the order of the kernels, and takes it back behind the last reader.
class region_sharing {
public:
    list<region> shared;

    constexpr int take(const region& wanted) {
        int best = -1;
        for (int i = 0; i < free_.size(); ++i) {
            if (!differ_in_factor_only(wanted, shared[free_[i]])) continue;
            if (best < 0 || is_better(shared[free_[i]].size.factor, shared[free_[best]].size.factor, wanted.size.factor)) best = i;
        }
        if (best < 0) {
            shared.push_back(wanted);
            return shared.size() - 1;
        }
        const int taken = free_[best];
        free_[best] = free_[free_.size() - 1];
        free_.pop_back();
        std::int64_t& factor = shared[taken].size.factor;
        factor = factor < wanted.size.factor ? wanted.size.factor : factor;
        return taken;
    }
    constexpr void give_back(int at) { free_.push_back(at); }

private:
    /// Whether one is the larger whatever the sizes of named dimensions.
    static constexpr bool differ_in_factor_only(region a, const region& b) {
        a.size.factor = b.size.factor;
        return a.type == b.type && a.size == b.size;
    }
    /// The smallest that is enough, else the largest.
    static constexpr bool is_better(std::int64_t a, std::int64_t b, std::int64_t wanted) {
        return a >= wanted ? b < wanted || a < b : b < wanted && a > b;
    }

    list<int> free_;
};

} // namespace detail

/// Lets values that are not needed at the same time lie in one region of the workspace. A kernel's results never
/// lie where it reads.
constexpr draft_plan share_regions(graph_view g, draft_plan plan) {
    list<detail::region_life> lives = detail::find_lives(g, plan);
    list<int> beginning(plan.kernels.size(), -1), ending(plan.kernels.size(), -1);
    for (int i = lives.size() - 1; i >= 0; --i) {
        detail::region_life& life = lives[i];
        life.next_beginning = beginning[life.first];
        life.next_ending = ending[life.last];
        beginning[life.first] = ending[life.last] = i;
    }
    detail::region_sharing sharing;
    list<int> moved_to(lives.size());
    for (int s = 0; s < plan.kernels.size(); ++s) {
        for (int i = beginning[s]; i >= 0; i = lives[i].next_beginning) moved_to[i] = sharing.take(plan.regions[i]);
        for (int i = ending[s]; i >= 0; i = lives[i].next_ending) sharing.give_back(moved_to[i]);
    }
    auto move = [&](location& at) {
        if (at.where == place::workspace) at.index = static_cast<std::int16_t>(moved_to[at.index]);
    };
    for (location& at : plan.places) move(at);
    for (kernel& s : plan.kernels) move(s.to);
    plan.regions = static_cast<list<region>&&>(sharing.shared);
    return plan;
}

} // namespace ctgrad
