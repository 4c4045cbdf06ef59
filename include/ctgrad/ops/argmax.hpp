// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/ops/reduction.hpp>

namespace ctgrad {

/// The loop of argmax: `numbers[0]` is the axis.
struct argmax_op {
    static constexpr char name[] = "argmax";
    static constexpr int flops = 1;
    static constexpr op_kind kind = op_kind::general;
    static constexpr int arity = 1;

    static constexpr inference infer(const attributes& asked, const attributes* const* in) {
        inference out{asked, detail::check_domain(domain::numeric, in[0]->type)};
        out.result.type = dtype::int32;
        out.result.shape = reduced(in[0]->shape, {1u << asked.numbers[0]});
        return out;
    }

    /// Of no elements none is the largest.
    static constexpr unsigned nonempty_axes(const attributes& a) { return 1u << a.numbers[0]; }

    template <class Out, class X>
    static constexpr void evaluate(const attributes& a, const strided<Out>& out, const strided<X>& x) {
        const int axis = a.numbers[0];
        for_each_index(out.rank, out.extent, [&](const std::int64_t* index) {
            std::int64_t at[max_rank]{};
            for (int k = 0; k < x.rank; ++k) at[k] = k < axis ? index[k] : k > axis ? index[k - 1] : 0;
            std::int64_t best = 0;
            auto largest = x.at(at);
            for (std::int64_t i = 1; i < x.extent[axis]; ++i) {
                at[axis] = i;
                if (is_larger(x.at(at), largest)) {
                    largest = x.at(at);
                    best = i;
                }
            }
            out.at(index) = static_cast<Out>(best);
        });
    }

private:
    /// NaN is larger than any number, and no NaN than another.
    static constexpr bool is_larger(auto a, auto b) { return a > b || (a != a && b == b); }
};

namespace detail {

template <int Axis>
struct argmax_options {
    static constexpr phrase called(std::string_view op) { return call_along(op, axis_t<Axis>::list); }
    static constexpr inference asked(const attributes& x) {
        const int axis = normalized(Axis, x.shape.rank);
        inference out;
        if (axis < 0 || axis >= x.shape.rank) out.found = fault::axis_must_be_in_range;
        out.result.numbers[0] = axis;
        return out;
    }
};

} // namespace detail

/// The position of the largest element along one axis (the first axis if none is named, as in
/// TensorFlow); of equal ones the first: `argmax(x, axis<1>)`. Where there is NaN, it is the first NaN's, as in NumPy.
/// @returns int32, the shape of `x` without that axis. It has no derivative.
/// **Fails when** the axis is out of range (`axis_must_be_in_range`). A call throws `ctgrad::error` where the axis is empty.
/// Source: `tf.math.argmax`.
struct argmax_function : constant_options<"argmax"> {
    using constant_options<"argmax">::operator();

    template <operand X, int Axis = 0>
    constexpr auto operator()(X x, axis_t<Axis> = {}) const {
        return apply<argmax_op, detail::argmax_options<Axis>>(x);
    }
};
inline constexpr argmax_function argmax{};

} // namespace ctgrad
