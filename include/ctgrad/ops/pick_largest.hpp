// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/expr/apply.hpp>
#include <ctgrad/ops/add.hpp>
#include <ctgrad/ops/detail/convolution_shape.hpp>
#include <ctgrad/ops/relu.hpp>

namespace ctgrad {

struct place_largest_op;

namespace detail {

/// Windows of pooling: the axes before the last, each channel by itself.
struct pooling_shape {
    int axes = 0, first = 0;
    window_axis axis[3];

    constexpr pooling_shape(const attributes& a, int rank, const std::int64_t* x, const std::int64_t* y) {
        while (axes < 3 && (a.numbers[2 * axes + 1] & 0xfff) != 0) ++axes;
        first = rank - 1 - axes;
        for (int k = 0; k < axes; ++k) {
            const std::int32_t both = a.numbers[2 * k + 1];
            axis[k] = {both & 0xfff, 1, a.numbers[2 * k], x[first + k], both >> 12 & 0xfff, y[first + k]};
        }
    }

    /// The index in x of the largest element of the window at `y`: the first of several, and NaN counts as larger than numbers.
    template <class X>
    constexpr void find_largest(const strided<X>& x, const std::int64_t* y, std::int64_t* largest) const {
        std::int64_t window[max_rank]{};
        for (int k = 0; k < axes; ++k) window[k] = axis[k].window;
        bool any = false;
        for_each_index(axes, window, [&](const std::int64_t* k) {
            std::int64_t at[max_rank]{};
            for (int i = 0; i < x.rank; ++i) at[i] = y[i];
            for (int i = 0; i < axes; ++i)
                if ((at[first + i] = axis[i].input_at(y[first + i], k[i])) < 0) return;
            if (any) {
                const auto best = x.at(largest), other = x.at(at);
                if (!(other > best || (other != other && best == best))) return;
            }
            any = true;
            for (int i = 0; i < x.rank; ++i) largest[i] = at[i];
        });
    }
};

/// The axis of a pooling as its attributes hold it.
constexpr void write_pooling_axis(attributes& a, int axis, const window_axis& w) {
    a.numbers[2 * axis] = static_cast<std::int32_t>(w.pad);
    a.numbers[2 * axis + 1] = static_cast<std::int32_t>(w.stride | w.window << 12);
}

template <class Adjoint>
struct largest_op {
    static constexpr op_kind kind = op_kind::general;
    static constexpr int arity = 2;
    static constexpr unsigned differentiable_inputs = 2;

    static constexpr inference infer(const attributes& asked, const attributes* const* in) {
        inference out{asked};
        if (in[0]->type != in[1]->type) return {{}, fault::dtypes_must_match};
        out.found = check_domain(domain::numeric, in[0]->type);
        out.result.type = in[0]->type;
        return out;
    }
    static constexpr ref derivative(const auto& at) {
        attributes back = at.attrs();
        back.shape = at.x(1).shape();
        return apply<deferred_t<Adjoint, decltype(at)>>(back, at.x(0), at.dy);
    }
    static constexpr bool may_vanish(const auto&) { return true; }
};

} // namespace detail

/// Of each window of x, the element of the second input that stands where x is largest, of several the first. Both `[..., S..., C]`, the
/// result `[..., P..., C]`. Of x twice it is max pooling.
struct pick_largest_op : detail::largest_op<place_largest_op> {
    static constexpr char name[] = "pick_largest";

    template <class Out, class X, class D>
    static constexpr void evaluate(const attributes& a, const strided<Out>& out, const strided<X>& x, const strided<D>& d) {
        const detail::pooling_shape shape(a, out.rank, x.extent, out.extent);
        for_each_index(out.rank, out.extent, [&](const std::int64_t* index) {
            std::int64_t at[max_rank]{};
            shape.find_largest(x, index, at);
            out.at(index) = d.at(at);
        });
    }

    /// What rises with its argument, and is the same for all elements of a window, is done with the largest alone: relu, and adding what
    /// is repeated along the window's axes.
    static constexpr ref simplify(const auto& at) {
        const auto x = at.x(0);
        if (!(x == at.x(1))) return {};
        if (is_op<relu_op>(*x->op)) return apply<deferred_t<relu_op, decltype(at)>>(of_one(at, x.input(0)));
        for (int k = 0; k < 2 && is_op<add_op>(*x->op); ++k) {
            const auto bias = x.input(k), other = x.input(1 - k);
            if (!is_repeated_in_windows(at.attrs(), *bias)) continue;
            attributes repeated = *bias;
            const auto source = bias.input(0), picked = of_one(at, other);
            repeated.shape = picked.shape();
            return picked + apply<deferred_t<view_op, decltype(at)>>(repeated, source);
        }
        return {};
    }

private:
    static constexpr ref of_one(const auto& at, const auto x) { return apply<deferred_t<pick_largest_op, decltype(at)>>(at.attrs(), x, x); }
    static constexpr bool is_repeated_in_windows(const attributes& pooling, const node& n) {
        if (!is_op<view_op>(*n.op)) return false;
        bool repeated = true;
        for (int k = 0; k < 3 && (pooling.numbers[2 * k + 1] & 0xfff) != 0; ++k) repeated = repeated && n.numbers[n.shape.rank - 2 - k] < 0;
        return repeated;
    }
};

/// The adjoint of `pick_largest`: each element of the second input, one a window of x, is added where x is largest in that window.
struct place_largest_op : detail::largest_op<pick_largest_op> {
    static constexpr char name[] = "place_largest";

    template <class Out, class X, class D>
    static constexpr void evaluate(const attributes& a, const strided<Out>& out, const strided<X>& x, const strided<D>& d) {
        const detail::pooling_shape shape(a, out.rank, x.extent, d.extent);
        for_each_index(out.rank, out.extent, [&](const std::int64_t* index) { out.at(index) = Out(0); });
        for_each_index(d.rank, d.extent, [&](const std::int64_t* index) {
            std::int64_t at[max_rank]{};
            shape.find_largest(x, index, at);
            out.at(at) += d.at(index);
        });
    }
};

} // namespace ctgrad
