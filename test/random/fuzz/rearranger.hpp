// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "pool.hpp"

namespace fuzz {

/// Puts elements elsewhere: views, boxes, rows.
class rearranger : public pool {
public:
    using pool::pool;

    /// Axes in another order, new ones, and without some of extent 1.
    ref view(ref x) {
        std::vector<int> axes;
        for (int k = 0; k < x.shape().rank; ++k)
            if (!x.shape()[k].is_one() || roll_.below(3) != 0) axes.push_back(k);
        for (std::size_t k = axes.size(); k > 1 && roll_.below(3) != 0; --k)
            std::swap(axes[k - 1], axes[static_cast<std::size_t>(roll_.below(static_cast<int>(k)))]);
        for (int fresh = roll_.below(3); fresh > 0; --fresh) axes.insert(axes.begin() + roll_.below(static_cast<int>(axes.size()) + 1), -1);
        attributes a;
        for (int from : axes) {
            if (a.shape.rank == 5) return {};
            a.numbers[a.shape.rank] = from;
            const bool may_repeat = from >= 0 && x.shape()[from].is_one() && roll_.one_in(2);
            if (may_repeat) a.numbers[a.shape.rank] = -1;
            a.shape.append(from >= 0 && !may_repeat ? x.shape()[from] : roll_.one_in(3) ? dimension(1) : roll_.any_of(palette_));
        }
        return fits(a.shape) ? ct::apply<ct::view_op>(a, x) : ref{};
    }

    ref slice(ref x) {
        attributes box;
        for (int k = 0; k < x.shape().rank; ++k) {
            const dimension d = x.shape()[k];
            box.shape.append(d);
            if (!d.is_static() || roll_.one_in(3)) continue;
            box.numbers[k] = roll_.below(static_cast<int>(d.extent) + 1);
            const int left = static_cast<int>(d.extent) - box.numbers[k];
            box.shape[k] = left == 0 ? 0 : roll_.between(how_.empty && roll_.one_in(20) ? 0 : 1, left);
            if (box.shape[k].extent == 0 && !(how_.empty && roll_.one_in(8))) {
                box.numbers[k] = 0;
                box.shape[k] = d;
            }
        }
        return ct::apply<ct::slice_op>(box, x);
    }

    ref pad(ref x) {
        attributes box;
        for (int k = 0; k < x.shape().rank; ++k) {
            const dimension d = x.shape()[k];
            box.shape.append(d);
            if (!d.is_static() || roll_.one_in(3)) continue;
            box.numbers[k] = roll_.below(3);
            box.shape[k] = d.extent + box.numbers[k] + roll_.below(3);
        }
        return fits(box.shape) ? ct::apply<ct::pad_op>(box, x) : ref{};
    }

    ref concat(ref x) {
        for (int k = 0; k < x.shape().rank; ++k) {
            if (!x.shape()[k].is_static() || roll_.one_in(3)) continue;
            attributes along;
            along.numbers[0] = k;
            ref y = ct::apply<ct::sin_op>(x);
            for (int tries = 0; tries < 5; ++tries) {
                const ref other = any();
                tensor_shape s = other.shape();
                if (s.rank != x.shape().rank || !s[k].is_static()) continue;
                s[k] = x.shape()[k];
                if (s == x.shape()) y = cast(other, x->type);
            }
            const ref joined = ct::apply<ct::concat_op>(along, x, y);
            return fits(joined.shape()) ? joined : ref{};
        }
        return {};
    }

    /// The dimensions in another order, some multiplied together, or one taken apart.
    ref reshape(ref x) {
        attributes to;
        std::vector<dimension> left;
        for (int k = 0; k < x.shape().rank; ++k) left.push_back(x.shape()[k]);
        while (!left.empty()) {
            const int at = roll_.below(static_cast<int>(left.size()));
            dimension d = left[static_cast<std::size_t>(at)];
            left.erase(left.begin() + at);
            const int last = to.shape.rank - 1;
            if (last >= 0 && d.is_static() && to.shape[last].is_static() && roll_.one_in(2))
                to.shape[last] = to.shape[last].extent * d.extent;
            else
                to.shape.append(d);
        }
        if (to.shape.rank < 4 && roll_.one_in(3)) to.shape.append(1);
        for (int k = 0; k < to.shape.rank && to.shape.rank < 4; ++k)
            if (to.shape[k].is_static() && to.shape[k].extent > 2 && to.shape[k].extent % 2 == 0) {
                to.shape[k] = to.shape[k].extent / 2;
                to.shape.append(2);
            }
        return ct::apply<ct::reshape_op>(to, x);
    }

    ref gather(ref table) {
        if (table.shape().rank == 0) return {};
        const ref indices = indices_of(any_shape(2), table.shape()[0]);
        if (!indices || indices.shape().rank + table.shape().rank > 5) return {};
        const ref rows = ct::apply<ct::gather_op>(attributes{}, table, indices);
        return fits(rows.shape()) ? rows : ref{};
    }

    ref scatter(ref rows) {
        tensor_shape leading;
        const int rank = roll_.below(rows.shape().rank + 1);
        for (int k = 0; k < rank; ++k) leading.append(rows.shape()[k]);
        attributes table;
        table.shape.append(any_dimension());
        for (int k = rank; k < rows.shape().rank; ++k) table.shape.append(rows.shape()[k]);
        const ref indices = indices_of(leading, table.shape[0]);
        return indices && fits(table.shape) ? ct::apply<ct::scatter_sum_op>(table, rows, indices) : ref{};
    }
};

} // namespace fuzz
