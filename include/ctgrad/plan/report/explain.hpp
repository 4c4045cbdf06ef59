// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/plan/report/figures.hpp>
#include <ctgrad/plan/report/print.hpp>

namespace ctgrad {

namespace detail {

template <class P>
std::string explain_figures() {
    const symbolic_figures figures = count_figures<P>();
    auto line = [](const char* name, const size_sum& sum, const char* unit = "") {
        return std::string(name).append(sum.to_string(P::plan.dimensions)).append(unit).append("\n");
    };
    std::string text = std::to_string(figures.kernels) + " kernels, " + std::to_string(figures.fusion_groups) + " of several values\n";
    text += line("flops: ", figures.flops);
    text += line("bytes read: ", figures.bytes_read);
    text += line("bytes written: ", figures.bytes_written);
    text += line("workspace: ", figures.region_bytes(), " bytes");
    for (int i = 0; i < figures.regions.size(); ++i) {
        size_sum bytes;
        bytes.add(figures.regions[i].size, static_cast<std::int64_t>(size_of(figures.regions[i].type)));
        text += with_number("    region ", i) + line(": ", bytes, " bytes");
    }
    text += with_number("kept for the backward pass: ", figures.kept_values) + " values";
    return text + line(", ", figures.kept_bytes, " bytes");
}

} // namespace detail

/// A compiled program in words: its graph, the kernels of its plan, and its figures (see `figures`) with the named
/// dimensions in them. `function`, `minimize(...)`, `trainer`: `std::cout << explain(f)`. A loop lists the nodes
/// that it computes, those that stay in registers too; what only one of them uses is part of it.
template <has_program F>
std::string explain(const F&) {
    using P = program_of<F>;
    if constexpr (std::same_as<P, poison>)
        return {};
    else
        return explain_program<P>() + detail::explain_figures<P>();
}

} // namespace ctgrad
