// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/nn/losses/probabilities.hpp>
#include <ctgrad/nn/cross_entropies/softmax_cross_entropy_with_logits.hpp>
#include <ctgrad/nn/cross_entropies/sigmoid_cross_entropy_with_logits.hpp>
#include <ctgrad/nn/cross_entropies/sparse_softmax_cross_entropy_with_logits.hpp>
#include <ctgrad/ops/abs.hpp>
#include <ctgrad/ops/log.hpp>
#include <ctgrad/ops/minimum.hpp>
#include <ctgrad/ops/not_equal.hpp>
#include <ctgrad/ops/relu.hpp>
#include <ctgrad/ops/square.hpp>

/// Losses of TensorFlow 1, `tf.compat.v1.losses`: element by element, `huber_loss(labels, predictions, weights = w,
/// reduction = mean)` gives what the reduction makes of them. `huber_loss(delta = 2_c)` is a loss object.
namespace ctgrad::compat_v1::losses {

/// One weight for each value of the loss, or 1 along an axis.
struct weights_t {
    static constexpr fixed_string name = "weights";
    template <class W>
    constexpr chosen<weights_t, W> operator=(W) const {
        return {};
    }
};
inline constexpr weights_t weights{};

namespace detail {

struct repeated_options {
    static constexpr inference asked(const attributes& w, const attributes& values) { return {expansion(w.shape, values.shape)}; }
};

/// The sum of `w`, which is repeated to fill `values`.
template <class W, class V>
constexpr auto sum_of_repeated(W w, V values) {
    return reduce_sum(ctgrad::apply_like<view_op, repeated_options>(w, values));
}

} // namespace detail

/// The sum of the weighted values by the sum of their weights, 0 if that is 0.
struct mean_t : reduction_mode {
    template <class V, class W, class M>
    static constexpr auto of(V values, W w, M mask) {
        if constexpr (ctgrad::detail::is_expr<W>)
            return ctgrad::detail::divide_no_nan(reduce_sum(values), detail::sum_of_repeated(w, values));
        else if constexpr (ctgrad::detail::is_literal<W>)
            return mean_with_sample_weight_t::of(reduce_mean(values), w, mask);
        else
            return reduce_mean(values);
    }
};
inline constexpr mean_t mean{};

/// The sum of the weighted values by the number of weights that are not 0, 0 if there is none.
struct sum_by_nonzero_weights_t : reduction_mode {
    template <class V, class W, class M>
    static constexpr auto of(V values, W w, M) {
        if constexpr (ctgrad::detail::is_expr<W>)
            return ctgrad::detail::divide_no_nan(reduce_sum(values),
                                                 detail::sum_of_repeated(ctgrad::detail::cast_like(w != literal<0>{}, values), values));
        else
            return reduce_mean(values);
    }
};
inline constexpr sum_by_nonzero_weights_t sum_by_nonzero_weights{};
inline constexpr sum_by_nonzero_weights_t sum_over_nonzero_weights{};

namespace detail {
/// What is wrong with weights `W`, which may be left out, of values `V`.
template <class Formula, class T, class V, class W>
using weights_check = ctgrad::detail::weights_check<Formula, T, V, std::conditional_t<ctgrad::detail::is_there<W>, W, literal<0>>>;
} // namespace detail

/// The function object of a loss of TensorFlow 1.
template <class Formula>
class loss_function {
public:
    template <class... Option>
    static constexpr bool takes = ctgrad::detail::loss_call<Formula, Option...>::found.is_fine();

    template <class T, class P, class... Option>
        requires ctgrad::detail::are_data<T, P>
    constexpr auto operator()(T t, P p, Option...) const {
        using call = ctgrad::detail::loss_call<Formula, Option...>;
        using how = typename call::settled;
        using check = ctgrad::detail::loss_check<Formula, how, T, P>;
        if constexpr (!call::found.is_fine())
            return refuse<call>();
        else if constexpr (!check::found.is_fine())
            return refuse<check>();
        else {
            const auto each = Formula::of(loss_settings<how, P>{}, t, p);
            using values = std::remove_const_t<decltype(each)>;
            using given = decltype(how::of(weights));
            using fit = detail::weights_check<Formula, T, values, given>;
            if constexpr (!fit::found.is_fine())
                return refuse<fit>();
            else
                return ctgrad::detail::reduce_loss(how::of(reduction), each, how::of(weights), unset{});
        }
    }

    template <class... Option>
    constexpr auto operator()(Option...) const {
        using call = ctgrad::detail::loss_call<Formula, Option...>;
        if constexpr (!call::found.is_fine())
            return refuse<call>();
        else
            return configured_loss<Formula, typename call::given>{};
    }
};

namespace detail {

template <class... Argument>
constexpr auto v1_options(Argument... own) {
    return options(own..., weights = unset{}, reduction = sum_by_nonzero_weights);
}

struct absolute_difference_formula : loss_formula {
    static constexpr char name[] = "absolute_difference";
    static constexpr auto defaults = v1_options();
    static constexpr auto of(auto, auto t, auto p) { return abs(p - t); }
};

struct cosine_distance_formula : loss_formula {
    static constexpr char name[] = "cosine_distance";
    static constexpr auto defaults = v1_options(ctgrad::detail::along(axis<-1>));
    static constexpr auto of(auto how, auto t, auto p) { return literal<one>{} - reduce_sum(t * p, how.axis(), keepdims); }

private:
    static constexpr std::uint64_t one = std::bit_cast<std::uint64_t>(1.0);
};

struct hinge_loss_formula : loss_formula {
    static constexpr char name[] = "hinge_loss";
    static constexpr auto defaults = v1_options();
    static constexpr auto of(auto, auto t, auto p) {
        using namespace literals;
        return ctgrad::apply<relu_op>(1_c - (2_c * t - 1_c) * p);
    }
};

struct huber_loss_formula : loss_formula {
    static constexpr char name[] = "huber_loss";
    static constexpr auto defaults = [] {
        using namespace literals;
        return v1_options(delta = 1_c);
    }();
    static constexpr auto of(auto how, auto t, auto p) {
        using namespace literals;
        const auto size = abs(p - t);
        const auto quadratic = minimum(size, how[delta]);
        return 0.5_c * square(quadratic) + how[delta] * (size - quadratic);
    }
};

struct log_loss_formula : loss_formula {
    static constexpr char name[] = "log_loss";
    static constexpr prediction_scale takes = prediction_scale::probabilities;
    static constexpr auto defaults = [] {
        using namespace literals;
        return v1_options(epsilon = 1e-7_c);
    }();
    static constexpr auto of(auto how, auto t, auto p) {
        using namespace literals;
        return -(t * log(p + how[epsilon]) + (1_c - t) * log(1_c - p + how[epsilon]));
    }
};

struct mean_squared_error_formula : loss_formula {
    static constexpr char name[] = "mean_squared_error";
    static constexpr auto defaults = v1_options();
    static constexpr auto of(auto, auto t, auto p) { return square(p - t); }
};

/// One number an example: the mean of ((e_i - e_j))^2 over pairs of its elements, e = p - t.
struct mean_pairwise_squared_error_formula : loss_formula {
    static constexpr char name[] = "mean_pairwise_squared_error";
    static constexpr auto defaults = options(weights = unset{}, reduction = sum);
    static constexpr auto of(auto, auto t, auto p) {
        using namespace literals;
        const auto e = p - t;
        const auto n = ctgrad::detail::count_along<decltype(e), axis_t<-1>>(e);
        const auto squares = ctgrad::detail::divide_no_nan(reduce_sum(square(e), axis<-1>), n - 1_c);
        const auto total = ctgrad::detail::divide_no_nan(square(reduce_sum(e, axis<-1>)), n * (n - 1_c));
        return 2_c * (squares - total);
    }
};

struct sigmoid_cross_entropy_formula : loss_formula {
    static constexpr char name[] = "sigmoid_cross_entropy";
    static constexpr prediction_scale takes = prediction_scale::logits;
    static constexpr auto defaults = v1_options(label_smoothing = literal<0>{});
    static constexpr auto of(auto how, auto t, auto p) {
        using namespace literals;
        return ctgrad::detail::sigmoid_cross_entropy_formula::of(ctgrad::detail::smoothed(how, t, 2_c), p);
    }
};

struct softmax_cross_entropy_formula : loss_formula {
    static constexpr char name[] = "softmax_cross_entropy";
    static constexpr prediction_scale takes = prediction_scale::logits;
    static constexpr auto defaults = v1_options(label_smoothing = literal<0>{});
    static constexpr auto of(auto how, auto t, auto p) {
        const auto classes = ctgrad::detail::count_along<decltype(t), axis_t<-1>>(t);
        return ctgrad::detail::softmax_cross_entropy_formula::of(ctgrad::detail::smoothed(how, t, classes), p);
    }
};

struct sparse_softmax_cross_entropy_formula : loss_formula {
    static constexpr char name[] = "sparse_softmax_cross_entropy";
    static constexpr bool class_numbers = true;
    static constexpr prediction_scale takes = prediction_scale::logits;
    static constexpr auto defaults = v1_options();
    static constexpr auto of(auto, auto t, auto p) { return ctgrad::detail::sparse_softmax_cross_entropy_formula::of(t, p); }
};

} // namespace detail

/// |p - t|.
inline constexpr loss_function<detail::absolute_difference_formula> absolute_difference{};
/// 1 - sum t p along the last axis (`axis<...>`), which stays with extent 1: both have length 1.
inline constexpr loss_function<detail::cosine_distance_formula> cosine_distance{};
/// max(1 - (2 t - 1) p, 0): labels are 0 and 1.
inline constexpr loss_function<detail::hinge_loss_formula> hinge_loss{};
/// q^2 / 2 + delta (|e| - q) with e = p - t and q = min(|e|, delta).
inline constexpr loss_function<detail::huber_loss_formula> huber_loss{};
/// -(t ln(p + epsilon) + (1 - t) ln(1 - p + epsilon)).
inline constexpr loss_function<detail::log_loss_formula> log_loss{};
/// The sum over examples, or what another reduction makes of them, of the mean of (e_i - e_j)^2 over all pairs of
/// different elements along the last axis, e = p - t; rows of one element are 0.
inline constexpr loss_function<detail::mean_pairwise_squared_error_formula> mean_pairwise_squared_error{};
/// (p - t)^2.
inline constexpr loss_function<detail::mean_squared_error_formula> mean_squared_error{};
/// `sigmoid_cross_entropy_with_logits`, with `label_smoothing`.
inline constexpr loss_function<detail::sigmoid_cross_entropy_formula> sigmoid_cross_entropy{};
/// `softmax_cross_entropy_with_logits`, with `label_smoothing`.
inline constexpr loss_function<detail::softmax_cross_entropy_formula> softmax_cross_entropy{};
/// `sparse_softmax_cross_entropy_with_logits`.
inline constexpr loss_function<detail::sparse_softmax_cross_entropy_formula> sparse_softmax_cross_entropy{};

namespace detail {
struct compute_weighted_loss_formula {
    static constexpr char name[] = "compute_weighted_loss";
};
} // namespace detail

/// What a reduction makes of values of any loss, `compute_weighted_loss(values, w, mean)`.
template <expression V, class W = unset, class Mode = sum_by_nonzero_weights_t>
    requires is_reduction<Mode>
constexpr auto compute_weighted_loss(V values, W w = {}, Mode mode = {}) {
    using fit = detail::weights_check<detail::compute_weighted_loss_formula, V, V, W>;
    if constexpr (ctgrad::detail::is_poison<V>)
        return values;
    else if constexpr (!fit::found.is_fine())
        return refuse<fit>();
    else
        return ctgrad::detail::reduce_loss(mode, values, w, unset{});
}

} // namespace ctgrad::compat_v1::losses
