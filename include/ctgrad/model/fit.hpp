// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/model/fit_loop.hpp>

namespace ctgrad::detail {

/// The columns of the arguments of a `fit` or `evaluate`. Throws `ctgrad::error` where they contradict.
template <class Net, class DX, class DY, class... More>
auto columns_of(const DX& x, const DY& y, const More&... more) {
    using formulas = typename Net::formulas;
    return columns_in<typename formulas::x, typename formulas::weight>(
        std::tuple(column<typename formulas::x>(x), column<typename formulas::y>(y)), more...);
}
template <class Net, class... More>
auto constants_of(const More&... more) {
    return std::tuple_cat(constant_in<typename Net::formulas::x>(more)...);
}

/// The data that a `fit` validates on: those that it was given, or the last of its own.
template <class Net, class DX, class DY, class... More, class Columns>
auto validation_columns(const validation<DX, DY, More...>& given, const Columns&, std::size_t) {
    return std::apply([&](const auto&... more) { return columns_of<Net>(given.x, given.y, more...); }, given.more);
}
template <class Net, class Columns>
auto validation_columns(std::nullptr_t, const Columns& all, std::size_t training) {
    return all.part(training, all.rows() - training);
}
/// Whether validation data have weights; `ByExample` says it of those that are split off.
template <class Given, bool ByExample>
inline constexpr bool weighs_validation = ByExample;
template <class... D, bool ByExample>
inline constexpr bool weighs_validation<validation<D...>, ByExample> = (is_sample_weighting<D> || ...);

/// Calls the hooks of callbacks, those that they have.
template <class Net, class... C>
struct callback_caller {
    Net& net;
    std::tuple<C&...> each;

    /// @param names what epochs will report; the values say nothing.
    void train_begin(const epoch_logs& names) {
        for_each([&](auto& c) {
            if constexpr (requires { c.on_train_begin(net, names); }) c.on_train_begin(net, names);
        });
    }
    void epoch_begin(int epoch) {
        for_each([&](auto& c) {
            if constexpr (requires { c.on_epoch_begin(net, epoch); }) c.on_epoch_begin(net, epoch);
        });
    }
    [[gnu::always_inline]] void batch_end(std::int64_t batch, double loss) {
        for_each([&](auto& c) {
            if constexpr (requires { c.on_batch_end(net, batch, loss); }) c.on_batch_end(net, batch, loss);
        });
    }
    void epoch_end(int epoch, epoch_logs& logs) {
        for_each([&](auto& c) {
            if constexpr (requires { c.on_epoch_end(net, epoch, logs); }) c.on_epoch_end(net, epoch, logs);
        });
    }
    void train_end() {
        for_each([&](auto& c) {
            if constexpr (requires { c.on_train_end(net); }) c.on_train_end(net);
        });
    }

private:
    template <class Call>
    [[gnu::always_inline]] void for_each(Call call) {
        std::apply([&](auto&... c) { (call(c), ...); }, each);
    }
};
template <class Net, class... C>
callback_caller<Net, C...> caller_of(Net& net, const callback_list<C...>& list) {
    return {net, std::apply([](auto&... each) { return std::tuple<C&...>(each...); }, list.each)};
}

/// Trains on `all`; `validate(logs)` adds what the validation data say.
template <bool Weighted, class Net, class Columns, class Constants, class Callbacks, class Validate>
fit_history train_on(Net& net, const fit_options& how, const Columns& all, const Constants& constants, Callbacks call, Validate validate) {
    auto training = epochs_of<true, Weighted>(net, all, how.batch_size, constants);
    std::vector<std::size_t> order(how.shuffle ? all.rows() : 0);
    report said(how.verbose, how.output, training.batches());
    fit_history history;
    for (int epoch = how.initial_epoch; epoch < how.epochs && !net.is_stopped(); ++epoch) {
        call.epoch_begin(epoch);
        said.begin(std::string("Epoch ").append(std::to_string(epoch + 1)).append("/").append(std::to_string(how.epochs)));
        if (how.shuffle) shuffle(order, how.seed, epoch);
        std::int64_t batch = 0;
        const auto totals = training.run(order, [&](const auto& reports) __attribute__((always_inline)) {
            said.batch_done();
            call.batch_end(batch++, reports.loss());
            return !net.is_stopped();
        });
        epoch_logs logs;
        totals.write(logs);
        if ((epoch + 1) % how.validation_freq == 0) validate(logs);
        call.epoch_end(epoch, logs);
        said.end(logs);
        history.add(epoch, logs);
    }
    return history;
}

/// What `fit` does.
template <class Net, class DX, class DY, class... More>
fit_history fit_model(Net& net, const fit_options& how, const DX& x, const DY& y, const More&... more) {
    using formulas = typename Net::formulas;
    constexpr bool has_data = (is_validation<More> || ...), by_class = (std::is_same_v<More, class_weights> || ...),
                   by_example = (is_sample_weighting<More> || ...);
    check(how);
    const auto all = columns_of<Net>(x, y, more...);
    const std::size_t split = has_data ? all.rows() : training_rows(all.rows(), how.validation_split);
    const auto given = argument_that<is_validation_t>(nullptr, more...);
    const bool validates = has_data || split < all.rows();
    const auto held_out = validation_columns<Net>(given, all, split);
    all.template check_indices<typename Net::step::program>();
    held_out.template check_indices<typename Net::step::program>();

    const auto constants = constants_of<Net>(more...);
    const auto validate = [&](epoch_logs& logs) {
        if (validates)
            evaluate_on<weighs_validation<std::remove_const_t<decltype(given)>, by_example>>(
                net, held_out, how.validation_batch_size > 0 ? how.validation_batch_size : how.batch_size, constants, logs, "val_");
    };
    auto call = caller_of(net, argument_that<is_callback_list_t>(callback_list<>{}, more...));
    epoch_logs names;
    typename formulas::template totals<true, false>{}.write(names);
    if (validates) typename formulas::template totals<false, false>{}.write(names, "val_");
    call.train_begin(names);
    net.resume_training();
    const auto train = [&]<bool Weighted>(std::bool_constant<Weighted>, const auto& rows) {
        return train_on<Weighted>(net, how, rows, constants, call, validate);
    };
    fit_history history;
    if constexpr (by_class) {
        using weight = typename formulas::weight;
        const auto weights = example_weights<typename column<weight>::number>(argument_that<is_class_weights_t>(nullptr, more...),
                                                                              all.template of<typename formulas::y>());
        history = train(std::true_type{}, all.part(0, split).with_column(column<weight>(weights.data(), split)));
    } else
        history = train(std::bool_constant<by_example>{}, all.part(0, split));
    if (!history.epoch.empty()) take_averages(net.state().parameters());
    call.train_end();
    return history;
}

/// What `evaluate` does.
template <class Net, class DX, class DY, class... More>
epoch_logs evaluate_model(Net& net, const evaluate_options& how, const DX& x, const DY& y, const More&... more) {
    if (how.batch_size < 1) fail("ctgrad: evaluate needs batch_size of at least 1");
    epoch_logs logs;
    evaluate_on<(is_sample_weighting<More> || ...)>(net, columns_of<Net>(x, y, more...), how.batch_size, constants_of<Net>(more...), logs,
                                                    "");
    return logs;
}

/// What `predict` does.
template <class Net, class DX, class... More>
auto predict_with(Net& net, std::int64_t batch, const DX& given, const More&... more) {
    using formulas = typename Net::formulas;
    using x = typename formulas::x;
    using prediction = typename formulas::template prediction<false>;
    using outputs = result_list<prediction>;
    if (batch < 1) fail("ctgrad: predict needs batch_size of at least 1");
    const auto all = columns_in<x, typename formulas::weight>(std::tuple(column<x>(given)), more...);
    auto constants = constants_of<Net>(more...);
    std::int64_t extent[max_rank]{static_cast<std::int64_t>(all.rows())};
    for (int k = 1; k < prediction::rank; ++k) extent[k] = prediction::shape()[k].extent;
    tensor<scalar_of<prediction::type()>> result(prediction::rank, extent);
    batch_runner<Net, program<make_outputs<prediction>, 1>, outputs> run(net);
    const auto largest = static_cast<std::size_t>(batch);
    constexpr std::size_t width = static_elements<prediction>;
    for (std::size_t first = 0; first < all.rows(); first += largest) {
        const std::size_t count = largest < all.rows() - first ? largest : all.rows() - first;
        const std::span memory(result.data() + first * width, count * width);
        std::apply(
            [&](auto&... constant) {
                all.with(all.from(first), count, [&](auto&&... data) { run(data..., prediction{} = memory, constant...); });
            },
            constants);
    }
    return result;
}

} // namespace ctgrad::detail
