// expect: expression_must_be_computed
// shows: "[]"
// SPDX-License-Identifier: BSL-1.0
// A decision on a value that is not there yet.
#include <ctgrad/ctgrad.hpp>

#include <vector>

namespace ct = ctgrad;
using namespace ct::literals;

constexpr auto N = ct::dim<"N">;
constexpr auto x = ct::placeholder<"x", float, N>;
constexpr auto loss = ct::reduce_mean(ct::square(x));
bool is_small(const std::vector<float>& data) {
#ifdef FIXED
    ct::function value{loss};
    return value(x = data) < 0.1F;
#else
    (void)data;
    if (loss < 0.1_c) return true; // wrong
    return false;
#endif
}
