// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/io/detail/input_file.hpp>
#include <ctgrad/io/detail/output_file.hpp>
#include <ctgrad/io/tensor_file.hpp>

#include <nlohmann/json.hpp>

#include <cstdint>
#include <iterator>
#include <set>

/// The safetensors format: 8 bytes with the length of the header, the header in JSON, which says of each tensor its
/// type, shape and place, then the elements without gaps; all numbers little-endian. Needs JSON for Modern C++.
namespace ctgrad::safetensors {

namespace detail {

using ctgrad::detail::bytes_of;
using ctgrad::detail::described;
using ctgrad::detail::input_file;
using nlohmann::json;

/// What readers of other languages accept too.
inline constexpr std::uint64_t longest_header = 100'000'000;

/// JSON in which no object says two things under one name.
inline json parse(const input_file& file, const std::vector<std::byte>& text) {
    std::vector<std::set<std::string>> names;
    const auto note = [&](int, json::parse_event_t event, json& parsed) {
        if (event == json::parse_event_t::object_start) names.emplace_back();
        if (event == json::parse_event_t::object_end) names.pop_back();
        if (event == json::parse_event_t::key && !names.back().insert(parsed.get<std::string>()).second)
            file.refuse("says twice what '" + parsed.get<std::string>() + "' is");
        return true;
    };
    const auto* const begin = reinterpret_cast<const char*>(text.data());
    try {
        return json::parse(begin, begin + text.size(), note);
    } catch (const json::exception& problem) {
        file.refuse(std::string("has no JSON in its header: ") + problem.what());
    }
}

inline std::size_t natural(const input_file& file, const json& number, const std::string& place) {
    file.require(number.is_number_unsigned(), place + " must be a natural number, not " + number.dump());
    return number.get<std::size_t>();
}

inline const json& part(const input_file& file, const json& entry, const char* name, const std::string& place) {
    const auto found = entry.find(name);
    file.require(found != entry.end(), place + "has no " + name);
    return *found;
}

inline stored_tensor parse_tensor(const input_file& file, const std::string& name, const json& entry, std::span<const std::byte> data) {
    const std::string place = "tensor '" + name + "' ";
    file.require(entry.is_object(), place + "must be an object, not " + entry.dump());
    const json& type = part(file, entry, "dtype", place);
    const auto* const known = std::ranges::find_if(storage_types, [&](const storage_type& t) { return type == t.safetensors; });
    file.require(known != std::end(storage_types), place + "has an unknown dtype " + type.dump());
    stored_tensor made{name, *known, {}, {}};

    const json& shape = part(file, entry, "shape", place);
    file.require(shape.is_array(), place + "must have an array as shape, not " + shape.dump());
    for (const json& extent : shape) made.shape.push_back(natural(file, extent, place + "extent"));

    const json& offsets = part(file, entry, "data_offsets", place);
    file.require(offsets.is_array() && offsets.size() == 2, place + "must have two data_offsets, not " + offsets.dump());
    const std::size_t begin = natural(file, offsets[0], place + "offset"), end = natural(file, offsets[1], place + "offset");
    file.require(begin <= end && end <= data.size(),
                 place + "lies at " + offsets.dump() + " of " + std::to_string(data.size()) + " bytes of elements");
    const std::size_t expected = bytes_of(made.type, made.shape, SIZE_MAX);
    file.require(end - begin == expected, place + "has " + std::to_string(end - begin) + " bytes where " +
                                              described(made.type, made.shape) + " needs " +
                                              (expected == SIZE_MAX ? "more than memory can address" : std::to_string(expected)));
    made.bytes = data.subspan(begin, end - begin);
    ctgrad::detail::require_bools(file.name() + ": tensor '" + name + "'", made);
    return made;
}

/// Each tensor must begin where another ends, the first at 0, and the last end where the data do.
inline void require_no_gaps(const input_file& file, std::vector<stored_tensor>& tensors, std::span<const std::byte> data) {
    const auto place = [&](const stored_tensor& t) { return std::pair(t.bytes.data() - data.data(), t.bytes.size()); };
    std::ranges::sort(tensors, {}, place);
    std::ptrdiff_t end = 0;
    for (const stored_tensor& t : tensors) {
        const auto [begin, size] = place(t);
        file.require(begin == end, "tensor '" + t.name + "' begins at " + std::to_string(begin) +
                                       (begin < end ? ", inside" : ", not at the end of") + " what is before it, which ends at " +
                                       std::to_string(end));
        end = begin + static_cast<std::ptrdiff_t>(size);
    }
    file.require(static_cast<std::size_t>(end) == data.size(),
                 "has " + std::to_string(data.size()) + " bytes of elements where its header says " + std::to_string(end));
}

inline tensor_file::metadata_map parse_metadata(const input_file& file, const json& entries) {
    tensor_file::metadata_map made;
    file.require(entries.is_object(), "must have an object as __metadata__, not " + entries.dump());
    for (const auto& [key, value] : entries.items()) {
        file.require(value.is_string(), "must have texts only as __metadata__, not " + value.dump());
        made[key] = value.get<std::string>();
    }
    return made;
}

/// @param reader who complains: the function that the user called.
inline tensor_file read_for(const std::string& reader, const std::string& path) {
    input_file file(reader, path);
    std::uint64_t length = 0;
    file.read(std::as_writable_bytes(std::span(&length, 1)));
    file.require(length <= longest_header && length <= file.remaining(), "is no safetensors file or cut short: its header should have " +
                                                                             std::to_string(length) + " bytes, there are " +
                                                                             std::to_string(file.remaining()) + " more in the file");
    std::vector<std::byte> text(length);
    file.read(text);
    file.require(!text.empty() && text[0] == std::byte{'{'}, "has a header that does not begin with {");
    const json header = parse(file, text);

    std::vector<std::vector<std::byte>> memory{file.read_rest()};
    const std::span<const std::byte> data = memory[0];
    std::vector<stored_tensor> tensors;
    tensor_file::metadata_map metadata;
    for (const auto& [name, entry] : header.items()) {
        if (name == "__metadata__")
            metadata = parse_metadata(file, entry);
        else
            tensors.push_back(parse_tensor(file, name, entry, data));
    }
    require_no_gaps(file, tensors, data);
    return {path, std::move(memory), std::move(tensors), std::move(metadata)};
}

/// The header's length and the header, as long as a multiple of 8.
inline std::string header_of(const std::string& complainer, std::span<const stored_tensor> tensors,
                             const tensor_file::metadata_map& metadata) {
    nlohmann::ordered_json header = nlohmann::ordered_json::object();
    if (!metadata.empty()) header["__metadata__"] = metadata;
    std::size_t offset = 0;
    for (const stored_tensor& t : tensors) {
        if (t.name == "__metadata__") fail(complainer + " cannot have a tensor called __metadata__");
        header[t.name] = {{"dtype", t.type.safetensors}, {"shape", t.shape}, {"data_offsets", {offset, offset + t.bytes.size()}}};
        offset += t.bytes.size();
    }
    std::string text;
    try {
        text = header.dump();
    } catch (const json::exception& problem) {
        fail(complainer + " has a name that is not UTF-8: " + problem.what());
    }
    text.resize((text.size() + 7) / 8 * 8, ' ');
    const std::uint64_t length = text.size();
    text.insert(0, reinterpret_cast<const char*>(&length), sizeof length);
    return text;
}

inline void write_for(const std::string& writer, const std::string& path, std::span<const stored_tensor> given,
                      const tensor_file::metadata_map& metadata) {
    const std::string complainer = writer + ": " + path;
    ctgrad::detail::require_distinct_names(complainer, given);
    std::vector<stored_tensor> tensors; // the widest first: each is aligned then
    for (const std::size_t size : {8u, 4u, 2u, 1u})
        std::ranges::copy_if(given, std::back_inserter(tensors), [&](const stored_tensor& t) { return t.type.size == size; });
    const std::string header = header_of(complainer, tensors, metadata);
    ctgrad::detail::output_file file(writer, path);
    file.write(std::as_bytes(std::span(header)));
    for (const stored_tensor& t : tensors) file.write(t.bytes);
    file.commit();
}

} // namespace detail

/// Reads a whole safetensors file.
/// **Fails when** the file cannot be read or breaks a rule of the format: `ctgrad::error`, which names the file and the tensor.
/// Source: https://github.com/huggingface/safetensors, Format.
[[nodiscard]] inline tensor_file read(const std::string& path) { return detail::read_for("safetensors::read", path); }

/// Writes tensors: `safetensors::write("a.safetensors", {named("W", train[W])})`. The file is replaced when the new one is
/// complete and on the disk; whatever fails, the old one stays.
/// **Fails when** two tensors have one name, a name is not UTF-8, or the file cannot be written: `ctgrad::error`.
inline void write(const std::string& path, const std::vector<stored_tensor>& tensors, const tensor_file::metadata_map& metadata = {}) {
    detail::write_for("safetensors::write", path, tensors, metadata);
}

} // namespace ctgrad::safetensors
