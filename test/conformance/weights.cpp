// SPDX-License-Identifier: BSL-1.0
#include "golden.hpp"

#include <ctgrad/ctgrad.hpp>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <span>

// Regularizers, constraints and initializers.

namespace ct = ctgrad;

namespace conformance {

namespace {

constexpr auto A = ct::dim<"A">;
constexpr auto B = ct::dim<"B">;
constexpr auto x = ct::placeholder<"x", double, A>;
constexpr auto matrix = ct::placeholder<"matrix", double, A, B>;
constexpr auto first = ct::scalar<"first", double>;
constexpr auto second = ct::scalar<"second", double>;
constexpr auto third = ct::scalar<"third", double>;

double number_or(const json& arguments, const char* name, double otherwise) {
    return given(arguments, name) ? number(arguments[name]) : otherwise;
}

/// The tensor of a case, whatever it is called.
const json& tensor_of(const json& test) { return test["inputs"].begin().value(); }

void l1(const json& test) {
    const std::vector<double> data = numbers(tensor_of(test));
    ct::function f{ct::l1(first)(x)};
    compare({f(x = data, first = number_or(test["kwargs"], "l1", 0.01))}, test["expected"], test);
}
void l2(const json& test) {
    const std::vector<double> data = numbers(tensor_of(test));
    ct::function f{ct::l2(first)(x)};
    compare({f(x = data, first = number_or(test["kwargs"], "l2", 0.01))}, test["expected"], test);
}
void l1_l2(const json& test) {
    const std::vector<double> data = numbers(tensor_of(test));
    ct::function f{ct::l1_l2(first, second)(x)};
    compare({f(x = data, first = number_or(test["kwargs"], "l1", 0), second = number_or(test["kwargs"], "l2", 0))}, test["expected"], test);
}
void orthogonal(const json& test) {
    const std::vector<double> data = numbers(tensor_of(test));
    const std::vector<std::size_t> extents = shape(tensor_of(test));
    if (extents.size() != 2) throw skipped("not a matrix");
    const double factor = number_or(test["kwargs"], "factor", 0.01);
    const auto view = ct::view(data.data(), extents[0], extents[1]);
    ct::function of_rows{ct::orthogonal_regularizer(first)(matrix)};
    ct::function of_columns{ct::orthogonal_regularizer(first, ct::by_columns)(matrix)};
    const bool by_columns = test["kwargs"].value("mode", "rows") == "columns";
    compare({by_columns ? of_columns(matrix = view, first = factor) : of_rows(matrix = view, first = factor)}, test["expected"], test);
}

/// A tensor as a matrix whose first axis holds the named ones, and back.
struct by_axes {
    std::vector<double> elements;
    std::size_t rows = 1;
    std::vector<std::size_t> place; ///< Of each element of the tensor.

    by_axes(const json& tensor, const json& arguments) : elements(numbers(tensor)), place(elements.size()) {
        const std::vector<std::size_t> extents = shape(tensor);
        std::vector<bool> named(extents.size());
        for (double axis : given(arguments, "axis") ? numbers(arguments["axis"]) : std::vector<double>{0})
            named.at(static_cast<std::size_t>(axis < 0 ? axis + static_cast<double>(extents.size()) : axis)) = true;
        for (std::size_t k = 0; k < extents.size(); ++k)
            if (named[k]) rows *= extents[k];
        const std::vector<double> as_given = elements;
        for (std::size_t i = 0; i < elements.size(); ++i) {
            std::size_t rest = i, row = 0, column = 0, row_step = 1, column_step = 1;
            for (std::size_t k = extents.size(); k-- > 0; rest /= extents[k]) {
                std::size_t& at = named[k] ? row : column;
                std::size_t& step = named[k] ? row_step : column_step;
                at += rest % extents[k] * step;
                step *= extents[k];
            }
            place[i] = row * (elements.size() / rows) + column;
            elements[place[i]] = as_given[i];
        }
    }
    std::vector<double> back(std::span<const double> made) const {
        std::vector<double> tensor;
        for (std::size_t at : place) tensor.push_back(made[at]);
        return tensor;
    }
};

/// Compares what `constraint`, with numbers fed for its options, makes of a tensor.
template <class Constraint, class... Fed>
void constrained(const json& test, Constraint constraint, Fed... options) {
    const by_axes given(tensor_of(test), test["kwargs"]);
    if (given.elements.empty()) return compare({}, test["expected"], test);
    ct::function f{constraint(matrix)};
    const auto made = f(matrix = ct::view(given.elements.data(), given.rows, given.elements.size() / given.rows), options...);
    compare(given.back({made.begin(), made.end()}), test["expected"], test);
}
void max_norm(const json& test) { constrained(test, ct::max_norm(first), first = number_or(test["kwargs"], "max_value", 2)); }
void unit_norm(const json& test) { constrained(test, ct::unit_norm()); }
void non_neg(const json& test) { constrained(test, ct::non_neg()); }
void min_max_norm(const json& test) {
    const json& how = test["kwargs"];
    constrained(test, ct::min_max_norm(first, second, third), first = number_or(how, "min_value", 0),
                second = number_or(how, "max_value", 1), third = number_or(how, "rate", 1));
}

/// What a case says of a kind of random numbers, and 20,000 of them.
void moments(const auto& initializer, const ct::tensor_shape& shape, double said, bool uniform, const json& test, const std::string& what) {
    const double variance = initializer.variance(shape), of_truncated = 0.87962566103423978;
    compare({uniform ? std::sqrt(3 * variance) : std::sqrt(variance) / of_truncated}, said, test, what);
    std::vector<double> drawn(20000);
    initializer.fill(std::span(drawn), shape);
    const double mean = std::accumulate(drawn.begin(), drawn.end(), 0.0) / 20000;
    const double squares = std::inner_product(drawn.begin(), drawn.end(), drawn.begin(), 0.0) / 20000;
    const double largest =
        std::abs(*std::max_element(drawn.begin(), drawn.end(), [](double a, double b) { return std::abs(a) < std::abs(b); }));
    const bool right =
        std::abs(mean) < 0.03 * std::sqrt(variance) && std::abs(squares / variance - 1) < 0.05 && largest <= (uniform ? said : 2 * said);
    if (!right) throw failed(what + ": wrong moments");
}

void variance_scaling(const json& test) {
    ct::tensor_shape shape;
    for (double extent : numbers(test["inputs"]["shape"])) shape.append(static_cast<std::int64_t>(extent));
    for (const auto& [what, said] : test["expected"].items()) {
        if (what == "fan_in")
            compare({ct::fans_of(shape).in}, said, test, what);
        else if (what == "fan_out")
            compare({ct::fans_of(shape).out}, said, test, what);
        else if (what == "glorot_uniform_limit")
            moments(ct::glorot_uniform{}, shape, number(said), true, test, what);
        else if (what == "glorot_normal_stddev_before_truncation")
            moments(ct::glorot_normal{}, shape, number(said), false, test, what);
        else if (what == "he_uniform_limit")
            moments(ct::he_uniform{}, shape, number(said), true, test, what);
        else if (what == "he_normal_stddev_before_truncation")
            moments(ct::he_normal{}, shape, number(said), false, test, what);
        else if (what == "lecun_uniform_limit")
            moments(ct::lecun_uniform{}, shape, number(said), true, test, what);
        else if (what == "lecun_normal_stddev_before_truncation")
            moments(ct::lecun_normal{}, shape, number(said), false, test, what);
        else
            throw skipped("what is meant by " + what);
    }
}

} // namespace

const runners weight_runners{
    {"constraints.MaxNorm", max_norm},
    {"constraints.MinMaxNorm", min_max_norm},
    {"constraints.NonNeg", non_neg},
    {"constraints.UnitNorm", unit_norm},
    {"initializers.VarianceScaling", variance_scaling},
    {"regularizers.L1", l1},
    {"regularizers.L1L2", l1_l2},
    {"regularizers.L2", l2},
    {"regularizers.OrthogonalRegularizer", orthogonal},
};

} // namespace conformance
