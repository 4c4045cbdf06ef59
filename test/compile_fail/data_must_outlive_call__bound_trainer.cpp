// expect: data_must_outlive_call
// shows: "trainer"
// shows: "bind"
// SPDX-License-Identifier: BSL-1.0
// A step is bound to the variables of a trainer that ends with the line.
#include <ctgrad/ctgrad.hpp>

#include <vector>

namespace ct = ctgrad;
using namespace ct::literals;

constexpr auto N = ct::dim<"N">;
constexpr auto x = ct::placeholder<"x", float, N, 3>;
constexpr auto y = ct::placeholder<"y", float, N, 2>;
constexpr auto W = ct::variable<"W", float, 3, 2>;
constexpr auto loss = ct::reduce_mean(ct::square(ct::matmul(x, W) - y));

int main() {
    const std::vector<float> X(24), Y(16);
#ifdef FIXED
    ct::trainer train{ct::minimize(loss, ct::gradient_descent(0.1_c))};
    auto step = train.bind(x = X, y = Y);
#else
    auto step = ct::trainer{ct::minimize(loss, ct::gradient_descent(0.1_c))}.bind(x = X, y = Y); // wrong
#endif
    step();
}
