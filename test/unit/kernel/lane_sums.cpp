// SPDX-License-Identifier: BSL-1.0
#include <ctgrad/ctgrad.hpp>

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <cmath>
#include <vector>

namespace ct = ctgrad;
using namespace ct::literals;

namespace {

constexpr auto N = ct::dim<"N">;

double draw(std::size_t i) { return std::sin(static_cast<double>(i) * 1.7); }
template <class T>
std::vector<T> drawn(std::size_t count, std::size_t from) {
    std::vector<T> x(count);
    for (std::size_t i = 0; i < count; ++i) x[i] = static_cast<T>(draw(from + i));
    return x;
}
template <class T>
void compare(const auto& found, const std::vector<double>& expected) {
    const double tolerance = sizeof(T) == 4 ? 1e-5 : 1e-13;
    bool equal = true;
    for (std::size_t i = 0; i < expected.size(); ++i)
        equal = equal && std::abs(static_cast<double>(found[i]) - expected[i]) <= tolerance * (1 + std::abs(expected[i]));
    BOOST_TEST(equal);
}

template <class... E>
using computing = ct::program<ct::detail::make_outputs<std::remove_const_t<E>...>, sizeof...(E)>;
template <class P>
int lanes_in(int axis) {
    int loops = 0;
    [&]<int... S>(std::integer_sequence<int, S...>) {
        ((loops += P::template loop<S>.rank == 3 && P::template loop<S>.lane_axis == axis), ...);
    }(std::make_integer_sequence<int, P::plan.kernel_count>{});
    return loops;
}

/// z [K,N,D] or [N,K,D], with a factor of each row, one of each column, and all kinds of sums.
template <class T, int K, int D, bool RowsFirst>
void check(std::size_t n) {
    constexpr std::size_t k = K, d = D;
    constexpr auto z = [] {
        if constexpr (RowsFirst)
            return ct::placeholder<"z", T, N, K, D>;
        else
            return ct::placeholder<"z", T, K, N, D>;
    }();
    constexpr auto w = [] {
        if constexpr (RowsFirst)
            return ct::placeholder<"w", T, N, K>;
        else
            return ct::placeholder<"w", T, K, N>;
    }();
    constexpr auto b = ct::placeholder<"b", T, D>;
    constexpr auto e = ct::exp(z) * ct::expand_dims(w, ct::axis<2>) + b;
    constexpr auto rows = ct::reduce_sum(ct::square(e), ct::axis<2>);
    constexpr auto largest = ct::reduce_max(rows, ct::axis<(RowsFirst ? 1 : 0)>);
    constexpr auto sums = ct::reduce_sum(e, ct::axis<(RowsFirst ? 0 : 1)>);
    constexpr auto weights = ct::reduce_sum(rows * w, ct::axis<(RowsFirst ? 0 : 1)>);
    constexpr auto total = ct::reduce_sum(e);
    using P = computing<decltype(rows), decltype(largest), decltype(sums), decltype(weights), decltype(total), decltype(e)>;
    if (ct::simd::native_lanes<T> > 1 && D % ct::simd::native_lanes<T> != 0) BOOST_TEST(lanes_in<P>(RowsFirst ? 0 : 1) == 1);

    const std::vector<T> z_ = drawn<T>(k * n * d, 0), w_ = drawn<T>(k * n, 5000), b_ = drawn<T>(d, 9000);
    const auto [found_rows, found_largest, found_sums, found_weights, found_total, found] =
        ct::function{rows, largest, sums, weights, total, e}(z = z_, w = w_, b = b_);
    std::vector<double> rows_(k * n), largest_(n, -INFINITY), sums_(k * d), weights_(k), all(k * n * d);
    double total_ = 0;
    for (std::size_t i = 0; i < k; ++i)
        for (std::size_t j = 0; j < n; ++j) {
            const std::size_t row = RowsFirst ? j * k + i : i * n + j;
            for (std::size_t c = 0; c < d; ++c) {
                const double x = std::exp(static_cast<double>(z_[row * d + c])) * static_cast<double>(w_[row]) + static_cast<double>(b_[c]);
                all[row * d + c] = x;
                rows_[row] += x * x;
                sums_[i * d + c] += x;
                total_ += x;
            }
            largest_[j] = std::max(largest_[j], rows_[row]);
            weights_[i] += rows_[row] * static_cast<double>(w_[row]);
        }
    compare<T>(found_rows, rows_);
    compare<T>(found_largest, largest_);
    compare<T>(found_sums, sums_);
    compare<T>(found_weights, weights_);
    compare<T>(found, all);
    BOOST_TEST(std::abs(static_cast<double>(found_total) - total_) < (sizeof(T) == 4 ? 1e-3 : 1e-10));
}

/// Several passes over rows of a tensor of three axes.
template <class T, int K, bool RowsFirst>
void check_softmax(std::size_t n) {
    constexpr auto z = [] {
        if constexpr (RowsFirst)
            return ct::placeholder<"z", T, N, K, 5>;
        else
            return ct::placeholder<"z", T, K, N, 5>;
    }();
    constexpr auto shares = ct::softmax(z);
    constexpr auto sums = ct::reduce_sum(ct::square(shares), ct::axis<(RowsFirst ? 0 : 1)>);
    const std::vector<T> z_ = drawn<T>(K * n * 5, 0);
    const auto [found, found_sums] = ct::function{shares, sums}(z = z_);
    std::vector<double> all(K * n * 5), sums_(K * 5);
    for (std::size_t row = 0; row < K * n; ++row) {
        double sum = 0;
        for (std::size_t c = 0; c < 5; ++c) sum += all[row * 5 + c] = std::exp(static_cast<double>(z_[row * 5 + c]));
        for (std::size_t c = 0; c < 5; ++c) {
            const double share = all[row * 5 + c] /= sum;
            sums_[(RowsFirst ? row % K : row / n) * 5 + c] += share * share;
        }
    }
    compare<T>(found, all);
    compare<T>(found_sums, sums_);
}

} // namespace

BOOST_AUTO_TEST_SUITE(kernel)

BOOST_AUTO_TEST_CASE(loops_of_three_axes_have_rows_in_lanes) {
    for (std::size_t n : {1u, 7u, 8u, 33u, 700u}) { // 700: sums have blocks
        check<double, 3, 2, false>(n);
        check<double, 5, 3, true>(n);
        check<float, 3, 5, true>(n);
        check<float, 2, 13, false>(n);
    }
}

BOOST_AUTO_TEST_CASE(rows_of_three_axes_are_passed_over_several_times) {
    for (std::size_t n : {1u, 9u, 40u}) {
        check_softmax<double, 3, false>(n);
        check_softmax<float, 4, true>(n);
    }
}

BOOST_AUTO_TEST_CASE(long_sums_of_lanes_are_exact) {
    constexpr auto z = ct::placeholder<"z", float, 2, N, 3>;
    constexpr auto sums = ct::reduce_sum(ct::square(z), ct::axis<1>);
    constexpr std::size_t n = 200'000;
    const std::vector<float> z_(6 * n, 0.3f);
    for (const float sum : ct::function{sums}(z = z_))
        BOOST_TEST(std::abs(static_cast<double>(sum) / (0.3f * 0.3f * double{n}) - 1) < 1e-6);
}

BOOST_AUTO_TEST_CASE(a_turned_tensor_is_read_with_its_long_axis_in_lanes) {
    constexpr auto x = ct::placeholder<"x", double, N, 3>;
    constexpr auto m = ct::placeholder<"m", double, 4, 3>;
    constexpr auto apart = ct::broadcast_to(ct::transpose(x), ct::dims<4, 3, N>) - ct::expand_dims(m, ct::axis<2>); // [4,3,N]
    constexpr auto squares = ct::reduce_sum(ct::square(apart), ct::axis<1>);                                        // [4,N]
    for (const std::size_t n : {1u, 8u, 21u}) {
        const std::vector<double> x_ = drawn<double>(3 * n, 0), m_ = drawn<double>(12, 100);
        const auto [found, found_squares] = ct::function{apart, squares}(x = x_, m = m_);
        std::vector<double> all(12 * n), squares_(4 * n);
        for (std::size_t k = 0; k < 4; ++k)
            for (std::size_t c = 0; c < 3; ++c)
                for (std::size_t i = 0; i < n; ++i) {
                    all[(k * 3 + c) * n + i] = x_[i * 3 + c] - m_[k * 3 + c];
                    squares_[k * n + i] += all[(k * 3 + c) * n + i] * all[(k * 3 + c) * n + i];
                }
        compare<double>(found, all);
        compare<double>(found_squares, squares_);
    }
}

/// Values between loops and products, with their rows adjacent.
BOOST_AUTO_TEST_CASE(products_read_values_whose_rows_are_adjacent) {
    constexpr auto x = ct::placeholder<"x", double, N, 3>;
    constexpr auto m = ct::placeholder<"m", double, 2, 3>;
    constexpr auto q = ct::placeholder<"q", double, 2, 3, 3>;
    constexpr auto apart = ct::tanh(ct::broadcast_to(x, ct::dims<2, N, 3>) - ct::expand_dims(m, ct::axis<1>)); // [2,N,3]
    constexpr auto value = ct::reduce_sum(ct::square(ct::matmul(apart, q)));
    constexpr auto slope = ct::gradient(value, q, m);
    for (const std::size_t n : {1u, 9u, 70u}) {
        const std::vector<double> x_ = drawn<double>(3 * n, 0), m_ = drawn<double>(6, 100);
        std::vector<double> q_ = drawn<double>(18, 200);
        const auto [found, dq, dm] = ct::function{value, slope[q], slope[m]}(x = x_, m = m_, q = q_);
        double expected = 0;
        std::vector<double> dq_(18), dm_(6);
        for (std::size_t k = 0; k < 2; ++k)
            for (std::size_t i = 0; i < n; ++i) {
                double t[3], y[3] = {};
                for (std::size_t c = 0; c < 3; ++c) t[c] = std::tanh(x_[i * 3 + c] - m_[k * 3 + c]);
                for (std::size_t c = 0; c < 3; ++c)
                    for (std::size_t j = 0; j < 3; ++j) y[j] += t[c] * q_[(k * 3 + c) * 3 + j];
                for (std::size_t j = 0; j < 3; ++j) expected += y[j] * y[j];
                for (std::size_t c = 0; c < 3; ++c)
                    for (std::size_t j = 0; j < 3; ++j) {
                        dq_[(k * 3 + c) * 3 + j] += 2 * y[j] * t[c];
                        dm_[k * 3 + c] -= 2 * y[j] * q_[(k * 3 + c) * 3 + j] * (1 - t[c] * t[c]);
                    }
            }
        BOOST_TEST(std::abs(found / expected - 1) < 1e-12);
        compare<double>(dq, dq_);
        compare<double>(dm, dm_);
    }
}

BOOST_AUTO_TEST_SUITE_END()
