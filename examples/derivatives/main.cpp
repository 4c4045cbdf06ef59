// SPDX-License-Identifier: BSL-1.0

// Derivatives of every kind: docs/how_to/derivatives.md.
#include <ctgrad/ctgrad.hpp>

#include <array>
#include <cstddef>
#include <cstdio>
#include <span>
#include <vector>

namespace ct = ctgrad;
using namespace ct::literals;

namespace {

void print(const char* name, const auto& numbers) {
    std::printf("%s", name);
    for (const double each : numbers) std::printf(" %.4f", each);
    std::printf("\n");
}

// A curve with three parameters through N points.
constexpr auto N = ct::dim<"N">;
constexpr auto t = ct::placeholder<"t", double, N>;
constexpr auto y = ct::placeholder<"y", double, N>;
constexpr auto q = ct::variable<"q", double, 3>;
template <int I>
constexpr auto parameter = ct::squeeze(ct::slice(q, ct::begin<I>, ct::size<1>), ct::axis<0>);
constexpr auto curve = parameter<0> * ct::exp(-parameter<1> * t) + parameter<2>;
constexpr auto residuals = curve - y;
constexpr auto loss = ct::reduce_sum(ct::square(residuals));

const std::vector<double> times{0, 0.5, 1, 2}, values{2.1, 1.5, 1.2, 0.7};
const std::array<double, 3> start{2, 0.5, 0.1};

void first_derivatives() {
    constexpr auto slopes = ct::jacobian(residuals, q)[q];
    static_assert(slopes.shape() == ct::shape(N, 3));
    const auto [at_start, rows] = ct::function{residuals, slopes}(t = times, y = values, q = start);
    print("residuals", at_start);
    print("last row of the Jacobian", std::span(rows.data() + 9, 3));

    constexpr auto v = ct::placeholder<"v", double, 3>;
    constexpr auto u = ct::placeholder<"u", double, N>;
    const std::array<double, 3> along{1, 0, -1};
    const std::vector<double> weights{1, 1, 0, 0};
    print("J v", ct::function{ct::jvp(curve, q = v)}(t = times, q = start, v = along));
    print("J^T u", ct::function{ct::vjp(curve, u, q)[q]}(t = times, q = start, u = weights));
}

void second_derivatives() {
    constexpr auto curvature = ct::hessian(loss, q)[q][q];
    const auto matrix = ct::function{curvature}(t = times, y = values, q = start);
    print("first row of the Hessian", std::span(matrix.data(), 3));

    constexpr auto product = ct::hvp(loss, q = 1_c)[q];
    print("H times ones", ct::function{product}(t = times, y = values, q = start));
    constexpr auto third = ct::gradient(ct::reduce_sum(product), q)[q];
    print("third derivatives", ct::function{third}(t = times, y = values, q = start));
}

// Joints of an arm in the plane: where the tool is does not depend on the height of its foot.
constexpr auto joints = ct::variable<"joints", double, 2>;
constexpr auto foot = ct::variable<"foot", double>;
template <int I>
constexpr auto joint = ct::slice(joints, ct::begin<I>, ct::size<1>);
constexpr auto tool =
    ct::concat(ct::axis<0>, ct::cos(joint<0>) + ct::cos(joint<0> + joint<1>), ct::sin(joint<0>) + ct::sin(joint<0> + joint<1>));

void zeros() {
    constexpr auto slopes = ct::jacobian(tool, joints, foot);
    print("the tool by the joints", ct::function{slopes[joints]}(joints = std::array{0.3, 0.4}));
    print("by the foot", ct::function{slopes[foot]}());
    constexpr auto gradients = ct::gradient(ct::reduce_sum(tool), joints, foot, ct::unconnected = ct::zeros);
    std::printf("gradient by the foot %.4f\n", ct::function{gradients[foot]}());
}

// One training step inside a loss.
constexpr auto x = ct::placeholder<"x", double, N>;
constexpr auto target = ct::placeholder<"target", double, N>;
constexpr auto w = ct::variable<"w", double>;
constexpr auto rate = ct::scalar<"rate", double>;
constexpr auto error = ct::reduce_mean(ct::square(w * x - target));
constexpr auto after_a_step = ct::substitute(error, w = w - rate * ct::gradient(error, w)[w]);

void composition() {
    constexpr auto slopes = ct::gradient(after_a_step, rate, w);
    const std::vector<double> xs{1, 2, 3}, targets{2, 4, 7};
    const auto [value, by_rate, by_start] =
        ct::function{after_a_step, slopes[rate], slopes[w]}(x = xs, target = targets, w = 1.0, rate = 0.05);
    std::printf("loss after a step %.4f, its slope by the rate %.4f, by the start %.4f\n", value, by_rate, by_start);
}

// The normal equations of the fit, without its Jacobian, and where a chain's Hessian has elements.
void least_squares() {
    constexpr auto normal = ct::gauss_newton(residuals, q);
    const auto [matrix, vector] = ct::function{normal.matrix, normal.vector}(t = times, y = values, q = start);
    print("first row of J^T J", std::span(matrix.data(), 3));
    print("J^T r", vector);
}

constexpr auto p = ct::variable<"p", double, 6>;
constexpr auto before = ct::slice(p, ct::begin<0>, ct::size<5>);
constexpr auto behind = ct::slice(p, ct::begin<1>, ct::size<5>);
constexpr auto chain = ct::reduce_sum(ct::square(behind - ct::square(before)));

void patterns() {
    constexpr auto pattern = ct::sparsity(ct::hessian(chain, p)[p][p]);
    static_assert(pattern.nnz == 16 && pattern.column[pattern.row_start[5]] == 4);
    constexpr auto elements = ct::sparse_hessian(chain, p)[p]; // [16]
    print("a Hessian of three diagonals", ct::function{elements}(p = std::array{0.1, 0.2, 0.3, 0.4, 0.5, 0.6}));
}

// A chain of 100,000: its Hessian by diagonals, in one loop.
constexpr auto q_long = ct::variable<"q_long", double, 100'000>;
constexpr auto next = ct::slice(q_long, ct::begin<1>, ct::size<99'999>);
constexpr auto energy = ct::reduce_sum(ct::cos(next - ct::slice(q_long, ct::begin<0>, ct::size<99'999>)));

void long_patterns() {
    constexpr auto elements = ct::sparse_hessian(energy, q_long)[q_long]; // below the diagonal, on it, above it
    constexpr auto pattern = ct::hessian_sparsity(energy, q_long);
    static_assert(pattern.nnz == 299'998 && pattern.offset[0] == -1 && pattern.row_of(0) == 1 && pattern.column_of(0) == 0);
    const auto found = ct::function{elements}(q_long = std::vector<double>(100'000));
    std::printf("between neighbours %.4f, on the diagonal %.4f\n", found.data()[0], found.data()[pattern.start[1] + 1]);
}

void ways() { std::printf("%s", ct::explain_jacobian(tool, joints).c_str()); }

// Blocks of a network of which a gradient keeps the results alone.
constexpr auto data = ct::placeholder<"data", double, N, 8>;
constexpr auto matrix_of_layers = ct::variable<"matrix of layers", double, 8, 8>;
constexpr auto block = [](auto h) { return ct::tanh(ct::matmul(ct::tanh(ct::matmul(h, matrix_of_layers)), matrix_of_layers)); };
constexpr auto again = [](auto h) { return ct::recompute_grad(block(h)); };
constexpr auto mean_square = [](auto f) { return ct::reduce_mean(ct::square(f(f(f(data))))); };
constexpr auto slope_of_layers = [](auto f) { return ct::gradient(mean_square(f), matrix_of_layers)[matrix_of_layers]; };

void less_memory() {
    constexpr ct::function keeps{mean_square(block), slope_of_layers(block)};
    constexpr ct::function computes{mean_square(again), slope_of_layers(again)};
    static_assert(ct::figures(keeps, N = 1000).kept_values == 5 && ct::figures(computes, N = 1000).kept_values == 3);
}

// The value of a, its gradient turned.
constexpr auto reversed = ct::custom_gradient([](auto a) { return a; }, [](auto dy, auto, auto) { return -dy; });

void own_rules() {
    constexpr auto value = ct::square(reversed(w));
    const auto [square, slope] = ct::function{value, ct::gradient(value, w)[w]}(w = 3.0);
    std::printf("square %.4f, slope %.4f\n", square, slope);
    std::printf("off by %.4f\n", ct::gradient_error(value, w, w = 3.0)); // -6 where it is 6
}

// A network of which each example has a Jacobian of its own.
void batches() {
    constexpr auto in = ct::placeholder<"in", double, N, 2>;
    constexpr auto weights = ct::variable<"weights", double, 2, 2>;
    constexpr auto out = ct::tanh(ct::matmul(in, weights));
    constexpr auto each = ct::batch_jacobian(out, in)[in];
    static_assert(each.shape() == ct::shape(N, 2, 2));
    print("the first example's Jacobian",
          std::span(ct::function{each}(in = std::array{1.0, 0.5, -1.0, 2.0}, weights = std::array{0.2, 0.1, -0.3, 0.4}).data(), 4));
}

} // namespace

int main() {
    first_derivatives();
    second_derivatives();
    least_squares();
    patterns();
    long_patterns();
    ways();
    less_memory();
    zeros();
    composition();
    own_rules();
    batches();
}
