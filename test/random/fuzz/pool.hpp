// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "dice.hpp"

#include <ctgrad/graph.hpp>
#include <ctgrad/ops.hpp>
#include <ctgrad/ops/all.hpp>
#include <ctgrad/transform.hpp>

#include <cstddef>
#include <iterator>
#include <vector>

namespace fuzz {

namespace ct = ctgrad;
using ct::attributes, ct::dimension, ct::dtype, ct::ref, ct::tensor_shape;

/// What kind of graphs grow.
struct style {
    bool tame = false;  ///< Functions only where they are finite, so that values stay moderate.
    bool mixed = false; ///< float32 beside float64.
    bool empty = false; ///< Also slices of nothing.
    bool joins = false; ///< Mostly slices, pads, what stands side by side, and arithmetic on it.
};

/// The sizes of the named dimensions of one run.
struct sizes {
    std::int64_t n = 2, m = 3;
};

inline constexpr dimension dim_n = ct::dim<"n">;
inline constexpr dimension dim_m = ct::dim<"m">;

/// The nodes of a graph that grows, by what they hold, and how to come by one that fits.
class pool {
public:
    pool(ct::builder& into, std::uint64_t seed, style how, sizes of) : made_(into), roll_(seed), how_(how), sizes_(of) {
        for (dimension& d : palette_) d = any_dimension();
    }

    ct::builder& graph() { return made_; }
    dice& roll() { return roll_; }
    const std::vector<ref>& floats() const { return floats_; }

    /// From now on only this is used again, and what grows out of it.
    void keep_only(ref x) {
        floats_ = {x};
        integers_.clear();
        masks_.clear();
    }

    void become_tame() { how_.tame = true; }

    std::int64_t size_of(const dimension& d) const { return d.is_static() ? d.extent : d == dim_n ? sizes_.n : sizes_.m; }
    std::int64_t size_of(const tensor_shape& s) const {
        std::int64_t size = 1;
        for (int k = 0; k < s.rank; ++k) size *= size_of(s[k]);
        return size;
    }

    dtype float_type() { return how_.mixed && roll_.one_in(2) ? dtype::float32 : dtype::float64; }

    dimension any_dimension() {
        switch (roll_.below(7)) {
        case 0: return dim_n;
        case 1: return dim_m;
        case 2: return 1;
        default: return roll_.between(1, 4);
        }
    }
    /// Mostly of the same few dimensions, so that shapes meet again.
    tensor_shape any_shape(int largest_rank = 4) {
        tensor_shape s;
        for (int rank = roll_.below(largest_rank + 1); s.rank < rank;) s.append(roll_.one_in(5) ? any_dimension() : roll_.any_of(palette_));
        return fits(s) ? s : tensor_shape{};
    }
    bool fits(const tensor_shape& s) const { return s.rank <= 5 && size_of(s) <= 128; }

    /// A leaf of its own name; none when names run out.
    ref leaf(dtype type, const tensor_shape& shape, bool is_variable) {
        static const ct::symbol* const names[]{&ct::symbol_of<"a">, &ct::symbol_of<"b">, &ct::symbol_of<"c">, &ct::symbol_of<"d">,
                                               &ct::symbol_of<"e">, &ct::symbol_of<"f">, &ct::symbol_of<"g">, &ct::symbol_of<"h">,
                                               &ct::symbol_of<"i">, &ct::symbol_of<"j">, &ct::symbol_of<"k">, &ct::symbol_of<"l">};
        if (leaves_ == static_cast<int>(std::size(names))) return {};
        attributes a;
        a.type = type;
        a.shape = shape;
        a.name = names[leaves_++];
        return keep(made_.add(is_variable ? ct::info<ct::variable_op> : ct::info<ct::placeholder_op>, a, nullptr));
    }

    ref number(double value, dtype type, const tensor_shape& shape = {}) { return ct::constant(made_, value, type, shape); }

    ref coordinate(const tensor_shape& shape, int axis, dtype type = dtype::int32) {
        attributes a;
        a.type = type;
        a.shape = shape;
        a.numbers[0] = axis;
        return made_.add(ct::info<ct::coordinate_op>, a, nullptr);
    }

    static ref cast(ref x, dtype type) {
        if (x->type == type) return x;
        attributes a;
        a.type = type;
        return ct::apply<ct::cast_op>(a, x);
    }

    template <class Op>
    static ref reduce(ref x, int axes) {
        attributes a;
        a.numbers[0] = axes;
        return ct::apply<Op>(a, x);
    }

    ref any() { return roll_.one_in(3) ? floats_.back() : roll_.any_of(floats_); }
    /// Of the dtype of `like`, and such that both broadcast.
    ref partner_of(ref like) {
        for (int tries = 0; tries < 5; ++tries)
            if (const ref y = any(); ct::broadcast(like.shape(), y.shape()).found == ct::fault::none) return cast(y, like->type);
        if (roll_.one_in(3))
            if (const ref made = leaf(like->type, like.shape(), roll_.one_in(2))) return made;
        if (roll_.one_in(2)) return number(any_number(), like->type);
        const ref y = any();
        return cast(reduce<ct::reduce_sum_op>(y, (1 << y.shape().rank) - 1), like->type);
    }
    /// A float of that shape; or none.
    ref with_shape(const tensor_shape& shape) {
        for (int tries = 0; tries < 6; ++tries)
            if (const ref x = any(); x.shape() == shape) return x;
        return {};
    }

    /// A mask of that shape: fed, compared or computed from positions.
    ref mask_of(const tensor_shape& shape) {
        if (shape.rank > 0 && roll_.one_in(6)) {
            const ref m = mask_of(shape);
            if (roll_.one_in(3)) return ct::apply<ct::logical_not_op>(m);
            return roll_.one_in(2) ? ct::apply<ct::logical_and_op>(m, mask_of(shape)) : ct::apply<ct::logical_or_op>(m, mask_of(shape));
        }
        if (!masks_.empty() && roll_.one_in(3))
            if (const ref m = roll_.any_of(masks_); m.shape() == shape) return m;
        if (roll_.one_in(2))
            if (const ref fed = leaf(dtype::boolean, shape, false)) return fed;
        if (const ref x = with_shape(shape); x && roll_.one_in(2)) return keep(ct::apply<ct::greater_op>(x, number(0, x->type)));
        if (shape.rank == 0) return number(roll_.below(2), dtype::boolean);
        return keep(ct::apply<ct::less_op>(coordinate(shape, roll_.below(shape.rank)), number(roll_.between(0, 3), dtype::int32, shape)));
    }

    /// int32 indices of that shape, mostly below `extent`, some outside.
    ref indices_of(const tensor_shape& shape, const dimension& extent) {
        for (int tries = 0; tries < 3 && !integers_.empty(); ++tries)
            if (const ref x = roll_.any_of(integers_); x.shape() == shape) return x;
        if (roll_.one_in(3))
            if (const ref fed = leaf(dtype::int32, shape, false))
                return roll_.one_in(2) ? ct::apply<ct::checked_index_op>(ct::checked_index_op::below(extent), fed) : fed;
        if (const ref x = with_shape(shape); x && roll_.one_in(2)) return cast(ct::apply<ct::abs_op>(x) * 2.0 - 0.5, dtype::int32);
        if (shape.rank == 0) return number(roll_.between(-1, 3), dtype::int32);
        const ref at = coordinate(shape, roll_.below(shape.rank));
        return roll_.one_in(2) ? at : ct::apply<ct::subtract_op>(number(roll_.between(0, 3), dtype::int32, shape), at);
    }

    ref keep(ref x) {
        if (x) (ct::is_floating(x->type) ? floats_ : x->type == dtype::boolean ? masks_ : integers_).push_back(x);
        return x;
    }

protected:
    /// Not 0: what is 0 times or over another number is taken to be 0, whatever that number is.
    double any_number() { return roll_.any_of(numbers); }
    static constexpr double numbers[] = {1, -1, 2, 3, 0.5, -0.25, 1.7, 1e-3, 100};

    ct::builder& made_;
    dice roll_;
    style how_;
    sizes sizes_;
    dimension palette_[3];
    std::vector<ref> floats_, integers_, masks_;
    int leaves_ = 0;
};

} // namespace fuzz
