// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/core/hash.hpp>
#include <ctgrad/graph/node.hpp>
#include <ctgrad/shape/access.hpp>
#include <ctgrad/shape/strided.hpp>
#include <ctgrad/core/fault.hpp>

#include <cstdint>
#include <string_view>

namespace ctgrad {

class builder;
template <class T>
class list;
struct ref;
struct adjoint;
struct rewrite;
struct scan_tangents;
namespace detail {
template <class Ref>
struct cotangent;
}

/// How an op touches its elements; passes ask this, and never which op it is.
enum class op_kind : std::uint8_t {
    leaf,        ///< Its elements come from outside.
    constant,    ///< One value everywhere, known at compile time.
    size,        ///< A number known when the named dimensions are.
    coordinate,  ///< Its elements are their own positions.
    elementwise, ///< Element i of the result depends on element i of each input.
    reduction,   ///< Combines the elements along some axes.
    view,        ///< The input's elements, found by an affine map of the axes.
    reshape,     ///< The input's elements in the same order under another shape.
    contraction, ///< Sums of products along inner axes.
    general,     ///< A loop of its own.
    pack,        ///< Several values as one input: no elements of its own.
    scan,        ///< A step that is repeated (`graph/scans.hpp`); it has several results.
    element      ///< One result of a scan.
};

/// Which products a contraction sums.
enum class product_form : std::uint8_t {
    none,
    matrices,      ///< Rows by columns, over equal leading axes.
    outer_products ///< The outer products of the last axes, summed along all others.
};

/// What inference says of an application: the attributes completed, or why it is wrong.
struct inference {
    attributes result{};
    fault found = fault::none;
};

/// Everything the passes know of an op. A node refers to it by its address, so an op of the user
/// is no different from one of the library.
struct op_info {
    std::string_view name;
    std::uint64_t hash;
    op_kind kind;
    int arity;
    bool is_parameter; ///< Leaf: kept in a parameter store.
    bool is_bound;     ///< Leaf: stands for what changes from step to step of a scan.
    bool commutative;
    bool is_arithmetic;             ///< Elementwise: one instruction for scalars as well.
    bool selects;                   ///< Input 0 chooses, element by element, between inputs 1 and 2.
    int flops;                      ///< Operations for each element of the result (elementwise) or the first input, or for each product.
    unsigned differentiable_inputs; ///< Bit i: a gradient flows to input i.
    bool is_steep;                  ///< Elementwise: its partial derivatives can be infinite or NaN at numbers that are finite.
    bool keeps_zeros;               ///< Its derivative itself keeps zeros of dy that are meant.
    product_form form;              ///< Of a contraction.

    inference (*infer)(const attributes& asked, const attributes* const* inputs);
    ref (*derivative)(const adjoint&);      ///< One term of the chain rule.
    bool (*may_vanish)(const adjoint&);     ///< Whether that term can be 0 where dy is not, as it is meant.
    bool simplifies;                        ///< Whether there is a `simplify`.
    ref (*simplify)(builder&, const node&); ///< Of a user's op: an equal, cheaper node, or none.
    bool is_sum;                            ///< Reduction: it adds.
    const rewrite* rewrites;                ///< The same with names, or null.
    int rewrite_count;
    double (*element)(const double* inputs);      ///< Elementwise, reduction: the formula.
    double identity;                              ///< Reduction: the neutral element.
    void (*map_axes)(const attributes&, access&); ///< View: where its elements are found.
    bool joins;                                   ///< Its inputs lie side by side in the result: there is a `place_input`.
    void (*place_input)(const attributes& joined, int input, const tensor_shape&, access&); ///< Where the elements of an input are found.
    unsigned (*nonempty_axes)(const attributes&); ///< The axes of the first input, as bits, that must have elements.
    bool shows_first;                             ///< Its result is its first input: a program leaves it out.
    bool begins_again;                            ///< What it is made of is made again for a gradient: there is a `pass_back`.
    /// Passes dy, which has reached `y`, on to nodes that y is made of.
    void (*pass_back)(ref y, const detail::cotangent<ref>& dy, const list<bool>& needed, list<detail::cotangent<ref>>& reached);
    bool bounds_indices;                         ///< Whether there is an `index_bound`.
    dimension (*index_bound)(const attributes&); ///< Below which extent the leaf that it shows must lie.
    void (*pull)(scan_tangents&);                ///< Scan: the chain rule, back.
    void (*push)(scan_tangents&);                ///< Scan: the chain rule, forward.
    int item_axes; ///< General: how many last axes of the first input are one item; along those before them items are apart. Or -1.
    std::int64_t (*item_flops)(const attributes&, const tensor_shape* inputs); ///< Of one item, if `item_axes` is not -1.
    bool can_fail; ///< General: some items have no result, and a call that meets one throws.
    /// Contraction, general: the plain loop over its inputs.
    void (*evaluate)(const attributes&, const strided<double>& out, const strided<const double>* inputs);

    /// Whether its nodes have a name: of a leaf, or of the dimension that they measure.
    constexpr bool is_named() const { return kind == op_kind::leaf || kind == op_kind::size; }

    /// Ops are told apart by their types: a user's op may have the name of one of the library.
    friend constexpr bool operator==(const op_info& a, const op_info& b) { return a.hash == b.hash; }

    /// Whether nodes of this op with attributes `a` and `b` are equal if their inputs are.
    constexpr bool equal_attributes(const attributes& a, const attributes& b) const {
        return a.is_equal_but_name(b) && (!is_named() || *a.name == *b.name);
    }
};

namespace detail {

/// What the compiler calls this function: the name of `T` between a beginning and an end that are the same for all.
template <class T>
constexpr std::string_view text_with_name() {
    return __PRETTY_FUNCTION__;
}
inline constexpr std::size_t before_name = text_with_name<void>().rfind("void");
inline constexpr std::size_t around_name = text_with_name<void>().size() - 4;

/// Of the name alone: each letter takes the compiler time.
template <class T>
constexpr std::uint64_t hash_of_type() {
    constexpr std::string_view text = text_with_name<T>();
    return hash_text({text.data() + before_name, text.size() - around_name});
}

} // namespace detail

template <class Op>
inline constexpr std::uint64_t op_hash = detail::hash_of_type<Op>();

/// Whether `op` describes `Op`. Unlike comparing it with `info<Op>`, this makes the compiler look at nothing but the type's name.
template <class Op>
constexpr bool is_op(const op_info& op) {
    return op.hash == op_hash<Op>;
}

constexpr bool node::is_equal(const node& other) const {
    if (!(*op == *other.op) || !op->equal_attributes(*this, other)) return false;
    for (int k = 0; k < op->arity; ++k)
        if (inputs[k] != other.inputs[k]) return false;
    return true;
}

} // namespace ctgrad
