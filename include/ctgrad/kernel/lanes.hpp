// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/core/dtype.hpp>
#include <ctgrad/simd.hpp>

#include <cstdint>
#include <type_traits>

namespace ctgrad::detail {

/// `W` elements of dtype `D` in registers; one lane is a plain scalar. A mask has lanes as wide as
/// what `W` of them must fill, so that all masks of a loop have one type.
template <dtype D, int W>
struct lanes {
    using type = simd::vec<scalar_of<D>, W>;
};
template <int W>
struct lanes<dtype::boolean, W> {
    using type = simd::mask < W, W == simd::native_lanes<double>&& W<simd::native_lanes<float> ? 8 : 4>;
};
template <dtype D, int W>
struct one_or_more_lanes : lanes<D, W> {};
template <dtype D>
struct one_or_more_lanes<D, 1> {
    using type = scalar_of<D>;
};
template <dtype D, int W>
using lanes_t = typename one_or_more_lanes<D, W>::type;

/// `x`, floating, as int32: what lies outside is the nearest int32, and NaN is 0, as in `rounded`.
template <int W, class X>
[[gnu::always_inline]] constexpr lanes_t<dtype::int32, W> whole_numbers(X x) {
    using result = lanes_t<dtype::int32, W>;
    constexpr bool is_float = std::is_same_v<X, float> || std::is_same_v<X, lanes_t<dtype::float32, W>>;
    using number = std::conditional_t<is_float, float, double>;
    const X highest(static_cast<number>(is_float ? 2147483520.0 : 2147483647.0)), lowest(number(-2147483648.0));
    const X inside = simd::min(simd::max(simd::select(x == x, x, X(number(0))), lowest), highest);
    if constexpr (W == 1)
        return is_float && x >= X(number(2147483648.0)) ? std::int32_t{2147483647} : static_cast<result>(inside);
    else if constexpr (is_float)
        return simd::select(x >= X(number(2147483648.0)), result(2147483647), simd::convert<std::int32_t>(inside));
    else
        return simd::convert<std::int32_t>(inside);
}

/// Converts `x` to the lanes of another dtype; masks count as 0 and 1, numbers as x != 0.
template <dtype To, int W, class X>
[[gnu::always_inline]] constexpr lanes_t<To, W> convert_lanes(X x) {
    using result = lanes_t<To, W>;
    if constexpr (std::is_same_v<X, result>)
        return x;
    else if constexpr (To == dtype::int32 && (std::is_floating_point_v<X> || std::is_same_v<X, lanes_t<dtype::float32, W>> ||
                                              std::is_same_v<X, lanes_t<dtype::float64, W>>))
        return whole_numbers<W>(x);
    else if constexpr (W == 1) {
        if constexpr (To == dtype::boolean)
            return x != 0;
        else
            return static_cast<result>(x);
    } else if constexpr (To == dtype::boolean) {
        constexpr int bytes = sizeof(typename result::element);
        if constexpr (requires { x == x; })
            return simd::mask_cast<bytes>(x != X(0));
        else
            return simd::mask_cast<bytes>(x);
    } else if constexpr (requires { simd::convert<scalar_of<To>>(x); })
        return simd::convert<scalar_of<To>>(x);
    else
        return simd::select(x, result(scalar_of<To>(1)), result(scalar_of<To>(0)));
}

/// The same value in all lanes.
template <dtype D, int W>
[[gnu::always_inline]] constexpr lanes_t<D, W> fill_lanes(scalar_of<D> value) {
    return lanes_t<D, W>(value);
}

/// `n` <= W consecutive elements; zeros behind them.
template <dtype D, int W>
[[gnu::always_inline]] inline lanes_t<D, W> load_lanes(const scalar_of<D>* from, [[maybe_unused]] int n) {
    if constexpr (W == 1)
        return *from;
    else if constexpr (D == dtype::boolean) {
        using mask = lanes_t<D, W>;
        typename mask::native_type bits{};
        for (int i = 0; i < W; ++i) bits[i] = i < n && from[i] ? -1 : 0; // up to n, g++ 12 would warn that they are not set
        return mask{bits};
    } else if (n == W)
        return simd::load<lanes_t<D, W>>(from);
    else
        return simd::load_partial<lanes_t<D, W>>(from, static_cast<std::size_t>(n));
}

template <dtype D, int W>
[[gnu::always_inline]] inline void store_lanes(scalar_of<D>* to, lanes_t<D, W> x, [[maybe_unused]] int n) {
    if constexpr (W == 1)
        *to = x;
    else if constexpr (D == dtype::boolean) {
        for (int i = 0; i < n; ++i) to[i] = x[i];
    } else if (n == W)
        simd::store(to, x);
    else
        simd::store_partial(to, x, static_cast<std::size_t>(n));
}

/// `n` <= W elements `stride` apart; zeros behind them.
template <dtype D, int W>
[[gnu::always_inline]] inline lanes_t<D, W> load_lanes_apart(const scalar_of<D>* from, std::int64_t stride, [[maybe_unused]] int n) {
    using lanes = lanes_t<D, W>;
    typename lanes::native_type x{};
    if (n == W)
        for (int i = 0; i < W; ++i) x[i] = from[i * stride];
    else
        for (int i = 0; i < W; ++i) x[i] = i < n ? from[i * stride] : scalar_of<D>(0);
    return lanes{x};
}
template <dtype D, int W>
[[gnu::always_inline]] inline void store_lanes_apart(scalar_of<D>* to, std::int64_t stride, lanes_t<D, W> x, [[maybe_unused]] int n) {
    if (n == W)
        for (int i = 0; i < W; ++i) to[i * stride] = x[i];
    else
        for (int i = 0; i < n; ++i) to[i * stride] = x[i];
}

/// The positions first, first + 1, ...
template <int W>
[[gnu::always_inline]] inline lanes_t<dtype::int32, W> positions(std::int64_t first) {
    if constexpr (W == 1)
        return static_cast<std::int32_t>(first);
    else
        return simd::iota<lanes_t<dtype::int32, W>>() + lanes_t<dtype::int32, W>(static_cast<std::int32_t>(first));
}

} // namespace ctgrad::detail
