// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/nn/metrics/mean_formula.hpp>
#include <ctgrad/nn/metrics/thresholds.hpp>
#include <ctgrad/nn/metrics/top_k.hpp>
#include <ctgrad/ops/logical_or.hpp>
#include <ctgrad/ops/not_equal.hpp>
#include <ctgrad/ops/subtract.hpp>

#include <vector>

namespace ctgrad {

/// The class, a place along the last axis, that alone is looked at.
struct class_id_t : option<class_id_t, "class_id", interval::not_negative> {
    using option::operator=;
};
inline constexpr class_id_t class_id{};

namespace detail {

/// Smaller than any score.
inline constexpr literal<std::bit_cast<std::uint64_t>(-1e10)> no_score{};

/// The one class of `x` that the options ask for; without such an option `x`.
template <operand X>
constexpr auto of_class(auto how, X x) {
    if constexpr (how.has(class_id)) {
        const auto places = cast_like(leaf_beside<make_classes_of_logits>(x), x);
        return reduce_sum(where(equal(places, cast_like(how[class_id], x)), x, literal<0>{}), axis<-1>);
    } else
        return x;
}

/// Whether a prediction of shape `p` has the class that the options ask for.
constexpr bool has_class(auto how, const tensor_shape& p) {
    if constexpr (!how.has(class_id))
        return true;
    else if (p.rank == 0)
        return false;
    else if constexpr (is_literal<decltype(how[class_id])>)
        return !p[p.rank - 1].is_static() || how.value(class_id) < static_cast<double>(p[p.rank - 1].extent);
    else
        return true;
}

/// The k largest numbers of each row as they are, `no_score` for the others. Of equal ones the first are larger.
template <operand P>
constexpr auto largest_of_rows(auto how, P p) {
    if constexpr (how.has(top_k)) {
        const auto places = leaf_beside<make_classes_of_logits>(p);
        const auto each = for_each_level(p, places); // [..., i, j] is p[..., i], others p[..., j]
        const auto others = expand_dims(p, axis<-2>);
        const auto earlier = less(places, for_each_level(places, places));
        const auto before = logical_or(greater(others, each), logical_and(equal(others, each), earlier));
        return where(less(reduce_sum(cast_like(before, p), axis<-1>), cast_like(how[top_k], p)), p, no_score);
    } else
        return p;
}

/// The thresholds that a call asks for; without any 0.5, or one that the k largest exceed.
template <operand P>
constexpr auto asked_thresholds(auto how, P p) {
    if constexpr (how.has(thresholds))
        return vector_of(how[thresholds], p);
    else if constexpr (how.has(top_k))
        return vector_of(no_score, p);
    else
        return vector_of(literal<std::bit_cast<std::uint64_t>(0.5)>{}, p);
}

/// The weights of what is positive, or of what is not.
constexpr auto positives(auto t, auto w) { return weigh(cast_like(not_equal(t, literal<0>{}), t), w); }
constexpr auto negatives(auto t, auto w) { return weigh(cast_like(equal(t, literal<0>{}), t), w); }

/// 1 for what does not exceed a threshold.
constexpr auto misses(auto above) { return literal<std::bit_cast<std::uint64_t>(1.0)>{} - above; }

/// The base of metrics that count hits and misses of a prediction above thresholds.
/// @tparam Formula says `counts(t, above, w)`, where `above` is 1 for what exceeds a threshold along a last axis.
template <class Formula>
struct confusion_formula {
    static constexpr truth_kind truth = truth_kind::like_prediction;

    static constexpr std::string_view misfit(auto how, const tensor_shape& p) { return has_class(how, p) ? "" : "class_id"; }

    static constexpr auto weighed(auto how, auto, auto p) { return of_class(how, p); }

    static constexpr auto totals(auto how, auto t, auto p, auto w) {
        const auto scores = of_class(how, largest_of_rows(how, p));
        return Formula::counts(of_class(how, t), exceeds(scores, asked_thresholds(how, p)), w);
    }
};

/// `f(i)` for each threshold: a number, or several if several thresholds were asked for.
template <class How>
auto at_thresholds(const How& how, std::size_t count, auto f) {
    constexpr bool several = [] {
        if constexpr (How::has(thresholds))
            return are_several<std::remove_cvref_t<decltype(how[thresholds])>>;
        else
            return false;
    }();
    if constexpr (several) {
        std::vector<deferred_t<double, How>> all(count);
        for (std::size_t i = 0; i < count; ++i) all[i] = f(i);
        return all;
    } else
        return count > 0 ? static_cast<double>(f(std::size_t{0})) : 0.0;
}

} // namespace detail
} // namespace ctgrad
