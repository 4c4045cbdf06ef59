// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/nn/labels_and_logits.hpp>
#include <ctgrad/nn/losses/reduction_mode.hpp>
#include <ctgrad/ops/argmax.hpp>
#include <ctgrad/ops/gather.hpp>
#include <ctgrad/ops/squeeze.hpp>

namespace ctgrad {

/// Arguments: the loss, the shapes of its values and of the weights.
template <fact Loss, fact Values, fact Weights>
CTGRAD_RULE(sample_weight_must_fit_values, "one weight for each value of the loss, or 1 along an axis: expand_dims(w, axis<1>).")
inline constexpr poison sample_weight_must_fit_values{};

/// Arguments: the loss, the shape of the weights.
template <fact Loss, fact Weights>
CTGRAD_RULE(weighted_loss_must_have_values, "the loss is one number for all examples: let it return one an example.")
inline constexpr poison weighted_loss_must_have_values{};

/// Arguments: the loss, the shape of the weights, that of the truth.
template <fact Loss, fact Weights, fact Truth>
CTGRAD_RULE(class_weight_must_be_a_vector, "one weight for each class: [C] for class numbers or rows of C labels, [2] for 0 and 1.")
inline constexpr poison class_weight_must_be_a_vector{};

struct sample_weight_t {
    template <operand_or_number W>
    constexpr named_argument<sample_weight_t, W> operator=(W w) const {
        return {w};
    }
};
/// Names the weights of the values of a loss: `loss(t, p, sample_weight = w)`.
inline constexpr sample_weight_t sample_weight{};

struct class_weight_t {
    template <operand_or_number W>
    constexpr named_argument<class_weight_t, W> operator=(W w) const {
        return {w};
    }
};
/// Names the weights of classes, `[C]`: each value counts by the class of its truth, which is a class number, the largest
/// of C labels, or 0 or 1 where C is 2. `loss(t, p, class_weight = w)`.
inline constexpr class_weight_t class_weight{};

/// What is wrong with the weights of a loss.
enum class weight_fault : std::uint8_t { none, poisoned, number, shape, no_values, types_differ, classes };

namespace detail {

/// Whether tensors of shape `w` weigh values of shape `v`: nothing, or as many axes, each as long or 1.
constexpr bool weighs(const tensor_shape& w, const tensor_shape& v) {
    if (w.rank == 0) return true;
    if (w.rank != v.rank) return false;
    for (int k = 0; k < w.rank; ++k)
        if (!(w[k] == v[k]) && !w[k].is_one()) return false;
    return true;
}

/// How a truth says classes: by number, by the largest of a row, or as 0 and 1, which may stand in a column.
enum class class_labels : std::uint8_t { none, numbers, rows, column, binary };

template <class T>
constexpr class_labels class_labels_of(const tensor_shape& weights) {
    if (weights.rank != 1) return class_labels::none;
    if (T::type() == dtype::int32) return class_labels::numbers;
    const tensor_shape truth = T::shape();
    if (truth.rank > 0 && truth[truth.rank - 1] == weights[0]) return class_labels::rows;
    if (!(weights[0] == dimension(2))) return class_labels::none;
    return truth.rank > 1 && truth[truth.rank - 1].is_one() ? class_labels::column
           : truth.rank == 1                                ? class_labels::binary
                                                            : class_labels::none;
}

/// What is wrong with one argument after the truth `T`, in a loss of values `V`.
template <class T, class V, class Weight>
constexpr weight_fault weight_fault_of() {
    using w = std::remove_const_t<unnamed_type<Weight>>;
    if constexpr (is_poison<w> || is_poison<V>)
        return weight_fault::poisoned;
    else if constexpr (std::is_arithmetic_v<w>)
        return weight_fault::number;
    else if constexpr (std::is_same_v<typename unnamed<Weight>::name, class_weight_t>) {
        if constexpr (!is_expr<w>)
            return weight_fault::classes;
        else
            return class_labels_of<T>(w::shape()) == class_labels::none ? weight_fault::classes
                   : w::type() != V::type()                             ? weight_fault::types_differ
                                                                        : weight_fault::none;
    } else if constexpr (!is_expr<w>)
        return weight_fault::none;
    else if (w::type() != V::type())
        return weight_fault::types_differ;
    else if (weighs(w::shape(), V::shape()))
        return weight_fault::none;
    else
        return V::rank == 0 ? weight_fault::no_values : weight_fault::shape;
}

/// What is wrong with the first of `W...` that is wrong, and that.
template <class T, class V, class... W>
struct weights_fault {
    static constexpr weight_fault found = weight_fault::none;
    using wrong = poison;
};
template <class T, class V, class First, class... More>
struct weights_fault<T, V, First, More...> {
    static constexpr weight_fault own = weight_fault_of<T, V, First>();
    using rest = weights_fault<T, V, More...>;
    static constexpr weight_fault found = own != weight_fault::none ? own : rest::found;
    using wrong = std::conditional_t<own != weight_fault::none, unnamed_type<First>, typename rest::wrong>;
};

/// Reports a fault of weights.
template <fact Loss, class Fault, class T, class V>
constexpr auto refuse_weights() {
    using w = typename Fault::wrong;
    if constexpr (Fault::found == weight_fault::number)
        return number_must_be_a_literal<Loss, number_shown<w>>;
    else if constexpr (Fault::found == weight_fault::shape)
        return sample_weight_must_fit_values<Loss, shape_shown<V>, shape_shown<w>>;
    else if constexpr (Fault::found == weight_fault::no_values)
        return weighted_loss_must_have_values<Loss, shape_shown<w>>;
    else if constexpr (Fault::found == weight_fault::types_differ)
        return mistake<verdict::dtypes_must_match, Loss, type_shown<V>, type_shown<w>>;
    else if constexpr (Fault::found == weight_fault::classes)
        return class_weight_must_be_a_vector<Loss, operands_shown<w>, shape_shown<T>>;
    else
        return poison{};
}

/// The weight of each example of `truth` by its class.
template <expression T, expression W>
constexpr auto weights_by_class(T truth, W weights) {
    using namespace literals;
    constexpr class_labels labels = class_labels_of<T>(W::shape());
    if constexpr (labels == class_labels::numbers)
        return gather(weights, truth);
    else if constexpr (labels == class_labels::rows)
        return gather(weights, argmax(truth, axis<-1>));
    else if constexpr (labels == class_labels::column)
        return gather(weights, cast<std::int32_t>(squeeze(truth, axis<-1>) + 0.5_c));
    else
        return gather(weights, cast<std::int32_t>(truth + 0.5_c));
}

template <class T, class W>
constexpr auto as_weight(T, W w) {
    return w;
}
template <class T, class W>
constexpr auto as_weight(T, named_argument<sample_weight_t, W> w) {
    return w.value;
}
template <class T, class W>
constexpr auto as_weight(T truth, named_argument<class_weight_t, W> w) {
    return weights_by_class(truth, w.value);
}

/// The product of all weights, `unset` if there is none.
template <class T>
constexpr unset weights_of(T) {
    return {};
}
template <class T, class First, class... More>
constexpr auto weights_of(T truth, First first, More... more) {
    return times(as_weight(truth, first), weights_of(truth, more...));
}

/// One number, or what `Mode` makes of values.
template <class Mode, expression V, class W, class M>
constexpr auto reduce_loss(Mode, V values, W weights, M mask) {
    const auto weighted = times(times(values, as_factor(mask, values)), weights);
    if constexpr (V::rank == 0)
        return weighted;
    else
        return Mode::of(weighted, weights, mask);
}

} // namespace detail

/// Whether `W...` weigh values `V` of a loss of truth `T`.
template <class T, class V, class... W>
concept weighs_loss =
    detail::weights_fault<std::remove_const_t<T>, std::remove_const_t<V>, std::remove_const_t<W>...>::found == weight_fault::none;

} // namespace ctgrad
