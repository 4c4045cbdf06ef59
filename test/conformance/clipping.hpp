// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "golden.hpp"

namespace conformance {

std::vector<double> clipped_by_value(const std::vector<double>& data, double from, double to);
std::vector<double> clipped_by_norm(const std::vector<double>& data, double norm);
/// Gradients, together.
std::vector<double> clipped_together(std::vector<double> gradients, double norm);

/// The gradients of several variables, in the way that a case names: `clipvalue`, `clipnorm` or `global_clipnorm`.
std::vector<std::vector<double>> clipped(const json& how, std::vector<std::vector<double>> gradients);

} // namespace conformance
