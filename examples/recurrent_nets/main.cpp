// SPDX-License-Identifier: BSL-1.0
// Models of sequences, and what they make of what they are given: of docs/how_to/recurrent_nets.md.
#include <ctgrad/ctgrad.hpp>
#include <ctgrad/nn/sequences.hpp>

#include <cstdint>
#include <cstdio>
#include <vector>

namespace ct = ctgrad;
using namespace ct::literals;

constexpr auto N = ct::dim<"N">;
constexpr auto x = ct::placeholder<"x", float, N, 20, 3>;
constexpr auto words = ct::placeholder<"words", std::int32_t, N, 20>;

// The last output, or all of them for the layer behind.
constexpr auto tone = ct::sequential(ct::input<20, 3>, ct::gru<32>(ct::return_sequences<true>), ct::gru<16>(), ct::dense<1>());

// Both directions; what they say of a step stands side by side.
constexpr auto tags = ct::sequential(ct::input<20, 3>, ct::bidirectional(ct::lstm<8>(ct::return_sequences<true>)), ct::dense<5>());

// Sequences of different length, padded with zeros.
constexpr auto padded = ct::sequential(ct::input<20, 3>, ct::masking(), ct::dense<8>(ct::relu), ct::lstm<8>(), ct::dense<1>());

// Class 0 is no word.
constexpr auto sentence =
    ct::sequential(ct::input_of<std::int32_t, 20>, ct::embedding<1000, 16>(ct::mask_zero<true>), ct::gru<16>(), ct::dense<2>());

// A length that is known when the program runs.
constexpr auto T = ct::dim<"T">;
constexpr auto signal = ct::placeholder<"signal", float, N, T, 3>;
constexpr auto y = ct::placeholder<"y", float, N, 1>;
constexpr auto any_length = ct::sequential(ct::lstm<8>(), ct::dense<1>());
constexpr auto step_of_any_length = ct::minimize(ct::reduce_mean(ct::square(any_length(signal) - y)), ct::adam(0.01_c));

// Attention between layers that keep the shape.
constexpr auto block = ct::sequential(ct::residual(ct::layer_normalization(), ct::multi_head_attention<4, 8>(ct::use_causal_mask<true>)),
                                      ct::residual(ct::layer_normalization(), ct::dense<64>(ct::gelu), ct::dense<3>()));

// Two inputs: a sequence and what is known besides.
constexpr auto facts = ct::placeholder<"facts", float, N, 4>;
constexpr auto both = ct::sequential(ct::parallel(ct::lstm<8>(), ct::dense<8>(ct::relu)), ct::concatenate(), ct::dense<1>());

// One's own recurrence: a step from the carry and what is given at a step to the next carry.
constexpr auto leak = ct::variable<"leak", float>;
constexpr auto leaky = [](auto sequences) {
    const auto by_time = ct::transpose(sequences, ct::permutation<1, 0, 2>);
    const auto step = [](auto carry, auto now) { return leak * carry + (1_c - leak) * now; };
    return ct::fold(step, ct::fill<float>(ct::dims<N, 3>, 0_c), by_time);
};

static_assert(tone(x).shape() == ct::shape(N, 1) && tags(x).shape() == ct::shape(N, 20, 5) && padded(x).shape() == ct::shape(N, 1));
static_assert(sentence(words).shape() == ct::shape(N, 2) && any_length(signal).shape() == ct::shape(N, 1));
static_assert(block(x).shape() == x.shape() && both(std::make_tuple(x, facts)).shape() == ct::shape(N, 1));

int main() {
    const std::vector<float> steps(60, 1);
    ct::function f{leaky(x)};
    std::printf("1 minus a half to the power of 20: %.6f\n", static_cast<double>(f(x = steps, leak = 0.5F).data()[0]));

    // Two sequences of 30 steps, then two of 5: one program.
    ct::trainer train{step_of_any_length, any_length.initial_values(signal, 1)};
    const std::vector<float> longer(2 * 30 * 3, 0.5F), shorter(2 * 5 * 3, -0.5F), truth{1, 1}, other_truth{-1, -1};
    float loss = 0;
    for (int i = 0; i < 200; ++i) loss = train(signal = longer, y = truth) + train(signal = shorter, y = other_truth);
    std::printf("learned: %s\n", loss < 0.01F ? "yes" : "no");
    return 0;
}
