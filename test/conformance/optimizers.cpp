// SPDX-License-Identifier: BSL-1.0
#include "clipping.hpp"
#include "formula.hpp"
#include "schedules.hpp"

#include <algorithm>

namespace ct = ctgrad;

namespace conformance {

namespace {

/// What variables of any shape are padded to.
constexpr std::size_t most_elements = 256;

/// The numbers of a variable, of its gradients, and what training made of it.
struct course {
    std::vector<double> initial;
    std::vector<std::vector<double>> gradients;
    std::vector<std::vector<double>> values{}; ///< After each step.
    std::vector<double> average{};
};

double rate_at(const json& arguments, double otherwise, int step) {
    if (!given(arguments, "learning_rate")) return otherwise;
    const json& rate = arguments["learning_rate"];
    return rate.is_object() ? learning_rate(rate["schedule"], rate, step) : number(rate);
}

/// Trains a variable of `Extents`; what the case leaves of it is zeros.
template <class T, auto... Extents, class Formula, class... Flag, class... Chosen>
void train(ct::optimizer_function<Formula> make, pack<Flag...>, pack<Chosen...>, json arguments, course& of) {
    check_known(Formula::defaults, arguments, {"name", "use_ema", "relative_step"});
    if (!arguments.value("use_ema", false)) arguments.erase("ema_overwrite_frequency");
    constexpr auto w = ct::variable<"w", T, Extents...>;
    constexpr auto g = ct::placeholder<"g", T, Extents...>;
    constexpr auto optimizer = make((typename Chosen::option{} = scalar_of(typename Chosen::option{}))..., Flag{}...);
    ct::trainer program{ct::apply_gradients(optimizer, ct::gradient(ct::reduce_sum(w * g), w))};
    std::transform(of.initial.begin(), of.initial.end(), program[w].begin(), [](double x) { return static_cast<T>(x); });
    for (const std::vector<double>& exact : of.gradients) {
        std::vector<T> gradient(exact.begin(), exact.end());
        gradient.resize(program[w].size());
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

/// Clips as a case says before the optimizer is asked, means of gradients where it sums some, and leaves nothing to be clipped.
void clip(json& arguments, std::vector<course>& all) {
    const double scale = given(arguments, "loss_scale_factor") ? number(arguments["loss_scale_factor"]) : 1;
    const auto every = static_cast<std::size_t>(given(arguments, "gradient_accumulation_steps") ? number(arguments["gradient_accumulation_steps"]) : 1);
    for (std::size_t step = 0; step + every <= all[0].gradients.size(); step += every) {
        std::vector<std::vector<double>> means;
        for (const course& of : all) {
            std::vector<double>& mean = means.emplace_back(of.initial.size());
            for (std::size_t k = step; k < step + every; ++k)
                for (std::size_t i = 0; i < mean.size(); ++i) mean[i] += of.gradients[k][i] / static_cast<double>(every) / scale;
        }
        means = clipped(arguments, means);
        for (std::size_t v = 0; v < all.size(); ++v) {
            for (double& each : means[v]) each *= scale;
            for (std::size_t k = step; k < step + every; ++k) all[v].gradients[k] = means[v];
        }
    }
    for (const char* way : {"clipvalue", "clipnorm", "global_clipnorm"}) arguments.erase(way);
}

using clipping = pack<ct::clipvalue_t, ct::clipnorm_t, ct::global_clipnorm_t>;

template <class T, auto... Extents, class Formula, class Flags = pack<>>
void train_clipped(ct::optimizer_function<Formula> make, const json& arguments, course& of, Flags flags = {}) {
    train<T, Extents...>(make, flags, numeric(Formula::defaults, clipping{}), arguments, of);
}

using trainer = void (*)(const json& arguments, const std::vector<std::size_t>& shape, course&);

/// Optimizers that work element by element, or with norms: zeros more do not matter.
template <const auto& Make, class T = double>
void elementwise(const json& arguments, const std::vector<std::size_t>&, course& of) {
    train_clipped<T, most_elements>(Make, arguments, of);
}
template <const auto& Make, const auto& Flag, class T = double>
void elementwise(const json& arguments, const std::vector<std::size_t>&, course& of) {
    if (arguments.value(std::string(Flag.name.view()), false))
        train_clipped<T, most_elements>(Make, arguments, of, pack<std::remove_cvref_t<decltype(Flag)>>{});
    else
        train_clipped<T, most_elements>(Make, arguments, of);
}

/// Of gradient descent clipping is tried as options too.
void descent(const json& arguments, const std::vector<std::size_t>& shape, course& of) {
    constexpr auto options = ct::detail::sgd_formula::defaults;
    if (arguments.value("nesterov", false))
        elementwise<ct::sgd, ct::nesterov>(arguments, shape, of);
    else if (given(arguments, "clipvalue"))
        train<double, most_elements>(ct::sgd, pack<>{}, numeric(options, pack<ct::clipnorm_t, ct::global_clipnorm_t>{}), arguments, of);
    else if (given(arguments, "clipnorm"))
        train<double, most_elements>(ct::sgd, pack<>{}, numeric(options, pack<ct::clipvalue_t, ct::global_clipnorm_t>{}), arguments, of);
    else
        elementwise<ct::sgd>(arguments, shape, of);
}

/// Adafactor takes means: of each shape it is another program.
template <class... Shape>
void of_shape(const json& arguments, const std::vector<std::size_t>& shape, course& of, pack<Shape...>) {
    const bool known = (... || [&]<int... Extent>(pack<std::integral_constant<int, Extent>...>) {
        if (shape != std::vector<std::size_t>{Extent...}) return false;
        train_clipped<double, Extent...>(ct::adafactor, arguments, of);
        return true;
    }(Shape{}));
    if (!known) throw skipped("Adafactor for a shape that is not among those tried");
}
template <int... Extent>
using extents = pack<std::integral_constant<int, Extent>...>;

void factored(const json& arguments, const std::vector<std::size_t>& shape, course& of) {
    of_shape(arguments, shape, of, pack<extents<2>, extents<3>, extents<4>, extents<5>, extents<6>, extents<10>, extents<2, 1>, extents<2, 2>, extents<2, 3>, extents<2, 4>, extents<3, 2>, extents<3, 3>,
                                  extents<3, 4>, extents<4, 3>>{});
}

using trainers = std::map<std::string, trainer>;
const trainers in_double{
    {"Adadelta", elementwise<ct::adadelta>},
    {"Adafactor", factored},
    {"Adagrad", elementwise<ct::adagrad>},
    {"Adam", elementwise<ct::adam, ct::amsgrad>},
    {"AdamW", elementwise<ct::adamw>},
    {"Adamax", elementwise<ct::adamax>},
    {"Ftrl", elementwise<ct::ftrl>},
    {"Lamb", elementwise<ct::lamb>},
    {"Lion", elementwise<ct::lion>},
    {"Nadam", elementwise<ct::nadam>},
    {"RMSprop", elementwise<ct::rmsprop, ct::centered>},
    {"SGD", descent},
    {"ScheduleFreeAdamW", elementwise<ct::schedule_free_adamw>},
};
/// Those whose numbers in float differ from the exact ones by more than the tests of Keras allow.
const trainers in_float{{"Adam", elementwise<ct::adam, float>}, {"AdamW", elementwise<ct::adamw, float>}};

std::string name_of(const json& test) { return test["function"].get<std::string>().substr(11); } // without "optimizers."

void run(const json& test, const trainers& by_name) {
    const std::string name = name_of(test);
    const json& inputs = test["inputs"];
    json arguments = test["kwargs"];
    const json &initial = inputs["initial_variables"], &steps = inputs["gradient_steps"];
    std::vector<course> courses;
    for (std::size_t v = 0; v < initial.size(); ++v) {
        course& of = courses.emplace_back(course{numbers(initial[v]), {}});
        for (const json& each : steps) of.gradients.push_back(numbers(each[v]));
        if (of.initial.size() > most_elements) throw skipped("more than 256 elements");
    }
    if (name != "SGD" || given(arguments, "global_clipnorm")) clip(arguments, courses);
    for (std::size_t v = 0; v < initial.size(); ++v) by_name.at(name)(arguments, shape(initial[v]), courses[v]);
    if (test.contains("expected_trajectory"))
        for (std::size_t i = 0; i < steps.size(); ++i) {
            std::vector<double> got;
            for (const course& of : courses) got.insert(got.end(), of.values[i].begin(), of.values[i].end());
            compare(got, test["expected_trajectory"][i], test, "step " + std::to_string(i + 1));
        }
    if (test.contains("expected_after_finalize_ema")) {
        std::vector<double> got;
        for (const course& of : courses) got.insert(got.end(), of.average.begin(), of.average.end());
        compare(got, test["expected_after_finalize_ema"], test, "averages");
    }
    if (test.contains("expected")) {
        // Averages that never replace the variables on the way do so at the end.
        const course& of = courses[test["variable_index"].get<std::size_t>()];
        const bool averaged = arguments.value("use_ema", false) && !given(arguments, "ema_overwrite_frequency");
        compare(averaged ? of.average : of.values.back(), test["expected"], test);
    }
}

/// Keras asserts numbers of float.
void run(const json& test) {
    try {
        run(test, in_double);
    } catch (const failed&) {
        if (test.value("origin", "") != "keras_test_assertion" || !in_float.contains(name_of(test))) throw;
        run(test, in_float);
    }
}

} // namespace

const runners optimizer_runners = [] {
    runners all;
    for (const auto& [name, trains] : in_double) all["optimizers." + name] = run;
    return all;
}();

} // namespace conformance
