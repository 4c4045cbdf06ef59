// expect: truth_must_have_shape_of_prediction
// shows: "compile"
// shows: "[N,10]"
// shows: "[N,8,10]"
// SPDX-License-Identifier: BSL-1.0
// Without flatten each row of an image gets a prediction of its own.
#include <ctgrad/ctgrad.hpp>
#include <ctgrad/model.hpp>

#include <cstdint>
#include <vector>

namespace ct = ctgrad;
using namespace ct::literals;

constexpr auto N = ct::dim<"N">;
constexpr auto images = ct::placeholder<"images", float, N, 8, 8>;
constexpr auto truth = ct::placeholder<"truth", float, N, 10>;
#ifdef FIXED
constexpr auto model = ct::sequential(ct::flatten(), ct::dense<10>(ct::softmax));
#else
constexpr auto model = ct::sequential(ct::dense<10>(ct::softmax));
#endif

int main() {
    auto net = ct::compile(model, ct::adam(), ct::categorical_crossentropy, ct::metrics(ct::accuracy), ct::fed_by(images, truth)); // wrong
}
