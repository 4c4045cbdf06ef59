// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/io/detail/csv_rows.hpp>
#include <ctgrad/io/detail/parse_number.hpp>
#include <ctgrad/runtime/tensor.hpp>

#include <algorithm>
#include <numeric>

/// Tables of numbers as text, one row a line (RFC 4180). Needs libcsv.
namespace ctgrad::csv {

/// How a file is written, and what of it is wanted.
struct options {
    std::vector<std::string> columns{}; ///< By name, in the order wanted; none are all of the file.
    bool header = true;                 ///< Whether the first row names the columns; else they are "0", "1", ...
    char delimiter = ',';
};

/// `values` has a row for each of the file and a column for each name in `columns`.
template <element T>
struct table {
    std::vector<std::string> columns;
    tensor<T> values;
};

namespace detail {

using ctgrad::detail::csv_rows;

/// The place in the file's columns of each column that is wanted.
inline std::vector<std::size_t> places_of(const csv_rows& file, const std::vector<std::string>& wanted,
                                          const std::vector<std::string>& present) {
    std::vector<std::size_t> places;
    for (const std::string& name : wanted) {
        const auto found = std::ranges::find(present, name);
        if (found == present.end()) file.refuse("has no column '" + name + "'");
        if (std::find(found + 1, present.end(), name) != present.end()) file.refuse("has two columns '" + name + "'");
        places.push_back(static_cast<std::size_t>(found - present.begin()));
    }
    return places;
}

} // namespace detail

/// Reads columns of numbers: `csv::read<float>("iris.csv", {.columns = {"width", "length"}})`. Texts in other columns do no
/// harm; empty lines do not count.
/// @tparam T float, double or std::int32_t.
/// @returns `values` of shape [rows, columns].
/// **Fails when** the file cannot be read, has no rows or not the columns asked for, a row is longer or shorter than the first, or
/// a field is no number that T can hold (a decimal number is rounded to T): `ctgrad::error` with file, line and column.
template <element T>
    requires(!std::same_as<T, bool>)
[[nodiscard]] table<T> read(const std::string& path, const options& how = {}) {
    detail::csv_rows file("csv::read", path, how.delimiter);
    std::vector<std::string> row;
    if (!file.next(row)) file.refuse("has no rows");
    std::vector<std::string> present = row;
    if (!how.header)
        for (std::size_t k = 0; k < row.size(); ++k) present[k] = std::to_string(k);
    table<T> made{how.columns.empty() ? present : how.columns, {}};
    std::vector<std::size_t> places(present.size());
    std::iota(places.begin(), places.end(), std::size_t{0});
    if (!how.columns.empty()) places = detail::places_of(file, how.columns, present);

    std::vector<T> values;
    for (bool more = !how.header || file.next(row); more; more = file.next(row)) {
        if (row.size() != present.size())
            file.refuse_row("has " + std::to_string(row.size()) + " fields where the first row has " + std::to_string(present.size()));
        for (const std::size_t k : places) {
            T value{};
            if (const char* const problem = ctgrad::detail::parse_number(row[k], value); problem != nullptr)
                file.refuse_row("column '" + present[k] + "': '" + row[k] + "' " + problem + " " + std::string(name_of(dtype_of<T>)));
            values.push_back(value);
        }
    }
    const std::int64_t extents[]{static_cast<std::int64_t>(values.size() / places.size()), static_cast<std::int64_t>(places.size())};
    made.values = tensor<T>(2, extents);
    std::ranges::copy(values, made.values.begin());
    return made;
}

} // namespace ctgrad::csv
