// SPDX-License-Identifier: BSL-1.0

#include <ctgrad/simd/threefry.hpp>

#include <boost/test/unit_test.hpp>

#include <cstdint>

namespace simd = ctgrad::simd;

namespace {

using word = std::uint32_t;

struct answer {
    simd::word_pair<word> counter, key, twenty, thirteen;
};

/// The known answers that come with Random123 (kat_vectors).
constexpr answer answers[] = {
    {{0, 0}, {0, 0}, {0x6b200159u, 0x99ba4efeu}, {0x9d1c5ec6u, 0x8bd50731u}},
    {{0xffffffffu, 0xffffffffu}, {0xffffffffu, 0xffffffffu}, {0x1cb996fcu, 0xbb002be7u}, {0xfd36d048u, 0x2d17272cu}},
    {{0x243f6a88u, 0x85a308d3u}, {0x13198a2eu, 0x03707344u}, {0xc4923a9cu, 0x483df7a0u}, {0xba3e4725u, 0xf27d669eu}},
};

constexpr bool equal(simd::word_pair<word> a, simd::word_pair<word> b) { return a.first == b.first && a.second == b.second; }

constexpr bool answers_are_right() {
    for (const answer& each : answers)
        if (!equal(simd::threefry(each.counter, each.key), each.twenty) ||
            !equal(simd::threefry<13>(each.counter, each.key), each.thirteen))
            return false;
    return true;
}
static_assert(answers_are_right());

} // namespace

BOOST_AUTO_TEST_SUITE(simd_threefry)

BOOST_AUTO_TEST_CASE(lanes_equal_scalars) {
    using lanes = simd::vec<word, 8>;
    for (const answer& each : answers) {
        const auto got = simd::threefry(simd::word_pair<lanes>{simd::iota<lanes>() + lanes(each.counter.first), lanes(each.counter.second)},
                                        simd::word_pair<lanes>{lanes(each.key.first), lanes(each.key.second)});
        for (int i = 0; i < 8; ++i) {
            const auto wanted = simd::threefry({each.counter.first + static_cast<word>(i), each.counter.second}, each.key);
            BOOST_TEST((got.first[i] == wanted.first && got.second[i] == wanted.second));
        }
    }
}

BOOST_AUTO_TEST_SUITE_END()
