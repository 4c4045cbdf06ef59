// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <cstdio>
#include <string_view>

namespace ctgrad {

/// Where text goes: to a `std::ostream` whose address is given, or to the standard output. (A class of its own, since the headers of
/// streams take longer to compile than all of `model`.)
class text_output {
public:
    constexpr text_output() = default;
    constexpr text_output(std::nullptr_t) {}
    template <class Stream>
        requires requires(Stream& s) {
            s.write("", 0);
            s.flush();
        }
    constexpr text_output(Stream* stream) : to_(stream), write_(stream != nullptr ? &write_to<Stream> : &write_to_standard_output) {}

    /// Writes `text`, and what is still in a buffer.
    void write(std::string_view text) const { write_(to_, text); }

private:
    template <class Stream>
    static void write_to(void* stream, std::string_view text) {
        static_cast<Stream*>(stream)->write(text.data(), static_cast<std::ptrdiff_t>(text.size()));
        static_cast<Stream*>(stream)->flush();
    }
    static void write_to_standard_output(void*, std::string_view text) {
        std::fwrite(text.data(), 1, text.size(), stdout);
        std::fflush(stdout);
    }

    void* to_ = nullptr;
    void (*write_)(void*, std::string_view) = &write_to_standard_output;
};

} // namespace ctgrad
