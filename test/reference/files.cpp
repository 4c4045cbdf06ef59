// SPDX-License-Identifier: BSL-1.0

// Examples of docs/reference, each a paragraph: see test/reference.py. Those here need other libraries.

#include <ctgrad/ctgrad.hpp>
#include <ctgrad/interop/openmp.hpp>
#include <ctgrad/interop/tbb.hpp>
#include <ctgrad/io/checkpoint.hpp>
#include <ctgrad/io/csv.hpp>
#include <ctgrad/io/idx.hpp>
#include <ctgrad/io/npy.hpp>
#include <ctgrad/io/npz.hpp>
#include <ctgrad/io/safetensors.hpp>
#include <ctgrad/model/callbacks/model_checkpoint.hpp>

#include <fstream>
#include <string>
#include <vector>

namespace ct = ctgrad;
using namespace ct::literals;

// What stands in all examples below, beside the path of a folder.
constexpr auto x = ct::placeholder<"x", float, ct::dim<"N">, 2>;
constexpr auto W = ct::variable<"W", float, 2, 1>;
constexpr auto step = ct::minimize(ct::reduce_mean(ct::square(ct::matmul(x, W) - 1_c)), ct::adam(0.1_c));

bool files(const std::string& folder) {
    bool good = true;

    // `named`, `stored_tensor`
    const std::vector<float> numbers{1, 2, 3, 4};
    const std::vector<ct::stored_tensor> tensors{ct::named("m", ct::view(numbers.data(), 2, 2)), ct::named("v", numbers)};

    // `npy::read`, `npy::write`
    ct::npy::write(folder + "/m.npy", ct::view(numbers.data(), 2, 2));
    good = good && ct::npy::read<float>(folder + "/m.npy")(1, 0) == 3;

    // `npz::read`, `npz::write`, `tensor_file`
    ct::npz::write(folder + "/all.npz", tensors);
    const ct::tensor_file archive = ct::npz::read(folder + "/all.npz");
    good = good && archive.read<float>("m")(1, 0) == 3 && archive.find("n") == nullptr;

    // `safetensors::read`, `safetensors::write`
    ct::safetensors::write(folder + "/all.safetensors", tensors);
    good = good && ct::safetensors::read(folder + "/all.safetensors").read<float>("v").size() == 4;

    // `csv::options`, `csv::read`, `csv::table`
    std::ofstream(folder + "/table.csv") << "width,length\n1,2\n3,4\n";
    const ct::csv::table<float> table = ct::csv::read<float>(folder + "/table.csv", {.columns = {"length"}});
    good = good && table.values(1, 0) == 4;

    // `idx::read`, `idx::array`
    std::ofstream(folder + "/labels.idx", std::ios::binary) << std::string("\0\0\x08\x01\0\0\0\x02\x07\x09", 10);
    const ct::idx::array<std::uint8_t> labels = ct::idx::read<std::uint8_t>(folder + "/labels.idx");
    good = good && labels.data[1] == 9;

    // `save_checkpoint`, `load_checkpoint`: training goes on from there to the bit
    ct::trainer first{step}, second{step};
    first(x = numbers);
    ct::save_checkpoint(folder + "/step.safetensors", first);
    ct::load_checkpoint(folder + "/step.safetensors", second);
    good = good && first(x = numbers) == second(x = numbers);

    // `save_variables`, `load_variables`
    ct::save_variables(folder + "/weights.safetensors", first);
    ct::load_variables(folder + "/weights.safetensors", second, W);

    // `npz::save_variables`, `npz::load_variables`
    ct::npz::save_variables(folder + "/weights.npz", first);
    ct::npz::load_variables(folder + "/weights.npz", second);

    // `openmp`
    first(ct::openmp{}, x = numbers);

    // `tbb_executor`
    first(ct::tbb_executor{}, x = numbers);

    const ct::model_checkpoint keep{.filepath = folder + "/{epoch}.safetensors", .monitor = "loss"}; // for `callbacks`

    return good && !keep.filepath.empty();
}
