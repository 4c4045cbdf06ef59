// SPDX-License-Identifier: BSL-1.0
#include "losses.hpp"
#include "weighted_losses.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace conformance {

namespace {

struct tensor {
    std::vector<double> data;
    std::vector<std::size_t> extents;

    std::size_t rank() const { return extents.size(); }
};

tensor tensor_of(const json& j) { return {numbers(j), shape(j)}; }

std::size_t product(const std::vector<std::size_t>& extents, std::size_t from, std::size_t to) {
    std::size_t n = 1;
    for (std::size_t i = from; i < to; ++i) n *= extents[i];
    return n;
}

/// What Keras does where ranks differ by one and the last axis of the larger is 1.
void bring_to_one_rank(tensor& a, tensor& b) {
    for (auto [small, large] : {std::pair(&a, &b), std::pair(&b, &a)}) {
        if (small->rank() + 1 != large->rank() || large->extents.back() != 1) continue;
        if (small->rank() == 1)
            small->extents.push_back(1);
        else
            large->extents.pop_back();
        return;
    }
}

/// The elements of a tensor of extents `to`, by its axes in the order `axes`: where each is found among those of `from`, which is
/// repeated to fill `to`.
std::vector<std::size_t> places(const std::vector<std::size_t>& from, const std::vector<std::size_t>& to,
                                const std::vector<std::size_t>& axes) {
    if (from.size() > to.size()) throw skipped("shapes that do not broadcast");
    const std::size_t lead = to.size() - from.size();
    std::vector<std::size_t> stride(to.size());
    for (std::size_t k = from.size(), step = 1; k-- > 0; step *= from[k]) {
        if (from[k] != 1 && from[k] != to[k + lead]) throw skipped("shapes that do not broadcast");
        stride[k + lead] = from[k] == 1 ? 0 : step;
    }
    std::vector<std::size_t> found(product(to, 0, to.size()));
    for (std::size_t i = 0; i < found.size(); ++i)
        for (std::size_t k = axes.size(), rest = i; k-- > 0; rest /= to[axes[k]]) found[i] += rest % to[axes[k]] * stride[axes[k]];
    return found;
}

std::vector<double> picked(const std::vector<double>& data, const std::vector<std::size_t>& at) {
    std::vector<double> out;
    for (std::size_t i : at) out.push_back(data.at(i));
    return out;
}

std::vector<std::size_t> counted(std::size_t n) {
    std::vector<std::size_t> all(n);
    std::iota(all.begin(), all.end(), std::size_t{0});
    return all;
}

/// Axes that a loss reads, as it is asked; none is all.
std::vector<std::size_t> axes_of(const std::string& name, json& arguments, std::size_t rank) {
    const bool over_all = name == "Dice" || name == "Tversky";
    json asked = arguments.contains("axis") ? arguments["axis"] : over_all ? json() : json(-1);
    arguments.erase("axis");
    if (name == "ExampleLoss") return {};
    if (asked.is_null()) return counted(rank);
    std::vector<std::size_t> axes;
    for (double a : numbers(asked)) axes.push_back(static_cast<std::size_t>(a < 0 ? a + static_cast<double>(rank) : a));
    std::sort(axes.begin(), axes.end());
    if (axes.empty() || axes.back() >= rank) throw skipped("axes out of range");
    return axes;
}

/// Data in a layout, and the way back.
struct arranged {
    loss_problem data;
    layout as;
    std::vector<std::size_t> order;         ///< Where each element of the prediction was.
    std::vector<std::size_t> value_extents; ///< Of the values of the loss.
};

arranged arrange(const std::string& name, json arguments, tensor t, tensor p, bool has_labels) {
    if (p.rank() == 0) throw skipped("a prediction without axes");
    if (has_labels && t.rank() == p.rank() && t.extents.back() == 1) t.extents.pop_back();
    if (!has_labels) bring_to_one_rank(t, p);
    const std::vector<std::size_t> axes = axes_of(name, arguments, p.rank());
    std::vector<std::size_t> kept, order = counted(p.rank());
    std::remove_copy_if(order.begin(), order.end(), std::back_inserter(kept),
                        [&](std::size_t k) { return std::count(axes.begin(), axes.end(), k) != 0; });
    arranged out{{arguments, {}, {}, 1, 1, 1}, layout::last, {}, {}};
    for (std::size_t k : kept) out.value_extents.push_back(p.extents[k]);
    const bool adjacent = axes.empty() || axes.back() - axes.front() + 1 == axes.size();
    if (has_labels || !adjacent) {
        order = kept;
        order.insert(order.end(), axes.begin(), axes.end());
    }
    const std::size_t rows_end = has_labels || !adjacent || axes.empty() ? kept.size() : axes.front();
    for (std::size_t k = 0; k < order.size(); ++k)
        (k < rows_end ? out.data.rows : k < rows_end + axes.size() ? out.data.classes : out.data.columns) *= p.extents[order[k]];
    out.order = places(p.extents, p.extents, order);
    out.data.prediction = picked(p.data, out.order);
    out.data.truth = has_labels ? t.data : picked(t.data, places(t.extents, p.extents, order));
    out.as = has_labels                                                ? layout::labels
             : kept.empty() && axes.size() == p.rank() && p.rank() > 1 ? layout::all
             : out.data.columns > 1                                    ? layout::middle
                                                                       : layout::last;
    if (out.data.truth.size() != (has_labels ? out.data.rows : out.data.prediction.size()))
        throw skipped("truth and prediction of two sizes");
    if (out.as == layout::all) out.data.rows = out.data.prediction.size();
    return out;
}

const loss_program& program_of(const std::string& name, json& arguments, layout as) {
    std::string flags;
    for (const char* flag : {"apply_class_balancing", "from_logits", "ignore_class"})
        if (given(arguments, flag) && arguments[flag] != json(false)) flags.append(flag).append(" ");
    if (!arguments.value("remove_diagonal", true)) flags.append("keep_diagonal ");
    if (given(arguments, "ref_labels")) flags.append("ref_embeddings ");
    for (const char* flag : {"apply_class_balancing", "from_logits", "remove_diagonal"}) arguments.erase(flag);
    for (const loss_programs* some : {&regression_losses, &binary_losses, &categorical_losses})
        if (const auto found = some->find({name, as, flags}); found != some->end()) return found->second;
    throw skipped("no program for " + (flags.empty() ? "this axis" : flags + "along this axis"));
}

/// Which values count.
std::vector<double> valid_values(const std::string& name, const json& arguments, const std::vector<double>& truth,
                                 const std::vector<double>& values) {
    std::vector<double> valid(values.size(), 1);
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (given(arguments, "ignore_class")) valid[i] = truth[i] != number(arguments["ignore_class"]);
        if (name == "Circle") valid[i] = values[i] > 0;
    }
    return valid;
}

/// `mean_squared_error` as `MeanSquaredError`.
std::string class_name(const std::string& function) {
    if (function == "kl_divergence") return "KLDivergence";
    std::string name;
    for (bool large = true; char c : function) {
        if (c != '_') name.push_back(large ? static_cast<char>(std::toupper(c)) : c);
        large = c == '_';
    }
    return name;
}

json arguments_of(const json& test) {
    json all = test["kwargs"];
    for (const auto& [name, value] : test["inputs"].items())
        if (name != "y_true" && name != "y_pred" && name != "sample_weight") all[name] = value;
    return all;
}

/// Compares derivatives to central differences. At a kink these are the mean of the slopes on both sides: there our own must be
/// the same, and the derivative one of the sides.
void compare_slopes(const arranged& of, std::vector<double> slope, json test, auto total) {
    constexpr double h = 1e-6, tolerance = 1e-6;
    const std::vector<double> wanted = numbers(test["grad_y_pred_fd"]);
    std::vector<double> in_place(slope.size());
    for (std::size_t i = 0; i < slope.size(); ++i) {
        double& got = in_place[of.order[i]] = slope[i];
        const double mean = wanted.at(of.order[i]);
        if (std::abs(got - mean) <= tolerance * (1 + std::abs(mean))) continue;
        const auto at = [&](double by) {
            loss_problem moved = of.data;
            moved.prediction[i] += by;
            return total(moved);
        };
        const double before = (at(0) - at(-h)) / h, after = (at(h) - at(0)) / h;
        const bool one_side = std::min(std::abs(got - before), std::abs(got - after)) <= 1e-5 * (1 + std::abs(got));
        if (one_side && std::abs((before + after) / 2 - mean) <= 1e-5 * (1 + std::abs(mean))) got = mean;
    }
    test["tolerance"] = {{"atol", tolerance}, {"rtol", tolerance}};
    compare(in_place, test["grad_y_pred_fd"], test, "derivative");
}

void run(const json& test) {
    std::string name = test["function"].get<std::string>().substr(7); // without "losses."
    json arguments = arguments_of(test);
    if (std::islower(name[0])) {
        name = class_name(name);
        arguments["reduction"] = nullptr;
    }
    std::string reduction = arguments.contains("reduction")
                                ? arguments["reduction"].is_null() ? "none" : arguments["reduction"].get<std::string>()
                                : "sum_over_batch_size";
    arguments.erase("reduction");
    const bool has_labels = name == "SparseCategoricalCrossentropy" || name == "CategoricalGeneralizedCrossEntropy" || name == "Circle";
    arranged of = arrange(name, arguments, tensor_of(test["inputs"]["y_true"]), tensor_of(test["inputs"]["y_pred"]), has_labels);
    const loss_program& program = program_of(test.value("float32_only", false) ? name + " of floats" : name, of.data.arguments, of.as);
    tensor values{{}, of.value_extents};
    if (values.rank() == 0) reduction = "none"; // what is one number stays as it is
    const std::size_t count = product(values.extents, 0, values.rank());
    values.data = program(of.data, std::vector<double>(count)).values;

    std::vector<double> weights;
    double repeated = 1; // Keras divides by the sum of weights before they are repeated
    if (given(test["inputs"], "sample_weight")) {
        tensor w = tensor_of(test["inputs"]["sample_weight"]);
        bring_to_one_rank(values, w);
        weights = picked(w.data, places(w.extents, values.extents, counted(values.rank())));
        if (reduction == "mean_with_sample_weight") repeated = static_cast<double>(weights.size()) / static_cast<double>(w.data.size());
    }
    const auto total = [&](const std::vector<double>& of_examples) {
        weighted_loss out = reduced(reduction, of_examples, weights, valid_values(name, arguments, of.data.truth, of_examples));
        for (double& each : out.value) each *= repeated;
        for (double& each : out.slope) each *= repeated;
        return out;
    };
    const weighted_loss found = total(values.data);
    compare(found.value, test["expected"], test);
    if (test.contains("grad_y_pred_fd"))
        compare_slopes(of, program(of.data, found.slope).slope, test,
                       [&](const loss_problem& moved) { return total(program(moved, found.slope).values).value[0]; });
}

} // namespace

const runners loss_runners = [] {
    runners all{{"losses.CTC", run_ctc}, {"losses.ctc", run_ctc}};
    for (const char* name : {"BinaryCrossentropy",
                             "BinaryFocalCrossentropy",
                             "CategoricalCrossentropy",
                             "CategoricalFocalCrossentropy",
                             "CategoricalGeneralizedCrossEntropy",
                             "CategoricalHinge",
                             "Circle",
                             "CosineSimilarity",
                             "Dice",
                             "ExampleLoss",
                             "Hinge",
                             "Huber",
                             "KLDivergence",
                             "LogCosh",
                             "MeanAbsoluteError",
                             "MeanAbsolutePercentageError",
                             "MeanSquaredError",
                             "MeanSquaredLogarithmicError",
                             "Poisson",
                             "SparseCategoricalCrossentropy",
                             "SquaredHinge",
                             "Tversky",
                             "binary_crossentropy",
                             "binary_focal_crossentropy",
                             "categorical_crossentropy",
                             "categorical_focal_crossentropy",
                             "categorical_generalized_cross_entropy",
                             "categorical_hinge",
                             "circle",
                             "cosine_similarity",
                             "dice",
                             "hinge",
                             "huber",
                             "kl_divergence",
                             "log_cosh",
                             "mean_absolute_error",
                             "mean_absolute_percentage_error",
                             "mean_squared_error",
                             "mean_squared_logarithmic_error",
                             "poisson",
                             "sparse_categorical_crossentropy",
                             "squared_hinge",
                             "tversky"})
        all[std::string("losses.").append(name)] = run;
    return all;
}();

} // namespace conformance
