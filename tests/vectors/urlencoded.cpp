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
using mcx::test::written_in;

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

bool judge_reading(json_members const& test, mcx::test::tally& counts) {
    std::string const input = string_in(test.at("input"));
    std::vector<std::vector<std::string>> found;
    bool const accepted = read(input, found);
    std::vector<std::vector<std::string>> expected;
    for (std::string const& pair : elements_in(test.at("output"))) {
        auto const both = elements_in(pair);
        expected.push_back({string_in(both[0]), string_in(both[1])});
    }
    bool const valid = string_in(test.at("oauth_strict")) == "valid";
    counts.judge(valid ? accepted && found == expected : !accepted, {input}, "otherwise");
    return true;
}

bool judge_writing(json_members const& test, mcx::test::tally& counts) {
    std::string body;
    form::append(body, "", string_in(test.at("text")));
    std::string const encoded = string_in(test.at("encoded"));
    counts.judge(body == "=" + encoded, {encoded}, body);
    return true;
}

bool run(mcx::test::vector_file const& file, mcx::test::tally& counts) {
    bool known = true;
    for (std::string const& written : elements_in(written_in(file.members, "tests"))) {
        json_members const test = members_in(written);
        known = known && (test.contains("oauth_strict")
                              ? judge_reading(test, counts)
                              : test.contains("encoded") && judge_writing(test, counts));
    }
    return known;
}

}  // namespace

TEST_CASE("forms are read and written as the vectors say, and refused where an endpoint refuses") {
    mcx::test::run_folder("urlencoded", run);
}
