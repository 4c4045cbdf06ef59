// SPDX-License-Identifier: BSL-1.0
#pragma once

/// @file The layer `nn`: functions of neural networks, said with ops.

// Their errors then name the user's line early: includes come first.
#include <ctgrad/nn/loss_rules.hpp>
#include <ctgrad/nn/losses/sample_weight.hpp>

#include <ctgrad/nn/activations.hpp>
#include <ctgrad/nn/configured.hpp>
#include <ctgrad/nn/constraints.hpp>
#include <ctgrad/nn/initial_value.hpp>
#include <ctgrad/nn/initializers.hpp>
#include <ctgrad/nn/cross_entropies/ctc.hpp>
#include <ctgrad/nn/cross_entropies/labels_and_logits.hpp>
#include <ctgrad/nn/layers.hpp>
#include <ctgrad/nn/losses.hpp>
#include <ctgrad/nn/metric_rules.hpp>
#include <ctgrad/nn/metrics.hpp>
#include <ctgrad/nn/random.hpp>
#include <ctgrad/nn/regularizers.hpp>
#include <ctgrad/nn/cross_entropies/sigmoid_cross_entropy_with_logits.hpp>
#include <ctgrad/nn/cross_entropies/softmax_cross_entropy_with_logits.hpp>
#include <ctgrad/nn/cross_entropies/sparse_softmax_cross_entropy_with_logits.hpp>
#include <ctgrad/nn/xlogy.hpp>
