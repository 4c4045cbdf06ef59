// SPDX-License-Identifier: BSL-1.0
#include <ctgrad/io/checkpoint.hpp>

#include "small_network.hpp"
#include "temporary_folder.hpp"

#include <algorithm>
#include <cstdlib>
#include <random>

namespace {

/// CTGRAD_MUTATIONS: how many damaged files are tried.
int mutations() {
    const char* const asked = std::getenv("CTGRAD_MUTATIONS");
    return asked == nullptr ? 500 : std::atoi(asked);
}

/// Some bytes changed, inserted or removed, or the rest cut off; most often in the header.
std::string damaged(std::string bytes, std::mt19937& random) {
    const auto below = [&](std::size_t n) { return std::uniform_int_distribution<std::size_t>(0, n - 1)(random); };
    const auto place = [&] { return below(below(4) == 0 ? bytes.size() : std::min<std::size_t>(bytes.size(), 700)); };
    constexpr std::string_view likely = "0123456789[]{}\",:-.eE \xff\x80";
    const auto byte = [&] { return below(2) == 0 ? likely[below(likely.size())] : static_cast<char>(below(256)); };
    const std::size_t changes = 1 + below(3);
    for (std::size_t i = 0; i < changes && !bytes.empty(); ++i) {
        switch (below(5)) {
        case 0: bytes[place()] ^= static_cast<char>(1U << below(8)); break;
        case 1: bytes[place()] = byte(); break;
        case 2: bytes.insert(place(), 1, byte()); break;
        case 3: bytes.erase(place(), 1 + below(8)); break;
        default: bytes.resize(place()); break;
        }
    }
    return bytes;
}

} // namespace

BOOST_AUTO_TEST_SUITE(io)

BOOST_AUTO_TEST_CASE(damaged_checkpoint_is_loaded_whole_or_changes_nothing) {
    const temporary_folder folder;
    const std::string path = folder / "a.safetensors";
    ct::trainer saved{step, W = ct::glorot_uniform{.seed = 1}};
    take_steps(saved, 0, 3);
    ct::save_checkpoint(path, saved);
    const std::string whole = bytes_in(path);
    std::mt19937 random(5);
    int loaded = 0;
    for (int i = 0; i < mutations(); ++i) {
        put(path, damaged(whole, random));
        ct::trainer train{step, W = ct::glorot_uniform{.seed = 2}};
        const auto before = bits_of(train);
        try {
            ct::load_checkpoint(path, train);
            ++loaded;
        } catch (const ct::error&) {
            BOOST_TEST((bits_of(train) == before));
        }
    }
    BOOST_TEST_MESSAGE(loaded << " of " << mutations() << " damaged files fit");
    BOOST_TEST(loaded < mutations());
}

BOOST_AUTO_TEST_CASE(checkpoint_is_refused_wherever_it_ends) {
    const temporary_folder folder;
    const std::string path = folder / "a.safetensors";
    ct::trainer train{step};
    ct::save_checkpoint(path, train);
    const std::string whole = bytes_in(path);
    const auto before = bits_of(train);
    for (std::size_t size = 0; size < whole.size(); ++size) {
        put(path, whole.substr(0, size));
        BOOST_CHECK_THROW(ct::load_checkpoint(path, train), ct::error);
    }
    put(path, whole + "x");
    BOOST_CHECK_THROW(ct::load_checkpoint(path, train), ct::error);
    BOOST_TEST((bits_of(train) == before));
}

BOOST_AUTO_TEST_SUITE_END()
