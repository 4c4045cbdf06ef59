// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/core/error.hpp>
#include <ctgrad/io/storage_type.hpp>
#include <ctgrad/runtime/data.hpp>
#include <ctgrad/runtime/tensor.hpp>

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstring>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ctgrad {

static_assert(std::endian::native == std::endian::little, "tensors in files are little-endian, and are copied as they are");

/// A tensor in a file: its elements, row-major and little-endian, lie in memory that is not its own.
struct stored_tensor {
    std::string name;
    storage_type type;
    std::vector<std::size_t> shape;
    std::span<const std::byte> bytes;
};

/// `data` as what a file stores under that name: a tensor, a view or a matrix; of other data, as a vector, one axis.
/// Throws `ctgrad::error` where elements do not lie row by row without gaps.
template <detail::contiguous_range D>
stored_tensor named(std::string name, const D& data) {
    using T = typename detail::element_of<D>::type;
    const std::size_t count = detail::count_in(data);
    if (!detail::lies_by_rows(data)) fail("ctgrad: data for a file lie row by row without gaps: give a copy that does");
    stored_tensor made{std::move(name), storage_of(dtype_of<T>), {}, std::as_bytes(std::span(std::data(data), count))};
    if constexpr (detail::has_extents<D, 2>)
        for (int k = 0; k < detail::rank_in(data); ++k) made.shape.push_back(static_cast<std::size_t>(detail::extent_in(data, k)));
    else
        made.shape.push_back(count);
    return made;
}

namespace detail {

/// As `float32 [784,10]`.
inline std::string described(const storage_type& type, std::span<const std::size_t> shape) {
    std::string text(type.name);
    text += " [";
    for (std::size_t k = 0; k < shape.size(); ++k) text.append(k ? "," : "").append(std::to_string(shape[k]));
    return text + "]";
}

/// The bytes that a tensor of that shape takes, or `none` where that is more than memory can address.
inline std::size_t bytes_of(const storage_type& type, std::span<const std::size_t> shape, std::size_t none) {
    if (std::ranges::find(shape, std::size_t{0}) != shape.end()) return 0;
    std::size_t bytes = type.size;
    for (const std::size_t extent : shape) {
        if (bytes > PTRDIFF_MAX / extent) return none;
        bytes *= extent;
    }
    return bytes;
}

/// Refuses bools that are neither 0 nor 1.
inline void require_bools(const std::string& complainer, const stored_tensor& t) {
    if (t.type != storage_of(dtype::boolean)) return;
    const auto other = std::ranges::find_if(t.bytes, [](std::byte b) { return b > std::byte{1}; });
    if (other != t.bytes.end()) fail(complainer + " has a bool that is " + std::to_string(std::to_integer<int>(*other)));
}

/// A copy of `found`.
template <element T>
tensor<T> tensor_of(const std::string& complainer, const stored_tensor& found) {
    if (found.type != storage_of(dtype_of<T>))
        fail(complainer + " is " + described(found.type, found.shape) + " where " + std::string(name_of(dtype_of<T>)) + " was asked for");
    if (found.shape.size() > max_rank) fail(complainer + " has more than " + std::to_string(max_rank) + " axes");
    std::int64_t extents[max_rank]{};
    std::ranges::transform(found.shape, extents, [](std::size_t extent) { return static_cast<std::int64_t>(extent); });
    tensor<T> made(static_cast<int>(found.shape.size()), extents);
    if (made.size() > 0) std::memcpy(made.data(), found.bytes.data(), found.bytes.size());
    return made;
}

/// Refuses tensors of which two have one name.
inline void require_distinct_names(const std::string& complainer, std::span<const stored_tensor> tensors) {
    std::vector<std::string_view> names;
    for (const stored_tensor& t : tensors) names.push_back(t.name);
    std::ranges::sort(names);
    if (const auto twice = std::ranges::adjacent_find(names); twice != names.end())
        fail(complainer + " has two tensors called '" + std::string(*twice) + "'");
}

} // namespace detail

/// All tensors of a file, by name.
class tensor_file {
public:
    using metadata_map = std::map<std::string, std::string>;

    /// @param memory where the bytes of `tensors` lie.
    tensor_file(std::string path, std::vector<std::vector<std::byte>> memory, std::vector<stored_tensor> tensors,
                metadata_map metadata = {})
        : path_(std::move(path)), memory_(std::move(memory)), tensors_(std::move(tensors)), metadata_(std::move(metadata)) {}
    tensor_file(const tensor_file&) = delete;
    tensor_file& operator=(const tensor_file&) = delete;
    tensor_file(tensor_file&&) = default;
    tensor_file& operator=(tensor_file&&) = default;

    const std::string& path() const { return path_; }
    std::span<const stored_tensor> tensors() const { return tensors_; }
    /// What the file says about itself.
    const metadata_map& metadata() const { return metadata_; }

    /// The tensor of that name, or null.
    const stored_tensor* find(std::string_view name) const {
        const auto found = std::ranges::find(tensors_, name, &stored_tensor::name);
        return found == tensors_.end() ? nullptr : &*found;
    }

    /// The tensor of that name; nothing is converted.
    /// **Fails when** there is none, its elements are no `T`, or it has more than 6 axes: `ctgrad::error`.
    template <element T>
    tensor<T> read(std::string_view name) const {
        const stored_tensor* const found = find(name);
        const std::string complainer = path_ + ": tensor '" + std::string(name) + "'";
        if (found == nullptr) fail(complainer + " is missing");
        return detail::tensor_of<T>(complainer, *found);
    }

private:
    std::string path_;
    std::vector<std::vector<std::byte>> memory_;
    std::vector<stored_tensor> tensors_;
    metadata_map metadata_;
};

} // namespace ctgrad
