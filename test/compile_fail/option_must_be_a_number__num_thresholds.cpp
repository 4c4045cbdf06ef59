// expect: option_must_be_a_number
// shows: auc
// shows: num_thresholds
// SPDX-License-Identifier: BSL-1.0
// A number of thresholds that the call shall choose.
#include <ctgrad/ctgrad.hpp>

namespace ct = ctgrad;
using namespace ct::literals;

constexpr auto count = ct::scalar<"count", float>;
#ifdef FIXED
constexpr auto area = ct::auc(ct::num_thresholds = 100_c);
#else
constexpr auto area = ct::auc(ct::num_thresholds = count); // wrong
#endif
