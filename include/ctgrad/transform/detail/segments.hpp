// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/ops/concat.hpp>
#include <ctgrad/ops/detail/scan_op.hpp>
#include <ctgrad/ops/reshape.hpp>
#include <ctgrad/ops/slice.hpp>

/// @file A scan whose derivative keeps few carries is a scan of scans: the outer keeps the carries between segments, the inner is done
/// again for its derivative. Source: Griewank and Walther, Evaluating Derivatives (2008), ch. 12.

namespace ctgrad::detail {

/// The last carries and the outputs of all steps.
template <class Ref>
struct scan_results {
    list<Ref> last, outputs;
};

template <class Ref>
constexpr scan_results<Ref> results_of(const scan_parts<Ref>& parts) {
    const Ref scan = parts.finish();
    scan_results<Ref> out;
    for (int c = 0; c < parts.carries.size(); ++c) out.last.push_back(last_carry(scan, c, attributes(*parts.carries[c])));
    for (int i = 0; i < parts.outputs.size(); ++i) out.outputs.push_back(outputs_of_steps(scan, i, attributes(*parts.outputs[i])));
    return out;
}

/// How a scan of `length` steps is cut, so that at most about `kept` carries are there at once: `count` segments of `steps`, and the rest.
struct segmentation {
    int count = 0, steps = 0;

    /// As few levels as there is room for, of about as many segments each.
    constexpr segmentation(int length, int kept) {
        for (int levels = 2; count == 0; ++levels) {
            int root = 2;
            while (!reaches(root, levels, length)) ++root;
            if (levels * root <= kept || root == 2) count = root;
        }
        steps = (length + count - 1) / count;
        count = length / steps;
    }

private:
    static constexpr bool reaches(int root, int levels, int length) {
        std::int64_t product = 1;
        for (int i = 0; i < levels && product < length; ++i) product *= root;
        return product >= length;
    }
};

/// Elements [from, from + count) of the first axis, of segments of `steps` if that is not 0.
template <class Ref>
constexpr Ref part_of_sequence(Ref x, int from, int count, int steps) {
    attributes box;
    box.shape = x.shape();
    box.shape[0] = count;
    box.numbers[0] = from;
    const Ref part = box.shape == x.shape() ? x : apply<slice_op>(box, x);
    if (steps == 0) return part;
    attributes cut;
    cut.shape.append(count / steps);
    cut.shape.append(steps);
    for (int k = 1; k < x.shape().rank; ++k) cut.shape.append(x.shape()[k]);
    return apply<reshape_op>(cut, part);
}

/// `x`, of segments, as one sequence.
template <class Ref>
constexpr Ref without_segments(Ref x) {
    attributes whole;
    const tensor_shape from = x.shape();
    whole.shape.append(static_cast<int>(from[0].extent * from[1].extent));
    for (int k = 2; k < from.rank; ++k) whole.shape.append(from[k]);
    return apply<reshape_op>(whole, x);
}

/// A scan, cut so that its derivative keeps at most about `kept` carries; 0: all.
template <class Ref>
constexpr scan_results<Ref> scan_in_segments(const scan_parts<Ref>& whole, int kept, int depth = 0) {
    const int length = static_cast<int>(whole.length.extent);
    if (kept == 0 || length <= kept) return results_of(whole);
    const segmentation cut(length, kept);
    const int done = cut.count * cut.steps, rest = length - done;

    auto of_range = [&](const list<Ref>& carries, int from, int count) {
        scan_parts<Ref> part = whole;
        part.length = count;
        part.carries = carries;
        for (Ref& each : part.sequences) each = part_of_sequence(each, from, count, 0);
        return scan_in_segments(part, kept, depth);
    };
    scan_results<Ref> of_rest;
    if (rest > 0 && whole.backward) of_rest = of_range(whole.carries, done, rest);

    scan_parts<Ref> outer, inner = whole;
    outer.op = whole.op;
    outer.number = hash_combine(whole.number, static_cast<std::uint64_t>(depth) + 1);
    outer.length = cut.count;
    outer.backward = whole.backward;
    outer.sums_in_carries = true;
    outer.carries = rest > 0 && whole.backward ? of_rest.last : whole.carries;
    for (const Ref& each : whole.sequences) outer.sequences.push_back(part_of_sequence(each, 0, done, cut.steps));
    inner.length = cut.steps;
    inner.carries.clear();
    inner.sequences.clear();
    for (int c = 0; c < outer.carries.size(); ++c) inner.carries.push_back(outer.carry(c));
    for (int i = 0; i < outer.sequences.size(); ++i) inner.sequences.push_back(outer.element(i));
    const scan_results<Ref> segment = scan_in_segments(inner, kept - cut.count > 2 ? kept - cut.count : 2, depth + 1);
    outer.next = segment.last;
    outer.outputs = segment.outputs;
    scan_results<Ref> out = results_of(outer);
    for (Ref& each : out.outputs) each = without_segments(each);
    if (rest == 0) return out;

    if (!whole.backward) {
        of_rest = of_range(out.last, done, rest);
        out.last = of_rest.last;
    }
    for (int i = 0; i < out.outputs.size(); ++i) out.outputs[i] = apply<concat_op>(attributes{}, out.outputs[i], of_rest.outputs[i]);
    return out;
}

} // namespace ctgrad::detail
