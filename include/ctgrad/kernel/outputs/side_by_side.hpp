// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/plan/loop.hpp>

namespace ctgrad::detail {

/// The outputs of a loop that fill rows of memory together, one column each, with output `member[0]` in front.
struct columns_of_outputs {
    static constexpr int most = 8;
    int count = 0; ///< 0: there are no such.
    int member[most]{};
};

/// Where output `r` begins behind the memory that it lies in, in elements; -1 where the type does not say.
constexpr std::int64_t start_of_output(const loop_output& r) {
    std::int64_t start = 0;
    for (int k = 0; k < r.out.starts; ++k) {
        if (!r.out.start_stride[k].is_static()) return -1;
        start += r.out.start_index[k] * r.out.start_stride[k].factor;
    }
    return start;
}

/// Whether outputs `a` and `b` move alike over the same memory, `distance` elements apart.
constexpr bool lie_apart(const loop_output& a, const loop_output& b, std::int64_t distance, int rank) {
    const bool stored = a.kind == output_kind::store && b.kind == output_kind::store && !a.by_row && !b.by_row;
    if (!stored || a.out.from.where != b.out.from.where || a.out.from.index != b.out.from.index || a.out.type != b.out.type) return false;
    for (int k = 0; k < rank; ++k)
        if (!(a.out.stride[k] == b.out.stride[k])) return false;
    const std::int64_t first = start_of_output(a), second = start_of_output(b);
    return first >= 0 && second == first + distance;
}

/// The outputs beside which output `r` of a loop lies.
constexpr columns_of_outputs columns_beside(const auto& loop, int r) {
    const int inner = loop.rank - 1;
    const extent_product step = inner < 0 ? extent_product{} : loop.outputs[r].out.stride[inner];
    if (!step.is_static() || step.factor < 2 || step.factor > columns_of_outputs::most) return {};
    const int count = static_cast<int>(step.factor);
    for (int front = 0; front < loop.output_count; ++front) {
        columns_of_outputs found;
        for (int c = 0; c < count; ++c)
            for (int i = 0; i < loop.output_count; ++i)
                if (lie_apart(loop.outputs[front], loop.outputs[i], c, loop.rank)) {
                    found.member[found.count++] = i;
                    break;
                }
        bool has_r = false, same_pass = true;
        for (int c = 0; c < found.count; ++c) {
            has_r = has_r || found.member[c] == r;
            same_pass = same_pass && loop.terms[loop.outputs[found.member[c]].term].pass == loop.terms[loop.outputs[r].term].pass;
        }
        if (found.count == count && has_r && same_pass) return found;
    }
    return {};
}

} // namespace ctgrad::detail
