// SPDX-License-Identifier: BSL-1.0
#include <ctgrad/nn/cross_entropies/ctc.hpp>

#include "golden.hpp"
#include "losses.hpp"

#include <ctgrad/ctgrad.hpp>

namespace ct = ctgrad;

namespace conformance {

namespace {

constexpr auto N = ct::dim<"N">;
constexpr auto T = ct::dim<"T">;

} // namespace

void run_ctc(const json& test) {
    const json &labels = test["inputs"]["y_true"], &scores = test["inputs"]["y_pred"];
    const std::vector<std::size_t> of_labels = shape(labels), of_scores = shape(scores);
    if (of_labels.size() != 2 || of_scores.size() != 3 || of_labels[1] != 4 || of_scores[2] != 3)
        throw skipped("no program for this shape");
    constexpr auto y_true = ct::placeholder<"y_true", std::int32_t, N, 4>;
    constexpr auto y_pred = ct::placeholder<"y_pred", double, N, T, 3>;
    constexpr auto values = ct::ctc(y_true, y_pred);
    const std::vector<double> class_numbers = numbers(labels), logits = numbers(scores);
    const std::vector<std::int32_t> truth(class_numbers.begin(), class_numbers.end());
    std::vector<double> found(of_labels[0]);
    ct::function{values}(y_true = truth, y_pred = logits, values = found);
    double mean = 0;
    for (double each : found) mean += each / static_cast<double>(found.size());
    if (test["function"] == "losses.CTC") found = {mean};
    compare(found, test["expected"], test);
}

} // namespace conformance
