// SPDX-License-Identifier: BSL-1.0
#pragma once

namespace ctgrad {

/// How many: of `linspace` numbers, of `top_k` elements: `num<5>`.
template <int Count>
struct num_t {};
template <int Count>
inline constexpr num_t<Count> num{};

} // namespace ctgrad
