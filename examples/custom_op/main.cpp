// SPDX-License-Identifier: BSL-1.0

// An op of one's own: log cosh, a loss that is square near 0 and |x| far away. See docs/how_to/add_an_op.md.
#include <ctgrad/ctgrad.hpp>

#include <array>
#include <cmath>
#include <cstdlib>
#include <iomanip>
#include <iostream>

namespace ct = ctgrad;

namespace mine {

// The op is a name, a formula and its derivative.
struct log_cosh_op : ct::elementwise_op<1> {
    static constexpr std::string_view name = "log_cosh";
    static constexpr ct::domain accepts = ct::domain::floating;

    // |x| + ln(1 + e^(-2|x|)) - ln 2 does not overflow. `x` is a number or a vector of them.
    static constexpr auto evaluate(auto x) {
        using value = decltype(x);
        const auto size = ct::simd::abs(x);
        return size + ct::simd::softplus(value(-2) * size) - value(0.69314718055994531);
    }
    static constexpr ct::ref derivative(const auto& at) { return at.dy * ct::tanh(at.x()); }

    // An identity, read from left to right where programs are simplified.
    static constexpr ct::ref of_negative(const ct::pending& at) {
        return ct::is_op<ct::negative_op>(*at.x()->op) ? ct::apply<log_cosh_op>(at.x().input(0)) : ct::ref{};
    }
    static constexpr ct::rewrite rewrites[] = {ct::rewrite_of<log_cosh_op>("log_cosh(-x) = log_cosh(x)", of_negative)};
};

/// What expressions use: `mine::log_cosh(x)`.
inline constexpr ct::op_function<log_cosh_op> log_cosh{};

// One of an op of the library, for this program.
constexpr ct::ref tanh_of_negative(const ct::pending& at) {
    return ct::is_op<ct::negative_op>(*at.x()->op) ? -ct::tanh(at.x().input(0)) : ct::ref{};
}
constexpr ct::rewrite more[] = {ct::rewrite_of<ct::tanh_op>("tanh(-x) = -tanh(x)", tanh_of_negative)};

} // namespace mine

template <>
inline constexpr ct::rewrite_list ctgrad::program_rewrites<>{mine::more};

// A line through points, fitted by the mean of log cosh of the errors.
constexpr auto N = ct::dim<"N">;
constexpr auto x = ct::placeholder<"x", double, N>;
constexpr auto y = ct::placeholder<"y", double, N>;
constexpr auto slope = ct::variable<"slope", double>;
constexpr auto loss = ct::reduce_mean(mine::log_cosh(slope * x - y));
constexpr auto dslope = ct::gradient(loss, slope)[slope];

constexpr std::array inputs{-1.0, 0.5, 2.0, 3.0};
constexpr std::array targets{-2.5, 1.0, 900.0, 5.0}; // one of them far out

constexpr double value_at(double a) { return ct::evaluate(loss, slope = a, x = inputs, y = targets)[0]; }
constexpr double gradient_at(double a) { return ct::evaluate(dslope, slope = a, x = inputs, y = targets)[0]; }

// The far point pulls with slope 1 and no more: the op does not overflow there.
static_assert(value_at(2.0) > 220.0 && value_at(2.0) < 230.0);
static_assert(gradient_at(2.0) < 0.0 && gradient_at(2.0) > -2.0);

int main() {
    std::cout << to_string(dslope) << '\n' << std::setprecision(10);
    const double step = 1e-5;
    for (const double a : {-1.0, 0.5, 2.0}) {
        const double measured = (value_at(a + step) - value_at(a - step)) / (2 * step);
        std::cout << "slope " << std::setw(4) << a << "   gradient " << gradient_at(a) << "   by differences " << measured << '\n';
        if (std::abs(gradient_at(a) - measured) > 1e-6) return EXIT_FAILURE;
    }
    std::cout << '\n' << ct::explain_rewrites(mine::log_cosh(ct::tanh(-x)));
    return EXIT_SUCCESS;
}
