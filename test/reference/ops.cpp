// SPDX-License-Identifier: BSL-1.0

// Examples of docs/reference, each a paragraph: see test/reference.py.

#include <ctgrad/nn/random.hpp>
#include <ctgrad/nn/xlogy.hpp>
#include <ctgrad/ops.hpp>
#include <ctgrad/ops/more.hpp>
#include <ctgrad/nn/initializers/constant.hpp>
#include <ctgrad/transform.hpp>

#include <array>

namespace ct = ctgrad;
using namespace ct::literals;

namespace reference {

// What stands in all examples below.
constexpr auto N = ct::dim<"N">;
constexpr auto x = ct::placeholder<"x", float, N, 3>;
constexpr auto y = ct::placeholder<"y", float, N, 3>;
constexpr auto W = ct::variable<"W", float, 3, 4>;
constexpr auto q = ct::variable<"q", double>;
constexpr auto labels = ct::placeholder<"labels", std::int32_t, N>;
constexpr auto mask = x > 0_c;

constexpr auto M = ct::dim<"M">;
static_assert(ct::placeholder<"rows", float, M, 10>.shape()[0] == M);

static_assert(ct::placeholder<"images", float, N, 28, 28>.shape() == ct::shape(N, 28, 28));

static_assert(ct::variable<"kernel", float, 784, 10>.shape() == ct::shape(784, 10));

static_assert(ct::state<"moving_mean", float, 10>.shape() == ct::shape(10));

static_assert(ct::scalar<"rate", float>.rank == 0);

static_assert(ct::iterations.type() == ct::dtype::int32);

// `_c`
static_assert((0.5_c * x).shape() == ct::shape(N, 3));

static_assert(ct::evaluate(q * q, q = 3.0)[0] == 9);

static_assert(ct::exp(x).shape() == ct::shape(N, 3));

static_assert(ct::expm1(x).shape() == ct::shape(N, 3));

static_assert(ct::log(x).shape() == ct::shape(N, 3));

static_assert(ct::log1p(x).shape() == ct::shape(N, 3));

static_assert(ct::sqrt(x).shape() == ct::shape(N, 3));

static_assert(ct::rsqrt(x).shape() == ct::shape(N, 3));

static_assert(ct::square(x).shape() == ct::shape(N, 3));

static_assert(ct::abs(x).shape() == ct::shape(N, 3));

static_assert(ct::sign(x).shape() == ct::shape(N, 3));

static_assert(ct::negative(x).shape() == ct::shape(N, 3));

static_assert(ct::sin(x).shape() == ct::shape(N, 3));

static_assert(ct::cos(x).shape() == ct::shape(N, 3));

static_assert(ct::tanh(x).shape() == ct::shape(N, 3));

static_assert(ct::tan(x).shape() == ct::shape(N, 3));

static_assert(ct::asin(x).shape() == ct::shape(N, 3));

static_assert(ct::acos(x).shape() == ct::shape(N, 3));

static_assert(ct::atan(x).shape() == ct::shape(N, 3));

static_assert(ct::sinh(x).shape() == ct::shape(N, 3));

static_assert(ct::cosh(x).shape() == ct::shape(N, 3));

static_assert(ct::asinh(x).shape() == ct::shape(N, 3));

static_assert(ct::acosh(x).shape() == ct::shape(N, 3));

static_assert(ct::atanh(x).shape() == ct::shape(N, 3));

static_assert(ct::exp2(x).shape() == ct::shape(N, 3));

static_assert(ct::log2(x).shape() == ct::shape(N, 3));

static_assert(ct::log10(x).shape() == ct::shape(N, 3));

static_assert(ct::lgamma(x).shape() == ct::shape(N, 3));

static_assert(ct::digamma(x).shape() == ct::shape(N, 3));

static_assert(ct::polygamma(1_c, x).shape() == ct::shape(N, 3));

static_assert(ct::cbrt(x).shape() == ct::shape(N, 3));

static_assert(ct::floor(x).shape() == ct::shape(N, 3));

static_assert(ct::ceil(x).shape() == ct::shape(N, 3));

static_assert(ct::round(x).shape() == ct::shape(N, 3));

static_assert(ct::trunc(x).shape() == ct::shape(N, 3));

static_assert(ct::atan2(x, y).shape() == ct::shape(N, 3));

static_assert(ct::hypot(x, y).shape() == ct::shape(N, 3));

// `mod`
static_assert(ct::evaluate(ct::mod(q, 3_c), q = -7.0)[0] == 2);

// `divide_no_nan`
static_assert(ct::evaluate(ct::divide_no_nan(1_c, q), q = 0.0)[0] == 0);

// `squared_difference`
static_assert(ct::evaluate(ct::squared_difference(q, 3_c), q = 1.0)[0] == 4);

static_assert(ct::sigmoid(x).shape() == ct::shape(N, 3));

static_assert(ct::softplus(x).shape() == ct::shape(N, 3));

static_assert(ct::erf(x).shape() == ct::shape(N, 3));

static_assert(ct::erfc(x).shape() == ct::shape(N, 3));

static_assert(ct::ndtr(x).shape() == ct::shape(N, 3));

static_assert(ct::stop_gradient(x).shape() == x.shape());

static_assert(ct::add(x, y).shape() == ct::shape(N, 3));

static_assert(ct::subtract(x, y).shape() == ct::shape(N, 3));

static_assert(ct::multiply(x, y).shape() == ct::shape(N, 3));

static_assert(ct::divide(x, y).shape() == ct::shape(N, 3));

static_assert(ct::maximum(x, y).shape() == ct::shape(N, 3));

static_assert(ct::minimum(x, y).shape() == ct::shape(N, 3));

static_assert(ct::pow(x, y).shape() == ct::shape(N, 3));

static_assert(ct::multiply_no_nan(x, y).shape() == ct::shape(N, 3));

static_assert(ct::xlogy(x, y).shape() == ct::shape(N, 3));

static_assert(ct::equal(x, y).type() == ct::dtype::boolean);

static_assert(ct::not_equal(x, y).type() == ct::dtype::boolean);

static_assert(ct::less(x, y).type() == ct::dtype::boolean);

static_assert(ct::less_equal(x, y).type() == ct::dtype::boolean);

static_assert(ct::greater(x, y).type() == ct::dtype::boolean);

static_assert(ct::greater_equal(x, y).type() == ct::dtype::boolean);

static_assert(ct::logical_and(mask, x < y).type() == ct::dtype::boolean);

static_assert(ct::logical_or(mask, x < y).type() == ct::dtype::boolean);

static_assert(ct::logical_not(mask).type() == ct::dtype::boolean);

static_assert(ct::where(mask, x, 0_c).shape() == ct::shape(N, 3));

static_assert(ct::clip_by_value(x, -1_c, 1_c).shape() == ct::shape(N, 3));

static_assert(ct::cast<double>(labels).type() == ct::dtype::float64);

static_assert(ct::reduce_sum(x).rank == 0);
static_assert(ct::reduce_sum(x, ct::axis<1>).shape() == ct::shape(N));
static_assert(ct::reduce_sum(x, ct::axis<1>, ct::keepdims).shape() == ct::shape(N, 1));

static_assert(ct::reduce_mean(x).rank == 0);
static_assert(ct::reduce_mean(x, ct::axis<1>).shape() == ct::shape(N));
static_assert(ct::reduce_mean(x, ct::axis<1>, ct::keepdims).shape() == ct::shape(N, 1));

static_assert(ct::reduce_max(x).rank == 0);
static_assert(ct::reduce_max(x, ct::axis<1>).shape() == ct::shape(N));
static_assert(ct::reduce_max(x, ct::axis<1>, ct::keepdims).shape() == ct::shape(N, 1));

static_assert(ct::reduce_min(x).rank == 0);
static_assert(ct::reduce_min(x, ct::axis<1>).shape() == ct::shape(N));
static_assert(ct::reduce_min(x, ct::axis<1>, ct::keepdims).shape() == ct::shape(N, 1));

static_assert(ct::reduce_prod(x).rank == 0);
static_assert(ct::reduce_prod(x, ct::axis<1>).shape() == ct::shape(N));
static_assert(ct::reduce_prod(x, ct::axis<1>, ct::keepdims).shape() == ct::shape(N, 1));

static_assert(ct::reduce_logsumexp(x).rank == 0);
static_assert(ct::reduce_logsumexp(x, ct::axis<1>).shape() == ct::shape(N));
static_assert(ct::reduce_logsumexp(x, ct::axis<1>, ct::keepdims).shape() == ct::shape(N, 1));

static_assert(ct::argmax(x, ct::axis<-1>).shape() == ct::shape(N));

static_assert(ct::argmin(x, ct::axis<-1>).shape() == ct::shape(N));

static_assert(ct::reduce_any(mask, ct::axis<1>).shape() == ct::shape(N));

static_assert(ct::reduce_all(mask).rank == 0);

static_assert(ct::reduce_variance(x, ct::axis<0>, ct::ddof<1>).shape() == ct::shape(3));

static_assert(ct::reduce_std(x, ct::axis<1>, ct::keepdims).shape() == ct::shape(N, 1));

// `norm`, `infinite`
static_assert(ct::norm(x, ct::axis<-1>).shape() == ct::shape(N));
static_assert(ct::norm(x, ct::order<1>).rank == 0);
static_assert(ct::norm(x, ct::order<ct::infinite>, ct::axis<1>, ct::keepdims).shape() == ct::shape(N, 1));

static_assert(W[ct::at<1>].shape() == ct::shape(4));
static_assert(W[ct::at<-1, 3>].rank == 0);

// `to_end`
static_assert(W[ct::range<0, 2>].shape() == ct::shape(2, 4));
static_assert(x[(ct::range<>, ct::at<1>)].shape() == ct::shape(N));
static_assert(x[(ct::range<>, ct::range<0, ct::to_end, 2>)].shape() == ct::shape(N, 2));

// `constant`
static_assert(ct::evaluate(ct::constant<double, ct::entries{{1, 2}, {3, 4}}>()[ct::at<1, 0>])[0] == 3);

static_assert(ct::entries{{1, 2, 3}, {4, 5, 6}}.shape == ct::shape(2, 3));

// `number`
constexpr double half = 0.5;
static_assert(ct::evaluate(q * ct::number<half>, q = 3.0)[0] == 1.5);

static_assert(ct::stack(x, y).shape() == ct::shape(2, N, 3));
static_assert(ct::stack(x, y, ct::axis<-1>).shape() == ct::shape(N, 3, 2));

static_assert(std::get<1>(ct::split(W, ct::parts<2>, ct::axis<1>)).shape() == ct::shape(3, 2));
static_assert(std::get<1>(ct::split(W, ct::parts<1, 2>)).shape() == ct::shape(2, 4));

static_assert(std::get<2>(ct::unstack(x, ct::axis<1>)).shape() == ct::shape(N));

static_assert(ct::tile(x, ct::times<1, 2>).shape() == ct::shape(N, 6));

static_assert(ct::repeat(x, ct::times<2>, ct::axis<1>).shape() == ct::shape(N, 6));

static_assert(ct::roll(x, ct::shift<1>, ct::axis<1>).shape() == ct::shape(N, 3));

// `reverse`, `flip`
static_assert(ct::reverse(x, ct::axis<1>).shape() == ct::shape(N, 3));

static_assert(ct::tril(W).shape() == ct::shape(3, 4));

static_assert(ct::triu(W, ct::diagonal<1>).shape() == ct::shape(3, 4));

static_assert(ct::eye<float, 3>.shape() == ct::shape(3, 3));

static_assert(ct::linspace<float>(0_c, 1_c, ct::num<5>).shape() == ct::shape(5));

static_assert(ct::sort(x, ct::axis<1>).shape() == ct::shape(N, 3));

static_assert(ct::argsort(x, ct::descending).type() == ct::dtype::int32);

static_assert(std::get<0>(ct::top_k(x, ct::num<2>)).shape() == ct::shape(N, 2));

static_assert(ct::searchsorted(ct::placeholder<"bounds", float, 5>, x).shape() == ct::shape(N, 3));

static_assert(ct::take_along_axis(x, ct::argsort(y), ct::axis<1>).shape() == ct::shape(N, 3));

// `gather_nd`
constexpr auto places = ct::placeholder<"places", std::int32_t, N, 2>;
static_assert(ct::gather_nd(W, places).shape() == ct::shape(N));

static_assert(ct::tensor_scatter_nd_add(W, places, ct::placeholder<"more", float, N>).shape() == ct::shape(3, 4));

static_assert(ct::tensor_scatter_nd_update(W, places, ct::placeholder<"other", float, N>).shape() == ct::shape(3, 4));

static_assert(ct::matmul(x, W).shape() == ct::shape(N, 4));
static_assert(ct::matmul(W, W, ct::transpose_b).shape() == ct::shape(3, 3));

static_assert(ct::dot(ct::variable<"u", float, 3>, ct::variable<"v", float, 3>).rank == 0);

static_assert(ct::outer(ct::variable<"u", float, 3>, ct::variable<"w", float, 4>).shape() == ct::shape(3, 4));

static_assert(ct::gather(W, labels).shape() == ct::shape(N, 4));

static_assert(ct::one_hot<float>(labels, ct::depth<10>).shape() == ct::shape(N, 10));

static_assert(ct::broadcast_to(x, ct::dims<2, N, 3>).shape() == ct::shape(2, N, 3));

static_assert(ct::concat(ct::axis<1>, x, y).shape() == ct::shape(N, 6));

static_assert(ct::full_like(x, 0.5_c).shape() == ct::shape(N, 3));
static_assert(ct::evaluate(ct::full_like(q, 0.5_c))[0] == 0.5);

// `zeros_like`, `ones_like`
static_assert(ct::zeros_like(x).shape() == x.shape() && ct::evaluate(ct::ones_like(W))[5] == 1);

// `fill`
static_assert(ct::evaluate(ct::fill<float>(ct::dims<2, 3>, 0.5_c)).size() == 6);

// `scan`
constexpr auto xs = ct::placeholder<"xs", double, 4>;
constexpr auto smoothed = ct::scan([](auto mean, auto xt) { return std::make_tuple(0.5_c * mean + 0.5_c * xt, mean); }, 0_c, xs);
static_assert(ct::evaluate(std::get<1>(smoothed), xs = std::array{8.0, 8.0, 0.0, 0.0})[3] == 3);

// `fold`, `times`
constexpr auto root = ct::fold([](auto guess) { return 0.5_c * (guess + q / guess); }, q, ct::times<6>);
static_assert(ct::evaluate(root, q = 1.0)[0] == 1);

// `go_backwards`, `exclusive`, `cumsum`
static_assert(ct::evaluate(ct::cumsum(xs, ct::axis<0>, ct::exclusive, ct::go_backwards), xs = std::array{1.0, 2.0, 3.0, 4.0})[0] == 9);

// `keep_bytes`
constexpr auto kept = ct::fold([](auto state, auto xt) { return ct::sin(state) + xt; }, 0_c, xs, ct::keep_bytes = 256_c);

// `cumprod`, `cummax`, `cummin`
static_assert(ct::evaluate(ct::cumprod(xs, ct::axis<0>), xs = std::array{1.0, 2.0, 3.0, 4.0})[3] == 24);
static_assert(ct::evaluate(ct::cummax(xs, ct::axis<0>), xs = std::array{1.0, 5.0, 3.0, 4.0})[3] == 5);
static_assert(ct::evaluate(ct::cummin(xs, ct::axis<0>), xs = std::array{1.0, 5.0, 0.0, 4.0})[3] == 0);

// `while_loop`
constexpr auto halved = ct::while_loop([](auto part) { return part > 1_c; }, [](auto part) { return part / 2_c; }, q, ct::times<20>);
static_assert(ct::evaluate(halved, q = 24.0)[0] == 0.75);

static_assert(ct::expand_dims(x, ct::axis<-1>).shape() == ct::shape(N, 3, 1));

static_assert(ct::squeeze(ct::reduce_sum(x, ct::axis<1>, ct::keepdims), ct::axis<1>).shape() == ct::shape(N));

static_assert(ct::reshape(W, ct::dims<2, -1>).shape() == ct::shape(2, 6));

static_assert(ct::slice(x, ct::begin<0, 1>, ct::size<-1, 2>).shape() == ct::shape(N, 2));

static_assert(ct::transpose(W).shape() == ct::shape(4, 3));
static_assert(ct::transpose(x, ct::permutation<1, 0>).shape() == ct::shape(3, N));

static_assert(ct::random::uniform<float, N, 10>(0_c, 1_c).shape() == ct::shape(N, 10));

static_assert(ct::random::normal<float, N, 10>(ct::random::stddev = 0.1_c, ct::seed = 7_c).shape() == ct::shape(N, 10));

// `gradient`, `gradients`
constexpr auto slopes = ct::gradient(ct::reduce_mean(ct::matmul(x, W)), W, x);
static_assert(slopes[W].shape() == ct::shape(3, 4));
static_assert(ct::evaluate(ct::gradient(q * q, q)[q], q = 3.0)[0] == 6);

static_assert(ct::per_example_gradient(ct::reduce_sum(ct::matmul(x, W), ct::axis<-1>), W)[W].shape() == ct::shape(N, 3, 4));

// `unconnected`
static_assert(ct::evaluate(ct::gradient(q * q, q, W, ct::unconnected = ct::zeros)[W])[0] == 0);

// `jvp`
static_assert(ct::jvp(ct::matmul(x, W), x = 2_c * x, W = 1_c).shape() == ct::shape(N, 4));
static_assert(ct::evaluate(ct::jvp(q * q, q = 1_c), q = 3.0)[0] == 6);

// `vjp`
static_assert(ct::vjp(ct::matmul(x, W), 1_c, x, W)[W].shape() == ct::shape(3, 4));
static_assert(ct::evaluate(ct::vjp(q * q, 10_c, q)[q], q = 3.0)[0] == 60);

// `custom_gradient`
constexpr auto reversed = ct::custom_gradient([](auto a) { return a; }, [](auto dy, auto, auto) { return -dy; });
static_assert(ct::evaluate(ct::gradient(reversed(q) * 3_c, q)[q], q = 2.0)[0] == -3);

// `substitute`
constexpr auto after_a_step = ct::substitute(ct::square(q - 1_c), q = q - 0.25_c * ct::gradient(ct::square(q - 1_c), q)[q]);
static_assert(ct::evaluate(after_a_step, q = 3.0)[0] == 1);

// `jacobian`
static_assert(ct::jacobian(ct::matmul(x, W), W)[W].shape() == ct::shape(N, 4, 3, 4));
static_assert(ct::evaluate(ct::jacobian(ct::square(q), q)[q], q = 3.0)[0] == 6);

// `mode`, `forward`
static_assert(ct::jacobian(ct::exp(W), W, ct::mode = ct::forward)[W].shape() ==
              ct::jacobian(ct::exp(W), W, ct::mode = ct::reverse)[W].shape());

// `batch_jacobian`
static_assert(ct::batch_jacobian(ct::matmul(x, W), x)[x].shape() == ct::shape(N, 4, 3));

// `hessian`
static_assert(ct::hessian(ct::reduce_mean(ct::exp(ct::matmul(x, W))), W)[W][W].shape() == ct::shape(3, 4, 3, 4));
static_assert(ct::evaluate(ct::hessian(q * q * q, q)[q][q], q = 2.0)[0] == 12);

// `hvp`
static_assert(ct::evaluate(ct::hvp(q * q * q, q = 10_c)[q], q = 2.0)[0] == 120);

// `sparsity`, `sparsity_pattern`
constexpr auto five = ct::variable<"five", double, 5>;
constexpr auto neighbours = ct::slice(five, ct::begin<0>, ct::size<4>) * ct::slice(five, ct::begin<1>, ct::size<4>);
static_assert(ct::sparsity(ct::jacobian(neighbours, five)[five]).nnz == 8);

// `gauss_newton`, `normal_equations`
static_assert(ct::gauss_newton(neighbours, five).matrix.shape() == ct::shape(5, 5));

// `sparse_jacobian`, `jacobian_sparsity`
static_assert(ct::sparse_jacobian(neighbours, five)[five].shape() == ct::shape(8));
static_assert(ct::jacobian_sparsity(neighbours, five).row_of(3) == 1 && ct::jacobian_sparsity(neighbours, five).column_of(3) == 2);

// `sparse_hessian`, `hessian_sparsity`, `diagonal_pattern`
constexpr auto many = ct::variable<"many", double, 1000>;
constexpr auto chain = ct::reduce_sum(ct::slice(many, ct::begin<0>, ct::size<999>) * ct::exp(ct::slice(many, ct::begin<1>, ct::size<999>)));
static_assert(ct::sparse_hessian(chain, many)[many].shape() == ct::shape(999 + 1000 + 999));
static_assert(ct::hessian_sparsity(chain, many).offset[0] == -1);

// `dense_pattern`
static_assert(ct::sparsity(ct::placeholder<"table", double, 100, 50>).nnz == 5000);

// `recompute_grad`
static_assert(ct::evaluate(ct::gradient(ct::square(ct::recompute_grad(q * q)), q)[q], q = 2.0)[0] == 32);

// `gradient_error`
static_assert(ct::gradient_error(q * q * q, q, q = 2.0) < 1e-8);

// `variables_of`
static_assert(ct::gradient(ct::reduce_mean(ct::matmul(x, W)), ct::variables_of(ct::matmul(x, W)))[W].shape() == ct::shape(3, 4));

constexpr auto clipped = ct::map(slopes, [](auto slope) { return ct::clip_by_value(slope, -1_c, 1_c); });
static_assert(clipped[W].shape() == ct::shape(3, 4));

} // namespace reference
