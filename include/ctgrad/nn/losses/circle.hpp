// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/nn/losses/loss.hpp>
#include <ctgrad/ops/broadcast_to.hpp>
#include <ctgrad/ops/expand_dims.hpp>
#include <ctgrad/ops/greater.hpp>
#include <ctgrad/ops/logical_and.hpp>
#include <ctgrad/ops/logical_not.hpp>
#include <ctgrad/ops/matmul.hpp>
#include <ctgrad/ops/maximum.hpp>
#include <ctgrad/ops/one_hot.hpp>
#include <ctgrad/ops/reduce_logsumexp.hpp>
#include <ctgrad/ops/softplus.hpp>
#include <ctgrad/ops/transpose.hpp>

namespace ctgrad {

/// The classes, [M], of the embeddings that rows are compared to.
struct ref_labels_t {
    static constexpr fixed_string name = "ref_labels";
    template <expression X>
    constexpr chosen<ref_labels_t, X> operator=(X) const {
        return {};
    }
    constexpr chosen<ref_labels_t, unset> operator=(unset) const { return {}; }
};
inline constexpr ref_labels_t ref_labels{};
/// The embeddings, [M, D], that rows are compared to.
struct ref_embeddings_t {
    static constexpr fixed_string name = "ref_embeddings";
    template <expression X>
    constexpr chosen<ref_embeddings_t, X> operator=(X) const {
        return {};
    }
    constexpr chosen<ref_embeddings_t, unset> operator=(unset) const { return {}; }
};
inline constexpr ref_embeddings_t ref_embeddings{};

namespace detail {

/// `x`, one for each of `n` or `m` rows, along axis `Axis` of the pairs [n, m].
template <int Axis>
struct pair_options {
    static constexpr inference asked(const attributes& x, const attributes& other) {
        inference out;
        out.result.shape = Axis == 0 ? shape(x.shape[0], other.shape[0]) : shape(other.shape[0], x.shape[0]);
        out.result.numbers[Axis] = 0;
        out.result.numbers[1 - Axis] = -1;
        return out;
    }
};

/// Whether `x` of one row is `y` of another, for all pairs.
template <expression X, expression Y>
constexpr auto equal_pairs(X x, Y y) {
    return apply_like<view_op, pair_options<0>>(x, y) == apply_like<view_op, pair_options<1>>(y, x);
}

/// The positions of rows.
struct make_row_numbers {
    static constexpr ref of(builder& into, const attributes& x) { return class_numbers(into, x.shape[0]); }
};

struct circle_formula : loss_formula {
    static constexpr char name[] = "circle";
    static constexpr bool class_numbers = true;
    static constexpr int prediction_rank = 2;
    static constexpr auto defaults = [] {
        using namespace literals;
        return options(gamma = 80_c, margin = 0.4_c, keep_diagonal, reduction = sum_over_batch_size, ref_labels = unset{},
                       ref_embeddings = unset{});
    }();

    static constexpr auto of(auto how, auto t, auto p) {
        if constexpr (how.has(ref_labels))
            return between(how, t, p, how.given(ref_labels), how.given(ref_embeddings));
        else
            return between(how, t, p, t, p);
    }

    /// Rows without loss do not count.
    static constexpr auto mask(auto, auto, auto values) { return values > literal<0>{}; }

private:
    static constexpr auto between(auto how, auto t, auto p, auto other_t, auto other_p) {
        using namespace literals;
        const auto d = maximum(1_c - matmul(p, transpose(other_p)), 0_c);
        const auto m = how[margin];
        const auto same = equal_pairs(t, other_t);
        const auto near = -how[gamma] * maximum(m + d, 0_c) * (m - d);
        const auto far = how[gamma] * maximum(1_c + m - d, 0_c) * (1_c - m - d);
        return softplus(over(positives(how, same, t, other_t), near) + over(!same, far));
    }
    static constexpr auto positives(auto how, auto same, auto t, auto other_t) {
        if constexpr (how.has(keep_diagonal))
            return same;
        else
            return same && !equal_pairs(leaf_beside<make_row_numbers>(t), leaf_beside<make_row_numbers>(other_t));
    }
    static constexpr auto over(auto chosen_pairs, auto terms) {
        constexpr std::uint64_t minus_infinity = 0xfff0000000000000u;
        return reduce_logsumexp(where(chosen_pairs, terms, literal<minus_infinity>{}), axis<1>);
    }
};

} // namespace detail

/// For embeddings p, [N, D] with rows of length 1, of classes t, [N]: softplus(ln sum e^a + ln sum e^b) for each row, with
/// d = max(1 - p p^T, 0), a = -gamma max(m + d, 0)(m - d) over other rows of its class (and itself with
/// `keep_diagonal`) and b = gamma max(1 + m - d, 0)(1 - m - d) over rows of other classes. `gamma` is 80, `margin` m
/// is 0.4. Rows are compared to each other, or to `ref_embeddings` of classes `ref_labels`, both given. Rows
/// of which there is nothing to learn are 0 and not counted.
/// Source: Keras, `Circle`; Sun et al., Circle Loss (2020).
inline constexpr loss_function<detail::circle_formula> circle{};

} // namespace ctgrad
