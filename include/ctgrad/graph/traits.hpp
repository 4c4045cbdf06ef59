// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/graph/op_info.hpp>
#include <ctgrad/shape/axes.hpp>

#include <cstdint>

namespace ctgrad {

/// The element type of an elementwise result.
enum class result_type : std::uint8_t {
    same,    ///< That of the inputs.
    boolean, ///< A mask.
    asked    ///< What the attributes name.
};

/// The element types that an op accepts.
enum class domain : std::uint8_t { any, numeric, floating };

/// What most elementwise ops are; an op derives from it and says what differs. It adds `name`,
/// `evaluate(x...)` over scalars and vectors alike, and, if it has one, `derivative`.
template <int Arity>
struct elementwise_op {
    static constexpr op_kind kind = op_kind::elementwise;
    static constexpr int arity = Arity;
    static constexpr unsigned boolean_inputs = 0; ///< Bit i: input i is a mask.
    static constexpr result_type result = result_type::same;
    static constexpr domain accepts = domain::numeric;
};

/// What reductions are: `numbers[0]` holds the reduced axes as bits; those axes vanish. An op adds
/// `name`, `identity`, `combine(a, b)` and, if it has one, `derivative`.
struct reduction_op {
    static constexpr op_kind kind = op_kind::reduction;
    static constexpr int arity = 1;
    static constexpr domain accepts = domain::numeric;
};

constexpr axis_mask reduced_axes(const attributes& a) { return {static_cast<unsigned>(a.numbers[0])}; }

namespace detail {

constexpr fault check_domain(domain accepted, dtype t) {
    if (accepted == domain::floating && !is_floating(t)) return fault::dtype_must_be_floating;
    if (accepted == domain::numeric && t == dtype::boolean) return fault::dtype_must_be_numeric;
    return fault::none;
}

/// Inference for elementwise ops and reductions; inputs of an elementwise op have one shape already.
template <class Op>
constexpr inference infer(const attributes& asked, const attributes* const* in) {
    if constexpr (Op::kind == op_kind::reduction) {
        inference out{asked, check_domain(Op::accepts, in[0]->type)};
        out.result.type = in[0]->type;
        out.result.shape = reduced(in[0]->shape, reduced_axes(asked));
        return out;
    } else {
        static_assert(Op::kind == op_kind::elementwise, "an op of this kind declares its own infer()");
        const attributes* first = nullptr;
        for (int i = 0; i < Op::arity; ++i) {
            if ((Op::boolean_inputs >> i & 1u) != 0) {
                if (in[i]->type != dtype::boolean) return {{}, fault::dtype_must_be_boolean};
            } else if (first == nullptr)
                first = in[i];
            else if (in[i]->type != first->type)
                return {{}, fault::dtypes_must_match};
        }
        inference out{asked};
        out.result.shape = in[0]->shape;
        if (first) out.found = check_domain(Op::accepts, first->type);
        if (Op::result == result_type::boolean)
            out.result.type = dtype::boolean;
        else if (Op::result == result_type::same)
            out.result.type = first ? first->type : dtype::boolean;
        return out;
    }
}

} // namespace detail
} // namespace ctgrad
