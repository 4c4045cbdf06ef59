// SPDX-License-Identifier: BSL-1.0

#include <ctgrad/ctgrad.hpp>
#include <ctgrad/model.hpp>
#include <ctgrad/nn/sequences.hpp>

#include <boost/test/unit_test.hpp>

#include <cstdint>
#include <vector>

namespace ct = ctgrad;
using namespace ct::literals;

BOOST_AUTO_TEST_SUITE(model)
BOOST_AUTO_TEST_SUITE(sequences)

BOOST_AUTO_TEST_CASE(a_model_learns_from_sequences_of_different_length) {
    constexpr auto model =
        ct::sequential(ct::input_of<std::int32_t, 5>, ct::embedding<5, 3>(ct::mask_zero<true>), ct::gru<4>(), ct::dense<1>(ct::sigmoid));
    auto net = ct::compile(model, ct::adam(0.05_c), ct::binary_crossentropy, ct::metrics(ct::accuracy));

    // Three to five words, then zeros. What counts is the first.
    std::vector<std::int32_t> words;
    std::vector<float> truth;
    std::uint32_t state = 1;
    const auto drawn = [&state](std::uint32_t below) {
        return static_cast<std::int32_t>((state = state * 1664525u + 1013904223u) >> 16) % static_cast<std::int32_t>(below);
    };
    for (int n = 0; n < 96; ++n) {
        const std::int32_t length = 3 + drawn(3);
        for (int t = 0; t < 5; ++t) words.push_back(t < length ? 1 + drawn(4) : 0);
        truth.push_back(words[static_cast<std::size_t>(5 * n)] <= 2 ? 1.0f : 0.0f);
    }
    net.fit(words, truth, {.epochs = 40, .batch_size = 32, .verbose = 0});
    BOOST_TEST(net.evaluate(words, truth)[ct::accuracy] > 0.95);

    // What stands for no word has no influence on what is said of a shorter sequence.
    const std::vector<std::int32_t> padded{1, 3, 4, 0, 0};
    const std::vector<std::int32_t> between{1, 0, 3, 0, 4};
    BOOST_TEST(net.predict(padded)[0] == net.predict(between)[0]);
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()
