// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/ctgrad.hpp>

#include <array>

/// Problem 71 of Hock and Schittkowski, Test Examples for Nonlinear Programming Codes (1981): least x0 x3 (x0 + x1 + x2) + x2 where the
/// product of all is at least 25, the sum of squares 40, and each in [1, 5].
namespace hock_schittkowski {

constexpr auto x = ctgrad::variable<"x", double, 4>;
template <int I>
constexpr auto x_at = ctgrad::squeeze(ctgrad::slice(x, ctgrad::begin<I>, ctgrad::size<1>), ctgrad::axis<0>);

constexpr auto cost = x_at<0> * x_at<3> * (x_at<0> + x_at<1> + x_at<2>)+x_at<2>;
constexpr auto product = ctgrad::reduce_prod(x);
constexpr auto squares = ctgrad::reduce_sum(ctgrad::square(x));

constexpr std::array<double, 4> start{1, 5, 5, 1};
constexpr std::array<double, 4> solution{1, 4.7429996, 3.8211500, 1.3794083};
constexpr double least = 17.0140173;

} // namespace hock_schittkowski
