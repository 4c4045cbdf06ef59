// expect: sequences_must_have_one_length
// shows: [10,N,3]
// shows: [N,10]
// SPDX-License-Identifier: BSL-1.0
// One sequence has the batch in front.
#include <ctgrad/ctgrad.hpp>

namespace ct = ctgrad;
using namespace ct::literals;

constexpr auto N = ct::dim<"N">;
constexpr auto x = ct::placeholder<"x", float, 10, N, 3>;
constexpr auto weights = ct::placeholder<"weights", float, N, 10>;
constexpr auto step = [](auto sum, auto both) {
    auto [xt, wt] = both;
    return sum + ct::reduce_sum(xt * ct::expand_dims(wt, ct::axis<1>));
};
#ifdef FIXED
constexpr auto total = ct::fold(step, 0_c, std::make_tuple(x, ct::transpose(weights)));
#else
constexpr auto total = ct::fold(step, 0_c, std::make_tuple(x, weights)); // wrong
#endif
