// SPDX-License-Identifier: BSL-1.0

#include <ctgrad/core.hpp>

#include <boost/test/unit_test.hpp>

#include <string_view>

namespace ct = ctgrad;

namespace {
template <ct::fact Text>
constexpr std::string_view text_of() {
    return {Text.letters};
}
} // namespace

BOOST_AUTO_TEST_SUITE(core)

BOOST_AUTO_TEST_CASE(symbols_are_the_same_when_their_texts_are) {
    constexpr const ct::symbol *one = &ct::symbol_of<"batch">, *other = &ct::symbol_of<"batch">;
    static_assert(one == other);
    static_assert(&ct::symbol_of<"batch"> != &ct::symbol_of<"Batch">);
    static_assert(ct::symbol_of<"batch">.text == "batch");
    static_assert(ct::symbol_of<"a">.hash != ct::symbol_of<"b">.hash);
}

BOOST_AUTO_TEST_CASE(dtypes_know_their_cpp_types) {
    static_assert(ct::dtype_of<float> == ct::dtype::float32 && ct::size_of(ct::dtype::float32) == sizeof(float));
    static_assert(ct::dtype_of<std::int32_t> == ct::dtype::int32 && ct::name_of(ct::dtype::int32) == "int32");
    static_assert(ct::element<bool> && !ct::element<long long> && !ct::element<const float>);
    static_assert(ct::is_floating(ct::dtype::float64) && !ct::is_floating(ct::dtype::boolean));
}

BOOST_AUTO_TEST_CASE(phrases_are_put_together_and_cut) {
    static_assert(text_of<ct::show([] { return ct::phrase("[") << 10 << "," << -3 << ']'; })>() == "[10,-3]");
    static_assert(text_of<ct::show([] { return ct::phrase("a name that is longer than any fact may be"); })>() ==
                  "a name that is longer than any f...");
}

BOOST_AUTO_TEST_SUITE_END()
