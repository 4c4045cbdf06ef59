// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/core/hash.hpp>
#include <ctgrad/expr/expr.hpp>
#include <ctgrad/nn/initializers.hpp>

#include <cstdint>

namespace ctgrad {

/// What fills a variable before training, as a layer keeps it; `W = glorot_uniform{}` lives no longer than a call.
template <class Leaf, class Initializer>
struct initial_value {
    using leaf_type = Leaf;
    Initializer data;
};

/// `initializer` for `Leaf` of a model with `model_seed`: each variable has other numbers.
template <leaf_expression Leaf, class Initializer>
initial_value<Leaf, Initializer> initially(Leaf, Initializer initializer, std::uint64_t model_seed) {
    if constexpr (requires { initializer.seed; })
        initializer.seed = hash_combine(hash_combine(model_seed, Leaf::root().name->hash), initializer.seed);
    return {initializer};
}

} // namespace ctgrad
