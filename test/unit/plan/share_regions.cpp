// SPDX-License-Identifier: BSL-1.0
#include <ctgrad/plan/share_regions.hpp>

#include <ctgrad/ctgrad.hpp>

#include <boost/test/unit_test.hpp>

#include <array>
#include <cmath>

namespace ct = ctgrad;
using namespace ct::literals;

namespace {

constexpr auto N = ct::dim<"N">;
constexpr auto M = ct::dim<"M">;
constexpr auto x = ct::placeholder<"x", float, N, 8>;
constexpr auto W = ct::variable<"W", float, 8, 8>;

template <class... E>
using computing = ct::program<ct::detail::make_outputs<E...>, sizeof...(E)>;

template <int Layers, class E, class V>
constexpr auto layers(E input, V weights) {
    if constexpr (Layers == 0)
        return input;
    else
        return layers<Layers - 1>(ct::tanh(ct::matmul(input, weights)), weights);
}

/// Whether every stored value of program P fits its region, whatever the sizes of named dimensions.
template <class P>
constexpr bool every_value_fits() {
    for (int id = 0; id < P::graph().size; ++id) {
        if (P::plan.places[id].where != ct::place::workspace) continue;
        const ct::region& at = P::plan.regions[P::plan.places[id].index];
        ct::extent_product needed = ct::size_of(P::graph()[id].shape, P::plan.dimensions);
        if (needed.factor > at.size.factor || P::graph()[id].type != at.type) return false;
        needed.factor = at.size.factor;
        if (!(needed == at.size)) return false;
    }
    return true;
}

} // namespace

BOOST_AUTO_TEST_SUITE(plan)

BOOST_AUTO_TEST_CASE(chain_of_layers_needs_two_slots) {
    using P = computing<decltype(layers<6>(x, W))>;
    static_assert(P::plan.kernel_count >= 6 && P::plan.region_count == 2);

    std::array<float, 16> rows{};
    std::array<float, 64> weights{};
    for (std::size_t i = 0; i < 16; ++i) rows[i] = 0.1f * static_cast<float>(i) - 0.7f;
    for (std::size_t i = 0; i < 64; ++i) weights[i] = std::sin(static_cast<float>(i));
    const auto result = ct::function{layers<6>(x, W)}(x = rows, W = weights);
    std::array<float, 16> expected = rows;
    for (int layer = 0; layer < 6; ++layer) {
        std::array<float, 16> next{};
        for (std::size_t i = 0; i < 2; ++i)
            for (std::size_t k = 0; k < 8; ++k)
                for (std::size_t c = 0; c < 8; ++c) next[8 * i + c] += expected[8 * i + k] * weights[8 * k + c];
        for (std::size_t i = 0; i < 16; ++i) expected[i] = std::tanh(next[i]);
    }
    for (std::size_t i = 0; i < 16; ++i) BOOST_TEST(std::abs(result.data()[i] - expected[i]) < 1e-5f);
}

BOOST_AUTO_TEST_CASE(values_needed_at_the_same_time_lie_apart) {
    constexpr auto one = ct::matmul(x, W);
    constexpr auto two = ct::matmul(one, W);
    constexpr auto e = ct::matmul(two, one, ct::transpose_b);
    using P = computing<std::remove_const_t<decltype(e)>>;
    static_assert(P::plan.kernel_count == 3 && P::plan.region_count == 2);
}

BOOST_AUTO_TEST_CASE(value_lives_as_long_as_a_view_of_it_is_read) {
    constexpr auto z = ct::placeholder<"z", float, 8, 8>;
    constexpr auto one = ct::matmul(z, W);
    constexpr auto two = ct::matmul(W, W);
    constexpr auto three = ct::matmul(two, W);
    constexpr auto e = ct::matmul(three, ct::transpose(one));
    using P = computing<std::remove_const_t<decltype(e)>>;
    static_assert(P::plan.kernel_count == 4 && P::plan.region_count == 3);
}

BOOST_AUTO_TEST_CASE(smaller_value_lies_in_the_memory_of_a_larger_one) {
    constexpr auto narrow = ct::variable<"narrow", float, 8, 3>;
    constexpr auto wide = ct::variable<"wide", float, 3, 20>;
    constexpr auto back = ct::variable<"back", float, 20, 8>;
    constexpr auto e = ct::matmul(ct::tanh(ct::matmul(ct::tanh(ct::matmul(ct::tanh(ct::matmul(x, narrow)), wide)), back)), W);
    using P = computing<std::remove_const_t<decltype(e)>>;
    static_assert(P::plan.kernel_count == 4 && P::plan.region_count == 2 && every_value_fits<P>());
    static_assert(P::plan.regions[0].size.factor + P::plan.regions[1].size.factor == 20 + 8);
}

BOOST_AUTO_TEST_CASE(different_named_dimensions_and_dtypes_do_not_share) {
    constexpr auto y = ct::placeholder<"y", float, M, 8>;
    constexpr auto z = ct::placeholder<"z", double, N, 8>;
    constexpr auto V = ct::variable<"V", double, 8, 8>;
    constexpr auto a = layers<3>(x, W);
    constexpr auto b = layers<3>(y, W);
    constexpr auto c = layers<3>(z, V);
    using P = computing<std::remove_const_t<decltype(a)>, std::remove_const_t<decltype(b)>, std::remove_const_t<decltype(c)>>;
    static_assert(P::plan.region_count == 6 && every_value_fits<P>());
}

BOOST_AUTO_TEST_SUITE_END()
