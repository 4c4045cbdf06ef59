// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "formula.hpp"
#include "interpreted.hpp"
#include "schedules.hpp"

#include <algorithm>

namespace conformance {

namespace ct = ctgrad;

/// What variables of any shape are padded to.
constexpr std::size_t most_elements = 256;

/// The numbers of a variable, of its gradients, and what training made of it.
struct course {
    std::vector<double> initial;
    std::vector<std::vector<double>> gradients;
    std::vector<std::vector<double>> values{}; ///< After each step.
    std::vector<double> average{};
};

inline double rate_at(const json& arguments, double otherwise, int step) {
    if (!given(arguments, "learning_rate")) return otherwise;
    const json& rate = arguments["learning_rate"];
    return rate.is_object() ? learning_rate(rate["schedule"], rate, step) : number(rate);
}

/// Trains a variable of `Extents`; what the case leaves of it is zeros.
template <class T, auto... Extents, class Formula, class... Flag, class... Chosen>
void train(ct::optimizer_function<Formula> make, pack<Flag...>, pack<Chosen...>, json arguments, course& of) {
    check_known(ct::detail::defaults_of<Formula>{}, arguments, {"name", "use_ema", "relative_step"});
    if (!arguments.value("use_ema", false)) arguments.erase("ema_overwrite_frequency");
    constexpr auto w = ct::variable<"w", T, Extents...>;
    constexpr auto g = ct::placeholder<"g", T, Extents...>;
    constexpr auto optimizer = make((typename Chosen::option{} = scalar_of(typename Chosen::option{}))..., Flag{}...);
    interpreted_trainer program{ct::apply_gradients(optimizer, ct::gradient(ct::reduce_sum(w * g), w))};
    std::transform(of.initial.begin(), of.initial.end(), program[w].begin(), [](double x) { return static_cast<T>(x); });
    for (const std::vector<double>& exact : of.gradients) {
        std::vector<T> gradient(exact.begin(), exact.end());
        gradient.resize(static_cast<std::size_t>(program[w].size()));
        const auto value = [&]<class C>(C chosen) {
            if constexpr (std::is_same_v<typename C::option, ct::learning_rate_t>)
                return rate_at(arguments, C::value::value, static_cast<int>(of.values.size()));
            else
                return value_of(chosen, arguments);
        };
        program(g = gradient, (scalar_of(typename Chosen::option{}) = value(Chosen{}))...);
        of.values.emplace_back(program[w].begin(), program[w].begin() + static_cast<std::ptrdiff_t>(of.initial.size()));
    }
    const auto average = program[ct::average_of(w)];
    of.average.assign(average.begin(), average.begin() + static_cast<std::ptrdiff_t>(of.initial.size()));
}

using clipping = pack<ct::clipvalue_t, ct::clipnorm_t, ct::global_clipnorm_t>;

template <class T, auto... Extents, class Formula, class Flags = pack<>>
void train_clipped(ct::optimizer_function<Formula> make, const json& arguments, course& of, Flags flags = {}) {
    train<T, Extents...>(make, flags, numeric(ct::detail::defaults_of<Formula>{}, clipping{}), arguments, of);
}

/// Adafactor, of the shapes that are tried.
void train_adafactor(const json& arguments, const std::vector<std::size_t>& shape, course& of);

} // namespace conformance
