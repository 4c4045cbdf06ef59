// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/graph/apply.hpp>
#include <ctgrad/shape/axes.hpp>

#include <initializer_list>
#include <utility>

namespace ctgrad {

struct divide_op;
struct multiply_op;
struct negative_op;

namespace detail {

/// The ops that the rules below name. A template parameter, since those ops call the rules and are not
/// complete yet where the rules are written.
struct arithmetic {
    using divide = divide_op;
    using multiply = multiply_op;
    using negative = negative_op;
    using view = view_op;
};

/// Whether `x` is an application of `Op`.
template <class Op>
constexpr bool is_made_by(ref x) {
    return is_op<Op>(*x->op);
}

constexpr bool is_number(ref x) { return x->op->kind == op_kind::constant; }

/// Whether `x` is seen to have one value along each of `axes`.
template <class Ops = arithmetic>
constexpr bool is_constant_along(ref x, axis_mask axes) {
    if (is_number(x)) return true;
    if (!is_made_by<typename Ops::view>(x)) return false;
    for (int k = 0; k < x->shape.rank; ++k)
        if (axes.has(k) && x->numbers[k] >= 0) return false;
    return true;
}

/// Whether a number may stand for two without losing digits to overflow or underflow.
constexpr bool keeps_digits(double number) {
    const double magnitude = number < 0 ? -number : number;
    return magnitude > 1e-30 && magnitude < 1e30;
}

constexpr bool is_at_least_one(double number) { return number >= 1 || number <= -1; }

/// `x`, which is constant along `axes`, once along them: without these axes.
template <class Ops = arithmetic>
constexpr ref taken_once(ref x, axis_mask axes) {
    attributes kept;
    for (int k = 0; k < x->shape.rank; ++k) {
        if (axes.has(k)) continue;
        kept.numbers[kept.shape.rank] = k;
        kept.shape.append(x->shape[k]);
    }
    return apply<typename Ops::view>(kept, x);
}

/// The `w` of which `x` is the negative, also behind a view; or none.
template <class Ops = arithmetic>
constexpr ref without_sign(ref x) {
    if (is_made_by<typename Ops::negative>(x)) return x.input(0);
    if (!is_made_by<typename Ops::view>(x)) return {};
    const attributes view = *x;
    const ref inner = without_sign<Ops>(x.input(0));
    return inner ? apply<typename Ops::view>(view, inner) : inner;
}

/// Whether `x` is a number, or repeated along some axis: a factor worth taking out of a sum.
template <class Ops = arithmetic>
constexpr bool is_shared_factor(ref x) {
    if (is_number(x)) return true;
    if (!is_made_by<typename Ops::view>(x)) return false;
    for (int k = 0; k < x->shape.rank; ++k)
        if (x->numbers[k] < 0 && !x->shape[k].is_one()) return true;
    return false;
}

/// What the view `through` of a tensor of shape `source` makes `factor` of; or none.
template <class Ops = arithmetic>
constexpr ref before_view(const node& through, const tensor_shape& source, ref factor) {
    if (is_number(factor)) return constant(*factor.graph, constant_value(*factor), factor->type, source);
    if (!is_made_by<typename Ops::view>(factor)) return {};
    attributes before;
    before.shape = source;
    for (int k = 0; k < source.rank; ++k) before.numbers[k] = -1;
    for (int k = 0; k < through.shape.rank; ++k) {
        if (through.numbers[k] >= 0)
            before.numbers[through.numbers[k]] = factor->numbers[k];
        else if (factor->numbers[k] >= 0)
            return {};
    }
    return apply<typename Ops::view>(before, factor.input(0));
}

template <class Ops = arithmetic>
constexpr ref multiplied(ref x, double number) {
    return apply<typename Ops::multiply>(attributes{}, x, constant(*x.graph, number, x->type, x.shape()));
}

/// How many times `factor` it is, as far as numbers show: 3/n, also repeated, is 3 times 1/n. Or 0.
template <class Ops = arithmetic>
constexpr double multiple_of(ref x, ref factor) {
    if (x == factor) return 1;
    if (is_number(x) && is_number(factor)) return constant_value(*x) == -constant_value(*factor) ? -1 : 0;
    if (is_made_by<typename Ops::view>(x) && is_made_by<typename Ops::view>(factor)) {
        for (int k = 0; k < x->shape.rank; ++k)
            if (x->numbers[k] != factor->numbers[k]) return 0;
        x = x.input(0);
        factor = factor.input(0);
    }
    if (!is_made_by<typename Ops::divide>(x) || !is_made_by<typename Ops::divide>(factor) || !(x.input(1) == factor.input(1))) return 0;
    if (!is_number(x.input(0)) || !is_number(factor.input(0))) return 0;
    const double times = constant_value(*x.input(0)) / constant_value(*factor.input(0));
    return keeps_digits(times) || keeps_digits(-times) ? times : 0;
}

/// `x` divided by `factor` if that can be struck out of its products and quotients; or none.
template <class Ops = arithmetic>
constexpr ref without_factor(ref x, ref factor, int depth = 4) {
    const node n = *x; // the builder may move its nodes
    if (depth == 0 || n.op->arity == 0) return {};
    const ref a = x.input(0);
    if (is_made_by<typename Ops::multiply>(x)) {
        const ref b = x.input(1);
        for (const auto& [struck, rest] : {std::pair{a, b}, std::pair{b, a}})
            if (const double times = multiple_of<Ops>(struck, factor); times != 0)
                return multiplied<Ops>(rest, times);
        if (const ref rest = without_factor<Ops>(a, factor, depth - 1)) return apply<typename Ops::multiply>(attributes{}, rest, b);
        if (const ref rest = without_factor<Ops>(b, factor, depth - 1)) return apply<typename Ops::multiply>(attributes{}, a, rest);
        return {};
    }
    if (is_made_by<typename Ops::divide>(x)) {
        const ref rest = without_factor<Ops>(a, factor, depth - 1);
        return rest ? apply<typename Ops::divide>(attributes{}, rest, x.input(1)) : rest;
    }
    if (is_made_by<typename Ops::negative>(x)) {
        const ref rest = without_factor<Ops>(a, factor, depth - 1);
        return rest ? apply<typename Ops::negative>(attributes{}, rest) : rest;
    }
    if (is_made_by<typename Ops::view>(x)) {
        const ref before = before_view<Ops>(n, a.shape(), factor);
        const ref rest = before ? without_factor<Ops>(a, before, depth - 1) : before;
        return rest ? apply<typename Ops::view>(n, rest) : rest;
    }
    return {};
}

/// Whether `x` is data of the caller, perhaps times a number: there before anything else is computed.
template <class Ops = arithmetic>
constexpr bool is_data(ref x) {
    if (is_made_by<typename Ops::multiply>(x)) x = is_number(x.input(0)) ? x.input(1) : is_number(x.input(1)) ? x.input(0) : x;
    while (is_made_by<typename Ops::view>(x)) x = x.input(0);
    return x->op->kind == op_kind::leaf && !x->op->is_parameter;
}

/// Whether a sum over all of `x` is so short that what counts is how long its result takes, and not how many
/// operations it has: then a number belongs to a factor that is data, and nothing waits for it.
constexpr bool is_short_sum(ref x) { return x.shape().is_static() && x.shape().static_size() <= 4; }

/// The product `x` with `number` times the factor that is data; or none. A number so near 1 takes digits from data below 3e-36 only.
template <class Ops = arithmetic>
constexpr ref with_number_on_data(ref x, double number) {
    const double magnitude = number < 0 ? -number : number;
    if (!is_made_by<typename Ops::multiply>(x) || magnitude < 0x1p-8 || magnitude > 1) return {};
    for (int k = 0; k < 2; ++k) {
        const ref data = x.input(k), other = x.input(1 - k);
        if (!is_data<Ops>(data) || is_number(other)) continue;
        const ref c = constant(*x.graph, number, x->type, x.shape());
        return apply<typename Ops::multiply>(attributes{}, apply<typename Ops::multiply>(attributes{}, data, c), other);
    }
    return {};
}

/// A number times `rest`.
struct numbered {
    double number = 1;
    ref rest{};
};

/// `x` without a number that is a factor of it, wherever that stands in its products; no rest if there is none.
/// `on_data` says whether the number may be next to data.
template <class Ops = arithmetic>
constexpr numbered without_number(ref x, bool on_data, int depth = 4) {
    const node n = *x; // the builder may move its nodes
    if (depth == 0 || n.op->arity == 0) return {};
    const ref a = x.input(0);
    if (is_made_by<typename Ops::multiply>(x)) {
        const ref b = x.input(1);
        if (is_number(a)) return on_data || !is_data<Ops>(b) ? numbered{constant_value(*a), b} : numbered{};
        if (is_number(b)) return on_data || !is_data<Ops>(a) ? numbered{constant_value(*b), a} : numbered{};
        const numbered left = without_number<Ops>(a, on_data, depth - 1);
        if (left.rest) return {left.number, apply<typename Ops::multiply>(attributes{}, left.rest, b)};
        const numbered right = without_number<Ops>(b, on_data, depth - 1);
        if (right.rest) return {right.number, apply<typename Ops::multiply>(attributes{}, a, right.rest)};
    } else if (is_made_by<typename Ops::divide>(x)) {
        const numbered above = without_number<Ops>(a, on_data, depth - 1);
        if (above.rest) return {above.number, apply<typename Ops::divide>(attributes{}, above.rest, x.input(1))};
    } else if (is_made_by<typename Ops::view>(x)) {
        const numbered inner = without_number<Ops>(a, on_data, depth - 1);
        if (inner.rest) return {inner.number, apply<typename Ops::view>(n, inner.rest)};
    } else if (n.op->selects) {
        ref in[] = {a, x.input(1), x.input(2)};
        for (int k = 1; k <= 2; ++k) {
            if (!is_constant(in[3 - k], 0)) continue;
            const numbered chosen = without_number<Ops>(in[k], on_data, depth - 1);
            if (!chosen.rest) continue;
            in[k] = chosen.rest;
            return {chosen.number, x.graph->add(*n.op, attributes{}, in)};
        }
    }
    return {};
}

/// The number that the product `x` ends with, also behind a view or in the only branch of a choice, and the rest; no rest if
/// there is none.
template <class Ops = arithmetic>
constexpr numbered without_last_number(ref x, int depth = 4) {
    const node n = *x; // the builder may move its nodes
    if (depth == 0 || n.op->arity == 0) return {};
    if (is_made_by<typename Ops::multiply>(x)) {
        for (int k = 0; k < 2; ++k)
            if (is_number(x.input(k))) return {constant_value(*x.input(k)), x.input(1 - k)};
    } else if (is_made_by<typename Ops::view>(x)) {
        const numbered inner = without_last_number<Ops>(x.input(0), depth - 1);
        if (inner.rest) return {inner.number, apply<typename Ops::view>(n, inner.rest)};
    } else if (n.op->selects) {
        for (int k = 1; k <= 2; ++k) {
            if (!is_constant(x.input(3 - k), 0)) continue;
            const numbered chosen = without_last_number<Ops>(x.input(k), depth - 1);
            if (!chosen.rest) continue;
            ref in[] = {x.input(0), x.input(1), x.input(2)};
            in[k] = chosen.rest;
            return {chosen.number, x.graph->add(*n.op, attributes{}, in)};
        }
    }
    return {};
}

/// a s + b s = (a + b) s, where `sum` makes a sum, a difference or (`chooses`) a choice, and s is a number or repeated; or
/// none. Of a sum s is a number of at least 1, or a + b might overflow.
template <bool Chooses, class Sum, class Ops = arithmetic>
constexpr ref factored(ref x, ref y, Sum sum) {
    for (const ref product : {x, y}) {
        if (!is_made_by<typename Ops::multiply>(product)) continue;
        for (int k = 0; k < 2; ++k) {
            const ref factor = product.input(k);
            if (Chooses ? !is_shared_factor<Ops>(factor) : !is_number(factor) || !is_at_least_one(constant_value(*factor))) continue;
            const ref a = product.input(1 - k), b = without_factor<Ops>(product == x ? y : x, factor, 1);
            if (!b) continue;
            return apply<typename Ops::multiply>(attributes{}, product == x ? sum(a, b) : sum(b, a), factor);
        }
    }
    return {};
}

} // namespace detail
} // namespace ctgrad

// What is named above is complete before it is used.
#include <ctgrad/ops/negative.hpp>
