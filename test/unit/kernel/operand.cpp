// SPDX-License-Identifier: BSL-1.0
#include <ctgrad/kernel/contraction/operand.hpp>

#include <ctgrad/ctgrad.hpp>

#include <boost/test/unit_test.hpp>

#include <cmath>
#include <string>
#include <vector>

namespace ct = ctgrad;
using namespace ct::literals;

namespace {

constexpr auto B = ct::dim<"B">;

/// As many parts as the library asks for, one after the other.
struct in_parts {
    int concurrency() const { return 3; }
    void run(int parts, const auto& work) const {
        for (int p = 0; p < parts; ++p) work(p);
    }
};

std::vector<float> some(std::size_t count, int seed) {
    std::vector<float> x(count);
    for (std::size_t i = 0; i < count; ++i) x[i] = static_cast<float>((static_cast<int>(i) * 37 + seed * 11) % 23 - 11) / 11;
    return x;
}

void equal(const std::vector<float>& made, const auto& expected) {
    BOOST_REQUIRE(made.size() == static_cast<std::size_t>(expected.size()));
    for (std::size_t i = 0; i < made.size(); ++i) {
        const double e = static_cast<double>(expected[static_cast<int>(i)]);
        BOOST_TEST(std::abs(static_cast<double>(made[i]) - e) <= 1e-4 * (1 + std::abs(e)));
    }
}

/// One matrix for each of the leading axes: the product, its gradients and a derivative of a gradient.
template <int T, int In, int Out, bool InParts = false, class... Leading>
void check(std::size_t batch, std::size_t more, Leading... leading) {
    constexpr auto x = ct::placeholder<"x", float, B, Leading::value..., T, In>;
    constexpr auto y = ct::placeholder<"y", float, B, Leading::value..., T, Out>;
    constexpr auto W = ct::variable<"W", float, In, Out>;
    (static_cast<void>(leading), ...);
    constexpr auto product = ct::matmul(x, W);
    constexpr auto loss = ct::reduce_sum(product * y);
    constexpr auto slopes = ct::gradient(loss, W, x);
    constexpr auto second = ct::gradient(ct::reduce_sum(ct::square(slopes[W])), x, y);
    if (T > 1) BOOST_TEST(ct::to_string(slopes[W]).find("sum_of_outer_products") != std::string::npos);

    const std::size_t rows = batch * more * T, in = In, out = Out;
    const auto xs = some(rows * in, 1), ys = some(rows * out, 2), ws = some(in * out, 3);
    std::vector<float> made(rows * out), dw(in * out), dx(rows * in), ddx(rows * in), ddy(rows * out);
    constexpr ct::function f{product, slopes[W], slopes[x], second[x], second[y]};
    f(x = xs, y = ys, W = ws, product = made, slopes[W] = dw, slopes[x] = dx, second[x] = ddx, second[y] = ddy);

    std::vector<double> expected(in * out);
    for (std::size_t r = 0; r < rows; ++r)
        for (std::size_t i = 0; i < in; ++i)
            for (std::size_t o = 0; o < out; ++o)
                expected[i * out + o] += static_cast<double>(xs[r * in + i]) * static_cast<double>(ys[r * out + o]);
    for (std::size_t i = 0; i < expected.size(); ++i)
        BOOST_TEST(std::abs(static_cast<double>(dw[i]) - expected[i]) <= 1e-4 * (1 + std::abs(expected[i])));
    const std::vector<double> wide_x(xs.begin(), xs.end()), wide_y(ys.begin(), ys.end()), wide_w(ws.begin(), ws.end());
    equal(made, ct::evaluate(product, x = wide_x, W = wide_w));
    equal(dw, ct::evaluate(slopes[W], x = wide_x, y = wide_y));
    equal(dx, ct::evaluate(slopes[x], y = wide_y, W = wide_w));
    equal(ddx, ct::evaluate(second[x], x = wide_x, y = wide_y));
    equal(ddy, ct::evaluate(second[y], x = wide_x, y = wide_y));

    if constexpr (InParts) {
        const auto alone = made, dw_alone = dw;
        f(in_parts{}, x = xs, y = ys, W = ws, product = made, slopes[W] = dw, slopes[x] = dx, second[x] = ddx, second[y] = ddy);
        BOOST_TEST(made == alone);
        BOOST_TEST(dw == dw_alone);
    }
}

template <std::int64_t Size>
using extent = std::integral_constant<std::int64_t, Size>;

} // namespace

BOOST_AUTO_TEST_SUITE(kernel_leading_axes)

BOOST_AUTO_TEST_CASE(one_matrix_for_all_of_them) {
    check<3, 4, 5, true>(2, 1);
    check<1, 20, 10>(7, 1);
    check<9, 17, 1>(5, 1);
    check<40, 100, 70, true>(5, 1); // enough to be split
    check<2, 6, 4>(3, 5, extent<5>{});
}

BOOST_AUTO_TEST_CASE(a_matrix_for_each_stays_a_product_for_each) {
    constexpr auto x = ct::placeholder<"x", float, B, 3, 4>;
    constexpr auto V = ct::placeholder<"V", float, B, 4, 2>;
    constexpr auto product = ct::matmul(x, V);
    const auto xs = some(5 * 12, 1), vs = some(5 * 8, 2);
    std::vector<float> made(5 * 6);
    constexpr ct::function f{product};
    f(x = xs, V = vs, product = made);
    equal(made, ct::evaluate(product, x = std::vector<double>(xs.begin(), xs.end()), V = std::vector<double>(vs.begin(), vs.end())));
}

BOOST_AUTO_TEST_SUITE_END()
