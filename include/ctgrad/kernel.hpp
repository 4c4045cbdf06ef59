// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/kernel/run_program.hpp>
