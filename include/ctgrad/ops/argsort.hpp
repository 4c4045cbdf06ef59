// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/ops/take_along_axis.hpp>

namespace ctgrad {

/// The positions of the elements along axis `numbers[0]` in their order, or backwards where `numbers[1]` is 1; equal ones by their
/// position. NaN counts as larger than any number.
struct argsort_op {
    static constexpr char name[] = "argsort";
    static constexpr int flops = 30;
    static constexpr op_kind kind = op_kind::general;
    static constexpr int arity = 1;

    static constexpr inference infer(const attributes& asked, const attributes* const* in) {
        inference out{asked, detail::check_domain(domain::numeric, in[0]->type)};
        out.result.type = dtype::int32;
        out.result.shape = in[0]->shape;
        return out;
    }

    /// Heapsort of each row, in the result itself.
    template <class Out, class X>
    static constexpr void evaluate(const attributes& a, const strided<Out>& out, const strided<X>& x) {
        const int axis = a.numbers[0];
        const std::int64_t size = x.extent[axis];
        std::int64_t rows[max_rank]{};
        for (int k = 0; k < x.rank; ++k) rows[k] = k == axis ? (size > 0 ? 1 : 0) : x.extent[k];
        for_each_index(x.rank, rows, [&](const std::int64_t* index) {
            row<Out, X> r{&out.at(index), out.stride[axis], &x.at(index), x.stride[axis], a.numbers[1] != 0};
            for (std::int64_t i = 0; i < size; ++i) r.place(i) = static_cast<Out>(i);
            for (std::int64_t i = size / 2; i-- > 0;) r.sift(i, size);
            for (std::int64_t end = size; --end > 0;) {
                r.swap(0, end);
                r.sift(0, end);
            }
        });
    }

private:
    template <class Out, class X>
    struct row {
        Out* out;
        std::int64_t out_stride;
        X* x;
        std::int64_t x_stride;
        bool backwards;

        constexpr Out& place(std::int64_t i) const { return out[i * out_stride]; }
        constexpr void swap(std::int64_t i, std::int64_t j) const {
            const Out kept = place(i);
            place(i) = place(j);
            place(j) = kept;
        }
        static constexpr bool is_less(auto a, auto b) { return a < b || (b != b && a == a); }
        /// Whether the element at place `i` belongs before that at place `j`.
        constexpr bool before(std::int64_t i, std::int64_t j) const {
            const auto a = x[static_cast<std::int64_t>(place(i)) * x_stride], b = x[static_cast<std::int64_t>(place(j)) * x_stride];
            if (backwards ? is_less(b, a) : is_less(a, b)) return true;
            if (backwards ? is_less(a, b) : is_less(b, a)) return false;
            return place(i) < place(j);
        }
        constexpr void sift(std::int64_t i, std::int64_t end) const {
            for (std::int64_t child = 2 * i + 1; child < end; child = 2 * i + 1) {
                if (child + 1 < end && before(child, child + 1)) ++child;
                if (!before(i, child)) return;
                swap(i, child);
                i = child;
            }
        }
    };
};

/// Largest first: `sort(x, descending)`.
struct descending_t {};
inline constexpr descending_t descending{};
namespace detail {

template <int Axis, bool Backwards>
struct argsort_options {
    static constexpr phrase called(std::string_view) { return call_along("sort", axis_t<Axis>::list); }
    static constexpr inference asked(const attributes& x) {
        const int axis = normalized(Axis, x.shape.rank);
        inference out;
        if (axis < 0 || axis >= x.shape.rank) out.found = fault::axis_must_be_in_range;
        out.result.numbers[0] = axis;
        out.result.numbers[1] = Backwards ? 1 : 0;
        return out;
    }
};

/// `x` at positions along an axis that are known to lie inside.
template <int Axis>
constexpr auto taken_along(auto x, auto positions) {
    return apply<take_along_axis_op, take_along_options<Axis>>(x, positions);
}

} // namespace detail

/// The positions of the elements of `x` in ascending order along an axis, the last if none is named: `argsort(x, axis<0>)`,
/// `argsort(x, descending)`. Equal elements keep their order; NaN is larger than any number.
/// @returns int32, the shape of `x`. It has no derivative.
/// **Fails when** the axis is out of range, or `x` is a mask (`axis_must_be_in_range`, `dtype_must_be_numeric`). Source: `tf.argsort`
/// with `stable=True`.
struct argsort_function {
    template <expression X, int Axis = -1>
    constexpr auto operator()(X x, axis_t<Axis> = {}) const {
        return apply<argsort_op, detail::argsort_options<Axis, false>>(x);
    }
    template <expression X, int Axis = -1>
    constexpr auto operator()(X x, axis_t<Axis>, descending_t) const {
        return apply<argsort_op, detail::argsort_options<Axis, true>>(x);
    }
    template <expression X>
    constexpr auto operator()(X x, descending_t) const {
        return apply<argsort_op, detail::argsort_options<-1, true>>(x);
    }
};
inline constexpr argsort_function argsort{};

/// The elements of `x` in ascending order along an axis, the last if none is named: `sort(x, axis<0>)`, `sort(x, descending)`.
/// @returns the shape and dtype of `x`. Derivative: the gradient at the places where the elements were; equal elements keep their order.
/// **Fails when** the axis is out of range, or `x` is a mask (`axis_must_be_in_range`, `dtype_must_be_numeric`). Source: `tf.sort`; NaN
/// last, as in NumPy.
struct sort_function {
    template <expression X, int Axis = -1, class... Way>
    constexpr auto operator()(X x, axis_t<Axis> along, Way... way) const {
        using options = detail::argsort_options<Axis, false>;
        constexpr fault found = detail::fault_on<argsort_op, options, X>();
        if constexpr (detail::is_poison<X>)
            return x;
        else if constexpr (found != fault::none)
            return broken<found, call_shown<argsort_op, options>, facts_shown<found, X>>;
        else
            return detail::taken_along<Axis>(x, argsort(x, along, way...));
    }
    template <expression X>
    constexpr auto operator()(X x) const {
        return (*this)(x, axis<-1>);
    }
    template <expression X>
    constexpr auto operator()(X x, descending_t way) const {
        return (*this)(x, axis<-1>, way);
    }
};
inline constexpr sort_function sort{};

} // namespace ctgrad
