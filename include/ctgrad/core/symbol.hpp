// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/core/fixed_string.hpp>
#include <ctgrad/core/hash.hpp>

#include <cstdint>
#include <string_view>

namespace ctgrad {

/// A name. Shapes and nodes refer to it by its address, which can stand in a type.
struct symbol {
    std::string_view text;
    std::uint64_t hash;
};

/// Names are compared by their texts, where hashes are equal, and not by address: GCC 12 with -fsanitize=undefined
/// does not compare addresses of constants in constant expressions.
constexpr bool operator==(const symbol& a, const symbol& b) { return a.hash == b.hash && a.text == b.text; }

template <fixed_string Text>
inline constexpr symbol symbol_of{Text.view(), hash_text(Text.view())};

} // namespace ctgrad
