// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/nn/layers/branches.hpp>
#include <ctgrad/nn/layers/recurrent.hpp>

namespace ctgrad {

/// A recurrent layer in both directions: see `bidirectional`.
template <fixed_string Path, class Layer, class Merge>
class bidirectional_model;
template <fixed_string Path, class Cell, fixed_string Name, class Given, class Merge>
class bidirectional_model<Path, layer<detail::recurrent_formula<Cell>, Name, Given>, Merge>
    : public detail::composite<bidirectional_model<Path, layer<detail::recurrent_formula<Cell>, Name, Given>, Merge>> {
    using inner = layer<detail::recurrent_formula<Cell>, Name, Given>;
    using formula = detail::recurrent_formula<Cell>;

public:
    static constexpr fixed_string kind = "bidirectional";
    static constexpr fixed_string name = Path;

    constexpr bidirectional_model(inner of, Merge merge) : inner_(of), merge_(merge) {}

    template <fixed_string Other>
    constexpr bidirectional_model<Other, inner, Merge> named() const {
        return {inner_, merge_};
    }
    template <detail::passed X>
    constexpr auto operator()(X x) const {
        using check = detail::layer_check<formula, X>;
        if constexpr (!check::found.is_fine())
            return refuse<check>();
        else if constexpr (detail::is_poison<X>)
            return poison{};
        else {
            const auto there = formula::template run<backwards>(going<"/forward_">(), x);
            if constexpr (detail::is_masked<X> && detail::says<inner, "return_sequences">)
                return detail::with_mask(merge_(there, formula::template run<!backwards>(going<"/backward_">(), x)), x.mask);
            else
                return merge_(there, formula::template run<!backwards>(going<"/backward_">(), x));
        }
    }
    template <class X>
    constexpr auto parts(X x) const {
        return boost::hana::make_tuple(detail::model_part{going<"/forward_">(), x}, detail::model_part{going<"/backward_">(), x});
    }

private:
    static constexpr bool backwards = detail::says<inner, "go_backwards">;

    template <fixed_string Direction>
    constexpr auto going() const {
        constexpr auto own = [] {
            if constexpr (Name.view().empty())
                return inner::kind;
            else
                return Name;
        };
        if constexpr (Path.view().empty())
            return inner_.template named<kind + Direction + own()>();
        else
            return inner_.template named<Path + Direction + own()>();
    }

    inner inner_;
    [[no_unique_address]] Merge merge_;
};

/// A recurrent layer and one like it that begins with the last step; their outputs of one step are joined: `bidirectional(lstm<64>())`.
/// @param merge `concatenate()` unless it is given, or `add`, `multiply`, `ave`, any callable of the two outputs.
/// Variables: bidirectional/forward_lstm/kernel..., bidirectional/backward_lstm/kernel...
/// **Fails when** the input is no `[N, T, F]` of floating numbers (`input_must_be_sequences`). Source: Keras, `Bidirectional`.
struct bidirectional_function {
    template <class Cell, fixed_string Name, class Given, class Merge = concatenated<-1>>
    constexpr auto operator()(layer<detail::recurrent_formula<Cell>, Name, Given> of, Merge merge = {}) const {
        return bidirectional_model<"", layer<detail::recurrent_formula<Cell>, Name, Given>, Merge>(of, merge);
    }
};
inline constexpr bidirectional_function bidirectional{};

} // namespace ctgrad
