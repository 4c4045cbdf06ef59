// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/expr/apply.hpp>

namespace ctgrad {

struct cast_op : elementwise_op<1> {
    static constexpr char name[] = "cast";
    static constexpr domain accepts = domain::any;
    static constexpr result_type result = result_type::asked;

    /// The conversion to the node's dtype follows the formula, here as for every op.
    static constexpr auto evaluate(auto x) { return x; }
    static constexpr inference infer(const attributes& asked, const attributes* const* in) {
        inference out{asked};
        out.result.shape = in[0]->shape;
        return out;
    }
    static constexpr ref derivative(const auto& at) {
        if (!is_floating(at.x()->type) || !is_floating(at.y->type)) return {};
        attributes back;
        back.type = at.x()->type;
        return apply<cast_op>(back, at.dy);
    }
};

namespace detail {

template <dtype To>
struct cast_options {
    static constexpr inference asked(const attributes&) {
        inference out;
        out.result.type = To;
        return out;
    }
};

struct cast_like_options {
    static constexpr inference asked(const attributes&, const attributes& other) {
        inference out;
        out.result.type = other.type;
        return out;
    }
};

/// `x` in the dtype of `other`.
template <operand X, operand Other>
constexpr auto cast_like(X x, Other other) {
    return apply_like<cast_op, cast_like_options>(x, other);
}

template <element T>
struct cast_function {
    template <operand X>
    constexpr auto operator()(X x) const {
        return apply<cast_op, cast_options<dtype_of<T>>>(x);
    }
};

} // namespace detail

/// `cast<float>(x)`: the elements as another dtype. Floating to integer cuts towards zero; a mask
/// becomes 0 or 1; a number becomes the mask x != 0.
/// @returns the shape of `x`. Derivative: 1 between floating dtypes, else none. Source: `tf.cast`.
template <element T>
inline constexpr detail::cast_function<T> cast{};

} // namespace ctgrad
