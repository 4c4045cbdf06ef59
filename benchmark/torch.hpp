// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "support.hpp"
#include "torch_peer.hpp"

#include <string_view>

namespace bench {

#ifdef BENCHMARK_TORCH
inline void add_torch(suite& peers, std::string_view workload) {
    peers.peer("libtorch", [workload](const problem& given) { return make_torch(workload, given); });
}
#else
inline void add_torch(suite&, std::string_view) {}
#endif

} // namespace bench
