// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/ctgrad.hpp>

#include <cmath>
#include <cstddef>
#include <cstring>
#include <vector>

namespace ct = ctgrad;
using namespace ct::literals;

/// A network small enough to be compiled often, with a matrix and a vector to be trained.
inline constexpr auto x = ct::placeholder<"x", float, ct::dim<"N">, 4>;
inline constexpr auto W = ct::variable<"W", float, 4, 3>;
inline constexpr auto b = ct::variable<"b", float, 3>;
inline constexpr auto prediction = ct::tanh(ct::matmul(x, W) + b);
inline constexpr auto loss = ct::reduce_mean(ct::square(prediction - 0.5_c));
inline constexpr auto step = ct::minimize(loss, ct::sgd(0.1_c, ct::momentum = 0.9_c));

/// The data of a step.
inline std::vector<float> inputs(int number) {
    std::vector<float> made(5 * 4);
    for (std::size_t i = 0; i < made.size(); ++i) made[i] = std::sin(static_cast<float>(number * 20) + static_cast<float>(i));
    return made;
}

template <class Trainer>
void take_steps(Trainer& train, int from, int to) {
    for (int i = from; i < to; ++i) (void)train(x = inputs(i));
}

/// All that a trainer keeps.
template <class Trainer>
std::vector<std::byte> bits_of(const Trainer& train) {
    using store = std::remove_cvref_t<decltype(train.parameters())>;
    const std::byte* const begin = train.parameters().data();
    return {begin, begin + store::layout.bytes};
}
