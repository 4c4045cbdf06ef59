// SPDX-License-Identifier: BSL-1.0

// Cameras and points from what the cameras see of the points, a small problem in the text format of BAL (Agarwal, Snavely, Seitz, Szeliski,
// Bundle Adjustment in the Large, 2010; grail.cs.washington.edu/projects/bal). Residuals and Jacobian blocks of all observations are two
// calls (one would be more than Clang computes in a constant expression); the points are eliminated (Schur complement), so that the linear
// system is that of the cameras.
#include <ctgrad/ctgrad.hpp>

#include <Eigen/Cholesky>
#include <Eigen/LU>

#include <cmath>
#include <cstddef>
#include <cstdio>
#include <fstream>
#include <vector>

namespace ct = ctgrad;
using namespace ct::literals;

constexpr auto N = ct::dim<"N">;
constexpr auto camera = ct::placeholder<"camera", double, N, 9>; // of each observation: turn, move, focal length, two distortions
constexpr auto point = ct::placeholder<"point", double, N, 3>;
constexpr auto seen = ct::placeholder<"seen", double, N, 2>;
template <int I>
constexpr auto c = ct::slice(camera, ct::begin<0, I>, ct::size<-1, 1>);
template <int I>
constexpr auto p = ct::slice(point, ct::begin<0, I>, ct::size<-1, 1>);

// The point turned about an axis by an angle (Rodrigues), then moved, then seen.
constexpr auto angle = ct::sqrt(c<0> * c<0> + c<1> * c<1> + c<2> * c<2>);
constexpr auto cosine = ct::cos(angle);
constexpr auto sine_over = ct::sin(angle) / angle;
constexpr auto along = (1_c - cosine) * (c<0> * p<0> + c<1> * p<1> + c<2> * p<2>) / ct::square(angle);
constexpr auto x = p<0> * cosine + (c<1> * p<2> - c<2> * p<1>)*sine_over + c<0> * along + c<3>;
constexpr auto y = p<1> * cosine + (c<2> * p<0> - c<0> * p<2>)*sine_over + c<1> * along + c<4>;
constexpr auto z = p<2> * cosine + (c<0> * p<1> - c<1> * p<0>)*sine_over + c<2> * along + c<5>;
constexpr auto distance = ct::square(x / z) + ct::square(y / z);
constexpr auto scale = -c<6> * (1_c + distance * (c<7> + c<8> * distance)) / z;
constexpr auto residuals = ct::concat(ct::axis<1>, scale* x, scale* y) - seen;
constexpr auto by_camera = ct::batch_jacobian(residuals, camera)[camera]; // [N,2,9]
constexpr auto by_point = ct::batch_jacobian(residuals, point)[point];    // [N,2,3]

struct problem {
    std::size_t cameras = 0, points = 0, observations = 0;
    std::vector<std::size_t> camera_of, point_of;
    std::vector<double> seen, all_cameras, all_points;

    explicit problem(const char* path) {
        std::ifstream file(path);
        file >> cameras >> points >> observations;
        camera_of.resize(observations), point_of.resize(observations), seen.resize(2 * observations);
        for (std::size_t i = 0; i < observations; ++i) file >> camera_of[i] >> point_of[i] >> seen[2 * i] >> seen[2 * i + 1];
        all_cameras.resize(9 * cameras), all_points.resize(3 * points);
        for (double& each : all_cameras) file >> each;
        for (double& each : all_points) file >> each;
    }
};

/// The rows of `table` that observations want.
std::vector<double> rows(const std::vector<double>& table, const std::vector<std::size_t>& wanted, std::size_t width) {
    std::vector<double> out;
    for (const std::size_t row : wanted)
        for (std::size_t k = 0; k < width; ++k) out.push_back(table[row * width + k]);
    return out;
}

double squares(const problem& of, const std::vector<double>& cameras, const std::vector<double>& points) {
    constexpr auto total = ct::reduce_sum(ct::square(residuals));
    return ct::function{total}(camera = rows(cameras, of.camera_of, 9), point = rows(points, of.point_of, 3), seen = of.seen);
}

int main(int, char** arguments) {
    problem of(arguments[1]);
    std::printf("%zu cameras, %zu points, %zu observations\n", of.cameras, of.points, of.observations);
    const auto size = static_cast<Eigen::Index>(9 * of.cameras);
    double sum = squares(of, of.all_cameras, of.all_points), damping = 1e-4;
    const auto pixels = [&] { return std::sqrt(sum / static_cast<double>(of.observations)); };
    std::printf("at the start %.4f pixels off\n", pixels());
    for (int step = 0; step < 60; ++step) {
        const auto cameras_seen = rows(of.all_cameras, of.camera_of, 9), points_seen = rows(of.all_points, of.point_of, 3);
        const auto [r, of_camera] = ct::function{residuals, by_camera}(camera = cameras_seen, point = points_seen, seen = of.seen);
        const auto of_point = ct::function{by_point}(camera = cameras_seen, point = points_seen);
        using block_c = Eigen::Matrix<double, 2, 9, Eigen::RowMajor>;
        using block_p = Eigen::Matrix<double, 2, 3, Eigen::RowMajor>;
        Eigen::MatrixXd U = Eigen::MatrixXd::Zero(size, size);
        Eigen::VectorXd right = Eigen::VectorXd::Zero(size);
        std::vector<Eigen::Matrix3d> V(of.points, Eigen::Matrix3d::Zero());
        std::vector<Eigen::Vector3d> g(of.points, Eigen::Vector3d::Zero());
        std::vector<Eigen::MatrixXd> W(of.points, Eigen::MatrixXd::Zero(size, 3));
        for (std::size_t i = 0; i < of.observations; ++i) {
            const Eigen::Map<const block_c> C(of_camera.data() + 18 * i);
            const Eigen::Map<const block_p> P(of_point.data() + 6 * i);
            const Eigen::Map<const Eigen::Vector2d> e(r.data() + 2 * i);
            const auto at = static_cast<Eigen::Index>(9 * of.camera_of[i]);
            U.block<9, 9>(at, at) += C.transpose() * C;
            right.segment<9>(at) += C.transpose() * e;
            V[of.point_of[i]] += P.transpose() * P;
            g[of.point_of[i]] += P.transpose() * e;
            W[of.point_of[i]].middleRows<9>(at) += C.transpose() * P;
        }
        U.diagonal() *= 1 + damping;
        for (std::size_t j = 0; j < of.points; ++j) {
            V[j].diagonal() *= 1 + damping;
            const Eigen::MatrixXd half = W[j] * V[j].inverse();
            U -= half * W[j].transpose();
            right -= half * g[j];
        }
        const Eigen::VectorXd moved = U.ldlt().solve(-right);
        std::vector<double> cameras = of.all_cameras, points = of.all_points;
        for (std::size_t k = 0; k < cameras.size(); ++k) cameras[k] += moved[static_cast<Eigen::Index>(k)];
        for (std::size_t j = 0; j < of.points; ++j) {
            const Eigen::Vector3d by = -V[j].inverse() * (g[j] + W[j].transpose() * moved);
            for (std::size_t k = 0; k < 3; ++k) points[3 * j + k] += by[static_cast<Eigen::Index>(k)];
        }
        const double there = squares(of, cameras, points);
        const bool better = there < sum, done = std::abs(sum - there) < 1e-10 * sum;
        damping *= better ? 0.2 : 5;
        if (better) of.all_cameras = cameras, of.all_points = points, sum = there;
        if (done) break;
    }
    std::printf("at the end %.4f pixels off\n", pixels());
}
