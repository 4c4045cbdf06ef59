// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/runtime/results.hpp>

namespace ctgrad {

/// A call whose data are bound: `auto step = train.bind(x = images, y_ = labels); step();` does what
/// `train(x = images, y_ = labels)` does, as often as wanted, and never throws, allocates or locks. (It
/// does throw where a program factors matrices and one has no factors.)
///
/// It refers to the data, to the memory given for results and to the trainer's variables, which must outlive
/// it: what they hold may change between calls, not where they are. A number is taken as it was when bound (to
/// change it later, bind a span of one). It has workspace of its own, and the tensors of results that were
/// given no memory: `step()` returns views of those, good until the next call. So two threads need two.
template <class P, class Own, class Results, class... B>
class bound_call {
    using types = detail::call_types<P, Own, Results, B...>;

public:
    /// Use `bind` of a `function` or `trainer`. Throws `ctgrad::error` when sizes contradict.
    explicit bound_call(const Own& own, B&... arguments) : frame_(own, arguments...), results_(frame_) {
        workspace_.reserve(frame_.workspace_bytes());
    }

    /// Runs the program: one result, or a tuple. A scalar is a number, any other a view.
    [[gnu::always_inline]] auto operator()() noexcept(!detail::can_fail<P>) {
        typename types::frame frame = frame_;
        return results_.template run<true>(frame, workspace_.data());
    }

private:
    typename types::frame frame_;
    typename types::results results_;
    buffer workspace_;
};

} // namespace ctgrad
