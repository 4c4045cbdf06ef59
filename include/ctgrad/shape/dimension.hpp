// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/core/symbol.hpp>

#include <concepts>
#include <cstdint>

namespace ctgrad {

/// What a named dimension is said to be: `N = 64`.
struct dimension_size {
    const symbol* name;
    std::int64_t size;
};

/// One extent of a shape: a static number, or a name whose size is known at the call.
/// Two named dimensions are equal exactly when their names are.
struct dimension {
    std::int64_t extent = 0;
    const symbol* name = nullptr;

    constexpr dimension() = default;
    constexpr dimension(std::integral auto static_extent) : extent(static_cast<std::int64_t>(static_extent)) {}
    constexpr explicit dimension(const symbol& named) : extent(named_extent), name(&named) {}

    /// The extent of every named dimension. What is named is asked by it and not by comparing `name` with
    /// null, which is no constant expression in GCC 12 with -fsanitize=undefined.
    static constexpr std::int64_t named_extent = -2;

    /// `N = 64`, for functions that take the sizes of named dimensions.
    constexpr dimension_size operator=(std::integral auto size) const { return {name, static_cast<std::int64_t>(size)}; }
    constexpr dimension& operator=(std::integral auto static_extent) { return *this = dimension(static_extent); }

    constexpr bool is_static() const { return extent != named_extent; }
    constexpr bool is_one() const { return is_static() && extent == 1; }
    constexpr std::uint64_t hash() const { return is_static() ? static_cast<std::uint64_t>(extent) : name->hash; }

    friend constexpr bool operator==(const dimension& a, const dimension& b) {
        return a.extent == b.extent && (a.is_static() || *a.name == *b.name);
    }
};

/// A dimension with a run-time size and a compile-time identity, `constexpr auto N = dim<"N">;`.
/// All tensors of one call that have it must agree on its size.
template <fixed_string Name>
inline constexpr dimension dim{symbol_of<Name>};

} // namespace ctgrad
