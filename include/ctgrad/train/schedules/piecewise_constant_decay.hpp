// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/ops/add.hpp>
#include <ctgrad/ops/cast.hpp>
#include <ctgrad/ops/greater.hpp>
#include <ctgrad/ops/less_equal.hpp>
#include <ctgrad/ops/logical_and.hpp>
#include <ctgrad/ops/logical_not.hpp>
#include <ctgrad/ops/multiply.hpp>
#include <ctgrad/train/schedules/schedule.hpp>

#include <tuple>

namespace ctgrad {

/// Numbers of steps after which a learning rate changes: `boundaries(100_c, 200_c)`.
template <expression... X>
struct boundaries : std::tuple<X...> {
    constexpr boundaries(X... x) : std::tuple<X...>(x...) {}
};
/// The learning rates between boundaries: `values(0.1_c, 0.05_c, 0.01_c)`.
template <expression... X>
struct values : std::tuple<X...> {
    constexpr values(X... x) : std::tuple<X...>(x...) {}
};

/// Whether there is one value more than boundaries.
template <class Boundaries, class Values>
concept fits_boundaries = std::tuple_size_v<typename Values::tuple> == std::tuple_size_v<typename Boundaries::tuple> + 1;

/// Arguments: the function, how many values there are, how many there must be.
template <fact Function, fact Values, fact Needed>
CTGRAD_RULE(values_must_be_one_more_than_boundaries, "one value before the first boundary, one after each.")
inline constexpr poison broken<fault::values_must_be_one_more_than_boundaries, Function, Values, Needed>{};

/// rate = the first of `values` until the first of `boundaries`, included, then the second and so on:
/// `piecewise_constant_decay(boundaries(100_c, 200_c), values(0.1_c, 0.05_c, 0.01_c))`. Boundaries rise.
/// **Fails when** there is not one value more than boundaries (`values_must_be_one_more_than_boundaries`).
/// Source: Keras, `PiecewiseConstantDecay`.
struct piecewise_constant_decay_function {
    template <expression... Boundary, expression... Value>
    constexpr auto operator()(boundaries<Boundary...> at, values<Value...> given) const {
        constexpr std::size_t count = sizeof...(Boundary);
        if constexpr (sizeof...(Value) != count + 1)
            return broken<fault::values_must_be_one_more_than_boundaries, "piecewise_constant_decay",
                          show([] { return phrase() << sizeof...(Value); }), show([] { return phrase() << count + 1; })>;
        else {
            const auto step = cast<double>(iterations);
            const auto after = [&]<std::size_t I>(std::integral_constant<std::size_t, I>) { return step > cast<double>(std::get<I>(at)); };
            const auto part = [&]<std::size_t I>(std::integral_constant<std::size_t, I> i) {
                const auto value = cast<double>(std::get<I>(given));
                if constexpr (I == 0)
                    return value * cast<double>(!after(i));
                else if constexpr (I == count)
                    return value * cast<double>(after(std::integral_constant<std::size_t, I - 1>{}));
                else
                    return value * cast<double>(after(std::integral_constant<std::size_t, I - 1>{}) && !after(i));
            };
            return [&]<std::size_t... I>(std::index_sequence<I...>) {
                return (part(std::integral_constant<std::size_t, I>{}) + ...);
            }(std::make_index_sequence<count + 1>{});
        }
    }
};
inline constexpr piecewise_constant_decay_function piecewise_constant_decay{};

} // namespace ctgrad
