// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/plan/loop.hpp>

#include <cstddef>
#include <cstdint>

namespace ctgrad::detail {

/// What a run of a program works on: addresses in the order of the plan's leaves and results, the
/// sizes of its named dimensions, and the workspace with the byte offset of each region.
struct arguments {
    const void* const* leaves;
    void* const* results;
    const std::int64_t* sizes;
    std::byte* workspace;
    const std::size_t* region_offsets;

    template <class T>
    [[gnu::always_inline]] T* address(location at) const {
        if (at.where == place::leaf) return static_cast<T*>(const_cast<void*>(leaves[at.index]));
        if (at.where == place::result) return static_cast<T*>(results[at.index]);
        return reinterpret_cast<T*>(workspace + region_offsets[at.index]);
    }
    /// Where the sums of blocks of a kernel of program `P` lie.
    template <class P, class T>
    [[gnu::always_inline]] T* block_sums(std::int64_t offset = 0) const {
        return reinterpret_cast<T*>(workspace + region_offsets[P::plan.region_count] + offset);
    }
};

} // namespace ctgrad::detail
