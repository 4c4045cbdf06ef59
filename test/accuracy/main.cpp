// SPDX-License-Identifier: BSL-1.0

// accuracy [--long]: the largest error of each elementwise function over its whole range, as a table for docs/numerics.md.
// Fails if one is larger than its bound. --long looks at thirty times as many arguments.
#include "../unit/simd/exact.hpp"
#include "../unit/simd/ulp.hpp"

#include <ctgrad/simd/cbrt.hpp>
#include <ctgrad/simd/gamma.hpp>
#include <ctgrad/simd/hyperbolic.hpp>
#include <ctgrad/simd/inverse_trigonometric.hpp>
#include <ctgrad/simd/log2.hpp>
#include <ctgrad/simd/mod.hpp>
#include <ctgrad/simd/tan.hpp>

#include <iomanip>
#include <iostream>
#include <string_view>

namespace {

namespace lanes = ctgrad::simd;
using namespace ctgrad::test;

template <class T>
const std::vector<T>& arguments(bool is_long) {
    static const std::vector<T> all = is_long ? sweep<T>(15'000'000 / thinning, 31 * thinning) : sweep<T>();
    return all;
}

struct line {
    bool is_long;
    bool right = true;

    /// @param low, high the arguments that the bounds are for; others are not looked at.
    template <class Function, class Exact>
    void operator()(std::string_view name, double float_bound, double double_bound, Function function, Exact exact, double low = -INFINITY,
                    double high = INFINITY) {
        std::cout << "| " << name << " |";
        column<float>(float_bound, function, exact, low, high);
        column<double>(double_bound, function, exact, low, high);
        std::cout << std::endl;
    }

private:
    template <class T, class Function, class Exact>
    void column(double bound, Function function, Exact exact, double low, double high) {
        std::vector<T> some;
        for (const T x : arguments<T>(is_long))
            if (!(static_cast<double>(x) < low) && !(static_cast<double>(x) > high)) some.push_back(x);
        while (some.size() % 16 != 0) some.push_back(T(0.5));
        const auto found = measure<T, lanes::native_lanes<T>>(some, function, exact);
        std::cout << ' ' << std::fixed << std::setprecision(2) << found.ulp << std::defaultfloat << std::setprecision(6) << " at "
                  << found.at << " |";
        if (found.ulp <= bound && found.lanes_unlike_scalar == 0) return;
        right = false;
        std::cerr << "accuracy: more than " << bound << " ulp, or " << found.lanes_unlike_scalar << " lanes unlike scalars\n";
    }
};

long double sigmoid(long double x) { return x < 0 ? std::exp(x) / (1 + std::exp(x)) : 1 / (1 + std::exp(-x)); }
long double softplus(long double x) { return std::isnan(x) ? x : std::fmax(x, 0.0L) + std::log1p(std::exp(-std::fabs(x))); }

void roots_and_powers(line& table) {
    table("sqrt", 0.5, 0.5, [](auto x) { return lanes::sqrt(x); }, [](long double x) { return std::sqrt(x); });
    table("rsqrt", 1.6, 1.6, [](auto x) { return lanes::rsqrt(x); }, [](long double x) { return 1 / std::sqrt(x); });
    table("x^3", 2, 2, [](auto x) { return lanes::pow(x, decltype(x)(3)); }, [](long double x) { return std::pow(x, 3.0L); });
    table(
        "x^0.3125", 2, 2, [](auto x) { return lanes::pow(x, decltype(x)(0.25) + decltype(x)(0.0625)); },
        [](long double x) { return std::pow(x, 0.3125L); });
}
void exponentials(line& table) {
    table("exp", 1.2, 1.2, [](auto x) { return lanes::exp(x); }, [](long double x) { return std::exp(x); });
    table("expm1", 1.8, 1.8, [](auto x) { return lanes::expm1(x); }, [](long double x) { return std::expm1(x); });
    table("log", 1.2, 1.2, [](auto x) { return lanes::log(x); }, [](long double x) { return std::log(x); });
    table("log1p", 1.2, 1.2, [](auto x) { return lanes::log1p(x); }, [](long double x) { return std::log1p(x); });
    table("sin", 1.2, 1.2, [](auto x) { return lanes::sin(x); }, [](long double x) { return std::sin(x); });
    table("cos", 1.2, 1.2, [](auto x) { return lanes::cos(x); }, [](long double x) { return std::cos(x); });
}
/// The remainder that has the sign of the divisor.
long double exact_mod(long double x, long double y) {
    const long double rest = std::fmod(x, y);
    return rest != 0 && (rest < 0) != (y < 0) ? rest + y : std::copysign(rest, y);
}

void arcs(line& table) {
    table("tan", 2.6, 2.6, [](auto x) { return lanes::tan(x); }, [](long double x) { return std::tan(x); });
    table("asin", 1, 1, [](auto x) { return lanes::asin(x); }, [](long double x) { return std::asin(x); });
    table("acos", 1, 1, [](auto x) { return lanes::acos(x); }, [](long double x) { return std::acos(x); });
    table("atan", 1.5, 1.5, [](auto x) { return lanes::atan(x); }, [](long double x) { return std::atan(x); });
    table(
        "atan2(x, 3)", 1.7, 1.7, [](auto x) { return lanes::atan2(x, decltype(x)(3)); }, [](long double x) { return std::atan2(x, 3.0L); });
    table(
        "atan2(-3, x)", 1.7, 1.7, [](auto x) { return lanes::atan2(decltype(x)(-3), x); },
        [](long double x) { return std::atan2(-3.0L, x); });
    table("sinh", 1.9, 1.9, [](auto x) { return lanes::sinh(x); }, [](long double x) { return std::sinh(x); });
    table("cosh", 1.6, 1.6, [](auto x) { return lanes::cosh(x); }, [](long double x) { return std::cosh(x); });
    table("asinh", 2, 2, [](auto x) { return lanes::asinh(x); }, [](long double x) { return std::asinh(x); });
    table("acosh", 2.2, 2.2, [](auto x) { return lanes::acosh(x); }, [](long double x) { return std::acosh(x); });
    table("atanh", 1.7, 1.7, [](auto x) { return lanes::atanh(x); }, [](long double x) { return std::atanh(x); });
}
void bases_and_remainders(line& table) {
    table("exp2", 1.1, 1.1, [](auto x) { return lanes::exp2(x); }, [](long double x) { return std::exp2(x); });
    table("log2", 0.6, 0.6, [](auto x) { return lanes::log2(x); }, [](long double x) { return std::log2(x); });
    table("log10", 0.6, 0.6, [](auto x) { return lanes::log10(x); }, [](long double x) { return std::log10(x); });
    table("cbrt", 0.6, 0.6, [](auto x) { return lanes::cbrt(x); }, [](long double x) { return std::cbrt(x); });
    table("lgamma, x > 0", 8, 8, [](auto x) { return lanes::lgamma(x); }, [](long double x) { return std::lgamma(x); }, 0);
    table("digamma, x > 0", 5, 5, [](auto x) { return lanes::digamma(x); }, exact_digamma, 0);
    table(
        "hypot(x, 3)", 1.3, 1.3, [](auto x) { return lanes::hypot(x, decltype(x)(3)); }, [](long double x) { return std::hypot(x, 3.0L); });
    table("mod(x, 3)", 0.5, 0.5, [](auto x) { return lanes::mod(x, decltype(x)(3)); }, [](long double x) { return exact_mod(x, 3); });
    table("mod(-3, x)", 0.5, 0.5, [](auto x) { return lanes::mod(decltype(x)(-3), x); }, [](long double x) { return exact_mod(-3, x); });
}
void sigmoids(line& table) {
    table("tanh", 1.8, 1.9, [](auto x) { return lanes::tanh(x); }, [](long double x) { return std::tanh(x); });
    table("sigmoid", 1.8, 1.8, [](auto x) { return lanes::sigmoid(x); }, sigmoid);
    table("softplus", 1.9, 1.9, [](auto x) { return lanes::softplus(x); }, softplus);
    table("logcosh", 3, 3, [](auto x) { return lanes::log_cosh(x); }, exact_log_cosh);
    table("tanh_shrink", 6, 6, [](auto x) { return lanes::tanh_shrink(x); }, exact_tanh_shrink);
}
void error_functions(line& table) {
    table("erf", 1.3, 1.3, [](auto x) { return lanes::erf(x); }, [](long double x) { return std::erf(x); });
    table("erfc", 6, 8, [](auto x) { return lanes::erfc(x); }, [](long double x) { return std::erfc(x); });
    table("ndtr", 6, 8, [](auto x) { return lanes::ndtr(x); }, exact_ndtr);
    table("gaussian", 1.5, 1.5, [](auto x) { return lanes::gaussian(x); }, exact_gaussian);
}

} // namespace

int main(int count, char** words) {
    line table{count > 1 && std::string_view(words[1]) == "--long"};
    std::cout << "| function | float: ulp at | double: ulp at |\n|---|---|---|\n";
    roots_and_powers(table);
    exponentials(table);
    arcs(table);
    bases_and_remainders(table);
    sigmoids(table);
    error_functions(table);
    return table.right ? 0 : 1;
}
