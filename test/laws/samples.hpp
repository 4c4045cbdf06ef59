// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/graph.hpp>
#include <ctgrad/ops.hpp>
#include <ctgrad/ops/all.hpp>
#include <ctgrad/transform.hpp>

#include <initializer_list>
#include <vector>

// One or more uses of every op, at points where it is smooth: the laws are tested on these, and fail for an
// op that has none.

namespace laws {

namespace ct = ctgrad;
using ct::dtype, ct::ref, ct::shape;

inline constexpr ct::dimension N = ct::dim<"N">;
inline constexpr std::int64_t size_of_N = 2;

/// A graph with leaves that have values; a sample adds its op to it.
class trial {
public:
    explicit trial(dtype t, bool simplified) : graph(simplified ? ct::builder(ct::simplify) : ct::builder()), type(t) {
        input.sizes.push_back({N.name, size_of_N});
    }

    /// A leaf of the dtype under test: a gradient to it is checked.
    ref leaf(const ct::tensor_shape& s, std::initializer_list<double> values) {
        const ref made = add_leaf(s, type, values);
        differentiated.push_back(made);
        data_of.push_back(input.leaves.size() - 1);
        return made;
    }
    ref add_leaf(const ct::tensor_shape& s, dtype t, const std::vector<double>& values) {
        static const ct::symbol* const names[]{&ct::symbol_of<"a">, &ct::symbol_of<"b">, &ct::symbol_of<"c">,
                                               &ct::symbol_of<"d">, &ct::symbol_of<"e">, &ct::symbol_of<"f">};
        ct::attributes a;
        a.type = t;
        a.shape = s;
        a.name = names[input.leaves.size()];
        ct::value_list data;
        for (double v : values) data.push_back(ct::rounded(t, v));
        input.leaves.push_back({a.name, data});
        return graph.add(ct::info<ct::variable_op>, a, nullptr);
    }
    ref integers(const ct::tensor_shape& s, std::initializer_list<double> values) { return add_leaf(s, dtype::int32, values); }
    ref mask(const ct::tensor_shape& s, std::initializer_list<double> values) { return add_leaf(s, dtype::boolean, values); }

    ct::builder graph;
    dtype type;
    ct::interpreter_input input;
    ct::list<ref> differentiated;
    ct::list<int> data_of; ///< The place in `input.leaves` of each of `differentiated`.
};

/// What an op is made of in a trial.
using sample = ref (*)(trial&);

template <class Op>
std::vector<sample> samples() {
    return {};
}

template <class Op>
ref unary(trial& t, std::initializer_list<double> six) {
    return ct::apply<Op>(t.leaf(shape(N, 3), six));
}

/// At points on both sides of 0, away from kinks.
template <class Op>
std::vector<sample> of_any_number() {
    return {[](trial& t) { return unary<Op>(t, {-2.5, -0.7, -0.2, 0.3, 1.1, 2.25}); }};
}

template <class Op>
std::vector<sample> of_positive_numbers() {
    return {[](trial& t) { return unary<Op>(t, {0.05, 0.4, 0.9, 1.5, 3, 20}); }};
}

/// Between -1 and 1.
template <class Op>
std::vector<sample> of_fractions() {
    return {[](trial& t) { return unary<Op>(t, {-0.9, -0.4, -0.05, 0.2, 0.55, 0.8}); }};
}

template <class Op>
std::vector<sample> of_numbers_above_1() {
    return {[](trial& t) { return unary<Op>(t, {1.1, 1.4, 1.9, 2.5, 6, 20}); }};
}

/// With operands of one shape, and with either one repeated.
template <class Op>
std::vector<sample> of_two_numbers() {
    return {
        [](trial& t) {
            return ct::apply<Op>(t.leaf(shape(N, 3), {0.7, -1.3, 2.1, 0.4, 1.9, -0.6}),
                                 t.leaf(shape(N, 3), {1.2, 0.8, -0.5, 2.5, -1.1, 0.9}));
        },
        [](trial& t) { return ct::apply<Op>(t.leaf(shape(N, 3), {0.7, -1.3, 2.1, 0.4, 1.9, -0.6}), t.leaf(shape(3), {1.2, 0.8, -0.5})); },
        [](trial& t) { return ct::apply<Op>(t.leaf(shape(), {1.2}), t.leaf(shape(N, 3), {0.7, -1.3, 2.1, 0.4, 1.9, -0.6})); },
        [](trial& t) { return ct::apply<Op>(t.leaf(shape(N, 1), {1.2, -0.8}), t.leaf(shape(N, 3), {0.7, -1.3, 2.1, 0.4, 1.9, -0.6})); },
        [](trial& t) {
            const ref x = t.leaf(shape(3), {0.7, -1.3, 2.1});
            return ct::apply<Op>(x, x * x);
        },
    };
}

template <class Op>
std::vector<sample> of_two_masks() {
    return {[](trial& t) { return ct::apply<Op>(t.mask(shape(N, 2), {0, 0, 1, 1}), t.mask(shape(N, 2), {0, 1, 0, 1})); }};
}

/// Along each axis, along two and along all.
template <class Op>
std::vector<sample> of_axes() {
    return {
        [](trial& t) { return ct::reduction_function<Op>{}(t.leaf(shape(N, 3), {0.7, -1.3, 2.1, 0.4, 1.9, -0.6}), ct::axis<0>); },
        [](trial& t) { return ct::reduction_function<Op>{}(t.leaf(shape(N, 3), {0.7, -1.3, 2.1, 0.4, 1.9, -0.6}), ct::axis<-1>); },
        [](trial& t) {
            return ct::reduction_function<Op>{}(t.leaf(shape(2, N, 2), {0.7, -1.3, 2.1, 0.4, 1.9, -0.6, 1.4, 0.8}), ct::axis<0, 2>);
        },
        [](trial& t) {
            return ct::reduction_function<Op>{}(t.leaf(shape(2, N, 2), {0.7, -1.3, 2.1, 0.4, 1.9, -0.6, 1.4, 0.8}), ct::axis<1>,
                                                ct::keepdims);
        },
        [](trial& t) { return ct::reduction_function<Op>{}(t.leaf(shape(N, 3), {0.7, -1.3, 2.1, 0.4, 1.9, -0.6})); },
        [](trial& t) {
            const ref x = t.leaf(shape(N), {0.7, -1.3});
            return ct::reduction_function<Op>{}(ct::expand_dims(x, ct::axis<-1>) * t.leaf(shape(N, 3), {0.5, 1.5, 2, -1, 0.3, 1}),
                                                ct::axis<1>);
        },
    };
}

// clang-format off
template <> inline std::vector<sample> samples<ct::abs_op>() { return of_any_number<ct::abs_op>(); }
template <> inline std::vector<sample> samples<ct::cos_op>() { return of_any_number<ct::cos_op>(); }
template <> inline std::vector<sample> samples<ct::erf_op>() { return of_any_number<ct::erf_op>(); }
template <> inline std::vector<sample> samples<ct::erfc_op>() { return of_any_number<ct::erfc_op>(); }
template <> inline std::vector<sample> samples<ct::gaussian_op>() { return of_any_number<ct::gaussian_op>(); }
template <> inline std::vector<sample> samples<ct::logcosh_op>() { return of_any_number<ct::logcosh_op>(); }
template <> inline std::vector<sample> samples<ct::ndtr_op>() { return of_any_number<ct::ndtr_op>(); }
template <> inline std::vector<sample> samples<ct::tanh_shrink_op>() { return of_any_number<ct::tanh_shrink_op>(); }
template <> inline std::vector<sample> samples<ct::exp_op>() { return of_any_number<ct::exp_op>(); }
template <> inline std::vector<sample> samples<ct::expm1_op>() { return of_any_number<ct::expm1_op>(); }
template <> inline std::vector<sample> samples<ct::negative_op>() { return of_any_number<ct::negative_op>(); }
template <> inline std::vector<sample> samples<ct::relu_op>() { return of_any_number<ct::relu_op>(); }
template <> inline std::vector<sample> samples<ct::sigmoid_op>() { return of_any_number<ct::sigmoid_op>(); }
template <> inline std::vector<sample> samples<ct::sign_op>() { return of_any_number<ct::sign_op>(); }
template <> inline std::vector<sample> samples<ct::sin_op>() { return of_any_number<ct::sin_op>(); }
template <> inline std::vector<sample> samples<ct::softplus_op>() { return of_any_number<ct::softplus_op>(); }
template <> inline std::vector<sample> samples<ct::square_op>() { return of_any_number<ct::square_op>(); }
template <> inline std::vector<sample> samples<ct::tanh_op>() { return of_any_number<ct::tanh_op>(); }
template <> inline std::vector<sample> samples<ct::asinh_op>() { return of_any_number<ct::asinh_op>(); }
template <> inline std::vector<sample> samples<ct::atan_op>() { return of_any_number<ct::atan_op>(); }
template <> inline std::vector<sample> samples<ct::ceil_op>() { return of_any_number<ct::ceil_op>(); }
template <> inline std::vector<sample> samples<ct::cosh_op>() { return of_any_number<ct::cosh_op>(); }
template <> inline std::vector<sample> samples<ct::exp2_op>() { return of_any_number<ct::exp2_op>(); }
template <> inline std::vector<sample> samples<ct::digamma_op>() { return of_any_number<ct::digamma_op>(); }
template <> inline std::vector<sample> samples<ct::lgamma_op>() { return of_any_number<ct::lgamma_op>(); }
template <> inline std::vector<sample> samples<ct::floor_op>() { return of_any_number<ct::floor_op>(); }
template <> inline std::vector<sample> samples<ct::sinh_op>() { return of_any_number<ct::sinh_op>(); }
template <> inline std::vector<sample> samples<ct::trunc_op>() { return of_any_number<ct::trunc_op>(); }
template <> inline std::vector<sample> samples<ct::acos_op>() { return of_fractions<ct::acos_op>(); }
template <> inline std::vector<sample> samples<ct::asin_op>() { return of_fractions<ct::asin_op>(); }
template <> inline std::vector<sample> samples<ct::atanh_op>() { return of_fractions<ct::atanh_op>(); }
template <> inline std::vector<sample> samples<ct::tan_op>() { return of_fractions<ct::tan_op>(); }
template <> inline std::vector<sample> samples<ct::acosh_op>() { return of_numbers_above_1<ct::acosh_op>(); }
template <> inline std::vector<sample> samples<ct::cbrt_op>() { return of_positive_numbers<ct::cbrt_op>(); }
template <> inline std::vector<sample> samples<ct::log2_op>() { return of_positive_numbers<ct::log2_op>(); }
template <> inline std::vector<sample> samples<ct::log10_op>() { return of_positive_numbers<ct::log10_op>(); }
template <> inline std::vector<sample> samples<ct::log_op>() { return of_positive_numbers<ct::log_op>(); }
template <> inline std::vector<sample> samples<ct::log1p_op>() { return of_positive_numbers<ct::log1p_op>(); }
template <> inline std::vector<sample> samples<ct::rsqrt_op>() { return of_positive_numbers<ct::rsqrt_op>(); }
template <> inline std::vector<sample> samples<ct::sqrt_op>() { return of_positive_numbers<ct::sqrt_op>(); }

template <> inline std::vector<sample> samples<ct::add_op>() { return of_two_numbers<ct::add_op>(); }
template <> inline std::vector<sample> samples<ct::atan2_op>() { return of_two_numbers<ct::atan2_op>(); }
template <> inline std::vector<sample> samples<ct::hypot_op>() { return of_two_numbers<ct::hypot_op>(); }
template <> inline std::vector<sample> samples<ct::divide_op>() { return of_two_numbers<ct::divide_op>(); }
template <> inline std::vector<sample> samples<ct::maximum_op>() { return of_two_numbers<ct::maximum_op>(); }
template <> inline std::vector<sample> samples<ct::minimum_op>() { return of_two_numbers<ct::minimum_op>(); }
template <> inline std::vector<sample> samples<ct::multiply_op>() { return of_two_numbers<ct::multiply_op>(); }
template <> inline std::vector<sample> samples<ct::multiply_no_nan_op>() { return of_two_numbers<ct::multiply_no_nan_op>(); }
template <> inline std::vector<sample> samples<ct::annihilating_multiply_op>() { return of_two_numbers<ct::annihilating_multiply_op>(); }
template <> inline std::vector<sample> samples<ct::subtract_op>() { return of_two_numbers<ct::subtract_op>(); }
template <> inline std::vector<sample> samples<ct::equal_op>() { return of_two_numbers<ct::equal_op>(); }
template <> inline std::vector<sample> samples<ct::greater_op>() { return of_two_numbers<ct::greater_op>(); }
template <> inline std::vector<sample> samples<ct::greater_equal_op>() { return of_two_numbers<ct::greater_equal_op>(); }
template <> inline std::vector<sample> samples<ct::less_op>() { return of_two_numbers<ct::less_op>(); }
template <> inline std::vector<sample> samples<ct::less_equal_op>() { return of_two_numbers<ct::less_equal_op>(); }
template <> inline std::vector<sample> samples<ct::not_equal_op>() { return of_two_numbers<ct::not_equal_op>(); }
template <> inline std::vector<sample> samples<ct::logical_and_op>() { return of_two_masks<ct::logical_and_op>(); }
template <> inline std::vector<sample> samples<ct::logical_or_op>() { return of_two_masks<ct::logical_or_op>(); }

template <> inline std::vector<sample> samples<ct::reduce_max_op>() { return of_axes<ct::reduce_max_op>(); }
template <> inline std::vector<sample> samples<ct::reduce_min_op>() { return of_axes<ct::reduce_min_op>(); }
template <> inline std::vector<sample> samples<ct::reduce_prod_op>() { return of_axes<ct::reduce_prod_op>(); }
template <> inline std::vector<sample> samples<ct::reduce_sum_op>() { return of_axes<ct::reduce_sum_op>(); }
// clang-format on

/// The products of the other elements, along an axis and along all; with directions of what is no variable, since there are
/// derivatives up to the third order.
template <class Op, int Axes>
ref exclusive_product(trial& t) {
    ct::attributes a;
    a.numbers[0] = Axes;
    if constexpr (Op::arity == 1)
        return ct::apply<Op>(a, t.leaf(shape(N, 3), {0.7, -1.3, 2.1, 0.4, 1.9, -0.6}));
    else {
        const ref fixed = t.add_leaf(shape(N, 3), t.type, {0.7, -1.3, 2.1, 0.4, 1.9, -0.6});
        const ref u = t.leaf(shape(N, 3), {1.2, 0.8, -0.5, 2.5, -1.1, 0.9});
        if constexpr (Op::arity == 2)
            return ct::apply<Op>(a, fixed, u);
        else
            return ct::apply<Op>(a, fixed, u, t.leaf(shape(N, 3), {-0.3, 1.8, 0.7, 0.2, 1.4, -2.6}));
    }
}
template <class Op>
std::vector<sample> of_exclusive_products() {
    return {exclusive_product<Op, 2>, exclusive_product<Op, 3>};
}
template <>
inline std::vector<sample> samples<ct::exclusive_product_op<0>>() {
    return of_exclusive_products<ct::exclusive_product_op<0>>();
}
template <>
inline std::vector<sample> samples<ct::exclusive_product_op<1>>() {
    return of_exclusive_products<ct::exclusive_product_op<1>>();
}
template <>
inline std::vector<sample> samples<ct::exclusive_product_op<2>>() {
    return of_exclusive_products<ct::exclusive_product_op<2>>();
}
template <>
inline std::vector<sample> samples<ct::shift_below_op>() {
    return {[](trial& t) {
        const ref x = t.leaf(shape(N, 3), {0.7, -1.3, 2.1, 0.4, 1.9, -0.6});
        return ct::apply<ct::shift_below_op>(x, ct::constant(t.graph, 2.5, t.type));
    }};
}

template <>
inline std::vector<sample> samples<ct::logical_not_op>() {
    return {[](trial& t) { return ct::apply<ct::logical_not_op>(t.mask(shape(N), {0, 1})); }};
}

template <>
inline std::vector<sample> samples<ct::pow_op>() {
    return {
        [](trial& t) { return ct::pow(t.leaf(shape(N, 3), {0.1, 0.4, 0.9, 1.5, 3, 5}), t.leaf(shape(N, 3), {2, -1.5, 0.5, 1, 3, -0.3})); },
        [](trial& t) { return ct::pow(t.leaf(shape(N, 3), {-0.1, 0.4, -0.9, 1.5, 3, -2}), 3.0); },
        [](trial& t) { return ct::pow(t.leaf(shape(N, 3), {-0.1, 0.4, -0.9, 1.5, 3, -2}), 2.0); },
        [](trial& t) { return ct::pow(2.5, t.leaf(shape(3), {-0.1, 0.4, 2})); },
    };
}

template <>
inline std::vector<sample> samples<ct::round_op>() {
    return {[](trial& t) { return unary<ct::round_op>(t, {-2.4, -0.7, -0.2, 0.3, 1.1, 2.25}); }};
}

template <>
inline std::vector<sample> samples<ct::polygamma_op>() {
    return {
        [](trial& t) { return ct::polygamma(1.0, t.leaf(shape(N, 3), {-2.5, -0.7, -0.2, 0.3, 1.1, 12.25})); },
        [](trial& t) { return ct::polygamma(2.0, t.leaf(shape(N, 3), {-1.5, -0.7, 0.4, 0.6, 1.1, 2.25})); },
    };
}

template <> // away from multiples
inline std::vector<sample> samples<ct::mod_op>() {
    return {
        [](trial& t) {
            return ct::mod(t.leaf(shape(N, 3), {7.1, -1.3, 2.1, 0.4, 5.5, -0.6}), t.leaf(shape(N, 3), {1.2, 0.8, -0.5, 2.5, -1.3, 0.9}));
        },
        [](trial& t) { return ct::mod(t.leaf(shape(N, 3), {7.1, -1.3, 2.2, 0.6, 5.5, -0.7}), t.leaf(shape(), {1.25})); },
        [](trial& t) { return ct::mod(7.2, t.leaf(shape(3), {1.25, -2.1, 9})); },
        [](trial& t) { return ct::mod(t.integers(shape(4), {7, -7, 7, 5}), t.integers(shape(4), {3, 3, -3, 0})); },
    };
}

template <>
inline std::vector<sample> samples<ct::where_op>() {
    return {
        [](trial& t) {
            return ct::where(t.mask(shape(N, 2), {0, 1, 1, 0}), t.leaf(shape(N, 2), {1, 2, 3, 4}), t.leaf(shape(2), {-1, -2}));
        },
        [](trial& t) {
            const ref x = t.leaf(shape(N, 2), {0.5, -2, 3, -4});
            return ct::where(x > 0.0, ct::log(x), x * x);
        },
    };
}

template <>
inline std::vector<sample> samples<ct::cast_op>() {
    return {
        [](trial& t) { return ct::cast<double>(t.leaf(shape(N), {1.25, -2})); },
        [](trial& t) { return ct::cast<std::int32_t>(t.leaf(shape(N), {1.25, -2})); },
        [](trial& t) { return ct::cast<float>(t.mask(shape(N), {0, 1})); },
    };
}

template <>
inline std::vector<sample> samples<ct::stop_gradient_op>() {
    return {
        [](trial& t) { return ct::stop_gradient(t.add_leaf(shape(N), t.type, {1.5, 2})); },
        [](trial& t) { return t.leaf(shape(N), {1.5, 2}) * ct::stop_gradient(t.add_leaf(shape(N), t.type, {1.5, 2})); },
    };
}

template <>
inline std::vector<sample> samples<ct::checked_index_op>() {
    return {
        [](trial& t) { return ct::apply<ct::checked_index_op>(ct::checked_index_op::below(3), t.integers(shape(4), {2, 0, 2, 1})); },
    };
}

template <>
inline std::vector<sample> samples<ct::argmax_op>() {
    return {
        [](trial& t) { return ct::argmax(t.leaf(shape(N, 3), {1, 3, 2, 5, 4, 5})); },
        [](trial& t) { return ct::argmax(t.leaf(shape(N, 3), {1, 3, 2, 5, 4, 5}), ct::axis<1>); },
    };
}

template <>
inline std::vector<sample> samples<ct::random_bits_op<0>>() {
    return {[](trial& t) {
        return ct::apply<ct::random_bits_op<0>>(t.integers(shape(4), {0, 1, 2, 3}), t.integers(shape(4), {5, 5, 6, 6}),
                                                t.integers(shape(4), {-1, 7, 7, 7}));
    }};
}
template <>
inline std::vector<sample> samples<ct::random_bits_op<1>>() {
    return {[](trial& t) {
        return ct::apply<ct::random_bits_op<1>>(t.integers(shape(3), {0, 1, 2}), t.integers(shape(3), {5, 5, 5}),
                                                t.integers(shape(3), {7, 7, 7}));
    }};
}

template <>
inline std::vector<sample> samples<ct::view_op>() {
    return {
        [](trial& t) { return ct::transpose(t.leaf(shape(N, 3), {1, 2, 3, 4, 5, 6})); },
        [](trial& t) { return ct::transpose(t.leaf(shape(1, N, 3), {1, 2, 3, 4, 5, 6}), ct::permutation<2, 0, 1>); },
        [](trial& t) { return ct::broadcast_to(t.leaf(shape(3), {1, 2, 3}), ct::dims<4, N, 3>); },
        [](trial& t) { return ct::broadcast_to(t.leaf(shape(N, 1), {1, 2}), ct::dims<2, N, 3>); },
        [](trial& t) { return ct::expand_dims(t.leaf(shape(N, 3), {1, 2, 3, 4, 5, 6}), ct::axis<1>); },
        [](trial& t) { return ct::squeeze(t.leaf(shape(1, N, 1, 3), {1, 2, 3, 4, 5, 6})); },
        [](trial& t) { return ct::transpose(ct::broadcast_to(ct::transpose(t.leaf(shape(N, 3), {1, 2, 3, 4, 5, 6})), ct::dims<2, 3, N>)); },
    };
}

template <>
inline std::vector<sample> samples<ct::reshape_op>() {
    return {
        [](trial& t) { return ct::reshape(t.leaf(shape(N, 6), {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}), ct::dims<3, N, -1>); },
        [](trial& t) { return ct::reshape(t.leaf(shape(N, 3), {1, 2, 3, 4, 5, 6}), ct::dims<3, -1>); },
        [](trial& t) { return ct::reshape(t.leaf(shape(2, 3), {1, 2, 3, 4, 5, 6}), ct::dims<-1>); },
    };
}

template <>
inline std::vector<sample> samples<ct::slice_op>() {
    return {
        [](trial& t) { return ct::slice(t.leaf(shape(N, 4), {1, 2, 3, 4, 5, 6, 7, 8}), ct::begin<0, 1>, ct::size<-1, 2>); },
        [](trial& t) { return ct::slice(t.leaf(shape(4), {1, 2, 3, 4}), ct::begin<2>, ct::size<-1>); },
        [](trial& t) {
            const ref turned = ct::transpose(t.leaf(shape(4, N), {1, 2, 3, 4, 5, 6, 7, 8}));
            return ct::slice(turned, ct::begin<0, 3>, ct::size<-1, 1>);
        },
    };
}

template <>
inline std::vector<sample> samples<ct::pad_op>() {
    return {[](trial& t) {
        ct::attributes box;
        box.shape = shape(N, 5);
        box.numbers[1] = 2;
        return ct::apply<ct::pad_op>(box, t.leaf(shape(N, 2), {1, 2, 3, 4}));
    }};
}

template <>
inline std::vector<sample> samples<ct::cumsum_op>() {
    return {
        [](trial& t) { return ct::cumsum(t.leaf(shape(N, 3), {1, 2, -3, 4, 0.5, 6})); },
        [](trial& t) { return ct::cumsum(t.leaf(shape(2, N, 2), {1, 2, -3, 4, 0.5, 6, -1, 2}), ct::axis<1>, ct::exclusive); },
        [](trial& t) { return ct::cumsum(t.leaf(shape(N, 3), {1, 2, -3, 4, 0.5, 6}), ct::axis<-1>, ct::go_backwards); },
        [](trial& t) {
            const ref x = t.leaf(shape(4), {1, 2, -3, 4});
            return ct::cumsum(x * x, ct::axis<0>, ct::go_backwards, ct::exclusive);
        },
    };
}

template <>
inline std::vector<sample> samples<ct::concat_op>() {
    return {
        [](trial& t) {
            return ct::concat(ct::axis<-1>, t.leaf(shape(N, 2), {1, 2, 3, 4}), t.leaf(shape(N, 1), {5, 6}),
                              t.leaf(shape(N, 2), {7, 8, 9, 10}));
        },
        [](trial& t) {
            const ref x = t.leaf(shape(3), {1, 2, 3});
            return ct::concat(ct::axis<0>, x, x * x);
        },
    };
}

template <>
inline std::vector<sample> samples<ct::gather_op>() {
    return {
        [](trial& t) { return ct::gather(t.leaf(shape(3, N), {1, 2, 3, 4, 5, 6}), t.integers(shape(4), {2, 0, 2, 2})); },
        [](trial& t) { return ct::gather(t.leaf(shape(3), {1, 2, 3}), t.integers(shape(N, 2), {1, -1, 3, 1})); },
    };
}

template <>
inline std::vector<sample> samples<ct::scatter_sum_op>() {
    return {[](trial& t) {
        ct::attributes table;
        table.shape = shape(3, 2);
        return ct::apply<ct::scatter_sum_op>(table, t.leaf(shape(4, 2), {1, 2, 3, 4, 5, 6, 7, 8}), t.integers(shape(4), {2, 0, 2, 5}));
    }};
}

template <>
inline std::vector<sample> samples<ct::steps_op>() {
    return {
        [](trial& t) { return ct::reverse(t.leaf(shape(N, 4), {1, 2, 3, 4, 5, 6, 7, 8}), ct::axis<1>); },
        [](trial& t) {
            ct::attributes every;
            every.shape = shape(2, N, 3);
            every.numbers[0] = -2;
            every.numbers[1] = 1;
            every.numbers[2] = 1;
            return ct::apply<ct::steps_op>(every, t.leaf(shape(3, N, 3), {1, 2, 3, 4, 5, 6, 7, 8, 9, 1, 3, 5, 2, 4, 6, 8, 7, 9}));
        },
        [](trial& t) { // of positions, turned and cut
            ct::attributes a;
            a.type = dtype::int32;
            a.shape = shape(3, N);
            const ref positions = ct::transpose(t.graph.add(ct::info<ct::coordinate_op>, a, nullptr));
            const ref backwards = ct::reverse(positions, ct::axis<1>);
            const ref x = t.leaf(shape(N, 2), {1, 2, 3, 4});
            return x * ct::apply<ct::cast_op>(ct::attributes{.type = t.type}, ct::slice(backwards, ct::begin<0, 1>, ct::size<-1, 2>));
        },
    };
}

template <>
inline std::vector<sample> samples<ct::spread_op>() {
    return {[](trial& t) {
        ct::attributes every;
        every.shape = shape(N, 7);
        every.numbers[0] = 1;
        every.numbers[1] = -3;
        return ct::apply<ct::spread_op>(every, t.leaf(shape(N, 3), {1, 2, 3, 4, 5, 6}));
    }};
}

template <>
inline std::vector<sample> samples<ct::take_along_axis_op>() {
    return {
        [](trial& t) {
            return ct::apply<ct::take_along_axis_op>(ct::attributes{.numbers = {1}}, t.leaf(shape(N, 3), {1, 2, 3, 4, 5, 6}),
                                                     t.integers(shape(N, 4), {2, 0, 2, 1, -1, 2, 3, 0}));
        },
        [](trial& t) {
            return ct::apply<ct::take_along_axis_op>(ct::attributes{.numbers = {0}}, t.leaf(shape(3, N), {1, 2, 3, 4, 5, 6}),
                                                     t.integers(shape(1, N), {2, 0}));
        },
    };
}

template <>
inline std::vector<sample> samples<ct::put_along_axis_op>() {
    return {[](trial& t) {
        ct::attributes a;
        a.shape = shape(N, 3);
        a.numbers[0] = 1;
        return ct::apply<ct::put_along_axis_op>(a, t.leaf(shape(N, 4), {1, 2, 3, 4, 5, 6, 7, 8}),
                                                t.integers(shape(N, 4), {2, 0, 2, 1, -1, 2, 3, 0}));
    }};
}

template <>
inline std::vector<sample> samples<ct::argsort_op>() {
    return {
        [](trial& t) { return ct::apply<ct::argsort_op>(ct::attributes{.numbers = {1}}, t.leaf(shape(N, 4), {3, 1, 3, 2, 5, 4, 5, 4})); },
        [](trial& t) {
            return ct::apply<ct::argsort_op>(ct::attributes{.numbers = {0, 1}}, t.leaf(shape(4, N), {3, 1, 3, 2, 5, 4, 5, 4}));
        },
    };
}

template <>
inline std::vector<sample> samples<ct::last_use_op>() {
    return {[](trial& t) {
        return ct::apply<ct::last_use_op>(ct::attributes{.shape = shape(4)}, t.integers(shape(N, 3), {2, 0, 2, 5, -1, 0}));
    }};
}

template <>
inline std::vector<sample> samples<ct::matmul_op>() {
    return {
        [](trial& t) { return ct::matmul(t.leaf(shape(N, 3), {1, 2, 3, 4, 5, 6}), t.leaf(shape(3, 2), {0.5, -1, 2, 0.25, 1, -2})); },
        [](trial& t) {
            return ct::matmul(t.leaf(shape(3, N), {1, 2, 3, 4, 5, 6}), t.leaf(shape(3, 2), {0.5, -1, 2, 0.25, 1, -2}), ct::transpose_a);
        },
        [](trial& t) {
            return ct::matmul(t.leaf(shape(N, 3), {1, 2, 3, 4, 5, 6}), t.leaf(shape(2, 3), {0.5, -1, 2, 0.25, 1, -2}), ct::transpose_b);
        },
        [](trial& t) {
            return ct::matmul(t.leaf(shape(3, N), {1, 2, 3, 4, 5, 6}), t.leaf(shape(2, 3), {0.5, -1, 2, 0.25, 1, -2}), ct::transpose_a,
                              ct::transpose_b);
        },
        [](trial& t) { // one matrix for all of a batch, on either side
            return ct::matmul(t.leaf(shape(2, N, 2), {1, 2, 3, 4, 5, 6, 7, 8}), t.leaf(shape(2, 3), {0.5, -1, 2, 0.25, 1, -2}));
        },
        [](trial& t) {
            return ct::matmul(t.leaf(shape(2, 3), {0.5, -1, 2, 0.25, 1, -2}), t.leaf(shape(2, N, 3), {1, 2, 3, 4, 5, 6, 7, 8, 9, 1, 2, 3}),
                              ct::transpose_b);
        },
        [](trial& t) {
            return ct::matmul(t.leaf(shape(N, 1, 2), {1, 2, 3, 4}), t.leaf(shape(N, 2, 3), {1, 2, 3, 4, 5, 6, 6, 5, 4, 3, 2, 1}));
        },
        [](trial& t) {
            const ref x = t.leaf(shape(2, 2), {1, 2, 3, 4});
            return ct::matmul(x, x, ct::transpose_b);
        },
    };
}

template <>
inline std::vector<sample> samples<ct::sum_of_outer_products_op>() {
    return {
        [](trial& t) {
            return ct::apply<ct::sum_of_outer_products_op>(t.leaf(shape(N, 3), {1, 2, 3, 4, 5, 6}),
                                                           t.leaf(shape(N, 2), {0.5, -1, 2, 0.25}));
        },
        [](trial& t) {
            return ct::apply<ct::sum_of_outer_products_op>(t.leaf(shape(N, 2, 3), {1, 2, 3, 4, 5, 6, 0.5, -1, 2, 0.25, 1, -2}),
                                                           t.leaf(shape(N, 2, 2), {0.7, -1.3, 2.1, 0.4, 1.9, -0.6, 1.4, 0.8}));
        },
        [](trial& t) {
            const ref x = t.leaf(shape(N, 2), {1, 2, 3, 4});
            return ct::apply<ct::sum_of_outer_products_op>(x, x);
        },
    };
}

template <>
inline std::vector<sample> samples<ct::placeholder_op>() {
    return {[](trial& t) {
        ct::attributes a;
        a.type = t.type;
        a.shape = shape(N);
        a.name = &ct::symbol_of<"x">;
        t.input.leaves.push_back({a.name, ct::value_list(2, 1.5)});
        return t.graph.add(ct::info<ct::placeholder_op>, a, nullptr);
    }};
}

template <class Op>
std::vector<sample> of_kept_leaf() {
    return {[](trial& t) {
        ct::attributes a;
        a.type = t.type;
        a.shape = shape(N);
        a.name = &ct::symbol_of<"x">;
        a.numbers[0] = 1;
        t.input.leaves.push_back({a.name, ct::value_list(2, 1.5)});
        return t.graph.add(ct::info<Op>, a, nullptr);
    }};
}
template <>
inline std::vector<sample> samples<ct::slot_op>() {
    return of_kept_leaf<ct::slot_op>();
}
template <>
inline std::vector<sample> samples<ct::state_op>() {
    return of_kept_leaf<ct::state_op>();
}

template <>
inline std::vector<sample> samples<ct::variable_op>() {
    return {[](trial& t) { return t.leaf(shape(N), {1, 2}); }};
}

template <>
inline std::vector<sample> samples<ct::constant_op>() {
    return {[](trial& t) { return t.leaf(shape(N, 3), {1, 2, 3, 4, 5, 6}) * ct::constant(t.graph, 2.5, t.type, shape(N, 3)); }};
}

template <>
inline std::vector<sample> samples<ct::coordinate_op>() {
    return {[](trial& t) {
        ct::attributes a;
        a.type = dtype::int32;
        a.shape = shape(N, 3);
        a.numbers[0] = 1;
        return t.graph.add(ct::info<ct::coordinate_op>, a, nullptr);
    }};
}

template <>
inline std::vector<sample> samples<ct::size_op>() {
    return {[](trial& t) { return t.leaf(shape(N, 3), {1, 2, 3, 4, 5, 6}) / ct::element_count(t.graph, t.type, shape(N, 3), {3}); }};
}

} // namespace laws
