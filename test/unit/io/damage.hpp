// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "temporary_folder.hpp"

#include <algorithm>
#include <cstdlib>
#include <random>
#include <string>
#include <string_view>

/// CTGRAD_MUTATIONS: how many damaged files are tried.
inline int mutations() {
    const char* const asked = std::getenv("CTGRAD_MUTATIONS");
    return asked == nullptr ? 300 : std::atoi(asked);
}

/// Some bytes changed, inserted or removed, or the rest cut off; most often in the header.
inline std::string damaged(std::string bytes, std::mt19937& random) {
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

/// Puts damaged forms of a file at `path` one after the other: `read` gets on with each, or throws ctgrad::error.
template <class Read>
void check_damage(const std::string& path, const std::string& whole, Read read) {
    std::mt19937 random(5);
    int refused = 0;
    for (int i = 0; i < mutations(); ++i) {
        put(path, damaged(whole, random));
        try {
            read();
        } catch (const ctgrad::error&) {
            ++refused;
        }
    }
    BOOST_TEST_MESSAGE(refused << " of " << mutations() << " damaged files refused");
    BOOST_TEST(refused > 0);
}
