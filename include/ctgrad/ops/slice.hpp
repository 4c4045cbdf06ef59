// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/expr/apply.hpp>
#include <ctgrad/expr/constant_options.hpp>
#include <ctgrad/ops/pad.hpp>

namespace ctgrad {

/// A box of the input: `numbers[k]` is the first index along axis k, the asked shape its extents.
struct slice_op {
    static constexpr char name[] = "slice";
    static constexpr op_kind kind = op_kind::view;
    static constexpr int arity = 1;

    static constexpr inference infer(const attributes& asked, const attributes* const* in) {
        inference out{asked};
        out.result.type = in[0]->type;
        if (asked.shape.rank != in[0]->shape.rank) return {{}, fault::rank_must_fit};
        for (int k = 0; k < asked.shape.rank; ++k) {
            const dimension from = in[0]->shape[k], to = asked.shape[k];
            const bool whole = from == to && asked.numbers[k] == 0;
            const bool inside = from.is_static() && to.is_static() && asked.numbers[k] >= 0 && to.extent >= 0 &&
                                asked.numbers[k] + to.extent <= from.extent;
            if (!whole && !inside) out.found = fault::slice_must_lie_inside;
        }
        return out;
    }
    static constexpr void map_axes(const attributes& slice, access& a) {
        for (int k = 0; k < slice.shape.rank; ++k) a.begin[k] += slice.numbers[k];
    }
    static constexpr bool may_vanish(const auto&) { return true; }
    static constexpr ref derivative(const auto& at) {
        attributes back = at.attrs();
        back.shape = at.x().shape();
        return apply<pad_op>(back, at.dy);
    }
};

/// First indices of a slice, one an axis: `begin<0, 2>`.
template <int... First>
struct begin_t {};
template <int... First>
inline constexpr begin_t<First...> begin{};

/// Extents of a slice, one an axis; -1 is all that remains: `size<-1, 3>`.
template <int... Extent>
struct extent_t {};
template <int... Extent>
inline constexpr extent_t<Extent...> size{};

namespace detail {

template <class Begin, class Size>
struct slice_options;
template <int... First, int... Extent>
struct slice_options<begin_t<First...>, extent_t<Extent...>> {
    static constexpr phrase called(std::string_view op) {
        const int first[] = {First..., 0}, extent[] = {Extent..., 0};
        phrase text(op);
        for (std::size_t k = 0; k < sizeof...(First); ++k) text << (k ? "," : " begin<") << first[k];
        for (std::size_t k = 0; k < sizeof...(Extent); ++k) text << (k ? "," : "> size<") << extent[k];
        return text << ">";
    }
    static constexpr inference asked(const attributes& x) {
        inference out;
        if (sizeof...(First) != sizeof...(Extent) || sizeof...(First) != static_cast<std::size_t>(x.shape.rank))
            return {{}, fault::rank_must_fit};
        const int first[] = {First..., 0}, extent[] = {Extent..., 0};
        for (int k = 0; k < x.shape.rank; ++k) {
            out.result.numbers[k] = first[k];
            if (extent[k] >= 0)
                out.result.shape.append(extent[k]);
            else if (x.shape[k].is_static())
                out.result.shape.append(x.shape[k].extent - first[k]);
            else
                out.result.shape.append(x.shape[k]);
        }
        return out;
    }
};

} // namespace detail

/// A box of `x` (`tf.slice`): `slice(x, begin<0, 2>, size<-1, 3>)` has the elements [i, 2 + j].
/// A named dimension is taken whole.
/// @returns the asked extents. Derivative: the gradient with zeros around.
/// **Fails when** the box does not lie inside (`slice_must_lie_inside`) or the lists do not have one
/// number an axis (`rank_must_fit`). Source: `tf.slice`.
struct slice_function : constant_options<"slice"> {
    using constant_options<"slice">::operator();

    template <operand X, int... First, int... Extent>
    constexpr auto operator()(X x, begin_t<First...>, extent_t<Extent...>) const {
        return apply<slice_op, detail::slice_options<begin_t<First...>, extent_t<Extent...>>>(x);
    }
};
inline constexpr slice_function slice{};

} // namespace ctgrad
