// SPDX-License-Identifier: BSL-1.0
#include <ctgrad/ctgrad.hpp>

int second();

int second() { return 0; }
