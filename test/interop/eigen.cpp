// SPDX-License-Identifier: BSL-1.0
#include <ctgrad/interop/eigen.hpp>
//
#include <ctgrad/interop/objective.hpp>
#include <ctgrad/interop/residuals.hpp>

#include "../../examples/rat43.hpp"
#include "growth.hpp"

#include <Eigen/Cholesky>
#include <boost/test/unit_test.hpp>

#include <type_traits>

namespace ct = ctgrad;
using namespace ct::literals;
using boost::test_tools::tolerance;

BOOST_AUTO_TEST_SUITE(interop_eigen)

BOOST_AUTO_TEST_CASE(jacobian_by_columns_is_differences) {
    const ct::residuals r{growth::errors, ct::packed{growth::b}, growth::x = rat43::times, growth::y = rat43::weights};
    ct::eigen_residuals functor(r);
    BOOST_TEST((functor.inputs() == 4 && functor.values() == 15));
    const Eigen::VectorXd at = Eigen::Vector4d(rat43::near.data());
    Eigen::MatrixXd jacobian(15, 4);
    BOOST_TEST(functor.df(at, jacobian) == 0);
    for (Eigen::Index j = 0; j < 4; ++j) {
        const double h = 1e-6 * at[j];
        Eigen::VectorXd above(15), below(15), moved = at;
        moved[j] = at[j] + h;
        functor(moved, above);
        moved[j] = at[j] - h;
        functor(moved, below);
        const Eigen::VectorXd difference = (above - below) / (2 * h);
        BOOST_TEST((difference - jacobian.col(j)).norm() <= 1e-7 * difference.norm());
    }
}

BOOST_AUTO_TEST_CASE(levenberg_marquardt_finds_rat43) {
    const ct::residuals r{growth::errors, ct::packed{growth::b}, growth::x = rat43::times, growth::y = rat43::weights};
    ct::eigen_residuals functor(r);
    Eigen::LevenbergMarquardt solver(functor);
    solver.setXtol(1e-14);
    solver.setFtol(1e-14);
    Eigen::VectorXd b = Eigen::Vector4d(rat43::near.data());
    solver.minimize(b);
    BOOST_TEST(solver.fvec().squaredNorm() == rat43::certified_squares, tolerance(1e-9));
    for (std::size_t i = 0; i < 4; ++i) BOOST_TEST(b[static_cast<Eigen::Index>(i)] == rat43::certified[i], tolerance(1e-7));
}

BOOST_AUTO_TEST_CASE(a_step_of_newton_ends_where_a_quadratic_is_least) {
    constexpr auto q = ct::variable<"q", double, 3>;
    constexpr auto A = ct::placeholder<"A", double, 5, 3>;
    constexpr auto c = ct::placeholder<"c", double, 5>;
    constexpr auto misses = ct::reduce_sum(A * q, ct::axis<1>) - c;
    Eigen::Matrix<double, 5, 3, Eigen::RowMajor> a;
    a << 1, 2, 0, -1, 1, 3, 0, 2, 1, 2, -1, 1, 1, 0, -2;
    const Eigen::Vector<double, 5> wanted(1, -2, 0.5, 3, 1);
    const ct::objective f{ct::reduce_sum(ct::square(misses)), ct::packed{q}, A = a, c = wanted};
    Eigen::Vector3d x(0.3, -1, 2), slope;
    Eigen::Matrix3d second;
    const double value = f(x.data(), slope.data(), second.data());
    BOOST_TEST(value == (a * x - wanted).squaredNorm(), tolerance(1e-14));
    BOOST_TEST((slope - 2 * a.transpose() * (a * x - wanted)).norm() < 1e-12);
    BOOST_TEST((second - 2 * a.transpose() * a).norm() < 1e-12);
    x -= second.llt().solve(slope);
    BOOST_TEST((x - (a.transpose() * a).llt().solve(a.transpose() * wanted)).norm() < 1e-12);
}

BOOST_AUTO_TEST_CASE(what_ends_with_the_line_is_not_referred_to) {
    using line = decltype(ct::residuals(growth::b_at<0> * growth::x - growth::y, ct::packed{growth::b}, growth::x = rat43::times,
                                        growth::y = rat43::weights));
    static_assert(std::is_constructible_v<ct::eigen_residuals<line>, const line&>);
    static_assert(!std::is_constructible_v<ct::eigen_residuals<line>, line&&>);
}

BOOST_AUTO_TEST_SUITE_END()
