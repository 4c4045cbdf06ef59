// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/kernel/run_program.hpp>

#include <cstddef>
#include <cstring>
#include <new>
#include <utility>

namespace ctgrad {

/// Aligned memory that only grows: a workspace, or (zeros at first) the elements of a parameter store.
class buffer {
public:
    buffer() = default;
    explicit buffer(std::size_t bytes) {
        reserve(bytes);
        if (bytes > 0) std::memset(bytes_, 0, bytes);
    }
    buffer(const buffer& other) : buffer(other.size_) {
        if (size_ > 0) std::memcpy(bytes_, other.bytes_, size_);
    }
    buffer(buffer&& other) noexcept : bytes_(std::exchange(other.bytes_, nullptr)), size_(std::exchange(other.size_, 0)) {}
    buffer& operator=(buffer other) noexcept {
        std::swap(bytes_, other.bytes_);
        std::swap(size_, other.size_);
        return *this;
    }
    ~buffer() {
        if (bytes_ != nullptr) ::operator delete(bytes_, std::align_val_t{buffer_alignment});
    }

    /// Makes room for `bytes`; what was there is not kept.
    void reserve(std::size_t bytes) {
        if (bytes <= size_) return;
        *this = buffer();
        bytes_ = static_cast<std::byte*>(::operator new(bytes, std::align_val_t{buffer_alignment}));
        size_ = bytes;
    }

    std::byte* data() { return bytes_; }
    const std::byte* data() const { return bytes_; }
    std::size_t size() const { return size_; }

private:
    std::byte* bytes_ = nullptr;
    std::size_t size_ = 0;
};

/// Scratch memory for calls of a `function`, kept by the caller so that calls do not allocate.
using workspace = buffer;

} // namespace ctgrad
