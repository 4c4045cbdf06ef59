// SPDX-License-Identifier: BSL-1.0

// The training step of W3 by hand, the same loops as those that are timed.
#include "../w3_loops.hpp"

float run(const bench::problem& given) {
    bench::w3::loops_peer peer(given);
    float value = 0;
    for (int step = 0; step < 1000; ++step) value = peer.step();
    return value;
}
