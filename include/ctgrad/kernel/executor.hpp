// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <concepts>
#include <cstdint>

namespace ctgrad {

/// Runs the parts of large kernels, perhaps at once: `run(parts, work)` calls work(0), work(1), ... work(parts - 1),
/// each once, in any order, and returns when all have ended; `concurrency()` is how many it can run at a time.
/// Neither may throw. An executor is an argument of a call like any other: `train(openmp{}, x = images, y_ = labels)`.
///
/// Work is split by its size: sums over parts are made in the order of the parts, so that results do not
/// depend on the number of threads. Kernels of less than some 10 us are not split.
template <class E>
concept executor = requires(const E& e) {
    { e.concurrency() } -> std::convertible_to<int>;
    e.run(2, [](int) {});
};

/// Runs one part after the other: the numbers of any executor, in one thread. (A call without executor does not
/// split, and its sums may differ in the last bits.)
struct serial {
    static constexpr int concurrency() { return 1; }
    template <class Work>
    static void run(int parts, const Work& work) {
        for (int p = 0; p < parts; ++p) work(p);
    }
};

namespace detail {

/// A call without executor.
struct undivided {};

/// Most parts of a kernel whose sums go over parts.
inline constexpr int most_parts = 16;

/// Rows, columns or elements.
struct range {
    std::int64_t first;
    std::int64_t count;
};

/// Part `p` of `parts` nearly equal ones of [0, total), each but the last a multiple of `unit`.
constexpr range part_of_range(std::int64_t total, std::int64_t unit, int p, int parts) {
    const std::int64_t units = (total + unit - 1) / unit;
    const std::int64_t first = units * p / parts * unit, end = units * (p + 1) / parts * unit;
    return {first, (end < total ? end : total) - first};
}

/// How many parts `work` makes, of at least `least` each, and of at least one unit.
constexpr int count_parts(std::int64_t work, std::int64_t least, std::int64_t units, int most) {
    std::int64_t parts = work / least;
    if (parts > units) parts = units;
    if (parts > most) parts = most;
    return parts > 1 ? static_cast<int>(parts) : 1;
}

} // namespace detail
} // namespace ctgrad
