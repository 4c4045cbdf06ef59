// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/core/fixed_string.hpp>

#include <cstddef>
#include <string_view>
#include <tuple>

namespace ctgrad::detail {

/// The names of the layers of a model: their own, or their kind with a number.
/// @tparam Path what they begin with; nothing for a model that stands alone.
template <fixed_string Path, class... Layer>
struct layer_names {
    /// Layer number `I`, named as its place says, if it can be named.
    template <std::size_t I, class L>
    static constexpr auto named(const L& layer) {
        if constexpr (requires { L::kind; })
            return layer.template named<path_of<I>()>();
        else
            return layer;
    }

private:
    template <std::size_t I>
    static constexpr auto path_of() {
        if constexpr (Path.view().empty())
            return name_of<I>();
        else
            return Path + "/" + name_of<I>();
    }
    template <std::size_t I>
    static constexpr auto name_of() {
        using type = std::tuple_element_t<I, std::tuple<Layer...>>;
        constexpr std::size_t number = count_before(I, type::kind.view());
        if constexpr (!type::name.view().empty())
            return type::name;
        else if constexpr (number > 0)
            return type::kind + "_" + decimal_text<number>();
        else
            return type::kind;
    }
    /// How many layers before number `i` are named by their `kind`.
    static constexpr std::size_t count_before(std::size_t i, std::string_view of) {
        std::size_t at = 0, count = 0;
        (count_one<Layer>(at++ < i, of, count), ...);
        return count;
    }
    template <class L>
    static constexpr void count_one(bool before, std::string_view of, std::size_t& count) {
        if constexpr (requires { L::kind; })
            if (before && L::name.view().empty() && L::kind.view() == of) ++count;
    }
};

} // namespace ctgrad::detail
