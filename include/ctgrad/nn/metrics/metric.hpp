// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/expr/option_call.hpp>
#include <ctgrad/nn/metric_rules.hpp>
#include <ctgrad/nn/metrics/sample_weights.hpp>

#include <boost/hana/tuple.hpp>

#include <span>

namespace ctgrad {

/// What the formula of a metric is given: `how[threshold]` is an operand, `how.value(beta)` a number or a word.
template <class Settings>
struct metric_options {
    template <class Option>
    constexpr auto operator[](Option o) const {
        return Settings::of(o);
    }
    template <class Option>
    static constexpr auto value(Option o) {
        using given = decltype(Settings::of(o));
        if constexpr (requires { given::value(); })
            return given::value();
        else
            return given::value;
    }
    template <class Option>
    static constexpr bool has(Option o) {
        return Settings::has(o);
    }
};

/// A metric with its options, an empty value: `auc(num_thresholds = 100_c)`.
///
/// What it says of a batch are `totals`, expressions that are planned together with loss and prediction. They are
/// added up over batches (`metric_state`); `result` makes the metric of them.
/// @tparam Formula has a `name`, `defaults` (see `options`), the `truth` that it takes, what weights weigh,
/// `weighed(how, t, p)`, `totals(how, t, p, w)`, where `w` are weights or `unweighted`, and `result(how, totals)`. It may
/// have `misfit(how, shape)`, the option that does not fit a prediction of that shape.
template <class Formula, class Given>
struct metric {
    using formula = Formula;
    using how = metric_options<typename detail::option_call<Formula, detail::defaults_of<Formula>, Given>::settled>;
    static constexpr std::string_view name = Formula::name;

    /// Sums over a batch, of static shape: a tuple of expressions.
    /// @param t truth. @param p prediction.
    /// @param w weights of the values, with their first axes.
    /// **Fails when** truth and prediction are exchanged (`truth_and_prediction_must_not_be_swapped`), the truth is of
    /// another kind than the metric takes (`labels_must_be_floating`, `labels_must_be_class_numbers`,
    /// `truth_must_have_shape_of_prediction`, `labels_must_have_rows_of_logits`), dtypes differ
    /// (`dtypes_must_match`) or the weights do not fit (`weights_must_have_axes_of_values`).
    template <operand T, operand P>
    static constexpr auto totals(T t, P p) {
        using check = detail::metric_check<metric, T, P>;
        if constexpr (!check::found.is_fine())
            return boost::hana::make_tuple(refuse<check>());
        else
            return Formula::totals(how{}, t, p, unweighted{});
    }
    template <operand T, operand P, operand W>
    static constexpr auto totals(T t, P p, W w) {
        if constexpr (detail::is_poison<W>)
            return boost::hana::make_tuple(poison{});
        else if constexpr (!detail::metric_check<metric, T, P>::found.is_fine())
            return totals(t, p);
        else {
            using check = detail::metric_weights_check<metric, W, decltype(Formula::weighed(how{}, t, p))>;
            if constexpr (!check::found.is_fine())
                return boost::hana::make_tuple(refuse<check>());
            else
                return Formula::totals(how{}, t, p, w);
        }
    }

    /// Joins the totals of a call with those of earlier ones, 0 at first: metrics that have it must not be added up.
    static void merge(std::span<double> sums, std::span<const double> more)
        requires requires { Formula::merge(sums, more); }
    {
        Formula::merge(sums, more);
    }

    /// The metric of totals that were added up, all elements in the order of the tuple: a number, or several.
    static auto result(std::span<const double> totals) { return Formula::result(how{}, totals); }

    /// The option that does not fit a prediction, or nothing.
    template <class P>
    static constexpr std::string_view misfit() {
        if constexpr (requires { Formula::misfit(how{}, tensor_shape{}); } && detail::is_expr<P>)
            return Formula::misfit(how{}, P::shape());
        else
            return {};
    }
};

/// Stands for a metric whose options were wrong: everything about it is accepted.
struct refused_metric : poison {
    constexpr refused_metric(poison = {}) {}
    static constexpr char name[] = "none";

    template <class... X>
    static constexpr auto totals(X...) {
        return boost::hana::make_tuple(poison{});
    }
    static double result(std::span<const double>) { return 0; }
};

/// The function object of a metric: `auc(num_thresholds = 100_c)`. A formula says its name, the defaults of its
/// options, what it takes and how it is computed:
/// ```
/// struct largest_error_formula : mean_formula<largest_error_formula> {
///     static constexpr char name[] = "largest_error";
///     static constexpr auto defaults = options();
///     static constexpr truth_kind truth = truth_kind::like_prediction;
///     static constexpr auto values(auto, auto t, auto p) { return reduce_max(abs(t - p), axis<-1>); }
/// };
/// inline constexpr metric_function<largest_error_formula> largest_error{};
/// ```
/// @returns a metric object, for `metrics(...)` of `compile`, or in a loop for `totals(t, p)` and `metric_state`.
/// **Fails when** an option is unknown or wrong (`option_must_be_known`, `option_must_be_a_number`).
template <class Formula>
struct metric_function {
    using formula = Formula;

    template <class... Argument>
    static constexpr bool takes = detail::call_of<Formula, Argument...>::found.is_fine() &&
                                  has_constant_options<typename detail::call_of<Formula, Argument...>::settled>();

    template <class... Argument>
    constexpr auto operator()(Argument...) const {
        using call = detail::call_of<Formula, Argument...>;
        if constexpr (!call::found.is_fine())
            return refused_metric{refuse<call>()};
        else if constexpr (!has_constant_options<typename call::settled>())
            return refused_metric{broken<fault::option_must_be_a_number, name_shown<Formula>,
                                         show([] { return detail::run_time_constant(typename call::settled{}); })>};
        else
            return metric<Formula, typename call::given>{};
    }
};

} // namespace ctgrad
