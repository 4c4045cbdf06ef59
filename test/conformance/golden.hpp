// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <stdexcept>

namespace conformance {
/// A file may lack what a case needs: that is said, and no assertion.
[[noreturn]] inline void something_is_missing(const char* what) { throw std::out_of_range(what); }
} // namespace conformance
#define JSON_ASSERT(right) ((right) ? void() : conformance::something_is_missing("what it needs is missing: " #right))
#include <nlohmann/json.hpp>

#include <cmath>
#include <map>
#include <sstream>
#include <string>
#include <vector>

/// Golden cases: a function's name, its arguments, and what it must give.
namespace conformance {

using nlohmann::json;

/// Thrown by a case that needs what there is not.
struct skipped : std::runtime_error {
    using std::runtime_error::runtime_error;
};
/// Thrown by a case with wrong numbers.
struct failed : std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// The cases of a function run one by one, whatever their arguments are.
using runner = void (*)(const json& test);
using runners = std::map<std::string, runner>;
extern const runners activation_runners, clipping_runners, compat_v1_loss_runners, loss_runners, metric_runners, optimizer_runners,
    schedule_runners, tensorflow_runners, weight_runners;

inline double number(const json& j) {
    if (!j.is_string()) return j.is_boolean() ? j.get<bool>() : j.get<double>();
    const std::string text = j.get<std::string>();
    if (text == "NaN") return NAN;
    if (text == "Infinity") return INFINITY;
    if (text == "-Infinity") return -INFINITY;
    throw skipped("\"" + text + "\" is no number");
}

/// The numbers of nested lists in their order; nulls are none.
inline void append_numbers(const json& j, std::vector<double>& to) {
    if (j.is_null()) return;
    if (!j.is_array()) return to.push_back(number(j));
    for (const json& each : j) append_numbers(each, to);
}
inline std::vector<double> numbers(const json& j) {
    std::vector<double> all;
    append_numbers(j, all);
    return all;
}

/// The extents of nested lists; skips the case if lists side by side differ in them, or are empty.
inline std::vector<std::size_t> shape(const json& j) {
    if (!j.is_array()) return {};
    if (j.empty()) throw skipped("an empty list");
    const std::vector<std::size_t> rest = shape(j.front());
    for (const json& each : j)
        if (shape(each) != rest) throw skipped("a list whose rows differ");
    std::vector<std::size_t> extents{j.size()};
    extents.insert(extents.end(), rest.begin(), rest.end());
    return extents;
}
/// Skips a case that is not of the form: keyword arguments and inputs are objects, lists have no null beside numbers.
inline void check_lists(const json& j) {
    if (!j.is_structured()) return;
    bool nulls = false, numbers = false;
    for (const json& each : j) {
        check_lists(each);
        nulls = nulls || each.is_null();
        numbers = numbers || each.is_number();
    }
    if (j.is_array() && nulls && numbers) throw skipped("a list with a null");
}
inline void check_form(const json& test) {
    for (const char* object : {"kwargs", "inputs", "tolerance"})
        if (test.contains(object) && !test[object].is_object()) throw skipped(std::string("its ") + object + " are no object");
    if (test.contains("inputs")) check_lists(test["inputs"]);
}

inline bool given(const json& arguments, const std::string& name) { return arguments.contains(name) && !arguments[name].is_null(); }

/// Compares at the tolerance of the case; without one, to ten digits.
inline void compare(const std::vector<double>& got, const json& expected, const json& test, const std::string& what = {}) {
    const std::vector<double> wanted = numbers(expected);
    const json tolerance = test.value("tolerance", json::object());
    const bool decimals = tolerance.contains("decimal"); // numpy's assert_almost_equal
    const double absolute = decimals ? 1.5 * std::pow(10, -tolerance["decimal"].get<double>()) : tolerance.value("atol", 1e-10);
    const double relative = decimals ? 0 : tolerance.value("rtol", 1e-10);
    std::ostringstream text;
    text.precision(12);
    if (got.size() != wanted.size()) text << what << ": " << got.size() << " numbers instead of " << wanted.size();
    for (std::size_t i = 0; i < got.size() && text.str().empty(); ++i) {
        if (std::isnan(wanted[i]) ? std::isnan(got[i]) : got[i] == wanted[i]) continue;
        if (!(std::abs(got[i] - wanted[i]) <= absolute + relative * std::abs(wanted[i])))
            text << what << " number " << i << " is " << got[i] << " instead of " << wanted[i];
    }
    if (!text.str().empty()) throw failed(text.str());
}

} // namespace conformance
