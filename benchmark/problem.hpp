// SPDX-License-Identifier: BSL-1.0
#pragma once

// C++17 suffices here: with clang libtorch's headers are none of C++20.
#include <boost/align/aligned_allocator.hpp>

#include <cstddef>
#include <vector>

namespace bench {

/// Numbers that start at a cache line.
using numbers = std::vector<float, boost::alignment::aligned_allocator<float, 64>>;

/// What all peers of a workload are given.
struct problem {
    std::size_t rows = 0;
    std::vector<numbers> data;       ///< Fed to each step.
    std::vector<numbers> parameters; ///< Where training starts, or what a gradient is taken to.
};

/// A peer is built from a problem; `step()` returns the loss, `results()` the parameters after the
/// last step or, where there is no optimizer, the gradients.
struct peer_base {
    virtual ~peer_base() = default;
    virtual float step() = 0;
    virtual std::vector<numbers> results() const = 0;
};

} // namespace bench
