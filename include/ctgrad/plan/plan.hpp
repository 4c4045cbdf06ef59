// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/core/counted.hpp>
#include <ctgrad/core/list.hpp>
#include <ctgrad/graph/op_info.hpp>
#include <ctgrad/plan/extent.hpp>
#include <ctgrad/plan/target.hpp>

#include <cstddef>
#include <cstdint>

namespace ctgrad {

/// A program before planning: a graph whose roots are first the results that a call returns, then
/// the new values of variables, then those variables themselves.
struct program_graph {
    graph_view graph;
    int outputs = 0;
    int updates = 0;
    const target& machine = this_target; ///< What it is planned for.

    constexpr int results() const { return outputs + updates; }
    /// The variable that result `r` (an update) replaces.
    constexpr int target_of(int r) const { return graph.roots[r + updates]; }
};

/// Where the elements of a node lie.
enum class place : std::uint8_t {
    nowhere,   ///< Computed inside a loop, never stored.
    leaf,      ///< The caller's data or the parameter store.
    workspace, ///< A region of the workspace.
    result,    ///< The memory of a result; for an update that of its variable.
    block      ///< The block that a product has just handed to its loop.
};

struct location {
    place where = place::nowhere;
    std::int16_t index = -1;    ///< Of the leaf, the region or the result.
    std::int8_t lane_axis = -1; ///< The axis whose elements are adjacent, where it is not the last: a matrix lies column after column then.
    std::int16_t within = -1;   ///< The node that it is part of, side by side with others, if there is one.

    friend constexpr bool operator==(const location&, const location&) = default;
};

enum class kernel_kind : std::uint8_t {
    loop,        ///< A fused loop: elementwise, reducing, or both.
    copy,        ///< A loop that only moves a value.
    contraction, ///< The kernel of the matrix product.
    general      ///< The op's own loop.
};

/// One kernel of a program. A loop computes several nodes, its members, over one iteration space; the
/// other kinds compute `node` and put it `to`.
struct kernel {
    kernel_kind kind = kernel_kind::loop;
    std::int16_t node = -1;
    location to;
    tensor_shape space{};     ///< Of a loop: without axes of extent 1.
    std::int16_t first = 0;   ///< Of a loop: where its members stand in the plan's list,
    std::int16_t members = 0; ///< and how many there are.
    std::int16_t driver = -1; ///< Of a loop: the product behind whose blocks it runs, if there is one.
};

/// The alignment of every region of a workspace and of every variable of a store, in bytes.
inline constexpr std::size_t buffer_alignment = this_target.alignment;

namespace detail {
constexpr std::size_t aligned(std::size_t bytes) { return (bytes + buffer_alignment - 1) / buffer_alignment * buffer_alignment; }
} // namespace detail

/// A region of the workspace.
struct region {
    extent_product size; ///< In elements.
    dtype type = dtype::float32;
};

/// The plan of a program: what is stored where, and in which order it is computed. Elementwise
/// nodes that one loop alone needs are `nowhere`: they live in registers.
template <int Nodes, int Leaves, int Kernels, int Members, int Regions>
struct basic_plan {
    dimension_table dimensions;
    counted<location, Nodes> places{};
    counted<std::int16_t, Leaves> leaves{}; ///< The nodes of the leaves, in argument order.
    counted<kernel, Kernels> kernels{};
    counted<std::int16_t, Members> members{}; ///< The nodes that loops compute, kernel by kernel.
    counted<region, Regions> regions{};

    static constexpr int leaf_count = Leaves;
    static constexpr int kernel_count = Kernels;
    static constexpr int region_count = Regions;
};

/// A plan on its way into a type.
struct draft_plan {
    dimension_table dimensions;
    list<location> places;
    list<std::int16_t> leaves;
    list<kernel> kernels;
    list<std::int16_t> members;
    list<region> regions;
};

} // namespace ctgrad
