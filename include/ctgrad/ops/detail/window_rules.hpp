// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/expr/rules.hpp>

namespace ctgrad {

template <fact... F>
CTGRAD_RULE(window_must_fit_input, "without padding a window is no longer than the axis: use padding = same, or a smaller window.")
inline constexpr poison broken<fault::window_must_fit_input, F...>{};

template <fact... F>
CTGRAD_RULE(channels_must_match, "x ends with C channels, a kernel with C / groups and filters (transposed: filters and C).")
inline constexpr poison broken<fault::channels_must_match, F...>{};

template <fact... F>
CTGRAD_RULE(groups_must_divide_channels, "groups divide both the channels of x and the filters.")
inline constexpr poison broken<fault::groups_must_divide_channels, F...>{};

} // namespace ctgrad
