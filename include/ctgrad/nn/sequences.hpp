// SPDX-License-Identifier: BSL-1.0
#pragma once

/// @file Layers of sequences: recurrent ones, masks, attention. Not in the umbrella, whose users need not read them: include it beside.

// As in the umbrella.
#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wshadow"
#endif

#include <ctgrad/nn/layers/bidirectional.hpp>
#include <ctgrad/nn/layers/gru.hpp>
#include <ctgrad/nn/layers/lstm.hpp>
#include <ctgrad/nn/layers/masking.hpp>
#include <ctgrad/nn/layers/multi_head_attention.hpp>
#include <ctgrad/nn/layers/simple_rnn.hpp>
#include <ctgrad/nn/layers/time_distributed.hpp>

#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic pop
#endif
