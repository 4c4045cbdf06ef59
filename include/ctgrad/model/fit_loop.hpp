// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/model/fit_arguments.hpp>
#include <ctgrad/model/formulas.hpp>
#include <ctgrad/model/report.hpp>
#include <ctgrad/simd/threefry.hpp>
#include <ctgrad/train/trainer.hpp>

namespace ctgrad::detail {

/// The order of the examples in an epoch: it depends on seed, epoch and their number alone.
inline void shuffle(std::vector<std::size_t>& order, std::uint64_t seed, int epoch) {
    using words = simd::word_pair<std::uint32_t>;
    const auto pair_of = [](std::uint64_t bits) { return words{static_cast<std::uint32_t>(bits), static_cast<std::uint32_t>(bits >> 32)}; };
    const words key = pair_of(hash_combine(seed, static_cast<std::uint64_t>(epoch)));
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    for (std::size_t left = order.size(); left > 1; --left) { // Fisher and Yates
        const words drawn = simd::threefry(pair_of(left), key);
        const std::uint64_t bits = std::uint64_t{drawn.second} << 32 | drawn.first;
        std::swap(order[left - 1], order[static_cast<std::size_t>(bits % left)]);
    }
}

/// Runs program `P` of compiled model `Net` on batches.
template <class Net, class P, class Outputs>
class batch_runner {
    using own = owns_parameters<typename Net::step::program>;

public:
    explicit batch_runner(Net& net) : own_{net.state().parameters().data()} {}

    template <class... B>
    [[gnu::always_inline]] void operator()(B&&... arguments) {
        using call = call_types<P, own, Outputs, std::remove_cvref_t<B>...>;
        if constexpr (!call::found.is_fine())
            refuse<call>();
        else
            call_program<P, Outputs>(own_, &workspace_, arguments...);
    }

private:
    own own_;
    buffer workspace_;
};

/// One epoch after the other, over batches of `all`.
/// @tparam Totals what a batch reports, and what comes of it.
template <class Runner, class Totals, class Columns, class Constants>
class epochs {
public:
    epochs(Runner runner, const Columns& all, std::int64_t batch, const Constants& constants)
        : runner_(std::move(runner)), all_(all), batch_(smaller(static_cast<std::size_t>(batch), all.rows())), constants_(constants) {}

    std::size_t batches() const { return (all_.rows() + batch_ - 1) / batch_; }

    /// Goes through all examples, in the order given if it is not empty, as long as `after(totals)` says so after a batch.
    template <class After>
    Totals run(std::span<const std::size_t> order, After after) {
        Totals totals;
        if (!order.empty()) room_ = Columns::make_room(memory_, batch_);
        bool goes_on = true;
        for (std::size_t first = 0; first < all_.rows() && goes_on; first += batch_) {
            const std::size_t count = smaller(batch_, all_.rows() - first);
            const auto rows = order.empty() ? all_.from(first) : all_.gathered(order.subspan(first, count), room_);
            run_batch(rows, count, totals.batch);
            totals.add(count);
            goes_on = after(totals.batch);
        }
        return totals;
    }

private:
    template <class Reports>
    [[gnu::always_inline]] void run_batch(const typename Columns::addresses& rows, std::size_t count, Reports& reports) {
        std::apply(
            [&](auto&... constant) __attribute__((always_inline)) {
                reports.fill([&](auto&&... memory) __attribute__((always_inline)) {
                    Columns::with(rows, count,
                                  [&](auto&&... data) __attribute__((always_inline)) { runner_(data..., memory..., constant...); });
                });
            },
            constants_);
    }

    static std::size_t smaller(std::size_t a, std::size_t b) { return a < b ? a : b; }

    Runner runner_;
    Columns all_;
    std::size_t batch_;
    Constants constants_;
    buffer memory_;
    typename Columns::places room_{};
};

/// The program of a batch of training, or of evaluation.
template <bool Training, bool Weighted, class Formulas, class Outputs = typename Formulas::template outputs<Training, Weighted>>
struct batch_program {
    using type = typename Formulas::template step<Weighted>::program;
};
template <bool Weighted, class Formulas, class... E>
struct batch_program<false, Weighted, Formulas, result_list<E...>> {
    using type = program<make_outputs<E...>, sizeof...(E)>;
};

/// Epochs of training, or of evaluation.
template <bool Training, bool Weighted, class Net, class Columns, class Constants>
auto epochs_of(Net& net, const Columns& all, std::int64_t batch, const Constants& constants) {
    using formulas = typename Net::formulas;
    using runner = batch_runner<Net, typename batch_program<Training, Weighted, formulas>::type,
                                typename formulas::template outputs<Training, Weighted>>;
    return epochs<runner, typename formulas::template totals<Training, Weighted>, Columns, Constants>(runner(net), all, batch, constants);
}

/// Writes the loss and metrics of `all` to `logs`.
template <bool Weighted, class Net, class Columns, class Constants>
void evaluate_on(Net& net, const Columns& all, std::int64_t batch, const Constants& constants, epoch_logs& logs, std::string_view prefix) {
    epochs_of<false, Weighted>(net, all, batch, constants).run({}, [](const auto&) { return true; }).write(logs, prefix);
}

} // namespace ctgrad::detail
