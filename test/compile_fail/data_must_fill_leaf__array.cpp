// expect: data_must_fill_leaf
// shows: "x"
// shows: float32[N,3]
// shows: 7 elements
// SPDX-License-Identifier: BSL-1.0
// Seven numbers are no rows of three.
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
    std::array<float, 6> six{};
    std::array<float, 7> seven{};
    (void)six, (void)seven;
#ifdef FIXED
    train(x = six, y = outputs);
#else
    train(x = seven, y = outputs); // wrong
#endif
}
