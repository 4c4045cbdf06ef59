// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/graph/adjoint.hpp>
#include <ctgrad/graph/op_info.hpp>
#include <ctgrad/graph/value_facts.hpp>

#include <cstdint>
#include <string_view>

namespace ctgrad {

/// An identity of algebra, read from left to right: of a node that is about to be added and has the form of its left side,
/// `made` gives the right side, which is equal and cheaper; of any other node none.
struct rewrite {
    std::string_view name;    ///< The identity: "x + 0 = x".
    std::string_view where{}; ///< What must hold so that the numbers stay what they are; empty: nothing.
    std::uint64_t op = 0;     ///< The hash of the op that it is about.
    ref (*made)(const pending& at) = nullptr;
};

/// `rewrite_of<add_op>("x + 0 = x", function)`: an identity whose left side is an application of `Op`.
template <class Op>
constexpr rewrite rewrite_of(std::string_view name, ref (*made)(const pending&), std::string_view condition = {}) {
    return {name, condition, op_hash<Op>, made};
}

/// The rewrites of this library are functions here, a file a family; `rewrite/all.hpp` is the table of them.
namespace rewrites {

using detail::is_always_finite;
using detail::is_made_by;
using detail::is_number;

} // namespace rewrites
} // namespace ctgrad
