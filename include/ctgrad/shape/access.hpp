// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/shape/tensor_shape.hpp>

#include <cstdint>

namespace ctgrad {

/// Where a loop finds the elements of a source tensor: an affine map from loop axes to source axes.
/// Loop axis k moves `step[k]` along source axis `axis[k]`, or nowhere (-1: repeated); along source
/// axis j the first element is at `begin[j]`.
struct access {
    int rank = 0; ///< Number of loop axes.
    int axis[max_rank]{};
    std::int64_t step[max_rank]{};
    std::int64_t begin[max_rank]{};

    /// Loop axis k is source axis k.
    static constexpr access identity(int rank) {
        access a;
        a.rank = rank;
        for (int k = 0; k < rank; ++k) {
            a.axis[k] = k;
            a.step[k] = 1;
        }
        return a;
    }
};

} // namespace ctgrad
