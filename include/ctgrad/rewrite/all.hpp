// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/ops/reduce_max.hpp>
#include <ctgrad/ops/reduce_min.hpp>
#include <ctgrad/ops/reduce_prod.hpp>
#include <ctgrad/rewrite/choices.hpp>
#include <ctgrad/rewrite/joins.hpp>
#include <ctgrad/rewrite/logarithms.hpp>
#include <ctgrad/rewrite/matrices.hpp>
#include <ctgrad/rewrite/negatives.hpp>
#include <ctgrad/rewrite/products.hpp>
#include <ctgrad/rewrite/reductions.hpp>
#include <ctgrad/rewrite/sums.hpp>
#include <ctgrad/rewrite/views.hpp>

namespace ctgrad {

/// All rewrites of the library, those of one op together and in the order in which they are tried; each has a sample in
/// `test/laws/rewrite_samples.hpp`. Letters: c, d are numbers, s a number or something repeated, x, y, w anything.
inline constexpr rewrite all_rewrites[] = {
    rewrite_of<add_op>("x + 0 = x", rewrites::plus_zero),
    rewrite_of<add_op>("x + (-y) = x - y", rewrites::plus_negative),
    rewrite_of<add_op>("c x + c y = (x + y) c", rewrites::sum_of_multiples, "c at least 1"),

    rewrite_of<subtract_op>("x - 0 = x", rewrites::minus_zero),
    rewrite_of<subtract_op>("0 - x = -x", rewrites::zero_minus),
    rewrite_of<subtract_op>("x - (-y) = x + y", rewrites::minus_negative),
    rewrite_of<subtract_op>("-x - y = -(x + y)", rewrites::negative_minus),
    rewrite_of<subtract_op>("c x - c y = (x - y) c", rewrites::difference_of_multiples, "c at least 1"),

    rewrite_of<multiply_op>("1 x = x", rewrites::times_one),
    rewrite_of<multiply_op>("-1 x = -x", rewrites::times_minus_one),
    rewrite_of<multiply_op>("0 x = 0", rewrites::times_zero, "x known to be finite: a mask, a size, a number"),
    rewrite_of<multiply_op>("c (-x) = x (-c)", rewrites::number_times_negative),
    rewrite_of<multiply_op>("c (n x) = x (n c)", rewrites::number_times_sizes, "n made of numbers and sizes, c at least 1"),
    rewrite_of<multiply_op>("c (sum of x y) = sum of (c x) y", rewrites::number_times_short_sum, "up to 4 terms, x data, c in [2^-8, 1]"),
    rewrite_of<multiply_op>("c (d x) = x (c d)", rewrites::number_times_multiple, "c d in [1e-30, 1e30]"),
    rewrite_of<multiply_op>("c (x / d) = x (c / d), c (d / x) = (c d) / x", rewrites::number_times_quotient,
                            "the new number in [1e-30, 1e30]"),
    rewrite_of<multiply_op>("x (-y) = -(x y)", rewrites::times_negative),
    rewrite_of<multiply_op>("x y among zeros = (x there) y, among zeros", rewrites::times_pad,
                            "y a number or one element, x known to be finite"),

    rewrite_of<divide_op>("x / 1 = x", rewrites::over_one),
    rewrite_of<divide_op>("x / d = x (1 / d)", rewrites::over_power_of_two, "d a power of 2 in [1e-30, 1e30]"),
    rewrite_of<divide_op>("(c x) / d = x (c / d)", rewrites::multiple_over_number, "d and c / d in [1e-30, 1e30]"),
    rewrite_of<divide_op>("-x / y = -(x / y)", rewrites::negative_over),
    rewrite_of<divide_op>("x / (-y) = -(x / y)", rewrites::over_negative),

    rewrite_of<negative_op>("-(-x) = x", rewrites::negative_of_negative),
    rewrite_of<negative_op>("-(x - y) = y - x", rewrites::negative_of_difference),
    rewrite_of<negative_op>("-(c / x) = (-c) / x", rewrites::negative_of_reciprocal),
    rewrite_of<negative_op>("-(c x) = (-c) x", rewrites::negative_of_multiple, "c may stand further inside"),
    rewrite_of<negative_op>("-(x among zeros) = -x among zeros", rewrites::negative_of_pad, "x a number or one element"),

    rewrite_of<multiply_no_nan_op>("multiply_no_nan(x, 0) = 0", rewrites::hidden_by_zero),
    rewrite_of<multiply_no_nan_op>("multiply_no_nan(x, y) = x y", rewrites::nothing_to_hide, "y a number, or x known to be finite"),
    rewrite_of<multiply_no_nan_op>("multiply_no_nan(-x, y) = -multiply_no_nan(x, y)", rewrites::hides_negative),
    rewrite_of<multiply_no_nan_op>("multiply_no_nan(x, -y) = -multiply_no_nan(x, y)", rewrites::negative_hides),
    rewrite_of<multiply_no_nan_op>("multiply_no_nan(x, y among zeros) = multiply_no_nan(x there, y), among zeros", rewrites::hidden_by_pad,
                                   "y a number or one element"),

    rewrite_of<annihilating_multiply_op>("annihilating_multiply(x, 0) = 0", rewrites::annihilated),
    rewrite_of<annihilating_multiply_op>("annihilating_multiply(x, y) = x y", rewrites::nothing_to_annihilate,
                                         "one known to be finite and not 0, or both finite"),

    rewrite_of<where_op>("where(m, x, x) = x", rewrites::choice_of_equals),
    rewrite_of<where_op>("where(true, x, y) = x, where(false, x, y) = y", rewrites::known_choice),
    rewrite_of<where_op>("where(m, -x, 0) = -where(m, x, 0)", rewrites::choice_of_negative),
    rewrite_of<where_op>("where(|x| <= c, d x, d c sign(x)) = clip(x, -c, c) d", rewrites::choice_that_clips, "c above 0"),
    rewrite_of<where_op>("where(m, s x, s y) = where(m, x, y) s", rewrites::choice_of_multiples),
    rewrite_of<logical_not_op>("!!m = m", rewrites::not_not),

    rewrite_of<log_op>("log(exp(x)) = x", rewrites::log_of_exp),
    rewrite_of<log_op>("log(sigmoid(x)) = -softplus(-x)", rewrites::log_of_sigmoid),
    rewrite_of<log_op>("log(1 - sigmoid(x)) = -softplus(x)", rewrites::log_of_one_minus_sigmoid),
    rewrite_of<log_op>("log(sum of exp(x)) = reduce_logsumexp(x)", rewrites::log_of_sum_of_exp),
    rewrite_of<log_op>("log(softmax(x)) = log_softmax(x)", rewrites::log_of_softmax, "also written exp(x) / sum of exp(x)"),

    rewrite_of<pow_op>("x^0 = 1", rewrites::power_of_zero),
    rewrite_of<pow_op>("x^1 = x", rewrites::first_power),
    rewrite_of<pow_op>("x^2 = square(x)", rewrites::second_power),

    rewrite_of<view_op>("a view that changes nothing = x", rewrites::view_that_changes_nothing),
    rewrite_of<view_op>("a view of c = c", rewrites::shown_number),
    rewrite_of<view_op>("a view of a view = one view", rewrites::view_of_view),
    rewrite_of<view_op>("a view of x among zeros = a view of x, among zeros", rewrites::view_of_pad, "x a number or one element"),
    rewrite_of<reshape_op>("a reshape to the same shape = x", rewrites::same_shape),
    rewrite_of<reshape_op>("a reshape of c = c", rewrites::shown_number),
    rewrite_of<reshape_op>("a reshape of a reshape = one reshape", rewrites::reshape_of_reshape),
    rewrite_of<slice_op>("a slice of all = x", rewrites::same_shape),
    rewrite_of<slice_op>("a slice of c = c", rewrites::shown_number),
    rewrite_of<slice_op>("a slice of a slice = one slice", rewrites::slice_of_slice),
    rewrite_of<slice_op>("a slice of positions = positions + begin", rewrites::slice_of_positions),
    rewrite_of<slice_op>("a slice of zeros around x = 0, inside x = a slice of x", rewrites::slice_of_pad),
    rewrite_of<slice_op>("a slice of one part of a concat = a slice of the part", rewrites::slice_of_concat),
    rewrite_of<pad_op>("0 among zeros = 0", rewrites::pad_of_zeros),
    rewrite_of<concat_op>("concat(c, c) = c", rewrites::concat_of_numbers),
    rewrite_of<cast_op>("a cast to the same type = x", rewrites::same_type),

    rewrite_of<reduce_sum_op>("a sum along no axis = x", rewrites::along_no_axis),
    rewrite_of<reduce_sum_op>("a sum along axes of one element = a view", rewrites::along_axes_of_one),
    rewrite_of<reduce_sum_op>("a sum of sums = one sum", rewrites::reduction_of_reduction),
    rewrite_of<reduce_sum_op>("sum of c (sum of x) = sum of c x", rewrites::sum_of_scaled_sums, "c at most 1: means of means"),
    rewrite_of<reduce_sum_op>("sum of a matmul b of each = sum_of_outer_products", rewrites::sum_of_products_of_each,
                              "along all leading axes, a and b in memory as they are"),
    rewrite_of<reduce_sum_op>("sum of a matmul b = (sum of a) matmul (sum of b)", rewrites::sum_of_product,
                              "in double for floats; in double itself these sums must stay below 1.8e308"),
    rewrite_of<reduce_sum_op>("sum of n equal x = n x", rewrites::sum_of_equals),
    rewrite_of<reduce_sum_op>("sum of -x = -(sum of x)", rewrites::sum_of_negatives),
    rewrite_of<reduce_sum_op>("sum of x among zeros = sum of x", rewrites::sum_of_pad, "along an axis that has the zeros"),
    rewrite_of<reduce_sum_op>("sum of x (c y) = sum of (c x) y", rewrites::short_sum_of_multiples, "up to 4 terms, x data, c in [2^-8, 1]"),
    rewrite_of<reduce_sum_op>("sum of c x = c (sum of x)", rewrites::sum_of_multiples_of_number,
                              "c multiplied last, and at least 1 or x clipped"),

    rewrite_of<reduce_max_op>("a maximum along no axis = x", rewrites::along_no_axis),
    rewrite_of<reduce_max_op>("a maximum along axes of one element = a view", rewrites::along_axes_of_one),
    rewrite_of<reduce_max_op>("a maximum of maxima = one maximum", rewrites::reduction_of_reduction),
    rewrite_of<reduce_min_op>("a minimum along no axis = x", rewrites::along_no_axis),
    rewrite_of<reduce_min_op>("a minimum along axes of one element = a view", rewrites::along_axes_of_one),
    rewrite_of<reduce_min_op>("a minimum of minima = one minimum", rewrites::reduction_of_reduction),
    rewrite_of<reduce_prod_op>("a product along no axis = x", rewrites::along_no_axis),
    rewrite_of<reduce_prod_op>("a product along axes of one element = a view", rewrites::along_axes_of_one),

    rewrite_of<matmul_op>("a column by a row = products", rewrites::column_by_row),
    rewrite_of<matmul_op>("a matmul equal columns = (sum of a) times one of them", rewrites::product_with_equal_factors,
                          "in double for floats, unless one number is everywhere"),
    rewrite_of<matmul_op>("equal rows matmul b = one row matmul b, repeated", rewrites::product_of_equal_rows),
    rewrite_of<matmul_op>("a row by a column = a sum of products", rewrites::row_by_column),
    rewrite_of<matmul_op>("a matmul b among zeros = (a there) matmul b", rewrites::product_with_pad,
                          "zeros along the axis of the sum, which are meant, or a known to be finite"),
};

} // namespace ctgrad
