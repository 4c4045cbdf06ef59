// expect: data_must_have_leaf_type
// shows: "float32[]"
// SPDX-License-Identifier: BSL-1.0
// A float result into a double: half of its bytes would be written.
#include <ctgrad/ctgrad.hpp>

#include <vector>

namespace ct = ctgrad;
using namespace ct::literals;

constexpr auto N = ct::dim<"N">;
constexpr auto x = ct::placeholder<"x", float, N, 3>;
constexpr auto y = ct::placeholder<"y", float, N, 2>;
constexpr auto W = ct::variable<"W", float, 3, 2>;
constexpr auto loss = ct::reduce_mean(ct::square(ct::matmul(x, W) - y));
constexpr auto total = ct::reduce_sum(x);

int main() {
    const std::vector<float> X(24);
#ifdef FIXED
    float sum = 0;
#else
    double sum = 0;
#endif
    ct::function f{total};
    (void)f(x = X, total = sum); // wrong
}
