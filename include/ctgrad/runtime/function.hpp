// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/graph/count_nodes.hpp>
#include <ctgrad/runtime/bound_call.hpp>
#include <ctgrad/transform/simplify.hpp>

namespace ctgrad {

namespace detail {

/// The graph of a program that computes `E...`.
template <class... E>
struct make_outputs {
    static constexpr int expected_size = (count_nodes(E::root()) + ...);

    constexpr draft_graph operator()() const {
        builder made(simplify<deferred_t<void, make_outputs>>);
        list<ref> roots;
        (roots.push_back(made.import(E::root())), ...);
        return extract(made, roots);
    }
};

/// Calls program `P`; a workspace that the stack has no room for lies in `*scratch`, or is made if that is null.
template <class P, class Results, class Own, class... B>
[[gnu::always_inline]] inline auto call_program(const Own& own, buffer* scratch, B&... arguments) {
    using types = call_types<P, Own, Results, B...>;
    typename types::frame frame(own, arguments...);
    typename types::results results(frame);
    if constexpr (types::frame::fits_on_stack)
        return results.template run<false>(frame, nullptr);
    else {
        buffer made;
        if (scratch == nullptr) scratch = &made;
        const std::size_t bytes = frame.workspace_bytes();
        scratch->reserve(bytes);
        return results.template run<false>(frame, bytes > 0 ? scratch->data() : nullptr);
    }
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

/// The bound call of a mistake: everything about it is accepted.
template <int Count>
struct refused_call : poison {
    constexpr refused_call(poison = {}) {}
    constexpr auto operator()() const { return refused<Count>({}); }
};

} // namespace detail

/// A compiled, reentrant callable that computes expressions together: `function f{loss, grads[W]};`
/// `auto [value, dW] = f(x = images, W = weights);`
///
/// Arguments: `leaf = data` for each leaf (a vector, array, span, `view(pointer, extents...)`, or for a
/// scalar a number), `parameters` of a trainer for its variables, and `result = memory` for a result
/// that shall be put in the caller's memory. A call returns one value, or a tuple: a number for a
/// scalar, else a `tensor`, or a view of the given memory. A `workspace` as first argument keeps the
/// scratch memory between calls; without it, more than 4 KiB (64 KiB where all extents are static) are
/// allocated in the call. `bind` gives a call that is `noexcept`, unless matrices are factored. `explain`, `figures` and
/// `to_dot` say what the function does.
/// A result may be put over an input where each element is read before, or when, it is written: `f(x = a, y = a)`.
/// **Fails when** a leaf is not fed, fed twice or unknown, or the element type or the layout is wrong
/// (`placeholder_must_be_fed`, ...). Throws `ctgrad::error` when sizes contradict or memory overlaps that must not.
template <expression... E>
class function {
    static_assert(sizeof...(E) > 0, "a function computes at least one expression");

public:
    using program = std::conditional_t<(detail::is_poison<E> || ...), poison, ctgrad::program<detail::make_outputs<E...>, sizeof...(E)>>;

private:
    template <class... B>
    using types = detail::call_types<program, detail::owns_nothing, detail::result_list<E...>, std::remove_cvref_t<B>...>;
    template <class... B>
    using bound = detail::bound_check<types<B...>, B...>;

public:
    /// Whether a call takes arguments of types `B...`: `function<E...>::accepts<decltype(x = images)>`.
    template <class... B>
    static constexpr bool accepts = types<B...>::found.is_fine();
    /// Whether `bind` takes them, as they are passed.
    template <class... B>
    static constexpr bool binds = bound<B...>::found.is_fine();

    constexpr explicit function(E...) {}

    template <class... B>
        requires((detail::is_poison<E> || ...) || (detail::is_poison<std::remove_cvref_t<B>> || ...))
    auto operator()(B&&...) const {
        return detail::refused<sizeof...(E)>({});
    }

    template <class... B>
    [[gnu::always_inline]] auto operator()(B&&... arguments) const {
        if constexpr (!types<B...>::found.is_fine())
            return detail::refused<sizeof...(E)>(refuse<types<B...>>());
        else
            return call(nullptr, arguments...);
    }

    template <class... B>
    [[gnu::always_inline]] auto operator()(workspace& scratch, B&&... arguments) const {
        if constexpr (!types<B...>::found.is_fine())
            return detail::refused<sizeof...(E)>(refuse<types<B...>>());
        else
            return call(&scratch, arguments...);
    }

    /// Checks data and finds room for a call once: the `bound_call` that it gives back is then `noexcept` (unless matrices are factored).
    /// The data must outlive it.
    /// **Fails when** they end with the line (`data_must_outlive_call`).
    /// Throws `ctgrad::error` when sizes contradict.
    template <class... B>
    auto bind(B&&... arguments) const {
        if constexpr ((detail::is_poison<E> || ...) || (detail::is_poison<std::remove_cvref_t<B>> || ...))
            return detail::refused_call<sizeof...(E)>{};
        else if constexpr (!bound<B...>::found.is_fine())
            return detail::refused_call<sizeof...(E)>{refuse<bound<B...>>()};
        else
            return bound_call<program, detail::owns_nothing, detail::result_list<E...>, std::remove_reference_t<B>...>({}, arguments...);
    }

private:
    template <class... B>
    [[gnu::always_inline]] static auto call(workspace* scratch, B&... arguments) {
        return detail::call_program<program, detail::result_list<E...>>(detail::owns_nothing{}, scratch, arguments...);
    }
};

template <expression... E>
function(E...) -> function<E...>;

} // namespace ctgrad
