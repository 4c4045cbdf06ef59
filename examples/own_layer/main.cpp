// SPDX-License-Identifier: BSL-1.0

// A layer of one's own in a model: docs/how_to/write_a_layer.md explains it.
#include <ctgrad/ctgrad.hpp>

#include <cstdint>
#include <cstdio>
#include <vector>

namespace ct = ctgrad;
using namespace ct::literals;

/// Each channel times a factor of its own, and how large the inputs were on average.
template <ct::fixed_string Name>
struct scaled {
    template <class X>
    static constexpr auto factors = ct::variable<Name + "/factors", float, X::shape()[X::rank - 1]>;
    static constexpr auto size = ct::state<Name + "/size", float>;

    template <ct::expression X>
    constexpr auto operator()(X x) const {
        return x * factors<X>;
    }
    template <ct::expression X>
    constexpr auto updates(X x) const {
        return boost::hana::make_tuple(ct::assign(size, 0.9_c * size + 0.1_c * ct::reduce_mean(ct::abs(x))),
                                       ct::constrain(factors<X>, ct::non_neg()));
    }
    template <ct::expression X>
    constexpr auto regularization(X) const {
        return ct::l2(0.001_c)(factors<X>);
    }
    template <ct::expression X>
    auto initial_values(X, std::uint64_t seed) const {
        return boost::hana::make_tuple(ct::initially(factors<X>, ct::ones(), seed));
    }
};

constexpr auto N = ct::dim<"N">;
constexpr auto x = ct::placeholder<"x", float, N, 2>;
constexpr auto y = ct::placeholder<"y", float, N, 1>;

constexpr auto swish = [](auto z) { return z * ct::sigmoid(z); };
constexpr auto model = ct::sequential(ct::input<2>, scaled<"scaled">{}, ct::dense<8>(), swish, ct::dense<1>());

constexpr auto loss = ct::regularized(ct::reduce_mean(ct::square(model(x, ct::training) - y)), model, x);
constexpr auto step = ct::minimize(loss, ct::adam(0.02_c), model.updates(x));

int main() {
    std::vector<float> points, values;
    for (int i = -5; i <= 5; ++i)
        for (int j = -5; j <= 5; ++j) {
            const float a = static_cast<float>(i) / 5, b = static_cast<float>(j) / 5;
            points.insert(points.end(), {a, b});
            values.push_back(a * b);
        }
    ct::trainer train{step, model.initial_values(7)};
    for (int i = 0; i < 2000; ++i) train(x = points, y = values);
    std::printf("loss %.2f\n", static_cast<double>(float(train(x = points, y = values))));

    ct::function predict{model(x)};
    const std::vector<float> point{0.5F, -0.6F};
    std::printf("0.5 * -0.6 is about %.1f\n", static_cast<double>(predict(x = point, train.parameters()).begin()[0]));
    std::printf("inputs are about %.2f\n", static_cast<double>(train[ct::state<"scaled/size", float>][0]));
}
