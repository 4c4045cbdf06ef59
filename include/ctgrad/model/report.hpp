// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/model/logs.hpp>

#include <boost/timer/progress_display.hpp>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <iostream>
#include <optional>

namespace ctgrad::detail {

/// The names in the order in which they are shown, that of Keras: sorted, those of the validation data last.
inline std::vector<std::pair<std::string, double>> in_order(const epoch_logs& logs) {
    std::vector<std::pair<std::string, double>> sorted(logs.begin(), logs.end());
    std::sort(sorted.begin(), sorted.end(), [](const auto& a, const auto& b) {
        return std::pair(a.first.starts_with("val_"), a.first) < std::pair(b.first.starts_with("val_"), b.first);
    });
    return sorted;
}

/// ` - loss: 0.1234`, numbers of at most 0.001 as 1.2345e-04.
inline std::string line_of(const epoch_logs& logs) {
    std::string line;
    for (const auto& [name, value] : in_order(logs)) {
        char text[48];
        std::snprintf(text, sizeof text, std::abs(value) > 1e-3 ? "%.4f" : "%.4e", value);
        line.append(" - ").append(name).append(": ").append(text);
    }
    return line;
}

/// Says how an epoch goes.
class report {
    using clock = std::chrono::steady_clock;

public:
    report(int verbose, std::ostream* output, std::size_t batches)
        : verbose_(verbose), output_(output != nullptr ? *output : std::cout), batches_(batches) {}

    void begin(std::string_view title) {
        start_ = clock::now();
        if (verbose_ > 0 && !title.empty()) output_ << title << '\n';
        if (verbose_ == 1) bar_.emplace(batches_, output_, "");
    }
    [[gnu::always_inline]] void batch_done() {
        if (bar_) ++*bar_;
    }
    void end(const epoch_logs& logs) {
        if (verbose_ == 0) return;
        const double seconds = std::chrono::duration<double>(clock::now() - start_).count();
        const double step = seconds / static_cast<double>(batches_);
        const bool long_steps = step >= 1, short_steps = step < 1e-3;
        char text[96];
        std::snprintf(text, sizeof text, "%zu/%zu - %.0fs - %.0f%s/step", batches_, batches_, seconds,
                      long_steps    ? step
                      : short_steps ? step * 1e6
                                    : step * 1e3,
                      long_steps    ? "s"
                      : short_steps ? "us"
                                    : "ms");
        output_ << text << line_of(logs) << std::endl;
    }

private:
    int verbose_;
    std::ostream& output_;
    std::size_t batches_;
    clock::time_point start_{};
    std::optional<boost::timer::progress_display> bar_;
};

} // namespace ctgrad::detail
