// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "pool.hpp"

namespace fuzz {

/// Grows a graph at run time by throwing dice: each step picks an op, its attributes, and nodes that fit it.
/// All of `ct::all_ops` occur.
class grower : public pool {
public:
    grower(ct::builder& into, std::uint64_t seed, style how, sizes of) : pool(into, seed, how, of) {
        for (int i = roll_.between(1, 3); i > 0; --i) leaf(float_type(), any_shape(), true);
        if (roll_.one_in(2)) leaf(float_type(), any_shape(), false);
    }

    void grow(int steps) {
        for (int i = 0; i < steps; ++i) step();
    }
    /// The youngest, or one of the others.
    ref any_result() { return roll_.one_in(2) ? floats_.back() : roll_.any_of(floats_); }

    void step() {
        const ref x = any();
        switch (roll_.below(26)) {
        case 0:
        case 1:
        case 2: keep(function_of(x)); break;
        case 3:
        case 4:
        case 5:
        case 6: keep(combine(x)); break;
        case 7:
        case 8: keep(reduction(x)); break;
        case 9:
        case 10: keep(view(x)); break;
        case 11: keep(slice(x)); break;
        case 12: keep(pad(x)); break;
        case 13: keep(concat(x)); break;
        case 14: keep(reshape(x)); break;
        case 15: keep(gather(x)); break;
        case 16: keep(scatter(x)); break;
        case 17:
        case 18: keep(matmul(x)); break;
        case 19: keep(argmax(x)); break;
        case 20: keep(mask(x)); break;
        case 21:
        case 22: keep(choose(x)); break;
        case 23: keep(one_hot(x)); break;
        case 24: keep(how_.mixed ? cast(x, float_type()) : number_times(x)); break;
        default: keep(rarity(x));
        }
    }

    ref function_of(ref x) {
        const bool tame = how_.tame;
        const auto squashed = [&] { return tame ? ct::apply<ct::tanh_op>(x) : x; };
        const auto positive = [&] { return tame ? ct::apply<ct::square_op>(x) + 0.5 : x; };
        switch (roll_.below(21)) {
        case 0: return ct::apply<ct::abs_op>(x);
        case 1: return ct::apply<ct::cos_op>(x);
        case 2: return ct::apply<ct::sin_op>(x);
        case 3: return ct::apply<ct::erf_op>(x);
        case 4: return ct::apply<ct::exp_op>(squashed());
        case 5: return ct::apply<ct::expm1_op>(squashed());
        case 6: return ct::apply<ct::log_op>(positive());
        case 7: return ct::apply<ct::log1p_op>(positive());
        case 8: return ct::apply<ct::sqrt_op>(positive());
        case 9: return ct::apply<ct::rsqrt_op>(positive());
        case 10: return ct::apply<ct::sigmoid_op>(x);
        case 11: return ct::apply<ct::softplus_op>(x);
        case 12: return ct::apply<ct::square_op>(squashed());
        case 13: return ct::apply<ct::tanh_op>(x);
        case 14: return ct::apply<ct::relu_op>(x);
        case 15: return ct::apply<ct::sign_op>(x);
        case 16: return -x;
        case 17: return ct::apply<ct::minimum_op>(ct::apply<ct::maximum_op>(x, -0.75), roll_.one_in(2) ? 0.75 : 1.5);
        case 18: return ct::apply<ct::log_op>(ct::apply<ct::sigmoid_op>(x));
        case 19: return ct::apply<ct::log_op>(1.0 - ct::apply<ct::sigmoid_op>(x));
        default: return softmax(x);
        }
    }

    /// e^x over its sum along the last axis, or the logarithm of that.
    ref softmax(ref x) {
        if (x.shape().rank == 0) return ct::apply<ct::log_op>(ct::apply<ct::exp_op>(how_.tame ? ct::apply<ct::tanh_op>(x) : x));
        const int axes = 1 << (x.shape().rank - 1);
        const ref e = ct::apply<ct::exp_op>(how_.tame ? ct::apply<ct::tanh_op>(x) : x);
        const ref share = e / ct::spread(reduce<ct::reduce_sum_op>(e, axes), x.shape(), {static_cast<unsigned>(axes)});
        return roll_.one_in(2) ? share : ct::apply<ct::log_op>(share);
    }

    ref combine(ref x) {
        const ref y = partner_of(x);
        if (ct::broadcast(x.shape(), y.shape()).found != ct::verdict::holds) return {};
        const bool swapped = roll_.one_in(2);
        const ref a = swapped ? y : x, b = swapped ? x : y;
        switch (roll_.below(10)) {
        case 0:
        case 1: return a + b;
        case 2: return a - b;
        case 3:
        case 4: return a * b;
        case 5: return how_.tame ? a / (ct::apply<ct::square_op>(b) + 0.75) : a / b;
        case 6: return ct::apply<ct::maximum_op>(a, b);
        case 7: return ct::apply<ct::minimum_op>(a, b);
        case 8: return ct::apply<ct::multiply_no_nan_op>(a, b);
        default: return power(a, b);
        }
    }

    ref power(ref a, ref b) {
        if (roll_.one_in(2)) {
            static constexpr double exponents[] = {0, 1, 2, 3, -1, 0.5, 4};
            return ct::apply<ct::pow_op>(how_.tame ? ct::apply<ct::square_op>(a) + 0.5 : a, number(roll_.any_of(exponents), a->type));
        }
        if (!how_.tame) return ct::apply<ct::pow_op>(a, b);
        return ct::apply<ct::pow_op>(ct::apply<ct::square_op>(a) + 0.5, ct::apply<ct::tanh_op>(b));
    }

    ref number_times(ref x) {
        const ref c = number(any_number(), x->type);
        switch (roll_.below(5)) {
        case 0: return x + c;
        case 1: return c - x;
        case 2: return x / c;
        case 3: return how_.tame ? x * c : c / x;
        default: return x * c;
        }
    }

    ref reduction(ref x) {
        const int all = (1 << x.shape().rank) - 1;
        const int axes = roll_.one_in(4) ? all : roll_.between(0, all);
        ref y;
        switch (roll_.below(6)) {
        case 0: y = reduce<ct::reduce_max_op>(x, axes); break;
        case 1: y = reduce<ct::reduce_min_op>(x, axes); break;
        case 2: y = reduce<ct::reduce_prod_op>(x, axes); break;
        default: y = reduce<ct::reduce_sum_op>(x, axes);
        }
        if (roll_.one_in(3)) y = y / ct::element_count(made_, y->type, x.shape(), {static_cast<unsigned>(axes)});
        return roll_.one_in(3) ? ct::spread(y, x.shape(), {static_cast<unsigned>(axes)}) : y;
    }

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

    static ref transposed(ref x) { return ct::matmul_op::transposed(x); }

    /// With whatever fits, perhaps transposed; else with itself, or with a repeated matrix or a leaf.
    ref matmul(ref x) {
        if (x.shape().rank < 2) return {};
        if (roll_.one_in(3)) x = transposed(x);
        ref y;
        for (int tries = 0; tries < 8 && !y; ++tries) {
            ref other = any();
            if (other.shape().rank < 2) continue;
            if (roll_.one_in(2)) other = transposed(other);
            if (other.shape().rank == 2 && x.shape().rank > 2 && other.shape()[0] == x.shape()[x.shape().rank - 1]) {
                tensor_shape whole = x.shape();
                for (int k = 1; k <= 2; ++k) whole[whole.rank - k] = other.shape()[2 - k];
                other = ct::expand(other, whole);
            }
            if (ct::matmul_shape(x.shape(), other.shape()).found == ct::verdict::holds) y = other;
        }
        if (!y && roll_.one_in(2)) {
            tensor_shape s = x.shape();
            s[s.rank - 2] = x.shape()[s.rank - 1];
            s[s.rank - 1] = roll_.any_of(palette_);
            if (fits(s)) y = leaf(x->type, s, roll_.one_in(2));
        }
        if (!y) y = transposed(x);
        const ref product = ct::apply<ct::matmul_op>(attributes{}, x, cast(y, x->type));
        return fits(product.shape()) ? product : ref{};
    }

    ref argmax(ref x) {
        if (x.shape().rank == 0) return {};
        attributes axis;
        axis.numbers[0] = roll_.below(x.shape().rank);
        if (size_of(x.shape()[axis.numbers[0]]) == 0) return {};
        return ct::apply<ct::argmax_op>(axis, x);
    }

    ref mask(ref x) {
        if (!masks_.empty() && roll_.one_in(3)) {
            const ref m = roll_.any_of(masks_);
            switch (roll_.below(3)) {
            case 0: return ct::apply<ct::logical_not_op>(m);
            case 1: return ct::apply<ct::logical_and_op>(m, mask_of(m.shape()));
            default: return ct::apply<ct::logical_or_op>(m, mask_of(m.shape()));
            }
        }
        const ref y = partner_of(x);
        if (ct::broadcast(x.shape(), y.shape()).found != ct::verdict::holds) return {};
        switch (roll_.below(6)) {
        case 0: return ct::apply<ct::equal_op>(x, y);
        case 1: return ct::apply<ct::not_equal_op>(x, y);
        case 2: return x < y;
        case 3: return x <= y;
        case 4: return x > y;
        default: return x >= y;
        }
    }

    ref choose(ref x) {
        ref y = partner_of(x);
        const auto common = ct::broadcast(x.shape(), y.shape());
        if (common.found != ct::verdict::holds) return {};
        if (roll_.one_in(3)) y = number(0, x->type, common.shape);
        return ct::apply<ct::where_op>(mask_of(common.shape), roll_.one_in(2) ? x : y, y);
    }

    /// Where the largest elements along an axis are: 1, elsewhere 0; perhaps times something.
    ref one_hot(ref x) {
        const ref place = argmax(x);
        if (!place) return {};
        const ref at = ct::apply<ct::equal_op>(coordinate(x.shape(), place->op->arity ? place->numbers[0] : 0),
                                               ct::spread(place, x.shape(), {1u << place->numbers[0]}));
        const ref hot = cast(at, x->type);
        return roll_.one_in(2) ? hot : hot * x;
    }

    ref rarity(ref x) {
        switch (roll_.below(6)) {
        case 0: return how_.tame ? -x : ct::apply<ct::stop_gradient_op>(x);
        case 1: return x.shape().rank ? x * coordinate(x.shape(), roll_.below(x.shape().rank), x->type) : ref{};
        case 2: return x / (ct::element_count(made_, x->type, ct::shape(dim_n, dim_m), {3}) + 1.0);
        case 3: return cast(mask_of(x.shape()), x->type) * x;
        case 4: return state(x);
        default: return random(x);
        }
    }

    /// What steps keep, of the name of a dimension's leaf.
    ref state(ref x) {
        const ref made = leaf(x->type, x.shape(), false);
        if (!made) return {};
        attributes a = *made;
        a.numbers[0] = 1;
        return x + (roll_.one_in(2) ? made_.add(ct::info<ct::state_op>, a, nullptr) : made_.add(ct::info<ct::slot_op>, a, nullptr));
    }

    ref random(ref x) {
        if (x.shape().rank == 0) return {};
        const ref index = coordinate(x.shape(), 0), step = coordinate(x.shape(), x.shape().rank - 1), key = number(7, dtype::int32, x.shape());
        const ref bits = roll_.one_in(2) ? ct::apply<ct::random_bits_op<0>>(index, step, key) : ct::apply<ct::random_bits_op<1>>(index, step, key);
        return x * (cast(bits, x->type) * 0x1p-24);
    }
};

} // namespace fuzz
