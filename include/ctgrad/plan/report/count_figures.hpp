// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/plan/dataflow.hpp>
#include <ctgrad/plan/running_sums.hpp>
#include <ctgrad/plan/scan_plan.hpp>

namespace ctgrad {

struct convolution_op;
struct convolution_input_op;
struct convolution_kernel_op;

/// What one run of a program costs: see `figures`.
struct program_figures {
    std::int64_t flops = 0;
    std::int64_t bytes_read = 0;
    std::int64_t bytes_written = 0;
    std::int64_t workspace_bytes = 0;
    int kernels = 0;       ///< Loops, copies, matrix products and ops' own loops.
    int fusion_groups = 0; ///< Those that compute several values.
    int kept_values = 0;
    std::int64_t kept_bytes = 0;
};

namespace detail {

/// The figures of a program, before the sizes of its named dimensions are known.
struct symbolic_figures {
    size_sum flops, bytes_read, bytes_written, kept_bytes;
    list<region> regions;
    int kernels = 0, fusion_groups = 0, kept_values = 0;

    constexpr program_figures at(const std::int64_t* sizes) const {
        program_figures f{flops.value(sizes), bytes_read.value(sizes), bytes_written.value(sizes), 0, kernels, fusion_groups,
                          kept_values,        kept_bytes.value(sizes)};
        for (const region& s : regions)
            f.workspace_bytes +=
                static_cast<std::int64_t>(aligned(static_cast<std::size_t>(size_sum::value_of(s.size, sizes)) * size_of(s.type)));
        return f;
    }
    /// The workspace without the padding of its regions.
    constexpr size_sum region_bytes() const {
        size_sum sum;
        for (const region& s : regions) sum.add(s.size, static_cast<std::int64_t>(size_of(s.type)));
        return sum;
    }
};

/// Adds up what the kernels of a plan do.
template <class Plan>
class figure_counter {
public:
    constexpr figure_counter(graph_view g, const Plan& plan) : g_(g), plan_(plan) {}

    symbolic_figures out;

    /// A loop; what it reads of its driver is still in the first cache.
    template <class Loop>
    constexpr void count_loop(const Loop& loop, int driver) {
        for (int t = 0; t < Loop::term_count; ++t) {
            const term& self = loop.terms[t];
            const node& n = g_[self.node];
            if (self.kind == term_kind::apply) out.flops.add(size(self.node), n.op->flops);
            if (self.kind == term_kind::load && self.node != driver) {
                const walk& w = loop.loads[self.detail];
                out.bytes_read.add(moved(w, loop.rank, loop.extent), bytes(w.type) * passes_with(loop, t));
            }
        }
        for (int r = 0; r < Loop::output_count; ++r) {
            const loop_output& output = loop.outputs[r];
            const node& n = g_[output.node];
            if (output.kind != output_kind::store) out.flops.add(size(n.inputs[0]), n.op->flops);
            if (output.written) out.bytes_written.add(moved(output.out, loop.rank, loop.extent), bytes(n.type));
            if (output.kind == output_kind::in_memory) out.bytes_read.add(moved(output.out, loop.rank, loop.extent), bytes(n.type));
        }
    }

    /// A matrix product, or a kernel with a loop of its own. `stays`: what it makes lies in memory.
    constexpr void count_operation(int id, bool stays = true) {
        const node& n = g_[id];
        for (int k = 0; k < n.op->arity; ++k) {
            const walk w = walk_of(g_, plan_, n.inputs[k]);
            const extent_list extents = extents_of(g_[n.inputs[k]].shape, plan_.dimensions);
            out.bytes_read.add(moved(w, extents.rank, extents.extent), bytes(w.type));
        }
        if (stays) out.bytes_written.add(size(id), bytes(n.type));
        if (n.op->kind == op_kind::contraction)
            out.flops.add(size(n.inputs[0]) * extent_of(n.shape[n.shape.rank - 1], plan_.dimensions), n.op->flops);
        else if (n.op->item_axes >= 0) {
            tensor_shape shapes[max_arity], leading = g_[n.inputs[0]].shape;
            for (int k = 0; k < n.op->arity; ++k) shapes[k] = g_[n.inputs[k]].shape;
            leading.rank -= n.op->item_axes;
            out.flops.add(size_of(leading, plan_.dimensions), n.op->item_flops(n, shapes));
        } else if (is_op<convolution_op>(*n.op))
            count_convolution(id, n.inputs[1]);
        else if (is_op<convolution_input_op>(*n.op))
            count_convolution(n.inputs[1], n.inputs[0]);
        else if (is_op<convolution_kernel_op>(*n.op))
            count_convolution(n.inputs[1], id);
        else
            out.flops.add(size(n.inputs[0]), n.op->flops);
    }

    /// Whether the product that drives a loop stays in memory when that loop is done with it.
    constexpr bool driver_stays(const kernel& s) const {
        const location at = plan_.places[s.driver];
        for (int i = 0; i < s.members; ++i)
            if (plan_.places[plan_.members[s.first + i]] == at) return false;
        return at.where != place::block;
    }

    constexpr void count_kept(int kernels) {
        list<bool> forward(g_.size, false), kept(g_.size, false);
        forward[g_.roots[0]] = true;
        for (int id = g_.roots[0]; id >= 0; --id)
            for (int k = 0; forward[id] && k < g_[id].op->arity; ++k) forward[g_[id].inputs[k]] = true;
        dataflow flow(g_, plan_, kernels);
        for (int s = 0; s < kernels; ++s) {
            bool works_forward = false;
            flow.for_each_computed(s, [&](int id) { works_forward = works_forward || forward[id]; });
            if (works_forward) continue;
            flow.for_each_source(s, [&](int id, int) {
                if (!forward[id] || kept[id] || plan_.places[id].where != place::workspace) return;
                kept[id] = true;
                ++out.kept_values;
                out.kept_bytes.add(size(id), bytes(g_[id].type));
            });
        }
    }

private:
    constexpr extent_product size(int id) const { return ctgrad::size_of(g_[id].shape, plan_.dimensions); }
    /// Each element of y is a sum of products of a window, those of zeros beside x among them.
    constexpr void count_convolution(int y, int kernel) {
        const tensor_shape& window = g_[kernel].shape;
        out.flops.add(size(y), 2 * window.static_size() / window[window.rank - 1].extent);
    }
    static constexpr std::int64_t bytes(dtype type) { return static_cast<std::int64_t>(ctgrad::size_of(type)); }

    /// How many elements a walk comes to.
    static constexpr extent_product moved(const walk& w, int rank, const extent_product* extent) {
        extent_product elements;
        for (int k = 0; k < rank; ++k)
            if (w.stride[k].factor != 0) elements = elements * extent[k];
        return elements;
    }

    /// In how many passes of the loop term `t` is needed: a load that waits for no pass is repeated in each.
    template <class Loop>
    static constexpr int passes_with(const Loop& loop, int t) {
        int count = 0;
        for (int pass = 0; pass < loop.passes; ++pass) {
            bool needed = loop.is_used_in(pass, t);
            for (int r = 0; r < Loop::output_count; ++r) needed = needed || (pass == 0 && loop.outputs[r].term == t);
            count += needed ? 1 : 0;
        }
        return loop.terms[t].invariant ? 1 : count;
    }

    graph_view g_;
    const Plan& plan_;
};

template <class P>
constexpr symbolic_figures count_figures();

/// All steps of a scan.
template <class P, int S>
constexpr void count_steps(symbolic_figures& out) {
    using plan = scan_plan<P, S>;
    constexpr const plan& self = scan_plan_of<P, S>;
    const symbolic_figures step = count_figures<typename plan::step>();
    auto repeated = [&](size_sum& sum, const size_sum& each) {
        sum.add_all(each, self.sizes_at, plan::step::plan.dimensions.count, plan::length());
    };
    repeated(out.flops, step.flops);
    repeated(out.bytes_read, step.bytes_read);
    repeated(out.bytes_written, step.bytes_written);
    out.kernels += step.kernels;
    out.fusion_groups += step.fusion_groups;
}

/// The bytes beside the regions: for long sums that run on in memory, and for scans.
template <class P>
constexpr std::size_t further_workspace(const std::int64_t* sizes) {
    std::size_t most = 0;
    for_each_scan<P>([&]<int S>() {
        using step = typename scan_plan<P, S>::step;
        const step_sizes<P, S> of_step(sizes);
        std::size_t room = scan_plan_of<P, S>.room_for_carries(sizes) + further_workspace<step>(of_step.of);
        for (int i = 0; i < step::plan.region_count; ++i)
            room += aligned(scan_plan<P, S>::bytes(step::plan.regions[i].size, step::plan.regions[i].type, of_step.of));
        most = room > most ? room : most;
    });
    return most + aligned(static_cast<std::size_t>(room_for_running_sums<P>(sizes)));
}

template <class P>
constexpr symbolic_figures count_figures() {
    figure_counter counter(P::graph(), P::plan);
    auto count = [&]<int S>(std::integral_constant<int, S>) {
        constexpr kernel s = P::plan.kernels[S];
        ++counter.out.kernels;
        counter.out.fusion_groups += s.members + (s.driver >= 0 ? 1 : 0) > 1 ? 1 : 0;
        if constexpr (s.driver >= 0) counter.count_operation(s.driver, counter.driver_stays(s));
        if constexpr (s.kind == kernel_kind::loop || s.kind == kernel_kind::copy)
            counter.count_loop(P::template loop<S>, s.driver);
        else if constexpr (s.kind == kernel_kind::scan)
            count_steps<P, S>(counter.out);
        else
            counter.count_operation(s.node);
    };
    [&]<int... S>(std::integer_sequence<int, S...>) {
        [[maybe_unused]] const bool counted[] = {true, (count(std::integral_constant<int, S>{}), true)...};
    }(std::make_integer_sequence<int, P::plan.kernel_count>{});
    counter.count_kept(P::plan.kernel_count);
    for (int i = 0; i < P::plan.region_count; ++i) counter.out.regions.push_back(P::plan.regions[i]);
    return counter.out;
}

} // namespace detail
} // namespace ctgrad
