// SPDX-License-Identifier: BSL-1.0
#include "formula.hpp"

#include <array>

namespace ct = ctgrad;
using namespace ct::literals;

namespace conformance {

namespace {

constexpr auto N = ct::dim<"N">;
constexpr auto M = ct::dim<"M">;
constexpr auto x = ct::placeholder<"x", double, N>;
constexpr auto y = ct::placeholder<"y", double, N>;
constexpr auto slope = ct::scalar<"slope", double>;

template <class Tensor>
std::vector<double> list_of(const Tensor& t) {
    return {t.begin(), t.end()};
}

/// The gradient of the sum of `f(x)`.
template <class F>
std::vector<double> gradient_of(F, const std::vector<double>& data) {
    constexpr auto sum = ct::reduce_sum(F{}(x)); // the gradient alone may not read x
    return list_of(std::get<1>(ct::function{sum, ct::gradient(sum, x)[x]}(x = data)));
}
template <const auto& F>
void of_each(const json& test) {
    compare(gradient_of([](auto v) { return F(v); }, numbers(test["inputs"]["x"])), test["expected"], test);
}

void leaky(const json& test) {
    constexpr auto sum = ct::reduce_sum(ct::leaky_relu(x, ct::negative_slope = slope));
    const ct::function f{ct::gradient(sum, x)[x]};
    compare(list_of(f(x = numbers(test["inputs"]["x"]), slope = test["kwargs"].value("alpha", 0.2))), test["expected"], test);
}

void clipped(const json& test) {
    constexpr auto low = ct::scalar<"low", double>;
    constexpr auto high = ct::scalar<"high", double>;
    constexpr auto sum = ct::reduce_sum(ct::clip_by_value(x, low, high));
    const ct::function f{ct::gradient(sum, x)[x]};
    compare(list_of(f(x = numbers(test["inputs"]["x"]), low = number(test["kwargs"]["clip_value_min"]),
                      high = number(test["kwargs"]["clip_value_max"]))),
            test["expected"], test);
}

void huber(const json& test) {
    const std::vector<double> errors = numbers(test["inputs"]["e=pred-label"]), labels(errors.size());
    constexpr auto sum = ct::reduce_sum(ct::huber(ct::expand_dims(y, ct::axis<1>), ct::expand_dims(x, ct::axis<1>), ct::delta = slope));
    const ct::function f{ct::gradient(sum, x)[x]};
    compare(list_of(f(x = errors, y = labels, slope = test["kwargs"].value("delta", 1.0))), test["expected"], test);
}

template <const auto& F>
void of_both(const json& test) {
    const std::vector<double> first = numbers(test["inputs"]["x"]), second = numbers(test["inputs"]["y"]);
    constexpr auto gradients = ct::gradient(ct::reduce_sum(F(x, y)), x, y);
    const auto [value, dx, dy] = ct::function{F(x, y), gradients[x], gradients[y]}(x = first, y = second);
    compare(list_of(dx), test["expected"]["dx"], test, "dx");
    compare(list_of(dy), test["expected"]["dy"], test, "dy");
    if (test["expected"].contains("value")) compare(list_of(value), test["expected"]["value"], test);
}

void of_choice(const json& test) {
    constexpr auto positive = ct::placeholder<"c", double, N>;
    constexpr auto sum = ct::reduce_sum(ct::where(positive > 0_c, x, y));
    constexpr auto gradients = ct::gradient(sum, x, y);
    const auto [value, dx, dy] = ct::function{sum, gradients[x], gradients[y]}(
        positive = numbers(test["inputs"]["c"]), x = numbers(test["inputs"]["x"]), y = numbers(test["inputs"]["y"]));
    compare(list_of(dx), test["expected"]["dx"], test, "dx");
    compare(list_of(dy), test["expected"]["dy"], test, "dy");
}

void of_broadcast_sum(const json& test) {
    constexpr auto column = ct::placeholder<"column", double, N, M>;
    constexpr auto bias = ct::variable<"bias", double, 1, 1>;
    const std::vector<double> shape_of_x = numbers(test["inputs"]["x_shape"]);
    if (shape(test["expected"]["db"]) != std::vector<std::size_t>{1, 1} || shape_of_x.size() != 2)
        throw skipped("shapes other than [N,M] and [1,1]");
    const std::vector<double> ones(static_cast<std::size_t>(shape_of_x[0] * shape_of_x[1]), 1.0);
    constexpr auto sum = ct::reduce_sum(column + bias);
    const auto [value, slope_of_bias] = ct::function{sum, ct::gradient(sum, bias)[bias]}(
        column = ct::view(ones.data(), static_cast<std::size_t>(shape_of_x[0]), static_cast<std::size_t>(shape_of_x[1])),
        bias = std::array{0.0});
    compare(list_of(slope_of_bias), test["expected"]["db"], test);
}

void sparse_cross_entropy(const json& test) {
    constexpr auto scores = ct::placeholder<"scores", double, N, M>;
    constexpr auto labels = ct::placeholder<"labels", std::int32_t, N>;
    const std::vector<double> data = numbers(test["inputs"]["logits"]), exact = numbers(test["inputs"]["labels"]);
    const std::vector<std::int32_t> numbers_of_classes(exact.begin(), exact.end());
    const ct::function f{ct::sparse_softmax_cross_entropy_with_logits(labels, scores)};
    json rounded = test;
    if (!test.contains("tolerance")) rounded["tolerance"] = {{"atol", 1e-7}, {"rtol", 1e-6}}; // a docstring's digits
    compare(list_of(f(scores = ct::view(data.data(), exact.size(), data.size() / exact.size()), labels = numbers_of_classes)),
            test["expected"], rounded);
}

/// Rows of more classes than are asked for, the rest cut off.
void one_hot(const json& test) {
    constexpr int most = 16;
    constexpr auto labels = ct::placeholder<"labels", std::int32_t, N>;
    const json &indices = test["inputs"]["indices"], &how = test["kwargs"];
    const auto depth = how["depth"].get<std::size_t>();
    if (shape(indices).size() != 1 || depth > most) throw skipped("indices of another rank than 1, or more than 16 classes");
    const std::vector<double> exact = numbers(indices);
    const std::vector<std::int32_t> classes(exact.begin(), exact.end());
    const double on = how.value("on_value", 1.0), off = how.value("off_value", 0.0);
    constexpr auto on_value = ct::scalar<"on", double>;
    constexpr auto off_value = ct::scalar<"off", double>;
    constexpr auto rows = ct::one_hot<double>(labels, ct::depth<most>);
    const std::vector<double> all =
        list_of(ct::function{ct::where(rows > 0_c, on_value, off_value)}(labels = classes, on_value = on, off_value = off));
    std::vector<double> got(exact.size() * depth);
    for (std::size_t i = 0; i < exact.size(); ++i)
        for (std::size_t c = 0; c < depth; ++c) got[how.value("axis", -1) == 0 ? c * exact.size() + i : i * depth + c] = all[i * most + c];
    compare(got, test["expected"], test);
}

/// With b = 2a and y = a + b: of y to a and b, b being a constant or not.
void stopped_gradients(const json& test) {
    const json& inputs = test["inputs"];
    if (test["expected"].contains("zero"))
        throw skipped("of what does not depend on it: a compile error here, loss_must_depend_on_variable");
    if (inputs.value("b", "") != "2*a" || inputs.value("y", "") != "a+b" || !inputs["a"].is_number()) throw skipped("another program");
    constexpr auto a = ct::variable<"a", double>;
    constexpr auto b = ct::variable<"b", double>;
    constexpr auto partial = ct::gradient(a + b, a, b);
    const auto [sum, da, db] = ct::function{a + b, partial[a], partial[b]}(a = number(inputs["a"]), b = 2 * number(inputs["a"]));
    compare({da, db}, test["expected"]["partial"], test, "partial");
    constexpr auto unstopped = a + 2_c * a;
    const auto [same, whole] = ct::function{unstopped, ct::gradient(unstopped, a)[a]}(a = number(inputs["a"]));
    compare({whole, db}, test["expected"]["total_without_stop"], test, "total");
}

/// Forward over reverse is the gradient of the gradient along the tangent.
void hessian_vector_product(const json& test) {
    if (test["inputs"].value("f", "") != "reduce_sum(v**3)") throw skipped("another function");
    constexpr auto tangent = y;
    constexpr auto slopes = ct::gradient(ct::reduce_sum(ct::pow(x, 3_c)), x)[x];
    constexpr auto product = ct::gradient(ct::reduce_sum(slopes * tangent), x)[x];
    const std::vector<double> v = numbers(test["inputs"]["v"]);
    compare(list_of(ct::function{slopes}(x = v)), test["expected"]["gradient"], test, "gradient");
    compare(list_of(ct::function{product}(x = v, tangent = numbers(test["inputs"]["tangent"]))), test["expected"]["hvp"], test, "product");
}

void own_gradient(const json& test) {
    if (test["inputs"].value("f", "") != "log(1+exp(x))") throw skipped("another function");
    compare(gradient_of([](auto v) { return ct::softplus(v); }, numbers(test["inputs"]["x"])), test["expected"]["grad_custom"], test);
}

/// The losses of the documents' loops, by their formula.
struct squared_error {
    static constexpr auto of(auto prediction, auto truth) { return ct::reduce_mean(ct::square(prediction - truth)); }
};
struct huber_error {
    static constexpr auto of(auto prediction, auto truth) {
        const auto e = ct::abs(prediction - truth);
        return ct::reduce_mean(ct::where(e <= 1_c, 0.5_c * ct::square(e), e - 0.5_c));
    }
};

template <bool Intercept>
constexpr auto line_through(auto product, auto b) {
    if constexpr (Intercept)
        return product + b;
    else
        return product;
}

/// A line fitted by gradient descent, with or without an intercept.
template <class T, class Loss, bool Intercept>
void fit_line(const json& test) {
    constexpr auto inputs = ct::placeholder<"inputs", T, N, 1>;
    constexpr auto targets = ct::placeholder<"targets", T, N, 1>;
    constexpr auto W = ct::variable<"W", T, 1, 1>;
    constexpr auto b = ct::variable<"b", T, 1>;
    constexpr auto rate = ct::scalar<"rate", double>;
    constexpr auto line = line_through<Intercept>(ct::matmul(inputs, W), b);
    ct::trainer train{ct::minimize(Loss::of(line, targets), ct::gradient_descent(rate))};
    train[W].begin()[0] = static_cast<T>(numbers(test["inputs"]["W0"]).at(0));
    if constexpr (Intercept) train[b].begin()[0] = static_cast<T>(numbers(test["inputs"]["b0"]).at(0));
    const std::vector<double> exact_x = numbers(test["inputs"]["x"]), exact_y = numbers(test["inputs"]["y"]);
    if (exact_x.size() != exact_y.size() || !test["expected"].is_array()) throw skipped("data of two sizes, or no list of epochs");
    const std::vector<T> data(exact_x.begin(), exact_x.end()), truth(exact_y.begin(), exact_y.end());
    json rounded = test;
    if (std::is_same_v<T, float> && !test.contains("tolerance")) rounded["tolerance"] = {{"atol", 1e-6}, {"rtol", 1e-5}};
    std::size_t next = 0;
    for (int epoch = 0; next < test["expected"].size(); ++epoch) {
        const double loss = train(inputs = ct::view(data.data(), data.size(), 1), targets = ct::view(truth.data(), truth.size(), 1),
                                  rate = number(test["kwargs"]["learning_rate"]));
        if (epoch > 100000) throw skipped("an epoch that never comes");
        const json& wanted = test["expected"][next];
        if (wanted["epoch"] != epoch) continue;
        ++next;
        compare({loss}, wanted["loss_before_update"], rounded, "loss");
        compare({train[W].begin()[0]}, wanted["W_after_update"], rounded, "W");
        if constexpr (Intercept) compare({train[b].begin()[0]}, wanted["b_after_update"], rounded, "b");
    }
}

template <class T, class Loss>
void fit_line(const json& test) {
    return test["inputs"].contains("b0") ? fit_line<T, Loss, true>(test) : fit_line<T, Loss, false>(test);
}
template <class Loss>
void fit_line(const json& test) {
    return test["kwargs"]["dtype"] == "float32" ? fit_line<float, Loss>(test) : fit_line<double, Loss>(test);
}
void train_loop(const json& test) {
    const std::string loss = test["kwargs"]["loss"];
    if (test["kwargs"]["optimizer"] != "SGD") throw skipped("another optimizer");
    if (loss == "reduce_mean(square(y_pred-y_true))") return fit_line<squared_error>(test);
    if (loss == "reduce_mean(where(|e|<=1, e^2/2, |e|-1/2))") return fit_line<huber_error>(test);
    throw skipped("another loss");
}

} // namespace

const runners tensorflow_runners{
    {"ForwardAccumulator+GradientTape", hessian_vector_product},
    {"grad reduce_sum(x[4,1]+b[1,1])", of_broadcast_sum},
    {"grad tf.abs", of_each<ct::abs>},
    {"grad tf.clip_by_value", clipped},
    {"grad tf.compat.v1.losses.huber_loss (elementwise)", huber},
    {"grad tf.maximum(x,y)", of_both<ct::maximum>},
    {"grad tf.minimum(x,y)", of_both<ct::minimum>},
    {"grad tf.nn.elu", of_each<ct::elu>},
    {"grad tf.nn.leaky_relu", leaky},
    {"grad tf.nn.relu", of_each<ct::relu>},
    {"grad tf.nn.relu6", of_each<ct::relu6>},
    {"grad tf.nn.selu", of_each<ct::selu>},
    {"grad tf.nn.softplus", of_each<ct::softplus>},
    {"grad tf.reduce_max", of_each<ct::reduce_max>},
    {"grad tf.reduce_mean", of_each<ct::reduce_mean>},
    {"grad tf.reduce_min", of_each<ct::reduce_min>},
    {"grad tf.reduce_prod", of_each<ct::reduce_prod>},
    {"grad tf.reduce_sum", of_each<ct::reduce_sum>},
    {"grad tf.sign", of_each<ct::sign>},
    {"grad tf.sqrt", of_each<ct::sqrt>},
    {"grad tf.square", of_each<ct::square>},
    {"grad tf.where(c,x,y)", of_choice},
    {"tf.custom_gradient", own_gradient},
    {"tf.gradients", stopped_gradients},
    {"tf.math.xlogy", of_both<ct::xlogy>},
    {"tf.nn.sparse_softmax_cross_entropy_with_logits", sparse_cross_entropy},
    {"tf.one_hot", one_hot},
    {"train_loop", train_loop},
};

} // namespace conformance
