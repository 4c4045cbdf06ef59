// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/kernel/executor.hpp>

#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

namespace ctgrad {

/// An executor on oneTBB's threads: `train(tbb_executor{}, x = images, y_ = labels)`. How many it takes is what a
/// surrounding `tbb::task_arena` says.
struct tbb_executor {
    int concurrency() const noexcept { return tbb::this_task_arena::max_concurrency(); }
    template <class Work>
    void run(int parts, const Work& work) const noexcept {
        tbb::parallel_for(0, parts, 1, work, tbb::simple_partitioner{});
    }
};

} // namespace ctgrad
