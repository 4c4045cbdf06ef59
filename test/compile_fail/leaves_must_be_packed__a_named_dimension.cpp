// expect: leaves_must_be_packed
// shows: residuals
// shows: b float64[N]
// SPDX-License-Identifier: BSL-1.0
// A vector has a size that the compiler knows.
#include <ctgrad/ctgrad.hpp>
#include <ctgrad/interop/residuals.hpp>

#include <vector>

namespace ct = ctgrad;
using namespace ct::literals;

constexpr auto N = ct::dim<"N">;
constexpr auto x = ct::placeholder<"x", double, N>;
#ifdef FIXED
constexpr auto b = ct::variable<"b", double>;
#else
constexpr auto b = ct::variable<"b", double, N>;
#endif
constexpr auto errors = ct::square(x) - b;

void values(const std::vector<double>& data, const std::vector<double>& at, std::vector<double>& into) {
    const ct::residuals r{errors, ct::packed{b}, x = data}; // wrong
    r(at.data(), into.data());
}
