// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/core/floating_point.hpp>

#include <concepts>
#include <cstddef>
#include <string_view>

namespace ctgrad {

/// A short text that a compiler shows in an error: a shape, a name, an element type. As a template
/// argument it prints as `fact<7>{"[N,10]"}` (GCC 12, Clang 16 and 19). Two alternatives print worse:
/// characters as arguments (`'b', 'a', 't', 'c', 'h'`) and a buffer of fixed size (numbers on Clang).
template <std::size_t Size>
struct fact {
    char letters[Size]{};

    constexpr fact() = default;
    consteval fact(const char (&literal)[Size]) {
        for (std::size_t i = 0; i < Size; ++i) letters[i] = literal[i];
    }

    constexpr operator std::string_view() const { return {letters, Size - 1}; }
};

/// The longest fact that Clang prints whole.
inline constexpr std::size_t longest_fact = 35;

/// Text put together, also in constant evaluation: `phrase("[") << 10 << "]"`. What goes beyond `Longest` letters is
/// dropped and its end becomes "...".
template <std::size_t Longest>
class bounded_text {
public:
    constexpr bounded_text() = default;
    constexpr bounded_text(std::string_view text) { *this << text; }

    constexpr bounded_text& operator<<(std::string_view text) {
        for (char c : text) {
            if (size_ < Longest)
                letters_[size_++] = c;
            else
                for (std::size_t i = Longest - 3; i < Longest; ++i) letters_[i] = '.';
        }
        return *this;
    }
    constexpr bounded_text& operator<<(char letter) { return *this << std::string_view(&letter, 1); }
    constexpr bounded_text& operator<<(std::integral auto number) {
        if (number < 0) *this << "-";
        char digits[20]{};
        std::size_t first = sizeof digits;
        do {
            const int digit = static_cast<int>(number % 10);
            digits[--first] = static_cast<char>('0' + (digit < 0 ? -digit : digit));
            number = static_cast<decltype(number)>(number / 10);
        } while (number != 0);
        return *this << std::string_view(digits + first, sizeof digits - first);
    }

    constexpr operator std::string_view() const { return {letters_, size_}; }

private:
    char letters_[Longest]{};
    std::size_t size_ = 0;
};

/// The text of a fact.
using phrase = bounded_text<longest_fact>;

/// What the empty callable `Make` returns (a phrase or a string view; Clang 16 cannot do it with a
/// string) as a fact:
/// `show([] { return phrase("float32") << "[" << 10 << "]"; })` is `fact<12>{"float32[10]"}`.
template <class Make>
consteval auto show(Make) {
    fact<phrase(Make{}()).operator std::string_view().size() + 1> shown;
    const phrase made(Make{}());
    const std::string_view text = made;
    // The end is written too: Clang prints as numbers an array whose last element never was.
    for (std::size_t i = 0; i < sizeof shown.letters; ++i) shown.letters[i] = i < text.size() ? text[i] : '\0';
    return shown;
}

} // namespace ctgrad
