// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/runtime/call.hpp>
#include <ctgrad/transform/simplify.hpp>


#include <boost/hana/for_each.hpp>
#include <boost/hana/front.hpp>
#include <boost/hana/tuple.hpp>
#include <boost/hana/unpack.hpp>

#include <tuple>

namespace ctgrad {

namespace detail {

/// The graph of a program that computes `E...`.
template <class... E>
struct make_outputs {
    static constexpr int expected_size = (count_nodes(E::root()) + ...);

    constexpr draft_graph operator()() const {
        builder made(simplify);
        list<ref> roots;
        (roots.push_back(made.import(E::root())), ...);
        return extract(made, roots);
    }
};

/// The bytes of a workspace that is known and small enough to lie on the stack, or -1.
template <class P>
constexpr int small_workspace() {
    if constexpr (workspace_layout<P>::is_static) {
        const std::int64_t none[max_named_dimensions]{};
        const std::size_t bytes = workspace_layout<P>(none).size();
        return bytes <= 4096 ? static_cast<int>(bytes) : -1;
    }
    return -1;
}

/// Calls program `P`, which computes `E...`, and gives back their values: one alone, or a tuple.
template <class P, class... E, class Own, class Layout, class... B>
auto call_program(const Own& own, Layout&& workspace_for, B&... arguments) {
    call_frame<P> frame;
    frame.take(own, result_list<E...>{}, arguments...);
    const workspace_layout<P> layout(frame.sizes());
    auto values = [&]<std::size_t... R>(std::index_sequence<R...>) {
        return boost::hana::tuple<result_value<P, static_cast<int>(R), E, is_given<E, B...>>...>{};
    }(std::index_sequence_for<E...>{});
    boost::hana::for_each(values, [&](auto& value) { value.prepare(frame); });
    if constexpr (small_workspace<P>() >= 0) {
        alignas(buffer_alignment) std::byte memory[static_cast<std::size_t>(small_workspace<P>() + 1)];
        frame.run(memory, layout);
    } else
        workspace_for(layout.size(), [&](std::byte* memory) { frame.run(memory, layout); });
    if constexpr (sizeof...(E) == 1)
        return boost::hana::front(values).take();
    else
        return boost::hana::unpack(values, [](auto&... value) { return std::tuple(value.take()...); });
}

/// The result of a call that was refused: as many poisons as it has results.
template <int Count>
constexpr auto refused(poison found) {
    if constexpr (Count == 1)
        return found;
    else
        return [&]<std::size_t... I>(std::index_sequence<I...>) {
            return std::tuple((static_cast<void>(I), found)...);
        }(std::make_index_sequence<static_cast<std::size_t>(Count)>{});
}

/// The error of a call that `check_call` refused.
template <class P, call_verdict V, class... B>
constexpr auto refuse_call() {
    if constexpr (V.found == call_mistake::not_fed || V.found == call_mistake::fed_twice) {
        constexpr auto name = show([] { return P::graph()[P::plan.leaves[V.leaf]].name->text; });
        if constexpr (V.found == call_mistake::fed_twice)
            return placeholder_must_be_fed_once<name>;
        else
            return placeholder_must_be_fed<name, show([] {
                const node& leaf = P::graph()[P::plan.leaves[V.leaf]];
                return phrase_of(leaf.type, leaf.shape);
            })>;
    } else {
        using leaf = typename std::tuple_element_t<static_cast<std::size_t>(V.argument), std::tuple<argument<B>...>>::leaf;
        constexpr auto name = show([] { return label_of(leaf::root()); });
        if constexpr (V.found == call_mistake::unknown)
            return argument_must_belong_to_program<name>;
        else
            return data_must_have_leaf_type<name, show([] { return phrase_of(leaf::type(), leaf::shape()); })>;
    }
}

} // namespace detail

/// A compiled, reentrant callable that computes expressions together: `function f{loss, grads[W]};`
/// `auto [value, dW] = f(x = images, W = weights);`
///
/// Arguments: `leaf = data` for each leaf (a vector, array, span, `view(pointer, extents...)`, or for a
/// scalar a number), `parameters` of a trainer for its variables, and `result = memory` for a result
/// that shall be put in the caller's memory. A call returns one value, or a tuple: a number for a
/// scalar, else a `tensor`, or a view of the given memory. A `workspace` as first argument keeps the
/// scratch memory between calls.
/// **Fails when** a leaf is not fed, fed twice or unknown, or the element type is wrong
/// (`placeholder_must_be_fed`, ...). Throws `ctgrad::error` when sizes contradict.
template <expression... E>
class function {
    static_assert(sizeof...(E) > 0, "a function computes at least one expression");
    struct owner {
        using program = ctgrad::program<detail::make_outputs<E...>, sizeof...(E)>;
    };

public:
    constexpr explicit function(E...) {}

    template <class... B>
        requires((detail::is_poison<E> || ...) || (detail::is_poison<std::remove_cvref_t<B>> || ...))
    auto operator()(B&&...) const {
        return detail::refused<sizeof...(E)>({});
    }

    template <class... B>
    auto operator()(B&&... arguments) const {
        using P = typename owner::program;
        constexpr detail::call_verdict verdict =
            detail::check_call<P, detail::owns_nothing, detail::result_list<E...>, std::remove_cvref_t<B>...>();
        if constexpr (verdict.found != detail::call_mistake::none)
            return detail::refused<sizeof...(E)>(detail::refuse_call<P, verdict, std::remove_cvref_t<B>...>());
        else
            return detail::call_program<P, E...>(
                detail::owns_nothing{},
                [](std::size_t bytes, auto run) {
                    alignas(buffer_alignment) std::byte small[4096];
                    if (bytes <= sizeof small) return run(small);
                    buffer large(bytes);
                    run(large.data());
                },
                arguments...);
    }

    template <class... B>
    auto operator()(workspace& scratch, B&&... arguments) const {
        using P = typename owner::program;
        constexpr detail::call_verdict verdict =
            detail::check_call<P, detail::owns_nothing, detail::result_list<E...>, std::remove_cvref_t<B>...>();
        if constexpr (verdict.found != detail::call_mistake::none)
            return detail::refused<sizeof...(E)>(detail::refuse_call<P, verdict, std::remove_cvref_t<B>...>());
        else
            return detail::call_program<P, E...>(
                detail::owns_nothing{},
                [&scratch](std::size_t bytes, auto run) {
                    scratch.reserve(bytes);
                    run(scratch.data());
                },
                arguments...);
    }
};

template <expression... E>
function(E...) -> function<E...>;

} // namespace ctgrad
