// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdlib>
#include <stdexcept>
#include <string>

namespace ctgrad {

/// What ctgrad throws at run time: sizes that contradict each other, files that are not what they claim.
///
/// It is thrown before anything is changed: after it, every object is as it was before the call. The text of
/// `what()` names what was expected and what was given. Mistakes in a program's maths never get here, they
/// are compile errors.
class error : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// Throws `error`; in a program without exceptions ends it.
[[noreturn, gnu::cold]] inline void fail(const std::string& text) {
#if defined(__cpp_exceptions)
    throw error(text);
#else
    static_cast<void>(text);
    std::abort();
#endif
}

/// Where a constexpr pass cannot go on: no constant expression, so that the compiler stops there.
[[noreturn, gnu::cold]] inline void not_a_constant(const char*) { std::abort(); }

} // namespace ctgrad
