// expect: placeholder_must_be_fed
// shows: y
// SPDX-License-Identifier: BSL-1.0
// A call with several results is taken apart: no error about that.
#include <ctgrad/ctgrad.hpp>

#include <iostream>
#include <vector>

namespace ct = ctgrad;

constexpr auto N = ct::dim<"N">;
constexpr auto x = ct::placeholder<"x", float, N>;
constexpr auto y = ct::placeholder<"y", float, N>;
const ct::function f{ct::reduce_mean(ct::square(x - y)), x - y};

int main() {
    std::vector<float> data(10), target(10);
#ifdef FIXED
    auto [loss, error] = f(x = data, y = target);
#else
    auto [loss, error] = f(x = data); // wrong
#endif
    std::cout << loss << ct::to_string(x);
    for (float e : error) std::cout << e;
}
