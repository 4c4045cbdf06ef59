// SPDX-License-Identifier: BSL-1.0
#include "batch.hpp"
#include "formula.hpp"
#include "interpreted.hpp"

#include <algorithm>

namespace ct = ctgrad;

namespace conformance {

namespace {

constexpr auto A = ct::dim<"A">;
constexpr auto B = ct::dim<"B">;
constexpr auto C = ct::dim<"C">;
/// What an axis may run along: the middle one.
constexpr auto x = ct::placeholder<"x", double, A, B, C>;

struct problem {
    std::vector<double> data{};
    std::size_t before = 1, along = 1, behind = 1;
    json arguments{};
};
using activation_program = std::vector<double> (*)(const problem&);
using activation_programs = std::map<std::string, activation_program>;

template <class Y, class... Fed>
std::vector<double> values_of(Y, const problem& of, Fed&&... fed) {
    return value_of_expression(Y{}, x = ct::view(of.data.data(), of.before, of.along, of.behind), fed...);
}

/// An activation with options `Option...` that are fed, and flags.
template <const auto& F, class Flags = pack<>, class... Option>
struct fed_activation;
template <const auto& F, class... Flag, class... Option>
struct fed_activation<F, pack<Flag...>, Option...> {
    static std::vector<double> values(const problem& of) {
        constexpr auto y = F((Option{} = scalar_of(Option{}))..., Flag{}...)(x);
        return values_of(y, of, (scalar_of(Option{}) = number(of.arguments.at(std::string(Option::name.view()))))...);
    }
};
template <const auto& F, class Flags = pack<>, class... Option>
constexpr activation_program with_options = fed_activation<F, Flags, Option...>::values;

/// An op, or an activation along the middle axis.
template <const auto& F>
std::vector<double> plain(const problem& of) {
    return values_of(F(x), of);
}
template <const auto& F>
std::vector<double> along_axis(const problem& of) {
    return values_of(F(x, ct::axis<1>), of);
}

std::vector<double> linear(const problem& of) { return of.data; }

std::vector<double> threshold(const problem& of) {
    constexpr auto limit = ct::scalar<"threshold", double>;
    constexpr auto value = ct::scalar<"default_value", double>;
    return values_of(ct::threshold(x, limit, value), of, limit = number(of.arguments.at("threshold")),
                     value = number(of.arguments.at("default_value")));
}

template <std::int64_t Extent = 2>
std::vector<double> glu(const problem& of) {
    if (of.along == Extent) {
        constexpr auto whole = ct::placeholder<"whole", double, A, Extent, C>;
        return value_of_expression(ct::glu(whole, ct::axis<1>), whole = ct::view(of.data.data(), of.before, of.along, of.behind));
    } else if constexpr (Extent < 10)
        return glu<Extent + 2>(of);
    else
        throw skipped("an axis that is not among those tried");
}

/// By Keras' name and the options that are given, in the order of the alphabet.
const activation_programs programs{
    {"celu alpha", with_options<ct::celu, pack<>, ct::alpha_t>},
    {"elu alpha", with_options<ct::elu, pack<>, ct::alpha_t>},
    {"exponential", plain<ct::exponential>},
    {"gelu", plain<ct::gelu>},
    {"gelu approximate", with_options<ct::gelu, pack<ct::approximate_t>>},
    {"glu", glu<>},
    {"hard_shrink threshold", with_options<ct::hard_shrink, pack<>, ct::threshold_t>},
    {"hard_sigmoid", plain<ct::hard_sigmoid>},
    {"hard_silu", plain<ct::hard_silu>},
    {"hard_tanh", plain<ct::hard_tanh>},
    {"leaky_relu negative_slope", with_options<ct::leaky_relu, pack<>, ct::negative_slope_t>},
    {"linear", linear},
    {"log_sigmoid", plain<ct::log_sigmoid>},
    {"log_softmax", along_axis<ct::log_softmax>},
    {"mish", plain<ct::mish>},
    {"relu", plain<ct::relu>},
    {"relu negative_slope", with_options<ct::relu, pack<>, ct::negative_slope_t>},
    {"relu max_value", with_options<ct::relu, pack<>, ct::max_value_t>},
    {"relu threshold", with_options<ct::relu, pack<>, ct::threshold_t>},
    {"relu max_value negative_slope", with_options<ct::relu, pack<>, ct::negative_slope_t, ct::max_value_t>},
    {"relu max_value threshold", with_options<ct::relu, pack<>, ct::max_value_t, ct::threshold_t>},
    {"relu negative_slope threshold", with_options<ct::relu, pack<>, ct::negative_slope_t, ct::threshold_t>},
    {"relu max_value negative_slope threshold", with_options<ct::relu, pack<>, ct::negative_slope_t, ct::max_value_t, ct::threshold_t>},
    {"relu6", plain<ct::relu6>},
    {"selu", plain<ct::selu>},
    {"sigmoid", plain<ct::sigmoid>},
    {"silu", plain<ct::silu>},
    {"soft_shrink threshold", with_options<ct::soft_shrink, pack<>, ct::threshold_t>},
    {"softmax", along_axis<ct::softmax>},
    {"softplus", plain<ct::softplus>},
    {"softsign", plain<ct::softsign>},
    {"sparse_plus", plain<ct::sparse_plus>},
    {"sparse_sigmoid", plain<ct::sparse_sigmoid>},
    {"sparsemax", along_axis<ct::sparsemax>},
    {"squareplus b", with_options<ct::squareplus, pack<>, ct::b_t>},
    {"tanh", plain<ct::tanh>},
    {"tanh_shrink", plain<ct::tanh_shrink>},
    {"threshold", threshold},
};

/// Brings the axes that an activation works along together as the middle one.
problem problem_of(const json& test) {
    json arguments = test["kwargs"];
    const json_tensor given_x(test["inputs"]["x"]);
    problem of{given_x.data};
    if (given_x.extents.empty()) throw skipped("a number without axes");
    const auto rank = static_cast<double>(given_x.extents.size());
    std::vector<double> axes = given(arguments, "axis") ? numbers(arguments["axis"]) : std::vector{-1.0};
    for (double& a : axes) a += a < 0 ? rank : 0;
    std::sort(axes.begin(), axes.end());
    if (axes.empty() || axes.front() < 0 || axes.back() >= rank || axes.back() - axes.front() + 1 != static_cast<double>(axes.size()))
        throw skipped("axes with others between them");
    for (std::size_t k = 0; k < given_x.extents.size(); ++k)
        (static_cast<double>(k) < axes.front()  ? of.before
         : static_cast<double>(k) > axes.back() ? of.behind
                                                : of.along) *= given_x.extents[k];
    for (const char* unused : {"axis", "name"}) arguments.erase(unused);
    of.arguments = arguments;
    return of;
}

/// The defaults of options that are fed always.
const json defaults = {{"celu", {{"alpha", 1}}},
                       {"elu", {{"alpha", 1}}},
                       {"hard_shrink", {{"threshold", 0.5}}},
                       {"leaky_relu", {{"negative_slope", 0.2}}},
                       {"soft_shrink", {{"threshold", 0.5}}},
                       {"squareplus", {{"b", 4}}}};

void run(const json& test) {
    const std::string name = test["function"].get<std::string>().substr(12); // without "activations."
    problem of = problem_of(test);
    if (defaults.contains(name))
        for (const auto& [option, value] : defaults[name].items())
            if (!given(of.arguments, option)) of.arguments[option] = value;
    std::string key = name;
    for (const auto& [option, value] : of.arguments.items())
        if (!value.is_null() && value != json(false) && name != "threshold") key.append(" ").append(option);
    const auto found = programs.find(key);
    if (found == programs.end()) throw skipped("no program for " + key);
    compare(found->second(of), test["expected"], test);
}

} // namespace

const runners activation_runners = [] {
    runners all;
    for (const auto& [name, program] : programs) all["activations." + name.substr(0, name.find(' '))] = run;
    return all;
}();

} // namespace conformance
