// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/nn/layers/layer.hpp>

namespace ctgrad {

namespace detail {

struct activation_formula;

} // namespace detail

/// A layer that is a function of its elements, `activation(relu)`, and the option of others: `dense<10>(activation = relu)`.
/// Any callable `x -> expression` will do.
struct activation_t : layer_option<"activation"> {
    using layer_option::operator=;

    template <class... Given>
    constexpr auto operator()(Given... given) const {
        return layer_function<detail::activation_formula>{}(given...);
    }
};
inline constexpr activation_t activation{};

namespace detail {

/// `x` behind the activation of layer `at`, if it has one.
template <class At, class X>
constexpr auto activated(const At& at, X x) {
    const auto f = at[layer_option<"activation">{}];
    if constexpr (std::is_same_v<decltype(f), const unset>)
        return x;
    else
        return f(x);
}

struct activation_formula {
    static constexpr fixed_string kind = "activation";
    static constexpr std::string_view name = kind.view();
    static constexpr bool keeps_mask = true;
    static constexpr settings<default_value<"activation", required>> defaults{};
    static constexpr auto of(const auto& at, auto x) { return activated(at, x); }
};

} // namespace detail
} // namespace ctgrad
