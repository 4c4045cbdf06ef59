// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/core/counted.hpp>
#include <ctgrad/core/error.hpp>
#include <ctgrad/expr/rules.hpp>
#include <ctgrad/runtime/buffer.hpp>

#include <bit>
#include <cstdint>
#include <span>

namespace ctgrad {

/// Arguments: the variable.
template <fact Leaf>
CTGRAD_RULE(variable_must_be_in_store, "this store holds other variables: ask for one of those, train[W].")
inline constexpr poison broken<fault::variable_must_be_in_store, Leaf>{};

namespace detail {

/// What an error shows of what a store was asked for.
template <class V>
inline constexpr auto asked_shown = show([] {
    if constexpr (leaf_expression<V>)
        return phrase(V::root().name->text);
    else if constexpr (is_expr<V>)
        return phrase_of(V::shape());
    else
        return phrase("no variable");
});

/// A variable, or a slot of an optimizer, in a parameter store.
struct stored_leaf {
    std::uint64_t hash = 0;
    std::size_t offset = 0; ///< In bytes.
    std::size_t count = 0;  ///< Elements.
    dtype type = dtype::float32;
    double initial = 0; ///< What each element is at first.
};

} // namespace detail

/// The values of all variables (and optimizer slots) of a program: one contiguous, aligned buffer
/// with a view for each. Zeros at first, but for slots with another initial value.
/// @tparam P the program whose variables and slots are stored.
template <class P>
class parameters {
public:
    static constexpr bool belongs(const node& leaf) { return leaf.op->is_parameter; }

    static constexpr int count = [] {
        int n = 0;
        for (int i = 0; i < P::plan.leaf_count; ++i) n += belongs(P::graph()[P::plan.leaves[i]]) ? 1 : 0;
        return n;
    }();

    struct table {
        counted<detail::stored_leaf, count> leaves{};
        std::size_t bytes = 0;
    };
    static constexpr table layout = [] {
        table t;
        int next = 0;
        for (int i = 0; i < P::plan.leaf_count; ++i) {
            const node& leaf = P::graph()[P::plan.leaves[i]];
            if (!belongs(leaf)) continue;
            const std::size_t size = static_cast<std::size_t>(leaf.shape.static_size());
            t.leaves[next++] = {leaf.hash, t.bytes, size, leaf.type, std::bit_cast<double>(leaf.bits)};
            t.bytes += detail::aligned(size * ctgrad::size_of(leaf.type));
        }
        return t;
    }();

    /// Where the leaf of that hash stands in `layout`, or -1.
    static constexpr int find(std::uint64_t hash) {
        for (int i = 0; i < count; ++i)
            if (layout.leaves[i].hash == hash) return i;
        return -1;
    }

    parameters() : memory_(layout.bytes) {
        for (int i = 0; i < count; ++i)
            if (layout.leaves[i].initial != 0) fill(layout.leaves[i]);
    }

    /// The elements of variable `V`, row-major.
    template <class V>
    auto operator[](V) {
        if constexpr (!holds<V>)
            return broken<fault::variable_must_be_in_store, detail::asked_shown<V>>;
        else
            return view_of<V>(memory_.data());
    }
    template <class V>
    auto operator[](V) const {
        if constexpr (!holds<V>)
            return broken<fault::variable_must_be_in_store, detail::asked_shown<V>>;
        else
            return view_of<V>(memory_.data());
    }

    /// Whether variable `V` is one of them.
    template <class V>
    static constexpr bool holds = [] {
        if constexpr (leaf_expression<V>)
            return find(V::root().hash) >= 0;
        else
            return false;
    }();

    /// All numbers as one array: for optimizers of other libraries. Each variable starts at a
    /// multiple of 64 bytes; the numbers between are zeros.
    /// @tparam T the dtype of all variables.
    template <element T>
    std::span<T> flat() {
        for (int i = 0; i < count; ++i)
            if (layout.leaves[i].type != dtype_of<T>) fail("ctgrad: flat() needs variables of one dtype");
        return {reinterpret_cast<T*>(memory_.data()), layout.bytes / sizeof(T)};
    }

    std::byte* data() { return memory_.data(); }
    const std::byte* data() const { return memory_.data(); }

private:
    void fill(const detail::stored_leaf& leaf) {
        std::byte* const at = memory_.data() + leaf.offset;
        if (leaf.type == dtype::float64)
            fill(reinterpret_cast<double*>(at), leaf);
        else
            fill(reinterpret_cast<float*>(at), leaf);
    }
    template <class T>
    static void fill(T* at, const detail::stored_leaf& leaf) {
        for (std::size_t i = 0; i < leaf.count; ++i) at[i] = static_cast<T>(leaf.initial);
    }

    template <class V, class Byte>
    static auto view_of(Byte* memory) {
        using T = scalar_of<V::type()>;
        constexpr detail::stored_leaf leaf = layout.leaves[find(V::root().hash)];
        return std::span(reinterpret_cast<std::conditional_t<std::is_const_v<Byte>, const T*, T*>>(memory + leaf.offset), leaf.count);
    }

    buffer memory_;
};

namespace detail {
template <class T>
inline constexpr bool is_parameters = false;
template <class P>
inline constexpr bool is_parameters<parameters<P>> = true;
} // namespace detail

} // namespace ctgrad
