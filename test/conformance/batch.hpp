// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "golden.hpp"

#include <algorithm>

/// What a metric is updated with, as the programs take it.
namespace conformance {

struct batch {
    std::vector<double> truth{}, prediction{}, weights{};
    std::size_t rows = 1, columns = 1;
    bool is_weighed = false;

    std::vector<std::int32_t> labels() const { return {truth.begin(), truth.end()}; }
    std::vector<std::int32_t> guesses() const { return {prediction.begin(), prediction.end()}; }
};

/// How shapes are made [rows, columns].
enum class batch_form {
    elements, ///< Truth, prediction and weights alike.
    one_row,  ///< The same, a vector being a row.
    rows,     ///< A weight for each row.
    labels,   ///< Truth and weights one for each row.
    values    ///< Prediction and weights alike, no truth.
};

struct json_tensor {
    explicit json_tensor(const json& j) : data(numbers(j)), extents(shape(j)) {
        std::size_t count = 1;
        for (std::size_t extent : extents) count *= extent;
        if (count != data.size()) throw skipped("a list with a null");
    }

    std::vector<double> data;
    std::vector<std::size_t> extents;
};

/// What Keras does where ranks differ by one and the last axis of the larger is 1.
inline void drop_column(json_tensor& from, const json_tensor& other) {
    if (from.extents.size() == other.extents.size() + 1 && from.extents.back() == 1) from.extents.pop_back();
}

/// `x`, whose axes are the first of `to`, repeated to fill it.
inline std::vector<double> repeated(json_tensor x, const std::vector<std::size_t>& to) {
    while (x.extents.size() < to.size()) x.extents.push_back(1);
    std::size_t count = 1;
    for (std::size_t extent : to) count *= extent;
    std::vector<double> all(count);
    for (std::size_t i = 0; i < count; ++i) {
        std::size_t at = 0;
        for (std::size_t k = to.size(), rest = i, stride = 1; k-- > 0; rest /= to[k], stride *= x.extents[k]) {
            if (x.extents[k] != 1 && x.extents[k] != to[k]) throw skipped("shapes that do not broadcast");
            if (x.extents[k] != 1) at += rest % to[k] * stride;
        }
        all[i] = x.data.at(at);
    }
    return all;
}

/// `x` with an axis as the last one.
inline void move_last(json_tensor& x, const json& axis) {
    const std::vector<double> axes = numbers(axis);
    const std::size_t rank = x.extents.size();
    if (axes.size() != 1) throw skipped("several axes");
    const auto moved = static_cast<std::size_t>(axes[0] < 0 ? axes[0] + static_cast<double>(rank) : axes[0]);
    if (rank == 0 || moved + 1 == rank) return;
    if (moved >= rank) throw skipped("an axis out of range");
    std::size_t behind = 1;
    for (std::size_t k = moved + 1; k < rank; ++k) behind *= x.extents[k];
    const std::size_t extent = x.extents[moved];
    json_tensor out = x;
    for (std::size_t i = 0; i < x.data.size(); ++i) {
        const std::size_t before = i / (extent * behind), at = i / behind % extent, rest = i % behind;
        out.data[(before * behind + rest) * extent + at] = x.data[i];
    }
    out.extents.erase(out.extents.begin() + static_cast<std::ptrdiff_t>(moved));
    out.extents.push_back(extent);
    x = out;
}

/// @param axis that of the classes.
inline batch load_batch(const json& update, batch_form form, const json& axis = -1) {
    json_tensor p(update.contains("values") ? update["values"] : update["y_pred"]);
    batch all;
    const bool has_classes = form == batch_form::rows || form == batch_form::labels;
    if (form != batch_form::values) {
        json_tensor t(update["y_true"]);
        if (form == batch_form::labels) {
            if (!t.extents.empty() && t.extents.size() == p.extents.size() && t.extents.back() == 1) t.extents.pop_back();
        } else {
            drop_column(t, p);
            drop_column(p, t);
            if (t.extents != p.extents) throw skipped("truth and prediction of two shapes");
            if (has_classes) move_last(t, axis);
        }
        all.truth = t.data;
    }
    if (p.extents.empty()) throw skipped("a prediction without axes");
    if (form == batch_form::labels && all.truth.size() * p.extents.back() != p.data.size())
        throw skipped("truth and prediction of two sizes");
    if (has_classes) move_last(p, axis);
    const bool each = form == batch_form::elements || form == batch_form::one_row || form == batch_form::values;
    std::vector<std::size_t> weighed = p.extents;
    if (p.extents.size() > 1 || form == batch_form::one_row || form == batch_form::rows) all.columns = p.extents.back();
    all.rows = p.data.size() / std::max(all.columns, std::size_t{1});
    if (!each) weighed.pop_back();
    all.is_weighed = given(update, "sample_weight");
    json_tensor w(given(update, "sample_weight") ? update["sample_weight"] : json(1.0));
    while (w.extents.size() > weighed.size() && w.extents.back() == 1) w.extents.pop_back();
    if (w.extents.size() > weighed.size()) throw skipped("weights with more axes than values");
    all.weights = repeated(w, weighed);
    all.prediction = p.data;
    return all;
}

} // namespace conformance
