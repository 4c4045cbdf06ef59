// SPDX-License-Identifier: BSL-1.0
// A convolutional network on MNIST, the way Keras trains it: sequential, compile, fit.
#include "../mnist.hpp"

#include <ctgrad/ctgrad.hpp>
#include <ctgrad/model.hpp>
#include <ctgrad/model/callbacks/csv_logger.hpp>
#include <ctgrad/nn/convolution.hpp>

#include <CLI/CLI.hpp>

#include <cstdlib>
#include <exception>
#include <filesystem>
#include <iomanip>
#include <iostream>

namespace ct = ctgrad;
using namespace ct::literals;

namespace {

constexpr auto network = ct::sequential(ct::input<28, 28, 1>, ct::conv2d<32, 3>(ct::relu, ct::padding = ct::same), ct::max_pooling2d<2>(),
                                        ct::conv2d<64, 3>(ct::relu, ct::padding = ct::same), ct::max_pooling2d<2>(), ct::flatten(),
                                        ct::dropout(0.25_c), ct::dense<128>(ct::relu), ct::dropout(0.5_c), ct::dense<10>(ct::softmax));

struct options {
    std::filesystem::path data = "examples/data";
    std::filesystem::path output = "output";
    ct::fit_options fit{.epochs = 5, .batch_size = 64, .verbose = 2};
};

void run(const options& chosen) {
    const mnist::digits training = mnist::load(chosen.data, "train"), test = mnist::load(chosen.data, "t10k");
    std::cout << training.size() << " training and " << test.size() << " test examples\n";
    std::filesystem::create_directories(chosen.output);
    const auto log = chosen.output / "epochs.csv";

    auto net = ct::compile(network, ct::adam(0.001_c), ct::sparse_categorical_crossentropy, ct::metrics(ct::accuracy));
    net.fit(training.images, training.labels, chosen.fit, ct::validation_data(test.images, test.labels),
            ct::callbacks(ct::csv_logger{log}));

    const auto found = net.evaluate(test.images, test.labels);
    std::cout << "test accuracy " << found[ct::accuracy] << "   loss " << found["loss"] << "\nwrote " << log.string() << '\n';
}

} // namespace

int main(int argc, char** argv) {
    options chosen;
    CLI::App app{"A convolutional network on the MNIST digits, trained by Adam"};
    app.option_defaults()->always_capture_default()->take_last();
    app.add_option("--data", chosen.data, "folder with the four IDX files");
    app.add_option("--output", chosen.output, "folder for epochs.csv");
    app.add_option("--epochs", chosen.fit.epochs, "how often to go through all training examples")->check(CLI::PositiveNumber);
    app.add_option("--batch", chosen.fit.batch_size, "examples in a step")->check(CLI::PositiveNumber);
    app.add_option("--seed", chosen.fit.seed, "seed of the order of the examples");
    app.add_option("--verbose", chosen.fit.verbose, "1: progress bars, 2: a line for each epoch")->check(CLI::Range(0, 2));
    CLI11_PARSE(app, argc, argv);

    std::cout << std::fixed << std::setprecision(4);
    try {
        run(chosen);
    } catch (const std::exception& problem) {
        std::cerr << "mnist_cnn: " << problem.what() << '\n';
        return EXIT_FAILURE;
    }
    return EXIT_SUCCESS;
}
