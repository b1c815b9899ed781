// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "support/vectors.hpp"

#include "support/check.hpp"

#include <mcx/codec/json_reader.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
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

}  // namespace

TEST_CASE("the reader agrees with JSONTestSuite about what JSON is") {
    if (mcx::test::vectors_folder().empty()) {
        MESSAGE("MCX_VECTORS is not set: nothing was checked");
        return;
    }
    auto const file = members_in(mcx::test::vectors_file("jsontestsuite/jsontestsuite.json"));
    CHECK(file.contains("tests"));
    if (!file.contains("tests")) {
        return;
    }
    std::array<std::size_t, 3> seen{};  // y, n, i
    std::size_t accepted = 0;           // of the last kind
    for (std::string const& written : elements_in(file.at("tests"))) {
        json_members const test = members_in(written);
        std::string const name = string_in(test.at("name"));
        std::string const verdict = string_in(test.at("class"));
        errc const code = read(input_of(test));
        if (verdict == "y") {
            ++seen[0];
            CHECK_MESSAGE(code == errc::none, name);
        } else if (verdict == "n") {
            ++seen[1];
            CHECK_MESSAGE(code != errc::none, name);
        } else {
            // Left to the implementation: numbers of any size are read, and are no integers; text
            // that is not UTF-8, lone surrogates, a byte order mark and deep nesting are refused.
            ++seen[2];
            accepted += code == errc::none ? 1U : 0U;
            CHECK_MESSAGE((code == errc::none) == name.starts_with("i_number"), name);
        }
    }
    CHECK(seen == std::array<std::size_t, 3>{63, 125, 23});
    CHECK(accepted == 7);
    MESSAGE("y: " << seen[0] << " accepted, n: " << seen[1] << " refused, i: " << accepted
                  << " accepted and " << seen[2] - accepted << " refused");
}

TEST_CASE("the reader refuses what two readers could take for two things") {
    if (mcx::test::vectors_folder().empty()) {
        MESSAGE("MCX_VECTORS is not set: nothing was checked");
        return;
    }
    auto const file = members_in(mcx::test::vectors_file("jsontestsuite/jsontestsuite.json"));
    CHECK(file.contains("transform"));
    std::size_t refused = 0;
    for (std::string const& written : elements_in(file.at("transform"))) {
        json_members const test = members_in(written);
        std::string const name = string_in(test.at("name"));
        errc const code = read(input_of(test));
        refused += code != errc::none ? 1U : 0U;
        if (name.starts_with("object_same_key")) {
            CHECK_MESSAGE(code == errc::json_duplicate, name);
        } else if (name.find("escaped_invalid_codepoint") != std::string::npos) {
            CHECK_MESSAGE(code == errc::json_surrogate, name);
        } else if (name.find("invalid_codepoint") != std::string::npos) {
            CHECK_MESSAGE(code == errc::utf8_invalid, name);
        } else {
            CHECK_MESSAGE(code == errc::none, name);
        }
    }
    CHECK(refused == 4);
}
