// expect: data_must_fill_leaf
// shows: "w"
// shows: float32[3]
// shows: 2 elements
// SPDX-License-Identifier: BSL-1.0
// Two numbers for three weights.
#include <ctgrad/ctgrad.hpp>

#include <array>
#include <vector>

namespace ct = ctgrad;
using namespace ct::literals;

constexpr auto N = ct::dim<"N">;
constexpr auto x = ct::placeholder<"x", float, N, 3>;
constexpr auto y = ct::placeholder<"y", float, N>;
constexpr auto w = ct::variable<"w", float, 3>;
constexpr auto loss = ct::reduce_mean(ct::square(ct::reduce_sum(x * w, ct::axis<1>) - y));

int main() {
    std::vector<float> inputs(6), outputs(2);
    ct::trainer train{ct::minimize(loss, ct::gradient_descent(0.1_c))};
    std::array<float, 2> two{};
    std::array<float, 3> three{};
    (void)two, (void)three;
#ifdef FIXED
    train.set(w = three);
#else
    train.set(w = two); // wrong
#endif
}
