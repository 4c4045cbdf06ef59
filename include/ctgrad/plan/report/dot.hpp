// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/plan/report/figures.hpp>
#include <ctgrad/plan/report/print.hpp>

namespace ctgrad {

namespace detail {

/// Writes the drawing of a plan.
template <class Plan>
class plan_drawing {
public:
    plan_drawing(program_graph program, const Plan& plan)
        : program_(program), g_(program.graph), plan_(plan), flow_(program.graph, plan, Plan::kernel_count) {}

    std::string text() {
        std::string out = "digraph program {\n    node [shape=box, style=rounded];\n";
        for (int i = 0; i < Plan::leaf_count; ++i) out += box(plan_.leaves[i], " [shape=ellipse, style=solid, label=");
        for (int s = 0; s < Plan::kernel_count; ++s) out += draw_kernel(s);
        for (int s = 0; s < Plan::kernel_count; ++s)
            flow_.for_each_source(s, [&](int source, int reader) {
                if (source != reader) out += edge(source, name_of_node(reader));
            });
        for (int r = 0; r < program_.results(); ++r) out += draw_result(r);
        return out + "}\n";
    }

private:
    static std::string name_of_node(int id) { return with_number("n", id); }

    std::string box(int id, const char* how = " [label=") const {
        return std::string("    ") + name_of_node(id) + how + "\"%" + std::to_string(id) + " " + label_of(id) + "\"];\n";
    }

    std::string label_of(int id) const {
        std::string label(g_[id].op->name);
        if (g_[id].op->is_named()) label.append(" ").append(g_[id].name->text);
        return label;
    }

    std::string draw_kernel(int s) {
        const kernel& self = plan_.kernels[s];
        std::string inside;
        flow_.for_each_computed(s, [&](int id) { inside.append("    ").append(box(id)); });
        if (inside.empty()) return {}; // a copy: its arrow says it
        std::string out = with_number("    subgraph cluster_", s) + " {\n        label=\"kernel " + std::to_string(s);
        if (self.kind == kernel_kind::loop) out.append(": loop over ").append(ctgrad::to_string(self.space));
        return out.append("\";\n").append(inside).append("    }\n");
    }

    /// A result and what it is made of: a computed node, a leaf or what is generated, perhaps under views.
    std::string draw_result(int r) const {
        int id = program_.graph.roots[r];
        while (flow_.kernel_of[id] < 0 && g_[id].op->arity > 0) id = g_[id].inputs[0];
        const std::string name = with_number("r", r);
        const bool update = r >= program_.outputs;
        const std::string label = update ? std::string("new ") + label_of(program_.target_of(r)) : with_number("result ", r);
        std::string out = is_drawn(id) ? "" : box(id);
        return out + "    " + name + " [shape=plain, label=\"" + label + "\"];\n" + edge(id, name);
    }
    bool is_drawn(int id) const { return flow_.kernel_of[id] >= 0 || g_[id].op->kind == op_kind::leaf; }

    /// A value in registers, or in a block of a product, is a dashed arrow.
    std::string edge(int from, const std::string& to) const {
        const place at = plan_.places[from].where;
        const bool in_memory = at != place::nowhere && at != place::block;
        return std::string("    ") + name_of_node(from) + " -> " + to + " [label=\"" + ctgrad::to_string(g_[from].shape) +
               (in_memory ? "\"];\n" : "\", style=dashed];\n");
    }

    program_graph program_;
    graph_view g_;
    const Plan& plan_;
    dataflow<Plan> flow_;
};

} // namespace detail

/// A compiled program (`function`, `minimize(...)`, `trainer`) as a drawing for Graphviz: `dot -Tsvg`. A box is a
/// kernel of the plan with the values that it computes; an arrow is a value with its shape, dashed where it never lies
/// in memory as a whole. What only one value uses is part of it, as in `explain`.
template <has_program F>
std::string to_dot(const F&) {
    using P = program_of<F>;
    if constexpr (std::same_as<P, poison>)
        return {};
    else
        return detail::plan_drawing(P::source(), P::plan).text();
}

} // namespace ctgrad
