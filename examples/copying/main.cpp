// SPDX-License-Identifier: BSL-1.0
// A transformer block learns to say again what it has read: five letters, then five blanks in whose places they come.
#include <ctgrad/ctgrad.hpp>
#include <ctgrad/model.hpp>
#include <ctgrad/nn/sequences.hpp>

#include <cstdint>
#include <cstdio>
#include <random>
#include <vector>

namespace ct = ctgrad;
using namespace ct::literals;

constexpr int letters = 8, length = 5, steps = 2 * length, width = 32;

/// Adds to each step a row of its own, by which attention knows where it is.
template <ct::fixed_string Path = "">
struct positions {
    static constexpr ct::fixed_string kind = "positions";
    static constexpr ct::fixed_string name = Path;
    template <ct::fixed_string Other>
    constexpr positions<Other> named() const {
        return {};
    }

    static constexpr auto rows = ct::variable<Path + "/rows", float, steps, width>;
    constexpr auto operator()(auto x) const { return x + rows; }
    auto initial_values(auto, std::uint64_t seed) const {
        return boost::hana::make_tuple(ct::initially(rows, ct::random_normal{.stddev = 0.5}, seed));
    }
};

constexpr auto attend = ct::residual(ct::layer_normalization(), ct::multi_head_attention<4, 8>(ct::use_causal_mask<true>));
constexpr auto think = ct::residual(ct::layer_normalization(), ct::dense<64>(ct::relu), ct::dense<width>());
constexpr auto model = ct::sequential(ct::input_of<std::int32_t, steps>, ct::embedding<letters + 1, width>(), positions{}, attend, think,
                                      ct::layer_normalization(), ct::dense<letters + 1>());

struct examples {
    std::vector<std::int32_t> X, Y;

    examples(int count, unsigned seed) {
        std::mt19937 engine{seed};
        for (int n = 0; n < count; ++n) {
            std::int32_t word[length];
            for (std::int32_t& letter : word) letter = 1 + static_cast<std::int32_t>(engine() % letters);
            X.insert(X.end(), word, word + length);
            X.insert(X.end(), length, 0);
            Y.insert(Y.end(), length, 0);
            Y.insert(Y.end(), word, word + length);
        }
    }
};

int main() {
    auto net = ct::compile(model, ct::adam(0.003_c), ct::sparse_categorical_crossentropy(ct::from_logits), ct::metrics(ct::accuracy));
    const examples seen(1000, 1), others(200, 2);
    const auto before = net.evaluate(others.X, others.Y);
    net.fit(seen.X, seen.Y, {.epochs = 20, .batch_size = 32, .verbose = 0});
    const auto after = net.evaluate(others.X, others.Y);
    std::printf("accuracy on words that it has not seen: before %.2f\n", static_cast<double>(before[ct::accuracy]));
    std::printf("after: %s\n", after[ct::accuracy] > 0.99 ? "more than 0.99" : "too little");
    return after[ct::accuracy] > 0.99 ? 0 : 1;
}
