// expect: data_must_outlive_call
// shows: "multiply"
// shows: "call"
// SPDX-License-Identifier: BSL-1.0
// The view that the call gives back shows memory that has ended.
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
    ct::function f{doubled};
#ifdef FIXED
    std::vector<float> memory(24);
    const auto result = f(x = X, doubled = memory);
#else
    const auto result = f(x = X, doubled = std::vector<float>(24)); // wrong
#endif
    return result[0] > 0;
}
