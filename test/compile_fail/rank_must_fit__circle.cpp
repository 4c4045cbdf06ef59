// expect: rank_must_fit
// shows: circle
// shows: [10,2,4]
// SPDX-License-Identifier: BSL-1.0
// Embeddings of rows are compared in pairs: they are a matrix.
#include <ctgrad/ctgrad.hpp>

namespace ct = ctgrad;

constexpr auto labels = ct::placeholder<"labels", std::int32_t, 10, 2>;
constexpr auto embeddings = ct::placeholder<"embeddings", float, 10, 2, 4>;
#ifdef FIXED
constexpr auto loss = ct::circle()(ct::reshape(labels, ct::dims<20>), ct::reshape(embeddings, ct::dims<20, 4>));
#else
constexpr auto loss = ct::circle()(labels, embeddings); // wrong
#endif
