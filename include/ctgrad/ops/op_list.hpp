// SPDX-License-Identifier: BSL-1.0
#pragma once

namespace ctgrad {

/// Types to iterate over: `[]<class... Op>(op_list<Op...>) { (check<Op>(), ...); }(all_ops{})`.
template <class... Ops>
struct op_list {
    static constexpr int size = sizeof...(Ops);
};

} // namespace ctgrad
