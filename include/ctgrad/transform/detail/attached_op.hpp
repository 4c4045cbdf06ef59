// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/graph/descriptor.hpp>
#include <ctgrad/ops/detail/shown_first_op.hpp>

namespace ctgrad::detail {

/// Input 0 with the derivatives of the others: what stands for a rule of the user's own among copies.
template <int Inputs>
struct attached_op : shown_first_op<Inputs> {
    static constexpr std::string_view name = "attached";
    static constexpr unsigned differentiable_inputs = Inputs == 1 ? 2 : 6;

    static constexpr ref derivative(const auto& at) { return at.dy; }
};

} // namespace ctgrad::detail
