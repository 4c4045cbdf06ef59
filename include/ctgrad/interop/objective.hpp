// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/interop/detail/compute_into.hpp>
#include <ctgrad/interop/detail/packed_check.hpp>
#include <ctgrad/interop/packed.hpp>
#include <ctgrad/expr/if_used.hpp>

#include <type_traits>

namespace ctgrad {

namespace detail {

template <class L, class Leaves, class... Fed>
constexpr finding check_objective() {
    if constexpr (holds_poison<Leaves, L, Fed...>)
        return fault::reported;
    else if constexpr (constexpr finding loss = check_loss<L>("objective"); !loss.is_fine())
        return loss;
    else if constexpr (constexpr finding leaves = check_packed<L>("objective", leaves_at<Leaves>); !leaves.is_fine())
        return leaves;
    else if constexpr (constexpr finding slopes = check_slopes<L>(leaves_at<Leaves>); !slopes.is_fine())
        return slopes;
    else
        return check_fed<L, Fed...>(leaves_at<Leaves>);
}
template <class L, class Leaves, class... Fed>
struct objective_check {
    static constexpr finding found = check_objective<L, Leaves, Fed...>();
};

} // namespace detail

/// Whether `objective{loss, leaves, fed...}` exists, by their types.
template <class L, class Leaves, class... Fed>
concept has_objective = detail::objective_check<L, Leaves, Fed...>::found.is_fine();

/// A loss, and its derivatives, as a function of one flat vector of numbers: what minimizers of other libraries ask for.
/// ```
/// const objective f{loss, packed{W, b}, x = images, y = labels};
/// float value = f(parameters, gradient);
/// ```
/// The loss and the leaves have one dtype. Derivatives are computed in the caller's memory. A call is reentrant; it allocates as a call of
/// a `function` does, so nothing where all extents are static and the workspace is small. Data with a name are referred to and must outlive
/// it, others are kept.
/// **Fails when** leaves are not packed, have no static extents or another dtype than the loss (`leaves_must_be_packed`), as `gradient` and
/// a call of a `function` do, and `hessian` where it is asked for. A call throws what that of a `function` throws.
template <class L, class Leaves, class... Fed>
class objective : public detail::refused_callee {
public:
    explicit objective(const L&, const Leaves&, const Fed&...) { refuse<detail::objective_check<L, Leaves, Fed...>>(); }
};

template <class L, class... V, class... Fed>
    requires has_objective<L, packed<V...>, Fed...>
class objective<L, packed<V...>, Fed...> {
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

    /// The second derivatives at `x` times a direction, as many numbers as `x` has, without the matrix.
    /// @param into where the product goes, as many numbers.
    void hessian_product(const number* x, const number* direction, number* into) const {
        number value{}; // computed with it, so that all data that are fed belong to the program
        compute<L, product<V>...>(x, {{{&value, 1}, leaves::template part<V>(into)...}}, if_used(along = std::span(direction, size)));
    }

private:
    static constexpr auto along = detail::packed_direction<number, size>;
    template <class Leaf>
    using product = std::remove_const_t<decltype(detail::packed_hvp(L{}, along, leaves{V{}...})[Leaf{}])>;

    template <class Leaf>
    using slope = std::remove_const_t<decltype(ctgrad::gradient(L{}, V{}...)[Leaf{}])>;

    template <class... E, class... More>
    void compute(const number* x, const std::array<std::span<number>, sizeof...(E)>& memory, const More&... more) const {
        std::apply([&](const Fed&... fed) { detail::compute_into<E...>(memory, fed..., more..., (V{} = leaves::template part<V>(x))...); },
                   fed_);
    }

    std::tuple<Fed...> fed_;
};

template <class L, class Leaves, class... Fed>
objective(L, Leaves, Fed...) -> objective<L, Leaves, Fed...>;

} // namespace ctgrad
