// SPDX-License-Identifier: BSL-1.0
#include <ctgrad/io/npy.hpp>

#include "damage.hpp"
#include "temporary_folder.hpp"

#include <array>
#include <cstdint>
#include <numeric>
#include <vector>

namespace npy = ctgrad::npy;

namespace {

/// The bytes of a file with that dictionary, and so many bytes of elements.
std::string npy_file(const std::string& dictionary, std::size_t data, char version = 1) {
    std::string bytes = std::string("\x93NUMPY") + version + std::string(1, '\0') + static_cast<char>(dictionary.size()) +
                        std::string(version == 1 ? 1 : 3, '\0') + dictionary;
    for (std::size_t i = 0; i < data; ++i) bytes += static_cast<char>(i);
    return bytes;
}

template <class T, class... Text>
void check_npy_refused(const std::string& bytes, const Text&... complaints) {
    const temporary_folder folder;
    put(folder / "a.npy", bytes);
    check_refused([&] { (void)npy::read<T>(folder / "a.npy"); }, "npy::read: ", "a.npy ", complaints...);
}

template <class T>
ctgrad::tensor<T> npy_read(const std::string& bytes) {
    const temporary_folder folder;
    put(folder / "a.npy", bytes);
    return npy::read<T>(folder / "a.npy");
}

template <class T>
void check_fixture(const std::string& name, const std::vector<std::int64_t>& shape, const std::vector<T>& values) {
    const auto found = npy::read<T>("unit/io/data/" + name + ".npy");
    BOOST_TEST(found.rank() == static_cast<int>(shape.size()));
    for (std::size_t k = 0; k < shape.size(); ++k) BOOST_TEST(found.extent(static_cast<int>(k)) == shape[k]);
    BOOST_CHECK_EQUAL_COLLECTIONS(found.begin(), found.end(), values.begin(), values.end());
}

} // namespace

BOOST_AUTO_TEST_SUITE(io)

BOOST_AUTO_TEST_CASE(files_of_numpy_are_read) {
    check_fixture<float>("float32", {2, 3}, {0, 1.5f, -2, 3, 4, 5e-40f});
    check_fixture<double>("big_endian", {3}, {0.1, -0.2, 1e300});
    check_fixture<std::int32_t>("columns_first", {2, 3, 2}, {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11});
    check_fixture<double>("scalar", {}, {2.5});
    check_fixture<bool>("bool", {3}, {true, false, true});
    check_fixture<float>("empty", {0, 4}, {});
}

BOOST_AUTO_TEST_CASE(what_is_written_is_what_numpy_writes) {
    const temporary_folder folder;
    for (const std::string name : {"float32", "empty"}) {
        npy::write(folder / "a.npy", npy::read<float>("unit/io/data/" + name + ".npy"));
        BOOST_TEST((bytes_in(folder / "a.npy") == bytes_in("unit/io/data/" + name + ".npy")));
    }
    npy::write(folder / "a.npy", std::array{true, false, true});
    BOOST_TEST((bytes_in(folder / "a.npy") == bytes_in("unit/io/data/bool.npy")));
    npy::write(folder / "a.npy", npy::read<double>("unit/io/data/scalar.npy"));
    BOOST_TEST((bytes_in(folder / "a.npy") == bytes_in("unit/io/data/scalar.npy")));
}

BOOST_AUTO_TEST_CASE(headers_of_other_writers_are_understood) {
    const std::string dictionary = R"({"shape":( 2L ,),"fortran_order":False,"descr":"=i4"})";
    for (const char version : {'\1', '\2', '\3'})
        BOOST_TEST(npy_read<std::int32_t>(npy_file(dictionary + "   \n", 8, version))[1] == 0x07060504);
}

BOOST_AUTO_TEST_CASE(another_type_is_refused) {
    check_npy_refused<float>(npy_file("{'descr': '<i8', 'fortran_order': False, 'shape': (1,)}", 8),
                             "is int64 [1] where float32 was asked for");
    for (const std::string type : {"|O", "<U4", "<M8[ns]", "", "<", ">c8", "<f3"})
        check_npy_refused<float>(npy_file("{'descr': '" + type + "', 'fortran_order': False, 'shape': (1,)}", 8),
                                 "holds elements of type '" + type + "'");
    check_npy_refused<float>(npy_file("{'descr': [('x', '<f4')], 'fortran_order': False, 'shape': (1,)}", 4), "holds records");
    check_npy_refused<bool>(npy_file("{'descr': '|b1', 'fortran_order': False, 'shape': (3,)}", 3), "has a bool that is 2");
    check_npy_refused<float>(npy_file("{'descr': '<f4', 'fortran_order': False, 'shape': (1,1,1,1,1,1,1)}", 4), "more than 6 axes");
}

BOOST_AUTO_TEST_CASE(damaged_header_is_refused) {
    const std::string good = npy_file("{'descr': '<f4', 'fortran_order': False, 'shape': (2,)}", 8);
    for (std::size_t size = 0; size < good.size(); ++size) check_npy_refused<float>(good.substr(0, size));
    check_npy_refused<float>("no numbers", "is not an NPY file");
    check_npy_refused<float>(npy_file("{}", 0, 4), "version 4, expected 1 to 3");
    check_npy_refused<float>(npy_file("{}", 0), "does not say descr");
    check_npy_refused<float>(npy_file("{'descr': '<f4', 'descr': '<f4'}", 0), "twice");
    check_npy_refused<float>(npy_file("{'type': '<f4'}", 0), "unknown 'type'");
    check_npy_refused<float>(npy_file("{'fortran_order': Maybe}", 0), "expected False before 'Maybe}'");
    check_npy_refused<float>(npy_file("{'shape': (-1,)}", 0), "shape that cannot be understood at '-1,)}'");
    check_npy_refused<float>(npy_file("{'shape': (99999999999999999999,)}", 0), "shape that cannot be understood");
    check_npy_refused<float>(npy_file("{'descr': '<f4', 'fortran_order': False, 'shape': (2,)} {", 8), "more than a dictionary");
}

BOOST_AUTO_TEST_CASE(number_of_elements_must_fit) {
    check_npy_refused<float>(npy_file("{'descr': '<f4', 'fortran_order': False, 'shape': (2,)}", 9),
                             "has 9 bytes of elements where float32 [2] needs 8");
    check_npy_refused<float>(npy_file("{'descr': '<f4', 'fortran_order': False, 'shape': (4294967296,4294967296)}", 9),
                             "more than memory can address");
    check_npy_refused<float>(npy_file("{'descr': '<f4', 'fortran_order': True, 'shape': (4294967296,4294967296,0)}", 9), "needs 0");
}

BOOST_AUTO_TEST_CASE(damaged_array_is_refused_or_read) {
    const temporary_folder folder;
    for (const std::string name : {"float32", "bool"})
        check_damage(folder / "a.npy", bytes_in("unit/io/data/" + name + ".npy"),
                     [&] { name == "bool" ? (void)npy::read<bool>(folder / "a.npy") : (void)npy::read<float>(folder / "a.npy"); });
}

BOOST_AUTO_TEST_SUITE_END()
