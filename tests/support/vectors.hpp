// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_TESTS_SUPPORT_VECTORS_HPP
#define MCX_TESTS_SUPPORT_VECTORS_HPP

#include <mcx/codec/json_reader.hpp>

#include <cstdlib>
#include <fstream>
#include <functional>
#include <iterator>
#include <map>
#include <string>
#include <string_view>
#include <vector>

// Published vectors, which are not part of this project: they are read from the folder that the
// environment variable MCX_VECTORS names. Values are kept as they are written, until a test asks.

namespace mcx::test {

/// The folder of the vectors; empty where there is none.
inline std::string vectors_folder() {
    char const* const folder = std::getenv("MCX_VECTORS");
    return folder == nullptr ? std::string{} : std::string{folder};
}

/// The text of a file of vectors; empty where there is no such file.
inline std::string vectors_file(std::string const& name) {
    std::ifstream file(vectors_folder() + "/" + name, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

/// What a JSON string means, given with its quotes; empty where it is none.
inline std::string string_in(std::string_view written) {
    json::reader reader{written};
    auto const step = reader.next();
    std::string meaning(written.size(), '\0');
    if (!step || step->kind != json::kind::string) {
        return {};
    }
    return std::string{json::meaning(step->token(), meaning).value_or(std::string_view{})};
}

/// The members of a JSON object by name.
using json_members = std::map<std::string, std::string, std::less<>>;

inline json_members members_in(std::string_view written) {
    json_members members;
    json::reader reader{written, {json::limits::max_depth, json::limits::max_members}};
    auto step = reader.next();
    for (step = reader.next(); step && step->kind == json::kind::name; step = reader.next()) {
        std::string const name = string_in('"' + std::string{step->raw} + '"');
        auto const first = reader.next();
        auto const value = first ? reader.skip(*first) : result<std::string_view>{first.error()};
        members.emplace(name, value.value_or(std::string_view{}));
    }
    return members;
}

/// The elements of a JSON array.
inline std::vector<std::string> elements_in(std::string_view written) {
    std::vector<std::string> elements;
    json::reader reader{written, {json::limits::max_depth, json::limits::max_members}};
    auto step = reader.next();
    if (!step || step->kind != json::kind::array_begin) {
        return elements;
    }
    for (step = reader.next(); step && step->kind != json::kind::array_end; step = reader.next()) {
        elements.emplace_back(reader.skip(*step).value_or(std::string_view{}));
    }
    return elements;
}

}  // namespace mcx::test

#endif
