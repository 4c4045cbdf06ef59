// SPDX-License-Identifier: BSL-1.0

// Examples of docs/reference, each a paragraph: see test/reference.py.

#include <ctgrad/nn.hpp>
#include <ctgrad/nn/sequences.hpp>

namespace ct = ctgrad;
using namespace ct::literals;

namespace reference {

// What stands in all examples of sequences: 20 steps of 4 features.
constexpr auto N = ct::dim<"N">;
constexpr auto s = ct::placeholder<"s", float, N, 20, 4>;
constexpr auto facts = ct::placeholder<"facts", float, N, 4>;

static_assert(ct::simple_rnn<8>()(s).shape() == ct::shape(N, 8));

static_assert(ct::lstm<8>()(s).shape() == ct::shape(N, 8));
static_assert(ct::lstm<8>(ct::return_sequences<true>, ct::go_backwards)(s).shape() == ct::shape(N, 20, 8));

static_assert(ct::gru<8>(ct::reset_after<false>)(s).shape() == ct::shape(N, 8));

static_assert(ct::bidirectional(ct::lstm<8>())(s).shape() == ct::shape(N, 16));
static_assert(ct::bidirectional(ct::gru<8>(ct::return_sequences<true>), ct::add)(s).shape() == ct::shape(N, 20, 8));

static_assert(ct::time_distributed(ct::dense<3>())(s).shape() == ct::shape(N, 20, 3));

// `masking`
static_assert(ct::sequential(ct::masking(), ct::dense<8>(), ct::lstm<8>())(s).shape() == ct::shape(N, 8));

// `masked`
constexpr auto counts = ct::placeholder<"counts", float, N, 20>;
static_assert(ct::lstm<8>()(ct::masked{s, counts > 0_c}).shape() == ct::shape(N, 8));

static_assert(ct::multi_head_attention<4, 16>(ct::use_causal_mask<true>)(s).shape() == ct::shape(N, 20, 4));
static_assert(ct::multi_head_attention<4, 16>()(std::make_tuple(ct::expand_dims(facts, ct::axis<1>), s)).shape() == ct::shape(N, 1, 4));

static_assert(ct::group_normalization<2>()(s).shape() == ct::shape(N, 20, 4));

static_assert(ct::rms_normalization()(s).shape() == ct::shape(N, 20, 4));

// `branches`
static_assert(ct::sequential(ct::branches(ct::dense<8>(ct::relu), ct::dense<8>(ct::tanh)), ct::add)(facts).shape() == ct::shape(N, 8));

// `concatenate`
static_assert(ct::sequential(ct::branches(ct::dense<8>(), ct::linear), ct::concatenate())(facts).shape() == ct::shape(N, 12));

// `ave`
static_assert(ct::sequential(ct::branches(ct::relu, ct::tanh), ct::ave)(facts).shape() == ct::shape(N, 4));

// `parallel`
constexpr auto of_two = ct::sequential(ct::parallel(ct::lstm<8>(), ct::dense<8>()), ct::add);
static_assert(of_two(std::make_tuple(s, facts)).shape() == ct::shape(N, 8));

// `residual`
static_assert(ct::sequential(ct::residual(ct::dense<8>(ct::relu), ct::dense<4>()))(facts).shape() == ct::shape(N, 4));

} // namespace reference
