// SPDX-License-Identifier: BSL-1.0
#include <ctgrad/runtime/layout.hpp>

#include <ctgrad/ctgrad.hpp>

#include <boost/test/unit_test.hpp>

#include <array>
#include <functional>
#include <numeric>
#include <vector>

#if __has_include(<Eigen/Core>)
#include <Eigen/Core>
#endif

namespace ct = ctgrad;
using namespace ct::literals;

namespace {

constexpr auto N = ct::dim<"N">;
constexpr auto x = ct::placeholder<"x", float, N, 3>;
constexpr auto v = ct::placeholder<"v", float, N>;
constexpr auto cube = ct::placeholder<"cube", float, N, 2, 3>;
constexpr auto square = ct::placeholder<"square", float, 2, 3>;

/// An array that says its strides, as `std::mdspan` does.
struct strided_view {
    const float* elements;
    std::array<long, 2> extents, strides;
    const float* data() const { return elements; }
    std::size_t size() const { return static_cast<std::size_t>(extents[0] * extents[1]); }
    static constexpr int rank() { return 2; }
    long extent(int k) const { return extents[static_cast<std::size_t>(k)]; }
    long stride(int k) const { return strides[static_cast<std::size_t>(k)]; }
};

/// An array with lists of extents and strides, as those of Boost.MultiArray: its size is the first extent.
struct multi_array {
    const float* elements;
    std::vector<std::size_t> extents;
    std::vector<std::ptrdiff_t> apart;
    const float* data() const { return elements; }
    std::size_t size() const { return extents[0]; }
    std::size_t num_elements() const { return std::accumulate(extents.begin(), extents.end(), std::size_t{1}, std::multiplies<>()); }
    std::size_t num_dimensions() const { return extents.size(); }
    const std::size_t* shape() const { return extents.data(); }
    const std::ptrdiff_t* strides() const { return apart.data(); }
};

template <class D>
struct type_of {};
template <class D>
inline constexpr type_of<std::remove_cvref_t<D>> of{};

/// Whether a call takes data of that type, as far as the compiler can tell.
template <class Leaf, class D>
constexpr bool takes(Leaf, type_of<D>) {
    return decltype(ct::function{Leaf{} * 1_c})::template accepts<ct::binding<Leaf, const D>>;
}
template <class Leaf, class D>
[[gnu::noinline]] std::vector<float> read(Leaf leaf, const D& data) { // inlined, g++ 12 warns of loops that never run
    const auto copy = ct::function{leaf * 1_c}(leaf = data);
    return {copy.begin(), copy.end()};
}
const std::vector<float> six{1, 2, 3, 4, 5, 6};

} // namespace

BOOST_AUTO_TEST_SUITE(runtime)

BOOST_AUTO_TEST_CASE(view_with_strides_is_read_only_where_it_is_dense) {
    std::vector<float> memory(24);
    std::iota(memory.begin(), memory.end(), 1.0F);
    BOOST_TEST(read(x, strided_view{memory.data(), {2, 3}, {3, 1}}) == six, boost::test_tools::per_element());
    BOOST_TEST(read(x, strided_view{memory.data(), {1, 3}, {99, 1}}).size() == 3U);
    BOOST_TEST(read(x, strided_view{memory.data(), {0, 3}, {7, 5}}).empty());
    for (const std::array<long, 2>& apart : {std::array{1L, 2L}, {4L, 1L}, {6L, 2L}, {0L, 1L}, {-3L, 1L}})
        BOOST_CHECK_THROW(read(x, strided_view{memory.data() + 5, {2, 3}, apart}), ct::error);
    BOOST_CHECK_THROW(read(x, strided_view{memory.data(), {3, 2}, {2, 1}}), ct::error);
}

BOOST_AUTO_TEST_CASE(multi_array_is_read_by_its_extents_and_strides) {
    const std::vector<float> twelve(12);
    BOOST_TEST(read(x, multi_array{six.data(), {2, 3}, {3, 1}}) == six, boost::test_tools::per_element());
    BOOST_TEST(read(cube, multi_array{twelve.data(), {2, 2, 3}, {6, 3, 1}}).size() == 12U);
    BOOST_CHECK_THROW(read(x, multi_array{six.data(), {2, 3}, {1, 2}}), ct::error);
    BOOST_CHECK_THROW(read(x, multi_array{six.data(), {3, 2}, {2, 1}}), ct::error);
    BOOST_CHECK_THROW(read(x, multi_array{six.data(), {6}, {1}}), ct::error);
}

BOOST_AUTO_TEST_CASE(nested_arrays_are_refused) {
    static_assert(!takes(x, of<decltype(std::array<std::array<float, 3>, 2>{})>));
    static_assert(!takes(x, of<decltype(std::vector<std::vector<float>>{})>));
    const float nested[2][3]{};
    BOOST_TEST(!takes(x, of<decltype(nested)>));
    static_assert(takes(square, of<decltype(std::array<float, 6>{})>));
    static_assert(!takes(square, of<decltype(std::array<float, 5>{})>));
    static_assert(!takes(x, of<decltype(std::array<float, 4>{})>));
}

#if __has_include(<Eigen/Core>)

using by_rows = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
using by_columns = Eigen::MatrixXf;

BOOST_AUTO_TEST_CASE(eigen_matrices_by_rows_are_read) {
    by_rows X(2, 3);
    X << 1, 2, 3, 4, 5, 6;
    by_rows tall(4, 3);
    tall << X, X;
    const by_columns columns = X;
    BOOST_TEST(read(x, X) == six, boost::test_tools::per_element());
    BOOST_TEST(read(x, Eigen::Matrix<float, 2, 3, Eigen::RowMajor>(X)) == six, boost::test_tools::per_element());
    BOOST_TEST(read(x, Eigen::Map<const by_rows>(six.data(), 2, 3)) == six, boost::test_tools::per_element());
    BOOST_TEST(read(x, Eigen::Ref<const by_rows>(X)) == six, boost::test_tools::per_element());
    BOOST_TEST(read(x, tall.bottomRows(2)) == six, boost::test_tools::per_element());
    BOOST_TEST(read(x, by_columns(X.transpose()).transpose()) == six, boost::test_tools::per_element());
    BOOST_TEST(read(x, X.array()) == six, boost::test_tools::per_element());
    BOOST_TEST(read(x, X.row(1)).size() == 3U);
    BOOST_TEST(read(x, by_rows(0, 3)).empty());
    BOOST_TEST(read(square, X) == six, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(eigen_matrices_by_columns_are_refused) {
    static_assert(!takes(x, of<decltype(by_columns{})>));
    static_assert(!takes(x, of<decltype(Eigen::Matrix<float, 2, 3>{})>));
    static_assert(!takes(x, of<decltype(Eigen::Map<const by_columns>(nullptr, 0, 0))>));
    static_assert(!takes(x, of<decltype(Eigen::ArrayXXf{})>));
    static_assert(!takes(x, of<decltype(by_rows{}.transpose())>));
    static_assert(!takes(x, of<decltype(by_columns{}.leftCols(3))>));
    static_assert(!takes(v, of<decltype(by_columns{})>));
    static_assert(!takes(x, of<decltype(Eigen::Matrix<double, 2, 3, Eigen::RowMajor>{})>));
}

BOOST_AUTO_TEST_CASE(eigen_matrices_with_gaps_are_refused) {
    by_rows X(2, 4);
    X << 0, 1, 2, 3, 0, 4, 5, 6;
    BOOST_CHECK_THROW(read(x, X.rightCols(3)), ct::error);
    BOOST_CHECK_THROW(read(x, X.block(0, 1, 2, 3)), ct::error);
    BOOST_CHECK_THROW(read(x, Eigen::Ref<const by_rows, 0, Eigen::OuterStride<>>(X.rightCols(3))), ct::error);
    BOOST_CHECK_THROW(read(x, Eigen::Map<const by_rows, 0, Eigen::OuterStride<>>(X.data(), 2, 3, Eigen::OuterStride<>(4))), ct::error);
    using any_stride = Eigen::Stride<Eigen::Dynamic, Eigen::Dynamic>;
    BOOST_CHECK_THROW(read(x, Eigen::Map<const by_rows, 0, any_stride>(X.data(), 1, 3, {6, 2})), ct::error);
    using fixed = Eigen::Matrix<float, 2, 4, Eigen::RowMajor>;
    static_assert(!takes(x, of<decltype(fixed{}.leftCols<3>())>));
    static_assert(!takes(x, of<decltype(fixed{}.block<2, 3>(0, 1))>));
    static_assert(takes(x, of<decltype(Eigen::Matrix<float, 4, 3, Eigen::RowMajor>{}.topRows<2>())>));
}

BOOST_AUTO_TEST_CASE(eigen_vectors_are_read_where_they_are_dense) {
    const Eigen::VectorXf column = Eigen::VectorXf::LinSpaced(6, 1, 6);
    BOOST_TEST(read(v, column) == six, boost::test_tools::per_element());
    BOOST_TEST(read(v, Eigen::RowVectorXf(column.transpose())) == six, boost::test_tools::per_element());
    BOOST_TEST(read(x, column) == six, boost::test_tools::per_element());
    BOOST_TEST(read(v, column.segment(1, 2)).front() == 2);
    by_columns by_column(6, 2);
    by_column << column, column;
    BOOST_TEST(read(v, by_column.col(1)) == six, boost::test_tools::per_element());
    BOOST_CHECK_THROW(read(v, by_rows(by_column).col(1)), ct::error);
    BOOST_CHECK_THROW(read(v, by_column.row(1)), ct::error);
    BOOST_CHECK_THROW(read(v, by_column.diagonal()), ct::error);
    using apart = Eigen::InnerStride<>;
    BOOST_CHECK_THROW(read(v, Eigen::Map<const Eigen::VectorXf, 0, apart>(column.data(), 3, apart(2))), ct::error);
    static_assert(!takes(v, of<decltype(Eigen::Map<const Eigen::VectorXf, 0, Eigen::InnerStride<2>>(nullptr, 0))>));
    static_assert(!takes(v, of<decltype(Eigen::Matrix<float, 4, 3, Eigen::RowMajor>{}.col(0))>));
    static_assert(takes(square, of<decltype(Eigen::Matrix<float, 6, 1>{})>));
    static_assert(!takes(square, of<decltype(Eigen::Matrix<float, 5, 1>{})>));
}

BOOST_AUTO_TEST_CASE(extents_of_eigen_matrices_are_those_of_the_leaf) {
    static_assert(!takes(x, of<decltype(Eigen::Matrix<float, 3, 2, Eigen::RowMajor>{})>));
    static_assert(!takes(square, of<decltype(Eigen::Matrix<float, 3, 2, Eigen::RowMajor>{})>));
    static_assert(!takes(x, of<decltype(Eigen::Matrix<float, Eigen::Dynamic, 2, Eigen::RowMajor>{})>));
    BOOST_CHECK_THROW(read(x, by_rows(3, 2)), ct::error);
    BOOST_CHECK_THROW(read(square, by_rows(3, 2)), ct::error);
    BOOST_CHECK_THROW(read(v, by_rows(3, 2)), ct::error);
    BOOST_CHECK_THROW(read(cube, by_rows(6, 2)), ct::error);
    BOOST_TEST(read(cube, by_rows(2, 6)).size() == 12U);
    BOOST_TEST(read(v, by_rows(6, 1)).size() == 6U);
}

BOOST_AUTO_TEST_CASE(eigen_memory_takes_results_where_it_fits) {
    constexpr auto y = 2_c * x;
    ct::function f{y};
    by_rows memory(2, 3), wide(2, 4), turned(3, 2);
    f(x = six, y = memory);
    BOOST_TEST(memory(1, 2) == 12);
    auto gaps = wide.leftCols(3);
    BOOST_CHECK_THROW(f(x = six, y = gaps), ct::error);
    BOOST_CHECK_THROW(f(x = six, y = turned), ct::error);
    static_assert(!decltype(f)::accepts<decltype(x = six), ct::binding<std::remove_const_t<decltype(y)>, by_columns>>);
}

BOOST_AUTO_TEST_CASE(eigen_view_may_be_a_temporary_of_bind) {
    using f = decltype(ct::function{ct::reduce_sum(x)});
    static_assert(f::binds<decltype(x = std::declval<Eigen::Map<const by_rows>>())>);
    static_assert(f::binds<decltype(x = std::declval<by_rows&>())>);
    static_assert(!f::binds<decltype(x = std::declval<by_rows>())>);
}

#endif

BOOST_AUTO_TEST_SUITE_END()
