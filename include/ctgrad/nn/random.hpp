// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/expr/option_call.hpp>
#include <ctgrad/ops/add.hpp>
#include <ctgrad/ops/cast.hpp>
#include <ctgrad/ops/coordinate.hpp>
#include <ctgrad/ops/cos.hpp>
#include <ctgrad/ops/iterations.hpp>
#include <ctgrad/ops/log.hpp>
#include <ctgrad/ops/multiply.hpp>
#include <ctgrad/ops/negative.hpp>
#include <ctgrad/ops/random_bits.hpp>
#include <ctgrad/ops/size.hpp>
#include <ctgrad/ops/sqrt.hpp>
#include <ctgrad/ops/subtract.hpp>

namespace ctgrad {

/// What random numbers depend on besides the step: `dropout(0.2_c, seed = 7_c)`.
struct seed_t : option<seed_t, "seed", interval::natural> {
    using option::operator=;
};
inline constexpr seed_t seed{};

namespace random {

/// The least number.
struct minval_t : option<minval_t, "minval"> {
    using option::operator=;
};
inline constexpr minval_t minval{};
/// What all numbers are below.
struct maxval_t : option<maxval_t, "maxval"> {
    using option::operator=;
};
inline constexpr maxval_t maxval{};
/// The mean of the numbers.
struct mean_t : option<mean_t, "mean"> {
    using option::operator=;
};
inline constexpr mean_t mean{};
/// The standard deviation of the numbers.
struct stddev_t : option<stddev_t, "stddev", interval::not_negative> {
    using option::operator=;
};
inline constexpr stddev_t stddev{};
/// What makes the numbers of a call others than those of the last one; `iterations` unless it is said.
struct counter_t : option<counter_t, "counter", interval::natural> {
    using option::operator=;
};
inline constexpr counter_t counter{};

} // namespace random

namespace detail {

/// The row-major position of each element of `shape`, modulo 2^32.
template <tensor_shape Shape>
constexpr ref element_index(auto& b) {
    constexpr tensor_shape shape = Shape;
    decltype(constant(b, 0, dtype::int32)) index; // none yet
    for (int k = 0; k < shape.rank; ++k) {
        attributes along;
        along.type = dtype::int32;
        along.shape = shape;
        along.numbers[0] = k;
        const auto position = b.add(info<coordinate_op>, along, nullptr);
        axis_mask later{((1u << shape.rank) - 1u) & ~((2u << k) - 1u)};
        const auto skipped = later.bits == 0 ? position : position * element_count(b, dtype::int32, shape, later);
        index = index ? index + skipped : skipped;
    }
    return index ? index : constant(b, 0, dtype::int32);
}

template <tensor_shape Shape>
constexpr auto index_of_elements() {
    return make_expr([] {
        builder made;
        list<ref> roots;
        roots.push_back(element_index<Shape>(made));
        return extract(made, roots);
    });
}

/// `x`, a number or a run-time scalar, with elements of type T.
template <element T, class X>
constexpr auto number_of_type(X x) {
    if constexpr (is_literal<X>)
        return x;
    else
        return cast<T>(x);
}

template <class Op, class Index, class Counter, class Key>
constexpr auto random_bits(Index index, Counter at, Key key) {
    return apply<Op>(index, number_of_type<std::int32_t>(at), number_of_type<std::int32_t>(key));
}

/// The key of stream number `Stream` of seed `s`, which may be a run-time scalar.
template <std::uint64_t Stream, class Seed>
constexpr auto random_key(Seed s) {
    using op = random_bits_op<0>;
    constexpr auto stream = static_cast<std::int32_t>(Stream & 0x7fffffffu);
    if constexpr (is_literal<Seed>)
        return literal<number_bits(op::evaluate(double{stream}, 0.0, Seed::value))>{};
    else
        return random_bits<op>(literal<number_bits(double{stream})>{}, literal<0>{}, s);
}

/// For each of `index` a number from [0, 1), evenly distributed in steps of 2^-24, in double of 2^-48.
template <element T, class Index, class Counter, class Key>
constexpr auto unit_interval(Index index, Counter at, Key key) {
    constexpr literal<number_bits(0x1p-24)> unit{};
    const auto first = cast<T>(random_bits<random_bits_op<0>>(index, at, key)) * unit;
    if constexpr (std::is_same_v<T, double>)
        return first + cast<T>(random_bits<random_bits_op<1>>(index, at, key)) * (unit * unit);
    else
        return first;
}

struct uniform_formula {
    static constexpr char name[] = "uniform";
    static constexpr auto defaults = [] {
        using namespace literals;
        return options(random::minval = 0_c, random::maxval = 1_c, seed = 0_c, random::counter = iterations);
    }();

    template <element T, class How, class Index>
    static constexpr auto of(How how, Index index) {
        const auto low = number_of_type<T>(how.of(random::minval));
        const auto high = number_of_type<T>(how.of(random::maxval));
        return unit_interval<T>(index, how.of(random::counter), random_key<0>(how.of(seed))) * (high - low) + low;
    }
};

/// Box and Muller's method.
struct normal_formula {
    static constexpr char name[] = "normal";
    static constexpr auto defaults = [] {
        using namespace literals;
        return options(random::mean = 0_c, random::stddev = 1_c, seed = 0_c, random::counter = iterations);
    }();

    template <element T, class How, class Index>
    static constexpr auto of(How how, Index index) {
        using namespace literals;
        const auto first = unit_interval<T>(index, how.of(random::counter), random_key<1>(how.of(seed)));
        const auto second = unit_interval<T>(index, how.of(random::counter), random_key<2>(how.of(seed)));
        const auto standard = sqrt(-2_c * log(1_c - first)) * cos(6.283185307179586_c * second);
        return standard * number_of_type<T>(how.of(random::stddev)) + number_of_type<T>(how.of(random::mean));
    }
};

/// The function object of random numbers of type T and shape `Shape`.
template <class Formula, element T, tensor_shape Shape>
struct random_function {
    template <class... Argument>
    constexpr auto operator()(Argument...) const {
        using call = call_of<Formula, Argument...>;
        if constexpr (!call::found.is_fine())
            return refuse<call>();
        else
            return Formula::template of<T>(typename call::settled{}, index_of_elements<Shape>());
    }
};

} // namespace detail

namespace random {

/// Numbers evenly distributed in [minval, maxval), other ones in each step: `random::uniform<float, N, 10>(0_c, 1_c)`.
/// Options: minval (0), maxval (1), seed (0), counter (`iterations`); each may be a run-time scalar. The numbers are a function
/// of seed, counter and position alone (Threefry), the same on every machine; two calls that agree in these get the same.
/// @returns the asked shape and dtype. It has no derivative. Source: `tf.random.stateless_uniform`.
template <std::floating_point T, dimension... Dims>
inline constexpr detail::random_function<detail::uniform_formula, T, shape(Dims...)> uniform{};

/// Numbers normally distributed, other ones in each step: `random::normal<float, N, 10>(stddev = 0.1_c)`.
/// Options: mean (0), stddev (1), seed (0), counter (`iterations`), as of `uniform`.
/// Source: `tf.random.stateless_normal`.
/// @see uniform
template <std::floating_point T, dimension... Dims>
inline constexpr detail::random_function<detail::normal_formula, T, shape(Dims...)> normal{};

} // namespace random
} // namespace ctgrad
