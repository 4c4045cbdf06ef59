// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/core/display.hpp>

#include <cstdlib>
#include <stdexcept>
#include <string>
#include <utility>

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

/// What a program without exceptions (`-fno-exceptions`) does where others throw `error`, whose text it is given.
using error_handler = void (*)(const char* text);

namespace detail {
inline error_handler on_error = nullptr;
}

/// Sets the handler of this program, null for none, and returns the one before. It should not return: the program
/// ends if it does, or if there is none. Not to be called while another thread calls the library.
inline error_handler set_error_handler(error_handler handler) { return std::exchange(detail::on_error, handler); }

/// Throws `error`; in a program without exceptions calls the error handler, then ends it.
[[noreturn, gnu::cold]] inline void fail(std::string_view text) {
#if defined(__cpp_exceptions)
    throw error(std::string(text));
#else
    if (detail::on_error != nullptr) detail::on_error(std::string(text).c_str());
    std::abort();
#endif
}

/// The text of an error, for `fail`. Where programs include it, strings put together would be compiled with each of them.
using error_text = bounded_text<500>;

/// Where a constexpr pass cannot go on: no constant expression, so that the compiler stops there.
[[noreturn, gnu::cold]] inline void not_a_constant(const char*) { std::abort(); }

} // namespace ctgrad
