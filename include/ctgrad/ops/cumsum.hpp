// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/ops/reduction.hpp>

#include <concepts>

namespace ctgrad {

/// Sums of the elements up to each along axis `numbers[0]`; `numbers[1]`: without the element itself, `numbers[2]`: from the end.
struct cumsum_op {
    static constexpr char name[] = "cumsum";
    static constexpr op_kind kind = op_kind::general;
    static constexpr int arity = 1;
    static constexpr int flops = 1;

    static constexpr inference infer(const attributes& asked, const attributes* const* in) {
        inference out{asked, detail::check_domain(domain::numeric, in[0]->type)};
        out.result.type = in[0]->type;
        out.result.shape = in[0]->shape;
        return out;
    }

    template <class Out, class X>
    static constexpr void evaluate(const attributes& a, const strided<Out>& out, const strided<X>& x) {
        const int axis = a.numbers[0];
        const std::int64_t n = x.extent[axis];
        std::int64_t rows[max_rank]{};
        for (int k = 0; k < x.rank; ++k) rows[k] = k == axis ? (n > 0 ? 1 : 0) : x.extent[k];
        for_each_index(x.rank, rows, [&](const std::int64_t* row) {
            std::int64_t at[max_rank]{};
            for (int k = 0; k < x.rank; ++k) at[k] = row[k];
            running_sum<Out> total;
            for (std::int64_t i = 0; i < n; ++i) {
                at[axis] = a.numbers[2] != 0 ? n - 1 - i : i;
                const Out term = x.at(at);
                if (a.numbers[1] != 0) out.at(at) = total.value();
                total.add(term);
                if (a.numbers[1] == 0) out.at(at) = total.value();
            }
        });
    }

    /// It is linear: the sums from the other end.
    static constexpr ref derivative(const auto& at) {
        attributes back;
        back.numbers[0] = at.attrs().numbers[0];
        back.numbers[1] = at.attrs().numbers[1];
        back.numbers[2] = 1 - at.attrs().numbers[2];
        return apply<cumsum_op>(back, at.dy);
    }

private:
    /// A sum that keeps what rounding loses. Source: Knuth, The Art of Computer Programming, vol. 2, 4.2.2, theorem B.
    template <class T>
    struct running_sum {
        T rounded_sum = 0, lost = 0;

        constexpr T value() const { return static_cast<T>(rounded_sum + lost); }
        constexpr void add(T term) {
            const T more = static_cast<T>(term + lost), next = static_cast<T>(rounded_sum + more);
            if constexpr (std::floating_point<T>) {
                const T part = next - rounded_sum;
                lost = (rounded_sum - (next - part)) + (more - part);
                if (lost != lost) lost = 0; // behind infinities nothing is lost
            }
            rounded_sum = next;
        }
    };
};

/// Of `cumsum` and `cumprod`: each element without itself, the first is the sum or product of nothing.
struct exclusive_t {};
inline constexpr exclusive_t exclusive{};
/// Begins at the end: `cumsum(x, axis<1>, go_backwards)`, `scan(step, init, xs, go_backwards)`. Results lie where their elements do.
struct go_backwards_t {};
inline constexpr go_backwards_t go_backwards{};

namespace detail {

template <int Axis, class... Flags>
struct cumulative_options {
    static constexpr phrase called(std::string_view op) { return call_along(op, axis_t<Axis>::list); }
    static constexpr inference asked(const attributes& x) {
        const int axis = normalized(Axis, x.shape.rank);
        inference out;
        if (axis < 0 || axis >= x.shape.rank) out.found = fault::axis_must_be_in_range;
        out.result.numbers[0] = axis;
        out.result.numbers[1] = (std::is_same_v<Flags, exclusive_t> || ...);
        out.result.numbers[2] = (std::is_same_v<Flags, go_backwards_t> || ...);
        return out;
    }
};
template <class T>
concept cumulative_flag = std::is_same_v<T, exclusive_t> || std::is_same_v<T, go_backwards_t>;

} // namespace detail

/// Sums of the elements up to each: `cumsum(x, axis<1>)`, `cumsum(x, axis<0>, exclusive, go_backwards)`; without an axis along the first.
/// @returns the shape and dtype of `x`. What rounding loses is added again, so long sums are as good as short ones. Derivative: the sums of
/// the gradient from the other end.
/// **Fails when** the axis is out of range (`axis_must_be_in_range`) or `x` is a mask (`dtype_must_be_numeric`). Source: `tf.cumsum`.
struct cumsum_function {
    template <operand X, int Axis, detail::cumulative_flag... Flags>
    constexpr auto operator()(X x, axis_t<Axis>, Flags...) const {
        return apply<cumsum_op, detail::cumulative_options<Axis, Flags...>>(x);
    }
    template <operand X, detail::cumulative_flag... Flags>
    constexpr auto operator()(X x, Flags... flags) const {
        return (*this)(x, axis_t<0>{}, flags...);
    }
};
inline constexpr cumsum_function cumsum{};

} // namespace ctgrad
