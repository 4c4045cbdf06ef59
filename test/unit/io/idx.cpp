// SPDX-License-Identifier: BSL-1.0
#include <ctgrad/io/idx.hpp>

#include <boost/test/unit_test.hpp>

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

namespace idx = ctgrad::idx;

namespace {

/// A file with the given bytes, which lives as long as this object.
class temporary_file {
public:
    explicit temporary_file(const std::vector<std::uint8_t>& bytes)
        : path_{std::filesystem::temp_directory_path() / ("ctgrad_idx_" + std::to_string(reinterpret_cast<std::uintptr_t>(this)) + "_" +
                                                          boost::unit_test::framework::current_test_case().p_name.get())} {
        std::ofstream{path_, std::ios::binary}.write(reinterpret_cast<const char*>(bytes.data()),
                                                     static_cast<std::streamsize>(bytes.size()));
    }
    temporary_file(const temporary_file&) = delete;
    temporary_file& operator=(const temporary_file&) = delete;
    ~temporary_file() { std::filesystem::remove(path_); }

    [[nodiscard]] const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
};

/// Reading these bytes as T must throw an error that names the file and says `complaint`.
template <class T>
void check_refused(const std::vector<std::uint8_t>& bytes, const std::string& complaint) {
    const temporary_file file{bytes};
    BOOST_CHECK_EXCEPTION(static_cast<void>(idx::read<T>(file.path())), ctgrad::error, [&](const ctgrad::error& problem) {
        const std::string text = problem.what();
        BOOST_TEST_CONTEXT("the message is: " << text) {
            BOOST_TEST(text.find(complaint) != std::string::npos);
            BOOST_TEST(text.find(file.path().string()) != std::string::npos);
        }
        return true;
    });
}

template <class T>
void check_read(const std::vector<std::uint8_t>& bytes, const std::vector<std::size_t>& shape, const std::vector<T>& data) {
    const temporary_file file{bytes};
    const auto content = idx::read<T>(file.path());
    BOOST_TEST(content.shape == shape, boost::test_tools::per_element());
    BOOST_CHECK_EQUAL_COLLECTIONS(content.data.begin(), content.data.end(), data.begin(), data.end());
}

const std::vector<std::uint8_t> good{0, 0, 8, 2, 0, 0, 0, 2, 0, 0, 0, 3, 1, 2, 3, 4, 5, 255};

std::vector<std::uint8_t> good_with(std::size_t position, std::uint8_t byte) {
    auto bytes = good;
    bytes.at(position) = byte;
    return bytes;
}

} // namespace

BOOST_AUTO_TEST_SUITE(io)

BOOST_AUTO_TEST_CASE(unsigned_bytes_come_with_their_shape) { check_read<std::uint8_t>(good, {2, 3}, {1, 2, 3, 4, 5, 255}); }

BOOST_AUTO_TEST_CASE(wider_elements_are_big_endian) {
    check_read<std::int8_t>({0, 0, 9, 1, 0, 0, 0, 1, 254}, {1}, {-2});
    check_read<std::int16_t>({0, 0, 11, 1, 0, 0, 0, 2, 1, 2, 255, 254}, {2}, {258, -2});
    check_read<std::int32_t>({0, 0, 12, 1, 0, 0, 0, 1, 0, 1, 0, 2}, {1}, {65538});
    check_read<float>({0, 0, 13, 1, 0, 0, 0, 1, 0x3f, 0xc0, 0, 0}, {1}, {1.5F});
    check_read<double>({0, 0, 14, 1, 0, 0, 0, 1, 0xbf, 0xe0, 0, 0, 0, 0, 0, 0}, {1}, {-0.5});
}

BOOST_AUTO_TEST_CASE(a_scalar_and_an_empty_array_are_files_too) {
    check_read<std::uint8_t>({0, 0, 8, 0, 7}, {}, {7});
    check_read<std::uint8_t>({0, 0, 8, 2, 0, 0, 0, 0, 0, 0, 0, 3}, {0, 3}, {});
}

BOOST_AUTO_TEST_CASE(a_wrong_magic_number_is_refused) {
    check_refused<std::uint8_t>(good_with(0, 1), "not an IDX file");
    check_refused<std::uint8_t>(good_with(1, 1), "not an IDX file");
}

BOOST_AUTO_TEST_CASE(another_element_type_is_refused) {
    check_refused<float>(good, "IDX type 8, not 13");
    check_refused<std::uint8_t>(good_with(2, 10), "IDX type 10, not 8");
}

BOOST_AUTO_TEST_CASE(a_truncated_file_is_refused_wherever_it_ends) {
    check_refused<std::uint8_t>({}, "ends inside its header");
    for (std::size_t size = 1; size < 12; ++size) {
        check_refused<std::uint8_t>({good.begin(), good.begin() + static_cast<std::ptrdiff_t>(size)}, "ends inside its header");
    }
    check_refused<std::uint8_t>({good.begin(), good.end() - 1}, "has 5 bytes of elements where its header says 6");
}

BOOST_AUTO_TEST_CASE(trailing_bytes_are_refused) {
    auto bytes = good;
    bytes.push_back(0);
    check_refused<std::uint8_t>(bytes, "has 7 bytes of elements where its header says 6");
}

BOOST_AUTO_TEST_CASE(sizes_that_overflow_are_refused) {
    check_refused<std::uint8_t>({0, 0, 8, 3, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255},
                                "more elements than memory can address");
}

BOOST_AUTO_TEST_CASE(a_missing_file_is_refused) {
    BOOST_CHECK_EXCEPTION(static_cast<void>(idx::read<std::uint8_t>("no/such/file")), ctgrad::error, [](const ctgrad::error& problem) {
        return problem.what() == std::string{"idx::read: no/such/file cannot be opened"};
    });
}

BOOST_AUTO_TEST_CASE(a_folder_is_refused) {
    BOOST_CHECK_THROW(static_cast<void>(idx::read<std::uint8_t>(std::filesystem::temp_directory_path())), ctgrad::error);
}

BOOST_AUTO_TEST_SUITE_END()
