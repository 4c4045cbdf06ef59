// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/ops/less.hpp>
#include <ctgrad/ops/multiply.hpp>
#include <ctgrad/ops/negative.hpp>
#include <ctgrad/ops/where.hpp>

namespace ctgrad::detail {

/// x gate(x) of a gate that is 0 up to `-bound`: also where x is -infinity, and 0 times x would be NaN.
constexpr auto gated(auto x, auto bound, auto gate) {
    const auto bounded = where(less(x, -bound), -bound, x);
    return bounded * gate(bounded);
}

} // namespace ctgrad::detail
