// expect: data_must_be_fed
// shows: solve
// shows: ([3,3], data)
// SPDX-License-Identifier: BSL-1.0
// Right sides as they lie in memory.
#include <ctgrad/linalg.hpp>

#include <vector>

namespace ct = ctgrad;

constexpr auto a = ct::placeholder<"a", double, 3, 3>;
constexpr auto b = ct::placeholder<"b", double, 3>;
inline const std::vector<double> measured{1, 2, 3};
#ifdef FIXED
constexpr auto x = ct::solve(a, b); // fed to the call, b = measured
#else
constexpr auto x = ct::solve(a, measured); // wrong
#endif
