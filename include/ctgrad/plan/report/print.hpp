// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/graph/print.hpp>
#include <ctgrad/plan/scan_plan.hpp>

#include <string>

namespace ctgrad {

namespace detail {

/// (A string literal before a temporary string would make g++ 12 warn of an overlap that there is not.)
inline std::string with_number(std::string_view text, int number) {
    std::string out(text);
    out += std::to_string(number);
    return out;
}

inline std::string to_string(const location& at) {
    const char* const places[] = {"registers", "leaf ", "region ", "result ", "block"};
    std::string text = places[static_cast<int>(at.where)];
    if (at.index >= 0) text += std::to_string(at.index);
    return text;
}

/// What a kernel does and where it puts what it computes.
template <class Plan>
std::string to_string(graph_view g, const Plan& plan, const kernel& s) {
    const char* const kinds[] = {"loop", "copy", "contraction", "general", "scan"};
    std::string text = kinds[static_cast<int>(s.kind)];
    if (s.kind != kernel_kind::loop) {
        text += with_number(" %", s.node) + " " + std::string(g[s.node].op->name);
        return text + " -> " + to_string(s.to) + "\n";
    }
    text += std::string(" over ") + ctgrad::to_string(s.space);
    if (s.driver >= 0)
        text += with_number(" behind %", s.driver) + " " + std::string(g[s.driver].op->name) + " -> " + to_string(plan.places[s.driver]);
    text += "\n";
    for (int i = 0; i < s.members; ++i) {
        const int id = plan.members[s.first + i];
        text += with_number("    %", id) + " " + std::string(g[id].op->name) + " -> " + to_string(plan.places[id]) + "\n";
    }
    return text;
}

} // namespace detail

/// Program `P` in words: its graph, then the kernels of its plan. A loop lists the nodes it computes, those
/// that stay in registers too; what only one of them uses is part of it.
template <class P>
std::string explain_program() {
    std::string text = to_string(P::graph());
    for (int i = 0; i < P::plan.kernel_count; ++i)
        text += detail::with_number("kernel ", i) + ": " + detail::to_string(P::graph(), P::plan, P::plan.kernels[i]);
    if constexpr (detail::has_scan_kernels<P>)
        detail::for_each_scan<P>([&]<int S>() {
            using scan = detail::scan_plan<P, S>;
            text += detail::with_number("step of kernel ", S) + ", for each of " + ctgrad::to_string(scan::self.shape) + ":\n";
            text += explain_program<typename scan::step>();
        });
    return text;
}

} // namespace ctgrad
