// SPDX-License-Identifier: BSL-1.0

// A robot arm of six joints reaches for a point: the tool's position is a function of the angles, its Jacobian [3,6] says where a small
// turn of each joint moves it. Damped least squares ask for the smallest turns (Nakamura and Hanafusa, 1986).
#include <ctgrad/ctgrad.hpp>

#include <Eigen/Cholesky>

#include <array>
#include <cstdio>

namespace ct = ctgrad;
using namespace ct::literals;

constexpr auto joints = ct::variable<"joints", double, 6>;
template <int I>
constexpr auto angle = ct::slice(joints, ct::begin<I>, ct::size<1>);

// A turning base, three joints that bend in one plane, and a wrist that bends sideways; the last joint turns the tool and moves nothing.
constexpr auto bend1 = angle<1>;
constexpr auto bend2 = bend1 + angle<2>;
constexpr auto bend3 = bend2 + angle<3>;
constexpr auto reach = 0.5_c * ct::cos(bend1) + 0.4_c * ct::cos(bend2) + 0.2_c * ct::cos(bend3) * ct::cos(angle<4>);
constexpr auto height = 0.3_c + 0.5_c * ct::sin(bend1) + 0.4_c * ct::sin(bend2) + 0.2_c * ct::sin(bend3) * ct::cos(angle<4>);
constexpr auto aside = 0.2_c * ct::sin(angle<4>);
constexpr auto tool = ct::concat(ct::axis<0>, ct::cos(angle<0>) * reach - ct::sin(angle<0>) * aside,
                                 ct::sin(angle<0>) * reach + ct::cos(angle<0>) * aside, height);
constexpr auto jacobian = ct::jacobian(tool, joints)[joints];
static_assert(jacobian.shape() == ct::shape(3, 6));
static_assert(ct::sparsity(jacobian).nnz == 2 * 5 + 4); // the height does not depend on the base, nothing on the last joint

int main() {
    using rows = Eigen::Matrix<double, 3, 6, Eigen::RowMajor>;
    const Eigen::Vector3d wanted(0.3, 0.5, 0.7);
    Eigen::Matrix<double, 6, 1> at;
    at << 0.1, 0.4, 0.3, -0.2, 0.1, 0;
    Eigen::Vector3d position;
    rows J;
    constexpr ct::function f{tool, jacobian};
    for (int step = 0; step < 50; ++step) {
        f(joints = at, tool = position, jacobian = J);
        const Eigen::Vector3d left = wanted - position;
        if (step < 3) std::printf("step %d: %.4f m to go\n", step, left.norm());
        if (left.norm() < 1e-12) break;
        const Eigen::Matrix3d normal = J * J.transpose() + 0.05 * left.norm() * Eigen::Matrix3d::Identity();
        at += J.transpose() * normal.ldlt().solve(left);
    }
    std::printf("tool at %.4f %.4f %.4f\n", position[0], position[1], position[2]);
    std::printf("joints %.4f %.4f %.4f %.4f %.4f %.4f\n", at[0], at[1], at[2], at[3], at[4], at[5]);
}
