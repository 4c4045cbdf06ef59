// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/nn/initializers/orthogonal.hpp>
#include <ctgrad/nn/layers/activation.hpp>
#include <ctgrad/nn/layers/sequences.hpp>
#include <ctgrad/ops/coordinate.hpp>
#include <ctgrad/ops/full.hpp>
#include <ctgrad/ops/gather.hpp>
#include <ctgrad/ops/matmul.hpp>
#include <ctgrad/ops/multiply.hpp>
#include <ctgrad/ops/reshape.hpp>
#include <ctgrad/ops/sigmoid.hpp>
#include <ctgrad/ops/size.hpp>
#include <ctgrad/ops/slice.hpp>
#include <ctgrad/ops/subtract.hpp>
#include <ctgrad/ops/tanh.hpp>
#include <ctgrad/ops/where.hpp>
#include <ctgrad/transform/scan.hpp>

/// @file What recurrent layers have in common. A cell says `kind`, `units`, `defaults`, its variables, `inputs(at, x)`, which steps are
/// given with time first, `start(zero)`, the first carry, and `step(at, x, carry, z)`, the next one.

namespace ctgrad {

/// The whole sequence of outputs instead of the last: `lstm<64>(return_sequences<true>)`.
template <bool Return>
inline constexpr kept_value<layer_option<"return_sequences">, std::bool_constant<Return>> return_sequences{};

/// The function of gates, between 0 and 1: `lstm<64>(recurrent_activation = hard_sigmoid)`.
inline constexpr layer_option<"recurrent_activation"> recurrent_activation{};
/// What is said of the recurrent kernel, as `kernel_initializer`, ... of the kernel.
inline constexpr layer_option<"recurrent_initializer"> recurrent_initializer{};
inline constexpr layer_option<"recurrent_regularizer"> recurrent_regularizer{};
inline constexpr layer_option<"recurrent_constraint"> recurrent_constraint{};

namespace detail {

/// The products of all steps with a kernel, as one: `[N, T, F]` by `[F, G]` is `[T, N, G]`.
template <class X, class Kernel>
constexpr auto products_of_steps(X x, Kernel kernel) {
    constexpr dimension count = X::shape()[0], length = X::shape()[1], features = X::shape()[2], columns = Kernel::shape()[1];
    if constexpr (count.is_static() && length.is_static())
        return reshape(matmul(reshape(time_first(x), dims<count.extent * length.extent, features>), kernel), dims<length, count, columns>);
    else
        return matmul(time_first(x), kernel);
}

/// The numbers of the rows of an axis, the last first.
template <dimension Length>
inline constexpr auto rows_from_the_end = make_expr([] {
    builder made;
    list<ref> roots;
    attributes along;
    along.type = dtype::int32;
    along.shape = {1, {Length}};
    roots.push_back(element_count(made, dtype::int32, along.shape, axis_mask{1u}) - 1 - made.add(info<coordinate_op>, along, nullptr));
    return extract(made, roots);
});

/// `x` with its first axis the other way round.
template <class X>
constexpr auto in_reverse(X x) {
    return gather(x, rows_from_the_end<X::shape()[0]>);
}

/// Part number `I` of `z`, which has some parts of `Units` columns each.
template <int Units, int I, class Z>
constexpr auto gate(Z z) {
    return slice(z, begin<0, I * Units>, size<-1, Units>);
}

/// The options of a recurrent layer in the order of Keras; `More...` are those before its regularizers.
template <class Activation, class... More>
using recurrent_settings = settings<default_value<"activation", Activation>, More..., default_value<"kernel_regularizer", unset>,
                                    default_value<"recurrent_regularizer", unset>, default_value<"bias_regularizer", unset>,
                                    default_value<"kernel_constraint", unset>, default_value<"recurrent_constraint", unset>,
                                    default_value<"bias_constraint", unset>, default_value<"return_sequences", std::false_type>,
                                    default_value<"go_backwards", std::false_type>>;

/// One step of layer `At` on `X`: from the carry and what the step is given to the next carry. Where `Emit`, with the output, which is the
/// carry or the first of it.
template <class Cell, class At, class X, bool Emit>
struct recurrent_step {
    At at;

    template <class Carry, class Z>
    constexpr auto operator()(Carry carry, Z z) const {
        return emitted(Cell::step(at, X{}, carry, z));
    }
    /// Where the mask of a step does not hold, the carry stays.
    template <class Carry, class Z, class Mask>
    constexpr auto operator()(Carry carry, std::tuple<Z, Mask> given) const {
        const auto [z, mask] = given;
        return emitted(chosen_by(expand_dims(mask, axis<-1>), Cell::step(at, X{}, carry, z), carry));
    }

    template <class Carry>
    static constexpr auto output_of(Carry carry) {
        if constexpr (is_several<Carry>)
            return std::get<0>(carry);
        else
            return carry;
    }

private:
    template <class Carry>
    static constexpr auto emitted(Carry next) {
        if constexpr (Emit)
            return std::make_tuple(next, output_of(next));
        else
            return next;
    }
    template <class Mask, class Next, class Before>
    static constexpr auto chosen_by(Mask mask, Next next, Before before) {
        if constexpr (is_several<Next>)
            return std::make_tuple(where(mask, std::get<0>(next), std::get<0>(before)),
                                   where(mask, std::get<1>(next), std::get<1>(before)));
        else
            return where(mask, next, before);
    }
};

/// The layer whose steps are those of `Cell`.
template <class Cell>
struct recurrent_formula : Cell {
    static constexpr std::string_view name = Cell::kind.view();
    static constexpr bool reads_mask = true;

    template <class X>
    static constexpr finding check() {
        return check_sequences<X>(name);
    }

    template <class At, class X>
    static constexpr auto of(const At& at, X x) {
        return in_order_of_steps<At>(run<says<At, "go_backwards">>(at, x));
    }
    template <class At, class X, class Mask>
    static constexpr auto masked(const At& at, X x, Mask mask) {
        const auto y = of_masked(at, x, mask);
        if constexpr (says<At, "return_sequences">)
            return with_mask(y, in_order_of_steps<At>(mask));
        else
            return y;
    }

    template <class At, class X>
    static constexpr auto weights(const At& at, X x) {
        const auto products = boost::hana::make_tuple(
            weight{Cell::kernel(at, x), at[kernel_initializer], at[kernel_regularizer], at[kernel_constraint]},
            weight{Cell::recurrent_kernel(at, x), at[recurrent_initializer], at[recurrent_regularizer], at[recurrent_constraint]});
        if constexpr (says<At, "use_bias">)
            return boost::hana::concat(products, boost::hana::make_tuple(weight{Cell::bias(at, x), Cell::initializer_of_bias(at),
                                                                                at[bias_regularizer], at[bias_constraint]}));
        else
            return products;
    }

    /// The last output, or all `[N, T, Units]`, each where its step lies. `x` may have a mask.
    template <bool Backwards, class At, class X>
    static constexpr auto run(const At& at, X x) {
        return outputs<Backwards>(at, x, Cell::inputs(at, x));
    }
    template <bool Backwards, class At, class X, class Mask>
    static constexpr auto run(const At& at, ctgrad::masked<X, Mask> x) {
        return outputs<Backwards>(at, x.value, std::make_tuple(Cell::inputs(at, x.value), time_first(x.mask)));
    }

private:
    template <class At, class X, class Mask>
    static constexpr auto of_masked(const At& at, X x, Mask mask) {
        return in_order_of_steps<At>(run<says<At, "go_backwards">>(at, ctgrad::masked<X, Mask>{x, mask}));
    }
    /// What lies where its step does, as the layer gives it: in the order in which steps were made.
    template <class At, class Y>
    static constexpr auto in_order_of_steps(Y y) {
        if constexpr (says<At, "return_sequences"> && says<At, "go_backwards"> && !is_poison<Y>)
            return time_first(in_reverse(time_first(y)));
        else
            return y;
    }
    template <bool Backwards, class At, class X, class Given>
    static constexpr auto outputs(const At& at, X, Given given) {
        constexpr bool emits = says<At, "return_sequences">;
        using repeats = recurrent_step<Cell, At, X, emits>;
        const repeats step{at};
        const auto start = Cell::start(fill<weight_type<X>>(dims<X::shape()[0], Cell::units>, literal<0>{}));
        if constexpr (emits && Backwards)
            return time_first(std::get<1>(scan(step, start, given, go_backwards)));
        else if constexpr (emits)
            return time_first(std::get<1>(scan(step, start, given)));
        else if constexpr (Backwards)
            return repeats::output_of(fold(step, start, given, go_backwards));
        else
            return repeats::output_of(fold(step, start, given));
    }
};

/// What the cells have in common: a kernel `[F, gates Units]`, a recurrent one `[Units, gates Units]`, a bias `[gates Units]`.
template <int Units, int Gates>
struct recurrent_cell {
    static constexpr int units = Units;

    template <class At, class X>
    static constexpr auto kernel(const At&, X) {
        return At::template variable<"kernel", X, last_extent<X>(), Gates * Units>();
    }
    template <class At, class X>
    static constexpr auto recurrent_kernel(const At&, X) {
        return At::template variable<"recurrent_kernel", X, Units, Gates * Units>();
    }
    template <class At, class X>
    static constexpr auto bias(const At&, X) {
        return At::template variable<"bias", X, Gates * Units>();
    }
    static constexpr auto initializer_of_bias(const auto& at) { return at[bias_initializer]; }
    /// What the steps are given of `x`, with time first.
    template <class At, class X>
    static constexpr auto inputs(const At& at, X x) {
        if constexpr (says<At, "use_bias">)
            return products_of_steps(x, kernel(at, x)) + bias(at, x);
        else
            return products_of_steps(x, kernel(at, x));
    }
    static constexpr auto start(auto zero) { return zero; }
};

} // namespace detail
} // namespace ctgrad
