// SPDX-License-Identifier: BSL-1.0
#include "allocations.hpp"

#include <atomic>
#include <cstdlib>
#include <new>

namespace {

std::atomic<int> count = 0;

void* counted_allocation(std::size_t size, std::size_t alignment) {
    ++count;
    if (void* p = std::aligned_alloc(alignment, (size + alignment) / alignment * alignment)) return p;
    throw std::bad_alloc();
}

} // namespace

int allocation_count() { return count; }

void* operator new(std::size_t size) { return counted_allocation(size, 16); }
void* operator new(std::size_t size, std::align_val_t alignment) { return counted_allocation(size, static_cast<std::size_t>(alignment)); }
void operator delete(void* p) noexcept { std::free(p); }
void operator delete(void* p, std::size_t) noexcept { std::free(p); }
void operator delete(void* p, std::align_val_t) noexcept { std::free(p); }
void operator delete(void* p, std::size_t, std::align_val_t) noexcept { std::free(p); }
