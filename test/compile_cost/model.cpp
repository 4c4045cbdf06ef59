// SPDX-License-Identifier: BSL-1.0

// A model of Keras, trained by fit.
#include <ctgrad/ctgrad.hpp>
#include <ctgrad/model.hpp>

namespace ct = ctgrad;
using namespace ct::literals;

double train(const std::vector<float>& X, const std::vector<std::int32_t>& Y) {
    const auto layers = ct::sequential(ct::input<20>, ct::dense<32>(ct::relu), ct::dense<4>());
    auto net = ct::compile(layers, ct::adam(0.001_c), ct::sparse_categorical_crossentropy(ct::from_logits), ct::metrics(ct::accuracy));
    return net.fit(X, Y, {.epochs = 3, .batch_size = 64}).epoch.back()["loss"];
}
