// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/ops/detail/factors.hpp>

namespace ctgrad {

struct abs_op;
struct less_equal_op;
struct maximum_op;
struct minimum_op;
struct sign_op;

namespace detail {

/// The ops that the rule below names, which are complete where it is used.
struct clipping : arithmetic {
    using abs = abs_op;
    using less_equal = less_equal_op;
    using maximum = maximum_op;
    using minimum = minimum_op;
    using sign = sign_op;
};

/// `x` as a number times the rest, where its last operation is that product.
template <class Ops>
constexpr numbered split_number(ref x) {
    if (is_made_by<typename Ops::multiply>(x))
        for (int k = 0; k < 2; ++k)
            if (is_number(x.input(k))) return {constant_value(*x.input(k)), x.input(1 - k)};
    return {1, x};
}

/// The choice of a x where |x| <= c, else of a c sign(x), the derivative of Huber's loss, as a min(max(x, -c), c):
/// without mask and sign; or none.
template <class Ops = clipping>
constexpr ref as_clip(ref condition, ref inside, ref outside) {
    if (!is_made_by<typename Ops::less_equal>(condition)) return {};
    const ref size = condition.input(0), bound = condition.input(1);
    if (!is_made_by<typename Ops::abs>(size) || !is_number(bound)) return {};
    const ref x = size.input(0);
    const double c = constant_value(*bound);
    const numbered small = split_number<Ops>(inside), large = split_number<Ops>(outside);
    const bool same = small.rest == x && is_made_by<typename Ops::sign>(large.rest) && large.rest.input(0) == x;
    if (!same || !(c > 0) || rounded(x->type, small.number * c) != rounded(x->type, large.number)) return {};
    const ref low = constant(*x.graph, -c, x->type, x.shape());
    const ref clipped = apply<typename Ops::minimum>(attributes{}, apply<typename Ops::maximum>(attributes{}, x, low), bound);
    return multiplied<Ops>(clipped, small.number);
}

} // namespace detail
} // namespace ctgrad
