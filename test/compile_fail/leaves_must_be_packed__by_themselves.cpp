// expect: leaves_must_be_packed
// shows: objective
// shows: float64[]
// shows: float64[3]
// SPDX-License-Identifier: BSL-1.0
// The leaf itself where the vector that holds it belongs.
#include <ctgrad/ctgrad.hpp>
#include <ctgrad/interop/objective.hpp>

#include <vector>

namespace ct = ctgrad;
using namespace ct::literals;

constexpr auto N = ct::dim<"N">;
constexpr auto x = ct::placeholder<"x", double, N, 3>;
constexpr auto w = ct::variable<"w", double, 3>;
constexpr auto loss = ct::reduce_mean(ct::square(ct::reduce_sum(x * w, ct::axis<1>) - 1_c));

double value(const std::vector<double>& data, const std::vector<double>& at) {
#ifdef FIXED
    const ct::objective f{loss, ct::packed{w}, x = data};
#else
    const ct::objective f{loss, w, x = data}; // wrong
#endif
    return f(at.data());
}
