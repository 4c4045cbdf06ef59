// expect: argument_must_name_its_leaf
// shows: argument 1
// SPDX-License-Identifier: BSL-1.0
// Data in the order of the formula.
#include <ctgrad/ctgrad.hpp>

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
#ifdef FIXED
    train(x = inputs, y = outputs);
#else
    train(inputs, outputs); // wrong
#endif
}
