// SPDX-License-Identifier: BSL-1.0

// W10: short formulas in double, a value and its gradients: Rosenbrock's function by slices, the logarithm of a sum of exponentials, the
// log-density of a normal distribution in two spellings, a sum of products.
#include "support.hpp"
#include "wide_double.hpp"

#include <ctgrad/ctgrad.hpp>

#include <cmath>
#include <vector>

namespace {

namespace ct = ctgrad;
using namespace ct::literals;
using bench::doubles, bench::narrowed, bench::widened;

constexpr auto N = ct::dim<"N">;

// Rosenbrock: sum of 100 (x[i+1] - x[i]^2)^2 + (1 - x[i])^2

constexpr int points = 1000;

class rosenbrock_peer {
    static constexpr auto p = ct::variable<"p", double, points>;
    static constexpr auto before = ct::slice(p, ct::begin<0>, ct::size<points - 1>);
    static constexpr auto behind = ct::slice(p, ct::begin<1>, ct::size<points - 1>);
    static constexpr auto value = ct::reduce_sum(100_c * ct::square(behind - ct::square(before)) + ct::square(1_c - before));
    static constexpr auto slope = ct::gradient(value, p)[p];

public:
    explicit rosenbrock_peer(const bench::problem& given) : x_(widened(given.parameters[0])), dx_(points) {}
    float step() {
        constexpr ct::function f{value, slope};
        return static_cast<float>(std::get<0>(f(p = x_, slope = dx_)));
    }
    std::vector<bench::numbers> results() const { return {narrowed(dx_)}; }

private:
    doubles x_, dx_;
};

/// One pass: the term of an element needs its neighbours on both sides.
class rosenbrock_loops {
public:
    explicit rosenbrock_loops(const bench::problem& given) : x_(widened(given.parameters[0])), dx_(points) {}
    float step() {
        using namespace bench::wide;
        const double* const in = x_.data();
        double* const out = dx_.data();
        d8 total{};
        double rest = 0;
        const auto one = [&](std::size_t i) { // an inner element
            const double t = in[i + 1] - in[i] * in[i], u = in[i] - in[i - 1] * in[i - 1], v = 1 - in[i];
            rest += 100 * t * t + v * v;
            out[i] = 200 * u - 400 * in[i] * t - 2 * v;
        };
        const double t = in[1] - in[0] * in[0], v = 1 - in[0];
        rest += 100 * t * t + v * v;
        out[0] = -400 * in[0] * t - 2 * v;
        std::size_t i = 1;
        for (; i + double_lanes < points; i += double_lanes) {
            const d8 a = load_double(in + i - 1), b = load_double(in + i), c = load_double(in + i + 1);
            const d8 up = c - b * b, down = b - a * a, from_one = 1 - b;
            total += 100 * up * up + from_one * from_one;
            store_double(out + i, 200 * down - 400 * b * up - 2 * from_one);
        }
        for (; i + 1 < points; ++i) one(i);
        out[points - 1] = 200 * (in[points - 1] - in[points - 2] * in[points - 2]);
        return static_cast<float>(sum(total) + rest);
    }
    std::vector<bench::numbers> results() const { return {narrowed(dx_)}; }

private:
    doubles x_, dx_;
};

// ln sum exp

class logsumexp_peer {
    static constexpr auto p = ct::placeholder<"p", double, N>;
    static constexpr auto value = ct::reduce_logsumexp(p);
    static constexpr auto slope = ct::gradient(value, p)[p];

public:
    explicit logsumexp_peer(const bench::problem& given) : x_(widened(given.parameters[0])), dx_(x_.size()) {}
    float step() {
        constexpr ct::function f{value, slope};
        return static_cast<float>(std::get<0>(f(p = x_, slope = dx_)));
    }
    std::vector<bench::numbers> results() const { return {narrowed(dx_)}; }

private:
    doubles x_, dx_;
};

class logsumexp_loops {
public:
    explicit logsumexp_loops(const bench::problem& given) : x_(widened(given.parameters[0])), dx_(x_.size()) {}
    float step() {
        using namespace bench::wide;
        const std::size_t n = x_.size(), whole = n - n % double_lanes;
        d8 most = all_double(-1e300);
        for (std::size_t i = 0; i < whole; i += double_lanes) most = max(most, load_double(x_.data() + i));
        double top = largest(most);
        for (std::size_t i = whole; i < n; ++i) top = x_[i] > top ? x_[i] : top;
        d8 total{}, last{};
        for (std::size_t i = 0; i < whole; i += double_lanes) {
            const d8 e = exp(load_double(x_.data() + i) - top);
            total += e;
            store_double(dx_.data() + i, e);
        }
        if (whole < n) { // the others in one vector more
            double rest[double_lanes];
            for (std::size_t k = 0; k < double_lanes; ++k) rest[k] = whole + k < n ? x_[whole + k] - top : -690;
            last = exp(load_double(rest));
            store_double(rest, last);
            for (std::size_t i = whole; i < n; ++i) dx_[i] = rest[i - whole];
        }
        const double all = sum(total + last), share = 1 / all;
        std::size_t i = 0;
        for (; i < whole; i += double_lanes) store_double(dx_.data() + i, load_double(dx_.data() + i) * share);
        for (; i < n; ++i) dx_[i] *= share;
        return static_cast<float>(top + std::log(all));
    }
    std::vector<bench::numbers> results() const { return {narrowed(dx_)}; }

private:
    doubles x_, dx_;
};

// ln of a normal density: sum of -((x - mu) / sigma)^2 / 2 - ln sigma

constexpr auto mu = ct::variable<"mu", double>;
constexpr auto sigma = ct::variable<"sigma", double>;
constexpr auto observed = ct::placeholder<"observed", double, N>;
constexpr auto divided = ct::reduce_sum(-0.5_c * ct::square((observed - mu) / sigma) - ct::log(sigma));
constexpr auto multiplied = ct::reduce_sum(-0.5_c * ct::square((observed - mu) * (1_c / sigma)) - ct::log(sigma));

template <const auto& Density>
class normal_peer {
    static constexpr auto slopes = ct::gradient(Density, observed, mu, sigma);

public:
    explicit normal_peer(const bench::problem& given)
        : x_(widened(given.parameters[0])), dx_(x_.size()), mu_(given.parameters[1][0]), sigma_(given.parameters[2][0]) {}
    float step() {
        constexpr ct::function f{Density, slopes[observed], slopes[mu], slopes[sigma]};
        const auto found = f(observed = x_, mu = mu_, sigma = sigma_, slopes[observed] = dx_);
        dmu_ = std::get<2>(found);
        dsigma_ = std::get<3>(found);
        return static_cast<float>(std::get<0>(found));
    }
    std::vector<bench::numbers> results() const { return {narrowed(dx_), {static_cast<float>(dmu_)}, {static_cast<float>(dsigma_)}}; }

private:
    doubles x_, dx_;
    double mu_, sigma_, dmu_ = 0, dsigma_ = 0;
};

class normal_loops {
public:
    explicit normal_loops(const bench::problem& given)
        : x_(widened(given.parameters[0])), dx_(x_.size()), mu_(given.parameters[1][0]), sigma_(given.parameters[2][0]) {}
    float step() {
        using namespace bench::wide;
        const std::size_t n = x_.size();
        const double by = 1 / sigma_;
        d8 squares[2]{}, sums[2]{};
        double square = 0, total = 0;
        std::size_t i = 0;
        const auto eight = [&](std::size_t at, std::size_t k) __attribute__((always_inline)) {
            const d8 z = (load_double(x_.data() + at) - mu_) * by;
            squares[k] += z * z;
            sums[k] += z;
            store_double(dx_.data() + at, z * -by);
        };
        for (; i + 2 * double_lanes <= n; i += 2 * double_lanes) {
            eight(i, 0);
            eight(i + double_lanes, 1);
        }
        if (i + double_lanes <= n) {
            eight(i, 0);
            i += double_lanes;
        }
        for (; i < n; ++i) {
            const double z = (x_[i] - mu_) * by;
            square += z * z;
            total += z;
            dx_[i] = z * -by;
        }
        square += sum(squares[0] + squares[1]);
        total += sum(sums[0] + sums[1]);
        dmu_ = total * by;
        dsigma_ = (square - static_cast<double>(n)) * by;
        return static_cast<float>(-0.5 * square - static_cast<double>(n) * std::log(sigma_));
    }
    std::vector<bench::numbers> results() const { return {narrowed(dx_), {static_cast<float>(dmu_)}, {static_cast<float>(dsigma_)}}; }

private:
    doubles x_, dx_;
    double mu_, sigma_, dmu_ = 0, dsigma_ = 0;
};

// A sum of products

template <int Size>
class product_peer {
    static constexpr auto a = ct::placeholder<"a", double, Size>;
    static constexpr auto b = ct::placeholder<"b", double, Size>;

public:
    explicit product_peer(const bench::problem& given) : a_(widened(given.parameters[0])), b_(widened(given.data[0])) {}
    float step() {
        constexpr ct::function f{ct::reduce_sum(a * b)};
        return static_cast<float>(f(a = std::span(a_).template first<Size>(), b = std::span(b_).template first<Size>()));
    }
    std::vector<bench::numbers> results() const { return {}; }

private:
    doubles a_, b_;
};

template <int Size>
class product_loops {
public:
    explicit product_loops(const bench::problem& given) : a_(widened(given.parameters[0])), b_(widened(given.data[0])) {}
    float step() {
        using namespace bench::wide;
        d8 total{};
        for (int i = 0; i < Size; i += 8) total += load_double(a_.data() + i) * load_double(b_.data() + i);
        return static_cast<float>(sum(total));
    }
    std::vector<bench::numbers> results() const { return {}; }

private:
    doubles a_, b_;
};

template <int Size>
void add_products(bench::suite& peers) {
    constexpr std::size_t n = Size;
    peers.workload("w10/products/" + std::to_string(Size), {n, {bench::uniform(n, -1, 1, 1)}, {bench::uniform(n, -1, 1, 2)}})
        .template peer<product_loops<Size>>("loops")
        .template peer<product_peer<Size>>("ctgrad");
}

} // namespace

int main(int argc, char** argv) {
    bench::suite peers(argc, argv);
    peers.workload("w10/rosenbrock/1000", {points, {}, {bench::uniform(points, -2, 2, 1)}})
        .peer<rosenbrock_loops>("loops")
        .peer<rosenbrock_peer>("ctgrad");
    for (const std::size_t n : {10u, 100u, 10'000u})
        peers.workload("w10/logsumexp/" + std::to_string(n), {n, {}, {bench::uniform(n, -3, 3, 1)}})
            .peer<logsumexp_loops>("loops")
            .peer<logsumexp_peer>("ctgrad");
    for (const std::size_t n : {10u, 100u, 1000u, 10'000u})
        peers.workload("w10/normal/" + std::to_string(n), {n, {}, {bench::uniform(n, -3, 3, 1), {0.3f}, {1.7f}}})
            .peer<normal_loops>("loops")
            .peer<normal_peer<divided>>("ctgrad")
            .peer<normal_peer<multiplied>>("ctgrad times inverse");
    add_products<8>(peers);
    add_products<16>(peers);
    add_products<64>(peers);
    return peers.run();
}
