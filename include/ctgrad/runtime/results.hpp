// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/runtime/call.hpp>

#include <tuple>

namespace ctgrad::detail {

/// Result `R` of a call, asked for as `E`: a number for a scalar, a view of the memory that the caller
/// gave, else a tensor. A number lies in the frame of the function that runs the call.
template <class P, int R, class E, bool Given>
class result_value {
public:
    using number = scalar_of<E::type()>;

    template <class Frame>
    [[gnu::always_inline]] explicit result_value(const Frame& frame) {
        if constexpr (Given || E::rank > 0) {
            std::int64_t extent[max_rank]{};
            write_extents<P, P::graph().roots[R]>(extent, frame.sizes());
            if constexpr (Given)
                elements_ = {static_cast<number*>(frame.result(R)), E::rank, extent};
            else
                elements_ = {E::rank, extent};
        }
    }
    /// Tells a call where the result goes.
    template <class Frame>
    [[gnu::always_inline]] void place(Frame& frame, number& n) {
        if constexpr (!Given) frame.set_result(R, E::rank == 0 ? &n : elements_.data());
    }
    /// The value; `Keep` says whether a tensor stays here and is looked at.
    template <bool Keep>
    [[gnu::always_inline]] auto value(const number& n) {
        if constexpr (!Given && E::rank == 0)
            return n;
        else if constexpr (!Given && Keep)
            return std::as_const(elements_).view();
        else
            return static_cast<elements&&>(elements_);
    }

private:
    using elements = std::conditional_t<Given || E::rank == 0, tensor_view<number>, tensor<number>>;
    elements elements_{};
};

/// The results of a call that `Frame` describes.
template <class P, class Indices, class Results, class Frame>
class call_results;

template <class P, int... R, class... E, class Frame>
class call_results<P, std::integer_sequence<int, R...>, result_list<E...>, Frame> {
    using indices = std::integer_sequence<int, R...>;

public:
    [[gnu::always_inline]] explicit call_results(const Frame& frame) : values_{{result_value<P, R, E, Frame::gives(R)>(frame)}...} {}

    /// Runs a call and gives the value of its result, or a tuple of values.
    template <bool Keep>
    [[gnu::always_inline]] auto run(Frame& frame, std::byte* workspace) {
        registers<indices, scalar_of<E::type()>...> numbers{};
        (get<R>(values_).place(frame, get<R>(numbers)), ...);
        frame.run(workspace);
        if constexpr (sizeof...(E) == 1)
            return (get<R>(values_).template value<Keep>(get<R>(numbers)), ...);
        else
            return std::tuple(get<R>(values_).template value<Keep>(get<R>(numbers))...);
    }

private:
    registers<indices, result_value<P, R, E, Frame::gives(R)>...> values_;
};

/// A call of `P` as the callee's operators make it.
template <class P, class Own, class Results, class... B>
struct call_types;
template <class P, class Own, class... E, class... B>
struct call_types<P, Own, result_list<E...>, B...> {
    using frame = call_frame<P, Own, result_list<E...>, B...>;
    using results = call_results<P, std::make_integer_sequence<int, static_cast<int>(sizeof...(E))>, result_list<E...>, frame>;
    static constexpr finding found = check_call<P, Own, result_list<E...>, B...>();
};

} // namespace ctgrad::detail
