// SPDX-License-Identifier: BSL-1.0

// A loop of more than 256 terms: Clang stops at that depth of what nests.
#include <ctgrad/ops.hpp>
#include <ctgrad/runtime.hpp>

#include <array>
#include <cmath>
#include <cstdlib>

namespace ct = ctgrad;

namespace {

constexpr auto x = ct::placeholder<"x", float, ct::dim<"N">>;

template <int Steps, class E>
constexpr auto chain(E e) {
    if constexpr (Steps == 0)
        return e;
    else
        return chain<Steps - 1>(ct::tanh(e * e + x));
}

} // namespace

int main() {
    constexpr int steps = 100;
    const std::array<float, 3> data{0.25F, -0.5F, 0.75F};
    const auto found = ct::function{chain<steps>(x)}(x = data);
    for (std::size_t i = 0; i < data.size(); ++i) {
        double e = data[i];
        for (int k = 0; k < steps; ++k) e = std::tanh(e * e + data[i]);
        if (!(std::abs(found[i] - e) < 1e-5)) return EXIT_FAILURE;
    }
    return EXIT_SUCCESS;
}
