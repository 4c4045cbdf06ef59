// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/ops/sin.hpp> // where the cosine is too, as each is the other's derivative
