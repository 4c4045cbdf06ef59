// SPDX-License-Identifier: BSL-1.0
#include <ctgrad/model/columns.hpp>

#include "line.hpp"

#include <boost/test/unit_test.hpp>

#include <array>

using namespace line;

namespace {

constexpr ct::fit_options quiet{.epochs = 2, .batch_size = 8, .verbose = 0};

auto line_net() { return ct::compile(model{}, ct::sgd(0.05_c), squared_error{}, ct::fed_by(x, y)); }

/// A matrix as of Eigen, seen by its members.
template <bool ByRows>
struct matrix {
    static constexpr bool IsRowMajor = ByRows;
    const float* elements;
    long rows_, columns_, outer_;
    const float* data() const { return elements; }
    long size() const { return rows_ * columns_; }
    long rows() const { return rows_; }
    long cols() const { return columns_; }
    long innerStride() const { return 1; }
    long outerStride() const { return outer_; }
};

using net_type = decltype(line_net());
using numbers = std::vector<float>;

} // namespace

BOOST_AUTO_TEST_SUITE(model)

BOOST_AUTO_TEST_CASE(data_by_columns_are_refused_by_their_type) {
    static_assert(ct::can_fit<net_type, matrix<true>, numbers>);
    static_assert(!ct::can_fit<net_type, matrix<false>, numbers>);
    static_assert(!ct::can_fit<net_type, numbers, matrix<false>>);
    static_assert(!ct::can_fit<net_type, numbers, numbers, ct::validation<const matrix<false>&, const numbers&>>);
    static_assert(!ct::can_fit<net_type, numbers, numbers, ct::sample_weighting<const matrix<false>&>>);
    static_assert(!ct::can_fit<net_type, std::array<float, 7>, numbers>);
    static_assert(ct::can_fit<net_type, std::array<float, 8>, numbers>);
}

BOOST_AUTO_TEST_CASE(matrix_is_read_where_its_rows_are_dense) {
    const points all(16);
    auto net = line_net(), other = line_net();
    net.fit(all.X, all.Y, quiet);
    other.fit(matrix<true>{all.X.data(), 16, 2, 2}, matrix<true>{all.Y.data(), 16, 1, 1}, quiet);
    BOOST_TEST(net[slope][0] == other[slope][0]);
    const auto predicted = net.predict(matrix<true>{all.X.data(), 16, 2, 2});
    BOOST_TEST(predicted.extent(0) == 16);
    const auto slope_before = other[slope][0];
    BOOST_CHECK_THROW(other.fit(matrix<true>{all.X.data(), 8, 2, 4}, std::span(all.Y).first(8), quiet), ct::error);
    BOOST_CHECK_THROW(other.fit(matrix<true>{all.X.data(), 2, 16, 16}, all.Y, quiet), ct::error);
    BOOST_CHECK_THROW(other.predict(matrix<true>{all.X.data(), 8, 2, 4}), ct::error);
    BOOST_TEST(other[slope][0] == slope_before);
}

BOOST_AUTO_TEST_CASE(arguments_of_fit_may_be_kept) {
    const points all(16);
    const auto held = ct::validation_data(numbers(all.X), numbers(all.Y));
    const auto weights = ct::sample_weights(numbers(16, 2.0F));
    auto net = line_net(), other = line_net();
    const auto history = net.fit(all.X, all.Y, quiet, held, weights);
    const numbers two(16, 2.0F);
    const auto expected = other.fit(all.X, all.Y, quiet, ct::validation_data(all.X, all.Y), ct::sample_weights(two));
    BOOST_TEST(history["val_loss"][1] == expected["val_loss"][1]);
    BOOST_TEST(net[slope][0] == other[slope][0]);
}

BOOST_AUTO_TEST_CASE(callbacks_may_be_kept) {
    const points all(16);
    int epochs = 0;
    const auto held = ct::callbacks(ct::on_epoch_end([&](int, ct::epoch_logs&) { ++epochs; }), ct::terminate_on_nan{});
    auto net = line_net();
    net.fit(all.X, all.Y, quiet, held);
    net.fit(all.X, all.Y, quiet, held);
    BOOST_TEST(epochs == 4);
}

BOOST_AUTO_TEST_CASE(no_examples_are_refused) {
    auto net = line_net();
    const auto before = net[slope][0];
    BOOST_CHECK_THROW(net.fit(numbers{}, numbers{}, quiet), ct::error);
    BOOST_CHECK_THROW(net.evaluate(numbers{}, numbers{}), ct::error);
    BOOST_CHECK_THROW(net.predict(numbers{}), ct::error);
    const points all(16);
    BOOST_CHECK_THROW(net.fit(all.X, all.Y, quiet, ct::validation_data(numbers{}, numbers{})), ct::error);
    BOOST_TEST(net[slope][0] == before);
}

BOOST_AUTO_TEST_SUITE_END()
