// SPDX-License-Identifier: BSL-1.0

// A logistic regression by dlib: L-BFGS with gradients, and a trust region with second derivatives, which needs fewer steps.

#include <ctgrad/ctgrad.hpp>
#include <ctgrad/interop/dlib.hpp>
#include <ctgrad/interop/objective.hpp>

#include <dlib/optimization.h>

#include <array>
#include <cstdio>

namespace ct = ctgrad;
using namespace ct::literals;

constexpr auto N = ct::dim<"N">;
constexpr auto hours = ct::placeholder<"hours", double, N>;   // of study
constexpr auto passed = ct::placeholder<"passed", double, N>; // 0 or 1
constexpr auto slope = ct::variable<"slope", double>;
constexpr auto intercept = ct::variable<"intercept", double>;

// The negative logarithm of the likelihood.
constexpr auto logits = slope * hours + intercept;
constexpr auto loss = ct::reduce_sum(ct::softplus(logits) - passed * logits);

int main() {
    const std::array given{0.50, 0.75, 1.00, 1.25, 1.50, 1.75, 1.75, 2.00, 2.25, 2.50,
                           2.75, 3.00, 3.25, 3.50, 4.00, 4.25, 4.50, 4.75, 5.00, 5.50};
    const std::array<double, 20> outcome{0, 0, 0, 0, 0, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 1, 1, 1, 1, 1};
    const ct::objective f{loss, ct::packed{slope, intercept}, hours = given, passed = outcome};

    ct::dlib_vector x = {0, 0};
    double least = dlib::find_min(dlib::lbfgs_search_strategy(10), dlib::objective_delta_stop_strategy(1e-12), ct::dlib_value(f),
                                  ct::dlib_gradient(f), x, 0);
    std::printf("L-BFGS:       slope %.5f, intercept %.5f, loss %.6f\n", x(0), x(1), least);

    x = {0, 0};
    least = dlib::find_min_trust_region(dlib::objective_delta_stop_strategy(1e-12), ct::dlib_model(f), x);
    std::printf("trust region: slope %.5f, intercept %.5f, loss %.6f\n", x(0), x(1), least);
}
