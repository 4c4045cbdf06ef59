// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nlohmann/json.hpp>

#include <cmath>
#include <map>
#include <sstream>
#include <stdexcept>
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
extern const runners activation_runners, clipping_runners, compat_v1_loss_runners, loss_runners, metric_runners, optimizer_runners, schedule_runners, tensorflow_runners, weight_runners;

inline double number(const json& j) {
    if (!j.is_string()) return j.is_boolean() ? j.get<bool>() : j.get<double>();
    const std::string text = j.get<std::string>();
    if (text == "NaN") return NAN;
    return text == "-Infinity" ? -INFINITY : INFINITY;
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

inline std::vector<std::size_t> shape(const json& j) {
    std::vector<std::size_t> extents;
    for (const json* at = &j; at->is_array(); at = &at->front()) {
        extents.push_back(at->size());
        if (at->empty()) break;
    }
    return extents;
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
