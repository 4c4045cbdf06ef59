// SPDX-License-Identifier: BSL-1.0

// Training that stops and goes on: the state of the trainer is in a file that other tools read too.

#include <ctgrad/ctgrad.hpp>
#include <ctgrad/io/checkpoint.hpp>

#include <cmath>
#include <cstdio>
#include <exception>
#include <filesystem>
#include <string>
#include <vector>

namespace ct = ctgrad;
using namespace ct::literals;

constexpr auto N = ct::dim<"N">;
constexpr auto x = ct::placeholder<"x", float, N, 1>;
constexpr auto y = ct::placeholder<"y", float, N, 1>;
constexpr auto W1 = ct::variable<"hidden/kernel", float, 1, 8>;
constexpr auto b1 = ct::variable<"hidden/bias", float, 8>;
constexpr auto W2 = ct::variable<"output/kernel", float, 8, 1>;

constexpr auto prediction = ct::matmul(ct::tanh(ct::matmul(x, W1) + b1), W2);
constexpr auto loss = ct::reduce_mean(ct::square(prediction - y));
constexpr auto step = ct::minimize(loss, ct::adam(ct::exponential_decay(0.05_c, 100_c, 0.5_c)));

int main(int argc, char** argv) try {
    const std::filesystem::path folder = argc > 1 ? std::filesystem::path(argv[1]) : std::filesystem::temp_directory_path();
    const std::string path = folder / "checkpoint.safetensors";
    std::vector<float> inputs, targets;
    for (int i = 0; i < 32; ++i) {
        inputs.push_back(static_cast<float>(i) / 16.0f - 1.0f);
        targets.push_back(std::sin(3.0f * inputs.back()));
    }
    const auto train_on = [&](auto& train, int steps) {
        float last = 0;
        for (int i = 0; i < steps; ++i) last = train(x = inputs, y = targets);
        return static_cast<double>(last);
    };

    ct::trainer first{step, W1 = ct::random_normal{.stddev = 0.5, .seed = 1}, W2 = ct::random_normal{.stddev = 0.5, .seed = 2}};
    std::printf("after 100 steps: loss %.4f\n", train_on(first, 100));
    ct::save_checkpoint(path, first);
    const double expected = train_on(first, 100);
    std::printf("after 200 steps: loss %.4f\n", expected);

    ct::trainer second{step}; // as another process would: everything comes from the file
    ct::load_checkpoint(path, second);
    const double resumed = train_on(second, 100);
    std::printf("resumed at 100:  loss %.4f, %s\n", resumed, resumed == expected ? "the same bits" : "other bits");

    const ct::function predict{prediction}; // needs the variables only
    ct::parameters<decltype(predict)::program> weights;
    ct::load_variables(path, weights);
    std::printf("prediction of sin(1.5) by the file: %.3f\n", static_cast<double>(predict(x = std::vector{0.5f}, weights)[0]));

    std::filesystem::resize_file(path, std::filesystem::file_size(path) - 1);
    try {
        ct::load_checkpoint(path, second);
    } catch (const ct::error& problem) {
        const std::string text = problem.what();
        std::printf("a damaged file: %s\n", text.substr(text.find(" tensor") + 1).c_str());
    }
} catch (const std::exception& problem) {
    std::fprintf(stderr, "checkpoint: %s\n", problem.what());
    return 1;
}
