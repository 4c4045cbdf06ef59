// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/expr/options.hpp>

namespace ctgrad {

/// One of the values of an enumeration, as the value of an option: `curve = pr`.
template <auto Value>
struct word {
    static constexpr auto value = Value;
};

/// An option that takes words of `Enumeration`.
template <class Self, fixed_string Name, class Enumeration>
struct word_option {
    static constexpr fixed_string name = Name;

    template <Enumeration Value>
    constexpr chosen<Self, word<Value>> operator=(word<Value>) const {
        return {};
    }
};

} // namespace ctgrad
