// SPDX-License-Identifier: BSL-1.0
#pragma once

// As in ctgrad.hpp.
#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wshadow"
#endif

#include <ctgrad/io/tensor_file.hpp>
#include <ctgrad/train/configured_step.hpp>
#include <ctgrad/train/trainer.hpp>

#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic pop
#endif

#include <concepts>
#include <cstdint>

namespace ctgrad::detail {

/// A variable or slot of a parameter store. (It is no `node`: what machine code refers to, the compiler emits.)
struct kept_leaf {
    std::string_view variable;
    int slot = 0;
    bool is_variable = false, is_counter = false;
    dtype type = dtype::float32;
    int rank = 0;
    std::int64_t extent[max_rank]{};
};

template <int Count>
struct kept_leaf_table {
    counted<kept_leaf, Count> leaves{};
};

/// The leaves of a program's store, as `parameters<P>::layout` has them.
template <class P>
inline constexpr auto kept_leaves = [] {
    kept_leaf_table<parameters<P>::count> made;
    int next = 0;
    for (int i = 0; i < P::plan.leaf_count; ++i) {
        const node& leaf = P::graph()[P::plan.leaves[i]];
        if (!parameters<P>::belongs(leaf)) continue;
        kept_leaf& kept = made.leaves[next++];
        kept = {leaf.name->text,
                leaf.numbers[0],
                is_variable(leaf) || is_op<state_op>(*leaf.op),
                leaf.hash == decltype(iterations)::root().hash,
                leaf.type,
                leaf.shape.rank};
        for (int k = 0; k < kept.rank; ++k) kept.extent[k] = leaf.shape[k].extent;
    }
    return made;
}();

/// What it is called in files: a variable, or a state, by its name, a slot `W/momentum`, or `W/slot_0` of a formula of the user's.
inline std::string file_name_of(const kept_leaf& leaf) {
    const std::string variable(leaf.variable);
    if (leaf.is_variable || leaf.is_counter) return variable;
    if (leaf.slot < 0 && -leaf.slot <= std::ssize(slots::terms)) return variable + "/" + std::string(slots::terms[-1 - leaf.slot]);
    return variable + "/slot_" + std::to_string(leaf.slot);
}

inline stored_tensor stored(const kept_leaf& leaf, const std::byte* elements) {
    stored_tensor made{file_name_of(leaf), storage_of(leaf.type), {leaf.extent, leaf.extent + leaf.rank}, {}};
    made.bytes = {elements, bytes_of(made.type, made.shape, 0)};
    return made;
}

/// Which leaves of a store.
enum class kept { all, variables };

/// Leaves of a store as files keep them; their bytes stay where they are.
template <class P>
std::vector<stored_tensor> stored_tensors(const parameters<P>& store, kept which) {
    std::vector<stored_tensor> made;
    for (int i = 0; i < parameters<P>::count; ++i)
        if (const kept_leaf& leaf = kept_leaves<P>.leaves[i]; which == kept::all || leaf.is_variable)
            made.push_back(stored(leaf, store.data() + parameters<P>::layout.leaves[i].offset));
    return made;
}

/// Reads tensors of `file` into memory of a store: all are checked before the first is written.
/// @param wanted what the file must have, `bytes` being the memory of the store.
/// @param store where that memory begins.
inline void fill_store(const std::string& reader, const tensor_file& file, std::span<const stored_tensor> wanted, std::byte* store) {
    const std::string complainer = reader + ": " + file.path() + ": tensor '";
    std::vector<const stored_tensor*> sources;
    for (const stored_tensor& w : wanted) {
        const stored_tensor* const found = file.find(w.name);
        if (found == nullptr) fail(complainer + w.name + "' is missing: expected " + described(w.type, w.shape));
        if (found->type != w.type || found->shape != w.shape)
            fail(complainer + w.name + "' does not fit: expected " + described(w.type, w.shape) + ", given " +
                 described(found->type, found->shape));
        sources.push_back(found);
    }
    for (std::size_t i = 0; i < wanted.size(); ++i)
        std::memcpy(store + (wanted[i].bytes.data() - store), sources[i]->bytes.data(), wanted[i].bytes.size());
}

/// The store of a trainer, or the store itself.
template <class Store>
auto& store_in(Store& given) {
    if constexpr (is_parameters<std::remove_const_t<Store>>)
        return given;
    else
        return given.parameters();
}

/// One of the tensors that are asked for: a variable, or `variable = "its name in the file"`.
template <class Asked>
struct asked_tensor {
    using leaf = Asked;
    static std::string name_or(const Asked&, const std::string& own) { return own; }
};
template <class V, std::convertible_to<std::string_view> Text, bool Holds>
struct asked_tensor<binding<V, Text, Holds>> {
    using leaf = V;
    static std::string name_or(const binding<V, Text, Holds>& asked, const std::string&) {
        return std::string(std::string_view(asked.data));
    }
};

/// The first of `V...` that is not in `Store`, or void.
template <class Store, class... V>
struct first_absent {
    using type = void;
};
template <class Store, class First, class... V>
struct first_absent<Store, First, V...>
    : std::conditional_t<Store::template holds<First>, first_absent<Store, V...>, std::type_identity<First>> {};

template <class P, class A>
stored_tensor stored_for(const parameters<P>& store, const A& asked) {
    constexpr int at = parameters<P>::find(asked_tensor<A>::leaf::root().hash);
    stored_tensor made = stored(kept_leaves<P>.leaves[at], store.data() + parameters<P>::layout.leaves[at].offset);
    made.name = asked_tensor<A>::name_or(asked, made.name);
    return made;
}

/// Reads variables of `train`, those in `asked` or, if there are none, all, from the file that `read(reader, path)` gives.
template <class Read, class Trainer, class... Asked>
void fill_variables(const std::string& reader, const std::string& path, Read read, Trainer& train, const Asked&... asked) {
    if constexpr (!is_poison<Trainer> && !(is_poison<Asked> || ...)) {
        auto& store = store_in(train);
        using absent = typename first_absent<std::remove_reference_t<decltype(store)>, typename asked_tensor<Asked>::leaf...>::type;
        if constexpr (!std::is_void_v<absent>)
            (void)broken<fault::variable_must_be_in_store, asked_shown<absent>>;
        else if constexpr (sizeof...(Asked) == 0)
            fill_store(reader, read(reader, path), stored_tensors(store, kept::variables), store.data());
        else
            fill_store(reader, read(reader, path), std::vector<stored_tensor>{stored_for(store, asked)...}, store.data());
    }
}

} // namespace ctgrad::detail
