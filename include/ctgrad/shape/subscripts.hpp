// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/shape/phrase.hpp>
#include <ctgrad/shape/tensor_shape.hpp>

#include <cstdint>
#include <string_view>

/// @file The text of an `einsum`: "bik,bkj->bij". A letter names an axis; `...` stands for any axes, from the last on.

namespace ctgrad::detail {

/// The largest number of operands of an einsum.
inline constexpr int most_terms = 8;
/// Letters, upper and lower, and the axes of dots, counted from the last.
inline constexpr int letter_count = 52 + max_rank;

/// Letters as bits.
using letter_set = std::uint64_t;
constexpr letter_set letter_bit(int letter) { return letter_set{1} << letter; }

/// The axes of an operand or of the result, by their letters.
struct axis_letters {
    int count = 0;
    std::int8_t letter[2 * max_rank]{};

    constexpr void append(int each) {
        if (count < 2 * max_rank) letter[count] = static_cast<std::int8_t>(each);
        ++count;
    }
    constexpr letter_set set() const {
        letter_set all = 0;
        for (int i = 0; i < count; ++i) all |= letter_bit(letter[i]);
        return all;
    }
    /// Where a letter stands, or -1.
    constexpr int find(int each) const {
        for (int i = 0; i < count; ++i)
            if (letter[i] == each) return i;
        return -1;
    }
    constexpr bool has_twice() const {
        for (int i = 0; i < count; ++i)
            if (find(letter[i]) != i) return true;
        return false;
    }
};

constexpr int letter_number(char c) {
    if (c >= 'A' && c <= 'Z') return c - 'A';
    return c >= 'a' && c <= 'z' ? 26 + c - 'a' : -1;
}
/// A letter as an error shows it.
constexpr phrase letter_shown(int letter) {
    if (letter >= 52) return phrase("...");
    return phrase() << static_cast<char>(letter < 26 ? 'A' + letter : 'a' + letter - 26);
}

/// A text that has been read, or what is wrong with it.
struct subscripts {
    int terms = 0;
    axis_letters of[most_terms]{};
    axis_letters result;
    dimension extent[letter_count]{};
    phrase unreadable;  ///< What is wrong with the text, if something is.
    phrase different;   ///< The letter that means two extents, if one does, and both.
    bool found = false; ///< Whether something is wrong.

    constexpr void refuse(std::string_view why) {
        if (!found) unreadable = phrase(why);
        found = true;
    }
};

/// Reads one term of the text, up to a comma, an arrow or the end; `dots` is how many axes `...` stands for.
class subscript_reader {
public:
    constexpr subscript_reader(std::string_view text, const tensor_shape* shapes, int count) : text_(text) {
        made_.terms = count;
        for (int i = 0; i < count; ++i) {
            read_operand(i, shapes[i]);
            if (i + 1 < count && !take(',')) made_.refuse(phrase("fewer terms than ") << count << " operands");
        }
        if (at_ < text_.size() && text_[at_] == ',') made_.refuse(phrase("more terms than ") << count << " operands");
        if (take('-')) {
            if (!take('>')) made_.refuse("- without >");
            read_result();
        } else
            make_result();
        if (at_ < text_.size()) made_.refuse(phrase("'") << text_[at_] << "' is no letter");
    }
    constexpr const subscripts& result() const { return made_; }

private:
    std::string_view text_;
    std::size_t at_ = 0;
    int most_dots_ = 0;
    subscripts made_;

    constexpr void skip() {
        while (at_ < text_.size() && text_[at_] == ' ') ++at_;
    }
    constexpr bool take(char c) {
        skip();
        if (at_ == text_.size() || text_[at_] != c) return false;
        ++at_;
        skip();
        return true;
    }
    /// The letters up to the end of a term, the place of dots among them as -1.
    constexpr axis_letters read_letters() {
        axis_letters term;
        for (skip(); at_ < text_.size(); skip()) {
            const int letter = letter_number(text_[at_]);
            const bool is_dots = text_.substr(at_, 3) == "...";
            if (letter < 0 && !is_dots) break;
            at_ += is_dots ? 3 : 1;
            term.append(is_dots ? -1 : letter);
        }
        return term;
    }
    constexpr void read_operand(int i, const tensor_shape& shape) {
        const axis_letters term = read_letters();
        const int place = term.find(-1), dots = place < 0 ? 0 : shape.rank - (term.count - 1);
        if (place >= 0 && (dots < 0 || has_more_dots(term, place)))
            return made_.refuse(phrase("term ") << i + 1 << " has more axes than its operand");
        if (place < 0 && term.count != shape.rank) return made_.refuse(phrase("term ") << i + 1 << " is of rank " << term.count);
        most_dots_ = dots > most_dots_ ? dots : most_dots_;
        int axis = 0;
        for (int k = 0; k < term.count; ++k)
            if (term.letter[k] >= 0)
                add_axis(i, term.letter[k], shape[axis++]);
            else
                for (int d = dots - 1; d >= 0; --d) add_axis(i, 52 + d, shape[axis++]);
    }
    static constexpr bool has_more_dots(const axis_letters& term, int place) {
        for (int k = place + 1; k < term.count; ++k)
            if (term.letter[k] < 0) return true;
        return false;
    }
    constexpr void add_axis(int i, int letter, const dimension& d) {
        bool known = made_.of[i].find(letter) >= 0;
        for (int k = 0; k < i; ++k) known = known || made_.of[k].find(letter) >= 0;
        made_.of[i].append(letter);
        dimension& extent = made_.extent[letter];
        if (!known || (letter >= 52 && extent.is_one()))
            extent = d;
        else if (!(extent == d) && !(letter >= 52 && d.is_one()) && !made_.found) {
            tensor_shape both[2];
            both[0].append(extent);
            both[1].append(d);
            made_.different = letter_shown(letter) << ": " << phrase_of(both[0]) << " and " << phrase_of(both[1]);
            made_.found = true;
        }
    }
    constexpr letter_set all_letters() const {
        letter_set all = 0;
        for (int i = 0; i < made_.terms; ++i) all |= made_.of[i].set();
        return all;
    }
    constexpr void read_result() {
        const axis_letters term = read_letters();
        for (int k = 0; k < term.count; ++k) {
            if (term.letter[k] < 0) {
                for (int d = most_dots_ - 1; d >= 0; --d) made_.result.append(52 + d);
                continue;
            }
            if ((all_letters() & letter_bit(term.letter[k])) == 0) made_.refuse(letter_shown(term.letter[k]) << " is in the result only");
            made_.result.append(term.letter[k]);
        }
        if (made_.result.count > max_rank) return made_.refuse("the result has more than 6 axes");
        if (made_.result.has_twice()) made_.refuse("a letter is twice in the result");
        for (int d = 0; d < most_dots_; ++d)
            if (made_.result.find(52 + d) < 0) return made_.refuse("the result has no dots");
    }
    /// Without an arrow: the dots, then the letters that occur once, in alphabetical order (upper case first).
    constexpr void make_result() {
        for (int d = most_dots_ - 1; d >= 0; --d) made_.result.append(52 + d);
        for (int letter = 0; letter < 52; ++letter) {
            int times = 0;
            for (int i = 0; i < made_.terms; ++i)
                for (int k = 0; k < made_.of[i].count; ++k) times += made_.of[i].letter[k] == letter ? 1 : 0;
            if (times == 1) made_.result.append(letter);
        }
        if (made_.result.count > max_rank) made_.refuse("the result has more than 6 axes");
    }
};

/// What `text` says of operands with these shapes.
constexpr subscripts read_subscripts(std::string_view text, const tensor_shape* shapes, int count) {
    return subscript_reader(text, shapes, count).result();
}

} // namespace ctgrad::detail
