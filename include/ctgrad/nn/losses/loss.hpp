// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/nn/losses/loss_options.hpp>
#include <ctgrad/nn/losses/sample_weight.hpp>

namespace ctgrad {

/// The base of loss objects: `loss(t, p)`, `loss(t, p, sample_weight = w)`, `loss.per_example(t, p)`.
struct loss_base {};

/// What most losses are; a formula derives from it and says what differs. It adds `name`, `defaults` (see
/// `loss_options`) and `of(how, t, p)`, one value an example. A static `mask(how, t, values)` says which values count, a
/// `prediction_rank` how many axes there must be.
struct loss_formula {
    static constexpr bool class_numbers = false;                     ///< Whether the truth is int32, one for each row of the prediction.
    static constexpr prediction_scale takes = prediction_scale::any; ///< Without `from_logits`.
};

namespace detail {

template <class T, class P>
inline constexpr bool are_data = (is_expr<T> || is_poison<T>) && (is_expr<P> || is_poison<P>);

/// What is wrong with truth `T` and prediction `P` for a loss with settings `How`.
template <class Formula, class How, class T, class P>
struct loss_check {
    static constexpr loss_needs needs{phrase(Formula::name), Formula::class_numbers,
                                      How::has(from_logits) ? prediction_scale::logits : Formula::takes};

    /// What is wrong with the axes of the prediction.
    static constexpr finding check_axes() {
        if constexpr (is_expr<P> && requires { Formula::prediction_rank; })
            if (P::rank != Formula::prediction_rank) return {fault::rank_must_fit, Formula::name, phrase_of(P::shape())};
        if constexpr (is_expr<P> && requires { How::of(along_t{}); })
            if (resolve(How::of(along_t{}).list, P::rank).found != fault::none)
                return {fault::axis_must_be_in_range, call_along(Formula::name, How::of(along_t{}).list), phrase_of(P::shape())};
        return {};
    }

    static constexpr finding found = first_of({check_loss_operands<T, P>(needs), check_axes()});
};

template <class Formula, class... Option>
using loss_call = call_of<Formula, typename as_option<Option>::type...>;

} // namespace detail

/// A loss with all that its options ask for.
template <class Formula, class Given>
class configured_loss : public loss_base {
    using how = typename detail::option_call<Formula, detail::defaults_of<Formula>, Given>::settled;

    template <class T, class P>
    static constexpr auto values(T t, P p) {
        return Formula::of(loss_settings<how, P>{}, t, p);
    }

public:
    static constexpr std::string_view name = Formula::name;
    /// Whether the truth is int32, one class number for each row of the prediction.
    static constexpr bool takes_class_numbers = Formula::class_numbers;

    /// What is wrong with such a truth and prediction.
    template <class T, class P>
    using check = detail::loss_check<Formula, how, T, P>;
    /// Whether the loss takes them.
    template <class T, class P>
    static constexpr bool takes = check<T, P>::found.is_fine();

    /// The values before weights and reduction, one for each element that the formula does not sum over.
    template <expression T, expression P>
    constexpr auto per_example(T t, P p) const {
        if constexpr (!takes<T, P>)
            return refuse<check<T, P>>();
        else
            return values(t, p);
    }

    /// Which of the values `v` count, if the loss ignores some, else `unset`.
    template <class T, class P, class V>
    static constexpr auto counted(T t, P, V v) {
        if constexpr (requires { Formula::mask(loss_settings<how, P>{}, t, v); })
            return Formula::mask(loss_settings<how, P>{}, t, v);
        else
            return unset{};
    }

    /// What the reduction makes of the values: one number, or all with `reduction = none`.
    /// @param w `sample_weight = w`, one for each value, and `class_weight = w`, one for each class.
    template <expression T, expression P, class... W>
    constexpr auto operator()(T t, P p, W... w) const {
        if constexpr (!takes<T, P>)
            return refuse<check<T, P>>();
        else {
            const auto each = values(t, p);
            using weights = detail::weights_check<Formula, T, std::remove_const_t<decltype(each)>, W...>;
            if constexpr (!weights::found.is_fine())
                return refuse<weights>();
            else
                return detail::reduce_loss(how::of(reduction), each, detail::weights_of(t, w...), counted(t, p, each));
        }
    }
};

/// A loss under one name, in the two spellings of Keras: `huber(t, p, delta = 2_c)` gives one value an example,
/// `huber(delta = 2_c)` a loss object, which `huber` itself is for `compile`. The truth comes first; it has the
/// dtype and the shape of the prediction, or is class numbers. Numbers are literals or run-time `scalar`s.
/// @returns of a prediction `[N, C]` values `[N]`; of a loss object their mean, one number, or what its `reduction` says.
/// **Fails when** truth and prediction are exchanged (`truth_and_prediction_must_not_be_swapped`), the truth is
/// integers (`labels_must_be_floating`), shapes or dtypes differ (`truth_must_have_shape_of_prediction`,
/// `dtypes_must_match`), scores stand for probabilities or the other way round (`prediction_must_be_probabilities`,
/// `logits_must_have_no_activation`), the axis is out of range, or an option is wrong.
template <class Formula>
class loss_function {
public:
    template <class... Option>
    static constexpr bool takes = detail::loss_call<Formula, Option...>::found.is_fine();

    template <class T, class P, class... Option>
        requires detail::are_data<T, P>
    constexpr auto operator()(T t, P p, Option...) const {
        using call = detail::loss_call<Formula, Option...>;
        using check = detail::loss_check<Formula, typename call::settled, T, P>;
        if constexpr (!call::found.is_fine())
            return refuse<call>();
        else if constexpr (!check::found.is_fine())
            return refuse<check>();
        else
            return Formula::of(loss_settings<typename call::settled, P>{}, t, p);
    }

    template <class... Option>
    constexpr auto operator()(Option...) const {
        using call = detail::loss_call<Formula, Option...>;
        if constexpr (!call::found.is_fine())
            return refuse<call>();
        else
            return configured_loss<Formula, typename call::given>{};
    }
};

/// Whether a loss object takes the truth `T` and the prediction `P`.
template <class Loss, class T, class P>
concept loss_of =
    std::is_base_of_v<loss_base, Loss> && std::remove_const_t<Loss>::template takes<std::remove_const_t<T>, std::remove_const_t<P>>;

} // namespace ctgrad
