// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/core/error.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <zip.h>

namespace ctgrad::detail {

struct zip_closer {
    void operator()(zip_t* archive) const { zip_discard(archive); }
    void operator()(zip_file_t* entry) const { zip_fclose(entry); }
    void operator()(zip_source_t* source) const { zip_source_free(source); }
};

/// A zip archive that is read.
class zip_reader {
public:
    /// @param complainer who complains of what: function and file.
    zip_reader(std::string complainer, const std::string& path) : complainer_(std::move(complainer)) {
        int problem = 0;
        archive_.reset(zip_open(path.c_str(), ZIP_RDONLY, &problem));
        if (archive_ != nullptr) return;
        zip_error_t reason;
        zip_error_init_with_code(&reason, problem);
        const std::string text = zip_error_strerror(&reason);
        zip_error_fini(&reason);
        fail(complainer_ + " cannot be opened as a zip archive: " + text);
    }

    std::uint64_t count() const { return static_cast<std::uint64_t>(zip_get_num_entries(archive_.get(), 0)); }
    std::string name(std::uint64_t index) const { return facts(index).name; }

    /// The content of an entry, whose checksum must be right.
    std::vector<std::byte> read(std::uint64_t index) const {
        constexpr std::uint64_t best_ratio = 1032; // that deflate reaches: memory is found for no more
        const zip_stat_t entry = facts(index);
        const std::string place = complainer_ + ": entry '" + entry.name + "' ";
        if (entry.size / best_ratio > entry.comp_size + 1) fail(place + "cannot have " + std::to_string(entry.size) + " bytes");
        const std::unique_ptr<zip_file_t, zip_closer> opened(zip_fopen_index(archive_.get(), index, 0));
        if (opened == nullptr) fail(place + "cannot be opened: " + zip_strerror(archive_.get()));
        std::vector<std::byte> bytes(entry.size + 1); // reading to the end checks it
        std::size_t size = 0;
        for (;;) {
            const auto more = size < bytes.size() ? zip_fread(opened.get(), bytes.data() + size, bytes.size() - size) : -1;
            if (more < 0)
                fail(place +
                     "is damaged: " + (size < bytes.size() ? zip_file_strerror(opened.get()) : "it is longer than the archive says"));
            if (more == 0) break;
            size += static_cast<std::size_t>(more);
        }
        if (size != entry.size) fail(place + "has " + std::to_string(size) + " bytes where the archive says " + std::to_string(entry.size));
        bytes.resize(size);
        return bytes;
    }

private:
    zip_stat_t facts(std::uint64_t index) const {
        zip_stat_t entry;
        constexpr std::uint64_t needed = ZIP_STAT_NAME | ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE;
        if (zip_stat_index(archive_.get(), index, 0, &entry) != 0 || (entry.valid & needed) != needed)
            fail(complainer_ + " has an entry that cannot be read");
        return entry;
    }

    std::string complainer_;
    std::unique_ptr<zip_t, zip_closer> archive_;
};

/// A zip archive that is made in memory, its entries as they are: not compressed, of no date.
class zip_writer {
public:
    explicit zip_writer(std::string complainer) : complainer_(std::move(complainer)) {
        content_.reset(zip_source_buffer_create(nullptr, 0, 0, nullptr));
        require(content_ != nullptr);
        zip_source_keep(content_.get()); // one for the archive, one for `finish`
        archive_.reset(zip_open_from_source(content_.get(), ZIP_TRUNCATE, nullptr));
        if (archive_ == nullptr) zip_source_free(content_.get());
        require(archive_ != nullptr);
    }

    /// @param bytes must live until `finish`.
    void add(const std::string& name, std::span<const std::byte> bytes) {
        zip_source_t* const source = zip_source_buffer(archive_.get(), bytes.data(), bytes.size(), 0);
        require(source != nullptr);
        const zip_int64_t index = zip_file_add(archive_.get(), name.c_str(), source, ZIP_FL_ENC_UTF_8);
        if (index < 0) zip_source_free(source);
        require(index >= 0);
        constexpr std::uint16_t first_of_1980 = 1U << 5U | 1U;
        require(zip_set_file_compression(archive_.get(), static_cast<zip_uint64_t>(index), ZIP_CM_STORE, 0) == 0);
        require(zip_file_set_dostime(archive_.get(), static_cast<zip_uint64_t>(index), 0, first_of_1980, 0) == 0);
    }

    /// The bytes of the archive.
    std::vector<std::byte> finish() {
        require(zip_close(archive_.get()) == 0);
        (void)archive_.release();
        zip_stat_t facts;
        require(zip_source_stat(content_.get(), &facts) == 0 && zip_source_open(content_.get()) == 0);
        std::vector<std::byte> bytes(facts.size);
        const auto read = zip_source_read(content_.get(), bytes.data(), bytes.size());
        zip_source_close(content_.get());
        require(read == static_cast<zip_int64_t>(bytes.size()));
        return bytes;
    }

private:
    void require(bool holds) const {
        if (!holds) fail(complainer_ + " cannot be made" + (archive_ != nullptr ? std::string(": ") + zip_strerror(archive_.get()) : ""));
    }

    std::string complainer_;
    std::unique_ptr<zip_source_t, zip_closer> content_;
    std::unique_ptr<zip_t, zip_closer> archive_;
};

} // namespace ctgrad::detail
