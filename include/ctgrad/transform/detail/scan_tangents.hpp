// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/graph/ref.hpp>
#include <ctgrad/core/list.hpp>

namespace ctgrad {

/// What the chain rule of a scan is given and gives: back from results to what it uses, or forward.
struct scan_tangents {
    struct each {
        int place; ///< Which result, or which node that the scan may use.
        ref value; ///< Its gradient or tangent, perhaps none.
        bool shielded = false;
    };
    ref scan;
    list<each> results;
    list<each> inputs;

    /// Whose gradient is asked, or who has a tangent; or none.
    constexpr each* input(int id) {
        for (each& one : inputs)
            if (one.place == id) return &one;
        return nullptr;
    }
    constexpr const each* result(int place) const {
        for (const each& one : results)
            if (one.place == place) return &one;
        return nullptr;
    }
};

} // namespace ctgrad
