// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/core/dtype.hpp>
#include <ctgrad/core/hash.hpp>
#include <ctgrad/shape/tensor_shape.hpp>

#include <cstddef>
#include <cstdint>

namespace ctgrad {

struct op_info;

/// The largest number of inputs of an op.
inline constexpr int max_arity = 3;

/// All that distinguishes two applications of an op to the same inputs.
struct attributes {
    dtype type = dtype::float32;
    tensor_shape shape{};
    std::int32_t numbers[max_rank]{}; ///< Axes, a permutation, offsets: the op says what they mean.
    const symbol* name = nullptr;     ///< Of a leaf or a dimension.
    std::uint64_t bits = 0;           ///< Of a constant, or of a slot before the first step: its value as the bits of a double.

    friend constexpr bool operator==(const attributes&, const attributes&) = default;

    /// Whether all but the name is equal.
    constexpr bool is_equal_but_name(const attributes& other) const {
        if (type != other.type || bits != other.bits || !(shape == other.shape)) return false;
        for (int i = 0; i < max_rank; ++i)
            if (numbers[i] != other.numbers[i]) return false;
        return true;
    }
};

/// One application of an op. Inputs are indices of earlier nodes.
struct node : attributes {
    const op_info* op = nullptr;
    std::uint64_t hash = 0; ///< Of the op, the attributes and the inputs' hashes: finds equal nodes.
    std::int16_t inputs[max_arity]{-1, -1, -1};

    /// Whether it is the same op, attributes and inputs, in one graph.
    constexpr bool is_equal(const node& other) const;
};

/// A graph without ownership: nodes in topological order and the indices of its results.
struct graph_view {
    const node* nodes = nullptr;
    int size = 0;
    const std::int16_t* roots = nullptr;
    int root_count = 0;

    constexpr const node& operator[](int id) const { return nodes[id]; }
    constexpr const node& root(int i = 0) const { return nodes[roots[i]]; }
};

/// A program as a value that can stand in a type: `Size` nodes in topological order and the
/// indices of its `Roots` results. An equal subexpression exists once.
template <int Size, int Roots = 1>
struct graph {
    node nodes[static_cast<std::size_t>(Size)]{};
    std::int16_t roots[static_cast<std::size_t>(Roots)]{};

    constexpr graph_view view() const { return {nodes, Size, roots, Roots}; }
    constexpr operator graph_view() const { return view(); }
};

} // namespace ctgrad
