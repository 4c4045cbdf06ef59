// expect: variable_must_be_static
// shows: "scaled/factors"
// shows: "[N,1]"
// SPDX-License-Identifier: BSL-1.0
// The first extent of the input instead of the last.
#include <ctgrad/ctgrad.hpp>
#include <ctgrad/model.hpp>

#include <cstdint>
#include <vector>

namespace ct = ctgrad;
using namespace ct::literals;

template <ct::fixed_string Name>
struct scaled {
    template <class X>
#ifdef FIXED
    static constexpr auto factors = ct::variable<Name + "/factors", float, X::shape()[1]>;
#else
    static constexpr auto factors = ct::variable<Name + "/factors", float, X::shape()[0], 1>;
#endif
    static constexpr auto size = ct::state<Name + "/size", float>;

    template <ct::expression X>
    constexpr auto operator()(X z) const {
        return z * factors<X>;
    }
    template <ct::expression X>
    constexpr auto updates(X z) const {
        return boost::hana::make_tuple(ct::assign(size, 0.9_c * size + 0.1_c * ct::reduce_mean(ct::abs(z))));
    }
    template <ct::expression X>
    auto initial_values(X, std::uint64_t seed) const {
        return boost::hana::make_tuple(ct::initially(factors<X>, ct::ones(), seed));
    }
};
constexpr auto model = ct::sequential(ct::input<20>, ct::dense<16>(ct::relu), scaled<"scaled">{}, ct::dense<1>());

int main() {
    std::vector<float> X(100 * 20, 0.5F), Y(100, 1.0F);
    auto net = ct::compile(model, ct::adam(0.01_c), ct::mean_squared_error); // wrong
    net.fit(X, Y, {.epochs = 2, .verbose = 0});
}
