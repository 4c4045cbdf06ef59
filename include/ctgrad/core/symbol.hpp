// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/core/fixed_string.hpp>
#include <ctgrad/core/hash.hpp>

#include <cstdint>
#include <string_view>

namespace ctgrad {

/// A name with an identity: two symbols are the same exactly when their addresses are.
struct symbol {
    std::string_view text;
    std::uint64_t hash;
};

template <fixed_string Text>
inline constexpr symbol symbol_of{Text.view(), hash_text(Text.view())};

} // namespace ctgrad
