// expect: data_must_be_fed
// shows: square
// shows: (data)
// SPDX-License-Identifier: BSL-1.0
// A function of data.
#include <ctgrad/ctgrad.hpp>

#include <vector>

namespace ct = ctgrad;
using namespace ct::literals;

constexpr auto N = ct::dim<"N">;
constexpr auto x = ct::placeholder<"x", float, N>;
const std::vector<float> data(3);
#ifdef FIXED
constexpr auto y = ct::square(x);
#else
const auto y = ct::square(data); // wrong
#endif
