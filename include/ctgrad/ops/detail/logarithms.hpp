// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/ops/detail/factors.hpp>

namespace ctgrad {

struct exp_op;
struct log_op;
struct reduce_max_op;
struct reduce_sum_op;
struct sigmoid_op;
struct softplus_op;
struct stop_gradient_op;
struct subtract_op;

namespace detail {

/// The ops that the rule below names, which are complete where it is used.
struct logarithms : arithmetic {
    using exp = exp_op;
    using log = log_op;
    using reduce_max = reduce_max_op;
    using reduce_sum = reduce_sum_op;
    using sigmoid = sigmoid_op;
    using softplus = softplus_op;
    using stop_gradient = stop_gradient_op;
    using subtract = subtract_op;
};

/// Whether `x`, perhaps repeated, is a sum of the elements of `terms`.
template <class Ops>
constexpr bool sums(ref x, ref terms) {
    while (is_made_by<typename Ops::view>(x)) x = x.input(0);
    return is_made_by<typename Ops::reduce_sum>(x) && x.input(0) == terms;
}

/// Whether a number without slope has been subtracted to make `z`: its largest element, as softmax does.
template <class Ops>
constexpr bool is_shifted(ref z) {
    if (!is_made_by<typename Ops::subtract>(z)) return false;
    ref shift = z.input(1);
    while (is_made_by<typename Ops::view>(shift)) shift = shift.input(0);
    return is_made_by<typename Ops::stop_gradient>(shift);
}

/// z - ln of the sum of e^z, where `sum` shows that sum, with the largest element of z taken out first.
template <class Ops>
constexpr ref log_of_softmax(ref z, ref sum) {
    list<attributes> views; // from the sum itself outwards
    while (is_made_by<typename Ops::view>(sum)) {
        views.push_back(*sum);
        sum = sum.input(0);
    }
    const attributes along = *sum;
    const auto shown = [&views](ref x) {
        for (int i = views.size() - 1; i >= 0; --i) x = apply<typename Ops::view>(views[i], x);
        return x;
    };
    attributes asked;
    asked.numbers[0] = along.numbers[0];
    const ref largest = apply<typename Ops::stop_gradient>(attributes{}, apply<typename Ops::reduce_max>(asked, z));
    const ref shifted = apply<typename Ops::subtract>(attributes{}, z, shown(largest));
    const ref powers = apply<typename Ops::reduce_sum>(asked, apply<typename Ops::exp>(attributes{}, shifted));
    return apply<typename Ops::subtract>(attributes{}, shifted, apply<typename Ops::log>(attributes{}, shown(powers)));
}

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
    if (is_made_by<typename Ops::divide>(x) && is_made_by<typename Ops::exp>(x.input(0)) && sums<Ops>(x.input(1), x.input(0))) {
        const ref z = x.input(0).input(0);
        if (is_shifted<Ops>(z)) return apply<typename Ops::subtract>(attributes{}, z, apply<typename Ops::log>(attributes{}, x.input(1)));
        return log_of_softmax<Ops>(z, x.input(1));
    }
    return {};
}

} // namespace detail
} // namespace ctgrad
