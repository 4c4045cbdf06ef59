// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/core/list.hpp>

#include <cstdint>

namespace ctgrad {

/// Finds a small number by a 64-bit hash (open addressing), for constexpr passes.
class hash_index {
public:
    /// The number under `hash` of which `is_same(number)` holds, or -1: a hash only finds candidates.
    template <class IsSame>
    constexpr int find(std::uint64_t hash, const IsSame& is_same) const {
        if (slots_.empty()) return -1;
        for (int at = place(hash);; at = (at + 1) & (slots_.size() - 1)) {
            if (slots_[at].number < 0) return -1;
            if (slots_[at].hash == hash && is_same(slots_[at].number)) return slots_[at].number;
        }
    }
    /// The number under `hash`, or -1, where there is but one of a hash.
    constexpr int find(std::uint64_t hash) const {
        return find(hash, [](int) { return true; });
    }

    /// Puts `number` >= 0, which is not there yet, under `hash`.
    constexpr void insert(std::uint64_t hash, int number) {
        if (2 * ++count_ > slots_.size()) grow();
        put({hash, number});
    }

private:
    struct slot {
        std::uint64_t hash = 0;
        int number = -1;
    };

    constexpr int place(std::uint64_t hash) const { return static_cast<int>(hash & static_cast<std::uint64_t>(slots_.size() - 1)); }
    constexpr void put(slot s) {
        int at = place(s.hash);
        while (slots_[at].number >= 0) at = (at + 1) & (slots_.size() - 1);
        slots_[at] = s;
    }
    constexpr void grow() {
        const list<slot> filled = static_cast<list<slot>&&>(slots_);
        slots_ = list<slot>(filled.empty() ? 128 : 4 * filled.size());
        for (const slot& s : filled)
            if (s.number >= 0) put(s);
    }

    list<slot> slots_;
    int count_ = 0;
};

} // namespace ctgrad
