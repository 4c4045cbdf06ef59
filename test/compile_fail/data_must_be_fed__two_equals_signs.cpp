// expect: data_must_be_fed
// shows: equal
// shows: ([N,3], data)
// SPDX-License-Identifier: BSL-1.0
// A comparison instead of an argument.
#include <ctgrad/ctgrad.hpp>

#include <vector>

namespace ct = ctgrad;
using namespace ct::literals;

constexpr auto N = ct::dim<"N">;
constexpr auto x = ct::placeholder<"x", float, N, 3>;
float total(const std::vector<float>& data) {
    ct::function sum{ct::reduce_sum(x)};
#ifdef FIXED
    return sum(x = data);
#else
    return sum(x == data); // wrong
#endif
}
