// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/model/formulas.hpp>
#include <ctgrad/model/rules.hpp>

namespace ctgrad {

/// Arguments: the metric, the shape of a total.
template <fact Metric, fact Total>
CTGRAD_RULE(totals_must_be_static, "a total has one shape for all batches: sum over the examples, reduce_sum(hits, axis<0>).")
inline constexpr poison totals_must_be_static{};

/// Arguments: the function, the shape of the prediction.
template <fact Function, fact Prediction>
CTGRAD_RULE(softmax_must_have_several_classes, "of one number it is always 1: take sigmoid for one unit, or a unit for each class.")
inline constexpr poison softmax_must_have_several_classes{};

/// What is wrong with the arguments of `compile`.
enum class compile_fault : std::uint8_t {
    none,
    poison,
    arguments,
    no_leaves,
    x_axis,
    y_axis,
    prediction_axis,
    one_class,
    loss_value,
    truth_shape,
    loss_shape,
    totals,
    loss_type,
    named_dimension,
    not_joined,
    no_variable,
    updated_twice
};

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

/// Whether loss `L` takes a truth of another shape for prediction `P` than `Y`.
template <class L, class Y, class P>
constexpr bool has_other_shape() {
    if constexpr (requires { L::template fault<Y, P>; })
        return L::template fault<Y, P> == loss_fault::label_shape;
    else
        return false;
}

/// What is wrong with the training step of `Formulas`, as `minimize` would say.
template <class Formulas>
constexpr compile_fault step_fault_of() {
    using loss = decltype(Formulas::template loss_of<true, false>());
    if constexpr (is_poison<loss>)
        return compile_fault::poison;
    else if constexpr (loss::rank != 0)
        return compile_fault::loss_shape;
    else if constexpr (!is_floating(loss::type()))
        return compile_fault::loss_type;
    else {
        using make = typename Formulas::template make<false>;
        constexpr int outputs = Formulas::template output_count<false>;
        if constexpr (parameter_with_named_dimension<make>())
            return compile_fault::named_dimension;
        else if constexpr (!!named_in_vain<loss, typename Formulas::optimizer>)
            return compile_fault::not_joined;
        else if constexpr (!moves_variables<make>(outputs, Formulas::updates::count))
            return compile_fault::no_variable;
        else
            return updated_twice<make>(outputs) ? compile_fault::updated_twice : compile_fault::none;
    }
}

/// Says that prediction `P` is a softmax of one number.
template <class P>
constexpr auto refuse_one_class() {
    return softmax_must_have_several_classes<"compile", show([] { return phrase_of(P::shape()); })>;
}

/// Says what loss `L` gives instead of an expression.
template <class L, class Y, class P>
constexpr auto refuse_loss_value() {
    return loss_must_give_an_expression<"compile", show([] { return given_by_loss<L, Y, P>(); })>;
}

/// Says that the truth has not the shape that loss `L` takes for prediction `P`.
template <class L, class Y, class P>
constexpr auto refuse_truth_shape() {
    if constexpr (L::takes_class_numbers)
        return labels_must_have_rows_of_logits<"compile", shape_shown<Y>, shape_shown<P>>;
    else
        return truth_must_have_shape_of_prediction<"compile", shape_shown<Y>, shape_shown<P>>;
}

/// Says which total of which metric has no static shape.
template <class Y, class P, class First, class... M>
constexpr auto refuse_totals() {
    using totals = totals_of<First, Y, P>;
    if constexpr (has_faulty_total<First, totals>)
        return totals_must_be_static<show([] { return std::string_view(First::name); }), show([] { return faulty_total<First, totals>; })>;
    else
        return refuse_totals<Y, P, M...>();
}

/// Says what is wrong with the training step of `Formulas`.
template <compile_fault Fault, class Formulas>
constexpr auto refuse_step() {
    using loss = decltype(Formulas::template loss_of<true, false>());
    if constexpr (Fault == compile_fault::loss_shape)
        return loss_must_be_scalar<"compile", show([] { return phrase_of(loss::shape()); })>;
    else if constexpr (Fault == compile_fault::loss_type)
        return loss_must_be_floating<"compile", show([] { return name_of(loss::type()); })>;
    else if constexpr (Fault == compile_fault::named_dimension) {
        using make = typename Formulas::template make<false>;
        return variable_must_be_static<show([] { return parameter_with_named_dimension<make>()->name->text; }),
                                       show([] { return phrase_of(parameter_with_named_dimension<make>()->shape); })>;
    } else if constexpr (Fault == compile_fault::not_joined)
        return loss_must_depend_on_variable<show([] { return named_in_vain<loss, typename Formulas::optimizer>->text; })>;
    else if constexpr (Fault == compile_fault::no_variable)
        return loss_must_have_a_variable<"compile", show([] { return phrase_of(loss::shape()); })>;
    else
        return variable_must_be_updated_once<show(
            [] { return updated_twice<typename Formulas::template make<false>>(Formulas::template output_count<false>)->text; })>;
}

} // namespace detail
} // namespace ctgrad
