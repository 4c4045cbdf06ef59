// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/io/checkpoint.hpp>
#include <ctgrad/model/callbacks/monitor.hpp>

namespace ctgrad {

/// Saves variables and what the optimizer keeps after each epoch, as `save_checkpoint`: `callbacks(model_checkpoint{.filepath =
/// "best.safetensors", .save_best_only = true})`. `load_checkpoint(path, net.state())` goes on from there, to the bit with
/// `.initial_epoch`. A header of its own, `ctgrad/model/callbacks/model_checkpoint.hpp`: it needs JSON for Modern C++.
/// Throws `ctgrad::error` before training where nothing of the monitored name will be reported, and where a file cannot be written.
/// Source: Keras, `ModelCheckpoint`.
struct model_checkpoint {
    std::string filepath; ///< `{epoch}` in it stands for the number of epochs trained.
    log_name monitor = "val_loss";
    bool save_best_only = false; ///< Only where the monitored number is better than before.
    bool save_weights_only = false;
    direction mode = direction::automatic;

    detail::best_so_far best{};

    void on_train_begin(auto&, const epoch_logs& names) {
        if (!save_best_only) return;
        (void)names[monitor];
        best.reset(monitor, mode, 0);
    }
    void on_epoch_end(auto& net, int epoch, const epoch_logs& logs) {
        if (save_best_only) {
            const double* const now = logs.find(monitor.text());
            if (now == nullptr || !best.improves(*now)) return;
        }
        if (save_weights_only)
            save_variables(path_of(epoch), net.state());
        else
            save_checkpoint(path_of(epoch), net.state());
    }

private:
    std::string path_of(int epoch) const {
        std::string path = filepath;
        if (const auto at = path.find("{epoch}"); at != std::string::npos) path.replace(at, 7, std::to_string(epoch + 1));
        return path;
    }
};

} // namespace ctgrad
