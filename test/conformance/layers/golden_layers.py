#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""golden_layers.py > golden_layers.hpp: values and gradients of Keras' layers of sequences, by plain loops over numbers.

Written from the formulas of Keras, not from those of this library. Inputs are `numbers(seed, shape)`, which the test computes again; the
gradients of sum(y numbers(99, y.shape)) are complex differences: the imaginary part of f(x + ih) / h with h = 1e-30, exact to rounding.
"""

import numpy as np


def numbers(seed, shape):
    count = int(np.prod(shape))
    return np.array([np.sin(0.37 * seed + 0.71 * i + 0.013 * i * i) for i in range(count)]).reshape(shape)


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def product(row, matrix):
    """A row by a matrix, term by term."""
    out = np.zeros(matrix.shape[1], complex)
    for j in range(matrix.shape[1]):
        for k in range(len(row)):
            out[j] += row[k] * matrix[k, j]
    return out


def simple_rnn_step(state, x, kernel, recurrent, bias=None):
    z = product(x, kernel) + product(state[0], recurrent)
    return [np.tanh(z if bias is None else z + bias)]


def lstm_step(state, x, kernel, recurrent, bias):
    u = len(state[0])
    z = product(x, kernel) + product(state[0], recurrent) + bias
    i, f, g, o = sigmoid(z[:u]), sigmoid(z[u:2 * u]), np.tanh(z[2 * u:3 * u]), sigmoid(z[3 * u:])
    c = f * state[1] + i * g
    return [o * np.tanh(c), c]


def gru_step(state, x, kernel, recurrent, bias):
    u, h = len(state[0]), state[0]
    if bias.ndim == 2:  # reset after the product
        a, b = product(x, kernel) + bias[0], product(h, recurrent) + bias[1]
        z, r = sigmoid(a[:u] + b[:u]), sigmoid(a[u:2 * u] + b[u:2 * u])
        candidate = np.tanh(a[2 * u:] + r * b[2 * u:])
    else:
        a = product(x, kernel) + bias
        b = product(h, recurrent[:, :2 * u])
        z, r = sigmoid(a[:u] + b[:u]), sigmoid(a[u:2 * u] + b[u:])
        candidate = np.tanh(a[2 * u:] + product(r * h, recurrent[:, 2 * u:]))
    return [z * h + (1 - z) * candidate]


def run(step, states, units, x, *weights, mask=None, sequences=False, backwards=False):
    outputs = []
    for n in range(x.shape[0]):
        state = [np.zeros(units, complex) for _ in range(states)]
        row = []
        for t in (reversed(range(x.shape[1])) if backwards else range(x.shape[1])):
            if mask is None or mask[n, t]:
                state = step(state, x[n, t], *weights)
            row.append(state[0])
        outputs.append(np.array(row) if sequences else state[0])
    return np.array(outputs)


def both_ways(step, states, units, x, *weights, merge, mask=None, sequences=False):
    half = len(weights) // 2
    there = run(step, states, units, x, *weights[:half], mask=mask, sequences=sequences)
    back = run(step, states, units, x, *weights[half:], mask=mask, sequences=sequences, backwards=True)
    return merge(there, back[:, ::-1] if sequences else back)


def attention(query, value, wq, bq, wk, bk, wv, bv, wo, bo, causal=False, mask=None):
    """Kernels [features, heads, size], the last [heads, size, features]; `mask` of the steps of value and query, which are the same."""
    heads, size = wq.shape[1], wq.shape[2]
    out = np.zeros(query.shape[:2] + (wo.shape[2],), complex)
    for n in range(query.shape[0]):
        for t in range(query.shape[1]):
            out[n, t] += bo
            for h in range(heads):
                q = product(query[n, t], wq[:, h]) + bq[h]
                scores, values = [], []
                for s in range(value.shape[1]):
                    k = product(value[n, s], wk[:, h]) + bk[h]
                    seen = (not causal or s <= t) and (mask is None or (mask[n, s] and mask[n, t]))
                    scores.append(sum(q[i] * k[i] for i in range(size)) / np.sqrt(size) if seen else -1e30 + 0j)
                    values.append(product(value[n, s], wv[:, h]) + bv[h])
                e = np.exp(np.array(scores) - max(z.real for z in scores))
                mixed = sum(e[s] / e.sum() * values[s] for s in range(len(e)))
                for i in range(len(mixed)):
                    out[n, t] += mixed[i] * wo[h, i]
    return out


def group_normalization(x, gamma, beta, groups, epsilon=1e-3):
    out, size = np.zeros(x.shape, complex), x.shape[-1] // groups
    for n in range(x.shape[0]):
        for g in range(groups):
            part = x[n, ..., g * size:(g + 1) * size]
            mean = part.sum() / part.size
            variance = ((part - mean) ** 2).sum() / part.size
            out[n, ..., g * size:(g + 1) * size] = (part - mean) / np.sqrt(variance + epsilon)
    return out * gamma + beta


def rms_normalization(x, scale, epsilon=1e-6):
    out = np.zeros(x.shape, complex)
    for at in np.ndindex(x.shape[:-1]):
        out[at] = x[at] / np.sqrt((x[at] ** 2).sum() / x.shape[-1] + epsilon)
    return out * scale


def layer_normalization(x, gamma, beta, epsilon=1e-3):
    out = np.zeros(x.shape, complex)
    for at in np.ndindex(x.shape[:-1]):
        mean = x[at].sum() / x.shape[-1]
        out[at] = (x[at] - mean) / np.sqrt(((x[at] - mean) ** 2).sum() / x.shape[-1] + epsilon)
    return out * gamma + beta


def listed(values):
    return "{" + ", ".join(repr(float(v)) for v in np.asarray(values).reshape(-1)) + "}"


def wrapped(text, width=136):
    lines, line = [], ""
    for word in text.split(" "):
        if line and len(line) + 1 + len(word) > width:
            lines.append(line)
            line = "    " + word
        else:
            line = line + " " + word if line else word
    return "\n".join(lines + [line])


def case(name, f, *shapes, **how):
    """The value of f for inputs of these shapes, then its gradient to each of them."""
    inputs = [numbers(k + 1, s).astype(complex) for k, s in enumerate(shapes)]
    y = f(*inputs, **how)
    weights = numbers(99, y.shape)
    parts = [listed(y.real)]
    for x in inputs:
        gradient = np.zeros(x.shape)
        for at in np.ndindex(x.shape):
            x[at] += 1e-30j
            gradient[at] = (f(*inputs, **how) * weights).sum().imag / 1e-30
            x[at] = x[at].real
        parts.append(listed(gradient))
    print(wrapped(f"inline const std::vector<std::vector<double>> {name}{{{', '.join(parts)}}};"))


MASK = np.array([[1, 1, 0], [0, 1, 1]])
X, RNN, LSTM, GRU = (2, 3, 2), [(2, 2), (2, 2), (2,)], [(2, 8), (2, 8), (8,)], [(2, 6), (2, 6), (2, 6)]
ATTENTION = [(2, 2, 3), (2, 3), (2, 2, 3), (2, 3), (2, 2, 3), (2, 3), (2, 3, 2), (2,)]

print("""// SPDX-License-Identifier: BSL-1.0
#pragma once

/// @file Made by golden_layers.py; each case is the value, then the gradient to each input.

#include <vector>

namespace golden {
""")
case("simple_rnn_last", lambda *a: run(simple_rnn_step, 1, 2, *a), X, *RNN)
case("simple_rnn_backwards", lambda *a: run(simple_rnn_step, 1, 2, *a, sequences=True, backwards=True), X, *RNN[:2])
case("lstm_last", lambda *a: run(lstm_step, 2, 2, *a), X, *LSTM)
case("lstm_masked", lambda *a: run(lstm_step, 2, 2, *a, mask=MASK, sequences=True), X, *LSTM)
case("gru_sequences", lambda *a: run(gru_step, 1, 2, *a, sequences=True), X, *GRU)
case("gru_reset_before", lambda *a: run(gru_step, 1, 2, *a), X, *GRU[:2], (6,))
case("bidirectional_concat", lambda *a: both_ways(lstm_step, 2, 2, *a, merge=lambda p, q: np.concatenate([p, q], -1), sequences=True),
     X, *LSTM, *LSTM)
case("bidirectional_mul", lambda *a: both_ways(simple_rnn_step, 1, 2, *a, merge=lambda p, q: p * q, mask=MASK), X, *RNN, *RNN)
case("attention_masked", lambda x, *a: attention(x, x, *a, causal=True, mask=MASK), X, *ATTENTION)
case("attention_of_two", attention, (2, 2, 2), (2, 3, 3), (2, 2, 2), (2, 2), (3, 2, 2), (2, 2), (3, 2, 3), (2, 3), (2, 3, 2), (2,))
case("group_normalization", lambda *a: group_normalization(*a, groups=2), (2, 3, 4), (4,), (4,))
case("rms_normalization", rms_normalization, (2, 3), (3,))
case("layer_normalization", layer_normalization, (2, 3), (3,), (3,))
print("\n} // namespace golden")
