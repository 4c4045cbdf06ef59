// SPDX-License-Identifier: BSL-1.0

// W15: where the tool of a robot arm with six joints is (a UR5 by its table of Denavit and Hartenberg), and the Jacobian [3,6], in double.
#include "support.hpp"
#include "wide.hpp"
#include "wide_double.hpp"

#include <ctgrad/ctgrad.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <span>
#include <vector>
#ifdef BENCHMARK_CERES
#include <ceres/jet.h>
#endif

namespace {

namespace ct = ctgrad;
using namespace ct::literals;
using bench::doubles, bench::narrowed, bench::widened;

template <class X, class Y, class Z>
struct point {
    X x;
    Y y;
    Z z;
};

/// `p` in the frame before a joint: turned by its angle.
constexpr auto turned(auto angle, auto x, auto y, auto z) {
    const auto s = ct::sin(angle);
    const auto c = ct::cos(angle);
    return point{c * x - s * y, s * x + c * y, z};
}

/// The tool, 5 cm beside the last joint's axis, in metres from the foot. Links are twisted by right angles: y and z change places.
constexpr auto tool(auto q1, auto q2, auto q3, auto q4, auto q5, auto q6) {
    const auto p5 = turned(q5, 0.05_c * ct::cos(q6), 0.0823_c, 0.09465_c - 0.05_c * ct::sin(q6));
    const auto p4 = turned(q4, p5.x, -p5.z, p5.y + 0.10915_c);
    const auto p3 = turned(q3, p4.x - 0.39225_c, p4.y, p4.z);
    const auto p2 = turned(q2, p3.x - 0.425_c, p3.y, p3.z);
    return turned(q1, p2.x, -p2.z, p2.y + 0.089159_c);
}

/// The angles of the joints and where results go; the value of a step is the sum of coordinates.
struct arm {
    std::array<double, 6> q;
    std::array<double, 3> position{};
    std::array<std::array<double, 6>, 3> jacobian{};

    explicit arm(const bench::problem& given) { std::copy(given.parameters[0].begin(), given.parameters[0].end(), q.begin()); }
    float value() const { return static_cast<float>(position[0] + position[1] + position[2]); }
    std::vector<bench::numbers> results() const {
        return {narrowed(position), narrowed(jacobian[0]), narrowed(jacobian[1]), narrowed(jacobian[2])};
    }
};

namespace vector {

constexpr auto q = ct::variable<"q", double, 6>;
template <int I>
constexpr auto angle = ct::squeeze(ct::slice(q, ct::begin<I>, ct::size<1>), ct::axis<0>);
constexpr auto p = tool(angle<0>, angle<1>, angle<2>, angle<3>, angle<4>, angle<5>);
constexpr auto row = [](auto number) { return ct::expand_dims(number, ct::axis<0>); };
constexpr auto position = ct::concat(ct::axis<0>, row(p.x), row(p.y), row(p.z));
constexpr auto jacobian = ct::jacobian(position, q)[q];

} // namespace vector

class vector_peer : arm {
public:
    using arm::arm, arm::results;
    float step() {
        constexpr ct::function f{vector::position, vector::jacobian};
        f(vector::q = q, vector::position = position, vector::jacobian = std::span<double, 18>(jacobian[0].data(), 18));
        return value();
    }
};

namespace scalars {

constexpr auto q1 = ct::variable<"q1", double>;
constexpr auto q2 = ct::variable<"q2", double>;
constexpr auto q3 = ct::variable<"q3", double>;
constexpr auto q4 = ct::variable<"q4", double>;
constexpr auto q5 = ct::variable<"q5", double>;
constexpr auto q6 = ct::variable<"q6", double>;
constexpr auto p = tool(q1, q2, q3, q4, q5, q6);
constexpr auto dx = ct::gradient(p.x, q1, q2, q3, q4, q5, q6);
constexpr auto dy = ct::gradient(p.y, q1, q2, q3, q4, q5, q6);
constexpr auto dz = ct::gradient(p.z, q2, q3, q4, q5, q6); // the first joint turns about the vertical

} // namespace scalars

class scalars_peer : arm {
public:
    using arm::arm, arm::results;
    float step() {
        using namespace scalars;
        constexpr ct::function f{p.x,    p.y,    p.z,    dx[q1], dx[q2], dx[q3], dx[q4], dx[q5], dx[q6], dy[q1],
                                 dy[q2], dy[q3], dy[q4], dy[q5], dy[q6], dz[q2], dz[q3], dz[q4], dz[q5], dz[q6]};
        std::tie(position[0], position[1], position[2], jacobian[0][0], jacobian[0][1], jacobian[0][2], jacobian[0][3], jacobian[0][4],
                 jacobian[0][5], jacobian[1][0], jacobian[1][1], jacobian[1][2], jacobian[1][3], jacobian[1][4], jacobian[1][5],
                 jacobian[2][1], jacobian[2][2], jacobian[2][3], jacobian[2][4], jacobian[2][5]) =
            f(q1 = q[0], q2 = q[1], q3 = q[2], q4 = q[3], q5 = q[4], q6 = q[5]);
        return value();
    }
};

/// Sines and cosines of all angles in one vector. Then, from the tool to the foot, eight lanes are turned by each joint: lane k is the
/// point until joint k, and from there its derivative, of which a link moves no more; lane 6 stays the point.
class loops_peer : arm {
    using d8 = bench::wide::d8;

public:
    explicit loops_peer(const bench::problem& given) : arm(given) { std::copy(q.begin(), q.end(), angles_); }
    float step() {
        using namespace bench::wide;
        d8 s, c;
        sin_cos(load_double(angles_), s, c);
        double sines[8], cosines[8];
        store_double(sines, s);
        store_double(cosines, c);
        d8 x = all_double(0.05), y{}, z = all_double(0.0823), t;
        const auto turn = [&](auto joint) __attribute__((always_inline)) {
            const l8 lane{0, 1, 2, 3, 4, 5, 6, 7};
            const auto here = lane == static_cast<std::int64_t>(joint) - l8{};
            const d8 from_x = here ? -y : x, from_y = here ? x : y;
            z = here ? d8{} : z;
            x = cosines[joint] * from_x - sines[joint] * from_y;
            y = sines[joint] * from_x + cosines[joint] * from_y;
        };
        const auto moved = [](auto joint, double by) { // what is still the point before that joint is turned
            d8 v{};
            unrolled<8>([&](auto k) {
                if (k <= joint || k > 5) v[static_cast<int>(k)] = by;
            });
            return v;
        };
        constexpr std::integral_constant<std::size_t, 0> j1;
        constexpr std::integral_constant<std::size_t, 1> j2;
        constexpr std::integral_constant<std::size_t, 2> j3;
        constexpr std::integral_constant<std::size_t, 3> j4;
        constexpr std::integral_constant<std::size_t, 4> j5;
        constexpr std::integral_constant<std::size_t, 5> j6;
        turn(j6);
        t = y, y = z, z = moved(j5, 0.09465) - t;
        turn(j5);
        t = y, y = -z, z = t + moved(j4, 0.10915);
        turn(j4);
        x += moved(j3, -0.39225);
        turn(j3);
        x += moved(j2, -0.425);
        turn(j2);
        t = y, y = -z, z = t + moved(j1, 0.089159);
        turn(j1);
        store_double(rows_, x); // each covers the two lanes of the row before that are no joints
        store_double(rows_ + 6, y);
        store_double(rows_ + 12, z);
        position = {x[6], y[6], z[6]};
        return value();
    }
    std::vector<bench::numbers> results() const {
        const std::span all(rows_);
        return {narrowed(position), narrowed(all.subspan(0, 6)), narrowed(all.subspan(6, 6)), narrowed(all.subspan(12, 6))};
    }

private:
    alignas(64) double angles_[8]{}, rows_[20];
};

#ifdef BENCHMARK_CERES
/// Ceres' dual numbers with six derivatives.
class jets_peer : arm {
    using jet = ceres::Jet<double, 6>;

    static point<jet, jet, jet> turned(const jet& angle, const jet& x, const jet& y, const jet& z) {
        const jet s = sin(angle), c = cos(angle);
        return {c * x - s * y, s * x + c * y, z};
    }

public:
    using arm::arm, arm::results;
    float step() {
        jet a[6];
        for (int i = 0; i < 6; ++i) a[i] = jet(q[static_cast<std::size_t>(i)], i);
        const auto p5 = turned(a[4], 0.05 * cos(a[5]), jet(0.0823), 0.09465 - 0.05 * sin(a[5]));
        const auto p4 = turned(a[3], p5.x, -p5.z, p5.y + 0.10915);
        const auto p3 = turned(a[2], p4.x - 0.39225, p4.y, p4.z);
        const auto p2 = turned(a[1], p3.x - 0.425, p3.y, p3.z);
        const auto p = turned(a[0], p2.x, -p2.z, p2.y + 0.089159);
        const jet* const rows[] = {&p.x, &p.y, &p.z};
        for (std::size_t k = 0; k < 3; ++k) {
            position[k] = rows[k]->a;
            for (int i = 0; i < 6; ++i) jacobian[k][static_cast<std::size_t>(i)] = rows[k]->v[i];
        }
        return value();
    }
};
#endif

} // namespace

int main(int argc, char** argv) {
    bench::suite peers(argc, argv);
    peers.workload("w15", {1, {}, {bench::uniform(6, -3, 3, 1)}})
        .peer<loops_peer>("loops")
        .peer<vector_peer>("ctgrad")
        .peer<scalars_peer>("ctgrad scalars");
#ifdef BENCHMARK_CERES
    peers.peer<jets_peer>("jets");
#endif
    return peers.run();
}
