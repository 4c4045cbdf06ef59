// SPDX-License-Identifier: BSL-1.0

// Softmax regression on MNIST: one matrix, one bias, one loss, trained by gradient descent.
#include "../mnist.hpp"

#include <ctgrad/ctgrad.hpp>

#include <CLI/CLI.hpp>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <fstream>
#include <iomanip>
#include <iostream>
#include <numeric>
#include <random>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace ct = ctgrad;
using namespace ct::literals;

namespace {

using mnist::classes;
using mnist::pixels;

// The model: names and shapes, no data yet.
constexpr auto N = ct::dim<"N">;
constexpr auto x = ct::placeholder<"x", float, N, 784>;  // pixels, 0 to 1
constexpr auto y_ = ct::placeholder<"y_", float, N, 10>; // labels, one-hot
constexpr auto W = ct::variable<"W", float, 784, 10>;    // zeros at the start
constexpr auto b = ct::variable<"b", float, 10>;

constexpr auto logits = ct::matmul(x, W) + b;
constexpr auto loss = ct::reduce_mean(ct::softmax_cross_entropy_with_logits(ct::labels = y_, ct::logits = logits));

constexpr auto correct = ct::equal(ct::argmax(logits, ct::axis<1>), ct::argmax(y_, ct::axis<1>));
constexpr auto accuracy = ct::reduce_mean(ct::cast<float>(correct));

/// Examples one after the other, as the placeholders want them.
struct examples {
    std::vector<float> images;
    std::vector<float> labels;

    [[nodiscard]] std::size_t size() const { return labels.size() / classes; }
};

examples load(const std::filesystem::path& folder, const std::string& set) {
    mnist::digits read = mnist::load(folder, set);
    return {std::move(read.images), read.one_hot()};
}

/// Copies the chosen examples into `batch`.
void gather(const examples& all, std::span<const std::size_t> chosen, examples& batch) {
    batch.images.resize(chosen.size() * pixels);
    batch.labels.resize(chosen.size() * classes);
    for (std::size_t row = 0; row < chosen.size(); ++row) {
        std::ranges::copy(std::span{all.images}.subspan(chosen[row] * pixels, pixels),
                          std::span{batch.images}.subspan(row * pixels).begin());
        std::ranges::copy(std::span{all.labels}.subspan(chosen[row] * classes, classes),
                          std::span{batch.labels}.subspan(row * classes).begin());
    }
}

void write_losses(const std::filesystem::path& path, std::span<const float> losses) {
    std::ofstream file{path};
    file << "step,loss\n";
    for (std::size_t step = 0; step < losses.size(); ++step) {
        file << step + 1 << ',' << losses[step] << '\n';
    }
}

/// Ten 28 x 28 images, two empty lines between them: what gnuplot calls an index.
void write_weights(const std::filesystem::path& path, std::span<const float> weights) {
    std::ofstream file{path};
    for (std::size_t digit = 0; digit < classes; ++digit) {
        for (std::size_t pixel = 0; pixel < pixels; ++pixel) {
            file << weights[pixel * classes + digit] << (pixel % 28 == 27 ? '\n' : ' ');
        }
        file << "\n\n";
    }
}

struct options {
    std::filesystem::path data = "examples/data";
    std::filesystem::path output = "output";
    std::size_t epochs = 10;
    std::size_t steps = 0;
    std::size_t batch = 100;
    std::uint32_t seed = 1;
};

void run(const options& chosen) {
    using clock = std::chrono::steady_clock;

    const examples training = load(chosen.data, "train");
    const examples test = load(chosen.data, "t10k");
    if (chosen.batch > training.size()) {
        throw ct::error{"a batch is larger than the " + std::to_string(training.size()) + " training examples"};
    }
    const std::size_t steps_per_epoch = training.size() / chosen.batch;
    const std::size_t steps = chosen.steps != 0 ? chosen.steps : chosen.epochs * steps_per_epoch;
    std::cout << training.size() << " training and " << test.size() << " test examples, " << steps << " steps of " << chosen.batch << '\n';

    ct::trainer train{ct::minimize(loss, ct::gradient_descent(0.5_c))};

    std::vector<std::size_t> order(training.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::mt19937 random{chosen.seed};
    examples batch;
    std::vector<float> losses;
    losses.reserve(steps);
    clock::duration time{};

    for (std::size_t step = 0; step < steps; ++step) {
        const std::size_t position = step % steps_per_epoch;
        if (position == 0) {
            std::shuffle(order.begin(), order.end(), random);
        }
        gather(training, std::span{order}.subspan(position * chosen.batch, chosen.batch), batch);

        const auto start = clock::now();
        const float value = train(x = batch.images, y_ = batch.labels);
        time += clock::now() - start;

        losses.push_back(value);
        if ((step + 1) % 100 == 0) {
            std::cout << "step " << std::setw(5) << step + 1 << "   loss " << value << std::endl;
        }
    }

    const ct::function evaluate{accuracy};
    const float test_accuracy = evaluate(x = test.images, y_ = test.labels, train.parameters());

    const double seconds = std::chrono::duration<double>(time).count();
    const auto count = static_cast<double>(steps);
    std::cout << "test accuracy        " << test_accuracy << '\n'
              << "time per step        " << seconds / count * 1e6 << " us\n"
              << std::setprecision(0) << "examples per second  " << count * static_cast<double>(chosen.batch) / seconds << '\n';

    std::filesystem::create_directories(chosen.output);
    write_losses(chosen.output / "loss.csv", losses);
    write_weights(chosen.output / "weights.txt", train[W]);
    std::cout << "wrote " << (chosen.output / "loss.csv").string() << " and " << (chosen.output / "weights.txt").string() << '\n';
}

} // namespace

int main(int argc, char** argv) {
    options chosen;
    CLI::App app{"Softmax regression on the MNIST digits, trained by gradient descent with rate 0.5"};
    // An option that is given twice counts as given last: scripts set defaults, their users change them.
    app.option_defaults()->always_capture_default()->take_last();
    app.add_option("--data", chosen.data, "folder with the four IDX files");
    app.add_option("--output", chosen.output, "folder for loss.csv and weights.txt");
    app.add_option("--epochs", chosen.epochs, "how often to go through all training examples")->check(CLI::PositiveNumber);
    app.add_option("--steps", chosen.steps, "how many steps to train, instead of --epochs (0: not set)");
    app.add_option("--batch", chosen.batch, "examples in a step")->check(CLI::PositiveNumber);
    app.add_option("--seed", chosen.seed, "seed of the order of the examples");
    CLI11_PARSE(app, argc, argv);

    std::cout << std::fixed << std::setprecision(4);
    try {
        run(chosen);
    } catch (const std::exception& problem) {
        std::cerr << "mnist_softmax: " << problem.what() << '\n';
        return EXIT_FAILURE;
    }
    return EXIT_SUCCESS;
}
