// SPDX-License-Identifier: BSL-1.0
#include <ctgrad/core/fault.hpp>

#include <boost/test/unit_test.hpp>

#include <string_view>

namespace ct = ctgrad;

BOOST_AUTO_TEST_SUITE(core_fault)

BOOST_AUTO_TEST_CASE(a_finding_has_its_facts_in_order) {
    constexpr ct::finding fine, found(ct::fault::dtypes_must_match, "add", ct::phrase("[") << 3 << "]", std::string_view("float64"));
    static_assert(fine.is_fine() && fine.count == 0 && !found.is_fine() && found.count == 3);
    static_assert(std::string_view(found.facts[0]) == "add" && std::string_view(found.facts[1]) == "[3]" &&
                  std::string_view(found.facts[2]) == "float64");
    static_assert(!ct::finding(ct::fault::reported).is_fine());
}

BOOST_AUTO_TEST_CASE(the_first_fault_is_told) {
    constexpr ct::finding a(ct::fault::rank_must_fit, "a"), b(ct::fault::rank_must_fit, "b");
    static_assert(std::string_view(ct::first_of({{}, a, {}, b}).facts[0]) == "a");
    static_assert(ct::first_of({{}, {}}).is_fine() && ct::first_of({}).is_fine());
}

BOOST_AUTO_TEST_CASE(long_facts_are_cut) {
    constexpr ct::finding found(ct::fault::rank_must_fit, "a name of more letters than an error can show of it");
    static_assert(std::string_view(found.facts[0]).size() == ct::longest_fact && std::string_view(found.facts[0]).ends_with("..."));
}

BOOST_AUTO_TEST_SUITE_END()
