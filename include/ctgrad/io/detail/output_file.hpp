// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/core/error.hpp>

#include <atomic>
#include <cerrno>
#include <cstddef>
#include <filesystem>
#include <span>
#include <string>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace ctgrad::detail {

/// A file that takes the place of the one of its name when it is complete and on the disk, and not before: whatever
/// fails, the old file is there, whole. Until `commit` the bytes are in a temporary file in the same folder.
class output_file {
public:
    /// @param writer who complains: the function that the user called.
    output_file(std::string writer, const std::string& path) : name_(std::move(writer) + ": " + path), target_(path) {
        std::error_code unknown;
        if (const auto real = std::filesystem::canonical(target_, unknown); !unknown) target_ = real; // a link stays a link
        const auto old = std::filesystem::status(target_, unknown);
        if (path.empty() || (exists(old) && !is_regular_file(old))) fail(name_ + " is not a regular file");
        static std::atomic<unsigned> count{0};
        do {
            temporary_ = target_.string() + "." + std::to_string(getpid()) + "-" + std::to_string(count++) + ".tmp";
            file_ = open(temporary_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        } while (file_ < 0 && errno == EEXIST);
        require(file_ >= 0, "cannot be written");
        if (exists(old)) std::filesystem::permissions(temporary_, old.permissions(), unknown);
    }
    output_file(const output_file&) = delete;
    output_file& operator=(const output_file&) = delete;
    ~output_file() { discard(); }

    void write(std::span<const std::byte> bytes) {
        while (!bytes.empty()) {
            const auto written = ::write(file_, bytes.data(), bytes.size());
            require(written >= 0 || errno == EINTR, "could not be written");
            if (written > 0) bytes = bytes.subspan(static_cast<std::size_t>(written));
        }
    }

    /// Puts the file in its place.
    void commit() {
        require(fsync(file_) == 0, "could not be brought to the disk");
        require(close(std::exchange(file_, -1)) == 0, "could not be closed");
        require(rename(temporary_.c_str(), target_.c_str()) == 0, "could not be replaced");
        temporary_.clear();
        keep_name();
    }

private:
    void require(bool holds, const std::string& complaint) {
        if (holds) return;
        const std::string reason = std::generic_category().message(errno);
        discard();
        fail(name_ + " " + complaint + ": " + reason);
    }

    void discard() noexcept {
        if (file_ >= 0) close(std::exchange(file_, -1));
        if (!temporary_.empty()) unlink(temporary_.c_str());
        temporary_.clear();
    }

    /// Brings the folder to the disk, as far as its file system can: the file is whole under its name in any case.
    void keep_name() const {
        const auto folder = target_.has_parent_path() ? target_.parent_path() : std::filesystem::path(".");
        const int opened = open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        if (opened < 0) return;
        fsync(opened);
        close(opened);
    }

    std::string name_;
    std::filesystem::path target_;
    std::string temporary_; ///< Empty: there is none.
    int file_ = -1;
};

} // namespace ctgrad::detail
