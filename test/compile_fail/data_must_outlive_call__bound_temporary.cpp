// expect: data_must_outlive_call
// shows: "x"
// shows: "bind"
// SPDX-License-Identifier: BSL-1.0
// A step is bound to data that end with the line.
#include <ctgrad/ctgrad.hpp>

#include <vector>

namespace ct = ctgrad;
using namespace ct::literals;

constexpr auto N = ct::dim<"N">;
constexpr auto x = ct::placeholder<"x", float, N, 3>;
constexpr auto y = ct::placeholder<"y", float, N, 2>;
constexpr auto W = ct::variable<"W", float, 3, 2>;
constexpr auto loss = ct::reduce_mean(ct::square(ct::matmul(x, W) - y));
std::vector<float> load_x() { return std::vector<float>(8 * 3, 0.5F); }
std::vector<float> load_y() { return std::vector<float>(8 * 2, 0.1F); }

int main() {
    ct::trainer train{ct::minimize(loss, ct::gradient_descent(0.1_c))};
#ifdef FIXED
    const auto X = load_x(), Y = load_y();
    auto step = train.bind(x = X, y = Y);
#else
    auto step = train.bind(x = load_x(), y = load_y()); // wrong
#endif
    for (int i = 0; i < 100; ++i) step();
}
