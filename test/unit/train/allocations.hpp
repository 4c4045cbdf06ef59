// SPDX-License-Identifier: BSL-1.0
#pragma once

/// How often this program has allocated memory with operator new.
int allocation_count();
