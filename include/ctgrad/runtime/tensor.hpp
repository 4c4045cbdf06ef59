// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/core/dtype.hpp>
#include <ctgrad/shape/strided.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace ctgrad {

/// A row-major view of the caller's memory with its extents: `view(pointer, n, 784)`.
template <class T>
class tensor_view {
public:
    constexpr tensor_view() = default;
    constexpr tensor_view(T* elements, int rank, const std::int64_t* extent) : elements_(contiguous(elements, rank, extent)) {}

    constexpr T* data() const { return elements_.data; }
    constexpr std::size_t size() const { return static_cast<std::size_t>(elements_.size()); }
    constexpr int rank() const { return elements_.rank; }
    constexpr std::int64_t extent(int axis) const { return elements_.extent[axis]; }
    constexpr T* begin() const { return data(); }
    constexpr T* end() const { return data() + size(); }
    constexpr T& operator[](std::size_t i) const { return data()[i]; }

    /// The element at an index, one number an axis: `view(i, j)`.
    template <std::integral... I>
    constexpr T& operator()(I... i) const {
        const std::int64_t index[] = {static_cast<std::int64_t>(i)..., 0};
        return elements_.at(index);
    }

private:
    strided<T> elements_{};
};

/// The elements at `elements` as a tensor of the given extents, row-major. The memory stays the caller's.
template <class T, std::integral... Extent>
constexpr tensor_view<T> view(T* elements, Extent... extent) {
    const std::int64_t extents[] = {static_cast<std::int64_t>(extent)..., 0};
    return {elements, sizeof...(extent), extents};
}

/// A tensor that owns its elements, row-major: what a `function` returns for a result that is no scalar.
template <element T>
class tensor {
public:
    tensor() = default;
    tensor(int rank, const std::int64_t* extent) : rank_(rank) {
        std::size_t size = 1;
        for (int k = 0; k < rank; ++k) {
            extent_[k] = extent[k];
            size *= static_cast<std::size_t>(extent[k]);
        }
        elements_.resize(size);
    }

    T* data() { return reinterpret_cast<T*>(elements_.data()); }
    const T* data() const { return reinterpret_cast<const T*>(elements_.data()); }
    std::size_t size() const { return elements_.size(); }
    int rank() const { return rank_; }
    std::int64_t extent(int axis) const { return extent_[axis]; }
    T* begin() { return data(); }
    T* end() { return data() + size(); }
    const T* begin() const { return data(); }
    const T* end() const { return data() + size(); }
    T& operator[](std::size_t i) { return data()[i]; }
    const T& operator[](std::size_t i) const { return data()[i]; }

    /// The element at an index, one number an axis: `t(i, j)`.
    template <std::integral... I>
    const T& operator()(I... i) const {
        return view()(i...);
    }
    tensor_view<const T> view() const { return {data(), rank_, extent_}; }

private:
    struct cell { // not bool itself, whose vector has no memory of its elements
        T value;
    };
    std::vector<cell> elements_;
    int rank_ = 0;
    std::int64_t extent_[max_rank]{};
};

} // namespace ctgrad
