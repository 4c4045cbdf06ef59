// SPDX-License-Identifier: BSL-1.0
#include <ctgrad/io/safetensors.hpp>

#include <ctgrad/io/checkpoint.hpp>

#include "small_network.hpp"
#include "temporary_folder.hpp"

#include <array>
#include <cstdint>
#include <cstring>
#include <limits>

namespace {

namespace st = ct::safetensors;

/// The bytes of a file with that header, as it stands, and so many bytes of elements.
std::string file_with(const std::string& header, std::size_t data) {
    const std::uint64_t length = header.size();
    return std::string(reinterpret_cast<const char*>(&length), sizeof length) + header + std::string(data, '\1');
}

/// What `read` and `load_checkpoint` say of a file; the trainer must be as before.
template <class... Text>
void check_both_refuse(const std::string& bytes, const Text&... complaints) {
    const temporary_folder folder;
    const std::string path = folder / "a.safetensors";
    put(path, bytes);
    check_refused([&] { (void)st::read(path); }, "safetensors::read: " + path, complaints...);
    ct::trainer train{step, W = ct::random_normal{.seed = 1}};
    const auto before = bits_of(train);
    check_refused([&] { ct::load_checkpoint(path, train); }, "load_checkpoint: " + path, complaints...);
    BOOST_TEST((bits_of(train) == before));
}

std::string entry(const std::string& rest) { return R"({"a":{)" + rest + "}}"; }

} // namespace

BOOST_AUTO_TEST_SUITE(io)

BOOST_AUTO_TEST_CASE(tensors_come_back_with_type_shape_and_bits) {
    const temporary_folder folder;
    const std::array matrix{1.5f, -0.0f, std::numeric_limits<float>::quiet_NaN(), 4.0f, 5.0f, 6.0f};
    const std::array vector{0.1, 0.2};
    const std::array numbers{1, -2};
    st::write(folder / "a",
              {ct::named("m", ct::view(matrix.data(), 2, 3)), ct::named("v", vector), ct::named("n", numbers),
               ct::named("none", std::vector<float>{})},
              {{"made", "by hand"}});

    const auto file = st::read(folder / "a");
    const auto m = file.read<float>("m");
    BOOST_TEST(m.rank() == 2);
    BOOST_TEST(m.extent(1) == 3);
    BOOST_TEST(std::memcmp(m.data(), matrix.data(), sizeof matrix) == 0);
    BOOST_TEST(file.read<double>("v")[1] == 0.2);
    BOOST_TEST(file.read<std::int32_t>("n")[1] == -2);
    BOOST_TEST(file.read<float>("none").size() == 0u);
    BOOST_TEST(file.metadata().at("made") == "by hand");
    check_refused([&] { (void)file.read<double>("m"); }, "tensor 'm' is float32 [2,3] where float64 was asked for");
    check_refused([&] { (void)file.read<double>("w"); }, "tensor 'w' is missing");
}

BOOST_AUTO_TEST_CASE(elements_are_aligned_in_the_file) {
    const temporary_folder folder;
    st::write(folder / "a", {ct::named("odd", std::array{1.0f}), ct::named("wide", std::array{2.0})});
    const std::string bytes = bytes_in(folder / "a");
    double wide = 0;
    std::memcpy(&wide, bytes.data() + bytes.size() - 12, sizeof wide);
    BOOST_TEST(wide == 2.0);
    BOOST_TEST(bytes.size() % 8 == 4u);
}

BOOST_AUTO_TEST_CASE(types_that_a_tensor_cannot_have_are_in_files_too) {
    const temporary_folder folder;
    put(folder / "a", file_with(entry(R"("dtype":"BF16","shape":[2,1],"data_offsets":[0,4])") + "   ", 4));
    const auto file = st::read(folder / "a");
    BOOST_TEST(file.find("a")->type.name == "bfloat16");
    BOOST_TEST(file.find("a")->bytes.size() == 4u);
    check_refused([&] { (void)file.read<float>("a"); }, "is bfloat16 [2,1]");
}

BOOST_AUTO_TEST_CASE(file_without_a_header_is_refused) {
    check_both_refuse("", "ends inside its header");
    check_both_refuse("1234567", "ends inside its header");
    check_both_refuse(std::string(8, '\0'), "does not begin with {");
    check_both_refuse(std::string(8, '\xff') + "{}", "18446744073709551615 bytes, there are 2");
    check_both_refuse(file_with("{}", 0).substr(0, 9), "its header should have 2 bytes, there are 1");
    check_both_refuse(file_with(" {}", 0), "does not begin with {");
    check_both_refuse(file_with("[]", 0), "does not begin with {");
}

BOOST_AUTO_TEST_CASE(header_that_is_no_json_is_refused) {
    check_both_refuse(file_with("{\"a\":", 0), "no JSON in its header", "parse error");
    check_both_refuse(file_with("{} {}", 0), "no JSON in its header");
    check_both_refuse(file_with("{\"\xff\":1}", 0), "no JSON in its header", "ill-formed UTF-8");
    check_both_refuse(file_with(R"({"a":1,"a":2})", 0), "says twice what 'a' is");
    check_both_refuse(file_with(entry(R"("dtype":"F32","dtype":"F32")"), 0), "says twice what 'dtype' is");
    check_both_refuse(file_with("{\"a\":" + std::string(100000, '['), 0), "no JSON in its header");
}

BOOST_AUTO_TEST_CASE(entry_that_is_incomplete_is_refused) {
    check_both_refuse(file_with(R"({"a":7})", 0), "tensor 'a' must be an object, not 7");
    check_both_refuse(file_with(entry(""), 0), "tensor 'a' has no dtype");
    check_both_refuse(file_with(entry(R"("dtype":"F31","shape":[],"data_offsets":[0,4])"), 4), "tensor 'a' has an unknown dtype \"F31\"");
    check_both_refuse(file_with(entry(R"("dtype":1,"shape":[],"data_offsets":[0,4])"), 4), "unknown dtype 1");
    check_both_refuse(file_with(entry(R"("dtype":"F32","data_offsets":[0,4])"), 4), "tensor 'a' has no shape");
    check_both_refuse(file_with(entry(R"("dtype":"F32","shape":1,"data_offsets":[0,4])"), 4), "must have an array as shape, not 1");
    for (const std::string extent : {"-1", "1.0", "\"1\"", "18446744073709551616"})
        check_both_refuse(file_with(entry(R"("dtype":"F32","shape":[)" + extent + R"(],"data_offsets":[0,4])"), 4),
                          "extent must be a natural number, not ");
    check_both_refuse(file_with(entry(R"("dtype":"F32","shape":[1])"), 4), "tensor 'a' has no data_offsets");
    check_both_refuse(file_with(entry(R"("dtype":"F32","shape":[1],"data_offsets":[0,2,4])"), 4), "must have two data_offsets");
    check_both_refuse(file_with(R"({"__metadata__":{"a":1}})", 0), "texts only");
    check_both_refuse(file_with(R"({"__metadata__":1})", 0), "an object as __metadata__");
}

BOOST_AUTO_TEST_CASE(elements_at_a_wrong_place_are_refused) {
    const auto one = [](const std::string& shape, const std::string& offsets) {
        return entry(R"("dtype":"F32","shape":)" + shape + R"(,"data_offsets":)" + offsets);
    };
    check_both_refuse(file_with(one("[1]", "[0,8]"), 4), "lies at [0,8] of 4 bytes");
    check_both_refuse(file_with(one("[1]", "[4,0]"), 4), "lies at [4,0] of 4 bytes");
    check_both_refuse(file_with(one("[1]", "[0,4]"), 3), "lies at [0,4] of 3 bytes");
    check_both_refuse(file_with(one("[1]", "[18446744073709551612,18446744073709551615]"), 4), "of 4 bytes");
    check_both_refuse(file_with(one("[2]", "[0,4]"), 4), "has 4 bytes where float32 [2] needs 8");
    check_both_refuse(file_with(one("[4294967296,4294967296,4]", "[0,4]"), 4), "needs more than memory can address");
    check_both_refuse(file_with(one("[1]", "[0,4]"), 5), "has 5 bytes of elements where its header says 4");
    check_both_refuse(file_with(one("[1]", "[4,8]"), 8), "begins at 4, not at the end of what is before it, which ends at 0");
    check_both_refuse(
        file_with(R"({"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}})", 8),
        "tensor 'b' begins at 4, inside what is before it, which ends at 8");
}

BOOST_AUTO_TEST_CASE(names_that_a_file_cannot_have_are_refused) {
    const temporary_folder folder;
    const std::array one{1.0f};
    check_refused([&] { st::write(folder / "a", {ct::named("a", one), ct::named("a", one)}); },
                  "safetensors::write: ", "two tensors called 'a'");
    check_refused([&] { st::write(folder / "a", {ct::named("__metadata__", one)}); }, "__metadata__");
    check_refused([&] { st::write(folder / "a", {ct::named("\xff", one)}); }, "not UTF-8");
    BOOST_TEST(std::filesystem::is_empty(folder.path()));
}

BOOST_AUTO_TEST_SUITE_END()
