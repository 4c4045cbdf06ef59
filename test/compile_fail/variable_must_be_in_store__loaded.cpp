// expect: variable_must_be_in_store
// shows: "v"
// SPDX-License-Identifier: BSL-1.0
// A variable of another program is to be read from a file.
#include <ctgrad/ctgrad.hpp>
#include <ctgrad/io/checkpoint.hpp>

namespace ct = ctgrad;
using namespace ct::literals;

constexpr auto w = ct::variable<"w", float, 3>;
constexpr auto loss = ct::reduce_sum(ct::square(w));

int main() {
    ct::trainer train{ct::minimize(loss, ct::gradient_descent(0.1_c))};
    constexpr auto v = ct::variable<"v", float, 3>;
    (void)v;
#ifdef FIXED
    ct::load_variables("weights.safetensors", train, w = "v");
#else
    ct::load_variables("weights.safetensors", train, w, v); // wrong
#endif
}
