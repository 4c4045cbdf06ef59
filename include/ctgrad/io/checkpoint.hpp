// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/io/detail/kept_tensors.hpp>
#include <ctgrad/io/safetensors.hpp>

/// @file
/// Checkpoints: the variables of a trainer and what its optimizer keeps, in the safetensors format.

namespace ctgrad {

namespace detail {

inline constexpr auto checkpoint_format = "ctgrad checkpoint", checkpoint_version = "1";

inline void require_known_version(const std::string& reader, const tensor_file& file) {
    const auto& metadata = file.metadata();
    const auto format = metadata.find("format"), version = metadata.find("format_version");
    if (format == metadata.end() || format->second != checkpoint_format) return; // of another tool: names and shapes tell
    if (version == metadata.end() || version->second != checkpoint_version)
        fail(reader + ": " + file.path() + " is a checkpoint of version " + (version == metadata.end() ? "?" : version->second) +
             ", expected " + checkpoint_version);
}

inline void require_nothing_else(const std::string& reader, const tensor_file& file, std::span<const stored_tensor> wanted) {
    for (const stored_tensor& t : file.tensors())
        if (std::ranges::find(wanted, t.name, &stored_tensor::name) == wanted.end())
            fail(reader + ": " + file.path() + ": tensor '" + t.name + "', " + described(t.type, t.shape) +
                 ", belongs to nothing in this trainer");
}

} // namespace detail

/// Writes all variables of `train` and all that its optimizer keeps, `iterations` among it: training goes on from there to
/// the bit. A variable has its name in the file, what is kept for it Keras' term, `W/momentum`, or, if the optimizer is a
/// formula of your own, a number, `W/slot_0`. The file is replaced when the new one is complete and on the disk; whatever
/// fails, the old one stays.
/// @param train a trainer, or `parameters`.
/// **Fails when** two tensors have one name, or the file cannot be written: `ctgrad::error`.
template <class Trainer>
void save_checkpoint(const std::string& path, const Trainer& train) {
    if constexpr (!detail::is_poison<Trainer>)
        safetensors::detail::write_for("save_checkpoint", path, detail::stored_tensors(detail::store_in(train), detail::kept::all),
                                       {{"format", detail::checkpoint_format}, {"format_version", detail::checkpoint_version}});
}

/// Reads what `save_checkpoint` wrote for a trainer of the same step.
/// **Fails when** the file is damaged, or its tensors are not those of `train` by name, type and shape, all of them and no
/// other: `ctgrad::error` with the file, the tensor, what was expected and given; `train` is as before then.
template <class Trainer>
void load_checkpoint(const std::string& path, Trainer& train) {
    if constexpr (!detail::is_poison<Trainer>) {
        const tensor_file file = safetensors::detail::read_for("load_checkpoint", path);
        auto& store = detail::store_in(train);
        const auto wanted = detail::stored_tensors(store, detail::kept::all);
        detail::require_known_version("load_checkpoint", file);
        detail::require_distinct_names("load_checkpoint: the trainer", wanted);
        detail::require_nothing_else("load_checkpoint", file, wanted);
        detail::fill_store("load_checkpoint", file, wanted, store.data());
    }
}

/// Writes the variables of `train` alone, for predictions and other trainers.
/// **Fails when** two variables have one name, or the file cannot be written: `ctgrad::error`.
template <class Trainer>
void save_variables(const std::string& path, const Trainer& train) {
    if constexpr (!detail::is_poison<Trainer>)
        safetensors::detail::write_for("save_variables", path, detail::stored_tensors(detail::store_in(train), detail::kept::variables),
                                       {});
}

/// Reads variables by name from a checkpoint or any other safetensors file, whatever else is in it: all of `train`,
/// `load_variables(path, train)`, or those named, `load_variables(path, train, W, b = "output/bias")`, where a text is
/// the tensor's name in the file.
/// @param train a trainer of any step, or the `parameters<decltype(f)::program>` of a function.
/// **Fails when** the file is damaged, or a tensor is missing or has another type or shape: `ctgrad::error`; nothing is
/// changed then. (`variable_must_be_in_store`: `train` has no such variable.)
template <class Trainer, class... Asked>
void load_variables(const std::string& path, Trainer& train, const Asked&... asked) {
    detail::fill_variables("load_variables", path, safetensors::detail::read_for, train, asked...);
}

} // namespace ctgrad
