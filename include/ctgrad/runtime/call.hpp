// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/core/counted.hpp>
#include <ctgrad/runtime/bind.hpp>

#include <utility>

namespace ctgrad::detail {

/// The addresses and sizes of one call of program `P`, gathered from its arguments.
template <class P>
class call_frame {
    static constexpr int leaf_count = P::plan.leaf_count;
    static constexpr int result_count = P::outputs + P::updates;
    static constexpr const node& leaf(int i) { return P::graph()[P::plan.leaves[i]]; }
    static constexpr const node& root(int r) { return P::graph().root(r); }

public:
    /// Takes the arguments. Throws `ctgrad::error` where data contradict a shape or each other.
    template <class Own, class Results, class... B>
    [[gnu::always_inline]] void take(const Own& own, Results, B&... arguments) {
        [&]<int... I>(std::integer_sequence<int, I...>) __attribute__((always_inline)) {
            (take_leaf<I>(own, arguments...), ...);
        }(std::make_integer_sequence<int, leaf_count>{});
        (take_result<Results>(arguments), ...);
        settle_sizes<Results>(arguments...);
    }

    const std::int64_t* sizes() const { return sizes_; }
    void set_result(int r, void* memory) { results_[r] = memory; }
    void* result(int r) const { return results_[r]; }

    [[gnu::always_inline]] void run(std::byte* workspace, const workspace_layout<P>& layout) const {
        run_program<P>({leaves_, results_, sizes_, workspace, layout.offsets});
    }

private:
    /// Room for a number given for a scalar leaf.
    struct number {
        alignas(8) std::byte bytes[8];
    };

    template <int I, class Own, class... B>
    [[gnu::always_inline]] void take_leaf(const Own& own, B&... arguments) {
        if constexpr (Own::holds(leaf(I))) {
            leaves_[I] = own.address(leaf(I));
            for (int r = P::outputs; r < result_count; ++r)
                if (P::source().target_of(r) == P::plan.leaves[I]) results_[r] = const_cast<void*>(leaves_[I]);
        } else {
            (take_stored<I>(arguments), ...);
            (take_data<I>(arguments), ...);
        }
    }

    template <int I, class B>
    [[gnu::always_inline]] void take_stored(B& argument) {
        if constexpr (detail::argument<B>::is_parameters) {
            constexpr int at = B::find(leaf(I).hash);
            if constexpr (at >= 0) leaves_[I] = argument.data() + B::layout.leaves[at].offset;
        }
    }

    template <int I, class B>
    [[gnu::always_inline]] void take_data(B& given) {
        if constexpr (feeds_leaf<B>() == I) {
            if constexpr (std::is_arithmetic_v<std::remove_cv_t<typename argument<B>::data>>) {
                const auto value = static_cast<scalar_of<leaf(I).type>>(given.data);
                std::memcpy(&numbers_[I], &value, sizeof value);
                leaves_[I] = &numbers_[I];
            } else
                leaves_[I] = describe_data(given.data).elements;
        }
    }

    template <class Results, class B>
    [[gnu::always_inline]] void take_result(B& given) {
        if constexpr (gives_result<Results, B>() >= 0) results_[gives_result<Results, B>()] = describe_data(given.data).elements;
    }

    /// The leaf that an argument brings data for, or -1.
    template <class B>
    static constexpr int feeds_leaf() {
        if constexpr (is_expr<typename argument<B>::leaf>)
            for (int i = 0; i < leaf_count; ++i)
                if (leaf(i).hash == argument<B>::leaf::root().hash) return i;
        return -1;
    }

    /// The result that an argument brings memory for, or -1.
    template <class Results, class B>
    static constexpr int gives_result() {
        if constexpr (is_expr<typename argument<B>::leaf>)
            if constexpr (is_writable<typename argument<B>::data>) return Results::template index_of<typename argument<B>::leaf>;
        return -1;
    }

    /// Learns the sizes of named dimensions from the data until nothing is new, then checks all data.
    template <class Results, class... B>
    [[gnu::always_inline]] void settle_sizes(B&... arguments) {
        size_solver solver(P::plan.dimensions, sizes_);
        if constexpr (P::plan.dimensions.count > 0)
            while ((int{learn(solver, arguments)} + ... + 0) > 0) {}
        (check<Results>(solver, arguments), ...);
    }
    template <class B>
    static bool learn(size_solver& solver, B& given) {
        if constexpr (constexpr int at = feeds_leaf<B>(); at >= 0)
            if constexpr (!leaf(at < 0 ? 0 : at).shape.is_static()) return solver.learn(leaf(at), describe_data(given.data));
        return false;
    }
    template <class Results, class B>
    [[gnu::always_inline]] static void check(const size_solver& solver, B& given) {
        if constexpr (constexpr int at = feeds_leaf<B>(); at >= 0)
            solver.template check<leaf(at < 0 ? 0 : at).shape.is_static()>(leaf(at), describe_data(given.data));
        if constexpr (constexpr int r = gives_result<Results, B>(); r >= 0)
            solver.template check<root(r < 0 ? 0 : r).shape.is_static()>(root(r), describe_data(given.data));
    }

    counted<const void*, leaf_count> leaves_{};
    counted<void*, result_count> results_{};
    counted<number, leaf_count> numbers_;
    std::int64_t sizes_[max_named_dimensions];
};

/// A callee that keeps no leaves of its own.
struct owns_nothing {
    static constexpr bool holds(const node&) { return false; }
    const void* address(const node&) const { return nullptr; }
};

/// The results of a call by the expressions that they were asked by.
template <class... E>
struct result_list {
    template <class L>
    static constexpr int index_of = [] {
        int at = -1, i = 0;
        ((std::is_same_v<L, E> ? at = i++ : i++), ...);
        return at;
    }();
};

/// The value that result `R` of a call, asked for as `E`, has for the caller: a number for a scalar, a
/// view of the memory that the caller gave, else a new tensor.
template <class P, int R, class E, bool Given>
class result_value {
    using T = scalar_of<E::type()>;

public:
    void prepare(call_frame<P>& frame) {
        std::int64_t extent[max_rank]{};
        write_extents<P, P::graph().roots[R]>(extent, frame.sizes());
        if constexpr (Given)
            value_ = tensor_view<T>(static_cast<T*>(frame.result(R)), E::rank, extent);
        else if constexpr (E::rank == 0)
            frame.set_result(R, &value_);
        else {
            value_ = tensor<T>(E::rank, extent);
            frame.set_result(R, value_.data());
        }
    }
    auto take() { return static_cast<value_type&&>(value_); }

private:
    using value_type = std::conditional_t<Given, tensor_view<T>, std::conditional_t<E::rank == 0, T, tensor<T>>>;
    value_type value_{};
};

template <class E, class... B>
inline constexpr bool is_given = (std::is_same_v<typename argument<B>::leaf, E> || ...);

} // namespace ctgrad::detail
