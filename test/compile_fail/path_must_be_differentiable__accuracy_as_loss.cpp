// expect: path_must_be_differentiable
// shows: "W"
// shows: "argmax"
// SPDX-License-Identifier: BSL-1.0
// The accuracy counts; it has no slope.
#include <ctgrad/ctgrad.hpp>

namespace ct = ctgrad;

constexpr auto N = ct::dim<"N">;
constexpr auto x = ct::placeholder<"x", float, N, 784>;
constexpr auto W = ct::variable<"W", float, 784, 10>;
constexpr auto labels = ct::placeholder<"labels", std::int32_t, N>;
constexpr auto logits = ct::matmul(x, W);
constexpr auto accuracy = ct::reduce_mean(ct::cast<float>(ct::equal(ct::argmax(logits, ct::axis<1>), labels)));
constexpr auto truth = ct::one_hot<float>(labels, ct::depth<10>);
constexpr auto loss = ct::reduce_mean(ct::square(ct::sigmoid(logits) - truth));
#ifdef FIXED
constexpr auto grads = ct::gradient(loss, W);
#else
constexpr auto grads = ct::gradient(accuracy, W); // wrong
#endif
