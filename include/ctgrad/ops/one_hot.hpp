// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/ops/cast.hpp>
#include <ctgrad/ops/coordinate.hpp>
#include <ctgrad/ops/equal.hpp>
#include <ctgrad/ops/expand_dims.hpp>

namespace ctgrad {

/// The number of classes of `one_hot`: `depth<10>`.
template <int Depth>
struct depth_t {};
template <int Depth>
inline constexpr depth_t<Depth> depth{};

namespace detail {

template <int Depth>
constexpr attributes class_numbers() {
    attributes a;
    a.type = dtype::int32;
    a.shape = shape(Depth);
    return a;
}

/// 0, 1, ..., Depth - 1 beside `x`.
template <int Depth, operand X>
constexpr auto classes_beside(X x) {
    if constexpr (std::same_as<X, ref>)
        return x.graph->add(info<coordinate_op>, class_numbers<Depth>(), nullptr);
    else
        return make_expr([] {
            builder made;
            list<ref> roots;
            roots.push_back(made.add(info<coordinate_op>, class_numbers<Depth>(), nullptr));
            return extract(made, roots);
        });
}

} // namespace detail

/// Labels as rows of 0 and 1: `one_hot<float>(labels, depth<10>)`; a label outside [0, depth) gives a row of
/// zeros, as in TensorFlow.
/// @returns the shape of `labels` with a last axis of extent `depth`. It has no derivative.
/// **Fails when** the labels are not int32 (`dtypes_must_match`).
template <element T>
struct one_hot_function {
    template <operand Labels, int Depth>
    constexpr auto operator()(Labels labels, depth_t<Depth>) const {
        const auto column = expand_dims(labels, axis<-1>);
        const auto row = detail::classes_beside<Depth>(labels);
        return cast<T>(apply<equal_op>(broadcast_classes<Depth>(column), row));
    }

private:
    template <int Depth, operand Column>
    static constexpr auto broadcast_classes(Column column) {
        return apply_like<view_op, repeat_last<Depth>>(column);
    }
    template <int Depth>
    struct repeat_last {
        static constexpr inference asked(const attributes& x) {
            inference out;
            out.result.shape = x.shape;
            const int last = x.shape.rank - 1;
            out.result.shape[last] = Depth;
            for (int k = 0; k < last; ++k) out.result.numbers[k] = k;
            out.result.numbers[last] = -1;
            return out;
        }
    };
};
template <element T = float>
inline constexpr one_hot_function<T> one_hot{};

} // namespace ctgrad
