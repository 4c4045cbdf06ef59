// SPDX-License-Identifier: BSL-1.0

// The Hessian of 5 parameters: the 15 blocks on one side of the diagonal, each a number.
#include <ctgrad/ctgrad.hpp>

namespace ct = ctgrad;
using namespace ct::literals;

constexpr auto t = ct::placeholder<"t", double, ct::dim<"N">>;
constexpr auto y = ct::placeholder<"y", double, ct::dim<"N">>;
constexpr auto a = ct::variable<"a", double>;
constexpr auto b = ct::variable<"b", double>;
constexpr auto c = ct::variable<"c", double>;
constexpr auto d = ct::variable<"d", double>;
constexpr auto e = ct::variable<"e", double>;
constexpr auto model = a * ct::exp(-b * t) + c * ct::exp(-d * t) + e;
constexpr auto loss = ct::reduce_sum(ct::square(model - y));
constexpr auto H = ct::hessian(loss, a, b, c, d, e);

void hessian(std::span<const double> times, std::span<const double> values, const double* at, std::span<double> out) {
    const ct::function f{H[a][a], H[a][b], H[a][c], H[a][d], H[a][e], H[b][b], H[b][c], H[b][d],
                         H[b][e], H[c][c], H[c][d], H[c][e], H[d][d], H[d][e], H[e][e]};
    const auto found = f(t = times, y = values, a = at[0], b = at[1], c = at[2], d = at[3], e = at[4]);
    std::size_t next = 0;
    std::apply([&](auto... each) { ((out[next++] = each), ...); }, found);
}
