// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/graph/view.hpp>
#include <ctgrad/nn/convolution/options.hpp>
#include <ctgrad/nn/layers/layer.hpp>
#include <ctgrad/ops/pad.hpp>
#include <ctgrad/ops/reshape.hpp>

namespace ctgrad {

namespace detail {

/// Zeros before and behind each of `Axes` axes, `Before...` then `Behind...` by axis in turn.
template <fixed_string Kind, int Axes, int... Ends>
struct zero_padding_layer {
    static constexpr fixed_string kind = Kind;
    static constexpr std::string_view name = kind.view();
    static constexpr settings<> defaults{};

    template <class X>
    static constexpr auto of(const auto&, X x) {
        return apply<pad_op, options>(x);
    }

private:
    struct options {
        static constexpr phrase called(std::string_view) { return Kind.view(); }
        /// One number is for all ends, one an axis for both ends of it.
        static constexpr std::int64_t at(int axis, int end) {
            const int all[] = {Ends..., 0};
            constexpr int count = sizeof...(Ends);
            return count == 0 ? 1 : count == 1 ? all[0] : count == Axes ? all[axis] : all[2 * axis + end];
        }
        static constexpr inference asked(const attributes& x) {
            constexpr int count = sizeof...(Ends);
            inference out;
            if (x.shape.rank != Axes + 2 || (count > 1 && count != Axes && count != 2 * Axes) || ((Ends < 0) || ...))
                return {{}, fault::rank_must_fit};
            out.result.shape = x.shape;
            for (int k = 0; k < Axes; ++k) {
                if (!x.shape[k + 1].is_static()) return {{}, fault::dimension_must_be_static};
                out.result.numbers[k + 1] = static_cast<std::int32_t>(at(k, 0));
                out.result.shape[k + 1] = x.shape[k + 1].extent + at(k, 0) + at(k, 1);
            }
            return out;
        }
    };
};

/// Each element repeated along spatial axes.
template <fixed_string Kind, int Axes, int... Times>
struct up_sampling_layer {
    static constexpr fixed_string kind = Kind;
    static constexpr std::string_view name = kind.view();
    static constexpr settings<> defaults{};
    using times = std::conditional_t<sizeof...(Times) == 0, axis_numbers<2>, axis_numbers<Times...>>;

    template <class X>
    static constexpr auto of(const auto&, X x) {
        if constexpr (X::rank != Axes + 2 || !suit_axes<Axes, times>())
            return broken<fault::rank_must_fit, show([] { return Kind.view(); }), facts_shown<fault::rank_must_fit, X>>;
        else
            return repeated<1>(x);
    }

private:
    /// Axis `Axis` as two, the second of extent `Times`, along which nothing moves.
    template <int Axis>
    struct beside {
        static constexpr inference asked(const attributes& x) {
            inference out;
            if (!x.shape[Axis].is_static()) return {{}, fault::dimension_must_be_static};
            for (int k = 0; k < x.shape.rank; ++k) {
                out.result.numbers[out.result.shape.rank] = k;
                out.result.shape.append(x.shape[k]);
                if (k != Axis) continue;
                out.result.numbers[out.result.shape.rank] = -1;
                out.result.shape.append(times::at(Axis - 1));
            }
            return out;
        }
    };
    template <int Axis>
    struct joined_again {
        static constexpr inference asked(const attributes& x) {
            inference out;
            for (int k = 0; k < x.shape.rank; ++k)
                if (k == Axis + 1)
                    out.result.shape[Axis] = x.shape[Axis].extent * x.shape[k].extent;
                else
                    out.result.shape.append(x.shape[k]);
            return out;
        }
    };
    template <int Axis, class X>
    static constexpr auto repeated(X x) {
        if constexpr (Axis > Axes)
            return x;
        else if constexpr (times::at(Axis - 1) == 1)
            return repeated<Axis + 1>(x);
        else {
            const auto both = apply<view_op, beside<Axis>>(x);
            if constexpr (is_poison<std::remove_const_t<decltype(both)>>)
                return poison{};
            else
                return repeated<Axis + 1>(apply<reshape_op, joined_again<Axis>>(both));
        }
    }
};

} // namespace detail

/// Layers that put zeros around spatial axes: `zero_padding2d<1>()` one at each end, `zero_padding2d<1, 2>()` by axes,
/// `zero_padding2d<1, 0, 2, 2>()` top, bottom, left, right. Source: Keras, `ZeroPadding2D`.
template <int... Ends>
constexpr auto zero_padding1d() {
    return layer_function<detail::zero_padding_layer<"zero_padding1d", 1, Ends...>>{}();
}
template <int... Ends>
constexpr auto zero_padding2d() {
    return layer_function<detail::zero_padding_layer<"zero_padding2d", 2, Ends...>>{}();
}

/// Layers that repeat each element along spatial axes, twice if nothing is said: `up_sampling2d<2>()`, `up_sampling2d<2, 3>()`.
/// Source: Keras, `UpSampling2D` with nearest interpolation.
template <int... Times>
constexpr auto up_sampling1d() {
    return layer_function<detail::up_sampling_layer<"up_sampling1d", 1, Times...>>{}();
}
template <int... Times>
constexpr auto up_sampling2d() {
    return layer_function<detail::up_sampling_layer<"up_sampling2d", 2, Times...>>{}();
}

} // namespace ctgrad
