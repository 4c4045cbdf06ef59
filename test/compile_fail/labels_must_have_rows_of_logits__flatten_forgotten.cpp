// expect: labels_must_have_rows_of_logits
// shows: "compile"
// shows: "[N]"
// shows: "[N,8,10]"
// SPDX-License-Identifier: BSL-1.0
// Without flatten each row of an image would need a class of its own.
#include <ctgrad/ctgrad.hpp>
#include <ctgrad/model.hpp>

#include <cstdint>
#include <vector>

namespace ct = ctgrad;
using namespace ct::literals;

constexpr auto N = ct::dim<"N">;
constexpr auto images = ct::placeholder<"images", float, N, 8, 8>;
constexpr auto digits = ct::placeholder<"digits", std::int32_t, N>;
#ifdef FIXED
constexpr auto model = ct::sequential(ct::flatten(), ct::dense<10>(ct::softmax));
#else
constexpr auto model = ct::sequential(ct::dense<10>(ct::softmax));
#endif

int main() {
    constexpr auto loss = ct::sparse_categorical_crossentropy;
    auto net = ct::compile(model, ct::adam(), loss, ct::metrics(ct::accuracy), ct::fed_by(images, digits)); // wrong
}
