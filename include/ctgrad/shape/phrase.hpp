// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/core/display.hpp>
#include <ctgrad/core/dtype.hpp>
#include <ctgrad/shape/tensor_shape.hpp>

namespace ctgrad {

/// As `[N,10]`, for an error.
constexpr phrase phrase_of(const tensor_shape& s) {
    phrase text("[");
    for (int i = 0; i < s.rank; ++i) {
        if (i) text << ",";
        if (s[i].is_static())
            text << s[i].extent;
        else
            text << s[i].name->text;
    }
    return text << "]";
}

/// As `float32[N,10]`, for an error.
constexpr phrase phrase_of(dtype t, const tensor_shape& s) { return phrase(name_of(t)) << phrase_of(s); }

} // namespace ctgrad
