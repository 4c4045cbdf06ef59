// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "random_graph.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <vector>

namespace random_test {

/// The run-time sizes of the named dimensions; once smaller than a vector, once larger than a tile of a product.
inline std::int64_t size_of(const ct::symbol* name, int round) {
    const bool is_rows = name == &ct::symbol_of<"rows">;
    return round == 0 ? (is_rows ? 3 : 2) : (is_rows ? 67 : 53);
}

inline ct::interpreter_input make_input(ct::graph_view g, std::uint64_t seed, int round) {
    ct::interpreter_input in;
    in.sizes.push_back({&ct::symbol_of<"rows">, size_of(&ct::symbol_of<"rows">, round)});
    in.sizes.push_back({&ct::symbol_of<"width">, size_of(&ct::symbol_of<"width">, round)});
    dice roll{seed + 77};
    for (int i = 0; i < g.size; ++i) {
        if (g[i].op->kind != ct::op_kind::leaf) continue;
        std::int64_t n = 1;
        for (int k = 0; k < g[i].shape.rank; ++k) n *= in.size_of(g[i].shape[k]);
        ct::value_list values(static_cast<int>(n));
        for (double& v : values) v = ct::rounded(g[i].type, roll.below(4001) / 1000.0 - 2.0);
        in.leaves.push_back({g[i].name, values});
    }
    return in;
}

/// Elements of dtype `t` in memory, and back.
inline std::vector<std::byte> packed(ct::dtype t, const ct::value_list& values) {
    std::vector<std::byte> bytes(static_cast<std::size_t>(values.size()) * ct::size_of(t));
    for (int i = 0; i < values.size(); ++i) {
        std::byte* at = bytes.data() + static_cast<std::size_t>(i) * ct::size_of(t);
        const float f = static_cast<float>(values[i]);
        if (t == ct::dtype::float32)
            std::memcpy(at, &f, sizeof f);
        else
            std::memcpy(at, &values[i], sizeof(double));
    }
    return bytes;
}

inline double unpacked(ct::dtype t, const std::byte* bytes, int i) {
    float f;
    double d;
    std::memcpy(&f, bytes + 4 * i, 4);
    if (t == ct::dtype::float32) return static_cast<double>(f);
    std::memcpy(&d, bytes + 8 * i, 8);
    return d;
}

/// Runs the program of a seed as generated code and compares it with the interpreter on the graph as
/// the dice fell. Returns a text that says where they differ, or nothing.
template <std::uint64_t Seed>
std::string compare(int round) {
    constexpr int updates = Seed < first_with_updates ? 0 : 2;
    using P = ct::program<make_random<Seed>, 2, updates>;
    const ct::draft_graph meaning = random_graph(Seed, false);
    const ct::interpreter_input in = make_input(meaning.view(), Seed, round);
    const ct::interpreter expected(meaning.view(), in);

    std::int64_t sizes[ct::max_named_dimensions]{};
    for (int i = 0; i < P::plan.dimensions.count; ++i) sizes[i] = size_of(P::plan.dimensions.names[i], round);
    std::vector<std::vector<std::byte>> data;
    std::vector<const void*> leaves;
    std::vector<std::vector<std::byte>> results(2);
    std::vector<void*> places;
    for (int i = 0; i < P::plan.leaf_count; ++i) data.push_back(packed(type_of(Seed), in.values_of(P::graph()[P::plan.leaves[i]])));
    for (const auto& d : data) leaves.push_back(d.data());
    for (int r = 0; r < 2; ++r) {
        results[static_cast<std::size_t>(r)].resize(static_cast<std::size_t>(expected.result(r).size()) * 8 + 8);
        places.push_back(results[static_cast<std::size_t>(r)].data());
    }
    for (int r = 2; r < 2 + updates; ++r)
        for (int i = 0; i < P::plan.leaf_count; ++i)
            if (P::source().target_of(r) == P::plan.leaves[i]) places.push_back(data[static_cast<std::size_t>(i)].data());
    const ct::detail::workspace_layout<P> layout(sizes);
    ct::buffer workspace(layout.size());
    ct::run_program<P>({leaves.data(), places.data(), sizes, workspace.data(), layout.offsets});

    const double tolerance = type_of(Seed) == ct::dtype::float32 ? 2e-4 : 1e-11;
    for (int r = 0; r < 2 + updates; ++r) {
        double scale = 1;
        for (double v : expected.result(r))
            if (std::isfinite(v)) scale = std::max(scale, std::abs(v));
        for (int i = 0; i < expected.result(r).size(); ++i) {
            const double want = expected.result(r)[i],
                         got = unpacked(type_of(Seed), static_cast<std::byte*>(places[static_cast<std::size_t>(r)]), i);
            if (want == got || (std::isnan(want) && std::isnan(got)) || std::abs(want - got) <= tolerance * scale) continue;
            return "seed " + std::to_string(Seed) + " result " + std::to_string(r) + " element " + std::to_string(i) + ": " +
                   std::to_string(got) + " instead of " + std::to_string(want) + "\n" + ct::to_string(P::graph());
        }
    }
    return {};
}

template <std::uint64_t First, std::uint64_t... I>
void compare_all(std::integer_sequence<std::uint64_t, I...>) {
    for (int round : {0, 1}) {
        for (const std::string& difference : {compare<First + I>(round)...}) BOOST_TEST(difference == "");
    }
}

} // namespace random_test
