// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/io/detail/kept_tensors.hpp>
#include <ctgrad/io/detail/npy_format.hpp>
#include <ctgrad/io/detail/output_file.hpp>
#include <ctgrad/io/detail/zip_archive.hpp>

/// NumPy's archive of named arrays: `numpy.savez`, `numpy.savez_compressed`, `numpy.load`. Needs libzip.
namespace ctgrad::npz {

namespace detail {

inline tensor_file read_for(const std::string& reader, const std::string& path) {
    constexpr std::string_view ending = ".npy";
    const std::string complainer = reader + ": " + path;
    const ctgrad::detail::zip_reader archive(complainer, path);
    std::vector<std::vector<std::byte>> memory;
    std::vector<stored_tensor> tensors;
    for (std::uint64_t i = 0; i < archive.count(); ++i) {
        const std::string name = archive.name(i);
        if (!name.ends_with(ending)) continue;
        memory.push_back(archive.read(i));
        tensors.push_back(
            ctgrad::detail::parse_npy(complainer + ": entry '" + name + "'", name.substr(0, name.size() - ending.size()), memory.back()));
    }
    ctgrad::detail::require_distinct_names(complainer, tensors);
    return {path, std::move(memory), std::move(tensors)};
}

inline void write_for(const std::string& writer, const std::string& path, std::span<const stored_tensor> tensors) {
    const std::string complainer = writer + ": " + path;
    if (tensors.empty()) fail(complainer + " cannot be made of no tensors");
    ctgrad::detail::require_distinct_names(complainer, tensors);
    std::vector<std::vector<std::byte>> memory;
    ctgrad::detail::zip_writer archive(complainer);
    for (const stored_tensor& t : tensors) {
        const std::string header = ctgrad::detail::npy_header_of(complainer + ": tensor '" + t.name + "'", t);
        std::vector<std::byte>& bytes = memory.emplace_back(header.size() + t.bytes.size());
        std::ranges::copy(std::as_bytes(std::span(header)), bytes.begin());
        std::ranges::copy(t.bytes, bytes.begin() + static_cast<std::ptrdiff_t>(header.size()));
        archive.add(t.name + ".npy", bytes);
    }
    const std::vector<std::byte> made = archive.finish();
    ctgrad::detail::output_file file(writer, path);
    file.write(made);
    file.commit();
}

} // namespace detail

/// Reads all arrays of an NPZ file; other files in it do not count.
/// **Fails when** the file cannot be read, is no zip archive, a checksum is wrong, or an array is none that `npy::read` takes:
/// `ctgrad::error`, which names the file and the entry.
[[nodiscard]] inline tensor_file read(const std::string& path) { return detail::read_for("npz::read", path); }

/// Writes tensors: `npz::write("a.npz", {named("x", images), named("y", labels)})`. Equal tensors make equal files. The file is
/// replaced when the new one is complete and on the disk.
/// **Fails when** there are no tensors, two have one name, or the file cannot be written: `ctgrad::error`; the old one stays then.
inline void write(const std::string& path, const std::vector<stored_tensor>& tensors) { detail::write_for("npz::write", path, tensors); }

/// Writes the variables of `train`, as `ctgrad::save_variables` does.
template <class Trainer>
void save_variables(const std::string& path, const Trainer& train) {
    if constexpr (!ctgrad::detail::is_poison<Trainer>)
        detail::write_for("npz::save_variables", path,
                          ctgrad::detail::stored_tensors(ctgrad::detail::store_in(train), ctgrad::detail::kept::variables));
}

/// Reads variables by name, as `ctgrad::load_variables` does.
template <class Trainer, class... Asked>
void load_variables(const std::string& path, Trainer& train, const Asked&... asked) {
    ctgrad::detail::fill_variables("npz::load_variables", path, detail::read_for, train, asked...);
}

} // namespace ctgrad::npz
