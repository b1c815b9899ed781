// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "support/vectors.hpp"

#include "support/check.hpp"
#include "support/vector_suite.hpp"

#include <mcx/codec/form.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

// Forms: what a lenient parser reads in them, which of them a token endpoint refuses, and how a
// serializer writes them.

namespace form = mcx::form;
using mcx::test::elements_in;
using mcx::test::json_members;
using mcx::test::members_in;
using mcx::test::string_in;

namespace {

/// The pairs of a form, decoded; false where it is refused.
bool read(std::string_view body, std::vector<std::vector<std::string>>& pairs) {
    for (form::reader reader{body};;) {
        auto const next = reader.next();
        if (!next) {
            return false;
        }
        auto const& pair = *next;
        if (!pair) {
            return true;
        }
        std::vector<std::string> decoded;
        for (std::string_view const raw : {pair->raw_name, pair->raw_value}) {
            std::string text(raw.size(), '\0');
            auto const size = form::decode(raw, text);
            if (!size) {
                return false;
            }
            text.resize(*size);
            decoded.push_back(text);
        }
        pairs.push_back(decoded);
    }
}

}  // namespace

TEST_CASE("forms are read as the vectors say, and refused where a token endpoint refuses them") {
    if (mcx::test::vectors_folder().empty()) {
        MESSAGE("MCX_VECTORS is not set: nothing was checked");
        return;
    }
    auto const file = members_in(mcx::test::vectors_file("urlencoded/parse.json"));
    mcx::test::tally tally{"urlencoded/parse.json"};
    for (std::string const& written : elements_in(file.at("tests"))) {
        json_members const test = members_in(written);
        std::string const input = string_in(test.at("input"));
        std::vector<std::vector<std::string>> found;
        bool const accepted = read(input, found);
        std::vector<std::vector<std::string>> expected;
        for (std::string const& pair : elements_in(test.at("output"))) {
            auto const both = elements_in(pair);
            expected.push_back({string_in(both[0]), string_in(both[1])});
        }
        bool const valid = string_in(test.at("oauth_strict")) == "valid";
        tally.judge(valid ? accepted && found == expected : !accepted, {input}, "otherwise");
    }
    CHECK(tally.cases() == 47);
    tally.finish();
}

TEST_CASE("forms are written as the vectors say") {
    if (mcx::test::vectors_folder().empty()) {
        MESSAGE("MCX_VECTORS is not set: nothing was checked");
        return;
    }
    auto const file = members_in(mcx::test::vectors_file("urlencoded/serialize.json"));
    mcx::test::tally tally{"urlencoded/serialize.json"};
    for (std::string const& written : elements_in(file.at("tests"))) {
        json_members const test = members_in(written);
        std::string body;
        form::append(body, "", string_in(test.at("text")));
        std::string const encoded = string_in(test.at("encoded"));
        tally.judge(body == "=" + encoded, {encoded}, body);
    }
    CHECK(tally.cases() == 87);
    tally.finish();
}
