// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/core/list.hpp>
#include <ctgrad/plan/extent.hpp>

#include <string>

namespace ctgrad::detail {

/// A number that depends on the named dimensions: a sum of products.
class size_sum {
public:
    constexpr void add(extent_product more, std::int64_t times = 1) {
        more.factor *= times;
        if (more.factor == 0) return;
        for (extent_product& term : terms_) {
            extent_product same_factor = term;
            same_factor.factor = more.factor;
            if (same_factor == more) {
                term.factor += more.factor;
                return;
            }
        }
        terms_.push_back(more);
    }

    /// Adds `more`, whose dimension d stands at `places[d]` here, for each of `times`.
    constexpr void add_all(const size_sum& more, const std::int16_t* places, int count, const extent_product& times) {
        for (const extent_product& term : more.terms_) {
            extent_product here;
            here.factor = term.factor;
            for (int d = 0; d < count; ++d)
                if (term.power[d] != 0) here.power[places[d]] = term.power[d];
            add(here * times);
        }
    }

    /// Its value when the named dimensions have `sizes`.
    constexpr std::int64_t value(const std::int64_t* sizes) const {
        std::int64_t sum = 0;
        for (const extent_product& term : terms_) sum += value_of(term, sizes);
        return sum;
    }

    static constexpr std::int64_t value_of(const extent_product& term, const std::int64_t* sizes) {
        std::int64_t product = term.factor;
        for (int i = 0; i < max_named_dimensions; ++i)
            for (int p = 0; p < term.power[i]; ++p) product *= sizes[i];
        return product;
    }

    /// As `N*7850 + 20`.
    std::string to_string(const dimension_table& names) const {
        std::string text, fixed;
        for (const extent_product& term : terms_) {
            std::string product;
            for (int i = 0; i < names.count; ++i)
                for (int p = 0; p < term.power[i]; ++p) product.append(names.names[i]->text).append("*");
            product += std::to_string(term.factor);
            std::string& part = term.is_static() ? fixed : text;
            part.append(part.empty() ? "" : " + ").append(product);
        }
        if (text.empty() && fixed.empty()) return "0";
        return text + (text.empty() || fixed.empty() ? "" : " + ") + fixed;
    }

private:
    list<extent_product> terms_;
};

} // namespace ctgrad::detail
