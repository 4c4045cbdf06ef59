// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/expr/shared_options.hpp>
#include <ctgrad/nn/layers/layer.hpp>
#include <ctgrad/nn/random.hpp>
#include <ctgrad/ops/divide.hpp>
#include <ctgrad/ops/greater_equal.hpp>
#include <ctgrad/ops/multiply.hpp>
#include <ctgrad/ops/subtract.hpp>
#include <ctgrad/ops/where.hpp>

namespace ctgrad {

namespace detail {

struct dropout_formula {
    static constexpr fixed_string kind = "dropout";
    static constexpr std::string_view name = kind.view();
    static constexpr bool keeps_mask = true;
    static constexpr auto defaults = options(rate = required{}, seed = literal<0>{});

    static constexpr auto of(const auto&, auto x) { return x; }

    template <class At, class X>
    static constexpr auto train(const At& at, X x) {
        using namespace literals;
        using T = scalar_of<X::type()>;
        const auto dropped = number_of_type<T>(at[rate]);
        const auto key = random_key<hash_text(At::template full_name<"seed">().view())>(at[seed]);
        const auto drawn = unit_interval<T>(index_of_elements<X::shape()>(), iterations, key);
        return where(drawn >= dropped, x * scale_for(dropped), 0_c);
    }

private:
    /// 1 / (1 - rate); any number where nothing is left.
    template <class Rate>
    static constexpr auto scale_for(Rate r) {
        using namespace literals;
        if constexpr (is_literal<Rate>)
            return literal<number_bits(Rate::value < 1 ? 1 / (1 - Rate::value) : 1)>{};
        else
            return 1_c / (1_c - r);
    }
};

} // namespace detail

/// In training each element is 0 with probability `rate`, else divided by 1 - rate; otherwise x itself: `dropout(0.2_c)`.
/// Options: rate, a number or a run-time scalar, seed (0). Which elements are 0 depends on seed, step (`iterations`), the layer's name
/// and the position alone (`random::uniform`), and is computed again where it is needed.
/// Source: Srivastava et al., Dropout (2014); Keras, `Dropout`.
inline constexpr layer_function<detail::dropout_formula> dropout{};

} // namespace ctgrad
