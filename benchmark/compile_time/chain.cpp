// SPDX-License-Identifier: BSL-1.0

// A loss of about NODES nodes, its gradient and a call.
#include <ctgrad/ctgrad.hpp>

namespace ct = ctgrad;

constexpr auto x = ct::placeholder<"x", float, ct::dim<"N">>;
constexpr auto a = ct::variable<"a", float>;

template <int Steps, class E>
constexpr auto chain(E e) {
    if constexpr (Steps == 0)
        return e;
    else
        return chain<Steps - 1>(ct::tanh(e * e + x));
}

constexpr auto loss = ct::reduce_mean(chain<(NODES - 4) / 3>(a * x));
constexpr auto grads = ct::gradient(loss, a);

float run(std::span<const float> data) {
    constexpr ct::function f{loss, grads[a]};
    const auto [value, slope] = f(x = data, a = 0.5f);
    return value + slope;
}
