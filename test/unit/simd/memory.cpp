// SPDX-License-Identifier: BSL-1.0
#include <ctgrad/simd/memory.hpp>

#include <sys/mman.h>
#include <unistd.h>

#include "ulp.hpp"

#include <boost/test/unit_test.hpp>

namespace {

namespace lanes = ctgrad::simd;
using ctgrad::test::measure;
using ctgrad::test::sweep;

/// A page with one that must not be touched on either side.
class guarded_page {
public:
    guarded_page() : size_{static_cast<std::size_t>(sysconf(_SC_PAGESIZE))} {
        all_ = mmap(nullptr, 3 * size_, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        BOOST_REQUIRE(all_ != MAP_FAILED);
        BOOST_REQUIRE(mprotect(begin(), size_, PROT_READ | PROT_WRITE) == 0);
    }
    guarded_page(const guarded_page&) = delete;
    guarded_page& operator=(const guarded_page&) = delete;
    ~guarded_page() { munmap(all_, 3 * size_); }

    char* begin() const { return static_cast<char*>(all_) + size_; }
    char* end() const { return begin() + size_; }

private:
    std::size_t size_;
    void* all_ = nullptr;
};

/// Loads and stores n of W elements that end where the page ends; whatever touches more ends the program.
template <class V>
void check_partial() {
    using T = typename V::element;
    const guarded_page page;
    for (std::size_t n = 0; n <= static_cast<std::size_t>(V::lanes); ++n) {
        T* const data = reinterpret_cast<T*>(page.end()) - n;
        for (std::size_t i = 0; i < n; ++i) data[i] = static_cast<T>(i + 1);
        const V v = lanes::load_partial<V>(data, n);
        for (std::size_t i = 0; i < static_cast<std::size_t>(V::lanes); ++i)
            BOOST_TEST(v[static_cast<int>(i)] == static_cast<T>(i < n ? i + 1 : 0));
        lanes::store_partial(data, v + v, n);
        for (std::size_t i = 0; i < n; ++i) BOOST_TEST(data[i] == static_cast<T>(2 * (i + 1)));
        // What lies after the first n stays.
        T around[2 * V::lanes]{};
        lanes::store_partial(around + 1, V(T{7}), n);
        for (std::size_t i = 0; i < static_cast<std::size_t>(2 * V::lanes); ++i)
            BOOST_TEST(around[i] == static_cast<T>(i >= 1 && i <= n ? 7 : 0));
        BOOST_TEST(lanes::all(!(lanes::first_lanes<V>(n) ^ (lanes::iota<V>() < V(static_cast<T>(n))))));
    }
}

} // namespace

BOOST_AUTO_TEST_SUITE(simd)
BOOST_AUTO_TEST_SUITE(memory)

BOOST_AUTO_TEST_CASE(partial_moves_touch_the_first_n_elements_only) {
    check_partial<lanes::vec<float, 2>>();
    check_partial<lanes::vec<float, 4>>();
    check_partial<lanes::vec<double, 2>>();
    check_partial<lanes::vec<float, lanes::native_lanes<float>>>();
    check_partial<lanes::vec<double, lanes::native_lanes<double>>>();
    check_partial<lanes::vec<std::int32_t, lanes::native_lanes<std::int32_t>>>();
    check_partial<lanes::vec<std::int64_t, lanes::native_lanes<std::int64_t>>>();
    check_partial<lanes::vec<float, 2 * lanes::native_lanes<float>>>();
}

BOOST_AUTO_TEST_CASE(any_address_will_do) {
    float data[9]{0, 1, 2, 3, 4, 5, 6, 7, 8};
    using V = lanes::vec<float, 4>;
    for (int at = 0; at <= 5; ++at) BOOST_TEST(lanes::load<V>(data + at)[3] == static_cast<float>(at + 3));
    lanes::store(data + 1, lanes::load<V>(data + 4));
    BOOST_TEST(data[1] == 4.0F);
    BOOST_TEST(data[4] == 7.0F);
    BOOST_TEST(data[5] == 5.0F);
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()
