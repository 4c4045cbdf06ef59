// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ctgrad/io/tensor_file.hpp>

#include <charconv>
#include <cstdint>
#include <optional>

namespace ctgrad::detail {

/// The header of an NPY file, a dictionary written in Python, from left to right.
class python_text {
public:
    /// @param complainer who complains of what: function and file.
    python_text(const std::string& complainer, std::string_view text) : complainer_(complainer), rest_(text) {}

    void require(bool holds, const std::string& complaint) const {
        if (!holds) fail(complainer_ + " " + complaint);
    }

    /// Whether `token` comes next, which is then left behind.
    bool take(std::string_view token) {
        rest_.remove_prefix(std::min(rest_.find_first_not_of(" \n"), rest_.size()));
        if (!rest_.starts_with(token)) return false;
        rest_.remove_prefix(token.size());
        return true;
    }
    void expect(std::string_view token) {
        require(take(token), "has a header that cannot be understood: expected " + std::string(token) + " before '" +
                                 std::string(rest_.substr(0, 20)) + "'");
    }

    std::string take_quoted() {
        const std::string_view quote = take("\"") ? "\"" : "'";
        if (quote == "'") expect(quote);
        const std::size_t end = std::min(rest_.find(quote), rest_.size());
        const std::string text(rest_.substr(0, end));
        rest_.remove_prefix(end);
        expect(quote);
        return text;
    }

    std::vector<std::size_t> take_extents() {
        std::vector<std::size_t> extents;
        expect("(");
        while (!take(")")) {
            std::size_t extent = 0;
            const auto [end, problem] = std::from_chars(rest_.data(), rest_.data() + rest_.size(), extent);
            require(problem == std::errc{}, "has a shape that cannot be understood at '" + std::string(rest_.substr(0, 20)) + "'");
            rest_.remove_prefix(static_cast<std::size_t>(end - rest_.data()));
            take("L"); // of Python 2
            extents.push_back(extent);
            if (!take(",")) {
                expect(")");
                break;
            }
            take("");
        }
        return extents;
    }

    bool ends() { return take("") && rest_.empty(); }

private:
    const std::string& complainer_;
    std::string_view rest_;
};

/// What an NPY header says.
struct npy_header {
    std::optional<std::string> type;
    std::optional<bool> fortran_order;
    std::optional<std::vector<std::size_t>> shape;
};

inline npy_header parse_npy_header(python_text text) {
    npy_header made;
    const auto once = [&](auto& part, auto value) {
        text.require(!part.has_value(), "says something twice in its header");
        part = std::move(value);
    };
    text.expect("{");
    while (!text.take("}")) {
        const std::string key = text.take_quoted();
        text.expect(":");
        if (key == "descr") {
            text.require(!text.take("["), "holds records, not numbers");
            once(made.type, text.take_quoted());
        } else if (key == "fortran_order") {
            const bool yes = text.take("True");
            if (!yes) text.expect("False");
            once(made.fortran_order, yes);
        } else {
            text.require(key == "shape", "has an unknown '" + key + "' in its header");
            once(made.shape, text.take_extents());
        }
        if (!text.take(",")) {
            text.expect("}");
            break;
        }
    }
    text.require(text.ends(), "has more than a dictionary in its header");
    text.require(made.type && made.fortran_order && made.shape, "does not say descr, fortran_order and shape in its header");
    return made;
}

/// Turns elements with the first axis varying fastest into row-major ones.
inline void to_row_major(std::span<std::byte> bytes, std::size_t size, std::span<const std::size_t> shape) {
    const std::vector<std::byte> columns(bytes.begin(), bytes.end());
    std::vector<std::size_t> index(shape.size());
    for (std::size_t to = 0; to < bytes.size(); to += size) {
        std::size_t from = 0;
        for (std::size_t axis = shape.size(); axis-- > 0;) from = from * shape[axis] + index[axis];
        std::memcpy(bytes.data() + to, columns.data() + from * size, size);
        for (std::size_t axis = shape.size(); axis-- > 0; index[axis] = 0)
            if (++index[axis] < shape[axis]) break;
    }
}

/// The tensor in the bytes of an NPY file, whose elements become row-major and little-endian where they are.
/// @param complainer who complains of what: function and file.
inline stored_tensor parse_npy(const std::string& complainer, std::string name, std::span<std::byte> file) {
    const auto require = [&](bool holds, const std::string& complaint) {
        if (!holds) fail(complainer + " " + complaint);
    };
    const std::string_view text(reinterpret_cast<const char*>(file.data()), file.size());
    require(text.starts_with("\x93NUMPY"), "is not an NPY file");
    require(text.size() >= 10, "ends inside its header");
    const bool is_short = text[6] == 1;
    require(text[6] >= 1 && text[6] <= 3, "is of NPY version " + std::to_string(text[6]) + ", expected 1 to 3");
    std::uint32_t length = 0;
    const std::size_t begin = is_short ? 10 : 12;
    require(text.size() >= begin, "ends inside its header");
    std::memcpy(&length, file.data() + 8, begin - 8);
    require(length <= text.size() - begin, "ends inside its header");
    const npy_header header = parse_npy_header(python_text(complainer, text.substr(begin, length)));

    const bool is_big = header.type->starts_with('>');
    const std::string_view type =
        std::string_view(*header.type)
            .substr(!header.type->empty() && std::string_view("<>|=").find(header.type->front()) != std::string_view::npos ? 1 : 0);
    const auto* const known = std::ranges::find_if(storage_types, [&](const storage_type& t) { return !type.empty() && t.numpy == type; });
    require(known != std::end(storage_types), "holds elements of type '" + *header.type + "', which are no numbers of a known size");

    const std::span<std::byte> bytes = file.subspan(begin + length);
    const std::size_t expected = bytes_of(*known, *header.shape, SIZE_MAX);
    require(bytes.size() == expected, "has " + std::to_string(bytes.size()) + " bytes of elements where " +
                                          described(*known, *header.shape) + " needs " +
                                          (expected == SIZE_MAX ? "more than memory can address" : std::to_string(expected)));
    if (is_big)
        for (std::size_t i = 0; i < bytes.size(); i += known->size) std::ranges::reverse(bytes.subspan(i, known->size));
    if (*header.fortran_order) to_row_major(bytes, known->size, *header.shape);
    stored_tensor made{std::move(name), *known, *header.shape, bytes};
    require_bools(complainer, made);
    return made;
}

/// What an NPY file has before the elements.
inline std::string npy_header_of(const std::string& complainer, const stored_tensor& t) {
    if (t.type.numpy.empty()) fail(complainer + " cannot hold " + std::string(t.type.name) + ", which NumPy does not have");
    std::string text = std::string("{'descr': '")
                           .append(t.type.size == 1 ? "|" : "<")
                           .append(t.type.numpy)
                           .append("', 'fortran_order': False, 'shape': (");
    for (const std::size_t extent : t.shape) text.append(std::to_string(extent)).append(t.shape.size() == 1 ? "," : ", ");
    if (t.shape.size() > 1) text.resize(text.size() - 2);
    text += "), }";
    constexpr std::size_t before = 10, multiple = 64;
    text.resize((before + text.size() + multiple) / multiple * multiple - before, ' ');
    text.back() = '\n';
    const auto length = static_cast<std::uint16_t>(text.size());
    return std::string("\x93NUMPY\x01\0", 8).append(reinterpret_cast<const char*>(&length), sizeof length).append(text);
}

} // namespace ctgrad::detail
