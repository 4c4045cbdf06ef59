// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/expr/apply.hpp>
#include <ctgrad/ops/add.hpp>
#include <ctgrad/ops/coordinate.hpp>
#include <ctgrad/ops/multiply.hpp>
#include <ctgrad/ops/reduce_sum.hpp> // which the derivative of a view names
#include <ctgrad/simd.hpp>

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <type_traits>

namespace ctgrad {

/// Numbers with a shape, as a template argument: `entries{1, 2, 3}`, `entries{{1, 2}, {3, 4}}`, or of a constexpr array, `entries(kernel)`.
/// @tparam Extents of one or two axes.
template <int... Extents>
struct entries {
    static constexpr int count = (Extents * ... * 1);
    static constexpr tensor_shape shape{sizeof...(Extents), {Extents...}};
    std::uint64_t bits[static_cast<std::size_t>(count)]{}; ///< Of doubles: Clang 16 takes no double as a template argument.

    template <class... T>
        requires(sizeof...(Extents) == 1 && sizeof...(T) == static_cast<std::size_t>(count) && (std::is_arithmetic_v<T> && ...))
    constexpr entries(T... number) : bits{std::bit_cast<std::uint64_t>(static_cast<double>(number))...} {}

    template <class T, std::size_t... N>
        requires(sizeof...(Extents) == 2)
    constexpr entries(const T (&... row)[N]) {
        std::uint64_t* to = bits;
        (add(to, row), ...);
    }
    template <class T, std::size_t Rows, std::size_t Columns>
    constexpr entries(const T (&matrix)[Rows][Columns]) {
        std::uint64_t* to = bits;
        for (const auto& row : matrix) add(to, row);
    }
    template <class T, std::size_t N>
    constexpr entries(const std::array<T, N>& list) {
        std::uint64_t* to = bits;
        add(to, list);
    }

    constexpr std::uint64_t hash() const {
        std::uint64_t h = sizeof...(Extents);
        for (const std::uint64_t each : bits) h = hash_combine(h, each);
        return h;
    }

private:
    static constexpr void add(std::uint64_t*& to, const auto& row) {
        for (const auto number : row) *to++ = std::bit_cast<std::uint64_t>(static_cast<double>(number));
    }
};

namespace detail {
/// The first of equal numbers.
template <std::size_t First, std::size_t... More>
    requires((More == First) && ...)
inline constexpr int equal_extent = static_cast<int>(First);
} // namespace detail

template <class... T>
    requires(std::is_arithmetic_v<T> && ...)
entries(T...) -> entries<static_cast<int>(sizeof...(T))>;
template <class T, std::size_t... N>
entries(const T (&... row)[N]) -> entries<static_cast<int>(sizeof...(N)), detail::equal_extent<N...>>;
template <class T, std::size_t Rows, std::size_t Columns>
entries(const T (&)[Rows][Columns]) -> entries<static_cast<int>(Rows), static_cast<int>(Columns)>;
template <class T, std::size_t N>
entries(const std::array<T, N>&) -> entries<static_cast<int>(N)>;

/// The element of `Entries` at a position, counted by rows.
/// @tparam Hash of the entries, which the op's name shows whole.
template <std::uint64_t Hash, entries Entries>
struct table_op : elementwise_op<1> {
    static constexpr char name[] = "table";
    static constexpr int flops = 8;
    static constexpr result_type result = result_type::asked;

    static constexpr inference infer(const attributes& asked, const attributes* const* in) {
        inference out{asked};
        out.result.shape = in[0]->shape;
        return out;
    }
    static constexpr auto evaluate(auto position) {
        using P = decltype(position);
        if constexpr (std::is_arithmetic_v<P>)
            return at(static_cast<std::size_t>(position));
        else {
            double lanes[P::lanes];
            for (int k = 0; k < P::lanes; ++k) lanes[k] = at(static_cast<std::size_t>(position[k]));
            return simd::load<simd::vec<double, P::lanes>>(lanes);
        }
    }

private:
    static constexpr auto elements = [] {
        std::array<double, static_cast<std::size_t>(Entries.count)> made{};
        for (std::size_t i = 0; i < made.size(); ++i) made[i] = std::bit_cast<double>(Entries.bits[i]);
        return made;
    }();
    /// Lanes behind the end of a row may count on.
    static constexpr double at(std::size_t position) { return elements[position < elements.size() ? position : 0]; }
};

/// A tensor of numbers that are part of the type: `constant<float, entries{1, 2, 3}>()`, `constant<float, entries{{1, 2}, {3, 4}}>()`, of a
/// constexpr array at namespace scope `constant<float, entries(kernel)>()`.
/// @tparam T float, double or std::int32_t. @returns an expression of their shape.
template <element T, entries Entries>
constexpr auto constant() {
    return detail::make_expr([] {
        builder made;
        using made_node = deferred_t<ref, T>; // so that Clang does not instantiate ops where this is declared
        made_node position{};
        for (int k = 0; k < Entries.shape.rank; ++k) {
            attributes a;
            a.type = dtype::int32;
            a.shape = Entries.shape;
            a.numbers[0] = k;
            const made_node along = made.add(info<coordinate_op>, a, nullptr);
            position = position ? position * static_cast<double>(Entries.shape[k].extent) + along : along;
        }
        attributes a;
        a.type = dtype_of<T>;
        list<ref> roots;
        roots.push_back(apply<table_op<Entries.hash(), Entries>>(a, position));
        return extract(made, roots);
    });
}

} // namespace ctgrad
