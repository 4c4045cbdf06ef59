// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/expr/apply.hpp>
#include <ctgrad/expr/constant_options.hpp>
#include <ctgrad/ops/dims.hpp>
#include <ctgrad/shape/matmul.hpp>

namespace ctgrad {

struct reshape_op {
    static constexpr char name[] = "reshape";
    static constexpr op_kind kind = op_kind::reshape;
    static constexpr int arity = 1;

    static constexpr inference infer(const attributes& asked, const attributes* const* in) {
        inference out{asked};
        out.result.type = in[0]->type;
        if (!same_size(asked.shape, in[0]->shape)) out.found = fault::size_must_stay_the_same;
        return out;
    }
    static constexpr ref derivative(const auto& at) {
        attributes back;
        back.shape = at.x().shape();
        return apply<reshape_op>(back, at.dy);
    }
};

namespace detail {

template <class Dims>
struct reshape_options {
    static constexpr phrase called(std::string_view op) { return phrase(op) << " " << phrase_of(Dims::shape); }
    static constexpr inference asked(const attributes& x) {
        inference out;
        out.result.shape = Dims::shape;
        tensor_shape& to = out.result.shape;
        int open = -1;
        tensor_shape rest;
        for (int k = 0; k < to.rank; ++k) {
            if (to[k] == dimension(-1) && open < 0)
                open = k;
            else
                rest.append(to[k]);
        }
        if (open < 0) return out;
        // What remains is either a number or one named dimension.
        out.found = fault::size_must_stay_the_same;
        if (const std::int64_t n = rest.static_size(); n > 0 && x.shape.static_size() % n == 0) {
            to[open] = x.shape.static_size() / n;
            if (same_size(to, x.shape)) out.found = fault::none;
        }
        for (int k = 0; k < x.shape.rank && out.found != fault::none; ++k) {
            to[open] = x.shape[k];
            if (same_size(to, x.shape)) out.found = fault::none;
        }
        return out;
    }
};

} // namespace detail

namespace detail {

/// `reshape` of what belongs to each element of the first axis.
template <dimension... D>
struct reshape_each {
    template <expression X>
    constexpr auto operator()(X x) const {
        if constexpr (is_poison<X>)
            return poison{};
        else
            return apply<reshape_op, reshape_options<dims_t<X::shape()[0], D...>>>(x);
    }
};

} // namespace detail

/// The same elements in the same (row-major) order under another shape: `reshape(x, dims<N, 28, 28>)`;
/// one extent may be -1. Without a tensor, `reshape(dims<28, 28>)`, the layer that does it with each example.
/// @returns the asked shape. Derivative: the gradient, reshaped back.
/// **Fails when** the number of elements may change (`size_must_stay_the_same`). Source: `tf.reshape`.
struct reshape_function : constant_options<"reshape"> {
    using constant_options<"reshape">::operator();

    template <operand X, dimension... D>
    constexpr auto operator()(X x, dims_t<D...>) const {
        return apply<reshape_op, detail::reshape_options<dims_t<D...>>>(x);
    }
    template <dimension... D>
    constexpr detail::reshape_each<D...> operator()(dims_t<D...>) const {
        return {};
    }
};
inline constexpr reshape_function reshape{};

} // namespace ctgrad
