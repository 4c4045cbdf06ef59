// SPDX-License-Identifier: BSL-1.0
#include <ctgrad/interop/any_objective.hpp>

#if defined(_GLIBCXX_RELEASE) || defined(_LIBCPP_VERSION)
#error "any_objective.hpp includes nothing, not even of the standard library"
#endif

double descend(const ctgrad::any_objective<double>& f, double* x, int steps, double rate);

double descend(const ctgrad::any_objective<double>& f, double* x, int steps, double rate) {
    double slope[8]{};
    for (int step = 0; step < steps; ++step) {
        f(x, slope);
        for (int i = 0; i < f.size(); ++i) x[i] -= rate * slope[i];
    }
    return f(x);
}
