// SPDX-License-Identifier: BSL-1.0

// Examples of docs/reference, each a paragraph: see test/reference.py.

#include <ctgrad/ctgrad.hpp>
#include <ctgrad/interop/any_objective.hpp>
#include <ctgrad/interop/objective.hpp>
#include <ctgrad/interop/residuals.hpp>

#include <string>
#include <vector>

namespace ct = ctgrad;
using namespace ct::literals;

// What stands in all examples below, beside vectors `inputs` and `targets` of numbers.
constexpr auto N = ct::dim<"N">;
constexpr auto x = ct::placeholder<"x", float, N, 3>;
constexpr auto y = ct::placeholder<"y", float, N>;
constexpr auto w = ct::variable<"w", float, 3>;
constexpr auto errors = ct::reduce_sum(x * w, ct::axis<1>) - y;
constexpr auto loss = ct::reduce_mean(ct::square(errors));
constexpr auto step = ct::minimize(loss, ct::sgd(0.1_c, ct::ema_momentum = 0.9_c));

bool calls() {
    const std::vector<float> inputs(6, 1.0F), targets(2, 2.0F);
    bool good = true;

    // `function`, `tensor`
    const ct::function f{loss, errors};
    const auto [value, each] = f(x = inputs, y = targets, w = std::vector{1.0F, 2.0F, 3.0F});
    good = good && value == 16 && each.extent(0) == 2 && each(0) == 4;

    // `if_used`: the program has no x, which code for all programs feeds
    good = good && ct::function{ct::reduce_sum(w)}(ct::if_used(x = inputs), w = std::vector{1.0F, 2.0F, 3.0F}) == 6;

    // `view`, `tensor_view`: memory of one's own as data of two axes
    const ct::function total{ct::reduce_sum(x)};
    good = good && total(x = ct::view(inputs.data(), 2, 3)) == 6;

    // `workspace`, `buffer`: memory that is kept between calls
    ct::workspace scratch;
    const auto [same, again] = f(scratch, x = inputs, y = targets, w = std::vector{1.0F, 2.0F, 3.0F});
    good = good && same == value;

    // `objective`, `packed`, `any_objective`: what minimizers of other libraries call
    const ct::objective of_w{loss, ct::packed{w}, x = inputs, y = targets};
    const ct::any_objective<float> any = of_w;
    float at[]{1.0F, 2.0F, 3.0F}, slope[3];
    good = good && any(at, slope) == 16 && any.size() == 3;

    // `residuals`: what solvers of least squares call
    const ct::residuals each_of_w{errors, ct::packed{w}, x = inputs, y = targets};
    float misses[2], jacobian[6];
    each_of_w(at, misses, jacobian);
    good = good && each_of_w.count() == 2 && misses[1] == 4 && jacobian[5] == 1;

    // `bound_call`
    const std::vector weights{1.0F, 2.0F, 3.0F};
    auto bound = ct::function{loss}.bind(x = inputs, y = targets, w = weights);
    good = good && bound() == 16;

    // `trainer`, `parameters`
    ct::trainer train{step, w = ct::random_normal{.seed = 1}};
    const float first = train(x = inputs, y = targets);
    const float second = train(x = inputs, y = targets);
    good = good && second < first && train[w].size() == 3 && train.parameters()[w].size() == 3;

    good = good && train[ct::average_of(w)].size() == 3;

    // `figures`, `program_figures`
    constexpr ct::program_figures costs = ct::figures(step, N = 64);
    static_assert(costs.kernels > 0 && costs.flops < 10'000);

    const std::string loops = ct::explain(step);

    const std::string drawing = ct::to_dot(step);

    const std::string algebra = ct::explain_rewrites(loss, w);

    const std::string passes = ct::explain_jacobian(errors, w);
    good = good && passes.starts_with("by w");

    // `to_string`
    const std::string program = to_string(ct::exp(x));

    // `metric_state`
    constexpr auto metric = ct::as_metric(ct::mean_absolute_error);
    const auto batch = boost::hana::unpack(metric.totals(y, y + errors), [](auto... totals) { return ct::function{totals...}; });
    ct::metric_state<std::remove_const_t<decltype(metric)>> state;
    state.add(batch(x = inputs, y = targets, w = weights));
    good = good && state.result() == 4;

    return good && !loops.empty() && !drawing.empty() && !algebra.empty() && !program.empty();
}
