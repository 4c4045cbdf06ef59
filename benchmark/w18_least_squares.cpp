// SPDX-License-Identifier: BSL-1.0

// W18: residuals and their Jacobians, in double. Rat43 of NIST: 15 points, 4 parameters. Bundle adjustment: what n observations see of a
// camera of 9 parameters and a point of 3 (Snavely's model, as BAL and ADBench), residuals [n,2] and Jacobians [n,2,9] and [n,2,3].
#include "../examples/rat43.hpp"
#include "support.hpp"
#include "wide_double.hpp"

#include <ctgrad/ctgrad.hpp>

#include <array>
#include <cmath>
#include <vector>
#ifdef BENCHMARK_CERES
#include <ceres/jet.h>
#endif

namespace {

namespace ct = ctgrad;
using namespace ct::literals;
using bench::doubles, bench::narrowed, bench::widened;

namespace rat {

constexpr int points = 15;
constexpr auto x = ct::placeholder<"x", double, points>;
constexpr auto y = ct::placeholder<"y", double, points>;
constexpr auto b = ct::variable<"b", double, 4>;
template <int I>
constexpr auto parameter = ct::squeeze(ct::slice(b, ct::begin<I>, ct::size<1>), ct::axis<0>);
constexpr auto residuals = parameter<0> / ct::pow(1_c + ct::exp(parameter<1> - parameter<2> * x), 1_c / parameter<3>) - y;
constexpr auto jacobian = ct::jacobian(residuals, b)[b];

struct peer {
    std::array<double, 4> at;
    std::array<double, points> found{};
    std::array<double, 4 * points> slopes{};

    explicit peer(const bench::problem& given) {
        for (std::size_t i = 0; i < 4; ++i) at[i] = given.parameters[0][i];
    }
    std::vector<bench::numbers> results() const { return {narrowed(found), narrowed(slopes)}; }
};

class ctgrad_peer : peer {
public:
    using peer::peer, peer::results;
    float step() {
        constexpr ct::function f{residuals, jacobian};
        f(x = rat43::times, y = rat43::weights, b = at, residuals = found, jacobian = slopes);
        return static_cast<float>(found[0]);
    }
};

/// The derivatives written down, a point at a time.
class loops_peer : peer {
public:
    using peer::peer, peer::results;
    float step() {
        const double root = 1 / at[3];
        for (std::size_t i = 0; i < points; ++i) {
            const double e = std::exp(at[1] - at[2] * rat43::times[i]), base = 1 + e, l = std::log(base), p = std::exp(-root * l);
            const double model = at[0] * p, by_e = -model * root * e / base;
            found[i] = model - rat43::weights[i];
            slopes[4 * i] = p;
            slopes[4 * i + 1] = by_e;
            slopes[4 * i + 2] = -by_e * rat43::times[i];
            slopes[4 * i + 3] = model * l * root * root;
        }
        return static_cast<float>(found[0]);
    }
};

#ifdef BENCHMARK_CERES
class jets_peer : peer {
public:
    using peer::peer, peer::results;
    float step() {
        using jet = ceres::Jet<double, 4>;
        const jet c[] = {jet(at[0], 0), jet(at[1], 1), jet(at[2], 2), jet(at[3], 3)};
        for (std::size_t i = 0; i < points; ++i) {
            const jet r = c[0] / pow(1.0 + exp(c[1] - c[2] * rat43::times[i]), 1.0 / c[3]) - rat43::weights[i];
            found[i] = r.a;
            for (int k = 0; k < 4; ++k) slopes[4 * i + static_cast<std::size_t>(k)] = r.v[k];
        }
        return static_cast<float>(found[0]);
    }
};
#endif

} // namespace rat

namespace bundle {

constexpr auto N = ct::dim<"N">;
constexpr auto camera = ct::placeholder<"camera", double, N, 9>; // turn, move, focal length, two distortions
constexpr auto point = ct::placeholder<"point", double, N, 3>;
constexpr auto seen = ct::placeholder<"seen", double, N, 2>;
template <int I>
constexpr auto c = ct::slice(camera, ct::begin<0, I>, ct::size<-1, 1>);
template <int I>
constexpr auto p = ct::slice(point, ct::begin<0, I>, ct::size<-1, 1>);

constexpr auto squared = c<0> * c<0> + c<1> * c<1> + c<2> * c<2>; // the angle's square
constexpr auto angle = ct::sqrt(squared);
constexpr auto cosine = ct::cos(angle);
constexpr auto sine_over = ct::sin(angle) / angle;
constexpr auto along = (1_c - cosine) * (c<0> * p<0> + c<1> * p<1> + c<2> * p<2>) / squared;
constexpr auto X = p<0> * cosine + (c<1> * p<2> - c<2> * p<1>)*sine_over + c<0> * along + c<3>;
constexpr auto Y = p<1> * cosine + (c<2> * p<0> - c<0> * p<2>)*sine_over + c<1> * along + c<4>;
constexpr auto Z = p<2> * cosine + (c<0> * p<1> - c<1> * p<0>)*sine_over + c<2> * along + c<5>;
constexpr auto u = -X / Z;
constexpr auto v = -Y / Z;
constexpr auto radius = u * u + v * v;
constexpr auto scale = c<6> * (1_c + radius * (c<7> + c<8> * radius));
constexpr auto residuals = ct::concat(ct::axis<1>, scale* u, scale* v) - seen;
constexpr auto by_camera = ct::batch_jacobian(residuals, camera)[camera];
constexpr auto by_point = ct::batch_jacobian(residuals, point)[point];

struct peer {
    std::size_t count;
    doubles cameras, points, wanted, found, of_camera, of_point;

    explicit peer(const bench::problem& given)
        : count(given.rows), cameras(widened(given.data[0])), points(widened(given.data[1])), wanted(widened(given.data[2])),
          found(2 * count), of_camera(18 * count), of_point(6 * count) {}
    std::vector<bench::numbers> results() const { return {narrowed(found), narrowed(of_camera), narrowed(of_point)}; }
};

class ctgrad_peer : peer {
public:
    using peer::peer, peer::results;
    float step() {
        constexpr ct::function f{residuals, by_camera};
        constexpr ct::function g{by_point}; // one function would be more than Clang computes in a constant expression
        f(scratch_, camera = cameras, point = points, seen = wanted, residuals = found, by_camera = of_camera);
        g(scratch_, camera = cameras, point = points, by_point = of_point);
        return static_cast<float>(found[0]);
    }

private:
    ct::workspace scratch_;
};

/// The derivatives written down, an observation at a time. By the turn: -R [p] (w w^T + (R^T - 1) [w]) / w^2 (Gallego and Yezzi, 2015).
class loops_peer : peer {
public:
    using peer::peer, peer::results;
    float step() {
        for (std::size_t i = 0; i < count; ++i)
            at(&cameras[9 * i], &points[3 * i], &wanted[2 * i], &found[2 * i], &of_camera[18 * i], &of_point[6 * i]);
        return static_cast<float>(found[0]);
    }

private:
    static void at(const double* w, const double* q, const double* o, double* r, double* by_w, double* by_q) {
        const double t2 = w[0] * w[0] + w[1] * w[1] + w[2] * w[2], t = std::sqrt(t2), co = std::cos(t), s = std::sin(t) / t,
                     k = (1 - co) / t2;
        const double R[3][3] = {{co + k * w[0] * w[0], k * w[0] * w[1] - s * w[2], k * w[0] * w[2] + s * w[1]},
                                {k * w[1] * w[0] + s * w[2], co + k * w[1] * w[1], k * w[1] * w[2] - s * w[0]},
                                {k * w[2] * w[0] - s * w[1], k * w[2] * w[1] + s * w[0], co + k * w[2] * w[2]}};
        double P[3];
        for (int i = 0; i < 3; ++i) P[i] = R[i][0] * q[0] + R[i][1] * q[1] + R[i][2] * q[2] + w[3 + i];
        const double cross_w[3][3] = {{0, -w[2], w[1]}, {w[2], 0, -w[0]}, {-w[1], w[0], 0}};
        const double cross_q[3][3] = {{0, -q[2], q[1]}, {q[2], 0, -q[0]}, {-q[1], q[0], 0}};
        double inner[3][3], turned[3][3], by_turn[3][3];
        for (int i = 0; i < 3; ++i)
            for (int j = 0; j < 3; ++j) {
                double sum = w[i] * w[j] - cross_w[i][j];
                for (int m = 0; m < 3; ++m) sum += R[m][i] * cross_w[m][j];
                inner[i][j] = sum / t2;
            }
        for (int i = 0; i < 3; ++i)
            for (int j = 0; j < 3; ++j) turned[i][j] = R[i][0] * cross_q[0][j] + R[i][1] * cross_q[1][j] + R[i][2] * cross_q[2][j];
        for (int i = 0; i < 3; ++i)
            for (int j = 0; j < 3; ++j)
                by_turn[i][j] = -(turned[i][0] * inner[0][j] + turned[i][1] * inner[1][j] + turned[i][2] * inner[2][j]);
        const double z = 1 / P[2], x = -P[0] * z, y = -P[1] * z, d = x * x + y * y, l = 1 + d * (w[7] + w[8] * d), f = w[6];
        r[0] = f * l * x - o[0];
        r[1] = f * l * y - o[1];
        const double by_d = f * (w[7] + 2 * w[8] * d), xx = f * l + 2 * by_d * x * x, xy = 2 * by_d * x * y, yy = f * l + 2 * by_d * y * y;
        const double by_P[2][3] = {{-xx * z, -xy * z, -(xx * x + xy * y) * z}, {-xy * z, -yy * z, -(xy * x + yy * y) * z}};
        for (int i = 0; i < 2; ++i) {
            const double* const g = by_P[i];
            for (int j = 0; j < 3; ++j) {
                by_w[9 * i + j] = g[0] * by_turn[0][j] + g[1] * by_turn[1][j] + g[2] * by_turn[2][j];
                by_w[9 * i + 3 + j] = g[j];
                by_q[3 * i + j] = g[0] * R[0][j] + g[1] * R[1][j] + g[2] * R[2][j];
            }
            const double of = i == 0 ? x : y;
            by_w[9 * i + 6] = l * of;
            by_w[9 * i + 7] = f * d * of;
            by_w[9 * i + 8] = f * d * d * of;
        }
    }
};

#ifdef BENCHMARK_CERES
class jets_peer : peer {
public:
    using peer::peer, peer::results;
    float step() {
        using jet = ceres::Jet<double, 12>;
        for (std::size_t i = 0; i < count; ++i) {
            jet w[9], q[3];
            for (int k = 0; k < 9; ++k) w[k] = jet(cameras[9 * i + static_cast<std::size_t>(k)], k);
            for (int k = 0; k < 3; ++k) q[k] = jet(points[3 * i + static_cast<std::size_t>(k)], 9 + k);
            const jet t2 = w[0] * w[0] + w[1] * w[1] + w[2] * w[2], t = sqrt(t2), co = cos(t), s = sin(t) / t;
            const jet a = (1.0 - co) * (w[0] * q[0] + w[1] * q[1] + w[2] * q[2]) / t2;
            const jet x = q[0] * co + (w[1] * q[2] - w[2] * q[1]) * s + w[0] * a + w[3];
            const jet y = q[1] * co + (w[2] * q[0] - w[0] * q[2]) * s + w[1] * a + w[4];
            const jet z = q[2] * co + (w[0] * q[1] - w[1] * q[0]) * s + w[2] * a + w[5];
            const jet n = -x / z, m = -y / z, d = n * n + m * m, l = w[6] * (1.0 + d * (w[7] + w[8] * d));
            const jet r[] = {l * n - wanted[2 * i], l * m - wanted[2 * i + 1]};
            for (std::size_t k = 0; k < 2; ++k) {
                found[2 * i + k] = r[k].a;
                for (int j = 0; j < 9; ++j) of_camera[18 * i + 9 * k + static_cast<std::size_t>(j)] = r[k].v[j];
                for (int j = 0; j < 3; ++j) of_point[6 * i + 3 * k + static_cast<std::size_t>(j)] = r[k].v[9 + j];
            }
        }
        return static_cast<float>(found[0]);
    }
};
#endif

/// Cameras that look down at points before them.
bench::problem made_up(std::size_t count) {
    bench::problem given{
        count, {bench::uniform(9 * count, -0.3f, 0.3f, 1), bench::uniform(3 * count, -1, 1, 2), bench::uniform(2 * count, -1, 1, 3)}, {}};
    for (std::size_t i = 0; i < count; ++i) {
        given.data[0][9 * i + 5] -= 5;
        given.data[0][9 * i + 6] += 2;
    }
    return given;
}

} // namespace bundle

} // namespace

int main(int argc, char** argv) {
    bench::suite peers(argc, argv);
    peers.workload("w18/rat43", {15, {}, {{700.0f, 5.0f, 0.75f, 1.3f}}}).peer<rat::loops_peer>("loops").peer<rat::ctgrad_peer>("ctgrad");
#ifdef BENCHMARK_CERES
    peers.peer<rat::jets_peer>("jets");
#endif
    for (const std::size_t count : {std::size_t{100}, std::size_t{10'000}}) {
        peers.workload("w18/bundle/" + std::to_string(count), bundle::made_up(count))
            .peer<bundle::loops_peer>("loops")
            .peer<bundle::ctgrad_peer>("ctgrad");
#ifdef BENCHMARK_CERES
        peers.peer<bundle::jets_peer>("jets");
#endif
    }
    return peers.run();
}
