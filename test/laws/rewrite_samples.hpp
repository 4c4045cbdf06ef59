// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "samples.hpp"

#include <string_view>

// A use of every rewrite, by its name: the laws are tested on these, and fail for a rewrite that has none.

namespace laws {

struct rewrite_sample {
    std::string_view name;
    sample make;
};

inline ref x_of(trial& t) { return t.leaf(shape(N, 3), {0.7, -1.3, 2.1, 0.4, 1.9, -0.6}); }
inline ref y_of(trial& t) { return t.leaf(shape(N, 3), {1.2, 0.8, -0.5, 2.5, -1.1, 0.9}); }
inline ref mask_of(trial& t) { return t.mask(shape(N, 3), {0, 1, 1, 0, 1, 0}); }
inline ref zeros_and_ones(trial& t) {
    ct::attributes asked;
    asked.type = t.type;
    return ct::apply<ct::cast_op>(asked, mask_of(t));
}
inline ref zeros_of(ref x) { return ct::constant(*x.graph, 0, x->type, x.shape()); }
inline ref size_of(trial& t) { return ct::element_count(t.graph, t.type, shape(N), {1}); }

/// A leaf that is data, no parameter.
inline ref data_of(trial& t, const ct::tensor_shape& s, std::initializer_list<double> values) {
    ct::attributes a = *t.leaf(s, values);
    return t.graph.add(ct::info<ct::placeholder_op>, a, nullptr);
}

/// The matrix of which every row, or every column, is `x`.
inline ref repeated(ref x, const ct::tensor_shape& s, int axis) {
    ct::attributes a;
    a.shape = s;
    for (int k = 0; k < s.rank; ++k) a.numbers[k] = k == axis ? -1 : 0;
    return ct::apply<ct::view_op>(a, x);
}

template <class Op>
ref along(ref x, int axes) {
    ct::attributes a;
    a.numbers[0] = axes;
    return ct::apply<Op>(a, x);
}
inline ref sum_along(ref x, int axes) { return along<ct::reduce_sum_op>(x, axes); }

template <class Op>
ref of_one_element(trial& t) {
    return along<Op>(t.leaf(shape(N, 1, 2), {1, -2, 3, 4}), 6);
}
template <class Op>
ref of_itself(trial& t) {
    return along<Op>(along<Op>(t.leaf(shape(N, 3, 2), {0.7, -1.3, 2.1, 0.4, 1.9, -0.6, 1.2, 0.8, -0.5, 2.5, -1.1, 0.9}), 2), 2);
}
template <class Op>
ref of_all(trial& t) {
    return along<Op>(x_of(t), 0);
}

inline ref no_nan(ref x, ref y) { return ct::apply<ct::multiply_no_nan_op>(x, y); }
inline ref annihilating(ref x, ref y) { return ct::apply<ct::annihilating_multiply_op>(x, y); }

/// `x` as columns `begin` and on of a matrix with `columns` of them; the others are 0.
inline ref among_zeros(ref x, int begin, int columns) {
    ct::attributes box;
    box.shape = x.shape();
    box.shape[x.shape().rank - 1] = columns;
    box.numbers[x.shape().rank - 1] = begin;
    return ct::apply<ct::pad_op>(box, x);
}
/// One element that is no number.
inline ref element_of(trial& t) { return ct::slice(t.leaf(shape(2), {3, -1.5}), ct::begin<1>, ct::size<1>); }
/// A column of ones, the middle one of three.
inline ref unit_column(trial& t) { return among_zeros(ct::constant(t.graph, 1, t.type, shape(N, 1)), 1, 3); }

inline const rewrite_sample rewrite_samples[] = {
    {"f(c, d) = a number", [](trial& t) { return x_of(t) * ct::exp(ct::constant(t.graph, 0.5, t.type)); }},
    {"f(repeated x, repeated y) = repeated f(x, y)",
     [](trial& t) { return ct::tanh(repeated(t.leaf(shape(N), {1, -2}), shape(N, 3), 1)); }},

    {"x + 0 = x", [](trial& t) { return x_of(t) + 0.0; }},
    {"x + 0 = x", [](trial& t) { return 0.0 + x_of(t); }},
    {"x + (-y) = x - y", [](trial& t) { return x_of(t) + -y_of(t); }},
    {"x + (-y) = x - y", [](trial& t) { return -x_of(t) + y_of(t); }},
    {"c x + c y = (x + y) c", [](trial& t) { return x_of(t) * 3.0 + y_of(t) * 3.0; }},
    {"c x + c y = (x + y) c", [](trial& t) { return x_of(t) * 3.0 + y_of(t) * -3.0; }},
    {"x - 0 = x", [](trial& t) { return x_of(t) - 0.0; }},
    {"0 - x = -x", [](trial& t) { return 0.0 - x_of(t); }},
    {"x - (-y) = x + y", [](trial& t) { return x_of(t) - -y_of(t); }},
    {"-x - y = -(x + y)", [](trial& t) { return -x_of(t) - y_of(t); }},
    {"c x - c y = (x - y) c", [](trial& t) { return x_of(t) * -3.0 - y_of(t) * -3.0; }},

    {"1 x = x", [](trial& t) { return 1.0 * x_of(t); }},
    {"-1 x = -x", [](trial& t) { return x_of(t) * -1.0; }},
    {"0 x = 0", [](trial& t) { return 0.0 * zeros_and_ones(t); }},
    {"c (-x) = x (-c)", [](trial& t) { return 3.0 * -x_of(t); }},
    {"c (n x) = x (n c)", [](trial& t) { return 3.0 * (x_of(t) / size_of(t) * size_of(t)); }},
    {"c (sum of x y) = sum of (c x) y",
     [](trial& t) { return 0.5 * sum_along(data_of(t, shape(3), {1, 2, -3}) * t.leaf(shape(3), {0.3, 0.7, -1.1}), 1); }},
    {"c (d x) = x (c d)", [](trial& t) { return 0.3 * (x_of(t) * 7.0); }},
    {"c (x / d) = x (c / d), c (d / x) = (c d) / x", [](trial& t) { return 3.0 * (x_of(t) / 7.0); }},
    {"c (x / d) = x (c / d), c (d / x) = (c d) / x", [](trial& t) { return 3.0 * (7.0 / x_of(t)); }},
    {"x (-y) = -(x y)", [](trial& t) { return x_of(t) * -y_of(t); }},
    {"x (-y) = -(x y)", [](trial& t) { return repeated(-t.leaf(shape(N), {1, -2}), shape(N, 3), 1) * x_of(t); }},
    {"x y among zeros = (x there) y, among zeros", [](trial& t) { return zeros_and_ones(t) * unit_column(t); }},
    {"x y among zeros = (x there) y, among zeros",
     [](trial& t) { return among_zeros(element_of(t), 2, 3) * ct::constant(t.graph, 3, t.type, shape(3)); }},

    {"x / 1 = x", [](trial& t) { return x_of(t) / 1.0; }},
    {"x / d = x (1 / d)", [](trial& t) { return x_of(t) / -8.0; }},
    {"(c x) / d = x (c / d)", [](trial& t) { return x_of(t) * 5.0 / 3.0; }},
    {"-x / y = -(x / y)", [](trial& t) { return -x_of(t) / y_of(t); }},
    {"x / (-y) = -(x / y)", [](trial& t) { return x_of(t) / -y_of(t); }},

    {"-(-x) = x", [](trial& t) { return -(-x_of(t)); }},
    {"-(x - y) = y - x", [](trial& t) { return -(x_of(t) - y_of(t)); }},
    {"-(c / x) = (-c) / x", [](trial& t) { return -(3.0 / x_of(t)); }},
    {"-(c x) = (-c) x", [](trial& t) { return -(3.0 * x_of(t)); }},
    {"-(c x) = (-c) x", [](trial& t) { return -(x_of(t) * (y_of(t) * 3.0)); }},
    {"-(x among zeros) = -x among zeros", [](trial& t) { return x_of(t) + -unit_column(t); }},

    {"multiply_no_nan(x, 0) = 0",
     [](trial& t) {
         const ref x = x_of(t);
         return no_nan(x, zeros_of(x));
     }},
    {"multiply_no_nan(x, y) = x y", [](trial& t) { return no_nan(zeros_and_ones(t), y_of(t)); }},
    {"multiply_no_nan(-x, y) = -multiply_no_nan(x, y)", [](trial& t) { return no_nan(-x_of(t), y_of(t)); }},
    {"multiply_no_nan(x, -y) = -multiply_no_nan(x, y)", [](trial& t) { return no_nan(x_of(t), -y_of(t)); }},
    {"multiply_no_nan(x, y among zeros) = multiply_no_nan(x there, y), among zeros",
     [](trial& t) { return no_nan(x_of(t), unit_column(t)); }},
    {"multiply_no_nan(x, y among zeros) = multiply_no_nan(x there, y), among zeros",
     [](trial& t) { return no_nan(t.leaf(shape(3), {1, 2, -3}), among_zeros(element_of(t), 0, 3)); }},
    {"annihilating_multiply(x, 0) = 0",
     [](trial& t) {
         const ref x = x_of(t);
         return annihilating(x, zeros_of(x));
     }},
    {"annihilating_multiply(x, y) = x y", [](trial& t) { return annihilating(x_of(t), ct::constant(t.graph, 3, t.type)); }},

    {"where(m, x, x) = x",
     [](trial& t) {
         const ref x = x_of(t);
         return ct::where(mask_of(t), x, x);
     }},
    {"where(true, x, y) = x, where(false, x, y) = y",
     [](trial& t) { return ct::where(ct::constant(t.graph, 0, dtype::boolean, shape(N, 3)), x_of(t), y_of(t)); }},
    {"where(m, -x, 0) = -where(m, x, 0)", [](trial& t) { return ct::where(mask_of(t), -x_of(t), 0.0); }},
    {"where(m, -x, 0) = -where(m, x, 0)", [](trial& t) { return ct::where(mask_of(t), 0.0, -x_of(t)); }},
    {"where(|x| <= c, d x, d c sign(x)) = clip(x, -c, c) d",
     [](trial& t) {
         const ref x = x_of(t);
         return ct::where(ct::abs(x) <= 0.75, 3.0 * x, 2.25 * ct::sign(x));
     }},
    {"where(m, s x, s y) = where(m, x, y) s", [](trial& t) { return ct::where(mask_of(t), x_of(t) * 0.3, y_of(t) * 0.3); }},
    {"where(m, s x, s y) = where(m, x, y) s",
     [](trial& t) {
         const ref s = repeated(t.leaf(shape(N), {1, -2}), shape(N, 3), 1);
         return ct::where(mask_of(t), x_of(t) * s, s * y_of(t));
     }},
    {"!!m = m", [](trial& t) { return ct::where(ct::logical_not(ct::logical_not(mask_of(t))), x_of(t), y_of(t)); }},

    {"log(exp(x)) = x", [](trial& t) { return ct::log(ct::exp(x_of(t))); }},
    {"log(sigmoid(x)) = -softplus(-x)", [](trial& t) { return ct::log(ct::sigmoid(x_of(t))); }},
    {"log(1 - sigmoid(x)) = -softplus(x)", [](trial& t) { return ct::log(1.0 - ct::sigmoid(x_of(t))); }},
    {"log(sum of exp(x)) = reduce_logsumexp(x)", [](trial& t) { return ct::log(sum_along(ct::exp(x_of(t)), 2)); }},
    {"log(softmax(x)) = log_softmax(x)",
     [](trial& t) {
         const ref e = ct::exp(x_of(t));
         return ct::log(e / repeated(sum_along(e, 2), shape(N, 3), 1));
     }},
    {"x^0 = 1", [](trial& t) { return ct::pow(x_of(t), 0.0); }},
    {"x^1 = x", [](trial& t) { return ct::pow(x_of(t), 1.0); }},
    {"x^2 = square(x)", [](trial& t) { return ct::pow(x_of(t), 2.0); }},

    {"a view that changes nothing = x", [](trial& t) { return ct::transpose(ct::transpose(x_of(t))); }},
    {"a view of c = c", [](trial& t) { return x_of(t) + ct::transpose(ct::constant(t.graph, 2, t.type, shape(3, N))); }},
    {"a view of a view = one view", [](trial& t) { return ct::transpose(ct::expand_dims(x_of(t), ct::axis<1>)); }},
    {"a view of x among zeros = a view of x, among zeros",
     [](trial& t) { return x_of(t) * repeated(among_zeros(ct::constant(t.graph, 2, t.type, shape(1)), 1, 3), shape(N, 3), 0); }},
    {"a view of x among zeros = a view of x, among zeros",
     [](trial& t) { return ct::transpose(x_of(t) - unit_column(t)) * ct::transpose(unit_column(t)); }},
    {"a reshape to the same shape = x", [](trial& t) { return ct::reshape(x_of(t), ct::dims<N, 3>); }},
    {"a reshape of c = c", [](trial& t) { return x_of(t) + ct::reshape(ct::constant(t.graph, 2, t.type, shape(3, N)), ct::dims<N, 3>); }},
    {"a reshape of a reshape = one reshape", [](trial& t) { return ct::reshape(ct::reshape(x_of(t), ct::dims<3, N>), ct::dims<N, 1, 3>); }},
    {"a slice of all = x", [](trial& t) { return ct::slice(x_of(t), ct::begin<0, 0>, ct::size<-1, 3>); }},
    {"a slice of c = c",
     [](trial& t) { return x_of(t) * ct::slice(ct::constant(t.graph, 2, t.type, shape(N, 5)), ct::begin<0, 1>, ct::size<-1, 3>); }},
    {"a slice of a slice = one slice",
     [](trial& t) { return ct::slice(ct::slice(x_of(t), ct::begin<0, 1>, ct::size<-1, 2>), ct::begin<0, 1>, ct::size<-1, 1>); }},
    {"a slice of positions = positions + begin",
     [](trial& t) {
         ct::attributes a;
         a.type = t.type;
         a.shape = shape(N, 5);
         a.numbers[0] = 1;
         return x_of(t) * ct::slice(t.graph.add(ct::info<ct::coordinate_op>, a, nullptr), ct::begin<0, 2>, ct::size<-1, 3>);
     }},
    {"a slice of zeros around x = 0, inside x = a slice of x",
     [](trial& t) { return ct::slice(among_zeros(x_of(t), 2, 6), ct::begin<0, 3>, ct::size<-1, 2>); }},
    {"a slice of zeros around x = 0, inside x = a slice of x",
     [](trial& t) { return y_of(t) + ct::slice(among_zeros(x_of(t), 3, 7), ct::begin<0, 0>, ct::size<-1, 3>); }},
    {"a slice of one part of a concat = a slice of the part",
     [](trial& t) { return ct::slice(ct::concat(ct::axis<1>, x_of(t), y_of(t)), ct::begin<0, 1>, ct::size<-1, 2>); }},
    {"a slice of one part of a concat = a slice of the part",
     [](trial& t) { return ct::slice(ct::concat(ct::axis<1>, x_of(t), y_of(t)), ct::begin<0, 4>, ct::size<-1, 2>); }},
    {"0 among zeros = 0", [](trial& t) { return x_of(t) * among_zeros(ct::constant(t.graph, 0, t.type, shape(N, 1)), 2, 3); }},
    {"concat(c, c) = c",
     [](trial& t) {
         const ref one = ct::constant(t.graph, 1, t.type, shape(N, 1));
         return x_of(t) - ct::concat(ct::axis<1>, one, one, one);
     }},
    {"a cast to the same type = x",
     [](trial& t) { return t.type == dtype::float64 ? ct::cast<double>(x_of(t)) : ct::cast<float>(x_of(t)); }},

    {"a sum along no axis = x", of_all<ct::reduce_sum_op>},
    {"a sum along axes of one element = a view", of_one_element<ct::reduce_sum_op>},
    {"a sum of sums = one sum", of_itself<ct::reduce_sum_op>},
    {"sum of c (sum of x) = sum of c x", [](trial& t) { return sum_along(sum_along(x_of(t), 2) * 0.3, 1); }},
    {"sum of c (sum of x) = sum of c x", [](trial& t) { return sum_along(sum_along(x_of(t), 2) / 3.0, 1); }},
    {"sum of a matmul b of each = sum_of_outer_products",
     [](trial& t) {
         const ref a = t.leaf(shape(N, 2, 3), {1, 2, 3, 4, 5, 6, 0.5, -1, 2, 0.25, 1, -2});
         const ref b = t.leaf(shape(N, 2, 2), {0.7, -1.3, 2.1, 0.4, 1.9, -0.6, 1.4, 0.8});
         return sum_along(ct::matmul(ct::transpose(a, ct::permutation<0, 2, 1>), b), 1);
     }},
    {"sum of a matmul b = (sum of a) matmul (sum of b)",
     [](trial& t) { return sum_along(ct::matmul(x_of(t), t.leaf(shape(3, 2), {0.5, -1, 2, 0.25, 1, -2})), 3); }},
    {"sum of a matmul b = (sum of a) matmul (sum of b)",
     [](trial& t) { return sum_along(ct::matmul(x_of(t), t.leaf(shape(3, 2), {0.5, -1, 2, 0.25, 1, -2})), 1); }},
    {"sum of a matmul b = (sum of a) matmul (sum of b)",
     [](trial& t) { return sum_along(ct::matmul(x_of(t), t.leaf(shape(3, 2), {0.5, -1, 2, 0.25, 1, -2})), 2); }},
    {"sum of n equal x = n x", [](trial& t) { return sum_along(repeated(t.leaf(shape(N), {1, -2}), shape(N, 3), 1), 2); }},
    {"sum of n equal x = n x", [](trial& t) { return sum_along(repeated(t.leaf(shape(3), {1, -2, 5}), shape(N, 3), 0), 3); }},
    {"sum of -x = -(sum of x)", [](trial& t) { return sum_along(-x_of(t), 2); }},
    {"sum of x among zeros = sum of x", [](trial& t) { return sum_along(among_zeros(x_of(t), 1, 5), 3); }},
    {"sum of x among zeros = sum of x",
     [](trial& t) {
         ct::attributes box;
         box.shape = shape(N, 5, 7);
         box.numbers[1] = 2, box.numbers[2] = 3;
         return sum_along(ct::apply<ct::pad_op>(box, t.leaf(shape(N, 2, 2), {0.7, -1.3, 2.1, 0.4, 1.9, -0.6, 1.2, 0.8})), 4);
     }},
    {"sum of x (c y) = sum of (c x) y",
     [](trial& t) { return sum_along(data_of(t, shape(3), {1, 2, -3}) * (t.leaf(shape(3), {0.3, 0.7, -1.1}) * 0.5), 1); }},
    {"sum of c x = c (sum of x)", [](trial& t) { return sum_along(x_of(t) * y_of(t) * 3.0, 3); }},
    {"sum of c x = c (sum of x)", [](trial& t) { return sum_along(ct::minimum(ct::maximum(x_of(t), -1.0), 1.0) * 0.3, 3); }},
    {"sum of c x = c (sum of x)", [](trial& t) { return sum_along(ct::where(mask_of(t), x_of(t) * 3.0, 0.0), 3); }},

    {"a maximum along no axis = x", of_all<ct::reduce_max_op>},
    {"a maximum along axes of one element = a view", of_one_element<ct::reduce_max_op>},
    {"a maximum of maxima = one maximum", of_itself<ct::reduce_max_op>},
    {"a minimum along no axis = x", of_all<ct::reduce_min_op>},
    {"a minimum along axes of one element = a view", of_one_element<ct::reduce_min_op>},
    {"a minimum of minima = one minimum", of_itself<ct::reduce_min_op>},
    {"a product along no axis = x", of_all<ct::reduce_prod_op>},
    {"a product along axes of one element = a view", of_one_element<ct::reduce_prod_op>},

    {"a column by a row = products",
     [](trial& t) { return ct::matmul(t.leaf(shape(N, 1), {1.5, -2}), t.leaf(shape(1, 3), {0.5, 3, -1})); }},
    {"a matmul equal columns = (sum of a) times one of them",
     [](trial& t) { return ct::matmul(x_of(t), repeated(t.leaf(shape(2), {1.5, -2}), shape(3, 2), 0)); }},
    {"a matmul equal columns = (sum of a) times one of them",
     [](trial& t) {
         const ref a = repeated(t.leaf(shape(N), {1.5, -2}), shape(N, 3), 1);
         return ct::matmul(a, t.leaf(shape(3, 2), {0.5, -1, 2, 0.25, 1, -2}));
     }},
    {"equal rows matmul b = one row matmul b, repeated",
     [](trial& t) {
         const ref a = repeated(t.leaf(shape(3), {1.5, -2, 0.25}), shape(N, 3), 0);
         return ct::matmul(a, t.leaf(shape(3, 2), {0.5, -1, 2, 0.25, 1, -2}));
     }},
    {"equal rows matmul b = one row matmul b, repeated",
     [](trial& t) { return ct::matmul(x_of(t), repeated(t.leaf(shape(3), {1.5, -2, 0.25}), shape(3, 2), 1)); }},
    {"a matmul b among zeros = (a there) matmul b",
     [](trial& t) {
         ct::attributes shields, box;
         shields.numbers[0] = 2;
         box.shape = shape(5, 4);
         box.numbers[0] = 1, box.numbers[1] = 2;
         return ct::apply<ct::matmul_op>(shields, t.leaf(shape(N, 5), {1, 2, 3, 4, 5, 6, 7, 8, 9, 10}),
                                         ct::apply<ct::pad_op>(box, t.leaf(shape(3, 2), {0.5, -1, 2, 0.25, 1, -2})));
     }},
    {"a matmul b among zeros = (a there) matmul b",
     [](trial& t) {
         ct::attributes asked;
         asked.type = t.type;
         return ct::matmul(among_zeros(x_of(t), 1, 4), ct::apply<ct::cast_op>(asked, t.mask(shape(4, 2), {0, 1, 1, 1, 0, 0, 1, 0})));
     }},
    {"a row by a column = a sum of products",
     [](trial& t) { return ct::matmul(t.leaf(shape(1, 3), {1.5, -2, 0.25}), t.leaf(shape(3, 1), {0.5, -1, 2})); }},
};

} // namespace laws
