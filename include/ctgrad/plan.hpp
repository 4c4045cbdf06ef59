// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/plan/print.hpp>
#include <ctgrad/plan/program.hpp>
