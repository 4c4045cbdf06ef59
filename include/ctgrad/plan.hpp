// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/plan/dot.hpp>
#include <ctgrad/plan/explain.hpp>
#include <ctgrad/plan/figures.hpp>
#include <ctgrad/plan/print.hpp>
#include <ctgrad/plan/program.hpp>
