// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/runtime/bind.hpp>
#include <ctgrad/runtime/buffer.hpp>
#include <ctgrad/runtime/indices.hpp>

#include <cstring>
#include <span>
#include <string>
#include <tuple>
#include <vector>

namespace ctgrad::detail {

/// Whether the first axis of leaf `E` counts examples and the others are static.
template <class E>
constexpr bool counts_examples() {
    if (E::rank == 0 || E::shape()[0].is_static()) return false;
    for (int k = 1; k < E::rank; ++k)
        if (!E::shape()[k].is_static()) return false;
    return true;
}

/// All examples' data for one leaf. It refers to the data.
template <class Leaf>
class column {
public:
    using leaf = Leaf;
    using number = scalar_of<Leaf::type()>;
    /// The elements of one example.
    static constexpr std::size_t width = static_cast<std::size_t>(Leaf::shape().static_size());

    /// **Fails when** `data` have another element type (`data_must_have_leaf_type`) or layout (`data_must_lie_by_rows`).
    /// Throws `ctgrad::error` where `data` are no whole examples, have gaps, or lie nowhere.
    template <contiguous_range D>
    explicit column(const D& data) : elements_(static_cast<const number*>(elements_in(data))), rows_(count_in(data) / width) {
        if constexpr (!data_check<Leaf, D>::found.is_fine()) refuse<data_check<Leaf, D>>();
        if (count_in(data) % width != 0) refuse_extents(data_extents{count_in(data)});
        if constexpr (has_extents<const D, Leaf::rank>)
            check_extents(extents_in(data));
        else if constexpr (matrix_data<const D> && !static_matrix<D>::is_vector)
            if (Leaf::rank == 1 ? data.rows() != 1 && data.cols() > 1 : static_cast<std::size_t>(data.rows()) != rows_)
                refuse_extents(extents_in(data));
        if (!lies_by_rows(data)) refuse_gaps(Leaf::root().name->text);
        if (rows_ > 0 && is_misplaced(data)) fail(text_of("was given data at no address for its elements"));
    }
    column(const number* elements, std::size_t rows) : elements_(elements), rows_(rows) {}

    std::size_t rows() const { return rows_; }
    const number* data() const { return elements_; }
    column part(std::size_t first, std::size_t count) const { return {elements_ + first * width, count}; }
    std::span<const number> rows_from(std::size_t first, std::size_t count) const { return {elements_ + first * width, count * width}; }

    /// Copies the chosen rows to `to`.
    void gather(std::span<const std::size_t> chosen, number* to) const {
        for (const std::size_t row : chosen) {
            std::memcpy(to, elements_ + row * width, width * sizeof(number));
            to += width;
        }
    }

    static std::string text_of(std::string_view complaint) {
        return std::string("ctgrad: '").append(Leaf::root().name->text).append("' ").append(complaint);
    }

private:
    static void check_extents(const data_extents& given) {
        bool same = given.rank == Leaf::rank;
        for (int k = 1; same && k < Leaf::rank; ++k) same = given.extent[k] == Leaf::shape()[k].extent;
        if (!same) refuse_extents(given);
    }
    [[noreturn, gnu::cold]] static void refuse_extents(const data_extents& given) {
        std::string extents;
        for (int k = 0; k < given.rank; ++k) extents.append(k ? "," : "[").append(std::to_string(given.extent[k]));
        fail(text_of("expects ")
                 .append(to_string(Leaf::shape()))
                 .append(" but was given ")
                 .append(given.rank >= 0 ? extents.append("]") : std::to_string(given.count).append(" elements")));
    }

    const number* elements_;
    std::size_t rows_;
};

/// Refuses class numbers and other indices of program `P` that lie outside what they choose from.
template <class P, class Leaf>
void check_indices(const column<Leaf>& all) {
    if constexpr (Leaf::type() == dtype::int32)
        unrolled(up_to<index_bounds<P>::count>, [&]<int I>() {
            constexpr index_bound bound = index_bounds<P>::all.bound[I];
            constexpr bool is_bound = bound.place < 0 && P::graph()[bound.leaf].hash == Leaf::root().hash;
            const std::size_t count = all.rows() * column<Leaf>::width;
            if (is_bound && !all_below(all.data(), count, bound.extent))
                refuse_index(Leaf::root().name->text, all.data(), count, bound.extent);
        });
}

/// The data of all leaves that have a row for each example.
template <class... Leaf>
class columns {
public:
    /// Throws `ctgrad::error` where the numbers of examples differ.
    explicit columns(column<Leaf>... each) : each_(each...), rows_(std::get<0>(each_).rows()) { (check_rows(each), ...); }

    std::size_t rows() const { return rows_; }
    /// With one more leaf.
    template <class L>
    columns<Leaf..., L> with_column(const column<L>& more) const {
        return columns<Leaf..., L>(std::get<column<Leaf>>(each_)..., more);
    }
    columns part(std::size_t first, std::size_t count) const { return columns(std::get<column<Leaf>>(each_).part(first, count)...); }
    template <class L>
    const column<L>& of() const {
        return std::get<column<L>>(each_);
    }

    /// Where the rows of each leaf begin.
    using addresses = std::tuple<const typename column<Leaf>::number*...>;
    addresses from(std::size_t first) const { return {std::get<column<Leaf>>(each_).rows_from(first, 0).data()...}; }

    /// Copies the chosen rows to `room`.
    using places = std::tuple<typename column<Leaf>::number*...>;
    addresses gathered(std::span<const std::size_t> chosen, const places& room) const {
        std::apply([&](auto*... to) { (std::get<column<Leaf>>(each_).gather(chosen, to), ...); }, room);
        return std::apply([](auto*... to) { return addresses{to...}; }, room);
    }
    /// Places in `memory` for batches of up to `rows` examples.
    static places make_room(buffer& memory, std::size_t rows) {
        memory.reserve((std::size_t{0} + ... + bytes_of<Leaf>(rows)));
        std::byte* at = memory.data();
        auto place = [&]<class L>(L*) { return reinterpret_cast<typename column<L>::number*>(std::exchange(at, at + bytes_of<L>(rows))); };
        return places{place(static_cast<Leaf*>(nullptr))...};
    }

    /// Calls `use(leaf = rows...)` for `count` rows of each leaf.
    template <class Use>
    [[gnu::always_inline]] static void with(const addresses& at, std::size_t count, Use use) {
        std::apply([&](auto*... rows) __attribute__((always_inline)) { bind_rows(use, std::span(rows, count * column<Leaf>::width)...); },
                   at);
    }

    /// Refuses class numbers and other indices of program `P` that lie outside what they choose from.
    template <class P>
    void check_indices() const {
        (detail::check_indices<P>(std::get<column<Leaf>>(each_)), ...);
    }

private:
    template <class L>
    static std::size_t bytes_of(std::size_t rows) {
        return aligned(rows * column<L>::width * sizeof(typename column<L>::number));
    }
    template <class Use, class... Rows>
    [[gnu::always_inline]] static void bind_rows(Use& use, const Rows&... rows) {
        use((Leaf{} = rows)...);
    }
    template <class C>
    void check_rows(const C& each) const {
        if (each.rows() != rows_)
            fail(C::text_of("has ").append(std::to_string(each.rows())).append(" examples where there are ").append(std::to_string(rows_)));
    }

    std::tuple<column<Leaf>...> each_;
    std::size_t rows_;
};

} // namespace ctgrad::detail
