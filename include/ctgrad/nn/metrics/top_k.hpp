// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/nn/metrics/class_numbers.hpp>
#include <ctgrad/nn/metrics/mean_formula.hpp>
#include <ctgrad/nn/metrics/not_a_number.hpp>
#include <ctgrad/ops/argmax.hpp>
#include <ctgrad/ops/expand_dims.hpp>
#include <ctgrad/ops/greater.hpp>
#include <ctgrad/ops/less.hpp>
#include <ctgrad/ops/logical_and.hpp>
#include <ctgrad/ops/one_hot.hpp>
#include <ctgrad/ops/reduce_max.hpp>
#include <ctgrad/ops/top_k.hpp>
#include <ctgrad/ops/where.hpp>

#include <limits>

namespace ctgrad {

/// Whether the prediction is class numbers, the best first, instead of scores.
struct from_sorted_ids_t : flag<from_sorted_ids_t, "from_sorted_ids"> {};
inline constexpr from_sorted_ids_t from_sorted_ids{};

namespace detail {

/// Whether fewer than `many` scores of a row are larger than that of the class; no class is none of them.
constexpr auto is_among_largest(auto classes, auto p, auto many) {
    constexpr literal<std::bit_cast<std::uint64_t>(-std::numeric_limits<double>::infinity())> lowest{};
    const auto score = reduce_max(where(is_class(classes, p), p, lowest), axis<-1>, keepdims);
    return logical_and(less(reduce_sum(cast_like(greater(p, score), p), axis<-1>), cast_like(many, p)), are_scores(p));
}

struct top_k_categorical_accuracy_formula : mean_formula<top_k_categorical_accuracy_formula> {
    static constexpr char name[] = "top_k_categorical_accuracy";
    static constexpr auto defaults = [] {
        using namespace literals;
        return options(top_k = 5_c);
    }();
    static constexpr truth_kind truth = truth_kind::like_prediction;

    static constexpr auto values(auto how, auto t, auto p) { return cast_like(is_among_largest(argmax(t, axis<-1>), p, how[top_k]), p); }
};

struct sparse_top_k_categorical_accuracy_formula : mean_formula<sparse_top_k_categorical_accuracy_formula> {
    static constexpr char name[] = "sparse_top_k_categorical_accuracy";
    static constexpr auto defaults = [] {
        using namespace literals;
        return options(top_k = 5_c, from_sorted_ids);
    }();
    static constexpr truth_kind truth = truth_kind::class_numbers;

    static constexpr auto values(auto how, auto t, auto p) {
        const auto classes = without_column(t, p);
        if constexpr (how.has(from_sorted_ids)) {
            const auto place = cast_like(leaf_beside<make_classes_of_logits>(p), p);
            const auto counts = logical_and(equal(p, cast_like(expand_dims(classes, axis<-1>), p)), less(place, cast_like(how[top_k], p)));
            return reduce_max(cast_like(counts, p), axis<-1>);
        } else
            return cast_like(is_among_largest(classes, p, how[top_k]), p);
    }
};

} // namespace detail

/// How often the class of the truth is among the k with the largest scores: `top_k_categorical_accuracy(3_c)`, 5 if
/// none is given. Classes with equal scores are in together, as in TensorFlow (Keras, `TopKCategoricalAccuracy`).
inline constexpr metric_function<detail::top_k_categorical_accuracy_formula> top_k_categorical_accuracy{};

/// The same for class numbers; after `from_sorted_ids` the prediction is class numbers too, the best first (Keras,
/// `SparseTopKCategoricalAccuracy`).
inline constexpr metric_function<detail::sparse_top_k_categorical_accuracy_formula> sparse_top_k_categorical_accuracy{};

} // namespace ctgrad
