// SPDX-License-Identifier: BSL-1.0

#include <ctgrad/transform/sparsity.hpp>

#include <ctgrad/ctgrad.hpp>

#include <boost/test/unit_test.hpp>

#include <array>
#include <cmath>
#include <cstddef>
#include <vector>

namespace ct = ctgrad;
using namespace ct::literals;

namespace {

constexpr int n = 100'000;
constexpr auto q = ct::variable<"q", double, n>;
template <int From, int Count = n - 2>
constexpr auto part = ct::slice(q, ct::begin<From>, ct::size<Count>);

constexpr auto N = ct::dim<"N">;
constexpr auto camera = ct::placeholder<"camera", double, N, 4>;
constexpr auto place = ct::placeholder<"place", double, N, 2>;
template <int I>
constexpr auto c = ct::slice(camera, ct::begin<0, I>, ct::size<-1, 1>);
template <int I>
constexpr auto p = ct::slice(place, ct::begin<0, I>, ct::size<-1, 1>);

std::vector<double> numbers(std::size_t count) {
    std::vector<double> out(count);
    for (std::size_t i = 0; i < count; ++i) out[i] = std::sin(1.0 + 3.0 * static_cast<double>(i));
    return out;
}
const auto point = numbers(n);
double at(int i) { return point[static_cast<std::size_t>(i)]; }

/// Checks element k against `expected(row, column)`.
void check_elements(const auto& pattern, const auto& found, auto expected) {
    BOOST_REQUIRE(static_cast<int>(found.size()) == pattern.nnz);
    int wrong = 0;
    for (int k = 0; k < pattern.nnz; ++k) {
        const double wanted = expected(pattern.row_of(k), pattern.column_of(k));
        wrong += std::abs(found.data()[k] - wanted) <= 1e-12 * (1 + std::abs(wanted)) ? 0 : 1;
    }
    BOOST_TEST(wrong == 0);
}

} // namespace

BOOST_AUTO_TEST_SUITE(transform_large_sparsity)

BOOST_AUTO_TEST_CASE(the_hessian_of_a_long_chain_has_three_diagonals) {
    constexpr auto chain =
        ct::reduce_sum(100_c * ct::square(part<1, n - 1> - ct::square(part<0, n - 1>)) + ct::square(1_c - part<0, n - 1>));
    constexpr auto pattern = ct::hessian_sparsity(chain, q);
    static_assert(pattern.nnz == 3 * n - 2 && pattern.diagonals == 3 && pattern.offset[0] == -1);
    static_assert(pattern.row_of(5) == 6 && pattern.column_of(5) == 5 && pattern.row_of(n - 1) == 0 && pattern.column_of(n - 1) == 0);
    constexpr ct::function f{ct::sparse_hessian(chain, q)[q]};
    static_assert(ct::has_sparse_hessian<decltype(chain), decltype(q)>);
    static_assert(!ct::has_sparse_hessian<decltype(ct::square(ct::reduce_sum(q))), decltype(q)>);
    static_assert(ct::has_sparse_jacobian<decltype(ct::exp(q)), decltype(q)>);
    static_assert(ct::figures(f).bytes_read < 2 * 8 * n); // one loop
    static_assert(ct::figures(f).flops < 10 * n && ct::figures(f).workspace_bytes == 0);
    check_elements(pattern, f(q = point), [](int i, int j) {
        if (i != j) return -400 * at(i < j ? i : j);
        return (i + 1 < n ? 1200 * at(i) * at(i) - 400 * at(i + 1) + 2 : 0.0) + (i > 0 ? 200 : 0);
    });
}

// y[i] = q[i] sin(q[i + 2]) - q[i + 1], its end replaced by q[0]: the last row has an element that is no neighbour.
BOOST_AUTO_TEST_CASE(a_long_jacobian_has_a_diagonal_for_each_distance) {
    constexpr auto y =
        ct::concat(ct::axis<0>, part<0> * ct::sin(part<2>) - part<1>, ct::where(part<0, 1> > 0_c, part<0, 1>, 2_c * part<0, 1>));
    constexpr auto pattern = ct::jacobian_sparsity(y, q);
    static_assert(pattern.rows == n - 1 && pattern.columns == n && pattern.diagonals == 4);
    static_assert(pattern.offset[0] == 2 - n && pattern.nnz == 1 + 2 * (n - 1) + (n - 2));
    check_elements(pattern, ct::function{ct::sparse_jacobian(y, q)[q]}(q = point), [](int i, int j) {
        if (i == n - 2) return j == 0 ? (at(0) > 0 ? 1.0 : 2.0) : 0.0;
        return j == i ? std::sin(at(i + 2)) : j == i + 1 ? -1 : at(i) * std::cos(at(i + 2));
    });
}

// The square root has an infinite derivative at 0; where it is not asked for, zeros stay 0.
BOOST_AUTO_TEST_CASE(zeros_beside_a_diagonal_are_meant) {
    constexpr auto r = ct::variable<"r", double, 100>;
    constexpr auto doubled = ct::gradient(ct::reduce_sum(ct::square(ct::slice(r, ct::begin<1>, ct::size<99>))), r)[r]; // 0, 2 r[1], ...
    constexpr auto y = ct::sqrt(doubled);
    constexpr auto pattern = ct::jacobian_sparsity(y, r);
    static_assert(pattern.nnz == 100);
    const std::vector<double> eights(100, 8.0);
    check_elements(pattern, ct::function{ct::sparse_jacobian(y, r)[r]}(r = eights), [](int i, int) { return i == 0 ? 0 : 0.25; });
}

// What an observation sees of its camera (turned by an angle, moved, scaled) and its point: both in rows of their own.
BOOST_AUTO_TEST_CASE(a_batch_has_the_pattern_of_an_example) {
    constexpr auto seen = ct::concat(ct::axis<1>, ct::cos(c<0>) * p<0> - ct::sin(c<0>) * p<1> + c<1>, c<3> * p<1> + c<2>);
    constexpr auto by_camera = ct::jacobian_sparsity(seen, camera);
    static_assert(by_camera.rows == 2 && by_camera.columns == 4 && by_camera.nnz == 4); // by angle, place; by place, scale
    static_assert(by_camera.column_of(0) == 0 && by_camera.column_of(1) == 1 && by_camera.column_of(3) == 3 && by_camera.row_of(2) == 1);
    constexpr auto by_place = ct::jacobian_sparsity(seen, place);
    static_assert(by_place.nnz == 3 && by_place.column_of(2) == 1);
    constexpr auto elements = ct::sparse_jacobian(seen, camera, place);
    static_assert(elements[camera].shape() == ct::shape(N, 4) && elements[place].shape() == ct::shape(N, 3));
    constexpr ct::function f{elements[camera], elements[place]};
    const auto cameras = numbers(12), places = numbers(6);
    const auto [of_camera, of_place] = f(camera = cameras, place = places);
    for (std::size_t i = 0; i < 3; ++i) {
        const double angle = cameras[4 * i], x = places[2 * i], y = places[2 * i + 1];
        const std::array expected{
            -std::sin(angle) * x - std::cos(angle) * y, 1.0, 1.0, y, std::cos(angle), -std::sin(angle), cameras[4 * i + 3]};
        for (std::size_t k = 0; k < 7; ++k)
            BOOST_TEST(std::abs((k < 4 ? of_camera.data()[4 * i + k] : of_place.data()[3 * i + k - 4]) - expected[k]) < 1e-14);
    }
}

// The flow of each of E edges by the pressures at its ends; and of a total of E terms the Hessian, a block for each.
BOOST_AUTO_TEST_CASE(a_network_and_a_sum_of_independent_terms_have_blocks) {
    constexpr auto E = ct::dim<"E">;
    constexpr auto ends = ct::placeholder<"ends", double, E, 3>;
    constexpr auto from = ct::slice(ends, ct::begin<0, 0>, ct::size<-1, 1>);
    constexpr auto to = ct::slice(ends, ct::begin<0, 1>, ct::size<-1, 1>);
    constexpr auto flow = ct::squeeze(ct::tanh(from - to), ct::axis<1>);
    static_assert(ct::jacobian_sparsity(flow, ends).nnz == 2);
    constexpr auto total = ct::reduce_sum(ct::square(from) * to);
    constexpr auto pattern = ct::hessian_sparsity(total, ends);
    static_assert(pattern.rows == 3 && pattern.nnz == 3);
    constexpr auto second = ct::sparse_hessian(total, ends)[ends];
    static_assert(second.shape() == ct::shape(E, 3));
    const std::vector<double> data{1, 2, 0, 3, 4, 0};
    const auto found = ct::function{second}(ends = data);
    const std::array expected{4.0, 2.0, 2.0, 8.0, 6.0, 6.0}; // 2 to, 2 from, 2 from
    for (std::size_t k = 0; k < 6; ++k) BOOST_TEST(found.data()[k] == expected[k]);
}

BOOST_AUTO_TEST_SUITE_END()
