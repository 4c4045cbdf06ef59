// SPDX-License-Identifier: BSL-1.0
#include <ctgrad/kernel/contraction.hpp>

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <cmath>
#include <vector>

namespace {

using ctgrad::detail::adjacent;
using ctgrad::detail::fixed;
using ctgrad::detail::matrix;
using std::int64_t;

std::size_t size(int64_t a, int64_t b = 1) { return static_cast<std::size_t>(a * b); }

/// A matrix in memory, row-major or column-major.
template <class T>
struct tensor {
    std::vector<T> held;
    matrix<const T> view;

    tensor(int64_t rows, int64_t columns, adjacent along, double start) : held(size(rows, columns)) {
        view = along == adjacent::in_rows ? matrix<const T>{held.data(), columns, 1} : matrix<const T>{held.data(), 1, rows};
        for (int64_t i = 0; i < rows; ++i)
            for (int64_t j = 0; j < columns; ++j)
                const_cast<T&>(*view.at(i, j)) = static_cast<T>(std::sin(start + 0.7 * static_cast<double>(i * columns + j)));
    }
};

/// Takes blocks into one piece of memory, and at `done` into the result: each element once.
template <class T>
struct scratch_sink {
    static constexpr bool keeps_blocks = false;
    static constexpr bool takes_tiles = false;
    std::vector<T> result;
    std::vector<int> times;
    int64_t columns;
    int64_t row_stride;
    bool whole_rows = true;
    std::vector<T> scratch;
    int64_t at_i = -1, at_j = -1;

    scratch_sink(int64_t rows, int64_t n, ctgrad::detail::block_extent largest)
        : result(size(rows, n)), times(result.size()), columns(n), row_stride(largest.columns + 3),
          scratch(size(largest.rows, row_stride)) {}

    T* block(int64_t i, int64_t j) {
        if (at_i < 0) at_i = i, at_j = j;
        BOOST_TEST_REQUIRE(i == at_i);
        return scratch.data() + (j - at_j);
    }
    void done(int64_t i, int64_t r, int64_t j, int64_t n) {
        BOOST_TEST_REQUIRE((i == at_i && j == at_j && n <= row_stride));
        BOOST_TEST_REQUIRE((r > 0 && n > 0 && r * row_stride <= static_cast<int64_t>(scratch.size())));
        whole_rows = whole_rows && j == 0 && n == columns;
        for (int64_t p = 0; p < r; ++p)
            for (int64_t q = 0; q < n; ++q) {
                result[size(i + p, columns) + size(j + q)] = scratch[size(p, row_stride) + size(q)];
                ++times[size(i + p, columns) + size(j + q)];
            }
        at_i = at_j = -1;
    }
};

/// Leaves blocks in place, and counts what is done.
template <class T>
struct keeping_sink : ctgrad::detail::row_major_sink<T> {
    std::vector<int>& times;
    std::vector<T> final_values;

    keeping_sink(std::vector<T>& c, std::vector<int>& t, int64_t columns)
        : ctgrad::detail::row_major_sink<T>{c.data(), columns}, times(t), final_values(t.size()) {}
    void done(int64_t i, int64_t r, int64_t j, int64_t n) {
        for (int64_t p = i; p < i + r; ++p)
            for (int64_t q = j; q < j + n; ++q) {
                const std::size_t at = size(p, this->row_stride) + size(q);
                ++times[at];
                final_values[at] = this->data[at];
            }
    }
};

template <class T, adjacent A, adjacent B, class Rows, class Depth, class Columns>
void check(Rows rows, Depth depth, Columns columns) {
    using namespace ctgrad::detail;
    constexpr ctgrad::dtype D = ctgrad::dtype_of<T>;
    constexpr contraction_plan plan = plan_contraction<T>(A, B, fixed_value<Rows>, fixed_value<Depth>, fixed_value<Columns>);
    const tensor<T> a(rows, depth, A, 1), b(depth, columns, B, 2);
    std::vector<double> plain(size(rows, columns));
    for (int64_t i = 0; i < rows; ++i)
        for (int64_t j = 0; j < columns; ++j)
            for (int64_t k = 0; k < depth; ++k)
                plain[size(i, columns) + size(j)] += static_cast<double>(*a.view.at(i, k)) * static_cast<double>(*b.view.at(k, j));

    scratch_sink<T> scratch(rows, columns, largest_block<T>(plan, columns));
    contract<D, A, B>(a.view, b.view, rows, depth, columns, scratch);
    const double tolerance = (sizeof(T) == 4 ? 1e-6 : 1e-14) * static_cast<double>(depth + 1);
    bool right = true, once = true;
    for (std::size_t i = 0; i < plain.size(); ++i) {
        right = right && std::abs(static_cast<double>(scratch.result[i]) - plain[i]) <= tolerance;
        once = once && scratch.times[i] == 1;
    }
    BOOST_TEST_INFO_SCOPE(rows << " x " << depth << " x " << columns << ", method " << static_cast<int>(plan.method) << ", adjacent "
                               << static_cast<int>(A) << static_cast<int>(B));
    BOOST_TEST(right);
    BOOST_TEST(once);
    if constexpr (fixed_value<Columns> >= 0 && fixed_value<Columns> <= ctgrad::this_target.product_row) {
        BOOST_TEST(scratch.whole_rows);
    } else {
        std::vector<T> c(plain.size() + 1, T(7));
        std::vector<int> times(plain.size());
        keeping_sink<T> keeping(c, times, columns);
        contract<D, A, B>(a.view, b.view, rows, depth, columns, keeping);
        BOOST_TEST(c.back() == T(7));
        c.pop_back();
        BOOST_TEST((c == scratch.result));
        BOOST_TEST((keeping.final_values == scratch.result));
        BOOST_TEST((times == scratch.times));
    }
}

/// The product in parts of so many rows has the bits of the whole.
template <class T, adjacent A, adjacent B, class Rows, class Depth, class Columns>
void check_split(Rows rows, Depth depth, Columns columns, int64_t part) {
    using namespace ctgrad::detail;
    constexpr ctgrad::dtype D = ctgrad::dtype_of<T>;
    const tensor<T> a(rows, depth, A, 1), b(depth, columns, B, 2);
    std::vector<T> whole(size(rows, columns)), parts(whole.size());
    row_major_sink<T> to_whole{whole.data(), columns}, to_parts{parts.data(), columns};
    contract<D, A, B>(a.view, b.view, rows, depth, columns, to_whole);
    for (int64_t i = 0; i < rows; i += part)
        contract_rows<D, A, B>(a.view, b.view, rows, depth, columns, i, std::min<int64_t>(part, rows - i), to_parts);
    BOOST_TEST_INFO_SCOPE(rows << " x " << depth << " x " << columns << " by " << part << ", adjacent " << static_cast<int>(A)
                               << static_cast<int>(B));
    BOOST_TEST((whole == parts));
}

template <class T, class Rows, class Depth, class Columns>
void check_split_forms(Rows rows, Depth depth, Columns columns) {
    for (int64_t part : {1, 5, 64}) {
        check_split<T, adjacent::in_rows, adjacent::in_rows>(rows, depth, columns, part);
        check_split<T, adjacent::in_rows, adjacent::in_columns>(rows, depth, columns, part);
        check_split<T, adjacent::in_columns, adjacent::in_rows>(rows, depth, columns, part);
        check_split<T, adjacent::in_columns, adjacent::in_columns>(rows, depth, columns, part);
    }
}

template <class T, class Rows, class Depth, class Columns>
void check_forms(Rows rows, Depth depth, Columns columns) {
    check<T, adjacent::in_rows, adjacent::in_rows>(rows, depth, columns);
    check<T, adjacent::in_rows, adjacent::in_columns>(rows, depth, columns);
    check<T, adjacent::in_columns, adjacent::in_rows>(rows, depth, columns);
    check<T, adjacent::in_columns, adjacent::in_columns>(rows, depth, columns);
}

/// Static columns and depth and any number of rows; static columns and rows and any depth.
template <class T, int64_t Columns, int64_t... Depth>
void check_columns() {
    for (int64_t rows : {0, 1, 4, 7, 8, 12, 13, 15, 16, 17, 33, 50, 64, 65}) (check_forms<T>(rows, fixed<Depth>{}, fixed<Columns>{}), ...);
}
template <class T, int64_t Columns, int64_t... Rows>
void check_rows() {
    for (int64_t depth : {0, 1, 2, 17}) (check_forms<T>(fixed<Rows>{}, depth, fixed<Columns>{}), ...);
}

template <class T>
void check_run_time_sizes() {
    using kernel = ctgrad::detail::blocked<T>;
    const int64_t strip = kernel::strip_columns, block = kernel::panel_depth;
    for (int64_t rows : {0, 1, 2, 7, 8, 12, 63, 64, 65})
        for (int64_t depth : {0, 1, 9})
            for (int64_t columns :
                 {int64_t{0}, int64_t{1}, strip / 3 - 1, strip / 3, strip / 3 + 1, strip - 1, strip, strip + 1, 2 * strip + 5})
                check_forms<T>(rows, depth, columns);
    check_forms<T>(int64_t{1}, block + 1, kernel::strips_of_one_row * strip + 7);
    for (int64_t rows : {3, 64, 521})
        for (int64_t depth : {block - 1, block, block + 1, 2 * block + 3}) check_forms<T>(rows, depth, strip + 2);
}

} // namespace

BOOST_AUTO_TEST_SUITE(kernel)

BOOST_AUTO_TEST_CASE(products_of_run_time_sizes_agree_with_the_plain_loop) {
    check_run_time_sizes<float>();
    check_run_time_sizes<double>();
}

BOOST_AUTO_TEST_CASE(products_with_few_columns_agree_with_the_plain_loop) {
    check_columns<float, 1, 130>();
    check_columns<float, 3, 2>();
    check_columns<float, 10, 21, 131>();
    check_columns<double, 5, 64>();
    check_columns<double, 3, 19>();
    check_rows<float, 3, 10, 80>();
    check_rows<float, 10, 37>();
    check_rows<double, 1, 33>();
}

BOOST_AUTO_TEST_CASE(products_with_whole_rows_agree_with_the_plain_loop) {
    check_columns<float, 16, 3>();
    check_columns<float, 17, 20>();
    check_columns<float, 64, 450>();
    check_columns<double, 37, 33>();
    check_rows<float, 33, 19>();
}

BOOST_AUTO_TEST_CASE(small_static_products_agree_with_the_plain_loop) {
    check_forms<float>(fixed<4>{}, fixed<1>{}, fixed<1>{});
    check_forms<float>(fixed<0>{}, int64_t{2}, fixed<3>{});
    check_forms<float>(fixed<2>{}, fixed<3>{}, fixed<0>{});
    check_forms<double>(fixed<3>{}, fixed<4>{}, fixed<5>{});
    check_forms<float>(fixed<20>{}, fixed<100>{}, fixed<10>{});
    check_forms<double>(fixed<10>{}, fixed<32>{}, fixed<3>{});
    check_forms<float>(fixed<100>{}, fixed<10>{}, fixed<5>{});
    check_forms<float>(fixed<77>{}, fixed<22>{}, fixed<10>{});
}

BOOST_AUTO_TEST_CASE(parts_of_a_product_have_the_bits_of_the_whole) {
    check_split_forms<float>(fixed<4>{}, fixed<3>{}, fixed<5>{});
    check_split_forms<float>(fixed<100>{}, fixed<20>{}, fixed<10>{});
    check_split_forms<float>(fixed<10>{}, fixed<100>{}, fixed<5>{});
    check_split_forms<float>(int64_t{70}, fixed<31>{}, fixed<40>{});
    check_split_forms<double>(fixed<77>{}, int64_t{9}, fixed<5>{});
    check_split_forms<float>(fixed<130>{}, fixed<300>{}, fixed<300>{});
    check_split_forms<double>(int64_t{67}, int64_t{5}, int64_t{130});
}

BOOST_AUTO_TEST_SUITE_END()
