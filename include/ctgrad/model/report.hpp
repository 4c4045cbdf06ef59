// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/model/logs.hpp>
#include <ctgrad/model/text_output.hpp>

#include <cstdio>
#include <ctime>

namespace ctgrad::detail {

/// Whether one name is shown before another: as in Keras they are sorted, those of the validation data last.
inline bool is_shown_before(std::string_view a, std::string_view b) {
    const bool a_validates = a.starts_with("val_"), b_validates = b.starts_with("val_");
    return a_validates != b_validates ? b_validates : a < b;
}

/// The names in the order in which they are shown.
inline std::vector<std::pair<std::string, double>> in_order(const epoch_logs& logs) {
    std::vector<std::pair<std::string, double>> sorted;
    for (const auto& [name, value] : logs) {
        auto at = sorted.begin();
        while (at != sorted.end() && !is_shown_before(name, at->first)) ++at;
        sorted.insert(at, {std::string(name), value});
    }
    return sorted;
}

/// ` - loss: 0.1234`, numbers of at most 0.001 as 1.2345e-04.
inline std::string line_of(const epoch_logs& logs) {
    std::string line;
    for (const auto& [name, value] : in_order(logs)) {
        char text[48];
        std::snprintf(text, sizeof text, value > 1e-3 || value < -1e-3 ? "%.4f" : "%.4e", value);
        line.append(" - ").append(name).append(": ").append(text);
    }
    return line;
}

/// Seconds since some moment.
inline double seconds_now() {
    std::timespec now{};
    (void)std::timespec_get(&now, TIME_UTC);
    return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

/// A bar of stars that grows with the batches of an epoch.
class progress_bar {
    static constexpr std::size_t width = 50;

public:
    explicit progress_bar(std::size_t batches) : batches_(batches) {}

    void begin() { done_ = 0; }
    void advance(const text_output& to) {
        const std::size_t before = done_ * width / batches_;
        ++done_;
        const std::size_t stars = done_ * width / batches_ - before;
        if (stars > 0) to.write(std::string(stars, '*').append(done_ == batches_ ? "\n" : ""));
    }

private:
    std::size_t batches_, done_ = 0;
};

/// Says how an epoch goes.
class report {
public:
    report(int verbose, text_output output, std::size_t batches) : verbose_(verbose), output_(output), batches_(batches), bar_(batches) {}

    void begin(std::string_view title) {
        start_ = seconds_now();
        if (verbose_ > 0 && !title.empty()) output_.write(std::string(title).append("\n"));
        bar_.begin();
    }
    [[gnu::always_inline]] void batch_done() {
        if (verbose_ == 1) bar_.advance(output_);
    }
    void end(const epoch_logs& logs) {
        if (verbose_ == 0) return;
        const double seconds = seconds_now() - start_;
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
        output_.write(std::string(text).append(line_of(logs)).append("\n"));
    }

private:
    int verbose_;
    text_output output_;
    std::size_t batches_;
    progress_bar bar_;
    double start_ = 0;
};

} // namespace ctgrad::detail
