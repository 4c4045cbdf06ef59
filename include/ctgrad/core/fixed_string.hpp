// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <string_view>

namespace ctgrad {

/// A string literal as a template argument: `placeholder<"x", float, 3>`.
template <std::size_t N>
struct fixed_string {
    char text[N]{};

    consteval fixed_string(const char (&literal)[N]) {
        for (std::size_t i = 0; i < N; ++i) text[i] = literal[i];
    }

    constexpr std::string_view view() const { return {text, N - 1}; }
};

} // namespace ctgrad
