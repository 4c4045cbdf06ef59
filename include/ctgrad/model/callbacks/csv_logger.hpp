// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/model/report.hpp>

#include <filesystem>
#include <fstream>
#include <limits>

namespace ctgrad {

/// Writes what each epoch reports as a line of a file: epoch (from 0), then the numbers, whose names are the first line.
/// What an epoch does not report is `NA`.
/// Throws `ctgrad::error` before training where the file cannot be written.
/// Source: Keras, `CSVLogger`.
struct csv_logger {
    std::filesystem::path filename;
    char separator = ',';
    bool append = false; ///< Go on with the file that is there.

    std::ofstream file{};
    std::vector<std::string> names{};
    bool has_header = false;

    void on_train_begin(auto&, const epoch_logs&) {
        names.clear();
        has_header = append && std::filesystem::exists(filename) && std::filesystem::file_size(filename) > 0;
        file.open(filename, append ? std::ios::app : std::ios::trunc);
        if (!file) fail(std::string("ctgrad: csv_logger cannot write ").append(filename.string()));
        file.precision(std::numeric_limits<double>::max_digits10);
    }
    void on_epoch_end(auto&, int epoch, const epoch_logs& logs) {
        if (names.empty()) begin(logs);
        file << epoch;
        for (const std::string& name : names) {
            file << separator;
            if (const double* const value = logs.find(name))
                file << *value;
            else
                file << "NA";
        }
        file << '\n' << std::flush;
    }
    void on_train_end(auto&) { file.close(); }

private:
    void begin(const epoch_logs& logs) {
        for (const auto& entry : detail::in_order(logs)) names.push_back(entry.first);
        if (has_header) return;
        file << "epoch";
        for (const std::string& name : names) file << separator << name;
        file << '\n';
    }
};

} // namespace ctgrad
