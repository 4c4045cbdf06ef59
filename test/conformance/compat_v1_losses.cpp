// SPDX-License-Identifier: BSL-1.0
#include "formula.hpp"

namespace ct = ctgrad;
namespace v1 = ctgrad::compat_v1::losses;

namespace conformance {

namespace {

using vectors = std::vector<double>;

struct problem {
    json arguments;
    std::size_t rows;
    vectors labels, predictions, weights{};
    bool has_weights = false;
};

constexpr auto N = ct::dim<"N">;
constexpr auto M = ct::dim<"M">;
constexpr auto rows = ct::placeholder<"rows", float, N>;

/// Data of a loss that reads elements, rows, rows with a class number, or whose values are columns.
struct elements {
    static constexpr auto t = ct::placeholder<"t", double, N>;
    static constexpr auto p = ct::placeholder<"p", double, N>;
    static constexpr auto w = ct::placeholder<"w", double, N>;
};
struct in_rows {
    static constexpr auto t = ct::placeholder<"t", double, N, M>;
    static constexpr auto p = ct::placeholder<"p", double, N, M>;
    static constexpr auto w = ct::placeholder<"w", double, N>;
};
struct in_columns : in_rows {
    static constexpr auto w = ct::placeholder<"w", double, N, 1>;
};
struct numbered : in_rows {
    static constexpr auto t = ct::placeholder<"t", std::int32_t, N>;
};

template <class Leaves, class Loss, class Mode, class... Option>
vectors total(Loss loss, Mode mode, const problem& of, pack<Option...>) {
    const auto value = [&](auto e) {
        const vectors row(of.rows);
        const auto found = ct::evaluate(e, rows = row, Leaves::t = of.labels, Leaves::p = of.predictions, Leaves::w = of.weights,
                                        (scalar_of(typename Option::option{}) = value_of(Option{}, of.arguments))...);
        return vectors(found.begin(), found.end());
    };
    if (of.has_weights)
        return value(loss(Leaves::t, Leaves::p, v1::weights = Leaves::w, ct::reduction = mode,
                          (typename Option::option{} = scalar_of(typename Option::option{}))...));
    return value(loss(Leaves::t, Leaves::p, ct::reduction = mode, (typename Option::option{} = scalar_of(typename Option::option{}))...));
}

template <class Leaves, class Loss, class... Option>
vectors total(Loss loss, const problem& of, pack<Option...> options) {
    const std::string reduction =
        given(of.arguments, "reduction") ? of.arguments["reduction"].get<std::string>() : "SUM_BY_NONZERO_WEIGHTS";
    if (reduction == "NONE") return total<Leaves>(loss, ct::none, of, options);
    if (reduction == "SUM") return total<Leaves>(loss, ct::sum, of, options);
    if (reduction == "MEAN") return total<Leaves>(loss, v1::mean, of, options);
    if (reduction == "SUM_OVER_BATCH_SIZE") return total<Leaves>(loss, ct::sum_over_batch_size, of, options);
    if (reduction == "SUM_BY_NONZERO_WEIGHTS" || reduction == "SUM_OVER_NONZERO_WEIGHTS")
        return total<Leaves>(loss, v1::sum_by_nonzero_weights, of, options);
    throw skipped("no reduction " + reduction);
}

template <class Formula>
std::type_identity<Formula> formula_of(v1::loss_function<Formula>);

template <const auto& Loss, class Leaves>
vectors by_function(const problem& of) {
    using formula = typename decltype(formula_of(Loss))::type;
    return total<Leaves>(Loss, of, numeric(formula::defaults));
}

/// `compute_weighted_loss` of values that are the predictions.
vectors of_values(const problem& of) {
    constexpr auto weigh = []<class... Option>(auto, auto p, Option...) {
        using how = ct::settings<Option...>;
        if constexpr (sizeof...(Option) == 2)
            return v1::compute_weighted_loss(p, how::of(v1::weights), how::of(ct::reduction));
        else
            return v1::compute_weighted_loss(p, ct::unset{}, how::of(ct::reduction));
    };
    return total<elements>(weigh, of, pack<>{});
}

using program = vectors (*)(const problem&);
const std::map<std::string, std::pair<program, bool>> programs{
    // With whether it reads rows.
    {"absoluteDifference", {by_function<v1::absolute_difference, elements>, false}},
    {"computeWeightedLoss", {of_values, false}},
    {"cosineDistance", {by_function<v1::cosine_distance, in_columns>, true}},
    {"hingeLoss", {by_function<v1::hinge_loss, elements>, false}},
    {"huberLoss", {by_function<v1::huber_loss, elements>, false}},
    {"logLoss", {by_function<v1::log_loss, elements>, false}},
    {"meanSquaredError", {by_function<v1::mean_squared_error, elements>, false}},
    {"sigmoidCrossEntropy", {by_function<v1::sigmoid_cross_entropy, elements>, false}},
    {"softmaxCrossEntropy", {by_function<v1::softmax_cross_entropy, in_rows>, true}},
    {"sparseSoftmaxCrossEntropy", {by_function<v1::sparse_softmax_cross_entropy, numbered>, true}},
};

/// The first input of one of these names.
json input(const json& test, std::initializer_list<const char*> names) {
    for (const char* name : names)
        if (given(test["inputs"], name)) return test["inputs"][name];
    return {};
}

/// Rows of `extents` along `axis` as the last of two axes.
vectors with_axis_last(const vectors& data, const std::vector<std::size_t>& extents, std::size_t axis) {
    std::size_t after = 1;
    for (std::size_t k = axis + 1; k < extents.size(); ++k) after *= extents[k];
    vectors out;
    for (std::size_t row = 0; row < data.size() / extents[axis]; ++row)
        for (std::size_t c = 0; c < extents[axis]; ++c) out.push_back(data.at((row / after * extents[axis] + c) * after + row % after));
    return out;
}

/// Weights repeated to fill values of some extents.
vectors repeated(const json& weights, const std::vector<std::size_t>& extents) {
    const std::vector<std::size_t> from = shape(weights);
    const vectors data = numbers(weights);
    std::size_t count = 1;
    for (std::size_t e : extents) count *= e;
    if (data.size() == 1 || data.size() == count) return data.size() == 1 ? vectors(count, data[0]) : data;
    if (from.size() != extents.size()) throw skipped("weights of another rank");
    vectors out;
    for (std::size_t i = 0; i < count; ++i) {
        std::size_t at = 0;
        for (std::size_t k = extents.size(), rest = i, step = 1; k-- > 0; rest /= extents[k], step *= from[k])
            at += from[k] == 1 ? 0 : rest % extents[k] * step;
        out.push_back(data.at(at));
    }
    return out;
}

void run(const json& test) {
    const std::string name = test["function"].get<std::string>().substr(11); // without "tf1.losses."
    const auto& [compute, in_rows_only] = programs.at(name);
    const json predictions = input(test, {"predictions", "logits", "losses"}),
               labels = input(test, {"labels", "multiClassLabels", "onehotLabels"});
    std::vector<std::size_t> extents = shape(predictions);
    problem of{test["kwargs"], 0, numbers(labels), numbers(predictions)};
    for (const char* argument : {"axis", "delta", "epsilon", "label_smoothing", "reduction"}) of.arguments.erase(argument);
    for (const auto& [argument, value] : of.arguments.items())
        if (!value.is_null()) throw skipped("no option " + argument);
    of.arguments = test["kwargs"];
    if (extents.empty()) throw skipped("a prediction without axes");
    std::size_t axis = extents.size() - 1;
    if (given(of.arguments, "axis"))
        axis = static_cast<std::size_t>(of.arguments["axis"].get<int>() +
                                        (of.arguments["axis"].get<int>() < 0 ? static_cast<int>(extents.size()) : 0));
    if (axis >= extents.size()) throw skipped("an axis out of range");
    if (!labels.is_null() && of.labels.size() != of.predictions.size() && !in_rows_only) throw skipped("labels of another size");
    if (in_rows_only) {
        of.predictions = with_axis_last(of.predictions, extents, axis);
        if (of.labels.size() == of.predictions.size()) of.labels = with_axis_last(of.labels, extents, axis);
        if (name == "cosineDistance")
            extents[axis] = 1;
        else
            extents.pop_back();
    }
    of.rows = 1;
    for (std::size_t e : extents) of.rows *= e;
    if (labels.is_null()) of.labels.assign(of.predictions.size(), 0);
    const json w = input(test, {"weights"});
    of.has_weights = !w.is_null();
    of.weights = of.has_weights ? repeated(w, extents) : vectors(of.rows, 1);
    compare(compute(of), test["expected"], test);
}

/// The derivative of the Huber loss where it changes.
void huber_slope(const json& test) {
    constexpr auto loss = v1::huber_loss(elements::t, elements::p, ct::delta = scalar_of(ct::delta), ct::reduction = ct::sum);
    const vectors errors = numbers(test["inputs"]["e=pred-label"]);
    const auto slope = ct::evaluate(ct::gradient(loss, elements::p)[elements::p], elements::t = vectors(errors.size()),
                                    elements::p = errors, scalar_of(ct::delta) = test["kwargs"].value("delta", 1.0));
    compare(vectors(slope.begin(), slope.end()), test["expected"], test);
}

void sparse_softmax(const json& test) {
    const vectors labels = numbers(test["inputs"]["labels"]), logits = numbers(test["inputs"]["logits"]);
    const vectors found = [&] {
        const auto values = ct::evaluate(ct::sparse_softmax_cross_entropy_with_logits(numbered::t, numbered::p), numbered::t = labels,
                                         numbered::p = logits);
        return vectors(values.begin(), values.end());
    }();
    json printed = test; // documents print eight digits
    if (!test.contains("tolerance")) printed["tolerance"] = {{"atol", 1e-7}, {"rtol", 1e-7}};
    compare(found, test["expected"], printed);
}

} // namespace

const runners compat_v1_loss_runners = [] {
    runners all{{"grad tf.compat.v1.losses.huber_loss (elementwise)", huber_slope},
                {"tf.nn.sparse_softmax_cross_entropy_with_logits", sparse_softmax}};
    for (const auto& [name, unused] : programs) all["tf1.losses." + name] = run;
    return all;
}();

} // namespace conformance
