// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/expr/shared_options.hpp>
#include <ctgrad/nn/activations/activation_function.hpp>
#include <ctgrad/ops/add.hpp>
#include <ctgrad/ops/clip_by_value.hpp>
#include <ctgrad/ops/multiply.hpp>
#include <ctgrad/ops/relu.hpp>
#include <ctgrad/ops/subtract.hpp>

namespace ctgrad {

/// The slope of the part where x is negative.
struct negative_slope_t : option<negative_slope_t, "negative_slope"> {
    using option::operator=;
};
inline constexpr negative_slope_t negative_slope{};

/// The number below which an activation changes its form.
struct threshold_t : option<threshold_t, "threshold"> {
    using option::operator=;

    /// x where x > limit, else a value: `threshold(x, 1_c, 0_c)` (Keras, `activations.threshold`).
    template <operand X, operand Limit, operand Value>
    constexpr auto operator()(X x, Limit limit, Value value) const {
        return where(greater(x, limit), x, value);
    }
};
inline constexpr threshold_t threshold{};

namespace detail {

struct leaky_relu_formula {
    static constexpr char name[] = "leaky_relu";
    static constexpr auto defaults = [] {
        using namespace literals;
        return options(negative_slope = 0.2_c);
    }();
    static constexpr auto of(auto how, auto x) { return where(greater(x, literal<0>{}), x, how[negative_slope] * x); }
};

struct relu6_formula {
    static constexpr char name[] = "relu6";
    static constexpr auto defaults = options();
    static constexpr auto of(auto, auto x) {
        using namespace literals;
        return minimum(6_c, apply<relu_op>(x)); // of equal ones the first has the gradient: none
    }
};

struct relu_formula {
    static constexpr char name[] = "relu";
    static constexpr domain accepts = domain::numeric;
    static constexpr auto defaults = options(negative_slope = unset{}, max_value = unset{}, threshold = unset{});

    static constexpr auto of(auto how, auto x) {
        if constexpr (how.has(negative_slope) && !how.has(max_value) && !how.has(threshold))
            return leaky_relu_formula::of(how, x);
        else if constexpr (how.has(negative_slope))
            return limited(how, x) - how[negative_slope] * apply<relu_op>(limit(how) - x);
        else
            return limited(how, x);
    }

private:
    static constexpr auto limit(auto how) {
        if constexpr (how.has(threshold))
            return how[threshold];
        else
            return literal<0>{};
    }
    static constexpr auto positive(auto how, auto x) {
        if constexpr (how.has(threshold))
            return where(greater(x, how[threshold]), x, literal<0>{});
        else
            return apply<relu_op>(x);
    }
    static constexpr auto limited(auto how, auto x) {
        if constexpr (how.has(max_value))
            return clip_by_value(positive(how, x), literal<0>{}, how[max_value]);
        else
            return positive(how, x);
    }
};

} // namespace detail

/// The rectifier, element by element: max(x, 0). `relu(x, negative_slope = 0.1_c, max_value = 6_c, threshold = 1_c)` is
/// x where x > threshold, but at most max_value, and negative_slope (x - threshold) elsewhere.
/// @returns the shape and dtype of `x`. Derivative: 1 where x > 0, else 0 (0 at 0; with a slope alone that, as
/// `leaky_relu`); 1 at max_value, 0 above.
/// **Fails when** `x` is a mask (`dtype_must_be_numeric`) or an option is wrong. Source: Keras, `activations.relu`.
inline constexpr activation_function<detail::relu_formula> relu{};

/// min(max(x, 0), 6). Derivative: 1 between 0 and 6, else, also there, 0. **Fails when** the dtype is not floating
/// (`dtype_must_be_floating`), as all these. Source: Keras, `activations.relu6`; TensorFlow, `tf.nn.relu6`.
inline constexpr activation_function<detail::relu6_formula> relu6{};

/// x where x > 0, else `negative_slope` x, 0.2 if none is given. Derivative: 1, else the slope (at 0 too).
/// Source: Keras, `activations.leaky_relu`.
inline constexpr activation_function<detail::leaky_relu_formula> leaky_relu{};

} // namespace ctgrad
