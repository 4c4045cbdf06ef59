// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/core/error.hpp>

#include <cstddef>
#include <cstdint>
#include <fstream>
#include <ios>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace ctgrad::detail {

/// A file that is checked against one expectation after the other; every complaint names the file.
class input_file {
public:
    /// @param reader who complains: the function that the user called.
    input_file(std::string reader, const std::string& path)
        : name_(std::move(reader) + ": " + path), file_(path, std::ios::binary | std::ios::ate) {
        require(file_.is_open(), "cannot be opened");
        const auto end = file_.tellg();
        require(file_.good() && end >= 0 && static_cast<std::uintmax_t>(end) <= PTRDIFF_MAX, "is not a readable file");
        remaining_ = static_cast<std::size_t>(end);
        file_.seekg(0);
    }

    void require(bool holds, const std::string& complaint) const {
        if (!holds) refuse(complaint);
    }
    [[noreturn]] void refuse(const std::string& complaint) const { fail(name_ + " " + complaint); }

    /// Who complains of what: the reader and the file.
    const std::string& name() const { return name_; }

    /// How many bytes were not read yet.
    std::size_t remaining() const { return remaining_; }

    void read(std::span<std::byte> bytes) {
        require(bytes.size() <= remaining_, "ends inside its header");
        file_.read(reinterpret_cast<char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
        require(file_.good(), "could not be read");
        remaining_ -= bytes.size();
    }

    std::vector<std::byte> read_rest() {
        std::vector<std::byte> bytes(remaining_);
        read(bytes);
        return bytes;
    }

private:
    std::string name_;
    std::ifstream file_;
    std::size_t remaining_ = 0;
};

} // namespace ctgrad::detail
