// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "golden.hpp"

namespace conformance {

/// The learning rate after `step` steps; `name` and `arguments` as in Keras.
double learning_rate(const std::string& name, const json& arguments, int step);

} // namespace conformance
