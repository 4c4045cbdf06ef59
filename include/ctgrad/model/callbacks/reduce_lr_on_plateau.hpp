// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/model/callbacks/monitor.hpp>

namespace ctgrad {

/// Multiplies the learning rate by `factor` when a number has not got better for `patience` epochs. Reports `learning_rate`.
/// Throws `ctgrad::error` before training where nothing of that name will be reported, or `factor` is not below 1.
/// Source: Keras, `ReduceLROnPlateau`.
struct reduce_lr_on_plateau {
    static constexpr std::string_view changes_learning_rate = "reduce_lr_on_plateau";

    log_name monitor = "val_loss";
    double factor = 0.1;
    int patience = 10;
    direction mode = direction::automatic;
    double min_delta = 1e-4; ///< What changes by less is not better.
    int cooldown = 0;        ///< Epochs after a reduction that do not count.
    double min_lr = 0;

    detail::best_so_far best{};
    int wait = 0;
    int cooldown_counter = 0;

    void on_train_begin(auto&, const epoch_logs& names) {
        if (!(factor >= 0 && factor < 1)) fail("ctgrad: reduce_lr_on_plateau needs a factor in [0,1)");
        (void)names[monitor];
        best.reset(monitor, mode, min_delta);
        wait = cooldown_counter = 0;
    }
    void on_epoch_end(auto& net, int, epoch_logs& logs) {
        logs.set("learning_rate", net.learning_rate());
        const double* const now = logs.find(monitor.text());
        if (now == nullptr) return;
        if (cooldown_counter > 0) {
            --cooldown_counter;
            wait = 0;
        }
        if (best.improves(*now))
            wait = 0;
        else if (cooldown_counter == 0 && ++wait >= patience && net.learning_rate() > min_lr) {
            const double lower = net.learning_rate() * factor;
            net.set_learning_rate(lower > min_lr ? lower : min_lr);
            cooldown_counter = cooldown;
            wait = 0;
        }
    }
};

} // namespace ctgrad
