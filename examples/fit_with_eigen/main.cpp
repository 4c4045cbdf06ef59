// SPDX-License-Identifier: BSL-1.0

// Solvers of one's own with Eigen's factorizations: Newton's method for a likelihood, Levenberg-Marquardt for a growth curve (NIST's
// Rat43), written out and from Eigen's unsupported modules.

#include "../rat43.hpp"

#include <ctgrad/ctgrad.hpp>
#include <ctgrad/interop/eigen.hpp>
#include <ctgrad/interop/objective.hpp>
#include <ctgrad/interop/residuals.hpp>

#include <Eigen/Cholesky>

#include <array>
#include <cstdio>

namespace ct = ctgrad;
using namespace ct::literals;

constexpr auto N = ct::dim<"N">;
constexpr auto x = ct::placeholder<"x", double, N>;
constexpr auto y = ct::placeholder<"y", double, N>;

/// The parameters at which the loss is least: full steps of Newton, halved as long as the loss does not fall.
template <class F>
Eigen::VectorXd newton(const F& loss, Eigen::VectorXd at) {
    const Eigen::Index n = at.size();
    Eigen::VectorXd gradient(n);
    Eigen::MatrixXd hessian(n, n); // symmetric: by rows as by columns
    for (int step = 0; step < 50; ++step) {
        const double value = loss(at.data(), gradient.data(), hessian.data());
        if (gradient.norm() < 1e-10) break;
        const Eigen::VectorXd direction = hessian.ldlt().solve(-gradient);
        double part = 1;
        Eigen::VectorXd next = at + direction;
        while (!(loss(next.data()) <= value) && part > 1e-10) {
            part /= 2;
            next = at + part * direction;
        }
        at = next;
    }
    return at;
}

/// The parameters at which the sum of squares is least: steps of Gauss and Newton, damped where they do not help.
template <class R>
Eigen::VectorXd least_squares(const R& residuals, Eigen::VectorXd at) {
    using rows = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
    Eigen::VectorXd r(residuals.count()), tried(residuals.count());
    rows J(residuals.count(), at.size());
    double damping = 1e-3;
    residuals(at.data(), r.data(), J.data());
    for (int step = 0; step < 500; ++step) {
        Eigen::MatrixXd normal = J.transpose() * J;
        normal.diagonal() *= 1 + damping;
        const Eigen::VectorXd next = at - normal.ldlt().solve(J.transpose() * r);
        residuals(next.data(), tried.data());
        if (tried.squaredNorm() < r.squaredNorm()) {
            const bool done = r.squaredNorm() - tried.squaredNorm() < 1e-14 * r.squaredNorm();
            at = next;
            residuals(at.data(), r.data(), J.data());
            damping /= 10;
            if (done) break;
        } else if ((damping *= 10) > 1e10)
            break;
    }
    return at;
}

void print(const char* name, const Eigen::VectorXd& b) {
    std::printf("%s:", name);
    for (const double each : b) std::printf(" %.6f", each);
    std::printf("\n");
}

namespace likelihood {

// Whether students passed, by their hours of study.
constexpr auto slope = ct::variable<"slope", double>;
constexpr auto intercept = ct::variable<"intercept", double>;
constexpr auto logits = slope * x + intercept;
constexpr auto loss = ct::reduce_sum(ct::softplus(logits) - y * logits);

} // namespace likelihood

namespace growth {

constexpr auto b = ct::variable<"b", double, 4>;
template <int I>
constexpr auto b_at = ct::squeeze(ct::slice(b, ct::begin<I>, ct::size<1>), ct::axis<0>);
constexpr auto errors = y - b_at<0> / ct::pow(1_c + ct::exp(b_at<1> - b_at<2> * x), 1_c / b_at<3>);

} // namespace growth

int main() {
    const std::array hours{0.50, 0.75, 1.00, 1.25, 1.50, 1.75, 1.75, 2.00, 2.25, 2.50,
                           2.75, 3.00, 3.25, 3.50, 4.00, 4.25, 4.50, 4.75, 5.00, 5.50};
    const std::array<double, 20> passed{0, 0, 0, 0, 0, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 1, 1, 1, 1, 1};
    using likelihood::slope, likelihood::intercept;
    const ct::objective f{likelihood::loss, ct::packed{slope, intercept}, x = hours, y = passed};
    print("Newton, slope and intercept", newton(f, Eigen::Vector2d::Zero()));

    const ct::residuals r{growth::errors, ct::packed{growth::b}, x = rat43::times, y = rat43::weights};
    print("Levenberg-Marquardt, growth", least_squares(r, Eigen::Vector4d(rat43::near.data())));

    ct::eigen_residuals functor(r);
    Eigen::LevenbergMarquardt solver(functor);
    Eigen::VectorXd b = Eigen::Vector4d(rat43::near.data());
    solver.setXtol(1e-12);
    solver.setFtol(1e-14);
    solver.minimize(b);
    print("Eigen's Levenberg-Marquardt", b);
}
