// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "golden.hpp"

namespace conformance {

struct weighted_loss {
    std::vector<double> value, slope; ///< What a reduction makes of values, and the derivatives of its sum by them.
};

/// @param reduction Keras' name of it.
/// @param weights none, or one for each value.
/// @param valid which values count: 1, else 0.
weighted_loss reduced(const std::string& reduction, const std::vector<double>& values, const std::vector<double>& weights,
                      const std::vector<double>& valid);

} // namespace conformance
