// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/core/dtype.hpp>
#include <ctgrad/simd/target/registers.hpp>

#include <cstddef>
#include <cstdint>

namespace ctgrad {

/// What the planner and the loops know of a machine: every number that describes one, with its reason. Sizes are in
/// bytes where nothing else is said. Numbers that sums are exact by are none of these (`plan/running_sums.hpp`).
struct target {
    // What the processor has.
    int vector_bytes = 64;     ///< Of a vector register. 4: it has none.
    int vector_registers = 32; ///< A product keeps its sums in them.

    // What the plan decides by.
    std::int64_t kept_row = 256;   ///< Elements of a row that stays in the first-level cache between passes over it.
    std::int64_t product_row = 64; ///< Up to so many columns a product hands out whole rows: a tile of registers holds a few.
    std::int64_t short_row = 16;   ///< Up to so many columns a loop has rows in its lanes: each column is a register.
    int repeated_operations = 8;   ///< Operations that cost less than to store a number and to load it again,
    int repeated_loads = 2;        ///< and tensors that they may read.
    std::size_t alignment = 64;    ///< Of buffers: a cache line, and the widest register.

    // What lies on the stack.
    std::size_t stack_workspace = 65536;      ///< The largest workspace there whose size is a constant,
    std::size_t stack_workspace_named = 4096; ///< and what is set aside where it depends on named dimensions.
    std::int64_t packed = 40 * 1024;          ///< A factor that is packed at once: most of a first-level cache.
    std::int64_t panel = 48 * 1024;           ///< A panel of a large product: what lies there while all rows pass by.

    // How loops are made.
    int inlined_terms = 48;               ///< A program of so few terms becomes part of its caller,
    std::size_t inlined_workspace = 1024; ///< if its workspace is no larger.
    int unrolled_terms = 64;              ///< Terms of a row that is unrolled, vectors counted apart.
    int short_formula = 50;               ///< Operations of a formula that fits the window of instructions (some 200) often enough.
    int kept_terms = 128;                 ///< With so many terms eight vectors abreast stay in the first-level cache; with
                                          ///< four times as many it is four.
    int block_rows = 64;                  ///< Rows of a product that are handed on while they are in that cache.
    std::int64_t near_rows = 1024;        ///< Rows that are no farther apart do not share sets of the cache.

    // How work is split: a part takes some 20 microseconds at least, what waking a thread takes.
    std::int64_t loop_part = std::int64_t{1} << 18;    ///< Elements times terms.
    std::int64_t product_part = std::int64_t{1} << 20; ///< Multiplications.

    constexpr int lanes(dtype type) const {
        const int lanes = vector_bytes / static_cast<int>(size_of(type));
        return lanes > 1 ? lanes : 1;
    }
    /// Sums that a product keeps in registers: what its operands and addresses leave of them.
    constexpr int sums_in_registers() const { return vector_registers - vector_registers / 4; }
};

/// The machine that this unit is compiled for.
inline constexpr target this_target{.vector_bytes = CTGRAD_SIMD_REGISTER, .vector_registers = CTGRAD_SIMD_REGISTERS};

} // namespace ctgrad
