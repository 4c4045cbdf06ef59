// SPDX-License-Identifier: BSL-1.0

// Prints the table of docs/rewrites.md, from the table that programs are compiled with.
#include <ctgrad/graph.hpp>
#include <ctgrad/ops.hpp>
#include <ctgrad/ops/all.hpp>
#include <ctgrad/rewrite.hpp>

#include <cstdint>
#include <iostream>
#include <string_view>

namespace ct = ctgrad;

namespace {

template <class... Op>
std::string_view name_of(std::uint64_t hash, ct::op_list<Op...>) {
    std::string_view name = "any elementwise";
    ((hash == ct::op_hash<Op> ? void(name = Op::name) : void()), ...);
    return name;
}

void print(const ct::rewrite_list& rewrites) {
    for (const ct::rewrite& each : rewrites) {
        std::cout << "| " << name_of(each.op, ct::all_ops{}) << " | ";
        for (const char c : each.name) std::cout << (c == '|' ? "\\|" : std::string_view(&c, 1));
        std::cout << " | " << each.where << " |\n";
    }
}

} // namespace

int main() {
    print(ct::elementwise_rewrites);
    print(ct::all_rewrites<>);
}
