// SPDX-License-Identifier: BSL-1.0
#include <ctgrad/io/npz.hpp>

#include "damage.hpp"
#include "small_network.hpp"
#include "temporary_folder.hpp"

#include <array>
#include <cstdint>
#include <cstring>

namespace npz = ct::npz;

BOOST_AUTO_TEST_SUITE(io)

BOOST_AUTO_TEST_CASE(archives_of_numpy_are_read) {
    for (const std::string name : {"stored", "deflated"}) {
        const auto file = npz::read("unit/io/data/" + name + ".npz");
        BOOST_TEST(file.tensors().size() == 3u);
        BOOST_TEST(file.read<float>("dense/kernel")(1, 2) == 5.0f);
        BOOST_TEST(file.read<double>("dense/bias")[1] == -1.0);
        BOOST_TEST(file.read<std::int32_t>("steps")[0] == 7);
        check_refused([&] { (void)file.read<float>("steps"); }, "tensor 'steps' is int32 [] where float32 was asked for");
    }
}

BOOST_AUTO_TEST_CASE(tensors_come_back_and_equal_ones_make_equal_files) {
    const temporary_folder folder;
    const std::vector<float> numbers{1.5f, -0.0f, 3.0f, 4.0f};
    for (const std::string name : {"a", "b"})
        npz::write(folder / name, {ct::named("m", ct::view(numbers.data(), 2, 2)), ct::named("none", std::vector<double>{})});
    BOOST_TEST((bytes_in(folder / "a") == bytes_in(folder / "b")));
    const auto file = npz::read(folder / "a");
    const auto m = file.read<float>("m");
    BOOST_TEST(m.extent(1) == 2);
    BOOST_TEST(std::memcmp(m.data(), numbers.data(), 16) == 0);
    BOOST_TEST(file.read<double>("none").size() == 0u);
    check_refused([&] { npz::write(folder / "a", {}); }, "cannot be made of no tensors");
}

BOOST_AUTO_TEST_CASE(weights_go_through_numpy_files) {
    const temporary_folder folder;
    ct::trainer one{step, W = ct::random_normal{.seed = 1}};
    ct::trainer two{step};
    take_steps(one, 0, 3);
    npz::save_variables(folder / "a.npz", one);
    npz::load_variables(folder / "a.npz", two, W);
    BOOST_TEST(two[W][5] == one[W][5]);
    BOOST_TEST(two[b][0] == 0);
    npz::load_variables(folder / "a.npz", two);
    BOOST_TEST(two[b][0] == one[b][0]);
    check_refused([&] { npz::load_variables("unit/io/data/stored.npz", two); },
                  "npz::load_variables: unit/io/data/stored.npz: tensor 'W' is missing");
}

BOOST_AUTO_TEST_CASE(damaged_archive_is_refused_or_read) {
    const temporary_folder folder;
    for (const std::string name : {"stored", "deflated"})
        check_damage(folder / "a.npz", bytes_in("unit/io/data/" + name + ".npz"), [&] { (void)npz::read(folder / "a.npz"); });
}

BOOST_AUTO_TEST_CASE(files_that_are_no_archive_of_arrays_are_refused) {
    const temporary_folder folder;
    const std::array one{1.0f};
    check_refused([&] { (void)npz::read(folder / "a.npz"); }, "npz::read: ", "a.npz cannot be opened as a zip archive: No such file");
    put(folder / "a.npz", "no archive");
    check_refused([&] { (void)npz::read(folder / "a.npz"); }, "a.npz cannot be opened as a zip archive: Not a zip archive");
    check_refused([&] { npz::write(folder / "a.npz", {ct::named("a", one), ct::named("a", one)}); },
                  "npz::write: ", "two tensors called 'a'");
    check_refused([&] { npz::write(folder / "a.npz", {ct::stored_tensor{"a", ct::storage_types[5], {0}, {}}}); },
                  "tensor 'a' cannot hold bfloat16");
    check_refused([&] { npz::write(folder / "no/a.npz", {ct::named("a", one)}); }, "no/a.npz cannot be written");
    BOOST_TEST(bytes_in(folder / "a.npz") == "no archive");
    std::string bytes = bytes_in("unit/io/data/stored.npz");
    bytes[bytes.find("NUMPY") + 140] ^= 1;
    put(folder / "a.npz", bytes);
    check_refused([&] { (void)npz::read(folder / "a.npz"); }, "a.npz: entry 'dense/kernel.npy' is damaged: CRC error");
}

BOOST_AUTO_TEST_SUITE_END()
