// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/expr/apply.hpp>
#include <ctgrad/expr/constant_options.hpp>
#include <ctgrad/ops/detail/window_rules.hpp>
#include <ctgrad/ops/reduction.hpp>

namespace ctgrad {

struct overlap_add_op;

/// Windows of an axis: axis `numbers[0]` becomes two, the window and the element in it. Element k of window p is element
/// p stride + k dilation of the input, stride = `numbers[1]`, dilation = `numbers[2]`. Windows may overlap; nothing is copied.
struct windows_op {
    static constexpr char name[] = "windows";
    static constexpr op_kind kind = op_kind::view;
    static constexpr int arity = 1;

    static constexpr inference infer(const attributes& asked, const attributes* const* in) {
        inference out{asked};
        out.result.type = in[0]->type;
        return out;
    }
    static constexpr void map_axes(const attributes& w, access& a) {
        const int axis = w.numbers[0];
        access from = a;
        for (int k = 0; k < max_rank; ++k) a.begin[k] = 0;
        for (int k = 0; k < w.shape.rank; ++k)
            a.begin[k > axis ? k - 1 : k] += from.begin[k] * (k == axis ? w.numbers[1] : k == axis + 1 ? w.numbers[2] : 1);
        for (int k = 0; k < a.rank; ++k) {
            if (from.axis[k] == axis) a.step[k] *= w.numbers[1];
            if (from.axis[k] == axis + 1) a.step[k] *= w.numbers[2];
            if (from.axis[k] > axis) a.axis[k] = from.axis[k] - 1;
        }
    }
    static constexpr bool may_vanish(const auto&) { return true; }
    static constexpr ref derivative(const auto& at) {
        attributes back = at.attrs();
        back.shape = at.x().shape();
        return apply<overlap_add_op>(back, at.dy);
    }
};

/// The adjoint of `windows`: each element of the result is the sum of the window elements that show it.
struct overlap_add_op {
    static constexpr char name[] = "overlap_add";
    static constexpr op_kind kind = op_kind::general;
    static constexpr int arity = 1;
    static constexpr int flops = 1;

    static constexpr inference infer(const attributes& asked, const attributes* const* in) {
        inference out{asked};
        out.result.type = in[0]->type;
        return out;
    }
    template <class Out, class X>
    static constexpr void evaluate(const attributes& w, const strided<Out>& out, const strided<X>& x) {
        // The last axis goes in loops of its own, that a compiler makes vectors of.
        for_each_row(out, [](const std::int64_t*, Out* row, std::int64_t n, std::int64_t step) {
            if (step == 1)
                for (std::int64_t i = 0; i < n; ++i) row[i] = Out{};
            else
                for (std::int64_t i = 0; i < n; ++i) row[i * step] = Out{};
        });
        const int axis = w.numbers[0];
        const std::int64_t to_step = axis + 2 == x.rank ? w.numbers[2] * out.stride[axis] : out.stride[out.rank - 1];
        for_each_row(x, [&](const std::int64_t* index, X* terms, std::int64_t n, std::int64_t step) {
            std::int64_t to[max_rank]{};
            for (int k = 0; k < out.rank; ++k) to[k] = index[k > axis ? k + 1 : k];
            to[axis] = index[axis] * w.numbers[1] + index[axis + 1] * w.numbers[2];
            Out* const sums = &out.at(to);
            if (to_step == 1 && step == 1)
                for (std::int64_t i = 0; i < n; ++i) sums[i] += terms[i];
            else
                for (std::int64_t i = 0; i < n; ++i) sums[i * to_step] += terms[i * step];
        });
    }
    static constexpr ref derivative(const auto& at) {
        attributes back = at.attrs();
        back.shape = at.x().shape();
        return apply<windows_op>(back, at.dy);
    }
    static constexpr bool may_vanish(const auto&) { return false; }
};

/// How many elements a window has, how far apart windows and their elements are.
template <int Extent, int Stride = 1, int Dilation = 1>
struct window_t {};
template <int Extent, int Stride = 1, int Dilation = 1>
inline constexpr window_t<Extent, Stride, Dilation> window{};

namespace detail {

template <class Axis, class Window>
struct windows_options;
template <int Axis, int Extent, int Stride, int Dilation>
struct windows_options<axis_t<Axis>, window_t<Extent, Stride, Dilation>> {
    static constexpr phrase called(std::string_view op) { return phrase(op) << " window<" << Extent << ">"; }
    static constexpr inference asked(const attributes& x) {
        inference out;
        const int rank = x.shape.rank, axis = Axis < 0 ? Axis + rank : Axis;
        if (rank == max_rank) return {{}, fault::rank_must_fit};
        if (axis < 0 || axis >= rank) return {{}, fault::axis_must_be_in_range};
        if (!x.shape[axis].is_static()) return {{}, fault::dimension_must_be_static};
        const std::int64_t span = std::int64_t{Extent - 1} * Dilation + 1;
        if (Extent < 1 || Stride < 1 || Dilation < 1 || span > x.shape[axis].extent) return {{}, fault::window_must_fit_input};
        for (int k = 0; k < rank; ++k) {
            out.result.shape.append(k == axis ? dimension((x.shape[k].extent - span) / Stride + 1) : x.shape[k]);
            if (k == axis) out.result.shape.append(Extent);
        }
        out.result.numbers[0] = axis;
        out.result.numbers[1] = Stride;
        out.result.numbers[2] = Dilation;
        return out;
    }
};

} // namespace detail

/// Windows of an axis, which becomes two: `windows(x, axis<1>, window<3>)` of `[N, 10, C]` is `[N, 8, 3, C]`, element [n, p, k, c] is
/// x[n, p + k, c]. `window<3, 2, 4>`: windows begin 2 apart, their elements are 4 apart. It is a view: nothing is copied.
/// @returns the shape of x with the number of windows and their extent for the axis. Derivative: the sum over all windows that show an
/// element. **Fails when** the axis is named (`dimension_must_be_static`) or shorter than a window (`window_must_fit_input`).
struct windows_function : constant_options<"windows"> {
    using constant_options<"windows">::operator();

    template <operand X, int Axis, int Extent, int Stride, int Dilation>
    constexpr auto operator()(X x, axis_t<Axis>, window_t<Extent, Stride, Dilation>) const {
        return apply<windows_op, detail::windows_options<axis_t<Axis>, window_t<Extent, Stride, Dilation>>>(x);
    }
};
inline constexpr windows_function windows{};

} // namespace ctgrad
