// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/io/detail/input_file.hpp>

#include <csv.h>

#include <algorithm>
#include <cstring>

namespace ctgrad::detail {

/// The rows of a CSV file, one after the other, each a list of texts; empty lines do not count.
class csv_rows {
public:
    /// @param reader who complains: the function that the user called.
    csv_rows(const std::string& reader, const std::string& path, char delimiter) : file_(reader, path), bytes_(file_.read_rest()) {
        constexpr std::string_view mark = "\xEF\xBB\xBF"; // of UTF-8: some programs put it first
        if (bytes_.size() >= mark.size() && std::memcmp(bytes_.data(), mark.data(), mark.size()) == 0) position_ = mark.size();
        if (csv_init(&parser_, CSV_STRICT | CSV_STRICT_FINI) != 0) file_.refuse("cannot be parsed: libcsv does not start");
        csv_set_delim(&parser_, static_cast<unsigned char>(delimiter));
    }
    csv_rows(const csv_rows&) = delete;
    csv_rows& operator=(const csv_rows&) = delete;
    ~csv_rows() { csv_free(&parser_); }

    /// Gets the next row, or says that there is none.
    bool next(std::vector<std::string>& row) {
        while (given_ == rows_.size()) {
            rows_.clear();
            given_ = 0;
            if (position_ == bytes_.size()) return false;
            parse_line();
        }
        row.swap(rows_[given_++]);
        return true;
    }

    [[noreturn]] void refuse(const std::string& complaint) const { file_.refuse(complaint); }
    /// Refuses the row that `next` gave last.
    [[noreturn]] void refuse_row(const std::string& complaint) const { refuse("line " + std::to_string(line_) + " " + complaint); }

private:
    /// One line of the file: what is read then ends in it.
    void parse_line() {
        const std::byte *const begin = bytes_.data() + position_, *const end = bytes_.data() + bytes_.size();
        const std::byte* const line_end = std::find(begin, end, std::byte{'\n'});
        const auto size = static_cast<std::size_t>(line_end - begin) + (line_end == end ? 0 : 1);
        ++line_;
        if (csv_parse(&parser_, begin, size, add_field, add_row, this) != size) refuse_line();
        position_ += size;
        if (position_ == bytes_.size() && csv_fini(&parser_, add_field, add_row, this) != 0) refuse_line();
    }
    [[noreturn]] void refuse_line() { refuse_row(std::string("is no CSV: ") + csv_strerror(csv_error(&parser_))); }

    static void add_field(void* text, std::size_t size, void* self) {
        static_cast<csv_rows*>(self)->fields_.emplace_back(static_cast<const char*>(text), size);
    }
    static void add_row(int, void* self) {
        auto& rows = *static_cast<csv_rows*>(self);
        rows.rows_.push_back(std::move(rows.fields_));
        rows.fields_.clear();
    }

    input_file file_;
    std::vector<std::byte> bytes_;
    std::size_t position_ = 0, line_ = 0;
    csv_parser parser_{};
    std::vector<std::string> fields_;
    std::vector<std::vector<std::string>> rows_; ///< Of the last line: several where carriage returns end rows.
    std::size_t given_ = 0;
};

} // namespace ctgrad::detail
