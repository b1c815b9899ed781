// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "support/vector_suite.hpp"

#include <mcx/codec/json_reader.hpp>

#include <cstdlib>
#include <string>
#include <string_view>

// The JSON texts of nst/JSONTestSuite. The file of vectors is itself read with the reader under
// test: where that cannot be, the counts below do not come out.

namespace json = mcx::json;
using mcx::errc;
using mcx::test::elements_in;
using mcx::test::json_members;
using mcx::test::members_in;
using mcx::test::string_in;
using mcx::test::tally;
using mcx::test::vector_file;
using mcx::test::written_in;

namespace {

/// The octets of standard base64 with padding.
std::string octets_of(std::string_view base64) {
    constexpr std::string_view alphabet =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string octets;
    unsigned bits = 0;
    unsigned held = 0;
    for (char const c : base64.substr(0, base64.find('='))) {
        bits = bits << 6U | static_cast<unsigned>(alphabet.find(c));
        held += 6;
        if (held >= 8) {
            held -= 8;
            octets += static_cast<char>(bits >> held & 0xFFU);
        }
    }
    return octets;
}

std::string input_of(json_members const& test) {
    if (test.contains("input_b64")) {
        return octets_of(string_in(test.at("input_b64")));
    }
    std::string const piece = octets_of(string_in(test.at("repeat_b64")));
    std::string input;
    for (long left = std::atol(test.at("repeat_count").c_str()); left > 0; --left) {
        input += piece;
    }
    return input + octets_of(string_in(test.at("tail_b64")));
}

/// Reads a text to its end; the code of the error, or none.
errc read(std::string_view text) {
    json::reader reader{text, {json::limits::max_depth, json::limits::max_members}};
    for (;;) {
        auto const step = reader.next();
        if (!step || step->kind == json::kind::end) {
            return step.error().code;
        }
    }
}

/// Left to the implementation: numbers of any size are read, and are no integers; text that is not
/// UTF-8, lone surrogates, a byte order mark and deep nesting are refused.
bool is_right(std::string_view name, std::string_view verdict, errc code) {
    bool const accepted = code == errc::none;
    return accepted == (verdict == "i" ? name.starts_with("i_number") : verdict == "y");
}

/// What two readers could take for two things is refused, though it is JSON.
bool is_unambiguous(std::string_view name, errc code) {
    if (name.starts_with("object_same_key")) {
        return code == errc::json_duplicate;
    }
    if (name.find("escaped_invalid_codepoint") != std::string_view::npos) {
        return code == errc::json_surrogate;
    }
    if (name.find("invalid_codepoint") != std::string_view::npos) {
        return code == errc::utf8_invalid;
    }
    return code == errc::none;
}

bool run(vector_file const& file, tally& counts) {
    if (!file.members.contains("tests")) {
        return false;
    }
    for (std::string const& written : elements_in(file.members.at("tests"))) {
        json_members const test = members_in(written);
        std::string const name = string_in(test.at("name"));
        errc const code = read(input_of(test));
        counts.judge(is_right(name, string_in(test.at("class")), code), {name}, code);
    }
    for (std::string const& written : elements_in(written_in(file.members, "transform"))) {
        json_members const test = members_in(written);
        std::string const name = string_in(test.at("name"));
        errc const code = read(input_of(test));
        counts.judge(is_unambiguous(name, code), {name}, code);
    }
    return true;
}

}  // namespace

TEST_CASE("the reader agrees with JSONTestSuite about what JSON is") {
    mcx::test::run_folder("jsontestsuite", run);
}
