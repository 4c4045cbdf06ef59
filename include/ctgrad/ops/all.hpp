// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/graph/constant.hpp>
#include <ctgrad/graph/view.hpp>
#include <ctgrad/ops/abs.hpp>
#include <ctgrad/ops/acos.hpp>
#include <ctgrad/ops/acosh.hpp>
#include <ctgrad/ops/add.hpp>
#include <ctgrad/ops/annihilating_multiply.hpp>
#include <ctgrad/ops/argmax.hpp>
#include <ctgrad/ops/argsort.hpp>
#include <ctgrad/ops/asin.hpp>
#include <ctgrad/ops/asinh.hpp>
#include <ctgrad/ops/atan.hpp>
#include <ctgrad/ops/atan2.hpp>
#include <ctgrad/ops/atanh.hpp>
#include <ctgrad/ops/cast.hpp>
#include <ctgrad/ops/cbrt.hpp>
#include <ctgrad/ops/ceil.hpp>
#include <ctgrad/ops/checked_index.hpp>
#include <ctgrad/ops/concat.hpp>
#include <ctgrad/ops/coordinate.hpp>
#include <ctgrad/ops/cos.hpp>
#include <ctgrad/ops/cumsum.hpp>
#include <ctgrad/ops/digamma.hpp>
#include <ctgrad/ops/divide.hpp>
#include <ctgrad/ops/equal.hpp>
#include <ctgrad/ops/erf.hpp>
#include <ctgrad/ops/erfc.hpp>
#include <ctgrad/ops/exclusive_product.hpp>
#include <ctgrad/ops/exp.hpp>
#include <ctgrad/ops/exp2.hpp>
#include <ctgrad/ops/expm1.hpp>
#include <ctgrad/ops/floor.hpp>
#include <ctgrad/ops/gather.hpp>
#include <ctgrad/ops/gather_nd.hpp>
#include <ctgrad/ops/gaussian.hpp>
#include <ctgrad/ops/greater.hpp>
#include <ctgrad/ops/greater_equal.hpp>
#include <ctgrad/ops/hypot.hpp>
#include <ctgrad/ops/leaf.hpp>
#include <ctgrad/ops/less.hpp>
#include <ctgrad/ops/less_equal.hpp>
#include <ctgrad/ops/lgamma.hpp>
#include <ctgrad/ops/log.hpp>
#include <ctgrad/ops/log10.hpp>
#include <ctgrad/ops/log1p.hpp>
#include <ctgrad/ops/log2.hpp>
#include <ctgrad/ops/logcosh.hpp>
#include <ctgrad/ops/logical_and.hpp>
#include <ctgrad/ops/logical_not.hpp>
#include <ctgrad/ops/logical_or.hpp>
#include <ctgrad/ops/matmul.hpp>
#include <ctgrad/ops/maximum.hpp>
#include <ctgrad/ops/minimum.hpp>
#include <ctgrad/ops/mod.hpp>
#include <ctgrad/ops/multiply.hpp>
#include <ctgrad/ops/multiply_no_nan.hpp>
#include <ctgrad/ops/ndtr.hpp>
#include <ctgrad/ops/negative.hpp>
#include <ctgrad/ops/not_equal.hpp>
#include <ctgrad/ops/op_list.hpp>
#include <ctgrad/ops/pad.hpp>
#include <ctgrad/ops/pow.hpp>
#include <ctgrad/ops/random_bits.hpp>
#include <ctgrad/ops/reduce_max.hpp>
#include <ctgrad/ops/reduce_min.hpp>
#include <ctgrad/ops/reduce_prod.hpp>
#include <ctgrad/ops/reduce_sum.hpp>
#include <ctgrad/ops/relu.hpp>
#include <ctgrad/ops/reshape.hpp>
#include <ctgrad/ops/round.hpp>
#include <ctgrad/ops/rsqrt.hpp>
#include <ctgrad/ops/shift_below.hpp>
#include <ctgrad/ops/sigmoid.hpp>
#include <ctgrad/ops/sign.hpp>
#include <ctgrad/ops/sin.hpp>
#include <ctgrad/ops/sinh.hpp>
#include <ctgrad/ops/size.hpp>
#include <ctgrad/ops/slice.hpp>
#include <ctgrad/ops/softplus.hpp>
#include <ctgrad/ops/sqrt.hpp>
#include <ctgrad/ops/square.hpp>
#include <ctgrad/ops/steps.hpp>
#include <ctgrad/ops/stop_gradient.hpp>
#include <ctgrad/ops/subtract.hpp>
#include <ctgrad/ops/sum_of_outer_products.hpp>
#include <ctgrad/ops/take_along_axis.hpp>
#include <ctgrad/ops/tan.hpp>
#include <ctgrad/ops/tanh.hpp>
#include <ctgrad/ops/tanh_shrink.hpp>
#include <ctgrad/ops/trunc.hpp>
#include <ctgrad/ops/where.hpp>

namespace ctgrad {

/// Every primitive op. What stands here is found by the tests of the laws and by the reference page;
/// what can be said with these is a plain function.
// clang-format off
using all_ops = op_list<
    abs_op,
    acos_op,
    acosh_op,
    add_op,
    annihilating_multiply_op,
    argmax_op,
    argsort_op,
    asin_op,
    asinh_op,
    atan_op,
    atan2_op,
    atanh_op,
    cast_op,
    cbrt_op,
    ceil_op,
    checked_index_op,
    concat_op,
    constant_op,
    coordinate_op,
    cos_op,
    cumsum_op,
    cosh_op,
    digamma_op,
    divide_op,
    equal_op,
    erf_op,
    erfc_op,
    exclusive_product_op<0>,
    exclusive_product_op<1>,
    exclusive_product_op<2>,
    exp_op,
    exp2_op,
    expm1_op,
    floor_op,
    gather_op,
    gaussian_op,
    greater_op,
    greater_equal_op,
    hypot_op,
    less_op,
    last_use_op,
    less_equal_op,
    lgamma_op,
    log_op,
    log10_op,
    log1p_op,
    log2_op,
    logcosh_op,
    logical_and_op,
    logical_not_op,
    logical_or_op,
    matmul_op,
    maximum_op,
    minimum_op,
    mod_op,
    multiply_op,
    multiply_no_nan_op,
    ndtr_op,
    negative_op,
    not_equal_op,
    pad_op,
    placeholder_op,
    polygamma_op,
    pow_op,
    put_along_axis_op,
    random_bits_op<0>,
    random_bits_op<1>,
    reduce_max_op,
    reduce_min_op,
    reduce_prod_op,
    reduce_sum_op,
    relu_op,
    reshape_op,
    round_op,
    rsqrt_op,
    scatter_sum_op,
    shift_below_op,
    sigmoid_op,
    sign_op,
    sin_op,
    sinh_op,
    size_op,
    slice_op,
    slot_op,
    softplus_op,
    spread_op,
    sqrt_op,
    square_op,
    state_op,
    steps_op,
    stop_gradient_op,
    subtract_op,
    sum_of_outer_products_op,
    take_along_axis_op,
    tan_op,
    tanh_op,
    tanh_shrink_op,
    trunc_op,
    variable_op,
    view_op,
    where_op
>;
// clang-format on

} // namespace ctgrad
