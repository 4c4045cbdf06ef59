// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <charconv>
#include <cmath>
#include <concepts>
#include <string_view>
#include <system_error>

namespace ctgrad::detail {

/// Reads a whole text as a number, rounded to T, whatever the locale. Numbers too small for T become 0 or the nearest subnormal.
/// @returns null, or why the text is none: a phrase that the name of T ends.
template <class T>
const char* parse_number(std::string_view text, T& value) {
    if (text.empty()) return "is empty: expected";
    if (text.size() > 1 && text[0] == '+' && text[1] != '-') text.remove_prefix(1);
    const char* const end = text.data() + text.size();
    auto [rest, problem] = std::from_chars(text.data(), end, value);
    if constexpr (std::floating_point<T>)
        if (problem == std::errc::result_out_of_range) {
            long double wide = 0;
            const bool is_small = std::from_chars(text.data(), end, wide).ec == std::errc{} && std::abs(wide) < 1;
            if (is_small) {
                value = static_cast<T>(wide);
                problem = std::errc{};
            }
        }
    if (problem == std::errc::result_out_of_range) return "is out of range of";
    return problem != std::errc{} || rest != end ? "is no" : nullptr;
}

} // namespace ctgrad::detail
