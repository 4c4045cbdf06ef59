// SPDX-License-Identifier: BSL-1.0
#include "metrics.hpp"

namespace conformance {

namespace {

/// Arguments under the names and with the defaults of options; flags, which choose the program, apart.
std::string flags_of(const std::string& name, json& arguments) {
    std::string flags;
    const auto take = [&](const char* flag) {
        const bool on = given(arguments, flag) && arguments[flag] != json(false);
        if (on) flags.append(" ").append(flag);
        return on;
    };
    for (const char* unused : {"dtype", "name", "num_labels"}) arguments.erase(unused);
    if (given(arguments, "k")) arguments["top_k"] = arguments["k"];
    if (name.ends_with("KCategoricalAccuracy")) {
        take("from_sorted_ids");
        if (!given(arguments, "top_k")) arguments["top_k"] = 5;
    } else {
        take("class_id");
        take("from_logits");
        if (name == "SparseCategoricalCrossentropy") take("ignore_class");
        if (!take("multi_label")) take("label_weights");
        if (name == "FBetaScore" || name == "F1Score") take("threshold");
        take("top_k");
    }
    if (name.ends_with("IoU") && name != "BinaryIoU") {
        const bool rows = name.starts_with("OneHot");
        if (!arguments.value("sparse_y_true", !rows)) flags.append(" dense_y_true");
        if (!arguments.value("sparse_y_pred", !rows)) flags.append(" dense_y_pred");
    }
    if (!given(arguments, "threshold")) arguments["threshold"] = 0.5;
    return flags;
}

const metric_program* find_program(const std::string& name) {
    for (const metric_programs* some : {&mean_metrics, &confusion_metrics, &class_metrics, &loss_metrics})
        if (const auto found = some->find(name); found != some->end()) return &found->second;
    return nullptr;
}

void run(const json& test, const json& arguments, const metric_program& program) {
    std::vector<double> totals;
    batch last;
    for (const json& update : test["inputs"]["updates"]) {
        last = load_batch(update, program.form, arguments.contains("axis") ? arguments["axis"] : json(-1));
        const std::vector<double> more = program.totals(last, arguments);
        totals.resize(more.size());
        program.merge(totals, more);
    }
    compare(program.result(totals, arguments, last), test["expected"], test);
}

/// Keras asserts numbers of float, which are others where probabilities are clipped.
void run(const json& test) {
    const std::string name = test["function"].get<std::string>().substr(8); // without "metrics."
    json arguments = test["kwargs"];
    const std::string flags = flags_of(name, arguments);
    if (test["inputs"]["updates"].empty()) return compare({0}, test["expected"], test);
    const metric_program *exact = find_program(name + flags), *rounded = find_program(name + flags + " of floats");
    if (exact == nullptr) throw skipped("no program for " + name + flags);
    try {
        run(test, arguments, *exact);
    } catch (const failed&) {
        if (test.value("origin", "") != "keras_test_assertion" || rounded == nullptr) throw;
        run(test, arguments, *rounded);
    }
}

} // namespace

const runners metric_runners = [] {
    runners all;
    for (const metric_programs* some : {&mean_metrics, &confusion_metrics, &class_metrics, &loss_metrics})
        for (const auto& [name, program] : *some) all["metrics." + name.substr(0, name.find(' '))] = run;
    return all;
}();

} // namespace conformance
