// expect: data_must_be_fed
// shows: matmul
// shows: ([N,3], data)
// SPDX-License-Identifier: BSL-1.0
// A vector in a product.
#include <ctgrad/ctgrad.hpp>

#include <vector>

namespace ct = ctgrad;
using namespace ct::literals;

constexpr auto N = ct::dim<"N">;
constexpr auto x = ct::placeholder<"x", float, N, 3>;
const std::vector<float> slopes(3);
#ifdef FIXED
constexpr auto w = ct::placeholder<"w", float, 3, 1>;
constexpr auto y = ct::matmul(x, w);
#else
const auto y = ct::matmul(x, slopes); // wrong
#endif
