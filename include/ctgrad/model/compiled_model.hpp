// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/model/fit.hpp>
#include <ctgrad/model/rules.hpp>
#include <ctgrad/model/weights.hpp>

namespace ctgrad {

namespace detail {
template <class Formulas, fixed_string Name>
inline constexpr auto rate_function = show([] { return Name.view(); });
} // namespace detail

/// A model with all that training it needs: made by `compile`.
/// @tparam Formulas what it computes.
template <class Formulas>
class compiled_model {
    using rate = typename Formulas::rate::leaf;

public:
    using formulas = Formulas;
    using step = typename Formulas::template step<false>;

    explicit compiled_model(const typename Formulas::model& layers) : model_(layers), state_(step{}) { initialize(0); }

    /// Draws new values for the variables of layers.
    void initialize(std::uint64_t from_seed) { state_.set(initial_values_of(model_, typename Formulas::x{}, from_seed)); }

    /// Trains on the examples of `X` with the truths of `Y`: `net.fit(images, labels, {.epochs = 10})`. Further
    /// arguments: `validation_data`, `sample_weights` or `class_weights`, `callbacks`, an executor, and data for
    /// other placeholders of the model or the loss, `context = data`.
    /// At the end variables are the moving averages of them that the optimizer keeps (`ema_momentum`), as in Keras.
    /// @returns what each epoch reported: loss (with regularisers) and metrics as means over the examples, and `val_`
    /// of them for the validation data.
    /// **Fails when** data have another element type than their leaf (`data_must_have_leaf_type`) or do not lie row by row
    /// (`data_must_lie_by_rows`).
    /// Throws `ctgrad::error`, before anything is changed, where sizes or options contradict.
    template <class DX, class DY, class... More>
    auto fit(const DX& X, const DY& Y, const fit_options& how = {}, const More&... more) {
        if constexpr (!detail::fit_check<compiled_model, DX, DY, More...>::found.is_fine())
            return refuse<detail::fit_check<compiled_model, DX, DY, More...>>();
        else
            return history_ = detail::fit_model(*this, how, X, Y, more...);
    }

    /// The loss and the metrics of data, as `fit` reports those of validation data: `net.evaluate(X, Y)["loss"]`.
    /// Further arguments: `sample_weights`, an executor, data for other placeholders.
    template <class DX, class DY, class... More>
    auto evaluate(const DX& X, const DY& Y, const evaluate_options& how = {}, const More&... more) {
        if constexpr (!detail::fit_check<compiled_model, DX, DY, More...>::found.is_fine())
            return refuse<detail::fit_check<compiled_model, DX, DY, More...>>();
        else
            return detail::evaluate_model(*this, how, X, Y, more...);
    }

    /// The predictions for the examples of `X`.
    /// @returns a tensor, one row for each example.
    template <class DX, class... More>
    auto predict(const DX& X, const evaluate_options& how = {}, const More&... more) {
        if constexpr (!detail::data_check<typename Formulas::x, DX>::found.is_fine())
            return refuse<detail::data_check<typename Formulas::x, DX>>();
        else
            return detail::predict_with(*this, how.batch_size, X, more...);
    }

    /// What the epochs of the last `fit` reported.
    const fit_history& history() const { return history_; }

    /// The elements of a variable, to read or to change.
    template <class V>
    auto operator[](V variable) {
        return state_[variable];
    }
    template <class V>
    auto operator[](V variable) const {
        return state_[variable];
    }
    /// Sets a variable: `net.set(W = glorot_uniform{.seed = 1})`.
    template <class B>
    void set(const B& value) {
        state_.set(value);
    }

    /// Variables and all that the optimizer keeps, the learning rate too.
    trainer<step>& state() { return state_; }
    const trainer<step>& state() const { return state_; }

    /// All variables, without what the optimizer keeps.
    std::vector<std::byte> weights() const { return detail::saved_weights(state_.parameters()); }
    void set_weights(std::span<const std::byte> saved) { detail::restore_weights(state_.parameters(), saved); }

    /// Whether the learning rate is a number: a schedule cannot be changed.
    static constexpr bool has_changing_rate = !std::is_void_v<rate>;

    /// The learning rate, a number that `fit` goes on with.
    /// **Fails when** it is a schedule or another expression (`learning_rate_must_be_a_number`).
    auto learning_rate() const {
        if constexpr (!has_changing_rate)
            return broken<fault::learning_rate_must_be_a_number, detail::rate_function<Formulas, "learning_rate">>;
        else
            return state_[rate{}][0];
    }
    void set_learning_rate(double value) {
        if constexpr (!has_changing_rate)
            (void)broken<fault::learning_rate_must_be_a_number, detail::rate_function<Formulas, "set_learning_rate">>;
        else {
            if (!(value >= 0)) fail("ctgrad: a learning rate is at least 0");
            state_[rate{}][0] = value;
        }
    }

    /// Ends `fit` after this batch or, between epochs, now.
    void stop_training() { stopped_ = true; }
    void resume_training() { stopped_ = false; }
    bool is_stopped() const { return stopped_; }

private:
    [[no_unique_address]] typename Formulas::model model_;
    trainer<step> state_;
    fit_history history_;
    bool stopped_ = false;
};

/// The compiled model of a mistake: everything about it is accepted.
struct refused_model : poison {
    constexpr refused_model(poison = {}) {}
    poison fit(const auto&, const auto&, const fit_options& = {}, const auto&...) { return {}; }
    poison evaluate(const auto&, const auto&, const evaluate_options& = {}, const auto&...) { return {}; }
    poison predict(const auto&, const evaluate_options& = {}, const auto&...) { return {}; }
    poison history() const { return {}; }
    poison state() const { return {}; }
    double learning_rate() const { return 0; }
    void set_learning_rate(double) {}
    void set(const auto&) {}
};

} // namespace ctgrad
