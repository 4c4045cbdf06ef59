// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/nn/layers/layer.hpp>

namespace ctgrad {

namespace detail {

struct activation_formula;

} // namespace detail

/// A layer that is a function of its elements, `activation(relu)`, and the option of others: `dense<10>(activation = relu)`.
/// Any callable `x -> expression` will do.
struct activation_t : layer_option<activation_t> {
    using layer_option::operator=;
    static constexpr fixed_string name = "activation";

    template <class... Given>
    constexpr auto operator()(Given... given) const {
        return layer_function<detail::activation_formula>{}(given...);
    }
};
inline constexpr activation_t activation{};

namespace detail {

struct activation_formula {
    static constexpr fixed_string kind = "activation";
    static constexpr std::string_view name = kind.view();
    static constexpr settings<chosen<activation_t, required>> defaults{};
    static constexpr auto of(const auto& at, auto x) { return at[activation](x); }
};

/// `f(x)`, or `x` where there is no `f`.
template <class F, class X>
constexpr auto activated(F f, X x) {
    if constexpr (std::is_same_v<F, unset>)
        return x;
    else
        return f(x);
}

} // namespace detail
} // namespace ctgrad
