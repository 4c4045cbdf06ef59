// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/expr/expr.hpp>
#include <ctgrad/graph/print.hpp>

namespace ctgrad {

/// The program of an expression, one line a node: `%4 = multiply(%1, %3) float32[N,10]`.
template <std::uint64_t Hash>
std::string to_string(expr<Hash>) {
    return to_string(expr<Hash>::graph());
}
inline std::string to_string(poison) { return {}; }

/// Writes `to_string(e)`.
template <class Stream, std::uint64_t Hash>
    requires requires(Stream& s, std::string text) { s << text; }
Stream& operator<<(Stream& s, expr<Hash> e) {
    s << to_string(e);
    return s;
}

} // namespace ctgrad
