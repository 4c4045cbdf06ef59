// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/core/floating_point.hpp>

#include <cstddef>

namespace ctgrad {

/// A growable array for constexpr passes. It is far cheaper to evaluate at compile time than
/// `std::vector`, whose every `push_back` walks through allocator calls.
template <class T>
class list {
public:
    constexpr list() = default;
    constexpr explicit list(int size) : items_(new T[static_cast<std::size_t>(size)]{}), size_(size), capacity_(size) {}
    constexpr list(int size, const T& value) : list(size) {
        for (int i = 0; i < size; ++i) items_[i] = value;
    }
    constexpr list(const list& other) : list(other.size_) {
        for (int i = 0; i < size_; ++i) items_[i] = other.items_[i];
    }
    constexpr list(list&& other) noexcept : items_(other.items_), size_(other.size_), capacity_(other.capacity_) {
        other.items_ = nullptr;
        other.size_ = other.capacity_ = 0;
    }
    constexpr list& operator=(list other) noexcept {
        swap(items_, other.items_);
        swap(size_, other.size_);
        swap(capacity_, other.capacity_);
        return *this;
    }
    constexpr ~list() { delete[] items_; }

    constexpr void push_back(const T& value) {
        if (size_ == capacity_) grow();
        items_[size_++] = value;
    }
    constexpr void pop_back() { --size_; }
    constexpr void clear() { size_ = 0; }

    constexpr int size() const { return size_; }
    constexpr bool empty() const { return size_ == 0; }
    constexpr T& back() { return items_[size_ - 1]; }
    constexpr const T& back() const { return items_[size_ - 1]; }
    constexpr T& operator[](int i) { return items_[i]; }
    constexpr const T& operator[](int i) const { return items_[i]; }
    constexpr T* begin() { return items_; }
    constexpr T* end() { return items_ + size_; }
    constexpr const T* begin() const { return items_; }
    constexpr const T* end() const { return items_ + size_; }
    constexpr T* data() { return items_; }
    constexpr const T* data() const { return items_; }

    constexpr bool contains(const T& value) const {
        for (const T& item : *this)
            if (item == value) return true;
        return false;
    }

private:
    template <class U>
    static constexpr void swap(U& a, U& b) {
        U t = a;
        a = b;
        b = t;
    }
    constexpr void grow() {
        capacity_ = capacity_ == 0 ? 16 : 4 * capacity_;
        T* larger = new T[static_cast<std::size_t>(capacity_)]{};
        for (int i = 0; i < size_; ++i) larger[i] = items_[i];
        delete[] items_;
        items_ = larger;
    }

    T* items_ = nullptr;
    int size_ = 0;
    int capacity_ = 0;
};

} // namespace ctgrad
