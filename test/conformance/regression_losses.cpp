// SPDX-License-Identifier: BSL-1.0
#include "losses.hpp"

namespace ct = ctgrad;

namespace conformance {

namespace {

struct elements : all_elements<double> {
    static constexpr auto factor = along_last<double>::factor;
};

/// A loss of a test of Keras: the squared error, element by element.
loss_values squares(const loss_problem& of, const std::vector<double>& factors) {
    using leaves = elements;
    constexpr auto each = ct::as_loss([](auto t, auto p) { return ct::square(t - p); }).per_example(leaves::t, leaves::p);
    constexpr auto slope = ct::gradient(ct::reduce_sum(each * leaves::factor), leaves::p)[leaves::p];
    return interpreted<leaves>(each, slope, of, factors, pack<>{});
}

} // namespace

const loss_programs regression_losses{
    {{"ExampleLoss", layout::last, ""}, squares},
    entry<ct::categorical_hinge, along_last<double>>("CategoricalHinge"),
    entry<ct::cosine_similarity, along_last<double>>("CosineSimilarity"),
    entry<ct::hinge, along_last<double>>("Hinge"),
    entry<ct::huber, along_last<double>>("Huber"),
    entry<ct::kl_divergence, along_last<double>>("KLDivergence"),
    entry<ct::log_cosh, along_last<double>>("LogCosh"),
    entry<ct::mean_absolute_error, along_last<double>>("MeanAbsoluteError"),
    entry<ct::mean_absolute_percentage_error, along_last<double>>("MeanAbsolutePercentageError"),
    entry<ct::mean_squared_error, along_last<double>>("MeanSquaredError"),
    entry<ct::mean_squared_logarithmic_error, along_last<double>>("MeanSquaredLogarithmicError"),
    entry<ct::poisson, along_last<double>>("Poisson"),
    entry<ct::squared_hinge, along_last<double>>("SquaredHinge"),
    entry<ct::cosine_similarity, along_middle<double>>("CosineSimilarity"),
    entry<ct::dice, all_elements<double>>("Dice"),
    entry<ct::dice, along_last_as_asked<double>>("Dice"),
    entry<ct::dice, along_middle<double>>("Dice"),
    entry<ct::tversky, all_elements<double>>("Tversky"),
    entry<ct::tversky, along_last_as_asked<double>>("Tversky"),
    entry<ct::tversky, along_middle<double>>("Tversky"),
};

} // namespace conformance
