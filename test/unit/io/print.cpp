// SPDX-License-Identifier: BSL-1.0
#include <ctgrad/io/print.hpp>

#include <ctgrad/ctgrad.hpp>

#include <boost/test/unit_test.hpp>

#include <array>
#include <sstream>
#include <vector>

namespace ct = ctgrad;
using namespace ct::literals;

namespace {

std::string printed(const auto& value) {
    std::ostringstream text;
    text << value;
    return text.str();
}

} // namespace

BOOST_AUTO_TEST_SUITE(io)

BOOST_AUTO_TEST_CASE(a_tensor_is_printed_in_brackets) {
    const std::array<float, 6> data{1, 2.5F, 3, 4, 5, 6};
    BOOST_TEST(printed(ct::view(data.data(), 2, 3)) == "[[1 2.5 3]\n [4 5 6]]");
    BOOST_TEST(printed(ct::view(data.data(), 2, 1, 2)) == "[[[1 2.5]]\n [[3 4]]]");
    BOOST_TEST(printed(ct::view(data.data())) == "1");
    BOOST_TEST(printed(ct::view(data.data(), 0)) == "[]");
    constexpr auto x = ct::placeholder<"x", float, ct::dim<"N">, 3>;
    ct::function f{x > 2_c};
    BOOST_TEST(printed(f(x = data)) == "[[false true true]\n [true true true]]");
}

BOOST_AUTO_TEST_CASE(a_long_axis_is_shortened) {
    std::vector<int> data(26);
    for (int i = 0; i < 26; ++i) data[static_cast<std::size_t>(i)] = i;
    BOOST_TEST(printed(ct::view(data.data(), 12)) == "[0 1 2 3 4 5 6 7 8 9 10 11]");
    BOOST_TEST(printed(ct::view(data.data(), 26)) == "[0 1 2 ... 23 24 25]");
    BOOST_TEST(printed(ct::view(data.data(), 13, 2)) == "[[0 1]\n [2 3]\n [4 5]\n ...\n [20 21]\n [22 23]\n [24 25]]");
}

BOOST_AUTO_TEST_CASE(shapes_and_element_types_are_printed) {
    constexpr auto x = ct::placeholder<"x", float, ct::dim<"N">, 3>;
    std::ostringstream text;
    text << x.type() << x.shape();
    BOOST_TEST(text.str() == "float32[N,3]");
    BOOST_TEST(printed(x[ct::at<>]).find("placeholder") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
