// SPDX-License-Identifier: BSL-1.0

// Examples of docs/reference, each a paragraph: see test/reference.py.

#include <ctgrad/nn.hpp>
#include <ctgrad/ops.hpp>
#include <ctgrad/train.hpp>

namespace ct = ctgrad;
using namespace ct::literals;

namespace reference {

// What stands in all examples below.
constexpr auto N = ct::dim<"N">;
constexpr auto x = ct::placeholder<"x", float, N, 8>;
constexpr auto y_ = ct::placeholder<"y_", float, N, 3>;
constexpr auto W = ct::variable<"W", float, 8, 3>;
constexpr auto b = ct::variable<"b", float, 3>;
constexpr auto total_loss = ct::mean_squared_error()(y_, ct::matmul(x, W) + b);

constexpr auto classifier = ct::sequential(ct::input<8>, ct::dense<16>(ct::relu), ct::dropout(0.2_c), ct::dense<3>(ct::softmax));
static_assert(classifier(x).shape() == ct::shape(N, 3));
static_assert(classifier(x, ct::training).shape() == ct::shape(N, 3));

// `dense`
constexpr auto hidden = ct::sequential(ct::dense<3>(ct::relu, ct::use_bias<false>, ct::kernel_regularizer = ct::l2(0.01_c)));
static_assert(hidden(x).shape() == ct::shape(N, 3));

// `activation`
static_assert(ct::sequential(ct::activation(ct::relu))(x).shape() == ct::shape(N, 8));

// `dropout`
static_assert(ct::sequential(ct::dropout(0.5_c, ct::seed = 1_c))(x).shape() == ct::shape(N, 8));

// `batch_normalization`
static_assert(ct::sequential(ct::batch_normalization(ct::momentum = 0.9_c))(x).shape() == ct::shape(N, 8));

// `layer_normalization`
static_assert(ct::sequential(ct::layer_normalization(ct::epsilon = 1e-5_c))(x).shape() == ct::shape(N, 8));

// `flatten`
static_assert(ct::sequential(ct::flatten())(ct::placeholder<"images", float, N, 28, 28>).shape() == ct::shape(N, 784));

// `embedding`
static_assert(ct::sequential(ct::embedding<100, 8>())(ct::placeholder<"words", std::int32_t, N, 5>).shape() == ct::shape(N, 5, 8));

static_assert(ct::apply_model(classifier, x, ct::training).shape() == ct::shape(N, 3));

// `updates_of`: none, as nothing moves but by gradients
constexpr auto updates = ct::updates_of(classifier, x);

static_assert(ct::regularization_of(hidden, x).rank == 0);

static_assert(ct::regularized(total_loss, hidden, x).rank == 0);

inline auto weights_at_first(std::uint64_t seed) { return ct::initial_values_of(classifier, x, seed); }

inline auto first_weights(std::uint64_t seed) { return ct::initially(W, ct::he_normal{}, seed); }

// `glorot_uniform`
constexpr auto with_glorot_uniform = ct::dense<8>(ct::kernel_initializer = ct::glorot_uniform{.seed = 1});

// `glorot_normal`
constexpr auto with_glorot_normal = ct::dense<8>(ct::kernel_initializer = ct::glorot_normal{});

// `he_uniform`
constexpr auto with_he_uniform = ct::dense<8>(ct::kernel_initializer = ct::he_uniform{});

// `he_normal`
constexpr auto with_he_normal = ct::dense<8>(ct::kernel_initializer = ct::he_normal{});

// `lecun_uniform`
constexpr auto with_lecun_uniform = ct::dense<8>(ct::kernel_initializer = ct::lecun_uniform{});

// `lecun_normal`
constexpr auto with_lecun_normal = ct::dense<8>(ct::kernel_initializer = ct::lecun_normal{});

// `random_normal`
constexpr auto with_random_normal = ct::dense<8>(ct::kernel_initializer = ct::random_normal{.stddev = 0.1});

// `random_uniform`
constexpr auto with_random_uniform = ct::dense<8>(ct::kernel_initializer = ct::random_uniform{.minval = -1, .maxval = 1});

// `truncated_normal`
constexpr auto with_truncated_normal = ct::dense<8>(ct::kernel_initializer = ct::truncated_normal{.stddev = 0.1});

// `variance_scaling`
constexpr auto with_variance_scaling =
    ct::dense<8>(ct::kernel_initializer = ct::variance_scaling{.scale = 2, .mode = ct::fan_mode::fan_avg});

// `orthogonal`
constexpr auto with_orthogonal = ct::dense<8>(ct::kernel_initializer = ct::orthogonal{.gain = 2});

// `identity`
constexpr auto with_identity = ct::dense<8>(ct::kernel_initializer = ct::identity{.gain = 0.5});

// `zeros`
constexpr auto with_zeros = ct::dense<8>(ct::bias_initializer = ct::zeros());

// `ones`
constexpr auto with_ones = ct::dense<8>(ct::bias_initializer = ct::ones());

// `fill`
constexpr auto with_fill = ct::dense<8>(ct::bias_initializer = ct::fill(0.1));

static_assert(ct::l1(0.01_c)(W).rank == 0);

static_assert(ct::l2(0.01_c)(W).rank == 0);

static_assert(ct::l1_l2(ct::l1 = 0.1_c, ct::l2 = 0.2_c)(W).rank == 0);

static_assert(ct::orthogonal_regularizer(0.01_c, ct::by_columns)(W).rank == 0);

static_assert(ct::max_norm(3_c)(W).shape() == ct::shape(8, 3));

static_assert(ct::min_max_norm(ct::min_value = 0.5_c, ct::max_value = 2_c)(W).shape() == ct::shape(8, 3));

static_assert(ct::unit_norm(ct::axis<0>)(W).shape() == ct::shape(8, 3));

static_assert(ct::non_neg()(W).shape() == ct::shape(8, 3));

// `exponential_decay`
constexpr auto by_exponential_decay = ct::sgd(ct::exponential_decay(0.1_c, 1000_c, 0.9_c, ct::staircase));

// `inverse_time_decay`
constexpr auto by_inverse_time_decay = ct::sgd(ct::inverse_time_decay(0.1_c, 1000_c, 0.5_c));

// `polynomial_decay`
constexpr auto by_polynomial_decay = ct::sgd(ct::polynomial_decay(0.1_c, 1000_c, ct::end_learning_rate = 0.01_c));

// `cosine_decay`
constexpr auto by_cosine_decay = ct::sgd(ct::cosine_decay(0.1_c, 10000_c, ct::warmup_target = 0.2_c, ct::warmup_steps = 100_c));

// `cosine_decay_restarts`
constexpr auto by_cosine_decay_restarts = ct::sgd(ct::cosine_decay_restarts(0.1_c, 1000_c));

// `piecewise_constant_decay`, `boundaries`, `values`
constexpr auto by_piecewise_constant_decay =
    ct::sgd(ct::piecewise_constant_decay(ct::boundaries{1000_c, 2000_c}, ct::values{0.1_c, 0.05_c, 0.01_c}));

// `adadelta`
static_assert(ct::optimizer<decltype(ct::adadelta())>);

// `adafactor`
static_assert(ct::optimizer<decltype(ct::adafactor())>);

// `adagrad`
static_assert(ct::optimizer<decltype(ct::adagrad(0.01_c))>);

// `adamax`
static_assert(ct::optimizer<decltype(ct::adamax())>);

// `ftrl`
static_assert(ct::optimizer<decltype(ct::ftrl(ct::beta = 1_c))>);

// `lamb`
static_assert(ct::optimizer<decltype(ct::lamb())>);

// `lion`
static_assert(ct::optimizer<decltype(ct::lion(0.0001_c))>);

// `muon`
static_assert(ct::optimizer<decltype(ct::muon())>);

// `nadam`
static_assert(ct::optimizer<decltype(ct::nadam())>);

// `rmsprop`
static_assert(ct::optimizer<decltype(ct::rmsprop(ct::momentum = 0.9_c, ct::centered))>);

// `schedule_free_adamw`
static_assert(ct::optimizer<decltype(ct::schedule_free_adamw())>);

// `adam`
static_assert(ct::optimizer<decltype(ct::adam(0.001_c, ct::amsgrad, ct::global_clipnorm = 1_c))>);

// `adamw`
static_assert(ct::optimizer<decltype(ct::adamw(ct::weight_decay = 0.01_c))>);

// `sgd`
static_assert(ct::optimizer<decltype(ct::sgd(0.1_c, ct::momentum = 0.9_c, ct::nesterov))>);

// `compat_v1::adadelta`
static_assert(ct::optimizer<decltype(ct::compat_v1::adadelta())>);

// `compat_v1::adagrad`
static_assert(ct::optimizer<decltype(ct::compat_v1::adagrad(0.01_c))>);

// `compat_v1::adam`
static_assert(ct::optimizer<decltype(ct::compat_v1::adam())>);

// `compat_v1::momentum`
static_assert(ct::optimizer<decltype(ct::compat_v1::momentum(0.01_c, 0.9_c))>);

// `compat_v1::rmsprop`
static_assert(ct::optimizer<decltype(ct::compat_v1::rmsprop(0.001_c))>);

// `gradient_descent`
static_assert(ct::optimizer<decltype(ct::gradient_descent(0.5_c))>);

// `loss_scale_optimizer`
static_assert(ct::optimizer<decltype(ct::loss_scale_optimizer(ct::adam()))>);

static_assert(ct::clip_by_norm(W, 1_c).shape() == ct::shape(8, 3));

constexpr auto shorter = ct::clip_by_global_norm(ct::gradient(total_loss, W, b), 5_c);
static_assert(shorter[W].shape() == ct::shape(8, 3));

static_assert(ct::global_norm(W, b).rank == 0);
static_assert(ct::global_norm(ct::gradient(total_loss, W, b)).rank == 0);

constexpr auto step = ct::minimize(total_loss, ct::adam(0.01_c));

constexpr auto step_by_hand = ct::apply_gradients(ct::sgd(0.1_c), ct::gradient(total_loss, W, b), total_loss);

// `assign`
constexpr auto count = ct::state<"count", float>;
constexpr auto counted_step = ct::minimize(total_loss, ct::sgd(0.1_c), ct::assign(count, count + 1_c));

// `constrain`
constexpr auto bounded_step = ct::minimize(total_loss, ct::sgd(0.1_c), ct::constrain(W, ct::max_norm(2_c)));

// `group`, `groups`
constexpr auto step_in_groups = ct::minimize(total_loss, ct::groups(ct::group(ct::adam(), W), ct::sgd(0.1_c)));

constexpr auto both =
    ct::together(ct::minimize(total_loss, ct::group(ct::adam(), W)), ct::minimize(total_loss, ct::group(ct::sgd(0.1_c), b)));

} // namespace reference
