// SPDX-License-Identifier: BSL-1.0

#include <ctgrad/ctgrad.hpp>
#include <ctgrad/linalg.hpp>

#include <boost/test/unit_test.hpp>

#define EIGEN_DONT_VECTORIZE // GCC 12 warns of its own header where Eigen does
#include <Eigen/Dense>

#include <cmath>
#include <random>
#include <vector>

// The functions of matrices, values and gradients, against Eigen: of sizes that lie in lanes and of larger ones, for numbers of matrices
// that fill lanes, that do not, and none.

namespace ct = ctgrad;
using namespace ct::literals;

namespace {

constexpr auto N = ct::dim<"N">;

using matrix = Eigen::MatrixXd; // one type, since Eigen takes long to compile for each

template <class T>
class batch {
public:
    batch(int count, int rows, int columns) : rows_(rows), columns_(columns), data_(static_cast<std::size_t>(count * rows * columns)) {
        for (T& x : data_) x = std::uniform_real_distribution<T>(-1, 1)(random);
    }
    batch(const ct::tensor<T>& made, int rows, int columns)
        : rows_(rows), columns_(columns), data_(made.data(), made.data() + made.size()) {}

    matrix operator[](int item) const {
        matrix m(rows_, columns_);
        for (int i = 0; i < rows_; ++i)
            for (int j = 0; j < columns_; ++j) m(i, j) = static_cast<double>(data_[place(item, i, j)]);
        return m;
    }
    void set(int item, const matrix& m) {
        for (int i = 0; i < rows_; ++i)
            for (int j = 0; j < columns_; ++j) data_[place(item, i, j)] = static_cast<T>(m(i, j));
    }
    const std::vector<T>& data() const { return data_; }

private:
    std::size_t place(int item, int i, int j) const { return static_cast<std::size_t>((item * rows_ + i) * columns_ + j); }

    static inline std::mt19937 random{7};
    int rows_, columns_;
    std::vector<T> data_;
};

void check_close(const matrix& found, const matrix& expected, double epsilon, const char* what, int item) {
    const double most = 2e4 * epsilon * (1 + expected.norm());
    BOOST_TEST((found - expected).norm() <= most, what << " of matrix " << item << ": " << found << " is not " << expected);
}
template <class T>
void check_close(const batch<T>& found, int item, const matrix& expected, const char* what) {
    check_close(found[item], expected, static_cast<double>(std::numeric_limits<T>::epsilon()), what, item);
}
template <class T>
void check_close(const T& found, int item, double expected, const char* what) {
    check_close(matrix::Constant(1, 1, static_cast<double>(found)), matrix::Constant(1, 1, expected),
                static_cast<double>(std::numeric_limits<T>::epsilon()), what, item);
}

matrix unit(int rows, int columns) { return matrix::Identity(rows, columns); }

struct positive_reference {
    matrix factor, solved, slope;
    positive_reference(const matrix& a, const matrix& b) {
        const Eigen::LLT<matrix> llt(a);
        factor = llt.matrixL();
        solved = llt.solve(b);
        slope = 0.5 * (llt.solve(unit(static_cast<int>(a.rows()), static_cast<int>(a.rows()))) - solved * solved.transpose());
    }
};

/// Factors of positive definite matrices, and systems with them: the gradient of b^T a^-1 b / 2 + log |a| / 2.
template <class T, int Size>
void check_positive_definite(int count) {
    const auto a = ct::placeholder<"a", T, N, Size, Size>;
    const auto b = ct::placeholder<"b", T, N, Size, 2>;
    const auto l = ct::cholesky(a);
    const auto x = ct::cholesky_solve(l, b);
    const auto loss = 0.5_c * ct::reduce_sum(b * x) + ct::reduce_sum(ct::log(ct::diag_part(l)));
    const auto g = ct::gradient(loss, a, b);
    const ct::function f{l, x, g[a], g[b]};
    batch<T> as(count, Size, Size), bs(count, Size, 2);
    for (int i = 0; i < count; ++i) as.set(i, as[i] * as[i].transpose() + unit(Size, Size));
    const auto [ls, xs, das, dbs] = f(a = as.data(), b = bs.data());
    batch<T> factors(ls, Size, Size), solutions(xs, Size, 2), of_a(das, Size, Size), of_b(dbs, Size, 2);
    for (int i = 0; i < count; ++i) {
        const positive_reference expected(as[i], bs[i]);
        check_close(factors, i, expected.factor, "cholesky");
        check_close(solutions, i, expected.solved, "cholesky_solve");
        check_close(of_b, i, expected.solved, "gradient to b");
        check_close(of_a, i, expected.slope, "gradient to a");
    }
}

struct square_reference {
    matrix inverse, solved, adjoint, slope;
    double det;
    square_reference(const matrix& a, const matrix& b, const matrix& c) {
        const Eigen::PartialPivLU<matrix> lu(a);
        inverse = lu.inverse();
        det = lu.determinant();
        solved = inverse * c;
        adjoint = inverse.transpose() * b;
        slope = (1 + det) * inverse.transpose() - adjoint * solved.transpose();
    }
};

/// Systems and determinants: the gradient of b^T a^-1 c + log |det a| + det a.
template <class T, int Size>
void check_square(int count) {
    const auto a = ct::placeholder<"a", T, N, Size, Size>;
    const auto b = ct::placeholder<"b", T, N, Size, 1>;
    const auto c = ct::placeholder<"c", T, N, Size, 1>;
    const auto x = ct::solve(a, c);
    const auto turned = ct::solve(a, b, ct::transpose_a);
    const auto [sign, logarithm] = ct::slogdet(a);
    const auto loss = ct::reduce_sum(b * x) + ct::reduce_sum(logarithm) + ct::reduce_sum(ct::det(a));
    const auto g = ct::gradient(loss, a, b, c);
    const ct::function f{x, turned, ct::inverse(a), sign, logarithm, ct::det(a), g[a], g[b], g[c]};
    batch<T> as(count, Size, Size), bs(count, Size, 1), cs(count, Size, 1);
    for (int i = 0; i < count; ++i) as.set(i, as[i] + unit(Size, Size).rowwise().reverse()); // pivots are not where they stand
    const auto [xs, ts, is, signs, logarithms, dets, das, dbs, dcs] = f(a = as.data(), b = bs.data(), c = cs.data());
    batch<T> solutions(xs, Size, 1), others(ts, Size, 1), inverses(is, Size, Size), of_a(das, Size, Size), of_b(dbs, Size, 1),
        of_c(dcs, Size, 1);
    for (int i = 0; i < count; ++i) {
        const square_reference expected(as[i], bs[i], cs[i]);
        check_close(solutions, i, expected.solved, "solve");
        check_close(others, i, expected.adjoint, "solve transpose_a");
        check_close(inverses, i, expected.inverse, "inverse");
        BOOST_TEST(signs.data()[i] == (expected.det > 0 ? T(1) : T(-1)));
        check_close(logarithms.data()[i], i, std::log(std::abs(expected.det)), "logarithm");
        check_close(dets.data()[i], i, expected.det, "det");
        check_close(of_a, i, expected.slope, "gradient to a");
        check_close(of_b, i, expected.solved, "gradient to b");
        check_close(of_c, i, expected.adjoint, "gradient to c");
    }
}

struct tall_reference {
    matrix q, r, solved, slope_a, slope_b;
    tall_reference(const matrix& a, const matrix& b) {
        const int rows = static_cast<int>(a.rows()), columns = static_cast<int>(a.cols());
        const Eigen::HouseholderQR<matrix> qr(a);
        q = qr.householderQ() * unit(rows, columns);
        r = qr.matrixQR().topRows(columns).triangularView<Eigen::Upper>();
        // x = p a^T b with p = (a^T a)^-1; with h = p 1, the gradients are a h, and (b - a x) h^T - a h x^T.
        const matrix p = (a.transpose() * a).inverse(), h = p * matrix::Constant(columns, 1, 1);
        solved = p * a.transpose() * b;
        slope_b = a * h;
        slope_a = (b - a * solved) * h.transpose() - slope_b * solved.transpose();
    }
};

/// Factors of tall matrices and least squares.
template <class T, int Rows, int Columns>
void check_tall(int count) {
    const auto a = ct::placeholder<"a", T, N, Rows, Columns>;
    const auto b = ct::placeholder<"b", T, N, Rows, 1>;
    const auto [q, r] = ct::qr(a);
    const auto x = ct::lstsq(a, b);
    const auto g = ct::gradient(ct::reduce_sum(x), a, b);
    const ct::function f{q, r, x, g[a], g[b]};
    batch<T> as(count, Rows, Columns), bs(count, Rows, 1);
    for (int i = 0; i < count; ++i) as.set(i, as[i] + 2 * unit(Rows, Columns));
    const auto [qs, rs, xs, das, dbs] = f(a = as.data(), b = bs.data());
    batch<T> left(qs, Rows, Columns), right(rs, Columns, Columns), solutions(xs, Columns, 1), of_a(das, Rows, Columns), of_b(dbs, Rows, 1);
    for (int i = 0; i < count; ++i) {
        const tall_reference expected(as[i], bs[i]);
        check_close(left, i, expected.q, "q");
        check_close(right, i, expected.r, "r");
        check_close(solutions, i, expected.solved, "lstsq");
        check_close(of_b, i, expected.slope_b, "gradient to b");
        check_close(of_a, i, expected.slope_a, "gradient to a");
    }
}

} // namespace

BOOST_AUTO_TEST_SUITE(linalg)

BOOST_AUTO_TEST_CASE(positive_definite_matrices_are_as_eigen_has_them) {
    for (const int count : {0, 1, 7, 8, 21}) {
        check_positive_definite<double, 6>(count);
        check_positive_definite<float, 5>(count);
    }
    check_positive_definite<double, 40>(2);
}

BOOST_AUTO_TEST_CASE(square_matrices_are_as_eigen_has_them) {
    for (const int count : {0, 1, 9, 16}) {
        check_square<double, 5>(count);
        check_square<float, 3>(count);
    }
    check_square<double, 64>(1);
}

BOOST_AUTO_TEST_CASE(tall_matrices_are_as_eigen_has_them) {
    for (const int count : {0, 3, 17}) {
        check_tall<double, 4, 3>(count);
        check_tall<float, 7, 2>(count);
    }
    check_tall<double, 64, 33>(1);
}

BOOST_AUTO_TEST_SUITE_END()
