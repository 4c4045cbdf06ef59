// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/ops/concat.hpp>
#include <ctgrad/ops/dims.hpp>
#include <ctgrad/ops/leaf.hpp>
#include <ctgrad/ops/reshape.hpp>
#include <ctgrad/ops/slice.hpp>
#include <ctgrad/transform/hessian.hpp>

#include <span>

namespace ctgrad {

/// Leaves that lie in one flat vector, row-major, one after the other without gaps: `packed{W, b}`. Their extents are static.
template <expression... V>
struct packed {
    constexpr explicit packed(V...) {}

    /// How many elements the vector has.
    static constexpr std::size_t size = (std::size_t{0} + ... + static_cast<std::size_t>(V::shape().static_size()));

    /// Where the elements of `Leaf` begin.
    template <class Leaf>
    static constexpr std::size_t offset = [] {
        std::size_t at = 0;
        bool found = false;
        ((found = found || std::is_same_v<V, Leaf>, at += found ? 0 : static_cast<std::size_t>(V::shape().static_size())), ...);
        return at;
    }();

    /// The elements of `Leaf` in a vector.
    template <class Leaf, class T>
    static constexpr std::span<T> part(T* vector) {
        return {vector + offset<Leaf>, static_cast<std::size_t>(Leaf::shape().static_size())};
    }
};

template <class... V>
packed(V...) -> packed<V...>;

namespace detail {

/// `E` with all axes from `Rank` on as one of `Size` elements.
template <int Rank, std::int64_t Size, expression E>
constexpr auto with_last_axes_joined(E e) {
    return [&]<std::size_t... I>(std::index_sequence<I...>) {
        return reshape(e, dims<E::shape()[I]..., dimension(Size)>);
    }(std::make_index_sequence<static_cast<std::size_t>(Rank)>{});
}

/// Derivatives by leaf, each of an axis or more behind the first `Rank` ones, as those of one vector: the last axis counts its elements.
template <int Rank, class By, class... V>
constexpr auto joined_derivatives(By by, packed<V...>) {
    return concat(axis<Rank>, with_last_axes_joined<Rank, V::shape().static_size()>(by[V{}])...);
}

/// The Jacobian of `E` by the packed vector: the shape of `E`, and an axis for the vector.
template <class E, class... V>
constexpr auto packed_jacobian(E e, packed<V...> leaves) {
    return joined_derivatives<E::rank>(jacobian(e, V{}...), leaves);
}

template <class Row, class Leaf, class... V>
constexpr auto packed_hessian_rows(Row row, Leaf, packed<V...> leaves) {
    constexpr int rank = Leaf::rank;
    constexpr auto joined = joined_derivatives<rank>(row, leaves);
    return reshape(joined, dims<Leaf::shape().static_size(), static_cast<std::int64_t>(packed<V...>::size)>);
}

/// The Hessian of `L` by the packed vector, square.
template <class L, class... V>
constexpr auto packed_hessian(L loss, packed<V...> leaves) {
    constexpr auto blocks = hessian(loss, V{}...);
    return concat(axis<0>, packed_hessian_rows(blocks[V{}], V{}, leaves)...);
}

/// What a product with the Hessian is fed.
template <class Number, std::size_t Size>
inline constexpr auto packed_direction = placeholder<"direction of an objective", Number, static_cast<std::int64_t>(Size)>;

/// The part of `vector` that belongs to `Leaf`, in its shape.
template <class Vector, class Leaf, class... V>
constexpr auto part_of_vector(Vector vector, Leaf, packed<V...>) {
    constexpr auto first = static_cast<int>(packed<V...>::template offset<Leaf>);
    constexpr auto part = slice(vector, begin<first>, size<static_cast<int>(Leaf::shape().static_size())>);
    return [&]<std::size_t... I>(std::index_sequence<I...>) {
        return reshape(part, dims<Leaf::shape()[I]...>);
    }(std::make_index_sequence<static_cast<std::size_t>(Leaf::rank)>{});
}

/// The Hessian of `L` by the packed vector times `direction`, by leaf.
template <class L, class Direction, class... V>
constexpr auto packed_hvp(L loss, Direction direction, packed<V...> leaves) {
    return hvp(loss, (V{} = part_of_vector(direction, V{}, leaves))...);
}

} // namespace detail

} // namespace ctgrad
