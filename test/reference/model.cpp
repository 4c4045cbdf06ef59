// SPDX-License-Identifier: BSL-1.0

// Examples of docs/reference, each a paragraph: see test/reference.py.

#include <ctgrad/model.hpp>
#include <ctgrad/model/callbacks/csv_logger.hpp>
#include <ctgrad/ops.hpp>

#include <sstream>
#include <string>
#include <vector>

namespace ct = ctgrad;
using namespace ct::literals;

// What stands in all examples below, beside vectors `X` of inputs, `Y` of class numbers and `weights`.
constexpr auto model = ct::sequential(ct::input<4>, ct::dense<2>());
constexpr ct::fit_options how{.epochs = 2, .batch_size = 8, .verbose = 0};

bool fit(const std::string& folder) {
    const std::vector<float> X(32 * 4, 0.5F), weights(32, 0.5F);
    const std::vector<std::int32_t> Y(32, 1);
    int epochs = 0, batches = 0;

    // `compile`, `metrics`, `compiled_model`, `fit_history`
    auto net = ct::compile(model, ct::sgd(0.1_c), ct::sparse_categorical_crossentropy(ct::from_logits), ct::metrics(ct::accuracy));
    const ct::fit_history history = net.fit(X, Y, how);
    bool good = history["loss"].size() == 2 && history["loss"].back() < history["loss"].front();

    // `fit_options`, `evaluate_options`
    constexpr ct::fit_options longer{.epochs = 100, .batch_size = 64, .validation_split = 0.2};
    constexpr ct::evaluate_options large{.batch_size = 256};
    static_assert(longer.shuffle && large.batch_size == 256);

    // `text_output`
    std::ostringstream said;
    net.fit(X, Y, {.epochs = 1, .verbose = 2, .output = &said});
    good = good && said.str().find("loss: ") != std::string::npos;

    // `epoch_logs`, `sample_weights`
    const ct::epoch_logs logs = net.evaluate(X, Y, {}, ct::sample_weights(weights));
    const auto predictions = net.predict(X);
    good = good && logs[ct::accuracy] >= 0 && predictions.extent(0) == 32;

    const ct::class_weights weighing{{1, 2.0}}; // class 1 counts twice

    ct::early_stopping stop{.monitor = "loss", .patience = 5};

    ct::terminate_on_nan guard;

    ct::reduce_lr_on_plateau slower{.monitor = "loss", .patience = 1};

    ct::learning_rate_scheduler by_epoch([](int epoch, double rate) { return epoch < 1 ? rate : rate / 2; });

    ct::csv_logger file{folder + "/log.csv"};

    auto begin = ct::on_epoch_begin([&](int) { ++epochs; });

    auto each_batch = ct::on_batch_end([&](std::int64_t, double) { ++batches; });

    auto report = ct::on_epoch_end([&](int, auto& reported) { reported.set("batches", batches); });

    // `callbacks`, `validation_data`, `val`
    const auto more = net.fit(X, Y, how, weighing, ct::validation_data(X, Y),
                              ct::callbacks(stop, guard, slower, by_epoch, file, begin, each_batch, report));
    good = good && more[ct::val("loss")].size() == 2 && more["batches"].back() == 8 && epochs == 2;

    // `fed_by`: the placeholders of a batch, where a model does not say what it takes
    constexpr auto x = ct::placeholder<"x", float, ct::dim<"N">, 4>;
    constexpr auto y = ct::placeholder<"y", float, ct::dim<"N">, 1>;
    constexpr auto line = [](auto inputs) { return ct::matmul(inputs, ct::variable<"W", float, 4, 1>); };
    static_assert(ct::can_compile<decltype(line), decltype(ct::sgd()), decltype(ct::mean_squared_error), decltype(ct::fed_by(x, y))>);

    return good;
}
