// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/kernel/executor.hpp>

#ifndef _OPENMP
#error "ctgrad/interop/openmp.hpp needs OpenMP: compile and link with -fopenmp"
#endif
#include <omp.h>

namespace ctgrad {

/// An executor on OpenMP's threads: `train(openmp{}, x = images, y_ = labels)`.
struct openmp {
    int threads = omp_get_max_threads();

    int concurrency() const noexcept { return threads; }
    template <class Work>
    void run(int parts, const Work& work) const noexcept {
#pragma omp parallel for schedule(dynamic, 1) num_threads(threads)
        for (int p = 0; p < parts; ++p) work(p);
    }
};

} // namespace ctgrad
