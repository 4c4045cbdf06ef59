// SPDX-License-Identifier: BSL-1.0

// Examples of docs/reference, each a paragraph: see test/reference.py.

#include <ctgrad/model.hpp>
#include <ctgrad/ops.hpp>

#include <string>
#include <vector>

namespace ct = ctgrad;
using namespace ct::literals;

// What stands in all examples below, beside vectors `X` of inputs and `Y` of one number an example.
constexpr auto model = ct::sequential(ct::input<4>, ct::dense<1>());
constexpr ct::fit_options how{.epochs = 2, .batch_size = 8, .verbose = 0};

bool fit(const std::string& folder) {
    const std::vector<float> X(32 * 4, 0.5F), Y(32, 1.0F);

    // `compile`, `metrics`, `compiled_model`, `fit_history`
    auto net = ct::compile(model, ct::sgd(0.1_c), ct::mean_squared_error, ct::metrics(ct::mean_absolute_error));
    const ct::fit_history history = net.fit(X, Y, how);
    bool good = history["loss"].size() == 2 && history["loss"].back() < history["loss"].front();

    // `epoch_logs`
    const ct::epoch_logs logs = net.evaluate(X, Y);
    const auto predictions = net.predict(X);
    good = good && logs["loss"] >= 0 && predictions.extent(0) == 32;

    // `val`, `validation_data`
    good = good && net.fit(X, Y, how, ct::validation_data(X, Y))[ct::val("loss")].size() == 2;

    const std::vector<float> weights(32, 0.5F);
    net.fit(X, Y, how, ct::sample_weights(weights));

    // `callbacks`, `early_stopping`, `terminate_on_nan`, `reduce_lr_on_plateau`, `learning_rate_scheduler`, `csv_logger`
    ct::early_stopping stop{.monitor = "loss", .patience = 1};
    net.fit(X, Y, how,
            ct::callbacks(stop, ct::terminate_on_nan{}, ct::reduce_lr_on_plateau{.monitor = "loss", .patience = 1},
                          ct::csv_logger{folder + "/log.csv"},
                          ct::learning_rate_scheduler([](int epoch, double rate) { return epoch < 1 ? rate : rate / 2; })));

    // `on_epoch_begin`, `on_epoch_end`, `on_batch_end`
    int epochs = 0, batches = 0;
    net.fit(X, Y, how,
            ct::callbacks(ct::on_epoch_begin([&](int) { ++epochs; }), ct::on_batch_end([&](std::int64_t, double) { ++batches; }),
                          ct::on_epoch_end([&](int, auto& reported) { reported.set("batches", batches); })));
    good = good && epochs == 2 && batches == 8;

    // `class_weights`: class 1 counts twice
    const std::vector<std::int32_t> classes(32, 1);
    auto classifier =
        ct::compile(ct::sequential(ct::input<4>, ct::dense<2>()), ct::sgd(0.1_c), ct::sparse_categorical_crossentropy(ct::from_logits));
    classifier.fit(X, classes, how, ct::class_weights{{1, 2.0}});

    // `fed_by`: the placeholders of a batch, where a model does not say what it takes
    constexpr auto x = ct::placeholder<"x", float, ct::dim<"N">, 4>;
    constexpr auto y = ct::placeholder<"y", float, ct::dim<"N">, 1>;
    constexpr auto line = [](auto inputs) { return ct::matmul(inputs, ct::variable<"W", float, 4, 1>); };
    auto fitted = ct::compile(line, ct::sgd(0.1_c), ct::mean_squared_error, ct::fed_by(x, y));
    fitted.fit(X, Y, how);

    return good;
}
