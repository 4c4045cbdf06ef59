// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/expr/constant_options.hpp>
#include <ctgrad/ops/cast.hpp>
#include <ctgrad/ops/coordinate.hpp>
#include <ctgrad/ops/equal.hpp>
#include <ctgrad/ops/reduction.hpp>
#include <ctgrad/ops/size.hpp>
#include <ctgrad/ops/transpose.hpp>

namespace ctgrad {

/// The number of classes of `one_hot`: `depth<10>`.
template <int Depth>
struct depth_t {};
template <int Depth>
inline constexpr depth_t<Depth> depth{};

namespace detail {

/// Repeats labels along a new last axis, of `Depth` classes or of as many as `logits` has.
template <int Depth>
struct beside_classes {
    static constexpr inference asked(const attributes& y) { return repeated(y.shape, Depth); }
    static constexpr inference asked(const attributes& y, const attributes& logits) {
        return repeated(y.shape, logits.shape[logits.shape.rank - 1]);
    }

private:
    static constexpr inference repeated(const tensor_shape& labels, dimension classes) {
        if (labels.rank == max_rank) return {{}, fault::rank_must_fit};
        inference out;
        out.result.shape = labels;
        out.result.shape.append(classes);
        for (int k = 0; k < labels.rank; ++k) out.result.numbers[k] = k;
        out.result.numbers[labels.rank] = -1;
        return out;
    }
};

/// 0, 1, ... up to the number of classes.
constexpr ref class_numbers(builder& b, dimension classes) {
    attributes a;
    a.type = dtype::int32;
    a.shape = shape(classes);
    return b.add(info<coordinate_op>, a, nullptr);
}

/// What `Make::of(builder, facts of x)` gives, a node beside a node, an expression beside an expression.
template <class Make, operand X>
constexpr auto leaf_beside(X x) {
    if constexpr (std::same_as<X, ref>)
        return Make::of(*x.graph, *x);
    else if constexpr (is_poison<X>)
        return poison{};
    else
        return make_expr([] {
            builder made;
            list<ref> roots;
            roots.push_back(Make::of(made, X::root()));
            return extract(made, roots);
        });
}

template <int Depth>
struct make_classes {
    static constexpr ref of(auto& into, const attributes&) { return class_numbers(into, Depth); }
};

struct make_classes_of_logits {
    static constexpr ref of(auto& into, const attributes& z) { return class_numbers(into, z.shape[z.shape.rank - 1]); }
};

struct make_class_count {
    static constexpr ref of(auto& into, const attributes& z) {
        return element_count(into, dtype::int32, z.shape, {1u << (z.shape.rank - 1)});
    }
};

/// Whether the class of the last axis of `z` is that of the label.
template <operand Labels, operand Logits>
constexpr auto is_class(Labels y, Logits z) {
    return apply<equal_op>(apply_like<view_op, beside_classes<0>>(y, z), leaf_beside<make_classes_of_logits>(z));
}

/// The number of classes, the extent of the last axis of `z`, as int32.
template <operand Logits>
constexpr auto class_count(Logits z) {
    return leaf_beside<make_class_count>(z);
}

/// The classes in place `Axis`.
template <int Axis>
struct classes_along : moved_axis<-1, Axis> {
    static constexpr phrase called(std::string_view) { return call_along("one_hot", axis_t<Axis>::list); }
};

/// Whether `Labels` are int32, or not an expression.
template <operand Labels>
constexpr bool may_be_class_numbers() {
    if constexpr (is_expr<Labels>)
        return Labels::type() == dtype::int32;
    else
        return true;
}

} // namespace detail

/// Labels as rows of 0 and 1: `one_hot<float>(labels, depth<10>)`; a label outside [0, depth) gives a row of
/// zeros, as in TensorFlow. `one_hot<float>(labels, depth<10>, axis<1>)` has the classes along that axis.
/// @returns the shape of `labels` with one more axis, the last one, of extent `depth`. It has no derivative.
/// **Fails when** the labels are not int32 (`dtype_must_be_integer`), or the axis is out of range (`axis_must_be_in_range`).
/// Source: `tf.one_hot`.
template <element T>
struct one_hot_function : constant_options<"one_hot"> {
    using constant_options<"one_hot">::operator();

    template <operand Labels, int Depth>
    constexpr auto operator()(Labels y, depth_t<Depth>) const {
        if constexpr (!detail::may_be_class_numbers<Labels>())
            return broken<fault::dtype_must_be_integer, "one_hot", facts_shown<fault::dtype_must_be_integer, Labels>>;
        else {
            const auto repeated = apply<view_op, detail::beside_classes<Depth>>(y);
            return cast<T>(apply<equal_op>(repeated, detail::leaf_beside<detail::make_classes<Depth>>(y)));
        }
    }
    template <operand Labels, int Depth, int Axis>
    constexpr auto operator()(Labels y, depth_t<Depth> classes, axis_t<Axis>) const {
        return apply<view_op, detail::classes_along<Axis>>((*this)(y, classes));
    }
};
template <element T = float>
inline constexpr one_hot_function<T> one_hot{};

} // namespace ctgrad
