// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/model/callbacks/monitor.hpp>

#include <cstddef>
#include <optional>

namespace ctgrad {

/// Ends training when a number has not got better for `patience` epochs: `callbacks(early_stopping{.patience = 3})`.
/// Throws `ctgrad::error` before training where nothing of that name will be reported, as `val_loss` without validation data.
/// Source: Keras, `EarlyStopping`.
struct early_stopping {
    log_name monitor = "val_loss";
    double min_delta = 0; ///< What changes by less is not better.
    int patience = 0;
    direction mode = direction::automatic;
    std::optional<double> baseline{};  ///< Only what is better than this ends the waiting.
    bool restore_best_weights = false; ///< At the end the variables are those of the best epoch.
    int start_from_epoch = 0;          ///< Epochs before it do not count.

    int stopped_epoch = -1; ///< The epoch after which it ended training, from 0.
    int best_epoch = 0;
    detail::best_so_far best{};
    int wait = 0;
    std::vector<std::byte> best_weights{};

    void on_train_begin(auto&, const epoch_logs& names) {
        (void)names[monitor];
        best.reset(monitor, mode, min_delta);
        wait = best_epoch = 0;
        stopped_epoch = -1;
        best_weights.clear();
    }
    void on_epoch_end(auto& net, int epoch, const epoch_logs& logs) {
        const double* const now = logs.find(monitor.text());
        if (now == nullptr || epoch < start_from_epoch) return;
        if (restore_best_weights && best_weights.empty()) keep(net, epoch);
        ++wait;
        if (best.improves(*now)) {
            keep(net, epoch);
            if (!baseline || best.is_better(*now, *baseline)) wait = 0;
        } else if (wait >= patience && epoch > 0) {
            stopped_epoch = epoch;
            net.stop_training();
        }
    }
    void on_train_end(auto& net) const {
        if (restore_best_weights && !best_weights.empty()) net.set_weights(best_weights);
    }

private:
    void keep(auto& net, int epoch) {
        best_epoch = epoch;
        if (restore_best_weights) best_weights = net.weights();
    }
};

} // namespace ctgrad
