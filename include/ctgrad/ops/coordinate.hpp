// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/graph/apply.hpp>

namespace ctgrad {

/// The elements' own positions along axis `numbers[0]`: 0, 1, 2, ... as int32.
struct coordinate_op {
    static constexpr char name[] = "coordinate";
    static constexpr op_kind kind = op_kind::coordinate;
    static constexpr int arity = 0;
    static constexpr inference infer(const attributes& asked, const attributes* const*) { return {asked}; }
};

} // namespace ctgrad
