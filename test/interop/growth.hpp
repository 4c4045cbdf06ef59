// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/ctgrad.hpp>

/// The errors of the model of `rat43.hpp`.
namespace growth {

using namespace ctgrad::literals;

constexpr auto N = ctgrad::dim<"N">;
constexpr auto x = ctgrad::placeholder<"x", double, N>;
constexpr auto y = ctgrad::placeholder<"y", double, N>;
constexpr auto b = ctgrad::variable<"b", double, 4>;
template <int I>
constexpr auto b_at = ctgrad::squeeze(ctgrad::slice(b, ctgrad::begin<I>, ctgrad::size<1>), ctgrad::axis<0>);
constexpr auto errors = y - b_at<0> / ctgrad::pow(1_c + ctgrad::exp(b_at<1> - b_at<2> * x), 1_c / b_at<3>);

} // namespace growth
