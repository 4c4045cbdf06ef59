// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/ops/cast.hpp>
#include <ctgrad/ops/divide.hpp>
#include <ctgrad/ops/exp.hpp>
#include <ctgrad/ops/log.hpp>
#include <ctgrad/ops/matmul.hpp>
#include <ctgrad/ops/reduce_sum.hpp>
#include <ctgrad/ops/sigmoid.hpp>
#include <ctgrad/ops/stop_gradient.hpp>
#include <ctgrad/ops/subtract.hpp>

#include <string_view>

namespace ctgrad {

/// What the graph of an expression shows its values to be.
enum class value_scale : std::uint8_t {
    unknown,
    probabilities,     ///< What a softmax or a sigmoid made.
    log_probabilities, ///< What a log_softmax made.
    scores             ///< A matrix product, with or without something added.
};

namespace detail {

/// The node whose elements `n` shows in another order, shape or dtype.
constexpr const linked_node& behind_views(const linked_node& n) {
    const linked_node* at = &n;
    while (at->op->kind == op_kind::view || at->op->kind == op_kind::reshape || is_op<cast_op>(*at->op) || is_op<stop_gradient_op>(*at->op))
        at = at->inputs[0];
    return *at;
}

/// Whether `n` is the sum of `terms` along some axes, spread again.
constexpr bool is_sum_of(const linked_node& n, const linked_node& terms) {
    return is_op<reduce_sum_op>(*n.op) && behind_views(*n.inputs[0]).hash == terms.hash;
}

constexpr const linked_node& operand_of(const linked_node& n, int i) { return behind_views(*n.inputs[i]); }

/// e^x / sum e^x.
constexpr bool is_softmax(const linked_node& n) {
    if (!is_op<divide_op>(*n.op)) return false;
    const linked_node& powers = operand_of(n, 0);
    return is_op<exp_op>(*powers.op) && is_sum_of(operand_of(n, 1), powers);
}

/// x - log(sum e^x), or the logarithm of a softmax.
constexpr bool is_log_softmax(const linked_node& n) {
    if (is_op<log_op>(*n.op)) return is_softmax(operand_of(n, 0));
    if (!is_op<subtract_op>(*n.op) || !is_op<log_op>(*operand_of(n, 1).op)) return false;
    const linked_node& sum = operand_of(operand_of(n, 1), 0);
    if (!is_op<reduce_sum_op>(*sum.op)) return false;
    const linked_node& powers = operand_of(sum, 0);
    return is_op<exp_op>(*powers.op) && operand_of(powers, 0).hash == operand_of(n, 0).hash;
}

/// The activation that made the values of `n`, or nothing.
constexpr std::string_view activation_of(const linked_node& n) {
    const linked_node& made = behind_views(n);
    if (is_softmax(made)) return "softmax";
    if (is_log_softmax(made)) return "log_softmax";
    if (is_op<sigmoid_op>(*made.op)) return "sigmoid";
    return {};
}

constexpr bool is_affine(const linked_node& n) {
    const linked_node& made = behind_views(n);
    if (is_op<add_op>(*made.op)) return is_op<matmul_op>(*operand_of(made, 0).op) || is_op<matmul_op>(*operand_of(made, 1).op);
    return is_op<matmul_op>(*made.op);
}

} // namespace detail

/// What the graph of `E` shows its values to be, seen through views and casts. For losses that take one
/// scale and not the other.
template <class E>
constexpr value_scale scale_of() {
    if constexpr (detail::is_expr<E>) {
        const std::string_view made = detail::activation_of(E::root());
        if (made == "log_softmax") return value_scale::log_probabilities;
        if (!made.empty()) return value_scale::probabilities;
        if (detail::is_affine(E::root())) return value_scale::scores;
    }
    return value_scale::unknown;
}

} // namespace ctgrad
