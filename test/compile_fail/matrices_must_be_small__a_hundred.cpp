// expect: matrices_must_be_small
// shows: slogdet
// shows: [100,100]
// SPDX-License-Identifier: BSL-1.0
// A larger matrix than there are kernels for.
#include <ctgrad/linalg.hpp>

namespace ct = ctgrad;

constexpr auto k = ct::placeholder<"k", double, 100, 100>;
constexpr auto k64 = ct::placeholder<"k64", double, 64, 64>;
#ifdef FIXED
constexpr auto l = ct::slogdet(k64);
#else
constexpr auto l = ct::slogdet(k); // wrong
#endif
