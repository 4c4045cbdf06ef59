// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/core/error.hpp>

#include <concepts>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ctgrad {

/// The name of a number that training reports: `"loss"`, a metric (`accuracy`), or `val(accuracy)` of the validation data.
class log_name {
public:
    template <std::convertible_to<std::string_view> Text>
    log_name(const Text& text) : text_(std::string_view(text)) {}
    template <class Metric>
        requires requires(const Metric& m) {
            { m.name } -> std::convertible_to<std::string_view>;
        }
    log_name(const Metric& m) : text_(std::string_view(m.name)) {}
    template <class Function>
        requires requires(const Function& f) {
            { f().name } -> std::convertible_to<std::string_view>;
        }
    log_name(const Function& metric) : text_(std::string_view(metric().name)) {}

    const std::string& text() const { return text_; }

private:
    std::string text_;
};

/// The name of a number of the validation data.
inline log_name val(const log_name& name) { return std::string("val_") + name.text(); }

namespace detail {

/// Values by name, in the order in which they came.
template <class Value>
class named_values {
public:
    const Value* find(std::string_view name) const {
        for (const auto& [known, value] : entries_)
            if (known == name) return &value;
        return nullptr;
    }
    /// The value of that name, a new one if there is none.
    Value& at(std::string_view name) {
        if (const Value* const known = find(name)) return const_cast<Value&>(*known);
        return entries_.emplace_back(std::string(name), Value{}).second;
    }
    /// Throws `ctgrad::error` if nothing has that name.
    const Value& operator[](const log_name& name) const {
        if (const Value* const known = find(name.text())) return *known;
        std::string names;
        for (const auto& entry : entries_) names.append(names.empty() ? "" : ", ").append(entry.first);
        fail(std::string("ctgrad: nothing is called '")
                 .append(name.text())
                 .append("': there are ")
                 .append(names.empty() ? "no numbers" : names));
    }
    auto begin() const { return entries_.begin(); }
    auto end() const { return entries_.end(); }
    bool empty() const { return entries_.empty(); }

private:
    std::vector<std::pair<std::string, Value>> entries_;
};

} // namespace detail

/// What an epoch, or an evaluation, reports: `logs["loss"]`, `logs[accuracy]`, `logs[val(accuracy)]`.
class epoch_logs : public detail::named_values<double> {
public:
    void set(std::string_view name, double value) { at(name) = value; }
};

/// What all epochs of a `fit` reported: `history["loss"][0]` is the loss of the first.
class fit_history : public detail::named_values<std::vector<double>> {
public:
    /// The epochs, from 0.
    std::vector<int> epoch;

    void add(int number, const epoch_logs& logs) {
        epoch.push_back(number);
        for (const auto& [name, value] : logs) at(name).push_back(value);
    }
};

} // namespace ctgrad
