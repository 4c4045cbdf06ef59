// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/nn/layers/layer.hpp>

namespace ctgrad::detail {

/// A model inside another, and what it is given there.
template <class Model, class X>
struct model_part {
    Model model;
    X input;
};
template <class Model, class X>
model_part(Model, X) -> model_part<Model, X>;

template <class X, std::size_t Count>
inline constexpr bool is_number_of_parts = false;
template <class... X>
inline constexpr bool is_number_of_parts<std::tuple<X...>, sizeof...(X)> = true;

/// All of them; one mistake is one error.
template <class... X>
constexpr auto all_or_poison(X... parts) {
    if constexpr ((is_poison<X> || ...))
        return poison{};
    else
        return std::make_tuple(parts...);
}

/// The base of layers made of others: what a step does besides, what is added to the loss and what variables begin with are those of
/// `parts(x)`, a tuple of `model_part`s.
template <class Self>
struct composite {
    static constexpr bool reads_what_is_passed = true;

    template <passed X>
    constexpr auto updates(X x) const {
        return boost::hana::unpack(parts_for(x), [](const auto&... p) { return joined_tuples(updates_of(p.model, p.input)...); });
    }
    template <passed X>
    constexpr auto regularization(X x) const {
        return boost::hana::unpack(parts_for(x), [](const auto&... p) { return sum_of(regularization_of(p.model, p.input)...); });
    }
    template <passed X>
    auto initial_values(X x, std::uint64_t model_seed) const {
        return boost::hana::unpack(
            parts_for(x), [model_seed](const auto&... p) { return joined_tuples(initial_values_of(p.model, p.input, model_seed)...); });
    }

private:
    template <class X>
    constexpr auto parts_for(X x) const {
        if constexpr (is_poison<X>)
            return boost::hana::tuple<>{};
        else
            return static_cast<const Self&>(*this).parts(x);
    }
};

} // namespace ctgrad::detail
