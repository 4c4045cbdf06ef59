// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/core/counted.hpp>
#include <ctgrad/core/display.hpp>

#include <cstdint>
#include <initializer_list>

namespace ctgrad {

/// Which rule is broken, named as the sentence that must hold. Its error stands beside the check: `broken<fault::...>`.
enum class fault : std::uint8_t {
    none,
    reported, ///< An operand is the poison of another error; nothing is to be said.

    // shapes, axes and dtypes
    shapes_must_broadcast,
    broadcast_must_expand_one_side,
    matmul_inner_dimensions_must_match,
    matmul_operands_must_be_matrices,
    batch_dimensions_must_match,
    axis_must_be_in_range,
    axes_must_be_distinct,
    size_must_stay_the_same,
    slice_must_lie_inside,
    index_must_be_in_range,
    parts_must_fill_axis,
    updates_must_fit_rows,
    extents_must_match_outside_axis,
    dimension_must_be_static,
    rank_must_fit,
    einsum_must_be_readable,
    letter_must_mean_one_extent,
    matrices_must_be_square,
    matrices_must_be_small,
    matrices_must_not_be_wide,
    dtypes_must_match,
    dtype_must_be_floating,
    dtype_must_be_numeric,
    dtype_must_be_integer,
    dtype_must_be_boolean,

    // expressions
    number_must_be_a_literal,
    data_must_be_fed,
    name_must_mean_one_leaf,
    expression_must_be_computed,
    element_type_must_be_known,
    extents_must_be_positive,
    carry_must_stay_as_it_is,
    step_must_take_carry_and_element,
    step_must_give_carry_and_output,
    sequences_must_have_one_length,
    scan_must_have_values,
    ctc_must_be_of_label_sequences,
    assignment_must_be_to_a_variable,
    assignment_must_fit_variable,

    // options
    option_must_be_known,
    option_must_be_given,
    option_must_be_given_once,
    option_must_be_a_constant,
    option_must_be_a_number,
    option_must_fit_prediction,
    hyperparameter_must_be_in_range,
    hyperparameter_must_be_one_number,

    // losses, metrics and layers
    truth_and_prediction_must_not_be_swapped,
    truth_must_have_shape_of_prediction,
    prediction_must_be_probabilities,
    logits_must_have_no_activation,
    labels_must_be_floating,
    labels_must_be_class_numbers,
    labels_must_have_shape_of_logits,
    labels_must_have_rows_of_logits,
    loss_must_give_an_expression,
    reduction_must_be_known,
    sample_weight_must_fit_values,
    class_weight_must_be_a_vector,
    weights_must_have_axes_of_values,
    weighted_loss_must_have_values,
    activation_must_be_a_function,
    window_must_fit_input,
    channels_must_match,
    groups_must_divide_channels,
    examples_must_fit_input,
    layer_must_read_what_it_is_given,
    input_must_be_sequences,
    model_must_give_one_prediction,

    // gradients
    loss_must_be_scalar,
    loss_must_be_floating,
    loss_must_depend_on_variable,
    loss_must_be_one_an_example,
    path_must_be_differentiable,
    gradient_must_be_of_a_leaf,
    gradient_must_name_variables,
    gradient_must_be_computed,
    cotangent_must_fit_result,
    value_must_name_its_leaf,
    value_must_fit_its_leaf,
    leaf_must_occur,
    leaf_must_be_named_once,
    jacobian_must_be_computable,
    neighbours_must_be_few,
    batch_must_be_first_axis,
    derivative_must_fit_input,
    examples_must_not_mix,

    // calls
    placeholder_must_be_fed,
    placeholder_must_be_fed_once,
    argument_must_belong_to_program,
    argument_must_name_its_leaf,
    data_must_have_leaf_type,
    data_must_fill_leaf,
    data_must_lie_by_rows,
    data_must_outlive_call,
    result_memory_must_be_writable,
    variable_must_be_in_store,
    leaves_must_be_packed,

    // training
    arguments_must_be_loss_and_optimizer,
    arguments_must_be_optimizer_and_gradients,
    arguments_must_be_optimizers,
    arguments_must_be_steps,
    trainer_must_be_given_a_step,
    loss_must_have_a_variable,
    variable_must_be_static,
    variable_must_be_updated_once,
    update_must_be_of_a_variable,
    gradients_must_be_clipped_one_way,
    values_must_be_one_more_than_boundaries,

    // models
    arguments_must_be_model_optimizer_and_loss,
    model_must_say_what_it_takes,
    first_axis_must_count_examples,
    softmax_must_have_several_classes,
    totals_must_be_static,
    learning_rate_must_be_a_number,
    argument_must_be_known_to_fit,
    examples_must_be_weighed_once,
    callback_must_have_a_hook,
};

/// What a check finds: the rule that is broken, and what its error shows, in the order of the rule's arguments.
/// `finding{fault::loss_must_be_scalar, {"minimize", phrase_of(loss.shape())}}`
struct finding {
    fault found = fault::none;
    counted<phrase, 3> facts{};
    int count = 0;

    constexpr finding() = default;
    constexpr finding(fault broken) : found(broken) {}
    template <class... Fact>
        requires(sizeof...(Fact) <= 3)
    constexpr finding(fault broken, Fact... shown) : found(broken), facts{phrase(shown)...}, count(sizeof...(Fact)) {}

    constexpr bool is_fine() const { return found == fault::none; }
};

/// The first that is not fine, if any.
constexpr finding first_of(std::initializer_list<finding> all) {
    for (const finding& each : all)
        if (!each.is_fine()) return each;
    return {};
}

} // namespace ctgrad
