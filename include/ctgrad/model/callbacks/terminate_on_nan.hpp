// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdint>

namespace ctgrad {

/// Ends training after a batch whose loss is NaN or infinite.
/// Source: Keras, `TerminateOnNaN`.
struct terminate_on_nan {
    std::int64_t batch = -1; ///< The batch of its epoch that did it, from 0; -1 for none.

    void on_batch_end(auto& net, std::int64_t number, double loss) {
        if (loss - loss == 0) return; // of no infinity, and of no NaN
        batch = number;
        net.stop_training();
    }
};

} // namespace ctgrad
