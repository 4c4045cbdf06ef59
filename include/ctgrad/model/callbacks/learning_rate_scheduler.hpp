// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/model/logs.hpp>

namespace ctgrad {

/// Sets the learning rate before each epoch:
/// `learning_rate_scheduler([](int epoch, double rate) { return epoch < 10 ? rate : rate * 0.9; })`.
/// The epoch is counted from 0. Reports `learning_rate`. (A rate that changes with each step is a schedule: `adam(cosine_decay(...))`.)
/// Source: Keras, `LearningRateScheduler`.
template <class Schedule>
class learning_rate_scheduler {
public:
    static constexpr std::string_view changes_learning_rate = "learning_rate_scheduler";

    explicit learning_rate_scheduler(Schedule schedule) : schedule_(schedule) {}

    void on_epoch_begin(auto& net, int epoch) { net.set_learning_rate(schedule_(epoch, net.learning_rate())); }
    void on_epoch_end(auto& net, int, epoch_logs& logs) const { logs.set("learning_rate", net.learning_rate()); }

private:
    Schedule schedule_;
};

} // namespace ctgrad
