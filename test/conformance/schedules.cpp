// SPDX-License-Identifier: BSL-1.0
#include "schedules.hpp"

#include "formula.hpp"

#include <array>
#include <cmath>
#include <tuple>

namespace ct = ctgrad;

namespace conformance {

namespace {

template <class Formula, class... Flag, class... Chosen>
double rate_with(ct::schedule_function<Formula> schedule, pack<Flag...>, pack<Chosen...>, const json& arguments, int step) {
    constexpr auto rate = schedule((typename Chosen::option{} = scalar_of(typename Chosen::option{}))..., Flag{}...);
    const ct::function f{rate};
    return f(ct::iterations = std::array{step}, (scalar_of(typename Chosen::option{}) = value_of(Chosen{}, arguments))...);
}

/// The rate of a schedule that may be asked for `flag`.
template <class Formula, class Flag>
double rate_of(ct::schedule_function<Formula> schedule, Flag flag, const json& arguments, int step) {
    check_known(Formula::defaults, arguments, {"name", "schedule"});
    constexpr auto options = numeric(Formula::defaults);
    if (arguments.value(std::string(flag.name.view()), false)) return rate_with(schedule, pack<Flag>{}, options, arguments, step);
    return rate_with(schedule, pack<>{}, options, arguments, step);
}

double cosine_decay(const json& arguments, int step) {
    using formula = ct::detail::cosine_decay_formula;
    check_known(formula::defaults, arguments, {"name", "schedule"});
    if (given(arguments, "warmup_target")) return rate_with(ct::cosine_decay, pack<>{}, numeric(formula::defaults), arguments, step);
    using warmup = pack<ct::warmup_target_t, ct::warmup_steps_t>;
    return rate_with(ct::cosine_decay, pack<>{}, numeric(formula::defaults, warmup{}), arguments, step);
}

double cosine_decay_restarts(const json& arguments, int step) {
    using formula = ct::detail::cosine_decay_restarts_formula;
    check_known(formula::defaults, arguments, {"name", "schedule"});
    return rate_with(ct::cosine_decay_restarts, pack<>{}, numeric(formula::defaults), arguments, step);
}

constexpr std::tuple boundary{ct::scalar<"b0", double>, ct::scalar<"b1", double>, ct::scalar<"b2", double>, ct::scalar<"b3", double>};
constexpr std::tuple value{ct::scalar<"v0", double>, ct::scalar<"v1", double>, ct::scalar<"v2", double>, ct::scalar<"v3", double>,
                           ct::scalar<"v4", double>};

template <std::size_t... B, std::size_t... V>
double piecewise(const std::vector<double>& boundaries, const std::vector<double>& values, int step, std::index_sequence<B...>,
                 std::index_sequence<V...>) {
    constexpr auto rate = ct::piecewise_constant_decay(ct::boundaries(std::get<B>(boundary)...), ct::values(std::get<V>(value)...));
    const ct::function f{rate};
    return f(ct::iterations = std::array{step}, (std::get<B>(boundary) = boundaries[B])..., (std::get<V>(value) = values[V])...);
}

template <std::size_t Count = 1>
double piecewise(const std::vector<double>& boundaries, const std::vector<double>& values, int step) {
    if (values.size() != boundaries.size() + 1) throw skipped("not one value more than boundaries");
    if (boundaries.size() == Count)
        return piecewise(boundaries, values, step, std::make_index_sequence<Count>{}, std::make_index_sequence<Count + 1>{});
    if constexpr (Count < 4)
        return piecewise<Count + 1>(boundaries, values, step);
    else
        throw skipped(std::to_string(boundaries.size()) + " boundaries");
}

void run(const json& test) {
    const std::string name = test["function"].get<std::string>().substr(10); // without "schedules."
    const json& inputs = test["inputs"];
    std::vector<double> got;
    for (double step : numbers(inputs.contains("steps") ? inputs["steps"] : inputs["step"])) {
        if (step != std::floor(step)) throw skipped("a step that is no whole number");
        got.push_back(learning_rate(name, test["kwargs"], static_cast<int>(step)));
    }
    compare(got, test["expected"], test);
}

} // namespace

double learning_rate(const std::string& name, const json& arguments, int step) {
    if (name == "ExponentialDecay") return rate_of(ct::exponential_decay, ct::staircase, arguments, step);
    if (name == "InverseTimeDecay") return rate_of(ct::inverse_time_decay, ct::staircase, arguments, step);
    if (name == "PolynomialDecay") return rate_of(ct::polynomial_decay, ct::cycle, arguments, step);
    if (name == "CosineDecay") return cosine_decay(arguments, step);
    if (name == "CosineDecayRestarts") return cosine_decay_restarts(arguments, step);
    if (name == "PiecewiseConstantDecay") return piecewise(numbers(arguments["boundaries"]), numbers(arguments["values"]), step);
    throw skipped("no schedule " + name);
}

const runners schedule_runners{
    {"schedules.CosineDecay", run},      {"schedules.CosineDecayRestarts", run},    {"schedules.ExponentialDecay", run},
    {"schedules.InverseTimeDecay", run}, {"schedules.PiecewiseConstantDecay", run}, {"schedules.PolynomialDecay", run},
};

} // namespace conformance
