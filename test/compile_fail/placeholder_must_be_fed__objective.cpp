// expect: placeholder_must_be_fed
// shows: y
// shows: float64[N]
// SPDX-License-Identifier: BSL-1.0
// An objective that is not told all data, found where it is made.
#include <ctgrad/ctgrad.hpp>
#include <ctgrad/interop/objective.hpp>

#include <vector>

namespace ct = ctgrad;
using namespace ct::literals;

constexpr auto N = ct::dim<"N">;
constexpr auto x = ct::placeholder<"x", double, N>;
constexpr auto y = ct::placeholder<"y", double, N>;
constexpr auto w = ct::variable<"w", double>;
constexpr auto loss = ct::reduce_mean(ct::square(x * w - y));

double value(const std::vector<double>& data, const std::vector<double>& at, double* gradient) {
#ifdef FIXED
    const ct::objective f{loss, ct::packed{w}, x = data, y = data};
#else
    const ct::objective f{loss, ct::packed{w}, x = data}; // wrong
#endif
    return f(at.data(), gradient);
}
