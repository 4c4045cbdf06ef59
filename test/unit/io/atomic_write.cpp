// SPDX-License-Identifier: BSL-1.0
#include <ctgrad/io/checkpoint.hpp>

#include "small_network.hpp"
#include "temporary_folder.hpp"

#include <csignal>

#include <sys/resource.h>
#include <sys/stat.h>

namespace {

/// While it lives no file can grow beyond that many bytes: what a full disk is like.
class full_disk {
public:
    explicit full_disk(rlim_t bytes) : handler_(std::signal(SIGXFSZ, SIG_IGN)) {
        getrlimit(RLIMIT_FSIZE, &limit_);
        const rlimit smaller{bytes, limit_.rlim_max};
        setrlimit(RLIMIT_FSIZE, &smaller);
    }
    full_disk(const full_disk&) = delete;
    full_disk& operator=(const full_disk&) = delete;
    ~full_disk() {
        setrlimit(RLIMIT_FSIZE, &limit_);
        std::signal(SIGXFSZ, handler_);
    }

private:
    rlimit limit_{};
    void (*handler_)(int);
};

std::ptrdiff_t files_in(const temporary_folder& folder) { return std::distance(std::filesystem::directory_iterator(folder.path()), {}); }

} // namespace

BOOST_AUTO_TEST_SUITE(io)

BOOST_AUTO_TEST_CASE(old_file_is_intact_when_the_disk_is_full) {
    const temporary_folder folder;
    const std::string path = folder / "a.safetensors";
    ct::trainer train{step};
    ct::save_checkpoint(path, train);
    const std::string before = bytes_in(path);
    take_steps(train, 0, 1);
    for (const rlim_t room : {rlim_t{0}, rlim_t{3}, rlim_t{100}, static_cast<rlim_t>(before.size()) - 1}) {
        const full_disk full(room);
        check_refused([&] { ct::save_checkpoint(path, train); }, "save_checkpoint: " + path, "could not be written", "File too large");
    }
    BOOST_TEST(bytes_in(path) == before);
    BOOST_TEST(files_in(folder) == 1);
    ct::save_checkpoint(path, train);
    BOOST_TEST(bytes_in(path) != before);
    BOOST_TEST(files_in(folder) == 1);
}

BOOST_AUTO_TEST_CASE(no_file_appears_when_the_first_write_fails) {
    const temporary_folder folder;
    const ct::trainer train{step};
    const full_disk full(10);
    check_refused([&] { ct::save_checkpoint(folder / "a", train); }, "could not be written");
    BOOST_TEST(files_in(folder) == 0);
}

BOOST_AUTO_TEST_CASE(places_that_take_no_file_are_refused) {
    const temporary_folder folder;
    const ct::trainer train{step};
    check_refused([&] { ct::save_checkpoint(folder / "missing/a", train); }, "cannot be written: No such file or directory");
    check_refused([&] { ct::save_checkpoint(folder.path(), train); }, "is not a regular file");
    check_refused([&] { ct::save_checkpoint("/dev/full", train); }, "is not a regular file");
    check_refused([&] { ct::save_checkpoint(folder / std::string(300, 'a'), train); }, "cannot be written: File name too long");
    check_refused([&] { ct::save_checkpoint("/proc/a", train); }, "cannot be written");
    check_refused([&] { ct::save_checkpoint("", train); }, "is not a regular file");
}

BOOST_AUTO_TEST_CASE(links_and_permissions_stay) {
    const temporary_folder folder;
    const ct::trainer train{step};
    put(folder / "file", "old");
    std::filesystem::permissions(folder / "file", std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
    std::filesystem::create_symlink("file", folder / "link");
    ct::save_checkpoint(folder / "link", train);
    BOOST_TEST(std::filesystem::is_symlink(folder / "link"));
    BOOST_TEST((bytes_in(folder / "file") != "old"));
    BOOST_TEST((std::filesystem::status(folder / "file").permissions() ==
                (std::filesystem::perms::owner_read | std::filesystem::perms::owner_write)));
}

BOOST_AUTO_TEST_SUITE_END()
