// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/nn/layers/composite.hpp>
#include <ctgrad/nn/layers/layer_names.hpp>
#include <ctgrad/nn/layers/sequential.hpp>
#include <ctgrad/ops/concat.hpp>

namespace ctgrad {

/// Layers side by side: see `branches` and `parallel`.
/// @tparam Split whether each has an input of its own.
template <fixed_string Path, bool Split, class... Layer>
class branch_model : public detail::composite<branch_model<Path, Split, Layer...>> {
public:
    static constexpr fixed_string kind = [] {
        if constexpr (Split)
            return fixed_string("parallel");
        else
            return fixed_string("branches");
    }();
    static constexpr fixed_string name = Path;

    constexpr explicit branch_model(const boost::hana::tuple<Layer...>& layers) : layers_(layers) {}

    template <fixed_string Other>
    constexpr branch_model<Other, Split, Layer...> named() const {
        return branch_model<Other, Split, Layer...>(layers_);
    }
    template <detail::passed X>
    constexpr auto operator()(X x) const {
        return all(x);
    }
    template <detail::passed X>
    constexpr auto operator()(X x, training_t) const {
        return all(x, training);
    }
    template <class X>
    constexpr auto parts(X x) const {
        return [&]<std::size_t... I>(std::index_sequence<I...>) {
            return boost::hana::make_tuple(detail::model_part{layer<I>(), input<I>(x)}...);
        }(std::index_sequence_for<Layer...>());
    }

private:
    static constexpr auto path() {
        if constexpr (Path.view().empty())
            return kind;
        else
            return Path;
    }
    template <std::size_t I>
    constexpr auto layer() const {
        return detail::layer_names<path(), Layer...>::template named<I>(boost::hana::at_c<I>(layers_));
    }
    template <std::size_t I, class X>
    static constexpr auto input(X x) {
        if constexpr (!Split)
            return x;
        else if constexpr (detail::is_number_of_parts<X, sizeof...(Layer)>)
            return std::get<I>(x);
        else
            return broken<fault::layer_must_read_what_it_is_given, show([] { return kind.view(); }),
                          show([] { return detail::phrase_of_passed<X>(); })>;
    }
    template <class X, class... Mode>
    constexpr auto all(X x, Mode... how) const {
        if constexpr (detail::is_poison<X>)
            return poison{};
        else
            return [&]<std::size_t... I>(std::index_sequence<I...>) {
                return detail::all_or_poison(apply_model(layer<I>(), input<I>(x), how...)...);
            }(std::index_sequence_for<Layer...>());
    }

    boost::hana::tuple<Layer...> layers_;
};

/// Several layers read the same: `sequential(input<784>, branches(dense<8>(relu), dense<8>(tanh)), add, dense<1>())`.
/// `branches(a, b)(x)` is a `std::tuple` of `a(x)` and `b(x)`. What comes behind merges it: `add`, `multiply`, `maximum`, `ave`,
/// `concatenate()`, or any callable of the parts. Variables: branches/dense/kernel, branches/dense_1/kernel. Source: Keras, functional
/// models.
struct branches_function {
    template <class... Layer>
    constexpr auto operator()(Layer... layers) const {
        return branch_model<"", false, Layer...>(boost::hana::tuple<Layer...>(layers...));
    }
};
inline constexpr branches_function branches{};

/// Several layers, each of which reads one of several tensors: `parallel(lstm<8>(), dense<8>())` of `std::make_tuple(words, facts)`.
/// It begins a model of several inputs, and ends one of several outputs; such a model is trained by `minimize` and a `trainer`.
/// **Fails when** it is not given a tensor for each layer (`layer_must_read_what_it_is_given`).
struct parallel_function {
    template <class... Layer>
    constexpr auto operator()(Layer... layers) const {
        return branch_model<"", true, Layer...>(boost::hana::tuple<Layer...>(layers...));
    }
};
inline constexpr parallel_function parallel{};

/// The parts one behind the other along an axis.
template <int Axis>
struct concatenated {
    template <operand... X>
    constexpr auto operator()(X... parts) const {
        return concat(axis<Axis>, parts...);
    }
};
/// A layer that joins branches along the last axis, or along `axis<k>`: `concatenate()`. Source: Keras, `Concatenate`.
struct concatenate_function {
    template <int Axis = -1>
    constexpr concatenated<Axis> operator()(axis_t<Axis> = {}) const {
        return {};
    }
};
inline constexpr concatenate_function concatenate{};

/// The mean of its operands, which merges branches: `sequential(branches(dense<8>(), dense<8>()), ave)`. Source: Keras, `Average`.
struct ave_function {
    template <operand A, operand... More>
    constexpr auto operator()(A a, More... more) const {
        return (a + ... + more) * literal<detail::number_bits(1.0 / (1 + sizeof...(More)))>{};
    }
};
inline constexpr ave_function ave{};

/// What layers make of `x`, and `x`: see `residual`.
template <fixed_string Path, class... Layer>
class residual_model : public detail::composite<residual_model<Path, Layer...>> {
public:
    static constexpr fixed_string kind = "residual";
    static constexpr fixed_string name = Path;

    constexpr explicit residual_model(const boost::hana::tuple<Layer...>& layers) : layers_(layers) {}

    template <fixed_string Other>
    constexpr residual_model<Other, Layer...> named() const {
        return residual_model<Other, Layer...>(layers_);
    }
    template <detail::passed X>
    constexpr auto operator()(X x) const {
        return added(x);
    }
    template <detail::passed X>
    constexpr auto operator()(X x, training_t) const {
        return added(x, training);
    }
    template <class X>
    constexpr auto parts(X x) const {
        return boost::hana::make_tuple(detail::model_part{inner(), x});
    }

private:
    constexpr auto inner() const {
        if constexpr (Path.view().empty())
            return sequential_model<kind, detail::any_input, Layer...>(layers_);
        else
            return sequential_model<Path, detail::any_input, Layer...>(layers_);
    }
    template <class X, class... Mode>
    constexpr auto added(X x, Mode... how) const {
        const auto y = detail::without_mask(apply_model(inner(), x, how...));
        if constexpr (detail::is_poison<std::remove_const_t<decltype(y)>>)
            return poison{};
        else if constexpr (detail::is_masked<X>)
            return detail::with_mask(x.value + y, x.mask);
        else if constexpr (expression<X> && expression<std::remove_const_t<decltype(y)>>)
            return x + y;
        else
            return broken<fault::layer_must_read_what_it_is_given, show([] { return kind.view(); }),
                          show([] { return detail::phrase_of_passed<X>(); })>;
    }

    boost::hana::tuple<Layer...> layers_;
};

/// A block that adds what it is given to what its layers make of it, x + f(x): `residual(dense<64>(relu), dense<64>())`.
/// Variables: residual/dense/kernel, residual/dense_1/kernel. **Fails when** the shapes of both do not broadcast (`shapes_must_broadcast`).
/// Source: He et al., Deep residual learning (2016).
struct residual_function {
    template <class... Layer>
    constexpr auto operator()(Layer... layers) const {
        return residual_model<"", Layer...>(boost::hana::tuple<Layer...>(layers...));
    }
};
inline constexpr residual_function residual{};

} // namespace ctgrad
