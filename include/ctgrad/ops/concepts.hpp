// SPDX-License-Identifier: BSL-1.0
#pragma once

/// @file Questions about operands of ops that have options, answered by what the rules ask.

#include <ctgrad/expr/concepts.hpp>
#include <ctgrad/ops/at.hpp>
#include <ctgrad/ops/broadcast_to.hpp>
#include <ctgrad/ops/concat.hpp>
#include <ctgrad/ops/matmul.hpp>
#include <ctgrad/ops/reshape.hpp>
#include <ctgrad/ops/slice.hpp>
#include <ctgrad/ops/stack.hpp>
#include <ctgrad/ops/transpose.hpp>

namespace ctgrad {

/// Whether `matmul(a, b)` is a product, or `matmul(a, b, transpose_b)` with `Swap...` as its further arguments.
template <class A, class B, class... Swap>
concept matmul_compatible =
    detail::matmul_fault<std::remove_const_t<A>, std::remove_const_t<B>, (std::same_as<std::remove_const_t<Swap>, transpose_a_t> || ...),
                         (std::same_as<std::remove_const_t<Swap>, transpose_b_t> || ...)>() == fault::none;

/// Whether `X` has the axes, each named once: `has_axes<decltype(x), decltype(axis<0, 1>)>`.
template <class X, class Axes>
concept has_axes = detail::is_expr<X> && detail::reduction_options<std::remove_const_t<Axes>>::asked(X::root()).found == fault::none;

/// Whether `reshape(x, dims)` keeps the number of elements.
template <class X, class Dims>
concept reshapable =
    detail::fault_on<reshape_op, detail::reshape_options<std::remove_const_t<Dims>>, std::remove_const_t<X>>() == fault::none;

/// Whether `broadcast_to(x, dims)` fills the shape.
template <class X, class Dims>
concept broadcastable_to_dims =
    detail::fault_on<view_op, detail::broadcast_to_options<std::remove_const_t<Dims>>, std::remove_const_t<X>>() == fault::none;

/// Whether `transpose(x, order)` names every axis once.
template <class X, class Order>
concept transposable =
    detail::fault_on<view_op, detail::transpose_options<std::remove_const_t<Order>>, std::remove_const_t<X>>() == fault::none;

/// Whether `slice(x, begin, size)` lies inside.
template <class X, class Begin, class Size>
concept sliceable =
    detail::fault_on<slice_op, detail::slice_options<std::remove_const_t<Begin>, std::remove_const_t<Size>>, std::remove_const_t<X>>() ==
    fault::none;

/// Whether `x[index]` lies inside: `has_index<decltype(q), decltype(at<2>)>`.
template <class X, class Index>
concept has_index = detail::fault_on<slice_op, detail::box_options<std::remove_const_t<Index>>, std::remove_const_t<X>>() == fault::none;

/// Whether `split(x, parts, axis<Axis>)` fills the axis.
template <class X, class Parts, int Axis = 0>
concept splittable = detail::split_fault<Axis, std::remove_const_t<Parts>>(X::shape()) == fault::none;

/// Whether `concat(axis<Axis>, a, rest...)` fits together.
template <int Axis, class A, class... Rest>
concept concatenable = detail::concat_fault<Axis, std::remove_const_t<A>, std::remove_const_t<Rest>...>() == fault::none;

} // namespace ctgrad
