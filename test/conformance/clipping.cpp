// SPDX-License-Identifier: BSL-1.0
#include "clipping.hpp"

#include <ctgrad/ctgrad.hpp>

#include <array>

namespace ct = ctgrad;

namespace conformance {

namespace {

constexpr auto N = ct::dim<"N">;
constexpr auto M = ct::dim<"M">;
constexpr auto x = ct::placeholder<"x", double, N>;
constexpr auto rows = ct::placeholder<"rows", double, N, M>;
constexpr auto low = ct::scalar<"low", double>;
constexpr auto high = ct::scalar<"high", double>;
constexpr auto limit = ct::scalar<"limit", double>;

constexpr auto w = ct::variable<"w", double, 256>;
constexpr auto slope = ct::placeholder<"slope", double, 256>;
constexpr auto grads = ct::gradient(ct::reduce_sum(w * slope), w);

template <int... Axis>
std::vector<double> clipped_rows(const std::vector<double>& data, std::size_t row_count, double norm) {
    std::vector<double> got(data.size());
    constexpr auto clipped = ct::clip_by_norm(rows, limit, ct::axis<Axis...>);
    ct::function{clipped}(rows = ct::view(data.data(), row_count, data.size() / row_count), limit = norm, clipped = got);
    return got;
}

void clip_by_value(const json& test) {
    const json& bounds = test["kwargs"];
    compare(clipped_by_value(numbers(test["inputs"]["t"]), number(bounds["clip_value_min"]), number(bounds["clip_value_max"])),
            test["expected"], test);
}

void clip_by_norm(const json& test) {
    const json& t = test["inputs"]["t"];
    const double norm = number(test["kwargs"]["clip_norm"]);
    const std::vector<double> axes = test["kwargs"].contains("axes") ? numbers(test["kwargs"]["axes"]) : std::vector<double>{};
    const std::vector<std::size_t> extents = shape(t);
    const std::size_t row_count = extents.size() == 2 ? extents[0] : 1;
    if (axes.empty()) return compare(clipped_rows<>(numbers(t), row_count, norm), test["expected"], test);
    if (extents.size() != 2 || axes.size() != 1) throw skipped("axes of another shape than a matrix");
    if (axes[0] == 0 || axes[0] == -2)
        compare(clipped_rows<0>(numbers(t), row_count, norm), test["expected"], test);
    else
        compare(clipped_rows<1>(numbers(t), row_count, norm), test["expected"], test);
}

void clip_by_global_norm(const json& test) {
    compare(clipped_together(numbers(test["inputs"]["value_list"]), number(test["kwargs"]["clip_norm"])), test["expected"], test);
}

void global_norm(const json& test) {
    const std::vector<double> all = numbers(test["inputs"]["value_list"]);
    compare({ct::function{ct::global_norm(x)}(x = all)}, test["expected"], test);
}

void clip_gradients(const json& test) {
    std::vector<std::vector<double>> gradients;
    for (const json& each : test["inputs"]["gradients"]) gradients.push_back(numbers(each));
    gradients = clipped(test["kwargs"], gradients);
    std::vector<double> got;
    for (std::size_t i = 0; i < gradients.size(); ++i)
        if (!given(test["inputs"], "index") || test["inputs"]["index"] == i)
            got.insert(got.end(), gradients[i].begin(), gradients[i].end());
    compare(got, test["expected"], test);
}

} // namespace

/// Gradients as one variable of 256 elements, the others zeros, clipped together.
std::vector<double> clipped_together(std::vector<double> gradients, double norm) {
    const std::size_t count = gradients.size();
    if (count > 256) throw skipped("more than 256 elements");
    gradients.resize(256);
    std::vector<double> got(256);
    constexpr auto clipped = ct::clip_by_global_norm(grads, limit)[w];
    ct::function{clipped}(slope = gradients, limit = norm, clipped = got);
    got.resize(count);
    return got;
}

std::vector<double> clipped_by_value(const std::vector<double>& data, double from, double to) {
    std::vector<double> got(data.size());
    constexpr auto clipped = ct::clip_by_value(x, low, high);
    ct::function{clipped}(x = data, low = from, high = to, clipped = got);
    return got;
}

std::vector<double> clipped_by_norm(const std::vector<double>& data, double norm) { return clipped_rows<>(data, 1, norm); }

std::vector<std::vector<double>> clipped(const json& how, std::vector<std::vector<double>> gradients) {
    if (given(how, "global_clipnorm")) {
        std::vector<double> all;
        for (const std::vector<double>& each : gradients) all.insert(all.end(), each.begin(), each.end());
        all = clipped_together(all, number(how["global_clipnorm"]));
        auto from = all.cbegin();
        for (std::vector<double>& each : gradients)
            for (double& e : each) e = *from++;
    }
    for (std::vector<double>& each : gradients) {
        if (given(how, "clipvalue")) each = clipped_by_value(each, -number(how["clipvalue"]), number(how["clipvalue"]));
        if (given(how, "clipnorm")) each = clipped_by_norm(each, number(how["clipnorm"]));
    }
    return gradients;
}

const runners clipping_runners{
    {"clip_by_global_norm", clip_by_global_norm},  {"global_norm", global_norm},
    {"optimizers.clip_gradients", clip_gradients}, {"tf.clip_by_norm", clip_by_norm},
    {"tf.clip_by_value", clip_by_value},
};

} // namespace conformance
