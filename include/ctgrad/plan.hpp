// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/plan/program.hpp>
#include <ctgrad/plan/report/dot.hpp>
#include <ctgrad/plan/report/explain.hpp>
#include <ctgrad/plan/report/figures.hpp>
#include <ctgrad/plan/report/print.hpp>
