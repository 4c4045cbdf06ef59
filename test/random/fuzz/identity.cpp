// SPDX-License-Identifier: BSL-1.0

#include "run.hpp"

#include <algorithm>

// No two nodes that differ have one identity: neither by their hash, nor in a builder.

namespace {

using namespace fuzz;

/// What the hash of a node is made of, without its inputs.
struct content {
    attributes a;
    const ct::op_info* op;
};

bool before(const content& x, const content& y) {
    if (x.op != y.op) return x.op < y.op;
    if (x.a.type != y.a.type) return x.a.type < y.a.type;
    if (x.a.bits != y.a.bits) return x.a.bits < y.a.bits;
    for (int k = 0; k < ct::max_rank; ++k)
        if (x.a.numbers[k] != y.a.numbers[k]) return x.a.numbers[k] < y.a.numbers[k];
    if (x.a.shape.rank != y.a.shape.rank) return x.a.shape.rank < y.a.shape.rank;
    for (int k = 0; k < x.a.shape.rank; ++k) {
        const dimension &d = x.a.shape[k], &e = y.a.shape[k];
        if (d.extent != e.extent) return d.extent < e.extent;
        if (!d.is_static() && !(*d.name == *e.name)) return d.name->hash < e.name->hash;
    }
    return false;
}

/// Collects hashes; afterwards no two of different contents may be equal.
class collection {
public:
    void add(const attributes& a, const ct::op_info& op) {
        static const std::uint64_t inputs[ct::max_arity] = {11, 22, 33};
        hashes_.push_back({ct::hash_of(a, op, inputs), {a, &op}});
    }

    void check() {
        std::sort(hashes_.begin(), hashes_.end(), [](const entry& x, const entry& y) { return x.hash < y.hash; });
        long collisions = 0;
        for (std::size_t i = 1; i < hashes_.size(); ++i) {
            const content &x = hashes_[i - 1].of, &y = hashes_[i].of;
            if (hashes_[i - 1].hash != hashes_[i].hash || (!before(x, y) && !before(y, x))) continue;
            if (++collisions > 3) continue;
            BOOST_TEST(false, "one hash for " << shown_of(x) << " and " << shown_of(y));
        }
        BOOST_TEST(collisions == 0);
        BOOST_TEST_MESSAGE(hashes_.size() << " hashes, " << collisions << " collisions");
    }

private:
    struct entry {
        std::uint64_t hash;
        content of;
    };
    static std::string shown_of(const content& c) {
        ct::node n;
        static_cast<attributes&>(n) = c.a;
        n.op = c.op;
        return ct::to_string(n, 0);
    }
    std::vector<entry> hashes_;
};

/// Calls `visit` with every list of `count` numbers from `low` to `high`.
template <class Visit>
void for_all(int count, int low, int high, Visit visit) {
    std::int32_t numbers[ct::max_rank]{};
    std::fill(numbers, numbers + count, low);
    for (;;) {
        visit(static_cast<const std::int32_t*>(numbers));
        int k = count - 1;
        while (k >= 0 && ++numbers[k] > high) numbers[k--] = low;
        if (k < 0) return;
    }
}

attributes with(const tensor_shape& shape, int count, const std::int32_t* numbers) {
    attributes a;
    a.shape = shape;
    std::copy(numbers, numbers + count, a.numbers);
    return a;
}

/// A random attribute list of any op.
attributes anything(dice& roll) {
    static constexpr dtype types[] = {dtype::float32, dtype::float64, dtype::int32, dtype::boolean};
    attributes a;
    a.type = roll.any_of(types);
    for (int rank = roll.below(7); a.shape.rank < rank;)
        a.shape.append(roll.one_in(8) ? dim_n : roll.one_in(8) ? dim_m : dimension(roll.below(9)));
    const int used = roll.below(7);
    for (int k = 0; k < used; ++k) a.numbers[k] = roll.between(-1, 8);
    if (roll.one_in(4)) a.bits = static_cast<std::uint64_t>(roll.below(4));
    return a;
}

} // namespace

BOOST_AUTO_TEST_SUITE(fuzz_identity)

BOOST_AUTO_TEST_CASE(offsets_of_boxes_have_hashes_of_their_own) {
    collection all;
    for (int rank = 1; rank <= 6; ++rank) {
        const int largest = rank <= 3 ? 8 : rank == 4 ? 6 : 4;
        tensor_shape box;
        for (int k = 0; k < rank; ++k) box.append(2);
        for_all(rank, 0, largest, [&](const std::int32_t* begin) {
            all.add(with(box, rank, begin), ct::info<ct::slice_op>);
            all.add(with(box, rank, begin), ct::info<ct::pad_op>);
        });
    }
    for_all(4, 0, 8, [&](const std::int32_t* n) { // two axes: all offsets and extents
        all.add(with(ct::shape(n[2], n[3]), 2, n), ct::info<ct::slice_op>);
        all.add(with(ct::shape(n[2], n[3]), 2, n), ct::info<ct::pad_op>);
    });
    all.check();
}

BOOST_AUTO_TEST_CASE(views_have_hashes_of_their_own) {
    collection all;
    for (int rank = 1; rank <= 6; ++rank)
        for_all(rank, -1, 5, [&](const std::int32_t* axes) {
            tensor_shape threes, mixed;
            for (int k = 0; k < rank; ++k) {
                threes.append(3);
                mixed.append(k % 2 ? dim_n : dimension(k));
            }
            all.add(with(threes, rank, axes), ct::info<ct::view_op>);
            all.add(with(mixed, rank, axes), ct::info<ct::view_op>);
        });
    all.check();
}

BOOST_AUTO_TEST_CASE(shapes_have_hashes_of_their_own) {
    collection all;
    for (int rank = 0; rank <= 6; ++rank)
        for_all(rank, rank <= 5 ? -2 : 0, rank <= 4 ? 8 : 5, [&](const std::int32_t* extents) {
            attributes a;
            for (int k = 0; k < rank; ++k) a.shape.append(extents[k] == -2 ? dim_n : extents[k] == -1 ? dim_m : dimension(extents[k]));
            all.add(a, ct::info<ct::reshape_op>);
        });
    all.check();
}

BOOST_AUTO_TEST_CASE(axes_types_and_constants_have_hashes_of_their_own) {
    collection all;
    for (int axes = 0; axes < 64; ++axes)
        for (int rank = 0; rank <= 6; ++rank) {
            attributes a;
            a.numbers[0] = axes;
            for (int k = 0; k < rank; ++k) a.shape.append(3);
            for (const ct::op_info* op :
                 {&ct::info<ct::reduce_sum_op>, &ct::info<ct::reduce_max_op>, &ct::info<ct::reduce_min_op>, &ct::info<ct::reduce_prod_op>,
                  &ct::info<ct::argmax_op>, &ct::info<ct::concat_op>, &ct::info<ct::coordinate_op>, &ct::info<ct::gather_op>})
                all.add(a, *op);
        }
    dice roll(5);
    for (int i = 0; i < 300000; ++i) {
        attributes a;
        a.bits = roll.one_in(2) ? roll.bits() : std::bit_cast<std::uint64_t>(static_cast<double>(roll.between(-1000, 1000)) / 8);
        all.add(a, ct::info<ct::constant_op>);
    }
    all.check();
}

BOOST_AUTO_TEST_CASE(random_attributes_have_hashes_of_their_own) {
    static const ct::op_info* const ops[] = {&ct::info<ct::slice_op>, &ct::info<ct::view_op>, &ct::info<ct::pad_op>, &ct::info<ct::add_op>};
    collection all;
    dice roll(option("--first", 1));
    for (int i = 0; i < 1000000; ++i) all.add(anything(roll), *roll.any_of(ops));
    all.check();
}

BOOST_AUTO_TEST_CASE(a_builder_keeps_different_nodes_apart) {
    for_seeds(200, [](std::uint64_t seed) -> std::string {
        dice roll(seed);
        ct::builder made;
        const ref x = made.add(ct::info<ct::constant_op>, attributes{}, nullptr);
        std::vector<content> known{{*x, x->op}};
        for (int i = 0; i < 300; ++i) {
            attributes a = anything(roll);
            for (int k = 3; k < ct::max_rank; ++k) a.numbers[k] = 0;
            const ct::op_info& op = roll.one_in(2) ? ct::info<ct::view_op> : ct::info<ct::pad_op>;
            const ref y = made.add(op, a, &x);
            a.type = x->type;
            if (const content c{a, &op}; y.id == static_cast<int>(known.size()))
                known.push_back(c);
            else if (before(known[static_cast<std::size_t>(y.id)], c) || before(c, known[static_cast<std::size_t>(y.id)]))
                return "two nodes became one: " + ct::to_string(*y, y.id);
        }
        return {};
    });
}

BOOST_AUTO_TEST_SUITE_END()
