// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "support/vector_suite.hpp"

#include <mcx/codec/base64url.hpp>
#include <mcx/core/secret.hpp>

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

// Spellings of octets: the one canonical spelling, and everything else. Both decoders, the plain
// one and the one that takes no time that depends on the text, have to agree.

using mcx::errc;
using mcx::test::json_members;
using mcx::test::tally;
using mcx::test::text_in;
using mcx::test::vector_file;
namespace base64url = mcx::base64url;

namespace {

using octets = std::vector<std::byte>;

struct decoded {
    errc code;
    octets made;
};

decoded decode(std::string_view text) {
    octets made(base64url::max_decoded_size(text.size()));
    auto const size = base64url::decode(text, made);
    made.resize(size.value_or(0));
    return {size.error().code, made};
}

decoded decode_secret(std::string_view text) {
    octets made(base64url::max_decoded_size(text.size()));
    auto const size = base64url::decode_secret(text, made);
    made.resize(size.value_or(0));
    return {size.error().code, made};
}

/// Whether this is the error for the reason that the file gives. The length is looked at first.
bool is_for(std::string_view reason, errc code, std::string_view text) {
    if (reason == "character outside the alphabet") {
        return code == errc::base64_character || code == errc::base64_padding ||
               (code == errc::base64_length && text.size() % 4 == 1);
    }
    if (reason == "impossible length") {
        return code == errc::base64_length;
    }
    return reason == "unused trailing bits set" && code == errc::base64_spare_bits;
}

bool comes_back(decoded const& found, std::string_view text) {
    std::string again(base64url::encoded_size(found.made.size()), '\0');
    base64url::encode(found.made, again);
    return again == text;
}

void judge(json_members const& test, tally& counts) {
    std::string const text = text_in(test, "input");
    bool const wpt = test.contains("base64url_strict");
    bool const valid = text_in(test, wpt ? "base64url_strict" : "expect") == "valid";
    decoded const found = decode(text);
    decoded const secretly = decode_secret(text);
    bool const agree =
        (secretly.code == errc::none) == (found.code == errc::none) && secretly.made == found.made;
    bool const same =
        !test.contains("hex") || found.made == mcx::test::octets_of_hex(text_in(test, "hex"));
    bool const right = valid ? found.code == errc::none && same && comes_back(found, text)
                             : is_for(text_in(test, "reason"), found.code, text);
    counts.judge(right && agree, {mcx::test::written_in(test, "input")}, found.code);
}

bool run(vector_file const& file, tally& counts) {
    if (!file.members.contains("tests")) {
        return false;
    }
    for (std::string const& written : mcx::test::elements_in(file.members.at("tests"))) {
        json_members const test = mcx::test::members_in(written);
        if (!test.contains("input") ||
            !(test.contains("base64url_strict") || test.contains("expect"))) {
            return false;
        }
        judge(test, counts);
    }
    return true;
}

}  // namespace

TEST_CASE("octets have one spelling in base64url, and its decoders take no other") {
    mcx::test::run_folder("base64url", run);
}
