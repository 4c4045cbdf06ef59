// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/ops/detail/factors.hpp>

namespace ctgrad {

struct exp_op;
struct log_op;
struct sigmoid_op;
struct softplus_op;
struct subtract_op;

namespace detail {

/// The ops that the rule below names, which are complete where it is used.
struct logarithms : arithmetic {
    using exp = exp_op;
    using log = log_op;
    using sigmoid = sigmoid_op;
    using softplus = softplus_op;
    using subtract = subtract_op;
};

/// ln x, where `x` may overflow, underflow or lose its digits on the way, without it: of e^z, of e^z / y (a softmax), of
/// sigmoid(z) and of 1 - sigmoid(z); or none.
template <class Ops = logarithms>
constexpr ref stable_log(ref x) {
    const auto minus = [](ref y) { return apply<typename Ops::negative>(attributes{}, y); };
    const auto softplus = [](ref y) { return apply<typename Ops::softplus>(attributes{}, y); };
    if (is_made_by<typename Ops::exp>(x)) return x.input(0);
    if (is_made_by<typename Ops::sigmoid>(x)) return minus(softplus(minus(x.input(0))));
    if (is_made_by<typename Ops::subtract>(x) && is_constant(x.input(0), 1) && is_made_by<typename Ops::sigmoid>(x.input(1)))
        return minus(softplus(x.input(1).input(0)));
    if (is_made_by<typename Ops::divide>(x) && is_made_by<typename Ops::exp>(x.input(0)))
        return apply<typename Ops::subtract>(attributes{}, x.input(0).input(0), apply<typename Ops::log>(attributes{}, x.input(1)));
    return {};
}

} // namespace detail
} // namespace ctgrad
