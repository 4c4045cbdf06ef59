// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/expr/print.hpp> // of expressions: their program
#include <ctgrad/runtime/tensor.hpp>
#include <ctgrad/shape/phrase.hpp>

#include <ostream>
#include <string>
#include <string_view>
#include <type_traits>

/// @file Tensors on a stream, as NumPy prints them. Not in the umbrella: a program that does not print need not know streams.

namespace ctgrad {

/// A shape as `[N,10]`, an element type as `float32`: `std::cout << x.type() << x.shape()`.
inline std::ostream& operator<<(std::ostream& to, const tensor_shape& s) { return to << std::string_view(phrase_of(s)); }
inline std::ostream& operator<<(std::ostream& to, dtype t) { return to << name_of(t); }

namespace detail {

/// Elements from `at` on, with an axis in brackets; of a long axis the first three and the last three.
template <class T>
void print_axis(std::ostream& to, const tensor_view<T>& t, int axis, T*& at, int indent) {
    if (axis == t.rank()) {
        if constexpr (std::is_same_v<std::remove_const_t<T>, bool>)
            to << (*at++ ? "true" : "false");
        else
            to << *at++;
        return;
    }
    constexpr std::int64_t shown = 3, longest = 12;
    const std::int64_t extent = t.extent(axis);
    std::int64_t size = 1; // of what one index of this axis holds
    for (int k = axis + 1; k < t.rank(); ++k) size *= t.extent(k);
    const bool is_last = axis + 1 == t.rank();
    to << '[';
    for (std::int64_t i = 0; i < extent; ++i) {
        if (i > 0 && is_last) to << ' ';
        if (i > 0 && !is_last) to << '\n' << std::string(static_cast<std::size_t>(indent + 1), ' ');
        if (extent > longest && i == shown) {
            to << "...";
            at += (extent - 2 * shown) * size;
            i = extent - shown - 1;
        } else
            print_axis(to, t, axis + 1, at, indent + 1);
    }
    to << ']';
}

} // namespace detail

/// The elements of a tensor in rows, a bracket an axis: `std::cout << f(x = data)`. Of an axis of more than 12 the first and last three.
template <class T>
std::ostream& operator<<(std::ostream& to, const tensor_view<T>& t) {
    T* at = t.data();
    detail::print_axis(to, t, 0, at, 0);
    return to;
}
template <class T>
std::ostream& operator<<(std::ostream& to, const tensor<T>& t) {
    return to << t.view();
}

} // namespace ctgrad
