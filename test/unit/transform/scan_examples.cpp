// SPDX-License-Identifier: BSL-1.0

#include "scan_laws.hpp"

using namespace scans;

namespace {

/// One loss an example of a recurrence whose state has the axis of examples.
constexpr auto states = ct::scan(
    [](auto h, auto xt) {
        auto next = ct::tanh(ct::matmul(xt, W) + ct::matmul(h, U) + b);
        return std::make_tuple(next, next * h);
    },
    h0, x);
constexpr auto losses = ct::reduce_sum(ct::square(std::get<0>(states)), ct::axis<1>) + ct::reduce_sum(std::get<1>(states), ct::axis<0, 2>);

/// The gradients of each example are those of the sum with all others left out.
template <class Losses, class V>
void check_examples(Losses each, V leaf, int rows) {
    numbers at(4, static_cast<std::size_t>(rows));
    const std::vector<double> all = at.computed(ct::function{ct::per_example_gradient(each, leaf)[leaf]});
    check_close(all, at.interpreted(ct::per_example_gradient(each, leaf)[leaf]), 1e-12);
    const auto chosen = ct::placeholder<"chosen", double, N>;
    const ct::function one{ct::gradient(ct::reduce_sum(each * chosen), leaf)[leaf]};
    const std::size_t size = all.size() / static_cast<std::size_t>(rows);
    for (std::size_t i = 0; i < static_cast<std::size_t>(rows); ++i) {
        std::vector<double> choice(static_cast<std::size_t>(rows));
        choice[i] = 1;
        const std::vector<double> expected = at.give([&](auto... given) {
            const auto found = one(chosen = choice, ct::if_used(given)...);
            return std::vector<double>(found.data(), found.data() + found.size());
        });
        check_close({all.begin() + static_cast<std::ptrdiff_t>(i * size), all.begin() + static_cast<std::ptrdiff_t>((i + 1) * size)},
                    expected, 1e-12);
    }
}

} // namespace

BOOST_AUTO_TEST_SUITE(transform_scan_examples)

BOOST_AUTO_TEST_CASE(weights_of_a_recurrence) {
    check_examples(losses, W, 3);
    check_examples(losses, U, 2);
}

BOOST_AUTO_TEST_CASE(a_bias_of_a_recurrence) { check_examples(losses, b, 3); }

BOOST_AUTO_TEST_CASE(a_state_without_examples) {
    // a state that all share, until each example makes its own of it
    constexpr auto shared = ct::fold(
        [](auto y, auto st) { return ct::sin(ct::squeeze(ct::matmul(ct::expand_dims(y, ct::axis<0>), U), ct::axis<0>) + st); }, b, s);
    check_examples(ct::reduce_sum(ct::square(h0 - shared), ct::axis<1>), U, 3);
}

BOOST_AUTO_TEST_SUITE_END()
