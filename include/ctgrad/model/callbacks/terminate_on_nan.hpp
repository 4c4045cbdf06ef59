// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cmath>
#include <cstdint>

namespace ctgrad {

/// Ends training after a batch whose loss is NaN or infinite.
/// Source: Keras, `TerminateOnNaN`.
struct terminate_on_nan {
    std::int64_t batch = -1; ///< The batch of its epoch that did it, from 0; -1 for none.

    void on_batch_end(auto& net, std::int64_t number, double loss) {
        if (std::isfinite(loss)) return;
        batch = number;
        net.stop_training();
    }
};

} // namespace ctgrad
