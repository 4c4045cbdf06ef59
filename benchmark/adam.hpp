// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cmath>

namespace bench {

/// The settings of Adam that all peers share; `rate` is the workload's.
struct adam_settings {
    float rate = 0.001f;
    float beta1 = 0.9f;
    float beta2 = 0.999f;
    float epsilon = 1e-7f;

    /// The factor of step `t` (1, 2, ...): rate sqrt(1 - beta2^t) / (1 - beta1^t).
    float scale(int t) const {
        const double n = t;
        return static_cast<float>(static_cast<double>(rate) * std::sqrt(1 - std::pow(static_cast<double>(beta2), n)) /
                                  (1 - std::pow(static_cast<double>(beta1), n)));
    }
};

} // namespace bench
