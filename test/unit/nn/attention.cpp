// SPDX-License-Identifier: BSL-1.0

#include <ctgrad/nn/layers/multi_head_attention.hpp>

#include <ctgrad/nn/layers/group_normalization.hpp>
#include <ctgrad/nn/layers/rms_normalization.hpp>

#include "golden.hpp"

namespace ct = ctgrad;
using namespace ct::literals;

namespace {

constexpr auto N = ct::dim<"N">;
constexpr auto rows = ct::placeholder<"rows", double, N, 3>;
template <ct::fixed_string Name, int... D>
constexpr auto v = ct::variable<Name, double, D...>;

/// With the variables of attention of `Heads` heads, whose kernels have `Query`, `Value` and `Key` features.
template <int Heads, int KeyDim, int ValueDim, int Query, int Value, int Key, class Y, class... X>
void check_attention(const std::vector<std::vector<double>>& expected, Y y, X... given) {
    golden::check(expected, y, given..., v<"multi_head_attention/query/kernel", Query, Heads, KeyDim>,
                  v<"multi_head_attention/query/bias", Heads, KeyDim>, v<"multi_head_attention/key/kernel", Key, Heads, KeyDim>,
                  v<"multi_head_attention/key/bias", Heads, KeyDim>, v<"multi_head_attention/value/kernel", Value, Heads, ValueDim>,
                  v<"multi_head_attention/value/bias", Heads, ValueDim>,
                  v<"multi_head_attention/attention_output/kernel", Heads, ValueDim, Query>,
                  v<"multi_head_attention/attention_output/bias", Query>);
}

} // namespace

BOOST_AUTO_TEST_SUITE(nn)
BOOST_AUTO_TEST_SUITE(attention)

BOOST_AUTO_TEST_CASE(a_step_sees_those_before_it_that_count) {
    constexpr auto two = ct::placeholder<"two", double, 2, 3, 2>;
    constexpr auto layer = ct::multi_head_attention<2, 3>(ct::use_causal_mask<true>);
    check_attention<2, 3, 3, 2, 2, 2>(golden::attention_masked, layer(ct::masked{two, golden::steps > 0_c}).value, two);
}

BOOST_AUTO_TEST_CASE(values_have_their_own_shape) {
    constexpr auto query = ct::placeholder<"query", double, N, 2, 2>;
    constexpr auto value = ct::placeholder<"value", double, N, 3, 3>;
    check_attention<2, 2, 3, 2, 3, 3>(golden::attention_of_two, ct::multi_head_attention<2, 2, 3>()(std::make_tuple(query, value)), query,
                                      value);
}

BOOST_AUTO_TEST_CASE(normalizations_are_those_of_keras) {
    constexpr auto channels = ct::placeholder<"channels", double, N, 3, 4>;
    golden::check(golden::group_normalization, ct::group_normalization<2>()(channels), channels, v<"group_normalization/gamma", 4>,
                  v<"group_normalization/beta", 4>);
    golden::check(golden::rms_normalization, ct::rms_normalization()(rows), rows, v<"rms_normalization/scale", 3>);
    golden::check(golden::layer_normalization, ct::layer_normalization()(rows), rows, v<"layer_normalization/gamma", 3>,
                  v<"layer_normalization/beta", 3>);
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()
