// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/ctgrad.hpp>

#include <boost/test/unit_test.hpp>

#include <cmath>
#include <cstddef>
#include <vector>

/// @file What every executor promises: the numbers of `serial`, to the bit, and a bound step that cannot throw.

namespace ctgrad::test {

using namespace literals;

inline std::vector<float> waves(std::size_t count, float scale) {
    std::vector<float> v(count);
    for (std::size_t i = 0; i < count; ++i) v[i] = scale * static_cast<float>(std::sin(static_cast<double>(i) * 0.7));
    return v;
}

/// The loss before and the parameters after five steps of a perceptron that is large enough to be split.
template <executor E>
std::vector<float> train_on(E on) {
    static constexpr auto N = dim<"N">;
    static constexpr auto x = placeholder<"x", float, N, 100>;
    static constexpr auto y = placeholder<"y", float, N, 10>;
    static constexpr auto W1 = variable<"W1", float, 100, 200>;
    static constexpr auto b1 = variable<"b1", float, 200>;
    static constexpr auto W2 = variable<"W2", float, 200, 10>;
    constexpr auto predicted = matmul(relu(matmul(x, W1) + b1), W2);
    constexpr auto loss = reduce_mean(softmax_cross_entropy_with_logits(labels = y, logits = predicted));

    const std::vector<float> images = waves(1003 * 100, 1), truth(1003 * 10, 0.1f);
    trainer train{minimize(loss, gradient_descent(0.1_c)), W1 = waves(100 * 200, 0.1f), W2 = waves(200 * 10, 0.1f)};
    auto step = train.bind(on, x = images, y = truth);
    static_assert(noexcept(step()));
    std::vector<float> found;
    for (int i = 0; i < 5; ++i) found.push_back(step());
    for (const auto& weights : {train[W1], train[b1], train[W2]}) found.insert(found.end(), weights.begin(), weights.end());
    return found;
}

/// How many parts steps were split into at most, on an executor that wraps `E`.
template <executor E>
struct counting {
    E on;
    int* most_parts;

    int concurrency() const noexcept { return on.concurrency(); }
    template <class Work>
    void run(int parts, const Work& work) const noexcept {
        if (parts > *most_parts) *most_parts = parts;
        on.run(parts, work);
    }
};

template <executor E>
void check_like_serial(E on, int threads) {
    BOOST_TEST(on.concurrency() == threads);
    int parts = 0;
    BOOST_TEST((train_on(counting<E>{on, &parts}) == train_on(serial{})));
    if (threads > 1) BOOST_TEST(parts > 1);
}

} // namespace ctgrad::test
