// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "pool.hpp"

namespace fuzz {

/// One of the functions that no formula of the library is made of. What decides discontinuously gets a leaf or not, as it comes.
inline ref elementary_function(dice& roll, bool tame, ref x) {
    const auto squashed = [&] { return tame ? ct::apply<ct::tanh_op>(x) : x; };
    const auto positive = [&] { return tame ? ct::apply<ct::square_op>(x) + 0.5 : x; };
    switch (roll.below(24)) {
    case 22: return ct::polygamma(1.0, positive());
    case 20: return ct::apply<ct::lgamma_op>(positive());
    case 21: return ct::apply<ct::digamma_op>(positive());
    case 0: return ct::apply<ct::tan_op>(squashed());
    case 1: return ct::apply<ct::asin_op>(0.75 * squashed());
    case 2: return ct::apply<ct::acos_op>(0.75 * squashed());
    case 3: return ct::apply<ct::atan_op>(x);
    case 4: return ct::apply<ct::sinh_op>(squashed());
    case 5: return ct::apply<ct::cosh_op>(squashed());
    case 6: return ct::apply<ct::asinh_op>(x);
    case 7: return ct::apply<ct::acosh_op>(positive() + 1.0);
    case 8: return ct::apply<ct::atanh_op>(0.75 * squashed());
    case 9: return ct::apply<ct::log2_op>(positive());
    case 10: return ct::apply<ct::log10_op>(positive());
    case 11: return ct::apply<ct::exp2_op>(squashed());
    case 12: return ct::apply<ct::cbrt_op>(positive());
    case 13: return ct::apply<ct::floor_op>(x);
    case 14: return ct::apply<ct::ceil_op>(x);
    case 15: return ct::apply<ct::round_op>(x);
    case 16: return ct::apply<ct::trunc_op>(x);
    case 17: return ct::apply<ct::hypot_op>(x, positive());
    case 18: return ct::apply<ct::atan2_op>(x, positive());
    case 19: return ct::apply<ct::mod_op>(x, tame ? ct::constant(*x.graph, 0.75, x->type) : ct::apply<ct::sin_op>(x));
    default: return ct::apply<ct::log_op>(ct::apply<ct::cosh_op>(squashed()));
    }
}

/// The elements in another order: backwards along some static axes, or sorted by others of their row; or what they sum up to.
inline ref other_order(dice& roll, ref x) {
    if (x.shape().rank == 0) return {};
    attributes a;
    if (roll.one_in(5)) {
        a.numbers[0] = roll.below(x.shape().rank);
        a.numbers[1] = roll.below(2);
        a.numbers[2] = roll.below(2);
        return ct::apply<ct::cumsum_op>(a, x);
    }
    if (roll.one_in(2)) {
        a.shape = x.shape();
        for (int k = 0; k < x.shape().rank; ++k) a.numbers[k] = x.shape()[k].is_static() && roll.one_in(2) ? -1 : 1;
        return ct::apply<ct::steps_op>(a, x);
    }
    a.numbers[0] = roll.below(x.shape().rank);
    a.numbers[1] = roll.below(2);
    const ref order = ct::apply<ct::argsort_op>(a, ct::apply<ct::round_op>(x * 3.0)); // with ties
    attributes along;
    along.numbers[0] = a.numbers[0];
    if (roll.one_in(2)) return ct::apply<ct::take_along_axis_op>(along, x, order);
    along.shape = x.shape();
    return ct::apply<ct::put_along_axis_op>(along, x, order - ct::constant(*x.graph, roll.below(2), dtype::int32, x.shape()));
}

/// Every second or third element, or zeros between the elements.
inline ref apart(dice& roll, ref x) {
    attributes a;
    a.shape = x.shape();
    for (int k = 0; k < x.shape().rank; ++k) {
        a.numbers[k] = 1;
        const std::int64_t extent = x.shape()[k].is_static() ? x.shape()[k].extent : 0;
        if (extent < 1 || extent > 5 || roll.one_in(2)) continue;
        a.numbers[k] = roll.between(1, 3) * (roll.one_in(2) ? 1 : -1);
        a.shape[k] = (extent - 1) * std::abs(a.numbers[k]) + 1;
    }
    const ref spread = ct::apply<ct::spread_op>(a, roll.one_in(2) ? x : ct::apply<ct::tanh_op>(x));
    if (roll.one_in(2)) return spread;
    a.shape = x.shape();
    return ct::apply<ct::steps_op>(a, ct::apply<ct::sin_op>(spread));
}

/// Rows of x where they were used last.
inline ref last_uses(ref x, ref indices) {
    if (x.shape().rank == 0 || !indices) return {};
    attributes rows;
    rows.shape.append(x.shape()[0]);
    const ref use = ct::apply<ct::last_use_op>(rows, indices);
    return ct::apply<ct::gather_op>(attributes{}, x, use);
}

} // namespace fuzz
