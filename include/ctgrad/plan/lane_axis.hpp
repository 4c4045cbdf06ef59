// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/plan/loop.hpp>

/// @file Which axis of a loop lies in the lanes of registers: the innermost, or one outside of it, the rows. Each lane has a row of its own
/// then, and what combines a row needs no exchange between lanes.

namespace ctgrad::detail {

/// Up to so many sums of columns a loop of three axes keeps, each a register or its place in the first-level cache.
inline constexpr std::int64_t most_lane_sums = 512;
/// So many terms may be added to a number in memory one after the other (`longest_chain`).
inline constexpr std::int64_t most_added_in_memory = 64;

/// Whether a loop of several passes or of short rows has its rows in lanes: what it reads and writes lies so that lanes can be filled, and
/// the innermost axis would leave lanes empty or is combined.
class lane_choice {
public:
    constexpr lane_choice(const draft_loop& loop, dtype widest, const target& machine)
        : loop_(loop), inner_(loop.rank - 1), lanes_(machine.lanes(widest)), bytes_(size_of(widest)), machine_(machine) {
        std::int64_t extent[max_rank]{};
        for (int k = 0; k < loop.rank; ++k) extent[k] = loop.extent[k].is_static() ? loop.extent[k].factor : -1;
        axis_ = axis_for_lanes(loop.rank, extent, lanes_, machine);
    }

    /// The axis, or -1. `swapped`: the innermost axis has been made that for the sake of lanes.
    constexpr int run(bool swapped) const {
        if (axis_ < 0 || (lanes_ == 1 && (is_deep() || swapped))) return -1;
        const std::int64_t columns = loop_.extent[inner_].factor;
        bool good = true, pays = swapped ? true : is_deep() ? columns % lanes_ != 0 : 2 * columns < machine_.lanes(dtype::float32);
        for (const walk& w : loop_.loads) {
            good = good && fits(w);
            pays = pays || w.from.lane_axis >= 0;
        }
        for (const loop_output& r : loop_.outputs) {
            good = good && (!r.written || fits(r.out)) && can_combine(r);
            pays = pays || r.kind == output_kind::row || r.out.from.lane_axis >= 0 || is_lane_sum(r);
        }
        return good && pays ? axis_ : -1;
    }

    /// Whether an output of a loop of three axes sums what lies in lanes, for each index of other axes by itself.
    constexpr bool is_lane_sum(const loop_output& r) const {
        return is_deep() && (r.kind == output_kind::in_memory || r.kind == output_kind::columns) && r.out.stride[axis_].factor == 0;
    }

private:
    constexpr bool is_deep() const { return loop_.rank > 2; }

    constexpr bool fits(const walk& w) const {
        const extent_product one{}, &lane = w.stride[axis_], &column = w.stride[inner_];
        if (lane.factor != 0 && column.factor != 0) return (lane == one || (column == one && lane.factor > 0)) && size_of(w.type) == bytes_;
        if (lane.factor == 0) return is_deep() || column.factor == 0 || column == one;
        return lane == one || (is_deep() && lane.factor > 0 && w.type != dtype::boolean);
    }

    constexpr bool can_combine(const loop_output& r) const {
        if (r.kind != output_kind::in_memory && !is_lane_sum(r)) return true;
        if (!is_deep()) return false;
        if (r.out.stride[axis_].factor != 0)
            return r.by_row && r.out.stride[inner_].factor == 0 && r.out.stride[axis_] == extent_product{} &&
                   count(r, 0, axis_, false) * count(r, axis_ + 1, inner_, false) <= most_added_in_memory;
        const int end = r.by_row ? inner_ : loop_.rank;
        return count(r, axis_ + 1, end, true) <= most_lane_sums && count(r, axis_ + 1, end, false) <= most_added_in_memory &&
               count(r, 0, axis_, false) <= most_added_in_memory;
    }
    /// How many indices axes [first, end) have along which the result moves, or stays; too many where that is not known.
    constexpr std::int64_t count(const loop_output& r, int first, int end, bool moves) const {
        std::int64_t indices = 1;
        for (int k = first; k < end; ++k) {
            if ((r.out.stride[k].factor != 0) != moves) continue;
            if (!loop_.extent[k].is_static()) return most_lane_sums + 1;
            indices *= loop_.extent[k].factor;
        }
        return indices;
    }

    const draft_loop& loop_;
    int inner_, lanes_;
    std::size_t bytes_;
    int axis_ = -1;
    const target& machine_;
};

} // namespace ctgrad::detail
