// expect: weights_must_have_axes_of_values
// shows: [10]
// shows: [N]
// shows: sparse_categorical_accuracy
// SPDX-License-Identifier: BSL-1.0
// A weight for each class where one for each example is expected.
#include <ctgrad/ctgrad.hpp>

namespace ct = ctgrad;

constexpr auto N = ct::dim<"N">;
constexpr auto x = ct::placeholder<"x", float, N, 784>;
constexpr auto W = ct::variable<"W", float, 784, 10>;
constexpr auto prediction = ct::softmax(ct::matmul(x, W));
constexpr auto classes = ct::placeholder<"classes", std::int32_t, N>;
constexpr auto of_classes = ct::placeholder<"of_classes", float, 10>;
constexpr auto of_examples = ct::placeholder<"of_examples", float, N>;
constexpr auto hits = ct::sparse_categorical_accuracy();
#ifdef FIXED
constexpr auto totals = hits.totals(classes, prediction, of_examples);
#else
constexpr auto totals = hits.totals(classes, prediction, of_classes); // wrong
#endif
