// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "formula.hpp"
#include "interpreted.hpp"

#include <map>
#include <tuple>

/// Losses, each one expression for all shapes and for all values of its options: the values of examples and their
/// derivatives by the prediction. Another expression makes one number of values.
namespace conformance {

/// Data of a loss, its axes brought together into one of the layouts below.
struct loss_problem {
    json arguments;
    std::vector<double> truth, prediction;
    std::size_t rows, classes, columns;
};

struct loss_values {
    std::vector<double> values, slope; ///< One an example; the sum of the derivatives, each times its factor.
};

/// How a loss reads its data: along the last axis, along the middle one, all elements, class numbers beside rows.
enum class layout { last, middle, all, labels };

using loss_program = loss_values (*)(const loss_problem&, const std::vector<double>& factors);
/// The function, the layout, and the flags that it is asked for, with a space after each.
using loss_key = std::tuple<std::string, layout, std::string>;
using loss_programs = std::map<loss_key, loss_program>;
extern const loss_programs regression_losses, binary_losses, categorical_losses;

/// The loss over label sequences, which has data of its own form.
void run_ctc(const json& test);

template <class T>
struct along_last {
    static constexpr layout as = layout::last;
    static constexpr auto t = ctgrad::placeholder<"t", T, ctgrad::dim<"N">, ctgrad::dim<"M">>;
    static constexpr auto p = ctgrad::placeholder<"p", T, ctgrad::dim<"N">, ctgrad::dim<"M">>;
    static constexpr auto factor = ctgrad::placeholder<"factor", T, ctgrad::dim<"N">>;
    using fixed = pack<>;
};
template <class T>
struct along_last_as_asked : along_last<T> {
    using fixed = pack<ctgrad::axis_t<-1>>;
};
template <class T>
struct along_middle {
    static constexpr layout as = layout::middle;
    static constexpr auto t = ctgrad::placeholder<"t", T, ctgrad::dim<"N">, ctgrad::dim<"M">, ctgrad::dim<"K">>;
    static constexpr auto p = ctgrad::placeholder<"p", T, ctgrad::dim<"N">, ctgrad::dim<"M">, ctgrad::dim<"K">>;
    static constexpr auto factor = ctgrad::placeholder<"factor", T, ctgrad::dim<"N">, ctgrad::dim<"K">>;
    using fixed = pack<ctgrad::axis_t<1>>;
};
template <class T>
struct all_elements {
    static constexpr layout as = layout::all;
    static constexpr auto t = ctgrad::placeholder<"t", T, ctgrad::dim<"N">>;
    static constexpr auto p = ctgrad::placeholder<"p", T, ctgrad::dim<"N">>;
    static constexpr auto factor = ctgrad::scalar<"factor", T>;
    using fixed = pack<ctgrad::axis_t<>>;
};
template <class T>
struct class_numbers {
    static constexpr layout as = layout::labels;
    static constexpr auto t = ctgrad::placeholder<"t", std::int32_t, ctgrad::dim<"N">>;
    static constexpr auto p = along_last<T>::p;
    static constexpr auto factor = along_last<T>::factor;
    using fixed = pack<>;
};

/// Whether a leaf occurs in an expression.
template <class Leaf, class E>
constexpr bool occurs(Leaf, E) {
    for (int i = 0; i < E::root().leaf_count(); ++i)
        if (E::root().leaf(i).hash == Leaf::root().hash) return true;
    return false;
}
/// Those of `Chosen...` whose scalars occur in `E`.
template <class E, class... Chosen>
constexpr auto read_by([[maybe_unused]] E e, pack<Chosen...>) {
    return (pack<>{} + ... + std::conditional_t<occurs(scalar_of(typename Chosen::option{}), e), pack<Chosen>, pack<>>{});
}

template <class Leaves, class Each, class Slope, class... Read>
loss_values interpreted(Each each, Slope slope, const loss_problem& of, const std::vector<double>& factors, pack<Read...>) {
    constexpr auto rows = ctgrad::placeholder<"rows", float, ctgrad::dim<"N">>;
    constexpr auto columns = ctgrad::placeholder<"columns", float, ctgrad::dim<"K">>;
    const std::vector<double> row(of.rows), column(of.columns);
    const auto value = [&](auto e) {
        return value_of_expression(e, rows = row, columns = column, Leaves::t = of.truth, Leaves::p = of.prediction,
                                   Leaves::factor = factors, (scalar_of(typename Read::option{}) = value_of(Read{}, of.arguments))...);
    };
    return {value(each), value(slope)};
}

template <const auto& Make, class Leaves, class... Fixed, class... Chosen>
loss_values values_of(const loss_problem& of, const std::vector<double>& factors, pack<Fixed...>, pack<Chosen...>) {
    constexpr auto loss = Make((typename Chosen::option{} = scalar_of(typename Chosen::option{}))..., Fixed{}...);
    constexpr auto each = loss.per_example(Leaves::t, Leaves::p);
    constexpr auto slope = ctgrad::gradient(ctgrad::reduce_sum(each * Leaves::factor), Leaves::p)[Leaves::p];
    constexpr auto read = read_by(each, pack<Chosen...>{});
    return interpreted<Leaves>(each, slope, of, factors, read);
}

template <class Formula>
std::type_identity<Formula> formula_of(ctgrad::loss_function<Formula>);

/// `Asked` is flags and, since without them there is nothing to feed, options that may be left out.
template <const auto& Make, class Leaves, class... Asked>
loss_values values_asked(const loss_problem& of, const std::vector<double>& factors) {
    using formula = typename decltype(formula_of(Make))::type;
    check_known(formula::defaults, of.arguments, {"name", "dtype", "remove_diagonal"});
    constexpr bool ignores = (std::is_same_v<Asked, ctgrad::ignore_class_t> || ...);
    constexpr auto flags = (pack<>{} + ... + std::conditional_t<std::is_base_of_v<ctgrad::flag_base, Asked>, pack<Asked>, pack<>>{});
    return values_of<Make, Leaves>(of, factors, typename Leaves::fixed{} + flags,
                                   numeric(formula::defaults, std::conditional_t<ignores, pack<>, pack<ctgrad::ignore_class_t>>{}));
}

template <const auto& Make, class Leaves, class... Asked>
loss_programs::value_type entry(const char* name, Asked...) {
    const std::string flags = (std::string() + ... + (std::string(Asked::name.view()) + " "));
    return {{name, Leaves::as, flags}, values_asked<Make, Leaves, Asked...>};
}

} // namespace conformance
