// expect: expression_must_be_computed
// shows: "[]"
// SPDX-License-Identifier: BSL-1.0
// The value of an expression without a call.
#include <ctgrad/ctgrad.hpp>

#include <vector>

namespace ct = ctgrad;
using namespace ct::literals;

constexpr auto N = ct::dim<"N">;
constexpr auto x = ct::placeholder<"x", float, N>;
constexpr auto loss = ct::reduce_mean(ct::square(x));
float value(const std::vector<float>& data) {
#ifdef FIXED
    ct::function f{loss};
    return f(x = data);
#else
    (void)data;
    return loss; // wrong
#endif
}
