// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/core/error.hpp>

#include <boost/test/unit_test.hpp>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>

#include <unistd.h>

/// A folder for the files of one test case, which lives as long as this object.
class temporary_folder {
public:
    temporary_folder()
        : path_(std::filesystem::temp_directory_path() /
                ("ctgrad_" + std::to_string(getpid()) + "_" + boost::unit_test::framework::current_test_case().p_name.get())) {
        std::filesystem::create_directories(path_);
    }
    temporary_folder(const temporary_folder&) = delete;
    temporary_folder& operator=(const temporary_folder&) = delete;
    ~temporary_folder() { std::filesystem::remove_all(path_); }

    std::string operator/(const std::string& name) const { return (path_ / name).string(); }
    const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
};

inline std::string bytes_in(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

inline void put(const std::string& path, std::string_view bytes) {
    std::ofstream(path, std::ios::binary).write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
}

/// `work` must throw an error that says each of `complaints`.
template <class Work, class... Text>
void check_refused(Work work, const Text&... complaints) {
    BOOST_CHECK_EXCEPTION(work(), ctgrad::error, [&](const ctgrad::error& problem) {
        for (const std::string_view complaint : {std::string_view(complaints)...})
            BOOST_TEST((std::string_view(problem.what()).find(complaint) != std::string_view::npos),
                       "'" << problem.what() << "' does not say '" << complaint << "'");
        return true;
    });
}
