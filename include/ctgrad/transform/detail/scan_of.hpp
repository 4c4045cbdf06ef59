// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/expr/apply.hpp>
#include <ctgrad/ops/times.hpp>
#include <ctgrad/transform/detail/segments.hpp>

#include <tuple>
#include <utility>

namespace ctgrad {

namespace detail {

/// Expressions as a scan is given them and gives them back: one, or a tuple (a pair) of several.
template <class T>
struct group {
    static constexpr int size = 1;
    static constexpr bool is_poisoned = is_poison<T>;
    static constexpr bool is_made_of_values = is_expr<T> || is_literal<T>;
    template <class Visit>
    static constexpr void for_each(Visit visit) {
        visit.template operator()<T, 0>();
    }
};
template <class... T>
struct group<std::tuple<T...>> {
    static constexpr int size = sizeof...(T);
    static constexpr bool is_poisoned = (is_poison<T> || ...);
    static constexpr bool is_made_of_values = ((is_expr<T> || is_literal<T>) && ...);
    template <class Visit>
    static constexpr void for_each(Visit visit) {
        [&]<int... I>(std::integer_sequence<int, I...>) {
            (visit.template operator()<std::remove_const_t<T>, I>(), ...);
        }(std::make_integer_sequence<int, size>{});
    }
};
template <class A, class B>
struct group<std::pair<A, B>> : group<std::tuple<A, B>> {};
template <dimension Length>
struct group<times_t<Length>> : group<std::tuple<>> {};

/// A group of the form of `Like`, made of `make.operator()<T, index>()` for each of its members.
template <class Like, class Make>
constexpr auto group_like(Make make) {
    if constexpr (requires { std::tuple_size<Like>::value; })
        return [&]<std::size_t... I>(std::index_sequence<I...>) {
            return std::make_tuple(make.template operator()<std::remove_const_t<std::tuple_element_t<I, Like>>, static_cast<int>(I)>()...);
        }(std::make_index_sequence<std::tuple_size_v<Like>>{});
    else
        return make.template operator()<Like, 0>();
}

/// What a step gave: a carry and an output, each a group.
template <class Made>
struct carry_and_output {
    static constexpr bool is_pair = false;
};
template <class Carry, class Output>
struct carry_and_output<std::tuple<Carry, Output>> {
    static constexpr bool is_pair = true;
    using carry = std::remove_cvref_t<Carry>;
    using output = std::remove_cvref_t<Output>;
};
template <class Carry, class Output>
struct carry_and_output<std::pair<Carry, Output>> : carry_and_output<std::tuple<Carry, Output>> {};

/// The dtype of numbers among them: that of the first expression.
template <class... Groups>
constexpr dtype type_of_numbers() {
    dtype found = dtype::float32;
    bool any = false;
    auto look = [&]<class T, int>() {
        if constexpr (is_expr<T>) {
            if (!any) found = T::type();
            any = true;
        }
    };
    (group<Groups>::for_each(look), ...);
    return found;
}

template <class T>
constexpr std::uint64_t hash_of_value() {
    if constexpr (is_literal<T>)
        return std::bit_cast<std::uint64_t>(T::value);
    else
        return T::root().hash;
}

/// A scan by the types of what it is made of; `Depth` tells apart two that agree in all, one of which stands in the other.
template <class Step, class Init, class Xs, dimension Length, bool Backward, int Depth>
struct scan_of {
    static constexpr dtype numbers = type_of_numbers<Init, Xs>();
    static constexpr bool is_over_elements = group<Xs>::size > 0;
    static constexpr std::uint64_t number = [] {
        std::uint64_t h = hash_combine(hash_of_type<Step>(), static_cast<std::uint64_t>(2 * Depth + Backward));
        auto add = [&]<class T, int>() { h = hash_combine(h, hash_of_value<T>()); };
        group<Init>::for_each(add);
        group<Xs>::for_each(add);
        return hash_combine(h, tensor_shape{1, {Length}}.hash());
    }();

    template <class T, bool IsElement, int Index>
    struct make_bound {
        constexpr draft_graph operator()() const {
            const attributes whole = plain(facts_of<T>(numbers));
            builder made;
            list<ref> roots;
            roots.push_back(bound_leaf(made, bound_attributes(number, IsElement, Index, IsElement ? of_one_step(whole) : whole)));
            return extract(made, roots);
        }
    };

    static constexpr auto bound_carry() {
        return group_like<Init>([]<class T, int I>() { return make_expr(make_bound<T, false, I>{}); });
    }
    static constexpr auto bound_element() {
        return group_like<Xs>([]<class T, int I>() { return make_expr(make_bound<T, true, I>{}); });
    }
    static constexpr bool takes_carry_and_element() {
        if constexpr (group<Xs>::size == 0)
            return requires(const Step& step) { step(bound_carry()); };
        else
            return requires(const Step& step) { step(bound_carry(), bound_element()); };
    }
    /// What the step gives for what is bound.
    static constexpr auto call(const Step& step) {
        if constexpr (!takes_carry_and_element())
            return no_options{};
        else if constexpr (group<Xs>::size == 0)
            return step(bound_carry());
        else
            return step(bound_carry(), bound_element());
    }
    using made = std::remove_cvref_t<decltype(call(std::declval<const Step&>()))>;
};

/// The bytes of the carries of one step; named extents count 1.
template <class Of, class Init>
constexpr double bytes_of_carries() {
    double bytes = 0;
    group<Init>::for_each([&]<class T, int>() {
        const attributes a = facts_of<T>(Of::numbers);
        double each = static_cast<double>(ctgrad::size_of(a.type));
        for (int k = 0; k < a.shape.rank; ++k) each *= a.shape[k].is_static() ? static_cast<double>(a.shape[k].extent) : 1.0;
        bytes += each;
    });
    return bytes;
}

/// The graph of scan `Of`, whose step gives `Next` and `Outputs`. Its roots are the last carries, then the outputs of all steps.
/// @tparam Kept how many carries a derivative may keep; 0: all.
template <class Of, class Init, class Xs, class Next, class Outputs, dimension Length, bool Backward, int Kept>
struct make_scan {
    constexpr draft_graph operator()() const {
        builder made;
        scan_parts<deferred_t<ref, Of>> parts;
        parts.op = &info<deferred_t<scan_op, Of>>;
        parts.number = Of::number;
        parts.length = Length;
        parts.backward = Backward;
        auto add = [&](auto& to) {
            return [&]<class T, int>() {
                if constexpr (is_literal<T>)
                    to.push_back(constant(made, T::value, Of::numbers));
                else
                    to.push_back(made.import(T::root()));
            };
        };
        group<Init>::for_each(add(parts.carries));
        group<Xs>::for_each(add(parts.sequences));
        group<Next>::for_each(add(parts.next));
        group<Outputs>::for_each(add(parts.outputs));
        const auto results = scan_in_segments(parts, Kept);
        list<ref> roots;
        for (const ref& each : results.last) roots.push_back(each);
        for (const ref& each : results.outputs) roots.push_back(each);
        return extract(made, roots);
    }
};

/// Whether a scan of that number stands in what `root` is made of.
constexpr bool contains_scan(const linked_node& root, std::uint64_t number) {
    builder all;
    all.import(root);
    for (int id = 0; id < all.size(); ++id)
        if (all[id].op->kind == op_kind::scan && all[id].bits == number) return true;
    return false;
}
template <class Group>
constexpr bool contains_scan(std::uint64_t number) {
    bool found = false;
    group<Group>::for_each([&]<class T, int>() {
        if constexpr (is_expr<T>) found = found || contains_scan(T::root(), number);
    });
    return found;
}

} // namespace detail
} // namespace ctgrad
