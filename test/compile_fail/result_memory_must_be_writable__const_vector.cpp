// expect: result_memory_must_be_writable
// shows: "multiply"
// shows: "float32[N,3]"
// SPDX-License-Identifier: BSL-1.0
// A result into elements that are const.
#include <ctgrad/ctgrad.hpp>

#include <vector>

namespace ct = ctgrad;
using namespace ct::literals;

constexpr auto N = ct::dim<"N">;
constexpr auto x = ct::placeholder<"x", float, N, 3>;
constexpr auto y = ct::placeholder<"y", float, N, 2>;
constexpr auto W = ct::variable<"W", float, 3, 2>;
constexpr auto loss = ct::reduce_mean(ct::square(ct::matmul(x, W) - y));
constexpr auto doubled = 2_c * x;

int main() {
    const std::vector<float> X(24);
#ifdef FIXED
    std::vector<float> memory(24);
#else
    const std::vector<float> memory(24);
#endif
    ct::function f{doubled};
    (void)f(x = X, doubled = memory); // wrong
}
