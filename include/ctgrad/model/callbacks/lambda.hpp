// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/model/logs.hpp>

#include <cstdint>

namespace ctgrad {

namespace detail {

template <class Call>
struct epoch_begin_call {
    Call call;
    void on_epoch_begin(auto&, int epoch) { call(epoch); }
};
template <class Call>
struct epoch_end_call {
    Call call;
    void on_epoch_end(auto&, int epoch, epoch_logs& logs) { call(epoch, logs); }
};
template <class Call>
struct batch_end_call {
    Call call;
    void on_batch_end(auto&, std::int64_t batch, double loss) { call(batch, loss); }
};

} // namespace detail

/// Callbacks from a lambda. A callback of your own is any object with some of the hooks `on_train_begin(net, names)`,
/// `on_epoch_begin(net, epoch)`, `on_batch_end(net, batch, loss)`, `on_epoch_end(net, epoch, logs)`, `on_train_end(net)`.
/// Source: Keras, `LambdaCallback`.
/// @param call `[](int epoch) {...}`, from 0.
template <class Call>
detail::epoch_begin_call<Call> on_epoch_begin(Call call) {
    return {call};
}
/// @param call `[](int epoch, epoch_logs& logs) {...}`; what it sets in the logs is shown and kept in the history.
template <class Call>
detail::epoch_end_call<Call> on_epoch_end(Call call) {
    return {call};
}
/// @param call `[](std::int64_t batch, double loss) {...}`.
template <class Call>
detail::batch_end_call<Call> on_batch_end(Call call) {
    return {call};
}

} // namespace ctgrad
