// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/nn/layers/normalization.hpp>
#include <ctgrad/ops/reshape.hpp>

namespace ctgrad {

namespace detail {

template <int Groups>
struct group_normalization_formula {
    static constexpr fixed_string kind = "group_normalization";
    static constexpr std::string_view name = kind.view();
    static constexpr settings<chosen<epsilon_t, literal<number_bits(0.001)>>, default_value<"center", std::true_type>,
                              default_value<"scale", std::true_type>, default_value<"beta_initializer", constant_initializer>,
                              default_value<"gamma_initializer", one_initializer>, default_value<"beta_regularizer", unset>,
                              default_value<"gamma_regularizer", unset>, default_value<"beta_constraint", unset>,
                              default_value<"gamma_constraint", unset>>
        defaults{};

    template <class At, class X>
    static constexpr auto of(const At& at, X x) {
        return along_axes<group_normalization_formula, X, axis_t<-1>>([&] {
            const auto grouped = in_groups(x);
            if constexpr (is_poison<std::remove_const_t<decltype(grouped)>>)
                return poison{};
            else {
                using across = decltype(axes_in<X::rank + 1, mask_across(X::rank)>());
                const auto centred = grouped - reduce_mean(grouped, across{}, keepdims);
                const auto y = centred * rsqrt(reduce_mean(square(centred), across{}, keepdims) + at[epsilon]);
                return shift_and_scale<At, X, axis_t<-1>>::applied(reshape(y, as_dims<X>(std::make_index_sequence<rank_of<X>>())), x);
            }
        });
    }
    template <class At, class X>
    static constexpr auto weights(const At& at, X) {
        return shift_and_scale<At, X, axis_t<-1>>::weights(at);
    }

private:
    template <class X>
    static constexpr auto rank_of = static_cast<std::size_t>(X::rank);
    /// All axes of the grouped tensor but the examples and the groups.
    static constexpr unsigned mask_across(int rank) { return ((2u << rank) - 1u) & ~1u & ~(1u << (rank - 1)); }

    template <class X, std::size_t... K>
    static constexpr auto as_dims(std::index_sequence<K...>) {
        return dims<X::shape()[static_cast<int>(K)]...>;
    }
    /// The last axis as groups and what is in each.
    template <class X>
    static constexpr auto in_groups(X x) {
        constexpr dimension channels = last_extent<X>();
        return [&]<std::size_t... K>(std::index_sequence<K...>) {
            return reshape(x, dims < X::shape()[static_cast<int>(K)]..., Groups, channels.is_static() ? channels.extent / Groups : -1 >);
        }(std::make_index_sequence<rank_of<X> - 1>());
    }
};

} // namespace detail

/// Shifts and scales `Groups` groups of channels (neighbours in the last axis) of each example to mean 0 and standard deviation 1, all
/// other axes together; then to gamma y + beta: `group_normalization<4>()`; 32 groups unless it is said.
/// Options: epsilon (0.001), center, scale (true), beta_initializer (zeros), gamma_initializer (ones), beta_regularizer,
/// gamma_regularizer, beta_constraint, gamma_constraint, name. Variables gamma and beta have a number for each channel.
/// **Fails when** the groups do not divide the channels (`size_must_stay_the_same`).
/// Source: Wu and He, Group normalization (2018); Keras, `GroupNormalization`.
template <int Groups = 32>
inline constexpr layer_function<detail::group_normalization_formula<Groups>> group_normalization{};

} // namespace ctgrad
