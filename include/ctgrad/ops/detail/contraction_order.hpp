// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/shape/subscripts.hpp>

namespace ctgrad::detail {

/// In which order the operands of an einsum are multiplied, two at a time: the one that takes the fewest multiplications of all. A set of
/// operands is a number, bit i for operand i.
class contraction_order {
public:
    constexpr explicit contraction_order(const subscripts& text) : text_(text) {
        const int sets = 1 << text.terms;
        for (int s = 1; s < sets; ++s) {
            for (int i = 0; i < text.terms; ++i) (s >> i & 1 ? inside_[s] : outside_[s]) |= text.of[i].set();
            if ((s & (s - 1)) == 0) continue;
            cost_[s] = -1;
            for (int part = (s - 1) & s; part > 0; part = (part - 1) & s) {
                if (part < (s & ~part)) continue; // each pair once
                const double cost = cost_[part] + cost_[s & ~part] + size_of(kept(part) | kept(s & ~part));
                if (cost_[s] < 0 || cost < cost_[s]) {
                    cost_[s] = cost;
                    part_[s] = part;
                }
            }
        }
    }

    /// The letters of the product of a set: those that the result or another operand has.
    constexpr letter_set kept(int set) const { return inside_[set] & (outside_[set] | text_.result.set()); }
    /// One of the two parts that a set is made of.
    constexpr int part(int set) const { return part_[set]; }
    /// Multiplications.
    constexpr double cost() const { return cost_[(1 << text_.terms) - 1]; }

private:
    const subscripts& text_;
    letter_set inside_[1 << most_terms]{}, outside_[1 << most_terms]{};
    double cost_[1 << most_terms]{};
    int part_[1 << most_terms]{};

    /// What a named dimension counts as.
    static constexpr double named_size = 128;

    constexpr double size_of(letter_set letters) const {
        double size = 1;
        for (int letter = 0; letter < letter_count; ++letter) {
            if ((letters & letter_bit(letter)) == 0) continue;
            const dimension& d = text_.extent[letter];
            size *= d.is_static() ? static_cast<double>(d.extent > 0 ? d.extent : 1) : named_size;
        }
        return size;
    }
};

} // namespace ctgrad::detail
