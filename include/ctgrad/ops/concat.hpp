// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/ops/reduction.hpp>
#include <ctgrad/ops/slice.hpp>

namespace ctgrad {

/// Two tensors one after the other along axis `numbers[0]`.
struct concat_op {
    static constexpr char name[] = "concat";
    static constexpr op_kind kind = op_kind::general;
    static constexpr int arity = 2;

    static constexpr inference infer(const attributes& asked, const attributes* const* in) {
        const int axis = asked.numbers[0];
        const tensor_shape &a = in[0]->shape, &b = in[1]->shape;
        if (in[0]->type != in[1]->type) return {{}, fault::dtypes_must_match};
        if (a.rank != b.rank) return {{}, fault::rank_must_fit};
        if (!a[axis].is_static() || !b[axis].is_static()) return {{}, fault::dimension_must_be_static};
        for (int k = 0; k < a.rank; ++k)
            if (k != axis && !(a[k] == b[k])) return {{}, fault::extents_must_match_outside_axis};
        inference out{asked};
        out.result.type = in[0]->type;
        out.result.shape = a;
        out.result.shape[axis] = a[axis].extent + b[axis].extent;
        return out;
    }
    template <class Out, class A, class B>
    static constexpr void evaluate(const attributes& asked, const strided<Out>& out, const strided<A>& a, const strided<B>& b) {
        const int axis = asked.numbers[0];
        for_each_index(a.rank, a.extent, [&](const std::int64_t* index) { out.at(index) = a.at(index); });
        for_each_index(b.rank, b.extent, [&](const std::int64_t* index) {
            std::int64_t to[max_rank]{};
            for (int k = 0; k < b.rank; ++k) to[k] = index[k] + (k == axis ? a.extent[axis] : 0);
            out.at(to) = b.at(index);
        });
    }
    static constexpr void place_input(const attributes& joined, int input, const tensor_shape& shape, access& a) {
        const int axis = joined.numbers[0];
        if (input == 1) a.begin[axis] += joined.shape[axis].extent - shape[axis].extent;
    }
    static constexpr ref derivative(const auto& at) {
        const int axis = at.attrs().numbers[0];
        attributes part;
        part.shape = at.x(at.wrt).shape();
        if (at.wrt == 1) part.numbers[axis] = static_cast<std::int32_t>(at.x(0).shape()[axis].extent);
        return apply<slice_op>(part, at.dy);
    }
};

namespace detail {

template <int Axis>
struct concat_options {
    static constexpr phrase called(std::string_view op) { return call_along(op, axis_t<Axis>::list); }
    static constexpr inference asked(const attributes& a, const attributes&) {
        const int axis = normalized(Axis, a.shape.rank);
        inference out;
        if (axis < 0 || axis >= a.shape.rank) out.found = fault::axis_must_be_in_range;
        out.result.numbers[0] = axis;
        return out;
    }
};

/// What is wrong with any of `Rest` after `A`.
template <int Axis, class A, class... Rest>
constexpr fault concat_fault() {
    fault found = fault::none;
    ((found = found != fault::none ? found : fault_on<concat_op, concat_options<Axis>, A, Rest>()), ...);
    return found;
}

} // namespace detail

/// Tensors one after the other along a static axis: `concat(axis<1>, a, b, c...)`; of two or three
/// the axis may also come last.
/// @returns their shape with the extents along the axis added. Derivative: the slices of the gradient.
/// **Fails when** another extent differs (`extents_must_match_outside_axis`), the axis is a named
/// dimension (`dimension_must_be_static`), or ranks or dtypes differ. Source: `tf.concat`.
struct concat_function {
    template <int Axis, operand A>
    constexpr auto operator()(axis_t<Axis>, A a) const {
        return a;
    }
    template <int Axis, operand A, operand B, operand... Rest>
    constexpr auto operator()(axis_t<Axis> along, A a, B b, Rest... rest) const {
        constexpr fault found = detail::concat_fault<Axis, A, B, Rest...>();
        if constexpr (found != fault::none)
            return broken<found, call_shown<concat_op, detail::concat_options<Axis>>, facts_shown<found, A>, facts_shown<found, B>,
                          facts_shown<found, Rest>...>;
        else
            return (*this)(along, apply<concat_op, detail::concat_options<Axis>>(a, b), rest...);
    }
    template <operand A, operand B, int Axis>
    constexpr auto operator()(A a, B b, axis_t<Axis> along) const {
        return (*this)(along, a, b);
    }
    template <operand A, operand B, operand C, int Axis>
    constexpr auto operator()(A a, B b, C c, axis_t<Axis> along) const {
        return (*this)(along, a, b, c);
    }
};
inline constexpr concat_function concat{};

} // namespace ctgrad
