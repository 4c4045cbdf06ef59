// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/nn/losses/as_loss.hpp>
#include <ctgrad/nn/losses/cosine_similarity.hpp>
#include <ctgrad/nn/metrics/mean_formula.hpp>
#include <ctgrad/ops/negative.hpp>

namespace ctgrad {

namespace detail {

template <class M>
concept is_metric = requires(std::span<const double> totals) {
    { M::name } -> std::convertible_to<std::string_view>;
    M::result(totals);
};

/// Whether a metric has the other sign than the loss, for the better the larger.
template <class Loss>
inline constexpr bool is_negated = false;
template <class Given>
inline constexpr bool is_negated<configured_loss<cosine_similarity_formula, Given>> = true;

} // namespace detail

/// The mean of the values of a loss, one an example, as a metric.
/// @tparam Loss a loss object; its reduction is not used.
template <class Loss>
class loss_metric {
    [[no_unique_address]] Loss loss_{};

    template <class T, class P>
    constexpr auto values(T t, P p) const {
        const auto each = loss_.per_example(t, p);
        if constexpr (detail::is_negated<Loss>)
            return -each;
        else
            return each;
    }

    /// 1 where the weight of a value counts and 0 where the loss ignores it; nothing if all count. Without weights ignored values
    /// are zeros of the mean, as in Keras.
    template <class T, class P, class V>
    constexpr auto counted([[maybe_unused]] T t, [[maybe_unused]] P p, [[maybe_unused]] V each) const {
        if constexpr (requires { loss_.counted(t, p, each); })
            return detail::as_factor(loss_.counted(t, p, each), each);
        else
            return unset{};
    }

public:
    static constexpr std::string_view name = Loss::name;

    constexpr loss_metric() = default;
    constexpr explicit loss_metric(Loss loss) : loss_(loss) {}

    template <expression T, expression P>
    constexpr auto totals(T t, P p) const {
        const auto each = values(t, p);
        if constexpr (detail::is_poison<std::remove_const_t<decltype(each)>>)
            return boost::hana::make_tuple(poison{});
        else
            return detail::mean_totals(each, unweighted{});
    }
    template <expression T, expression P, expression W>
    constexpr auto totals(T t, P p, W w) const {
        const auto each = values(t, p);
        const auto counts = counted(t, p, each);
        using check = detail::metric_weights_check<loss_metric, W, std::remove_const_t<decltype(each)>>;
        if constexpr (!check::found.is_fine())
            return boost::hana::make_tuple(refuse<check>());
        else if constexpr (detail::is_there<decltype(counts)>)
            return detail::mean_totals(each, weigh(counts, w));
        else
            return detail::mean_totals(each, w);
    }
    static double result(std::span<const double> totals) { return detail::divide_no_nan(totals[0], totals[1]); }
};

/// A metric object of what says one: a metric object itself, the name of one (`accuracy`), or whatever says a loss
/// (`as_loss`): its name, a loss object, a callable `(t, p) -> expression`, one value an example. Of a loss the metric is
/// the mean over all examples; cosine_similarity is 1 where both point the same way, not -1.
template <class X>
constexpr auto as_metric(X x) {
    if constexpr (detail::is_metric<X> || detail::is_poison<X>)
        return x;
    else
        return loss_metric<decltype(as_loss(x))>{as_loss(x)};
}
template <class Formula>
constexpr auto as_metric(metric_function<Formula> named) {
    return named();
}

/// A metric under another name.
template <fixed_string Name, class Metric>
struct renamed_metric : Metric {
    static constexpr std::string_view name = Name.view();
};

template <fixed_string Name>
struct metric_named_function {
    template <class X>
    constexpr auto operator()(X x) const {
        return renamed_metric<Name, decltype(as_metric(x))>{as_metric(x)};
    }
};
/// What says a metric (`as_metric`) under a name of one's own, for callables and where two would have one name:
/// `metrics(auc, metric_named<"pr_auc">(auc(curve = pr)), metric_named<"worst">([](auto t, auto p) { ... }))`.
template <fixed_string Name>
inline constexpr metric_named_function<Name> metric_named{};

} // namespace ctgrad
