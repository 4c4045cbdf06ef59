// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "problem.hpp"

#include <memory>
#include <string_view>

namespace bench {

/// The libtorch peer of workload `w1` ... `w9`, `w22`. A translation unit of its own, since its headers take long.
std::unique_ptr<peer_base> make_torch(std::string_view workload, const problem& given);

} // namespace bench
