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
    void take(const Own& own, Results, B&... arguments) {
        [&]<int... I>(std::integer_sequence<int, I...>) {
            (take_leaf<I>(own, arguments...), ...);
        }(std::make_integer_sequence<int, leaf_count>{});
        (take_result<Results>(arguments), ...);
        settle_sizes();
    }

    const std::int64_t* sizes() const { return sizes_; }
    bool has_result(int r) const { return results_[r] != nullptr; }
    void set_result(int r, void* memory) { results_[r] = memory; }
    const bound_data& result_data(int r) const { return result_data_[r]; }

    void run(std::byte* workspace, const workspace_layout<P>& layout) const {
        run_program<P>({leaves_, results_, sizes_, workspace, layout.offsets});
    }

private:
    /// Room for a number given for a scalar leaf.
    struct number {
        alignas(8) std::byte bytes[8];
    };

    template <int I, class Own, class... B>
    void take_leaf(const Own& own, B&... arguments) {
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
    void take_stored(B& argument) {
        if constexpr (detail::argument<B>::is_parameters) {
            constexpr int at = B::find(leaf(I).hash);
            if constexpr (at >= 0) leaves_[I] = argument.data() + B::layout.leaves[at].offset;
        }
    }

    template <int I, class B>
    void take_data(B& given) {
        if constexpr (is_expr<typename argument<B>::leaf>)
            if constexpr (argument<B>::leaf::root().hash == leaf(I).hash) {
                data_[I] = describe_data(given.data);
                if constexpr (std::is_arithmetic_v<std::remove_cv_t<typename argument<B>::data>>) {
                    const auto value = static_cast<scalar_of<leaf(I).type>>(given.data);
                    std::memcpy(&numbers_[I], &value, sizeof value);
                    data_[I].elements = &numbers_[I];
                }
                leaves_[I] = data_[I].elements;
                fed_[I] = true;
            }
    }

    template <class Results, class B>
    void take_result(B& given) {
        if constexpr (is_expr<typename argument<B>::leaf>) {
            constexpr int r = Results::template index_of<typename argument<B>::leaf>;
            if constexpr (r >= 0 && is_writable<typename argument<B>::data>) {
                result_data_[r] = describe_data(given.data);
                results_[r] = result_data_[r].elements;
            }
        }
    }

    void settle_sizes() {
        size_solver solver(P::plan.dimensions, sizes_);
        for (bool news = P::plan.dimensions.count > 0; news;) {
            news = false;
            for (int i = 0; i < leaf_count; ++i)
                if (fed_[i]) news = solver.learn(leaf(i), data_[i]) || news;
        }
        for (int i = 0; i < leaf_count; ++i)
            if (fed_[i]) solver.check(leaf(i), data_[i]);
        for (int r = 0; r < P::outputs; ++r)
            if (results_[r]) solver.check(root(r), result_data_[r]);
    }

    counted<const void*, leaf_count> leaves_{};
    counted<void*, result_count> results_{};
    counted<bool, leaf_count> fed_{};
    counted<bound_data, leaf_count> data_;
    counted<bound_data, result_count> result_data_;
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
            value_ = tensor_view<T>(static_cast<T*>(frame.result_data(R).elements), E::rank, extent);
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
