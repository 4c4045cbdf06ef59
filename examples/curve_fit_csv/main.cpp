// SPDX-License-Identifier: BSL-1.0

// A curve through the points of a CSV file: parameters, their standard errors, and the curve's uncertainty at a new point. J^T J and J^T r
// come from one loop over the points; no Jacobian is stored.
#include <ctgrad/ctgrad.hpp>
#include <ctgrad/io/csv.hpp>

#include <Eigen/Cholesky>
#include <Eigen/LU>

#include <cmath>
#include <cstdio>
#include <vector>

namespace ct = ctgrad;
using namespace ct::literals;

constexpr auto N = ct::dim<"N">;
constexpr auto t = ct::placeholder<"t", double, N>;
constexpr auto y = ct::placeholder<"y", double, N>;
constexpr auto q = ct::variable<"q", double, 3>;
template <int I>
constexpr auto parameter = ct::squeeze(ct::slice(q, ct::begin<I>, ct::size<1>), ct::axis<0>);
constexpr auto curve = parameter<0> * ct::exp(-parameter<1> * t) + parameter<2>;
constexpr auto residuals = curve - y;
constexpr auto squares = ct::reduce_sum(ct::square(residuals));
constexpr auto normal = ct::gauss_newton(residuals, q);
constexpr auto slopes = ct::jacobian(curve, q)[q]; // [N,3]

int main(int, char** arguments) {
    const ct::csv::table<double> file = ct::csv::read<double>(arguments[1], {.columns = {"seconds", "celsius"}});
    const auto count = static_cast<std::size_t>(file.values.extent(0));
    std::vector<double> times(count), values(count);
    for (std::size_t i = 0; i < count; ++i) times[i] = file.values.data()[2 * i], values[i] = file.values.data()[2 * i + 1];

    Eigen::Vector3d at(50, 0.01, 30), gradient;
    Eigen::Matrix<double, 3, 3, Eigen::RowMajor> matrix;
    double sum = 0, damping = 1e-3;
    const auto squares_at = [&](const Eigen::Vector3d& where) { return ct::function{squares}(t = times, y = values, q = where); };
    sum = squares_at(at);
    for (int step = 0; step < 100; ++step) {
        ct::function{normal.matrix, normal.vector}(t = times, y = values, q = at, normal.matrix = matrix, normal.vector = gradient);
        Eigen::Matrix3d damped = matrix;
        damped.diagonal() *= 1 + damping;
        const Eigen::Vector3d next = at - damped.ldlt().solve(gradient);
        const double sum_there = squares_at(next);
        const bool better = sum_there <= sum, done = std::abs(sum - sum_there) < 1e-12 * sum;
        damping *= better ? 0.2 : 5;
        if (better) at = next, sum = sum_there;
        if (done) break;
    }
    const double variance = sum / static_cast<double>(count - 3);
    const Eigen::Matrix3d covariance = variance * matrix.inverse();
    std::printf("%zu points, %.4f left of each\n", count, std::sqrt(variance));
    const char* const names[] = {"falls by", "a second", "ends at"};
    for (int i = 0; i < 3; ++i) std::printf("%s %.4f +- %.4f\n", names[i], at[i], std::sqrt(covariance(i, i)));
    const std::vector<double> later{300};
    const auto [value, by_q] = ct::function{curve, slopes}(t = later, q = at);
    const Eigen::Map<const Eigen::Vector3d> slope(by_q.data());
    std::printf("after 300 seconds %.3f +- %.3f\n", value[0], std::sqrt(slope.dot(covariance * slope)));
}
