// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/model/logs.hpp>

#include <cstdint>
#include <limits>
#include <string_view>

namespace ctgrad {

/// What is better: `automatic` knows it by the name, as of a loss or an accuracy.
enum class direction : std::uint8_t { automatic, min, max };

namespace detail {

/// Throws `ctgrad::error` for a name that says nothing.
inline direction direction_of(std::string_view name) {
    for (const std::string_view word :
         {"loss", "error", "entropy", "hinge", "divergence", "poisson", "cosh", "false_positives", "false_negatives"})
        if (name.ends_with(word)) return direction::min;
    for (const std::string_view word :
         {"acc", "accuracy", "auc", "precision", "recall", "score", "iou", "similarity", "correlation", "true_positives", "true_negatives"})
        if (name.ends_with(word)) return direction::max;
    fail(std::string("ctgrad: whether more of '")
             .append(name)
             .append("' is better does not follow from its name: give the callback a mode"));
}

/// The best value of a number so far.
class best_so_far {
public:
    /// @param min_delta what changes by less is not better.
    void reset(const log_name& name, direction mode, double min_delta) {
        mode_ = mode == direction::automatic ? direction_of(name.text()) : mode;
        min_delta_ = min_delta < 0 ? -min_delta : min_delta;
        value_ = mode_ == direction::min ? std::numeric_limits<double>::infinity() : -std::numeric_limits<double>::infinity();
    }
    bool is_better(double now, double than) const { return mode_ == direction::min ? now < than - min_delta_ : now > than + min_delta_; }
    /// Takes `now` if it is the best.
    bool improves(double now) {
        if (!is_better(now, value_)) return false;
        value_ = now;
        return true;
    }
    double value() const { return value_; }

private:
    direction mode_ = direction::min;
    double min_delta_ = 0, value_ = 0;
};

} // namespace detail
} // namespace ctgrad
