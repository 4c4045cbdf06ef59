// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/expr/expr.hpp>
#include <ctgrad/transform/differentiate.hpp>
#include <ctgrad/transform/simplify.hpp>

#include <string>

namespace ctgrad {

/// A rewrite that fired on a node of `op`.
struct fired_rewrite {
    const rewrite* which = nullptr;
    const op_info* op = nullptr;
};

/// A builder that simplifies as programs do, and keeps which rewrites fired, in that order; those of what is thrown away
/// again are among them. Ordinary programs have nothing of it.
template <class Program = void>
class recording_builder : public builder {
public:
    constexpr recording_builder() : builder(&record) {}

    list<fired_rewrite> fired;

private:
    static constexpr ref record(builder& b, const node& draft) {
        return detail::simplified<Program>(
            b, draft, [&](const rewrite& each) { static_cast<recording_builder&>(b).fired.push_back({&each, draft.op}); });
    }
};

namespace detail {

/// `multiply: 1 x = x, 3 times`, a line for each op and rewrite.
inline std::string to_string(const list<fired_rewrite>& fired) {
    std::string text;
    for (int i = 0; i < fired.size(); ++i) {
        const auto is_alike = [&](const fired_rewrite& other) { return other.which == fired[i].which && *other.op == *fired[i].op; };
        int before = 0, times = 0;
        for (int j = 0; j < fired.size(); ++j)
            if (is_alike(fired[j])) ++(j < i ? before : times);
        if (before > 0) continue;
        text.append(fired[i].op->name).append(": ").append(fired[i].which->name);
        text.append(times == 1 ? ", once\n" : ", " + std::to_string(times) + " times\n");
    }
    return text;
}

} // namespace detail

/// Which rewrites fire where `x` becomes a program, a line for each, as `multiply: 1 x = x, 3 times`; with leaves, also where
/// its gradients to them are made: `std::cout << explain_rewrites(loss, W, b)`. The passes that made the program when it was
/// compiled run again for it.
/// @see docs/rewrites.md, the list of all.
template <expression X, class... V>
    requires(detail::is_expr<X> && (detail::is_expr<V> && ...))
std::string explain_rewrites(X, V...) {
    recording_builder<deferred_t<void, X>> made;
    const auto result = made.import(X::root());
    list<ref> leaves;
    (leaves.push_back(made.import(V::root())), ...);
    if (!leaves.empty()) differentiate(result, leaves);
    return detail::to_string(made.fired);
}

} // namespace ctgrad
