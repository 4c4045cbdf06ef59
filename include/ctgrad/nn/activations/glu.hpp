// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/nn/activations/activation_function.hpp>
#include <ctgrad/ops/multiply.hpp>
#include <ctgrad/ops/sigmoid.hpp>
#include <ctgrad/ops/slice.hpp>

namespace ctgrad {

namespace detail {

/// One half of `x` along an axis.
template <class Axis, bool Second>
struct half_options {
    static constexpr inference asked(const attributes& x) {
        const int along = normalized(Axis::list.axes[0], x.shape.rank);
        if (!x.shape[along].is_static()) return {{}, fault::dimension_must_be_static};
        if (x.shape[along].extent % 2 != 0) return {{}, fault::size_must_stay_the_same};
        inference out;
        out.result.shape = x.shape;
        out.result.shape[along] = x.shape[along].extent / 2;
        out.result.numbers[along] = Second ? static_cast<std::int32_t>(x.shape[along].extent / 2) : 0;
        return out;
    }
    static constexpr phrase called(std::string_view) { return phrase("glu"); }
};

struct glu_formula {
    static constexpr char name[] = "glu";
    static constexpr auto defaults = options(along(axis<-1>));

    static constexpr auto of(auto how, auto x) {
        using axis_type = decltype(how.axis());
        return apply<slice_op, half_options<axis_type, false>>(x) * sigmoid(apply<slice_op, half_options<axis_type, true>>(x));
    }
};

} // namespace detail

/// The first half of `x` along the last axis, or `glu(x, axis<1>)`, by the sigmoid of the second half.
/// **Fails when** that extent is odd or no number (`size_must_stay_the_same`, `dimension_must_be_static`).
/// Derivative: sigmoid(b) for the first half a, a sigmoid(b) (1 - sigmoid(b)) for the second half b.
/// Source: Dauphin et al. 2016; Keras, `activations.glu`.
inline constexpr activation_function<detail::glu_formula> glu{};

} // namespace ctgrad
