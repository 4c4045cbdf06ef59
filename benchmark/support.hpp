// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "problem.hpp"

#include <benchmark/benchmark.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdio>
#include <iterator>
#include <memory>
#include <random>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace bench {

inline numbers uniform(std::size_t count, float low, float high, unsigned seed) {
    std::mt19937 engine{seed};
    std::uniform_real_distribution<float> draw{low, high};
    numbers result(count);
    for (float& e : result) e = draw(engine);
    return result;
}

/// One class for each row, smoothed by 0.1, so that the weights stay finite however long it trains.
inline numbers labels(std::size_t rows, std::size_t classes, unsigned seed) {
    std::mt19937 engine{seed};
    std::uniform_int_distribution<std::size_t> draw{0, classes - 1};
    numbers result(rows * classes, 0.1f / static_cast<float>(classes));
    for (std::size_t i = 0; i < rows; ++i) result[i * classes + draw(engine)] += 0.9f;
    return result;
}

/// Images, labels, and a weight and a bias for each layer of `widths`.
inline problem classification(std::size_t rows, std::vector<std::size_t> widths) {
    problem p{rows, {uniform(rows * widths.front(), 0, 1, 1), labels(rows, widths.back(), 2)}, {}};
    for (std::size_t layer = 1; layer < widths.size(); ++layer) {
        const float limit = std::sqrt(6.0f / static_cast<float>(widths[layer - 1] + widths[layer]));
        p.parameters.push_back(uniform(widths[layer - 1] * widths[layer], -limit, limit, 10 + static_cast<unsigned>(layer)));
        p.parameters.push_back(uniform(widths[layer], -0.1f, 0.1f, 20 + static_cast<unsigned>(layer)));
    }
    return p;
}

inline numbers copy(std::span<const float> elements) { return {elements.begin(), elements.end()}; }

/// For workloads in double: peers compute in it, what they are given and what is compared stays in float.
using doubles = std::vector<double, boost::alignment::aligned_allocator<double, 64>>;
inline doubles widened(const numbers& x) { return {x.begin(), x.end()}; }
inline numbers narrowed(std::span<const double> x) {
    numbers result(x.size());
    std::transform(x.begin(), x.end(), result.begin(), [](double e) { return static_cast<float>(e); });
    return result;
}

inline numbers padded(const numbers& from, std::size_t zeros) {
    numbers to(from.size() + zeros);
    std::copy(from.begin(), from.end(), to.begin());
    return to;
}
inline numbers transposed(std::span<const float> from, std::size_t rows, std::size_t columns) {
    numbers to(rows * columns);
    for (std::size_t i = 0; i < rows; ++i)
        for (std::size_t j = 0; j < columns; ++j) to[j * rows + i] = from[i * columns + j];
    return to;
}

/// The largest difference, relative to the largest element. NaN if there is one.
inline double difference(std::span<const float> a, std::span<const float> b) {
    if (a.size() != b.size()) return INFINITY;
    double largest = 0, apart = 0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        const double d = std::abs(static_cast<double>(a[i]) - static_cast<double>(b[i]));
        if (!(d <= apart)) apart = d;
        largest = std::max(largest, std::abs(static_cast<double>(b[i])));
    }
    return apart == 0 ? 0 : apart / largest;
}

/// The benchmarks of one executable: checks that peers agree, then times them.
class suite {
public:
    static constexpr double tolerance = 1e-4;
    static constexpr int checked_steps = 5;

    suite(int argc, char** argv) { benchmark::Initialize(&argc, argv); }

    /// The peers that are added next solve `given`; the first is what the others are compared with.
    suite& workload(std::string name, problem given) {
        name_ = std::move(name);
        given_ = std::make_shared<const problem>(std::move(given));
        expected_.clear();
        return *this;
    }

    /// `make(problem)` gives the peer; it may be a pointer (to a `peer_base`). On several `threads` the clock on the wall counts.
    template <class Make>
    suite& peer(const std::string& name, Make make, int threads = 1) {
        check(name, make(*given_));
        auto* timed = benchmark::RegisterBenchmark((name_ + '/' + name).c_str(), [given = given_, make](benchmark::State& state) {
            auto one = make(*given);
            benchmark::DoNotOptimize(&one); // its memory is the step's result
            for (auto _ : state) {
                float loss = at(one).step();
                benchmark::DoNotOptimize(loss);
                benchmark::ClobberMemory();
            }
        });
        if (threads > 1) timed->UseRealTime();
        return *this;
    }
    template <class Peer>
    suite& peer(const std::string& name, int threads = 1) {
        return peer(name, [](const problem& given) { return Peer(given); }, threads);
    }

    /// The exit status: 1 if peers disagreed.
    int run() {
        if (failed_) return 1;
        benchmark::RunSpecifiedBenchmarks();
        return 0;
    }

private:
    template <class Peer>
    static auto& at(Peer& peer) {
        if constexpr (requires { *peer; })
            return *peer;
        else
            return peer;
    }

    template <class Peer>
    void check(const std::string& name, Peer peer) {
        numbers losses;
        for (int i = 0; i < checked_steps; ++i) losses.push_back(at(peer).step());
        std::vector<numbers> found = at(peer).results();
        found.push_back(std::move(losses));
        if (expected_.empty()) expected_ = found;
        double apart = found.size() == expected_.size() ? 0 : INFINITY;
        for (std::size_t i = 0; i < std::min(found.size(), expected_.size()); ++i) {
            const double d = difference(found[i], expected_[i]);
            if (!(d <= apart)) apart = d;
        }
        const bool agrees = apart <= tolerance;
        failed_ = failed_ || !agrees;
        std::printf("# %s/%s: max relative difference %.1e%s\n", name_.c_str(), name.c_str(), apart, agrees ? "" : " FAILED");
        std::fflush(stdout);
    }

    std::string name_;
    std::shared_ptr<const problem> given_;
    std::vector<numbers> expected_;
    bool failed_ = false;
};

} // namespace bench
