// SPDX-License-Identifier: BSL-1.0
#include <ctgrad/simd.hpp>

#include <boost/test/unit_test.hpp>

#include <initializer_list>
#include <limits>

namespace {

namespace lanes = ctgrad::simd;

/// Whether the function is a constant expression at the limits of the type. Not at NaN: clang takes no
/// arithmetic whose result is NaN for constant, nor therefore the sine of infinity.
template <class T, class Function>
constexpr bool constant_at_limits(Function function, T largest = std::numeric_limits<T>::infinity()) {
    using limits = std::numeric_limits<T>;
    int numbers = 0;
    for (const T x : {T{0}, T{1}, T(0.3), T{2}, T(88.8), T(104), T(709.79), T(745.5), T(1e5), T(1e30), limits::min(), limits::denorm_min(),
                      limits::max(), largest})
        for (const T y : {function(x), function(-x)}) numbers += y == y ? 1 : 0;
    return numbers > 0;
}

template <class T>
constexpr void check_all() {
    static_assert(constant_at_limits<T>([](T x) { return lanes::exp(x); }));
    static_assert(constant_at_limits<T>([](T x) { return lanes::expm1(x); }));
    static_assert(constant_at_limits<T>([](T x) { return lanes::log(x); }));
    static_assert(constant_at_limits<T>([](T x) { return lanes::log1p(x); }));
    static_assert(constant_at_limits<T>([](T x) { return lanes::sin(x); }, T{1}));
    static_assert(constant_at_limits<T>([](T x) { return lanes::cos(x); }, T{1}));
    static_assert(constant_at_limits<T>([](T x) { return lanes::tanh(x); }));
    static_assert(constant_at_limits<T>([](T x) { return lanes::sigmoid(x); }));
    static_assert(constant_at_limits<T>([](T x) { return lanes::softplus(x); }));
    static_assert(constant_at_limits<T>([](T x) { return lanes::erf(x); }));
    static_assert(constant_at_limits<T>([](T x) { return lanes::erfc(x); }));
    static_assert(constant_at_limits<T>([](T x) { return lanes::ndtr(x); }));
    static_assert(constant_at_limits<T>([](T x) { return lanes::gaussian(x); }));
    static_assert(constant_at_limits<T>([](T x) { return lanes::log_cosh(x); }));
    static_assert(constant_at_limits<T>([](T x) { return lanes::tanh_shrink(x); }));
    static_assert(constant_at_limits<T>([](T x) { return lanes::sqrt(x); }));
    static_assert(constant_at_limits<T>([](T x) { return lanes::abs(x); }));
    static_assert(constant_at_limits<T>([](T x) { return lanes::floor(x); }));
    static_assert(constant_at_limits<T>([](T x) { return lanes::round(x); }));
    static_assert(constant_at_limits<T>([](T x) { return lanes::pow(x, T{0}); }));
    static_assert(constant_at_limits<T>([](T x) { return lanes::pow(x, T{3}); }));
    static_assert(constant_at_limits<T>([](T x) { return lanes::pow(x, T(-0.5)); }));
    static_assert(constant_at_limits<T>([](T x) { return lanes::pow(x, T(1e30)); }));
    static_assert(constant_at_limits<T>([](T x) { return lanes::pow(T{2}, x); }));
    static_assert(constant_at_limits<T>([](T x) { return lanes::pow(T{0}, x); }));
    static_assert(constant_at_limits<T>([](T x) { return lanes::pow(T{-1}, x); }));
}

} // namespace

BOOST_AUTO_TEST_SUITE(simd)
BOOST_AUTO_TEST_SUITE(constant_expressions)

BOOST_AUTO_TEST_CASE(functions_are_constant_expressions_at_the_limits_of_their_types) {
    check_all<float>();
    check_all<double>();
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()
