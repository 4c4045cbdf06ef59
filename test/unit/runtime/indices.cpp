// SPDX-License-Identifier: BSL-1.0
#include <ctgrad/runtime/indices.hpp>

#include <ctgrad/ctgrad.hpp>

#include <boost/test/unit_test.hpp>

#include <array>
#include <cmath>
#include <cstring>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

namespace ct = ctgrad;
using namespace ct::literals;

namespace {

constexpr auto N = ct::dim<"N">;
constexpr auto C = ct::dim<"C">;
constexpr auto z = ct::placeholder<"z", float, N, 3>;
constexpr auto k = ct::placeholder<"k", std::int32_t, N>;
constexpr auto column = ct::placeholder<"column", std::int32_t, N, 1>;
constexpr auto W = ct::variable<"W", float, 3>;
constexpr auto table = ct::placeholder<"table", float, C, 2>;
constexpr auto losses = ct::sparse_softmax_cross_entropy_with_logits(ct::labels = k, ct::logits = z);
constexpr auto loss = ct::reduce_mean(ct::sparse_softmax_cross_entropy_with_logits(ct::labels = k, ct::logits = z * W));

template <class Call>
std::string refusal(Call call) {
    try {
        call();
    } catch (const ct::error& e) {
        return e.what();
    }
    return {};
}

} // namespace

BOOST_AUTO_TEST_SUITE(runtime_indices)

BOOST_AUTO_TEST_CASE(every_index_outside_is_found) {
    constexpr std::int32_t smallest = std::numeric_limits<std::int32_t>::min(), largest = std::numeric_limits<std::int32_t>::max();
    for (std::size_t count = 0; count < 70; ++count) {
        std::vector<std::int32_t> indices(count, 9);
        BOOST_TEST(ct::detail::all_below(indices.data(), count, 10));
        for (std::size_t i = 0; i < count; ++i)
            for (const std::int32_t wrong : {10, -1, smallest, largest}) {
                indices[i] = wrong;
                BOOST_TEST(!ct::detail::all_below(indices.data(), count, 10));
                indices[i] = 0;
            }
    }
    BOOST_TEST(ct::detail::all_below(&largest, 1, std::int64_t{1} << 40));
    BOOST_TEST(!ct::detail::all_below(&smallest, 1, std::int64_t{1} << 40));
    BOOST_TEST(!ct::detail::all_below(&largest, 1, 0));
}

BOOST_AUTO_TEST_CASE(a_label_outside_is_an_error_with_leaf_expected_and_given) {
    const std::vector<float> scores(9);
    const std::vector<std::int32_t> above{2, 3, 0}, below{2, 1, -1}, right{2, 1, 0};
    const ct::function f{losses};
    BOOST_TEST(refusal([&] { f(z = scores, k = above); }) == "ctgrad: 'k' expects indices in [0,3) but was given 3 as element 1");
    BOOST_TEST(refusal([&] { f(z = scores, k = below); }) == "ctgrad: 'k' expects indices in [0,3) but was given -1 as element 2");
    BOOST_TEST(refusal([&] { f.bind(z = scores, k = below); }) != "");
    BOOST_TEST(refusal([&] { f(z = scores, k = right); }) == "");
}

BOOST_AUTO_TEST_CASE(a_step_that_is_refused_changes_nothing) {
    const std::vector<float> scores{0, 1, 2, 2, 1, 0};
    ct::trainer train{ct::minimize(loss, ct::gradient_descent(0.5_c)), W = ct::ones()};
    BOOST_TEST(refusal([&] { train(z = scores, k = std::array{0, 3}); }) != "");
    for (const float w : train[W]) BOOST_TEST(w == 1);
}

BOOST_AUTO_TEST_CASE(a_gradient_alone_is_checked_too) {
    const std::vector<float> scores(6);
    const ct::function f{ct::gradient(loss, W)[W]};
    BOOST_TEST(refusal([&] { f(z = scores, W = std::array{1.F, 1.F, 1.F}, k = std::array{0, 3}); }) != "");
}

BOOST_AUTO_TEST_CASE(labels_behind_a_view_are_checked) {
    constexpr auto seen = ct::sparse_softmax_cross_entropy_with_logits(ct::labels = ct::squeeze(column), ct::logits = z);
    const std::vector<float> scores(6);
    const ct::function f{seen};
    BOOST_TEST(refusal([&] { f(z = scores, column = std::array{0, 3}); }) ==
               "ctgrad: 'column' expects indices in [0,3) but was given 3 as element 1");
}

BOOST_AUTO_TEST_CASE(rows_are_gathered_inside_a_table_of_any_size) {
    const std::vector<float> rows{1, 2, 3, 4, 5, 6};
    const ct::function f{ct::gather(table, k)};
    BOOST_TEST(f(table = rows, k = std::array{2, 0})(0, 1) == 6);
    BOOST_TEST(refusal([&] { f(table = rows, k = std::array{2, 3}); }) ==
               "ctgrad: 'k' expects indices in [0,3) but was given 3 as element 1");
}

BOOST_AUTO_TEST_CASE(one_number_is_checked) {
    constexpr auto which = ct::scalar<"which", std::int32_t>;
    const ct::function f{ct::gather(table, which)};
    const std::vector<float> rows{1, 2, 3, 4};
    BOOST_TEST(f(table = rows, which = 1)[0] == 3);
    BOOST_TEST(refusal([&] { f(table = rows, which = 2); }) != "");
}

BOOST_AUTO_TEST_CASE(one_hot_gives_zeros_outside) {
    const ct::function f{ct::one_hot<float>(k, ct::depth<2>)};
    const auto rows = f(k = std::array{1, 2});
    BOOST_TEST((rows(0, 1) == 1 && rows(1, 0) == 0 && rows(1, 1) == 0));
}

BOOST_AUTO_TEST_CASE(labels_changed_after_bind_or_computed_give_nan) {
    const std::vector<float> scores(6);
    std::vector<std::int32_t> labels{0, 1};
    const ct::function f{losses};
    auto call = f.bind(z = scores, k = labels);
    labels[1] = 3;
    const auto found = call();
    BOOST_TEST((!std::isnan(found[0]) && std::isnan(found[1])));
    const ct::function computed{ct::sparse_softmax_cross_entropy_with_logits(ct::labels = k + k, ct::logits = z)};
    const auto doubled = computed(z = scores, k = std::array{1, 2});
    BOOST_TEST((!std::isnan(doubled[0]) && std::isnan(doubled[1])));
}

BOOST_AUTO_TEST_CASE(misaligned_data_are_refused) {
    alignas(float) char memory[6 * sizeof(float) + 1]{};
    const auto* const odd = reinterpret_cast<const float*>(memory + 1);
    const ct::function f{losses};
    BOOST_TEST(refusal([&] { f(z = ct::view(odd, 2, 3), k = std::array{0, 1}); }) ==
               "ctgrad: 'z' expects an address that is a multiple of 4 but was given another");
}

BOOST_AUTO_TEST_SUITE_END()
