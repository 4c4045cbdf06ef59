// SPDX-License-Identifier: BSL-1.0
#include <ctgrad/ctgrad.hpp>

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <cmath>
#include <thread>
#include <vector>

namespace ct = ctgrad;
using namespace ct::literals;

namespace {

constexpr auto N = ct::dim<"N">;
constexpr auto M = ct::dim<"M">;

/// Runs parts on threads, the last one first.
struct threads {
    int count;
    int* parts_seen;

    int concurrency() const { return count; }
    template <class Work>
    void run(int parts, const Work& work) const {
        *parts_seen = std::max(*parts_seen, parts);
        std::vector<std::thread> running;
        for (int t = 0; t < count; ++t)
            running.emplace_back([&, t] {
                for (int p = parts - 1 - t; p >= 0; p -= count) work(p);
            });
        for (std::thread& each : running) each.join();
    }
};
static_assert(ct::executor<threads> && ct::executor<ct::serial> && !ct::executor<int>);

std::vector<float> numbers(std::size_t count, float scale = 1) {
    std::vector<float> v(count);
    for (std::size_t i = 0; i < count; ++i) v[i] = scale * static_cast<float>(std::sin(static_cast<double>(i) * 0.7));
    return v;
}

template <class T>
bool equal(const T& a, const T& b) {
    if constexpr (std::is_arithmetic_v<T>)
        return a == b;
    else
        return std::equal(a.begin(), a.end(), b.begin(), b.end());
}
double distance(float a, float b) { return std::abs(static_cast<double>(a) - static_cast<double>(b)); }
template <class T>
double distance(const T& a, const T& b) {
    double apart = 0;
    for (std::size_t i = 0; i < a.size(); ++i) apart = std::max(apart, distance(a[i], b[i]));
    return apart;
}

/// The value is the same to the bit on any number of threads, near that of a call without executor, and made in parts.
template <class E, class... B>
void check(E expression, double tolerance, B... data) {
    const ct::function f{expression};
    const auto plain = f(data...);
    const auto expected = f(ct::serial{}, data...);
    BOOST_TEST(distance(plain, expected) <= tolerance);
    for (int count : {1, 2, 3, 16}) {
        int parts = 0;
        BOOST_TEST(equal(f(data..., threads{count, &parts}), expected));
        if (count > 1) BOOST_TEST(parts > 1);
    }
}

} // namespace

BOOST_AUTO_TEST_SUITE(runtime)

BOOST_AUTO_TEST_CASE(loops_are_split_by_elements_and_rows) {
    constexpr auto x = ct::placeholder<"x", float, N>;
    const auto data = numbers(300'001);
    check(ct::tanh(x) * 2_c + 1_c, 0, x = data);
    check(ct::reduce_sum(ct::square(ct::tanh(x))), 0.05, x = data);

    constexpr auto z = ct::placeholder<"z", float, N, 10>;
    const auto rows = numbers(300'010);
    check(ct::softmax(z), 0, z = rows);
    check(ct::reduce_sum(ct::softmax(z), ct::axis<0>), 0.05, z = rows);
    constexpr auto v = ct::placeholder<"v", float, N, M>;
    check(ct::reduce_max(ct::exp(-ct::square(v)), ct::axis<1>), 0, v = ct::view(rows.data(), 10000, 30));
}

BOOST_AUTO_TEST_CASE(products_are_split_by_rows_and_columns) {
    constexpr auto tall = ct::placeholder<"tall", float, N, 64>;
    constexpr auto wide = ct::placeholder<"wide", float, 64, M>;
    const auto a = numbers(400 * 64), b = numbers(64 * 300);
    check(ct::matmul(tall, wide), 0, tall = a, wide = b);
    check(ct::matmul(wide, tall, ct::transpose_a, ct::transpose_b), 0, tall = a, wide = b);
    constexpr auto narrow = ct::placeholder<"narrow", float, 64, 10>;
    check(ct::matmul(tall, narrow), 0, tall = numbers(6000 * 64), narrow = numbers(640));
}

BOOST_AUTO_TEST_CASE(loops_behind_products_are_split_with_them) {
    constexpr auto x = ct::placeholder<"x", float, N, 64>;
    constexpr auto wide = ct::variable<"wide", float, 64, 300>;
    constexpr auto narrow = ct::variable<"narrow", float, 64, 10>;
    const auto a = numbers(6007 * 64), w = numbers(64 * 300, 0.1f), v = numbers(640, 0.1f);
    constexpr auto activations = ct::relu(ct::matmul(x, wide));
    check(activations, 0, x = a, wide = w);
    check(ct::reduce_sum(activations, ct::axis<0>), 0.2, x = a, wide = w); // in memory, split by columns
    check(ct::reduce_mean(ct::square(activations)), 1e-4, x = a, wide = w);
    constexpr auto shares = ct::softmax(ct::matmul(x, narrow));
    check(shares, 0, x = a, narrow = v);
    check(ct::reduce_sum(shares, ct::axis<0>), 0.01, x = a, narrow = v);
}

BOOST_AUTO_TEST_CASE(a_step_of_training_is_the_same_on_any_number_of_threads) {
    constexpr auto x = ct::placeholder<"x", float, N, 100>;
    constexpr auto y = ct::placeholder<"y", float, N, 10>;
    constexpr auto W1 = ct::variable<"W1", float, 100, 200>;
    constexpr auto b1 = ct::variable<"b1", float, 200>;
    constexpr auto W2 = ct::variable<"W2", float, 200, 10>;
    constexpr auto logits = ct::matmul(ct::relu(ct::matmul(x, W1) + b1), W2);
    constexpr auto loss = ct::reduce_mean(ct::softmax_cross_entropy_with_logits(ct::labels = y, ct::logits = logits));
    constexpr auto step = ct::minimize(loss, ct::gradient_descent(0.1_c));
    const auto images = numbers(1000 * 100), labels = std::vector<float>(10'000, 0.1f);

    auto train = [&](auto on) {
        ct::trainer trained{step, W1 = numbers(20'000, 0.1f), W2 = numbers(2000, 0.1f)};
        auto bound = trained.bind(on, x = images, y = labels);
        static_assert(noexcept(bound()));
        for (int i = 0; i < 3; ++i) bound();
        return std::vector<float>(trained[W1].begin(), trained[W1].end());
    };
    int parts = 0;
    const auto expected = train(ct::serial{});
    BOOST_TEST((train(threads{2, &parts}) == expected));
    BOOST_TEST((train(threads{5, &parts}) == expected));
    BOOST_TEST(parts > 1);
}

BOOST_AUTO_TEST_SUITE_END()
