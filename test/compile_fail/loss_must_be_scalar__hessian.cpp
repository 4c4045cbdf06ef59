// expect: loss_must_be_scalar
// shows: hessian
// shows: [N]
// SPDX-License-Identifier: BSL-1.0
// Second derivatives of residuals.
#include <ctgrad/ctgrad.hpp>

namespace ct = ctgrad;
using namespace ct::literals;

constexpr auto N = ct::dim<"N">;
constexpr auto x = ct::placeholder<"x", float, N, 3>;
constexpr auto w = ct::variable<"w", float, 3>;
constexpr auto residuals = ct::reduce_sum(x * w, ct::axis<1>) - 1_c;
#ifdef FIXED
constexpr auto H = ct::hessian(ct::reduce_sum(ct::square(residuals)), w);
#else
constexpr auto H = ct::hessian(residuals, w); // wrong
#endif
