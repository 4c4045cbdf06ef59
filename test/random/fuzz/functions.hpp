// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "pool.hpp"

namespace fuzz {

/// One of the functions that no formula of the library is made of. What decides discontinuously gets a leaf or not, as it comes.
inline ref elementary_function(dice& roll, bool tame, ref x) {
    const auto squashed = [&] { return tame ? ct::apply<ct::tanh_op>(x) : x; };
    const auto positive = [&] { return tame ? ct::apply<ct::square_op>(x) + 0.5 : x; };
    switch (roll.below(21)) {
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

} // namespace fuzz
