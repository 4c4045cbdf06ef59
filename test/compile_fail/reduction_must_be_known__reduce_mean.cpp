// expect: reduction_must_be_known
// shows: "reduction"
// SPDX-License-Identifier: BSL-1.0
// A function of tensors where the name of a reduction belongs.
#include <ctgrad/ctgrad.hpp>

namespace ct = ctgrad;

#ifdef FIXED
constexpr auto loss = ct::huber(ct::reduction = ct::sum_over_batch_size);
#else
constexpr auto loss = ct::huber(ct::reduction = ct::reduce_mean); // wrong
#endif
