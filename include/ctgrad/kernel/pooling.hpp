// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/kernel/run_program.hpp>
#include <ctgrad/ops/pick_largest.hpp>

namespace ctgrad::detail {

/// Max pooling and its gradient, lanes along the channels: `pick_largest` (`Places` false) and `place_largest`.
template <class T, const pooling_shape& Shape, bool Places>
class largest_of_windows {
    static constexpr int W = simd::native_lanes<T>;
    using vector = simd::vec<T, W>;

    static constexpr window_axis axis(int i) {
        const int k = i - (3 - Shape.axes);
        return k < 0 ? window_axis{} : Shape.axis[k];
    }
    static constexpr int most = static_cast<int>(axis(0).window * axis(1).window * axis(2).window);

public:
    /// Whether each element of x is in just one window, so that it is written once.
    static constexpr bool is_partition = [] {
        for (int k = 0; k < Shape.axes; ++k) {
            const window_axis& w = Shape.axis[k];
            if (w.pad != 0 || w.stride != w.window || w.output * w.stride != w.input) return false;
        }
        return true;
    }();

    /// One set of windows: x, the other input and the result from their first element on. Of all three channels are adjacent.
    /// @param strides of the spatial axes, of each of the three the last ones.
    [[gnu::noinline, CTGRAD_OPTIMIZED]] static void run(const T* x, const T* other, T* to, const std::int64_t* x_stride,
                                                        const std::int64_t* other_stride, const std::int64_t* to_stride,
                                                        std::int64_t channels) {
        const std::int64_t* const large_stride = Places ? to_stride : other_stride; // of what is as large as x
        const std::int64_t* const small_stride = Places ? other_stride : to_stride;
        counted<std::int64_t, most> in_x, in_large;
        for (std::int64_t d = 0; d < axis(0).output; ++d)
            for (std::int64_t h = 0; h < axis(1).output; ++h)
                for (std::int64_t w = 0; w < axis(2).output; ++w) {
                    int count = 0;
                    for (std::int64_t i = 0; i < axis(0).window; ++i) {
                        const std::int64_t at_d = axis(0).input_at(d, i);
                        for (std::int64_t j = 0; j < axis(1).window && at_d >= 0; ++j) {
                            const std::int64_t at_h = axis(1).input_at(h, j);
                            for (std::int64_t k = 0; k < axis(2).window && at_h >= 0; ++k) {
                                const std::int64_t at_w = axis(2).input_at(w, k);
                                if (at_w < 0) continue;
                                in_x[count] = at_d * x_stride[0] + at_h * x_stride[1] + at_w * x_stride[2];
                                in_large[count++] = at_d * large_stride[0] + at_h * large_stride[1] + at_w * large_stride[2];
                            }
                        }
                    }
                    const std::int64_t small = d * small_stride[0] + h * small_stride[1] + w * small_stride[2];
                    if constexpr (Places)
                        place(x, in_x, in_large, count, other + small, to, channels);
                    else
                        pick(x, in_x, other, in_large, count, to + small, channels);
                }
    }

private:
    /// Whether `x` is larger than `best`, of vectors or numbers; NaN is.
    template <class X>
    [[gnu::always_inline]] static auto is_larger(X x, X best) {
        return (x > best) | ((x != x) & (best == best));
    }
    [[gnu::always_inline]] static void pick(const T* x, const std::int64_t* in_x, const T* other, const std::int64_t* in_other, int count,
                                            T* to, std::int64_t channels) {
        std::int64_t c = 0;
        for (; c + W <= channels; c += W) {
            vector best = simd::load<vector>(x + in_x[0] + c), picked = simd::load<vector>(other + in_other[0] + c);
            for (int i = 1; i < count; ++i) {
                const vector next = simd::load<vector>(x + in_x[i] + c);
                const auto larger = is_larger(next, best);
                best = simd::select(larger, next, best);
                picked = simd::select(larger, simd::load<vector>(other + in_other[i] + c), picked);
            }
            simd::store(to + c, picked);
        }
        for (; c < channels; ++c) to[c] = other[in_other[first_largest(x + c, in_x, count)] + c];
    }
    [[gnu::always_inline]] static void place(const T* x, const std::int64_t* in_x, const std::int64_t* in_to, int count, const T* dy, T* to,
                                             std::int64_t channels) {
        std::int64_t c = 0;
        for (; c + W <= channels; c += W) {
            vector best = simd::load<vector>(x + in_x[0] + c), found(T(0));
            for (int i = 1; i < count; ++i) {
                const vector next = simd::load<vector>(x + in_x[i] + c);
                const auto larger = is_larger(next, best);
                best = simd::select(larger, next, best);
                found = simd::select(larger, vector(static_cast<T>(i)), found);
            }
            const vector placed = simd::load<vector>(dy + c);
            for (int i = 0; i < count; ++i) {
                T* const at = to + in_to[i] + c;
                const auto here = found == vector(static_cast<T>(i));
                if constexpr (is_partition)
                    simd::store(at, simd::select(here, placed, vector(T(0))));
                else
                    simd::store(at, simd::select(here, simd::load<vector>(at) + placed, simd::load<vector>(at)));
            }
        }
        for (; c < channels; ++c) {
            const int found = first_largest(x + c, in_x, count);
            if constexpr (is_partition)
                for (int i = 0; i < count; ++i) to[in_to[i] + c] = i == found ? dy[c] : T(0);
            else
                to[in_to[found] + c] += dy[c];
        }
    }
    [[gnu::always_inline]] static int first_largest(const T* x, const std::int64_t* in_x, int count) {
        int found = 0;
        for (int i = 1; i < count; ++i)
            if (is_larger(x[in_x[i]], x[in_x[found]])) found = i;
        return found;
    }
};

template <class P, int S>
struct pooling_of {
    static constexpr node self = P::graph()[P::plan.kernels[S].node];
    static constexpr int rank = self.shape.rank;
    static constexpr bool places = is_op<place_largest_op>(*self.op);
    static constexpr pooling_shape shape = [] {
        std::int64_t x[max_rank]{}, y[max_rank]{};
        for (int k = 0; k < rank; ++k) {
            x[k] = P::graph()[self.inputs[0]].shape[k].extent;
            y[k] = places ? P::graph()[self.inputs[1]].shape[k].extent : self.shape[k].extent;
        }
        return pooling_shape(self, rank, x, y);
    }();
    /// Windows of known extents, and channels that are adjacent.
    static constexpr bool is_static = [] {
        bool good = self.type == dtype::float32 || self.type == dtype::float64;
        std::int64_t size = 1;
        for (int k = 0; k < shape.axes; ++k) {
            good = good && shape.axis[k].input > 0 && shape.axis[k].output > 0;
            size *= shape.axis[k].window;
        }
        for (int i = 0; i < 2; ++i) {
            const walk over = walk_of(P::graph(), P::plan, self.inputs[i]);
            good = good && over.stride[rank - 1] == extent_product{};
        }
        return good && size <= 1024;
    }();
};

template <class P, int S>
struct pooling_kernel {
    using what = pooling_of<P, S>;
    using T = scalar_of<what::self.type>;
    static constexpr bool exists = what::is_static;
    static constexpr std::int64_t bytes = 0;
    using kernel = largest_of_windows<T, what::shape, what::places>;

    static void run(const arguments& args) {
        const auto x = strided_over<P, what::self.inputs[0]>(args), other = strided_over<P, what::self.inputs[1]>(args);
        const auto out = strided_result<P, S>(args);
        constexpr int first = what::shape.first, axes = what::shape.axes;
        std::int64_t x_stride[3]{}, other_stride[3]{}, out_stride[3]{};
        for (int k = 0; k < axes; ++k) {
            x_stride[3 - axes + k] = x.stride[first + k];
            other_stride[3 - axes + k] = other.stride[first + k];
            out_stride[3 - axes + k] = out.stride[first + k];
        }
        if constexpr (what::places && !kernel::is_partition)
            for (std::int64_t i = 0, n = out.size(); i < n; ++i) out.data[i] = T(0);
        for_each_index(first, out.extent, [&](const std::int64_t* index) {
            std::int64_t at_x = 0, at_other = 0, at_out = 0;
            for (int k = 0; k < first; ++k) {
                at_x += index[k] * x.stride[k];
                at_other += index[k] * other.stride[k];
                at_out += index[k] * out.stride[k];
            }
            kernel::run(x.data + at_x, other.data + at_other, out.data + at_out, x_stride, other_stride, out_stride,
                        out.extent[what::rank - 1]);
        });
    }
};

template <class P, int S>
struct special_kernel<P, S, pick_largest_op> : pooling_kernel<P, S> {};
template <class P, int S>
struct special_kernel<P, S, place_largest_op> : pooling_kernel<P, S> {};

} // namespace ctgrad::detail
