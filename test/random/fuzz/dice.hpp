// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/core/hash.hpp>

#include <cstdint>
#include <iterator>

namespace fuzz {

/// A small generator with the same numbers everywhere (SplitMix64).
class dice {
public:
    explicit dice(std::uint64_t seed) : state_(ctgrad::hash_combine(seed, 0x5eed)) {}

    std::uint64_t bits() { return state_ = ctgrad::hash_combine(state_, 1); }
    int below(int n) { return static_cast<int>((bits() >> 33) % static_cast<std::uint64_t>(n)); }
    int between(int low, int high) { return low + below(high - low + 1); }
    bool one_in(int n) { return below(n) == 0; }
    /// In [-1, 1).
    double uniform() { return static_cast<double>(static_cast<std::int64_t>(bits()) >> 11) * 0x1p-52; }

    template <class List>
    const auto& any_of(const List& list) {
        return std::begin(list)[below(static_cast<int>(std::size(list)))];
    }

private:
    std::uint64_t state_;
};

} // namespace fuzz
