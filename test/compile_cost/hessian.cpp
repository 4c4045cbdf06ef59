// SPDX-License-Identifier: BSL-1.0

// The Hessian of 5 parameters, row by row: the gradient of each element of the gradient.
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
constexpr auto slope = ct::gradient(loss, a, b, c, d, e);

template <class Row>
constexpr auto row(Row of) {
    const auto g = ct::gradient(of, a, b, c, d, e);
    constexpr auto first = ct::axis<0>;
    return ct::concat(first, ct::expand_dims(g[a], first), ct::expand_dims(g[b], first), ct::expand_dims(g[c], first),
                      ct::expand_dims(g[d], first), ct::expand_dims(g[e], first));
}

void hessian(std::span<const double> times, std::span<const double> values, const double* at, std::span<double> out) {
    const ct::function f{row(slope[a]), row(slope[b]), row(slope[c]), row(slope[d])};
    const auto [of_a, of_b, of_c, of_d] = f(t = times, y = values, a = at[0], b = at[1], c = at[2], d = at[3], e = at[4]);
    for (std::size_t i = 0; i < 5; ++i) {
        out[i] = of_a[i];
        out[5 + i] = of_b[i];
        out[10 + i] = of_c[i];
        out[15 + i] = of_d[i];
    }
}
