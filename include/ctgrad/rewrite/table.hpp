// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/rewrite/rewrite.hpp>

#include <cstddef>

namespace ctgrad {

/// Rewrites that stand side by side.
struct rewrite_list {
    const rewrite* first = nullptr;
    int count = 0;

    constexpr rewrite_list() = default;
    constexpr rewrite_list(const rewrite* from, int size) : first(from), count(size) {}
    template <std::size_t N>
    constexpr rewrite_list(const rewrite (&all)[N]) : rewrite_list(all, static_cast<int>(N)) {}

    constexpr const rewrite* begin() const { return first; }
    constexpr const rewrite* end() const { return first + count; }
};

/// Finds the rewrites of an op without looking at those of all others. They must stand together.
class rewrite_index {
public:
    constexpr explicit rewrite_index(rewrite_list all) {
        for (const rewrite& each : all) {
            const std::size_t at = place_of(each.op);
            if (count_[at] == 0) first_[at] = &each;
            ++count_[at];
        }
    }
    constexpr rewrite_list of(std::uint64_t op) const {
        const std::size_t at = place_of(op);
        return {first_[at], count_[at]};
    }

private:
    static constexpr std::size_t places = 64;
    /// The place of `op`, or where it would be put.
    constexpr std::size_t place_of(std::uint64_t op) const {
        std::size_t at = op % places;
        while (count_[at] != 0 && first_[at]->op != op) at = (at + 1) % places;
        return at;
    }
    const rewrite* first_[places]{};
    int count_[places]{};
};

} // namespace ctgrad
