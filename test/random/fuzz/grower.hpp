// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "functions.hpp"
#include "rearranger.hpp"

namespace fuzz {

/// Grows a graph at run time by throwing dice: each step picks an op, its attributes, and nodes that fit it.
/// All of `ct::all_ops` occur.
class grower : public rearranger {
public:
    grower(ct::builder& into, std::uint64_t seed, style how, sizes of) : rearranger(into, seed, how, of) {
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
        constexpr int beside[] = {3, 7, 11, 12, 13};
        switch (how_.joins && !roll_.one_in(4) ? roll_.any_of(beside) : roll_.below(26)) {
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
        switch (roll_.below(30)) {
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
        case 20: return ct::apply<ct::erfc_op>(x);
        case 21: return ct::apply<ct::gaussian_op>(x);
        case 22: return ct::apply<ct::logcosh_op>(x);
        case 23: return ct::apply<ct::ndtr_op>(x);
        case 24: return ct::apply<ct::tanh_shrink_op>(x);
        case 25: return softmax(x);
        default: return elementary_function(roll_, tame, x);
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
        if (ct::broadcast(x.shape(), y.shape()).found != ct::fault::none) return {};
        const bool swapped = roll_.one_in(2);
        const ref a = swapped ? y : x, b = swapped ? x : y;
        switch (roll_.below(12)) {
        case 0:
        case 1: return a + b;
        case 2: return a - b;
        case 3:
        case 4: return a * b;
        case 5: return how_.tame ? a / (ct::apply<ct::square_op>(b) + 0.75) : a / b;
        case 6: return ct::apply<ct::maximum_op>(a, b);
        case 7: return ct::apply<ct::minimum_op>(a, b);
        case 8: return ct::apply<ct::multiply_no_nan_op>(a, b);
        case 9: return ct::apply<ct::annihilating_multiply_op>(a, b);
        case 10: return ct::apply<ct::shift_below_op>(a, how_.tame ? number(2.5, a->type) : ct::stop_gradient(b));
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

    static ref transposed(ref x) { return ct::matmul_op::transposed(x); }

    /// With whatever fits, perhaps transposed; else with itself, or with a repeated matrix or a leaf.
    ref matmul(ref x) {
        if (x.shape().rank < 2) return {};
        if (roll_.one_in(8)) return outer_products(x);
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
            if (ct::matmul_shape(x.shape(), other.shape()).found == ct::fault::none) y = other;
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

    ref outer_products(ref x) {
        tensor_shape other = x.shape();
        other[other.rank - 1] = roll_.any_of(palette_);
        const ref y = fits(other) ? with_shape(other) : ref{};
        if (!y || !fits(ct::shape(x.shape()[x.shape().rank - 1], other[other.rank - 1]))) return {};
        return ct::apply<ct::sum_of_outer_products_op>(attributes{}, x, cast(y, x->type));
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
        if (ct::broadcast(x.shape(), y.shape()).found != ct::fault::none) return {};
        switch (roll_.below(6)) {
        case 0: return ct::apply<ct::equal_op>(x, y);
        case 1: return ct::apply<ct::not_equal_op>(x, y);
        case 2: return x < y;
        case 3: return x <= y;
        case 4: return x > y;
        default: return x >= y;
        }
    }

    /// What the derivative of Huber's loss looks like, or nearly so: a x where |x| <= c, else b sign(y).
    ref bent(ref x) {
        const double c = any_number(), a = any_number();
        const ref y = roll_.one_in(3) ? with_shape(x.shape()) : x;
        const ref inside = roll_.one_in(4) ? ct::apply<ct::sin_op>(x) : x;
        const double b = roll_.one_in(3) ? any_number() : a * c;
        return y ? ct::where(ct::abs(x) <= number(c, x->type), inside * a, ct::sign(cast(y, x->type)) * b) : y;
    }

    ref choose(ref x) {
        if (roll_.one_in(6)) return bent(x);
        ref y = partner_of(x);
        const auto common = ct::broadcast(x.shape(), y.shape());
        if (common.found != ct::fault::none) return {};
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
        switch (roll_.below(9)) {
        case 6: return fits(x.shape()) ? other_order(roll_, x) : ref{};
        case 7: {
            const ref spread = apart(roll_, x);
            return fits(spread.shape()) ? spread : ref{};
        }
        case 8: return x.shape().rank ? last_uses(x, indices_of(any_shape(2), x.shape()[0])) : ref{};
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
        const ref index = coordinate(x.shape(), 0), step = coordinate(x.shape(), x.shape().rank - 1);
        const ref key = number(7, dtype::int32, x.shape());
        const bool first = roll_.one_in(2);
        const ref bits = first ? ct::apply<ct::random_bits_op<0>>(index, step, key) : ct::apply<ct::random_bits_op<1>>(index, step, key);
        return x * (cast(bits, x->type) * 0x1p-24);
    }
};

} // namespace fuzz
