// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/simd/reduce.hpp>
#include <ctgrad/simd/tanh.hpp>
#include <ctgrad/simd/to_double.hpp>

/// @file Sums of logarithms of floats, with one logarithm at the end: that of their product.
///
/// The product is taken in double: its range holds the product of six floats, and its digits make any number
/// of roundings small beside that of the result. A sum has `add(x)`, `settle()` after at most `most_added` of
/// them and before `value()`, and a `neutral` x.

namespace ctgrad::simd {

namespace detail {

/// The product of lanes x > 0, as m 2^k. 0, infinity and NaN make it what they make of a product.
template <class D>
struct product {
    D m = D(1), k = D(0);

    [[gnu::always_inline]] void add(D x) { m *= x; }
    /// Brings m back to [3/4, 3/2).
    [[gnu::always_inline]] void settle() {
        const auto [significand, exponent] = decompose(m);
        if constexpr (has_exponent_instructions<D>) {
            m = significand;
            k += exponent;
        } else {
            const auto ordinary = m > m * D(0);
            k += select(ordinary, exponent, D(0));
            m = select(ordinary, significand, m);
        }
    }
    [[gnu::always_inline]] void join(const product& other) {
        m *= other.m;
        k += other.k;
    }
    [[gnu::always_inline]] double log_value() const {
        if constexpr (is_scalar<D>)
            return fma(k, 0.69314718055994531, log(m));
        else
            return product<double>{reduce_mul(m), reduce_add(k)}.log_value();
    }
};

/// The product of 1 + z for lanes z in (-1, infinity), as (1 + f) 2^k: precise also where all z are tiny.
template <class D>
struct product_of_one_and {
    D f = D(0), k = D(0);

    struct one_and {
        template <class V>
        [[gnu::always_inline]] V operator()(V a, V b) const {
            return fma(a, b, a + b);
        }
    };
    [[gnu::always_inline]] void add(D z) { f = one_and{}(f, z); }
    [[gnu::always_inline]] void settle() {
        const D exponent = decompose(D(1) + f).exponent;
        const D down = power_of_two(-exponent);
        f = fma(f, down, down - D(1));
        k += exponent;
    }
    [[gnu::always_inline]] void join(const product_of_one_and& other) {
        add(other.f);
        k += other.k;
    }
    [[gnu::always_inline]] double log_value() const {
        if constexpr (is_scalar<D>)
            return fma(k, 0.69314718055994531, log1p(f));
        else
            return product_of_one_and<double>{reduce(f, one_and{}), reduce_add(k)}.log_value();
    }
};

/// A product of floats or vecs of them; the doubles of a vec fill two registers.
template <template <class> class Product, class V>
struct product_in_double {
    Product<double> all;

    [[gnu::always_inline]] void add(V x) { all.add(x); }
    [[gnu::always_inline]] void settle() { all.settle(); }
    [[gnu::always_inline]] double log_value() const { return all.log_value(); }
};
template <template <class> class Product, int W>
struct product_in_double<Product, vec<float, W>> {
    Product<vec<double, W / 2>> first, second;

    [[gnu::always_inline]] void add(vec<float, W> x) {
        first.add(to_double(lower(x)));
        second.add(to_double(upper(x)));
    }
    [[gnu::always_inline]] void settle() {
        first.settle();
        second.settle();
    }
    [[gnu::always_inline]] double log_value() const {
        auto both = first;
        both.join(second);
        return both.log_value();
    }
};

/// A sum of floats or vecs of them.
template <class V>
struct sum_in_double {
    double all = 0;

    [[gnu::always_inline]] void add(V x) { all += static_cast<double>(x); }
    [[gnu::always_inline]] double value() const { return all; }
};
template <int W>
struct sum_in_double<vec<float, W>> {
    vec<double, W / 2> all = vec<double, W / 2>(0.0);

    [[gnu::always_inline]] void add(vec<float, W> x) { all += to_double(lower(x)) + to_double(upper(x)); }
    [[gnu::always_inline]] double value() const { return reduce_add(all); }
};

template <class V>
[[gnu::always_inline]] inline element_t<V> least_lane(V v) {
    if constexpr (is_scalar<V>)
        return v;
    else
        return reduce_min(v);
}

} // namespace detail

/// The sum of log(x).
template <class V>
class sum_of_log {
public:
    static constexpr float neutral = 1;
    static constexpr int most_added = 4;

    [[gnu::always_inline]] void add(V x) {
        product_.add(x);
        least_ = detail::lesser(x, least_);
    }
    [[gnu::always_inline]] void settle() { product_.settle(); }
    [[gnu::always_inline]] float value() const {
        if (detail::least_lane(least_) < 0) return detail::format<float>::nan;
        return static_cast<float>(product_.log_value());
    }

private:
    detail::product_in_double<detail::product, V> product_;
    V least_ = V(1.0f); ///< Two numbers below 0 have a product above.
};

/// The sum of log1p(x).
template <class V>
class sum_of_log1p {
public:
    static constexpr float neutral = 0;
    static constexpr int most_added = 4;

    [[gnu::always_inline]] void add(V x) {
        product_.add(detail::at_least(detail::at_most(x, highest), lowest));
        least_ = detail::lesser(x, least_);
        largest_ = detail::greater(x, largest_);
    }
    [[gnu::always_inline]] void settle() { product_.settle(); }
    [[gnu::always_inline]] float value() const {
        const float least = detail::least_lane(least_), largest = -detail::least_lane(-largest_);
        float limits = 0;
        if (least < lowest) limits += log1p(least);
        if (largest > highest) limits += largest;
        return limits + static_cast<float>(product_.log_value());
    }

private:
    static constexpr float lowest = -0x1.fffffep-1f, highest = 0x1.fffffep+127f; ///< Of those with a finite result.
    detail::product_in_double<detail::product_of_one_and, V> product_;
    V least_ = V(0.0f), largest_ = V(0.0f);
};

/// The sum of softplus(x), that is of max(x, 0) and log1p(e^-|x|).
template <class V>
class sum_of_softplus {
public:
    static constexpr float neutral = -detail::format<float>::infinity;
    static constexpr int most_added = 4;

    [[gnu::always_inline]] void add(V x) {
        product_.add(exp(-abs(x)));
        linear_ += detail::at_least(x, 0);
    }
    [[gnu::always_inline]] void settle() {
        product_.settle();
        settled_.add(linear_);
        linear_ = V(0.0f);
    }
    [[gnu::always_inline]] float value() const {
        auto all = settled_;
        all.add(linear_);
        return static_cast<float>(product_.log_value() + all.value());
    }

private:
    detail::product_in_double<detail::product_of_one_and, V> product_;
    V linear_ = V(0.0f);
    detail::sum_in_double<V> settled_; ///< Of `linear_`, however many there are.
};

} // namespace ctgrad::simd
