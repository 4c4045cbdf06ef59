// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/interop/detail/compute_into.hpp>
#include <ctgrad/interop/detail/packed_check.hpp>
#include <ctgrad/interop/packed.hpp>
#include <ctgrad/ops/leaf.hpp>
#include <ctgrad/ops/multiply.hpp>
#include <ctgrad/ops/reduce_sum.hpp>

#include <type_traits>

namespace ctgrad {

namespace detail {

template <class R, class Leaves, class... Fed>
constexpr finding check_residuals() {
    if constexpr (holds_poison<Leaves, R, Fed...>)
        return fault::reported;
    else if constexpr (constexpr finding leaves = check_packed<R>("residuals", leaves_at<Leaves>); !leaves.is_fine())
        return leaves;
    else if constexpr (constexpr finding slopes = check_jacobians<R>(leaves_at<Leaves>); !slopes.is_fine())
        return slopes;
    else
        return check_fed<R, Fed...>(leaves_at<Leaves>);
}
template <class R, class Leaves, class... Fed>
struct residuals_check {
    static constexpr finding found = check_residuals<R, Leaves, Fed...>();
};

} // namespace detail

/// Whether `residuals{r, leaves, fed...}` exists, by their types.
template <class R, class Leaves, class... Fed>
concept has_residuals = detail::residuals_check<R, Leaves, Fed...>::found.is_fine();

/// Several numbers, and their Jacobian, as a function of one flat vector: what solvers of least squares ask for, and of constraints.
/// ```
/// const residuals r{y - model, packed{b}, x = points, y = values};
/// r(parameters, out, jacobian);
/// ```
/// What is computed may have any shape and is read row by row; its dtype is that of the leaves. Both are computed in the caller's memory. A
/// call is reentrant. Data with a name are referred to and must outlive it, others are kept. It is called once when it is made, with
/// zeros, which tells how many numbers it has.
/// **Fails when** leaves are not packed, have no static extents or another dtype than what is computed (`leaves_must_be_packed`), and as
/// `jacobian` and a call of a `function` do. It throws what a call of a `function` throws, sizes that contradict when it is made.
template <class R, class Leaves, class... Fed>
class residuals : public detail::refused_callee {
public:
    explicit residuals(const R&, const Leaves&, const Fed&...) { refuse<detail::residuals_check<R, Leaves, Fed...>>(); }
};

template <class R, class... V, class... Fed>
    requires has_residuals<R, packed<V...>, Fed...>
class residuals<R, packed<V...>, Fed...> {
    using leaves = packed<V...>;

public:
    using number = scalar_of<R::type()>;
    /// How many numbers the vector has.
    static constexpr std::size_t size = leaves::size;
    /// How many leaves it has, and how many numbers each of them.
    static constexpr std::size_t blocks = sizeof...(V);
    static constexpr std::array<std::size_t, blocks> block_sizes{static_cast<std::size_t>(V::shape().static_size())...};
    /// How many residuals there are; 0 where the data say it.
    static constexpr std::size_t static_count = R::shape().is_static() ? static_cast<std::size_t>(R::shape().static_size()) : 0;

    explicit residuals(R, leaves, Fed... fed) : fed_(std::move(fed)...), count_(counted()) {}

    /// How many residuals there are.
    std::size_t count() const { return count_; }

    /// The residuals at `x`.
    /// @param into where they go, `count()` numbers.
    /// @param jacobian where their derivatives go, row by row, `count()` times `size` numbers, or null.
    void operator()(const number* x, number* into, number* jacobian = nullptr) const {
        const std::array<const number*, blocks> at{leaves::template part<V>(x).data()...};
        if (jacobian == nullptr)
            compute<R>(at.data(), {{{into, count_}}});
        else {
            using whole = std::remove_const_t<decltype(detail::packed_jacobian(R{}, leaves{V{}...}))>;
            compute<R, whole>(at.data(), {{{into, count_}, {jacobian, count_ * size}}});
        }
    }

    /// The same with the leaves and their Jacobians apart: `x[i]` and `jacobians[i]` belong to leaf `i`.
    void at_blocks(const number* const* x, number* into, number* const* jacobians) const {
        [&]<std::size_t... I>(std::index_sequence<I...>) {
            compute<R, slope<V>...>(x, {{{into, count_}, {jacobians[I], count_ * block_sizes[I]}...}});
        }(std::index_sequence_for<V...>{});
    }
    void at_blocks(const number* const* x, number* into) const { compute<R>(x, {{{into, count_}}}); }

    /// The second derivatives of the sum of all residuals, each times its weight: a symmetric matrix, row by row. So a solver asks for
    /// those of constraints.
    /// @param weights `count()` numbers.
    /// @param hessian where they go, `size` times `size` numbers.
    void weighted_hessian(const number* x, const number* weights, number* hessian) const {
        constexpr auto weight = [&]<std::size_t... I>(std::index_sequence<I...>) {
            return placeholder<"weights of residuals", number, R::shape()[I]...>;
        }(std::make_index_sequence<static_cast<std::size_t>(R::rank)>{});
        constexpr auto total = reduce_sum(weight * R{});
        using second = std::remove_const_t<decltype(detail::packed_hessian(total, leaves{V{}...}))>;
        const std::array<const number*, blocks> at{leaves::template part<V>(x).data()...};
        number value{}; // computed with it, so that all data that are fed belong to the program
        compute<std::remove_const_t<decltype(total)>, second>(at.data(), {{{&value, 1}, {hessian, size * size}}},
                                                              weight = std::span(weights, count_));
    }

private:
    template <class Leaf>
    using slope = std::remove_const_t<decltype(jacobian(R{}, V{}...)[Leaf{}])>;

    template <class... E, class... More>
    void compute(const number* const* x, const std::array<std::span<number>, sizeof...(E)>& memory, const More&... more) const {
        std::apply(
            [&](const Fed&... fed) {
                [&]<std::size_t... I>(std::index_sequence<I...>) {
                    detail::compute_into<E...>(memory, fed..., more..., (V{} = std::span(x[I], block_sizes[I]))...);
                }(std::index_sequence_for<V...>{});
            },
            fed_);
    }

    std::size_t counted() const {
        if constexpr (static_count > 0)
            return static_count;
        else {
            const std::array<number, size> origin{};
            return std::apply(
                [&](const Fed&... fed) { return function{R{}}(fed..., (V{} = leaves::template part<V>(origin.data()))...).size(); }, fed_);
        }
    }

    std::tuple<Fed...> fed_;
    std::size_t count_;
};

template <class R, class Leaves, class... Fed>
residuals(R, Leaves, Fed...) -> residuals<R, Leaves, Fed...>;

} // namespace ctgrad
