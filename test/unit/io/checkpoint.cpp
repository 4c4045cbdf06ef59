// SPDX-License-Identifier: BSL-1.0
#include <ctgrad/io/checkpoint.hpp>

#include <ctgrad/ctgrad.hpp>

#include "small_network.hpp"
#include "temporary_folder.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace {

/// Ten steps, a checkpoint, ten more: a fresh trainer that begins with the checkpoint ends with the same bits.
template <class Optimizer>
void check_resumed(Optimizer optimizer) {
    const temporary_folder folder;
    const auto step = ct::minimize(loss, optimizer);
    ct::trainer first{step, W = ct::random_normal{.seed = 1}};
    take_steps(first, 0, 10);
    ct::save_checkpoint(folder / "a.safetensors", first);
    take_steps(first, 10, 20);

    ct::trainer second{step, W = ct::random_normal{.seed = 2}};
    ct::load_checkpoint(folder / "a.safetensors", second);
    take_steps(second, 10, 20);
    BOOST_TEST((bits_of(first) == bits_of(second)));
}

auto names_in(const ct::tensor_file& file) {
    std::vector<std::string> names;
    for (const ct::stored_tensor& t : file.tensors()) names.push_back(t.name);
    return names;
}

} // namespace

BOOST_AUTO_TEST_SUITE(io)

BOOST_AUTO_TEST_CASE(momentum_resumes_to_the_bit) { check_resumed(ct::sgd(0.1_c, ct::momentum = 0.9_c)); }
BOOST_AUTO_TEST_CASE(adam_resumes_to_the_bit) { check_resumed(ct::adam(0.01_c, ct::amsgrad)); }
BOOST_AUTO_TEST_CASE(averages_and_schedules_resume_to_the_bit) {
    check_resumed(ct::adam(ct::exponential_decay(0.01_c, 5_c, 0.9_c), ct::ema_momentum = 0.9_c, ct::ema_overwrite_frequency = 4_c));
}
BOOST_AUTO_TEST_CASE(accumulated_gradients_resume_to_the_bit) {
    check_resumed(ct::adafactor(0.01_c, ct::gradient_accumulation_steps = 4_c));
}

BOOST_AUTO_TEST_CASE(checkpoint_names_variables_and_what_is_kept_for_them) {
    const temporary_folder folder;
    ct::trainer train{
        ct::minimize(loss, ct::sgd(0.1_c, ct::momentum = 0.9_c, ct::ema_momentum = 0.9_c, ct::gradient_accumulation_steps = 2_c))};
    ct::save_checkpoint(folder / "a", train);
    const auto file = ct::safetensors::read(folder / "a");
    auto names = names_in(file);
    std::ranges::sort(names);
    const std::vector<std::string> expected{
        "W", "W/average", "W/gradient_accumulator", "W/momentum", "b", "b/average", "b/gradient_accumulator", "b/momentum", "iterations"};
    BOOST_TEST(names == expected, boost::test_tools::per_element());
    BOOST_TEST(file.metadata().at("format_version") == "1");
    BOOST_TEST(file.read<std::int32_t>("iterations").rank() == 0);
    BOOST_TEST(file.read<float>("W").extent(0) == 4);
}

BOOST_AUTO_TEST_CASE(all_numbers_are_kept_even_nan) {
    const temporary_folder folder;
    const float nan = std::numeric_limits<float>::quiet_NaN(), infinite = std::numeric_limits<float>::infinity();
    ct::trainer one{step, b = std::array{-0.0f, std::copysign(nan, -1.0f), infinite}}, two{step};
    ct::save_checkpoint(folder / "a", one);
    ct::load_checkpoint(folder / "a", two);
    BOOST_TEST((bits_of(one) == bits_of(two)));
}

BOOST_AUTO_TEST_CASE(checkpoint_of_another_step_is_refused) {
    const temporary_folder folder;
    ct::trainer with_momentum{step};
    ct::trainer plain{ct::minimize(loss, ct::sgd(0.1_c))};
    constexpr auto wider = ct::variable<"W", float, 4, 5>;
    ct::trainer other{ct::minimize(ct::reduce_sum(ct::square(ct::matmul(x, wider)) * ct::reduce_sum(b)), ct::sgd(0.1_c))};
    constexpr auto exact = ct::variable<"b", double, 3>;
    ct::trainer in_double{ct::minimize(ct::reduce_sum(ct::matmul(x, W)) * ct::cast<float>(ct::reduce_sum(exact)), ct::sgd(0.1_c))};
    const std::string path = folder / "a.safetensors";

    ct::save_checkpoint(path, plain);
    const auto before = bits_of(with_momentum);
    check_refused([&] { ct::load_checkpoint(path, with_momentum); }, "load_checkpoint: ", path, "'W/momentum' is missing", "float32 [4,3]");
    check_refused([&] { ct::load_checkpoint(path, other); }, "tensor 'W' does not fit", "expected float32 [4,5], given float32 [4,3]");
    check_refused([&] { ct::load_checkpoint(path, in_double); }, "tensor 'b' does not fit", "expected float64 [3], given float32 [3]");
    ct::save_checkpoint(path, with_momentum);
    check_refused([&] { ct::load_checkpoint(path, plain); }, "tensor '", "momentum', float32 [", "belongs to nothing");
    ct::trainer with_squares{ct::minimize(loss, ct::adagrad(0.1_c))}; // as large as a momentum
    check_refused([&] { ct::load_checkpoint(path, with_squares); }, "tensor '", "/momentum', float32 [", "belongs to nothing");
    BOOST_TEST((bits_of(with_momentum) == before));
}

BOOST_AUTO_TEST_CASE(checkpoint_of_a_later_version_is_refused) {
    const temporary_folder folder;
    ct::trainer train{step};
    ct::save_checkpoint(folder / "a", train);
    auto bytes = bytes_in(folder / "a");
    const std::string version = R"("format_version":"1")";
    bytes[bytes.find(version) + version.size() - 2] = '2';
    put(folder / "a", bytes);
    check_refused([&] { ct::load_checkpoint(folder / "a", train); }, "version 2, expected 1");
}

BOOST_AUTO_TEST_CASE(variables_go_to_other_steps_by_name) {
    const temporary_folder folder;
    ct::trainer train{ct::minimize(loss, ct::adam(0.01_c)), W = ct::random_normal{.seed = 1}};
    take_steps(train, 0, 5);
    ct::save_checkpoint(folder / "a", train);

    const ct::function predict{prediction};
    ct::parameters<decltype(predict)::program> weights;
    ct::load_variables(folder / "a", weights);
    const auto expected = predict(x = inputs(0), train.parameters()), found = predict(x = inputs(0), weights);
    BOOST_CHECK_EQUAL_COLLECTIONS(found.begin(), found.end(), expected.begin(), expected.end());

    constexpr auto bias = ct::variable<"bias", float, 3>;
    ct::trainer transferred{ct::minimize(ct::reduce_mean(ct::square(ct::matmul(x, W) + bias)), ct::sgd(0.1_c))};
    check_refused([&] { ct::load_variables(folder / "a", transferred); }, "load_variables: ", "'bias' is missing");
    for (const float w : transferred[W]) BOOST_TEST(w == 0);
    ct::load_variables(folder / "a", transferred, W);
    BOOST_TEST(transferred[W][3] == train[W][3]);
    BOOST_TEST(transferred[bias][0] == 0);
    ct::load_variables(folder / "a", transferred, bias = "b");
    BOOST_TEST(transferred[bias][2] == train[b][2]);
}

BOOST_AUTO_TEST_CASE(plain_weights_have_no_slots) {
    const temporary_folder folder;
    ct::trainer train{ct::minimize(loss, ct::adam(0.01_c)), W = ct::random_normal{.seed = 1}};
    ct::save_variables(folder / "a", train);
    BOOST_TEST(ct::safetensors::read(folder / "a").tensors().size() == 2u);
}

BOOST_AUTO_TEST_CASE(names_that_clash_are_refused) {
    const temporary_folder folder;
    constexpr auto clash = ct::variable<"W/momentum", float, 4, 3>;
    ct::trainer train{ct::minimize(ct::reduce_sum(ct::square(W + clash)), ct::sgd(0.1_c, ct::momentum = 0.9_c))};
    check_refused([&] { ct::save_checkpoint(folder / "a", train); }, "two tensors called 'W/momentum'");
    BOOST_TEST(!std::filesystem::exists(folder / "a"));
}

BOOST_AUTO_TEST_SUITE_END()
