// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/nn/losses/loss_options.hpp>
#include <ctgrad/ops/cast.hpp>
#include <ctgrad/ops/equal.hpp>
#include <ctgrad/ops/maximum.hpp>
#include <ctgrad/ops/pow.hpp>
#include <ctgrad/ops/where.hpp>

namespace ctgrad::detail {

/// 1 if gamma is 0, else 0: what 0 to its power is.
template <class Gamma, class X>
constexpr auto power_of_0(Gamma exponent, X x) {
    if constexpr (is_literal<Gamma>)
        return literal<number_bits(Gamma::value == 0 ? 1.0 : 0.0)>{};
    else
        return cast_like(equal(exponent, literal<0>{}), x);
}

/// The factor of a focal loss: the probability of what is wrong to the power gamma, with slope 0 where that probability is 0
/// and the slope of the power infinite (gamma < 1).
constexpr auto focus(auto how, auto wrong) {
    const auto exponent = how[gamma];
    const auto power = pow(maximum(wrong, literal<number_bits(1e-30)>{}), exponent);
    return where(equal(wrong, literal<0>{}), power_of_0(exponent, wrong), power);
}

} // namespace ctgrad::detail
