// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/model/columns.hpp>
#include <ctgrad/model/fit_options.hpp>
#include <ctgrad/runtime/bind.hpp>

#include <tuple>

namespace ctgrad::detail {

template <class A>
inline constexpr bool is_sample_weighting = false;
template <class D>
inline constexpr bool is_sample_weighting<sample_weighting<D>> = true;
template <class A>
inline constexpr bool is_validation = false;
template <class... D>
inline constexpr bool is_validation<validation<D...>> = true;
template <class A>
inline constexpr bool is_callback_list = false;
template <class... C>
inline constexpr bool is_callback_list<callback_list<C...>> = true;

template <class A>
inline constexpr bool weighs_examples = is_sample_weighting<A> || std::is_same_v<A, class_weights>;
/// Whether an argument goes on to the program: an executor, or data for one of its leaves.
template <class A>
inline constexpr bool is_for_program = executor<A> || is_expr<typename argument<A>::leaf>;

/// Whether argument `A` brings a row for each example that leaf `X` counts.
template <class X, class A>
constexpr bool brings_rows() {
    if constexpr (is_expr<typename argument<A>::leaf>)
        return counts_examples<typename argument<A>::leaf>() && argument<A>::leaf::shape()[0] == X::shape()[0];
    else
        return is_sample_weighting<A>;
}

/// The column that an argument brings, if it brings one. `W` is the leaf of weights.
template <class X, class W, class A>
auto column_in(const A& given) {
    if constexpr (!brings_rows<X, A>())
        return std::tuple<>{};
    else if constexpr (is_sample_weighting<A>)
        return std::tuple(column<W>(given.data));
    else
        return std::tuple(column<typename A::leaf_type>(given.data));
}
/// An argument that each call of the program gets as it is.
template <class X, class A>
auto constant_in(const A& given) {
    if constexpr (is_for_program<A> && !brings_rows<X, A>())
        return std::tuple<A>(given);
    else
        return std::tuple<>{};
}

/// The columns `known` and those of further arguments. Throws `ctgrad::error` where they contradict, or are empty.
template <class X, class W, class... Known, class... More>
auto columns_in(std::tuple<column<Known>...> known, const More&... more) {
    const auto all = std::apply([](auto... each) { return columns(each...); }, std::tuple_cat(known, column_in<X, W>(more)...));
    if (all.rows() == 0) fail("ctgrad: there are no examples");
    return all;
}

/// The first of `given` for which `Is` holds, or `otherwise`.
template <template <class> class Is, class Otherwise>
const auto& argument_that(const Otherwise& otherwise) {
    return otherwise;
}
template <template <class> class Is, class Otherwise, class First, class... More>
const auto& argument_that(const Otherwise& otherwise, const First& first, const More&... more) {
    if constexpr (Is<First>::value)
        return first;
    else
        return argument_that<Is>(otherwise, more...);
}
template <class A>
using is_validation_t = std::bool_constant<is_validation<A>>;
template <class A>
using is_callback_list_t = std::bool_constant<is_callback_list<A>>;
template <class A>
using is_class_weights_t = std::bool_constant<std::is_same_v<A, class_weights>>;

/// The class of an example: its class number, or where the row is largest.
template <class T>
std::int64_t class_of(std::span<const T> truth) {
    if (truth.size() == 1) return static_cast<std::int64_t>(truth[0]);
    std::size_t largest = 0;
    for (std::size_t k = 1; k < truth.size(); ++k)
        if (truth[largest] < truth[k]) largest = k;
    return static_cast<std::int64_t>(largest);
}
template <class T, class Y>
std::vector<T> example_weights(const class_weights& classes, const column<Y>& truths) {
    std::vector<T> weights(truths.rows());
    for (std::size_t i = 0; i < weights.size(); ++i) weights[i] = static_cast<T>(classes.of(class_of(truths.rows_from(i, 1))));
    return weights;
}

inline void check(const fit_options& how) {
    if (how.epochs < 0 || how.initial_epoch < 0) fail("ctgrad: fit needs epochs and initial_epoch of at least 0");
    if (how.batch_size < 1) fail("ctgrad: fit needs batch_size of at least 1");
    if (how.validation_batch_size < 0 || how.validation_freq < 1)
        fail("ctgrad: fit needs validation_batch_size of at least 0 and validation_freq of at least 1");
    if (!(how.validation_split >= 0 && how.validation_split < 1)) fail("ctgrad: fit needs validation_split in [0,1)");
}

/// How many of `rows` examples train; the others validate. Throws `ctgrad::error` where none would be left.
inline std::size_t training_rows(std::size_t rows, double validation_split) {
    if (validation_split == 0) return rows;
    const auto split = static_cast<std::size_t>(static_cast<double>(rows) * (1 - validation_split));
    if (split == 0 || split == rows)
        fail(std::string("ctgrad: validation_split leaves ")
                 .append(std::to_string(split))
                 .append(" of ")
                 .append(std::to_string(rows))
                 .append(" examples to train"));
    return split;
}

} // namespace ctgrad::detail
