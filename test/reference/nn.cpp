// SPDX-License-Identifier: BSL-1.0

// Examples of docs/reference, each a paragraph: see test/reference.py.

#include <ctgrad/nn.hpp>

namespace ct = ctgrad;
using namespace ct::literals;

namespace reference {

// What stands in all examples below: t is the truth, p a prediction, c class numbers.
constexpr auto N = ct::dim<"N">;
constexpr auto x = ct::placeholder<"x", float, N, 4>;
constexpr auto t = ct::placeholder<"t", float, N, 4>;
constexpr auto p = ct::placeholder<"p", float, N, 4>;
constexpr auto scores = ct::placeholder<"scores", float, N, 4>;
constexpr auto c = ct::placeholder<"c", std::int32_t, N>;
constexpr auto w = ct::placeholder<"w", float, N>;

static_assert(ct::relu6(x).shape() == ct::shape(N, 4));

static_assert(ct::selu(x).shape() == ct::shape(N, 4));

static_assert(ct::exponential(x).shape() == ct::shape(N, 4));

static_assert(ct::hard_sigmoid(x).shape() == ct::shape(N, 4));

static_assert(ct::hard_silu(x).shape() == ct::shape(N, 4));

static_assert(ct::hard_tanh(x).shape() == ct::shape(N, 4));

static_assert(ct::linear(x).shape() == ct::shape(N, 4));

static_assert(ct::log_sigmoid(x).shape() == ct::shape(N, 4));

static_assert(ct::mish(x).shape() == ct::shape(N, 4));

static_assert(ct::silu(x).shape() == ct::shape(N, 4));

static_assert(ct::softsign(x).shape() == ct::shape(N, 4));

static_assert(ct::sparse_plus(x).shape() == ct::shape(N, 4));

static_assert(ct::sparse_sigmoid(x).shape() == ct::shape(N, 4));

static_assert(ct::sparsemax(x).shape() == ct::shape(N, 4));

static_assert(ct::tanh_shrink(x).shape() == ct::shape(N, 4));

static_assert(ct::softmax(x).shape() == ct::shape(N, 4));

static_assert(ct::log_softmax(x).shape() == ct::shape(N, 4));

static_assert(ct::relu(x).shape() == ct::shape(N, 4));
static_assert(ct::relu(x, ct::max_value = 6_c).shape() == ct::shape(N, 4));
static_assert(ct::relu(ct::max_value = 6_c)(x).shape() == ct::shape(N, 4));

static_assert(ct::elu(x).shape() == ct::shape(N, 4));
static_assert(ct::elu(x, ct::alpha = 0.5_c).shape() == ct::shape(N, 4));
static_assert(ct::elu(ct::alpha = 0.5_c)(x).shape() == ct::shape(N, 4));

static_assert(ct::celu(x).shape() == ct::shape(N, 4));
static_assert(ct::celu(x, ct::alpha = 0.5_c).shape() == ct::shape(N, 4));
static_assert(ct::celu(ct::alpha = 0.5_c)(x).shape() == ct::shape(N, 4));

static_assert(ct::leaky_relu(x).shape() == ct::shape(N, 4));
static_assert(ct::leaky_relu(x, ct::negative_slope = 0.1_c).shape() == ct::shape(N, 4));
static_assert(ct::leaky_relu(ct::negative_slope = 0.1_c)(x).shape() == ct::shape(N, 4));

static_assert(ct::gelu(x).shape() == ct::shape(N, 4));
static_assert(ct::gelu(x, ct::approximate).shape() == ct::shape(N, 4));
static_assert(ct::gelu(ct::approximate)(x).shape() == ct::shape(N, 4));

static_assert(ct::hard_shrink(x).shape() == ct::shape(N, 4));
static_assert(ct::hard_shrink(x, ct::threshold = 1_c).shape() == ct::shape(N, 4));
static_assert(ct::hard_shrink(ct::threshold = 1_c)(x).shape() == ct::shape(N, 4));

static_assert(ct::soft_shrink(x).shape() == ct::shape(N, 4));
static_assert(ct::soft_shrink(x, ct::threshold = 1_c).shape() == ct::shape(N, 4));
static_assert(ct::soft_shrink(ct::threshold = 1_c)(x).shape() == ct::shape(N, 4));

static_assert(ct::squareplus(x).shape() == ct::shape(N, 4));
static_assert(ct::squareplus(x, 2_c).shape() == ct::shape(N, 4));

static_assert(ct::glu(x).shape() == ct::shape(N, 2));

static_assert(ct::threshold(x, 1_c, 0_c).shape() == ct::shape(N, 4));

static_assert(ct::mean_squared_error(t, p).shape() == ct::shape(N));
static_assert(ct::mean_squared_error()(t, p).rank == 0);

static_assert(ct::mean_absolute_error(t, p).shape() == ct::shape(N));
static_assert(ct::mean_absolute_error()(t, p).rank == 0);

static_assert(ct::mean_absolute_percentage_error(t, p).shape() == ct::shape(N));
static_assert(ct::mean_absolute_percentage_error()(t, p).rank == 0);

static_assert(ct::mean_squared_logarithmic_error(t, p).shape() == ct::shape(N));
static_assert(ct::mean_squared_logarithmic_error()(t, p).rank == 0);

static_assert(ct::log_cosh(t, p).shape() == ct::shape(N));
static_assert(ct::log_cosh()(t, p).rank == 0);

static_assert(ct::cosine_similarity(t, p).shape() == ct::shape(N));
static_assert(ct::cosine_similarity()(t, p).rank == 0);

static_assert(ct::hinge(t, p).shape() == ct::shape(N));
static_assert(ct::hinge()(t, p).rank == 0);

static_assert(ct::squared_hinge(t, p).shape() == ct::shape(N));
static_assert(ct::squared_hinge()(t, p).rank == 0);

static_assert(ct::categorical_hinge(t, p).shape() == ct::shape(N));
static_assert(ct::categorical_hinge()(t, p).rank == 0);

static_assert(ct::kl_divergence(t, p).shape() == ct::shape(N));
static_assert(ct::kl_divergence()(t, p).rank == 0);

static_assert(ct::poisson(t, p).shape() == ct::shape(N));
static_assert(ct::poisson()(t, p).rank == 0);

static_assert(ct::huber(t, p, ct::delta = 2_c).shape() == ct::shape(N));
static_assert(ct::huber(ct::delta = 2_c)(t, p).rank == 0);

static_assert(ct::binary_crossentropy(t, p, ct::label_smoothing = 0.1_c).shape() == ct::shape(N));
static_assert(ct::binary_crossentropy(ct::label_smoothing = 0.1_c)(t, p).rank == 0);

static_assert(ct::binary_focal_crossentropy(t, p, ct::gamma = 3_c).shape() == ct::shape(N));
static_assert(ct::binary_focal_crossentropy(ct::gamma = 3_c)(t, p).rank == 0);

static_assert(ct::categorical_crossentropy(t, scores, ct::from_logits).shape() == ct::shape(N));
static_assert(ct::categorical_crossentropy(ct::from_logits)(t, scores).rank == 0);

static_assert(ct::categorical_focal_crossentropy(t, p, ct::alpha = 0.3_c).shape() == ct::shape(N));
static_assert(ct::categorical_focal_crossentropy(ct::alpha = 0.3_c)(t, p).rank == 0);

static_assert(ct::categorical_generalized_cross_entropy(c, p, ct::q = 0.7_c).shape() == ct::shape(N));
static_assert(ct::categorical_generalized_cross_entropy(ct::q = 0.7_c)(c, p).rank == 0);

static_assert(ct::sparse_categorical_crossentropy(c, scores, ct::from_logits).shape() == ct::shape(N));
static_assert(ct::sparse_categorical_crossentropy(ct::from_logits)(c, scores).rank == 0);

static_assert(ct::circle(c, p).shape() == ct::shape(N));
static_assert(ct::circle()(c, p).rank == 0);

static_assert(ct::dice(t, p).rank == 0);
static_assert(ct::dice()(t, p).rank == 0);

static_assert(ct::tversky(t, p, ct::alpha = 0.3_c, ct::beta = 0.7_c).rank == 0);
static_assert(ct::tversky()(t, p).rank == 0);

static_assert(ct::sigmoid_cross_entropy_with_logits(ct::labels = t, ct::logits = scores).shape() == ct::shape(N, 4));

static_assert(ct::softmax_cross_entropy_with_logits(ct::labels = t, ct::logits = scores).shape() == ct::shape(N));

static_assert(ct::ctc(ct::placeholder<"text", std::int32_t, N, 5>, ct::placeholder<"frames", float, N, 20, 8>).shape() == ct::shape(N));

static_assert(ct::sparse_softmax_cross_entropy_with_logits(ct::labels = c, ct::logits = scores).shape() == ct::shape(N));

// `sample_weight`, `reduction`
static_assert(ct::mean_squared_error()(t, p, ct::sample_weight = w).rank == 0);
static_assert(ct::mean_squared_error(ct::reduction = ct::none)(t, p).shape() == ct::shape(N));

constexpr auto own = ct::as_loss([](auto truth, auto guess) { return ct::reduce_max(ct::abs(truth - guess), ct::axis<-1>); });
static_assert(own(t, p).rank == 0);

static_assert(ct::compat_v1::losses::absolute_difference()(t, p).rank == 0);

static_assert(ct::compat_v1::losses::cosine_distance(ct::axis<-1>)(t, p).rank == 0);

static_assert(ct::compat_v1::losses::hinge_loss()(t, p).rank == 0);

static_assert(ct::compat_v1::losses::huber_loss(ct::delta = 2_c)(t, p).rank == 0);

static_assert(ct::compat_v1::losses::log_loss()(t, p).rank == 0);

static_assert(ct::compat_v1::losses::mean_pairwise_squared_error()(t, p).rank == 0);

static_assert(ct::compat_v1::losses::mean_squared_error()(t, p).rank == 0);

static_assert(ct::compat_v1::losses::sigmoid_cross_entropy()(t, scores).rank == 0);

static_assert(ct::compat_v1::losses::softmax_cross_entropy()(t, scores).rank == 0);

static_assert(ct::compat_v1::losses::sparse_softmax_cross_entropy()(c, scores).rank == 0);

static_assert(ct::compat_v1::losses::compute_weighted_loss(ct::square(t - p), 1_c, ct::sum).rank == 0);

constexpr auto totals_of_exact_accuracy = ct::exact_accuracy().totals(t, p);

constexpr auto totals_of_categorical_accuracy = ct::categorical_accuracy().totals(t, p);

constexpr auto totals_of_root_mean_squared_error = ct::root_mean_squared_error().totals(t, p);

constexpr auto totals_of_true_positives = ct::true_positives().totals(t, p);

constexpr auto totals_of_true_negatives = ct::true_negatives().totals(t, p);

constexpr auto totals_of_false_positives = ct::false_positives().totals(t, p);

constexpr auto totals_of_false_negatives = ct::false_negatives().totals(t, p);

constexpr auto totals_of_r2_score = ct::r2_score().totals(t, p);

constexpr auto totals_of_f1_score = ct::f1_score().totals(t, p);

constexpr auto totals_of_accuracy = ct::accuracy().totals(t, p);

constexpr auto totals_of_crossentropy = ct::crossentropy().totals(t, p);

constexpr auto totals_of_binary_accuracy = ct::binary_accuracy(ct::threshold = 0.4_c).totals(t, p);

constexpr auto totals_of_sparse_categorical_accuracy = ct::sparse_categorical_accuracy().totals(c, p);

constexpr auto totals_of_top_k_categorical_accuracy = ct::top_k_categorical_accuracy(2_c).totals(t, p);

constexpr auto totals_of_sparse_top_k_categorical_accuracy = ct::sparse_top_k_categorical_accuracy(2_c).totals(c, p);

constexpr auto totals_of_auc = ct::auc(ct::num_thresholds = 50_c, ct::curve = ct::pr).totals(t, p);

constexpr auto totals_of_precision = ct::precision(ct::thresholds(0.3_c, 0.6_c)).totals(t, p);

constexpr auto totals_of_recall = ct::recall(ct::class_id = 1_c).totals(t, p);

constexpr auto totals_of_sensitivity_at_specificity = ct::sensitivity_at_specificity(0.5_c).totals(t, p);

constexpr auto totals_of_specificity_at_sensitivity = ct::specificity_at_sensitivity(0.5_c).totals(t, p);

constexpr auto totals_of_precision_at_recall = ct::precision_at_recall(0.5_c).totals(t, p);

constexpr auto totals_of_recall_at_precision = ct::recall_at_precision(0.5_c).totals(t, p);

constexpr auto totals_of_fbeta_score = ct::fbeta_score(ct::average = ct::macro, ct::beta = 2_c).totals(t, p);

constexpr auto totals_of_iou = ct::iou(ct::num_classes = 4_c, ct::target_class_ids(0_c, 2_c)).totals(c, c);

constexpr auto totals_of_mean_iou = ct::mean_iou(ct::num_classes = 4_c).totals(c, c);

constexpr auto totals_of_binary_iou = ct::binary_iou(ct::threshold = 0.5_c).totals(t, p);

static_assert(ct::pearson_correlation(t, p).shape() == ct::shape(N));

static_assert(ct::concordance_correlation(t, p).shape() == ct::shape(N));

constexpr auto mean_of_p = ct::mean_metric<"mean_of_p">.totals(p);

constexpr auto sum_of_w = ct::sum_metric<"sum_of_w">.totals(w);

constexpr auto error_metric = ct::as_metric(ct::mean_absolute_error);
static_assert(error_metric.name == "mean_absolute_error");

constexpr auto worst =
    ct::metric_named<"worst">([](auto truth, auto guess) { return ct::reduce_max(ct::abs(truth - guess), ct::axis<-1>); });
static_assert(worst.name == "worst");

} // namespace reference
