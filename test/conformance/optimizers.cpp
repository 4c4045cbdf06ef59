// SPDX-License-Identifier: BSL-1.0
#include "clipping.hpp"
#include "training.hpp"

namespace ct = ctgrad;

namespace conformance {

namespace {

/// Clips as a case says before the optimizer is asked, means of gradients where it sums some, and leaves nothing to be clipped.
void clip(json& arguments, std::vector<course>& all) {
    if (!given(arguments, "clipvalue") && !given(arguments, "clipnorm") && !given(arguments, "global_clipnorm")) return;
    const double scale = given(arguments, "loss_scale_factor") ? number(arguments["loss_scale_factor"]) : 1;
    const auto every =
        static_cast<std::size_t>(given(arguments, "gradient_accumulation_steps") ? number(arguments["gradient_accumulation_steps"]) : 1);
    if (every < 1 || every > all[0].gradients.size()) throw skipped("a number of gradients that is not reached");
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
    constexpr ct::detail::defaults_of<ct::detail::sgd_formula> options{};
    if (arguments.value("nesterov", false))
        elementwise<ct::sgd, ct::nesterov>(arguments, shape, of);
    else if (given(arguments, "clipvalue"))
        train<double, most_elements>(ct::sgd, pack<>{}, numeric(options, pack<ct::clipnorm_t, ct::global_clipnorm_t>{}), arguments, of);
    else if (given(arguments, "clipnorm"))
        train<double, most_elements>(ct::sgd, pack<>{}, numeric(options, pack<ct::clipvalue_t, ct::global_clipnorm_t>{}), arguments, of);
    else
        elementwise<ct::sgd>(arguments, shape, of);
}

using trainers = std::map<std::string, trainer>;
const trainers in_double{
    {"Adadelta", elementwise<ct::adadelta>},
    {"Adafactor", train_adafactor},
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
        course& of = courses.emplace_back(course{numbers(initial.at(v)), {}});
        for (const json& each : steps) of.gradients.push_back(numbers(each.at(v)));
        if (of.initial.empty() || of.gradients.empty()) throw skipped("a variable without numbers or steps");
        for (std::vector<double>& each : of.gradients) {
            if (each.size() > of.initial.size()) throw skipped("more gradients than elements");
            each.resize(of.initial.size());
        }
        if (of.initial.size() > most_elements) throw skipped("more than 256 elements");
    }
    if (courses.empty()) throw skipped("no variables");
    if (name != "SGD" || given(arguments, "global_clipnorm")) clip(arguments, courses);
    for (std::size_t v = 0; v < initial.size(); ++v) by_name.at(name)(arguments, shape(initial.at(v)), courses[v]);
    if (test.contains("expected_trajectory"))
        for (std::size_t i = 0; i < steps.size(); ++i) {
            std::vector<double> got;
            for (const course& of : courses) got.insert(got.end(), of.values[i].begin(), of.values[i].end());
            compare(got, test["expected_trajectory"].at(i), test, "step " + std::to_string(i + 1));
        }
    if (test.contains("expected_after_finalize_ema")) {
        std::vector<double> got;
        for (const course& of : courses) got.insert(got.end(), of.average.begin(), of.average.end());
        compare(got, test["expected_after_finalize_ema"], test, "averages");
    }
    if (test.contains("expected")) {
        // Averages that never replace the variables on the way do so at the end.
        const course& of = courses.at(test["variable_index"].get<std::size_t>());
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
