// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/io/detail/input_file.hpp>
#include <ctgrad/io/detail/npy_format.hpp>
#include <ctgrad/io/detail/output_file.hpp>

/// NumPy's file of one array: `numpy.save`, `numpy.load`.
namespace ctgrad::npy {

/// Reads a whole NPY file of version 1 to 3; nothing is converted but the order of bytes and of axes that lie column by column.
/// **Fails when** the file cannot be read, is no NPY file, holds another type than T, more than 6 axes, or is longer or shorter
/// than its header says: `ctgrad::error`, which names the file.
/// Source: https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html
template <element T>
[[nodiscard]] tensor<T> read(const std::string& path) {
    std::vector<std::byte> memory = ctgrad::detail::input_file("npy::read", path).read_rest();
    const std::string complainer = "npy::read: " + path;
    const stored_tensor found = ctgrad::detail::parse_npy(complainer, "", memory);
    return ctgrad::detail::tensor_of<T>(complainer, found);
}

/// Writes a tensor, a view, or other data, as a vector, as one axis: `npy::write("a.npy", view(data, n, 784))`. The file is
/// replaced when the new one is complete and on the disk.
/// **Fails when** the file cannot be written: `ctgrad::error`; the old one stays then.
template <ctgrad::detail::contiguous_range D>
void write(const std::string& path, const D& data) {
    const stored_tensor given = named("", data);
    ctgrad::detail::output_file file("npy::write", path);
    const std::string header = ctgrad::detail::npy_header_of("npy::write: " + path, given);
    file.write(std::as_bytes(std::span(header)));
    file.write(given.bytes);
    file.commit();
}

} // namespace ctgrad::npy
