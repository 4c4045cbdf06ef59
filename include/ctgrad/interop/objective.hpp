// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/runtime/function.hpp>
#include <ctgrad/transform/gradient.hpp>

#include <algorithm>
#include <span>
#include <tuple>

namespace ctgrad {

/// Leaves that lie in one flat vector, row-major, one after the other.
template <expression... V>
struct flat_leaves {
    static constexpr std::size_t size = (std::size_t{0} + ... + static_cast<std::size_t>(V::shape().static_size()));

    /// Where the elements of `Leaf` begin.
    template <class Leaf>
    static constexpr std::size_t offset = [] {
        std::size_t at = 0;
        bool found = false;
        ((found = found || std::is_same_v<V, Leaf>, at += found ? 0 : static_cast<std::size_t>(V::shape().static_size())), ...);
        return at;
    }();
};

/// `flat(W, b)`: the leaves of an `objective`. Their extents are static.
template <expression... V>
constexpr flat_leaves<V...> flat(V...) {
    return {};
}

/// A loss, and its gradient, as a function of one flat vector of numbers: what minimizers of other libraries ask for.
/// ```
/// const objective f{loss, flat(W, b), x = images, y = labels};
/// float value = f(parameters, gradient);
/// ```
/// The loss and the leaves have one dtype. A call is reentrant. Data with a name are referred to and must outlive it, others are kept.
/// @returns the loss; where `gradient` is not null, its derivatives lie there, as many as the vector has numbers, `size`.
/// **Fails when** as `gradient` and a call of a `function` would.
template <class L, class Leaves, class... Fed>
class objective;

template <expression L, expression... V, class... Fed>
class objective<L, flat_leaves<V...>, Fed...> {
    static_assert(((V::type() == L::type()) && ...), "ctgrad: an objective and its leaves have one dtype");
    static_assert((V::shape().is_static() && ...), "ctgrad: the leaves of an objective have static extents");
    using leaves = flat_leaves<V...>;
    using slopes = decltype(ctgrad::gradient(L{}, V{}...));
    template <class Leaf>
    using slope = std::remove_const_t<decltype(slopes{}[Leaf{}])>;

public:
    using number = scalar_of<L::type()>;
    static constexpr std::size_t size = leaves::size;

    explicit objective(L, leaves, Fed... fed) : fed_(std::move(fed)...) {}

    number operator()(const number* x, number* gradient = nullptr) const {
        return std::apply(
            [&](const Fed&... fed) {
                if (gradient == nullptr) return function{L{}}(fed..., (V{} = part<V>(x))...);
                const auto all = function{L{}, slope<V>{}...}(fed..., (V{} = part<V>(x))...);
                return [&]<std::size_t... I>(std::index_sequence<I...>) {
                    (store(std::get<I + 1>(all), part<V>(gradient)), ...);
                    return std::get<0>(all);
                }(std::index_sequence_for<V...>{});
            },
            fed_);
    }

private:
    template <class Leaf, class T>
    static std::span<T> part(T* vector) {
        return {vector + leaves::template offset<Leaf>, static_cast<std::size_t>(Leaf::shape().static_size())};
    }
    template <class Result>
    static void store(const Result& from, std::span<number> to) {
        if constexpr (std::is_arithmetic_v<Result>)
            to[0] = from;
        else
            std::copy(from.begin(), from.end(), to.begin());
    }

    std::tuple<Fed...> fed_;
};

template <class L, class Leaves, class... Fed>
objective(L, Leaves, Fed...) -> objective<L, Leaves, Fed...>;

} // namespace ctgrad
