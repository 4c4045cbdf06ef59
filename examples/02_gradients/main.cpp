// SPDX-License-Identifier: BSL-1.0

// A gradient is an expression too. It can be printed, computed while compiling, differentiated again, and used in a loss.

#include <ctgrad/ctgrad.hpp>

#include <array>
#include <cstdio>

namespace ct = ctgrad;
using namespace ct::literals;

constexpr auto w = ct::variable<"w", double, 2>;

constexpr auto height = ct::reduce_sum(w * w * w) / 3_c; // w0^3/3 + w1^3/3
constexpr auto slope = ct::gradient(height, w)[w];       // w0^2, w1^2: of the shape of w
static_assert(slope.shape() == w.shape());

constexpr std::array<double, 2> place{2, -3};
static_assert(ct::evaluate(slope, w = place)[0] == 4.0);
static_assert(ct::evaluate(slope, w = place)[1] == 9.0);

// The derivative of a derivative: 2 w0 and 2 w1.
constexpr auto bend = ct::gradient(ct::reduce_sum(slope), w)[w];
static_assert(ct::evaluate(bend, w = place)[1] == -6.0);

// A loss that fears steep places: its gradient needs second derivatives, and nobody has to say so.
constexpr auto careful = height + 0.1_c * ct::reduce_sum(ct::square(slope));
constexpr auto careful_slope = ct::gradient(careful, w)[w]; // w^2 + 0.4 w^3

int main() {
    std::puts(to_string(slope).c_str());
    const auto steep = ct::evaluate(careful_slope, w = place);
    std::printf("slope of the careful loss: %.1f, %.1f\n", steep[0], steep[1]);
}
