// SPDX-License-Identifier: BSL-1.0
// An LSTM learns a text letter by letter, with clipped gradients, then writes.
// Arguments: the text (Debian's base-files has /usr/share/common-licenses/Artistic), how many epochs.
#include <ctgrad/ctgrad.hpp>
#include <ctgrad/model.hpp>
#include <ctgrad/nn/sequences.hpp>

#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <random>
#include <span>
#include <string>
#include <vector>

namespace ct = ctgrad;
using namespace ct::literals;

/// The letters from ' ' to '~', and the end of a line, which other white space counts as well.
constexpr int letters = 96;
constexpr int window = 32;

constexpr auto model = ct::sequential(ct::input_of<std::int32_t, window>, ct::embedding<letters, 16>(),
                                      ct::lstm<96>(ct::return_sequences<true>), ct::dense<letters>());

std::int32_t number_of(char c) { return c >= ' ' && c <= '~' ? c - ' ' : letters - 1; }
char letter_of(std::int32_t number) { return number == letters - 1 ? '\n' : static_cast<char>(number + ' '); }

std::vector<std::int32_t> read(const char* path) {
    std::ifstream file(path, std::ios::binary);
    std::vector<std::int32_t> text;
    for (auto at = std::istreambuf_iterator<char>(file); at != std::istreambuf_iterator<char>(); ++at) text.push_back(number_of(*at));
    return text;
}

/// A letter by its share of exp(2 logit), which is bolder than exp(logit).
template <class Logits>
std::int32_t drawn(Logits logits, std::mt19937& engine) {
    std::vector<double> shares;
    for (float logit : logits) shares.push_back(std::exp(2 * static_cast<double>(logit)));
    return static_cast<std::int32_t>(std::discrete_distribution<int>(shares.begin(), shares.end())(engine));
}

int main(int argc, char** argv) {
    const std::vector<std::int32_t> text = read(argc > 1 ? argv[1] : "/usr/share/common-licenses/Artistic");
    const int epochs = argc > 2 ? std::atoi(argv[2]) : 15;
    if (text.size() < 10 * window) {
        std::printf("no text there\n");
        return 1;
    }

    // Windows of the text, and for each letter in them the one that follows.
    std::vector<std::int32_t> X, Y;
    for (std::size_t from = 0; from + window < text.size(); from += 7)
        for (std::size_t t = from; t < from + window; ++t) {
            X.push_back(text[t]);
            Y.push_back(text[t + 1]);
        }

    auto net = ct::compile(model, ct::adam(0.01_c, ct::global_clipnorm = 1_c), ct::sparse_categorical_crossentropy(ct::from_logits),
                           ct::metrics(ct::accuracy));
    const auto history = net.fit(X, Y, {.epochs = epochs, .batch_size = 32, .verbose = 0});

    // It reads what it has written so far, a window at a time.
    std::mt19937 engine{1};
    std::vector<std::int32_t> written(text.begin(), text.begin() + window);
    while (written.size() < 400) {
        const auto logits = net.predict(std::span(written).last(window));
        written.push_back(drawn(std::span(logits.begin(), logits.end()).last(letters), engine));
    }
    std::string sample;
    for (std::int32_t number : written) sample += letter_of(number);
    std::fprintf(stderr, "%s\n", sample.c_str());

    const double bits = history["loss"].back() / std::log(2.0);
    std::printf("bits a letter: %.2f\n", bits);
    std::printf("fewer than 2.5: %s\n", bits < 2.5 ? "yes" : "no");
    return 0;
}
