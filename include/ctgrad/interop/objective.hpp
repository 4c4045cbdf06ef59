// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/interop/detail/compute_into.hpp>
#include <ctgrad/interop/packed.hpp>

#include <type_traits>

namespace ctgrad {

/// A loss, and its derivatives, as a function of one flat vector of numbers: what minimizers of other libraries ask for.
/// ```
/// const objective f{loss, packed{W, b}, x = images, y = labels};
/// float value = f(parameters, gradient);
/// ```
/// The loss and the leaves have one dtype. Derivatives are computed in the caller's memory. A call is reentrant; it allocates as a call of
/// a `function` does, so nothing where all extents are static and the workspace is small. Data with a name are referred to and must outlive
/// it, others are kept.
/// **Fails when** as `gradient`, `hessian` and a call of a `function` would, which also says what it throws.
template <class L, class Leaves, class... Fed>
class objective : public detail::refused_callee {
public:
    explicit objective(const L&, const Leaves&, const Fed&...) {}
};

template <class L, class... V, class... Fed>
    requires(!detail::holds_poison<packed<V...>, L, Fed...>)
class objective<L, packed<V...>, Fed...> {
    static_assert(((V::type() == L::type()) && ...), "ctgrad: an objective and its leaves have one dtype");
    using leaves = packed<V...>;

public:
    using number = scalar_of<L::type()>;
    /// How many numbers the vector has.
    static constexpr std::size_t size = leaves::size;

    explicit objective(L, leaves, Fed... fed) : fed_(std::move(fed)...) {}

    /// The loss at `x`.
    /// @param gradient where its derivatives go, as many as `x` has numbers, or null.
    number operator()(const number* x, number* gradient = nullptr) const {
        number value{};
        if (gradient == nullptr)
            compute<L>(x, {{{&value, 1}}});
        else
            compute<L, slope<V>...>(x, {{{&value, 1}, leaves::template part<V>(gradient)...}});
        return value;
    }

    /// The loss at `x`, its derivatives, and the second ones: a symmetric matrix, row by row.
    number operator()(const number* x, number* gradient, number* hessian) const {
        number value{};
        using second = std::remove_const_t<decltype(detail::packed_hessian(L{}, leaves{V{}...}))>;
        compute<L, second, slope<V>...>(x, {{{&value, 1}, {hessian, size * size}, leaves::template part<V>(gradient)...}});
        return value;
    }

private:
    template <class Leaf>
    using slope = std::remove_const_t<decltype(ctgrad::gradient(L{}, V{}...)[Leaf{}])>;

    template <class... E>
    void compute(const number* x, const std::array<std::span<number>, sizeof...(E)>& memory) const {
        std::apply([&](const Fed&... fed) { detail::compute_into<E...>(memory, fed..., (V{} = leaves::template part<V>(x))...); }, fed_);
    }

    std::tuple<Fed...> fed_;
};

template <class L, class Leaves, class... Fed>
objective(L, Leaves, Fed...) -> objective<L, Leaves, Fed...>;

} // namespace ctgrad
