// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>

/// Rat43 of NIST's Statistical Reference Datasets (Ratkowsky, 1983): the dry weight of onion bulbs and tops against growing time, fitted by
/// y = b1 / (1 + exp(b2 - b3 x))^(1 / b4). itl.nist.gov/div898/strd/nls/data/ratkowsky3.shtml
namespace rat43 {

inline constexpr std::array<double, 15> times{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
inline constexpr std::array<double, 15> weights{16.08,  33.83,  65.80,  97.20,  191.55, 326.20, 386.87, 520.53,
                                                590.03, 651.92, 724.93, 699.56, 689.96, 637.56, 717.41};

/// Both starts of NIST, the far one first.
inline constexpr std::array<double, 4> far{100, 10, 1, 1}, near{700, 5, 0.75, 1.3};

/// Certified parameters and sum of squares.
inline constexpr std::array<double, 4> certified{6.9964151270e+02, 5.2771253025e+00, 7.5962938329e-01, 1.2792483859e+00};
inline constexpr double certified_squares = 8.7864049080e+03;

} // namespace rat43
