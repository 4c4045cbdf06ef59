// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "formula.hpp"

/// What the formula of a metric's result is given, out of the arguments of a case.
namespace conformance {

/// @tparam Has options of which there may be none, but there are some: they choose the program.
template <class... Has>
struct fed_options {
    const json& arguments;

    template <class Option>
    static constexpr bool has(Option) {
        return (std::is_same_v<Option, Has> || ...);
    }
    template <class Option>
    double value(Option) const {
        return number(arguments.at(std::string(Option::name.view())));
    }
    std::vector<double> value(ctgrad::label_weights_t) const { return numbers(arguments.at("label_weights")); }
    std::vector<double> value(ctgrad::target_class_ids_t) const { return numbers(arguments.at("target_class_ids")); }

    ctgrad::averaging value(ctgrad::average_t) const { return chosen_word<ctgrad::averaging>("average", {"micro", "macro", "weighted"}); }
    ctgrad::aggregation value(ctgrad::class_aggregation_t) const {
        return chosen_word<ctgrad::aggregation>("class_aggregation", {"uniform_average", "variance_weighted_average"});
    }
    ctgrad::curve_kind value(ctgrad::curve_t) const { return chosen_word<ctgrad::curve_kind>("curve", {"roc", "pr", "prgain"}); }
    ctgrad::summation value(ctgrad::summation_method_t) const {
        return chosen_word<ctgrad::summation>("summation_method", {"interpolation", "minoring", "majoring"});
    }

private:
    /// The first word is the default.
    template <class Word>
    Word chosen_word(const char* option, std::initializer_list<std::string_view> words) const {
        std::string asked = arguments.value(option, std::string(*words.begin()));
        for (char& c : asked) c = static_cast<char>(std::tolower(c));
        for (std::size_t i = 0; i < words.size(); ++i)
            if (words.begin()[i] == asked) return static_cast<Word>(i);
        throw skipped(std::string(option).append(" ").append(asked));
    }
};

} // namespace conformance
