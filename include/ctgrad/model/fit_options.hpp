// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/model/text_output.hpp>

#include <cstdint>
#include <initializer_list>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

namespace ctgrad {

/// How `fit` trains: `net.fit(X, Y, {.epochs = 10, .batch_size = 100})`. Names and defaults are those of Keras.
struct fit_options {
    int epochs = 1;                         ///< The epoch at which it stops, counted from 0: `epochs - initial_epoch` are trained.
    std::int64_t batch_size = 32;           ///< The last batch of an epoch may be smaller.
    bool shuffle = true;                    ///< Each epoch has an order of its own, which depends on `seed` and its number alone.
    std::uint64_t seed = 0;                 ///< Of the order of examples.
    double validation_split = 0;            ///< The last examples, this fraction of them, validate. They are split off before shuffling.
    std::int64_t validation_batch_size = 0; ///< 0: as `batch_size`.
    int validation_freq = 1;                ///< Validate after every so many epochs.
    int initial_epoch = 0;
    int verbose = 1;      ///< 0: silent, 1: a progress bar and a line for each epoch, 2: the line.
    text_output output{}; ///< The address of a stream; if not given, standard output.
};

/// How `evaluate` and `predict` run.
struct evaluate_options {
    std::int64_t batch_size = 32;
};

namespace detail {
/// Data that an argument of `fit` refers to, or holds where they would end with the line.
template <class D>
using held_data = std::conditional_t<std::is_lvalue_reference_v<D>, const std::remove_reference_t<D>&, std::remove_cvref_t<D>>;
} // namespace detail

/// Data that `fit` validates on after an epoch.
template <class X, class Y, class... More>
struct validation {
    X x;
    Y y;
    std::tuple<More...> more;
};

/// An argument of `fit`: after each epoch the model is evaluated on these data. Further arguments are those of `evaluate`.
template <class X, class Y, class... More>
constexpr validation<detail::held_data<X>, detail::held_data<Y>, More...> validation_data(X&& x, Y&& y, More... more) {
    return {std::forward<X>(x), std::forward<Y>(y), {more...}};
}

/// A weight for each example.
template <class Data>
struct sample_weighting {
    Data data;
};

/// An argument of `fit` and `evaluate`: the loss of each example times its weight. The mean is still over the number of examples.
template <class Data>
constexpr sample_weighting<detail::held_data<Data>> sample_weights(Data&& data) {
    return {std::forward<Data>(data)};
}

/// A weight for each class, 1 for those that are not named.
struct class_weights {
    std::vector<std::pair<int, double>> weights;

    /// An argument of `fit`: each example of the class is weighed, `class_weights{{0, 1.0}, {1, 5.0}}`.
    class_weights(std::initializer_list<std::pair<int, double>> list) : weights(list) {}

    double of(std::int64_t label) const {
        for (const auto& [known, weight] : weights)
            if (known == label) return weight;
        return 1;
    }
};

/// Callbacks of a `fit`, in their order. Those that have a name are referred to, the others held.
template <class... C>
struct callback_list {
    mutable std::tuple<C...> each;
};

/// An argument of `fit`: what to do between epochs and batches.
template <class... C>
constexpr callback_list<C...> callbacks(C&&... each) {
    return {std::tuple<C...>(std::forward<C>(each)...)};
}

} // namespace ctgrad
