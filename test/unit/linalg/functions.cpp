// SPDX-License-Identifier: BSL-1.0

#include <ctgrad/ctgrad.hpp>
#include <ctgrad/linalg.hpp>

#include <boost/test/unit_test.hpp>

#include <array>
#include <cmath>
#include <limits>
#include <string>
#include <vector>

// What the functions of matrices do beside computing: constant evaluation, leading axes of one operand, vectors, refusals at run time.

namespace ct = ctgrad;
using namespace ct::literals;

namespace {

constexpr auto N = ct::dim<"N">;
constexpr auto w = ct::variable<"w", double, 2, 2>;
constexpr auto b = ct::placeholder<"b", double, 2>;
constexpr auto batch = ct::placeholder<"batch", double, N, 2, 2>;

constexpr bool is_near(double x, double y) { return x - y < 1e-14 && y - x < 1e-14; }

template <class Call>
std::string error_of(Call call) {
    try {
        call();
    } catch (const ct::error& e) {
        return e.what();
    }
    return "";
}

} // namespace

BOOST_AUTO_TEST_SUITE(linalg)

BOOST_AUTO_TEST_CASE(constants_are_evaluated) {
    constexpr std::array positive{4.0, 2.0, 2.0, 5.0};
    static_assert([&] {
        const auto l = ct::evaluate(ct::cholesky(w), w = positive);
        return l[0] == 2 && l[1] == 0 && l[2] == 1 && l[3] == 2;
    }());
    static_assert(is_near(ct::evaluate(ct::det(w), w = positive)[0], 16));
    static_assert(is_near(ct::evaluate(ct::slogdet(w).log_abs_det, w = positive)[0], 2.772588722239781));
    static_assert(ct::evaluate(ct::trace(w), w = positive)[0] == 9);
    static_assert([&] { // of log det a, a^-T
        const auto slope = ct::evaluate(ct::gradient(ct::slogdet(w).log_abs_det, w)[w], w = positive);
        return is_near(slope[0], 5.0 / 16) && is_near(slope[1], -0.125) && is_near(slope[2], -0.125) && is_near(slope[3], 0.25);
    }());
    static_assert([&] {
        const auto x = ct::evaluate(ct::solve(w, b), w = positive, b = std::array{8.0, 12.0});
        return is_near(x[0], 1) && is_near(x[1], 2) && x.size() == 2;
    }());
    static_assert(ct::evaluate(ct::jvp(ct::trace(ct::inverse(w)), w = 2_c * w), w = positive)[0] < 0);
}

BOOST_AUTO_TEST_CASE(shapes_are_those_of_the_operands) {
    static_assert(ct::solve(w, b).shape() == ct::shape(2));
    static_assert(ct::solve(w, batch).shape() == ct::shape(N, 2, 2));
    static_assert(ct::triangular_solve(batch, w).shape() == ct::shape(N, 2, 2));
    static_assert(ct::det(batch).shape() == ct::shape(N));
    static_assert(ct::diag(b).shape() == ct::shape(2, 2));
    static_assert(ct::diag_part(batch).shape() == ct::shape(N, 2));
}

BOOST_AUTO_TEST_CASE(one_matrix_serves_a_batch_and_a_batch_one_matrix) {
    const std::vector<double> one{4, 1, -2, 3}, three{1, 2, 3, 4, 5, 6, 7, 8, 9, 1, 2, 3};
    const ct::function f{ct::solve(w, batch), ct::solve(batch, w), ct::triangular_solve(w, batch, ct::upper_triangle),
                         ct::gradient(ct::reduce_sum(ct::solve(w, batch)), w)[w]};
    const auto [shared, own, upper, slope] = f(w = one, batch = three);
    for (std::size_t i = 0; i < 3; ++i) {
        const double* const r = &three[4 * i];
        for (std::size_t k = 0; k < 2; ++k) {
            const double x0 = (3 * r[k] - r[2 + k]) / 14, x1 = (2 * r[k] + 4 * r[2 + k]) / 14;
            BOOST_TEST(shared.data()[4 * i + k] == x0, boost::test_tools::tolerance(1e-13));
            BOOST_TEST(shared.data()[4 * i + 2 + k] == x1, boost::test_tools::tolerance(1e-13));
            const double det = r[0] * r[3] - r[1] * r[2];
            BOOST_TEST(own.data()[4 * i + k] == (r[3] * one[k] - r[1] * one[2 + k]) / det, boost::test_tools::tolerance(1e-12));
            BOOST_TEST(upper.data()[4 * i + 2 + k] == r[2 + k] / 3, boost::test_tools::tolerance(1e-13));
        }
    }
    const double h = 1e-6;
    for (std::size_t i = 0; i < 4; ++i) {
        double sums[2]{};
        for (const int side : {0, 1}) {
            std::vector<double> moved = one;
            moved[i] += side == 0 ? -h : h;
            const auto x = std::get<0>(f(w = moved, batch = three));
            for (std::size_t k = 0; k < 12; ++k) sums[side] += x.data()[k];
        }
        BOOST_TEST(slope.data()[i] == (sums[1] - sums[0]) / (2 * h), boost::test_tools::tolerance(1e-6));
    }
}

BOOST_AUTO_TEST_CASE(diagonals_are_taken_of_any_size_and_dtype) {
    constexpr auto named = ct::placeholder<"named", double, N, N>;
    constexpr auto whole = ct::placeholder<"whole", std::int32_t, 2, 2>;
    constexpr auto large = ct::placeholder<"large", double, 70, 70>;
    std::vector<double> numbers(4900);
    for (std::size_t i = 0; i < numbers.size(); ++i) numbers[i] = static_cast<double>(i);
    const auto of_large = ct::function{ct::diag_part(large)}(large = numbers);
    BOOST_TEST(of_large.size() == 70U);
    for (std::size_t i = 0; i < 70; ++i) BOOST_TEST(of_large.data()[i] == numbers[71 * i]);
    numbers.resize(9);
    const auto of_named = ct::function{ct::diag_part(named)}(named = ct::view(numbers.data(), 3, 3));
    for (std::size_t i = 0; i < 3; ++i) BOOST_TEST(of_named.data()[i] == numbers[4 * i]);
    const auto of_whole = ct::function{ct::diag_part(whole)}(whole = std::array{1, 2, 3, 4});
    BOOST_TEST(of_whole.data()[1] == 4);
}

// The figures count what factors cost, and an executor changes nothing.
BOOST_AUTO_TEST_CASE(factors_are_counted_and_made_by_executors) {
    const ct::function f{ct::cholesky(batch)};
    static_assert(ct::figures(ct::function{ct::cholesky(batch)}, N = 10).flops == 10 * (8 / 3 + 4));
    std::vector<double> eleven;
    for (int i = 0; i < 11; ++i) eleven.insert(eleven.end(), {2.0 + i, 1, 1, 2});
    const auto alone = f(batch = eleven), divided = f(ct::serial{}, batch = eleven);
    for (std::size_t i = 0; i < 44; ++i) BOOST_TEST(alone.data()[i] == divided.data()[i]);
}

BOOST_AUTO_TEST_CASE(diagonals_are_taken_and_made_though_the_rest_is_not_finite) {
    const double inf = std::numeric_limits<double>::infinity();
    const ct::function f{ct::diag_part(w), ct::trace(w), ct::diag(b), ct::gradient(ct::trace(w * w), w)[w]};
    const auto [diagonal, sum, made, slope] = f(w = std::array{1.0, inf, -inf, 3.0}, b = std::array{5.0, 7.0});
    BOOST_TEST(diagonal.data()[0] == 1);
    BOOST_TEST(diagonal.data()[1] == 3);
    BOOST_TEST(sum == 4);
    for (std::size_t i = 0; i < 4; ++i) BOOST_TEST(made.data()[i] == (std::array{5.0, 0.0, 0.0, 7.0})[i]);
    for (std::size_t i = 0; i < 4; ++i) BOOST_TEST(slope.data()[i] == (std::array{2.0, 0.0, 0.0, 6.0})[i]);
}

BOOST_AUTO_TEST_CASE(a_matrix_without_result_is_refused_and_named) {
    const ct::function factors{ct::cholesky(batch)};
    const ct::function solutions{ct::inverse(batch)};
    std::vector<double> eleven;
    for (int i = 0; i < 11; ++i) eleven.insert(eleven.end(), {2, 1, 1, i == 9 ? 0.25 : 2});
    BOOST_TEST(error_of([&] { factors(batch = eleven); }) == "ctgrad: 'cholesky': matrix 9 of the batch is not positive definite");
    eleven[4 * 9 + 3] = 0.5;
    BOOST_TEST(error_of([&] { solutions(batch = eleven); }) == "ctgrad: 'solve': matrix 9 of the batch is singular");
    eleven[4 * 9 + 3] = std::numeric_limits<double>::quiet_NaN();
    BOOST_TEST(error_of([&] { factors(batch = eleven); }) == "ctgrad: 'cholesky': matrix 9 of the batch is not positive definite");
    BOOST_TEST(error_of([&] { solutions(batch = eleven); }) == "ctgrad: 'solve': matrix 9 of the batch is singular");
    eleven[4 * 9 + 3] = 2;
    BOOST_TEST(error_of([&] { factors(batch = eleven); }) == "");
    // What a singular matrix does have.
    const ct::function known{ct::det(w), ct::slogdet(w).sign, ct::slogdet(w).log_abs_det};
    const auto [det, sign, logarithm] = known(w = std::array{1.0, 2.0, 2.0, 4.0});
    BOOST_TEST(det == 0);
    BOOST_TEST(sign == 0);
    BOOST_TEST(logarithm == -std::numeric_limits<double>::infinity());
    BOOST_TEST(error_of([&] { static_cast<void>(ct::evaluate(ct::cholesky(w), w = std::array{1.0, 2.0, 2.0, 4.0})); }) ==
               "ctgrad: 'cholesky': a matrix is not positive definite");
}

// A step that throws has changed nothing, whatever else it does.
BOOST_AUTO_TEST_CASE(a_step_that_throws_leaves_variables_as_they_were) {
    constexpr auto scale = ct::variable<"scale", double>;
    constexpr auto shift = ct::variable<"shift", double, 2>;
    constexpr auto loss =
        ct::reduce_sum(ct::square(shift)) + ct::square(scale) * ct::reduce_sum(ct::log(ct::diag_part(ct::cholesky(batch))));
    ct::trainer train{ct::minimize(loss, ct::gradient_descent(0.25_c)), scale = ct::ones(), shift = std::array{1.0, 2.0}};
    BOOST_TEST(error_of([&] { train(batch = std::array{1.0, 2.0, 2.0, 1.0}); }) != "");
    BOOST_TEST(train[scale][0] == 1);
    BOOST_TEST(train[shift][0] == 1);
    BOOST_TEST(train[shift][1] == 2);
    const std::array indefinite{1.0, 2.0, 2.0, 1.0};
    auto bound = train.bind(batch = indefinite);
    static_assert(!noexcept(bound()));
    BOOST_TEST(error_of([&] { bound(); }) != "");
    BOOST_TEST(train[shift][1] == 2);
    train(batch = std::array{1.0, 0.5, 0.5, 1.0});
    BOOST_TEST(train[shift][1] == 1);
    BOOST_TEST(train[scale][0] != 1);
}

// Leading axes are examples of their own: the gradient of each is that of its own loss.
BOOST_AUTO_TEST_CASE(examples_have_gradients_of_their_own) {
    constexpr auto losses = ct::slogdet(batch + ct::expand_dims(w, ct::axis<0>)).log_abs_det;
    const ct::function f{ct::per_example_gradient(losses, w)[w]};
    const std::vector<double> one{4, 1, -2, 3}, two{1, 0, 0, 1, 2, 1, 0, 2};
    const auto each = f(w = one, batch = two);
    for (std::size_t i = 0; i < 2; ++i) {
        double m[4];
        for (std::size_t k = 0; k < 4; ++k) m[k] = one[k] + two[4 * i + k];
        const double det = m[0] * m[3] - m[1] * m[2];
        const double expected[] = {m[3] / det, -m[2] / det, -m[1] / det, m[0] / det};
        for (std::size_t k = 0; k < 4; ++k) BOOST_TEST(each.data()[4 * i + k] == expected[k], boost::test_tools::tolerance(1e-12));
    }
    constexpr auto solved = ct::reduce_sum(ct::solve(w, batch), ct::axis<1, 2>); // one matrix for all
    const ct::function g{ct::per_example_gradient(solved, w)[w], ct::gradient(ct::reduce_sum(solved), w)[w]};
    const auto [apart, sum] = g(w = one, batch = two);
    for (std::size_t k = 0; k < 4; ++k)
        BOOST_TEST(apart.data()[k] + apart.data()[4 + k] == sum.data()[k], boost::test_tools::tolerance(1e-12));
}

BOOST_AUTO_TEST_SUITE_END()
