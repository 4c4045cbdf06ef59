// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/model/formulas.hpp>
#include <ctgrad/model/rules.hpp>

namespace ctgrad {

/// Arguments: the function, what the model gives.
template <fact Function, fact Given>
CTGRAD_RULE(model_must_give_one_prediction, "end with a layer that reads the mask (lstm<8>()) or merges branches (add).")
inline constexpr poison broken<fault::model_must_give_one_prediction, Function, Given>{};

/// Arguments: the metric, the shape of a total.
template <fact Metric, fact Total>
CTGRAD_RULE(totals_must_be_static, "a total has one shape for all batches: sum over the examples, reduce_sum(hits, axis<0>).")
inline constexpr poison broken<fault::totals_must_be_static, Metric, Total>{};

/// Arguments: the function, the shape of the prediction.
template <fact Function, fact Prediction>
CTGRAD_RULE(softmax_must_have_several_classes, "of one number it is always 1: take sigmoid for one unit, or a unit for each class.")
inline constexpr poison broken<fault::softmax_must_have_several_classes, Function, Prediction>{};

namespace detail {

/// What an error shows of the first total of metric `M` that is no expression of static shape; empty if all are.
template <class M, class Totals>
inline constexpr phrase faulty_total = [] {
    phrase text("no tuple");
    if constexpr (is_expr<Totals>) text = phrase_of(Totals::shape());
    return text;
}();
template <class M, class... E>
inline constexpr phrase faulty_total<M, boost::hana::tuple<E...>> = [] {
    phrase found;
    auto look = [&found]<class Each>(Each*) {
        if (!std::string_view(found).empty()) return;
        if constexpr (!is_expr<Each> && !is_poison<Each>)
            found = phrase("number");
        else if (!Each::shape().is_static())
            found = phrase_of(Each::shape());
    };
    (look(static_cast<E*>(nullptr)), ...);
    return found;
}();
template <class M, class Totals>
inline constexpr bool has_faulty_total = !std::string_view(faulty_total<M, Totals>).empty();

/// Whether `P` is a softmax of one number.
template <class P>
constexpr bool is_softmax_of_one() {
    if (activation_of(P::root()) != "softmax") return false;
    const tensor_shape shape = behind_views(P::root()).shape;
    const linked_node& sum = operand_of(behind_views(P::root()), 1);
    const tensor_shape powers = operand_of(sum, 0).shape;
    const unsigned axes = static_cast<unsigned>(sum.numbers[0]);
    std::int64_t classes = 1;
    for (int k = 0; k < powers.rank; ++k)
        if ((axes >> k & 1u) != 0) classes = powers[k].is_static() ? classes * powers[k].extent : 0;
    return classes == 1 && shape.rank > 0;
}

/// What is wrong with loss `L`, which may be anybody's, for a truth and a prediction.
template <class L, class Y, class P>
constexpr finding check_loss_of_model() {
    finding loss;
    if constexpr (requires { typename L::template check<Y, P>; }) loss = L::template check<Y, P>::found;
    if (loss.found != fault::name_must_mean_one_leaf) loss.facts[0] = phrase("compile");
    return loss;
}

/// What is wrong with the totals of metrics `M...`.
template <class Y, class P, class... M>
constexpr finding check_totals() {
    finding first;
    [[maybe_unused]] const auto look = [&first]<class Each>(Each*) {
        using totals = totals_of<Each, Y, P>;
        if (first.is_fine() && has_faulty_total<Each, totals>)
            first = {fault::totals_must_be_static, std::string_view(Each::name), faulty_total<Each, totals>};
    };
    (look(static_cast<M*>(nullptr)), ...);
    return first;
}

/// What is wrong with the training step of `Formulas`, as `minimize` would say.
template <class Formulas>
constexpr finding check_model_step() {
    using loss = decltype(Formulas::template loss_of<true, false>());
    if constexpr (is_poison<loss>)
        return fault::reported;
    else if constexpr (constexpr finding scalar = check_loss<loss>("compile"); !scalar.is_fine())
        return scalar;
    else {
        using make = typename Formulas::template make<false>;
        constexpr int outputs = Formulas::template output_count<false>;
        return check_step<make, loss, typename Formulas::optimizer, outputs, Formulas::updates::count>("compile");
    }
}

} // namespace detail
} // namespace ctgrad
