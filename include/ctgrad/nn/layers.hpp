// SPDX-License-Identifier: BSL-1.0
#pragma once

/// @file Layers and models of them; those of sequences are in ctgrad/nn/sequences.hpp.

#include <ctgrad/nn/layers/activation.hpp>
#include <ctgrad/nn/layers/batch_normalization.hpp>
#include <ctgrad/nn/layers/branches.hpp>
#include <ctgrad/nn/layers/dense.hpp>
#include <ctgrad/nn/layers/dropout.hpp>
#include <ctgrad/nn/layers/embedding.hpp>
#include <ctgrad/nn/layers/flatten.hpp>
#include <ctgrad/nn/layers/group_normalization.hpp>
#include <ctgrad/nn/layers/layer.hpp>
#include <ctgrad/nn/layers/layer_normalization.hpp>
#include <ctgrad/nn/layers/model.hpp>
#include <ctgrad/nn/layers/rms_normalization.hpp>
#include <ctgrad/nn/layers/sequential.hpp>
