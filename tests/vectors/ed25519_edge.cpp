// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "support/vector_suite.hpp"

#include <mcx/backend/botan.hpp>
#include <mcx/backend/sodium.hpp>

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

// Signatures on which implementations of Ed25519 differ. Both backends have to say the same, and
// that is what RFC 8032 says; more is refused, by the rules that the list of deviations states.
// Where RFC 8032 allows either, it is the equation without the cofactor that decides.

using mcx::eddsa;
using mcx::errc;
using mcx::test::json_members;
using mcx::test::labels;
using mcx::test::octets_of_hex;
using mcx::test::tally;
using mcx::test::text_in;
using mcx::test::vector_file;

namespace {

template <class B>
errc verdict_of(std::vector<std::byte> const& key, std::vector<std::byte> const& message,
                std::vector<std::byte> const& octets) {
    auto const numbers = eddsa::public_key::from(key);
    if (!numbers) {
        return numbers.error().code;
    }
    auto const prepared = mcx::verifying_key<eddsa, B>::from(*numbers);
    if (!prepared) {
        return prepared.error().code;
    }
    eddsa::signature signature{};
    if (octets.size() != signature.size()) {
        return errc::signature;
    }
    std::copy(octets.begin(), octets.end(), signature.begin());
    switch (prepared->verify(message, signature)) {
        case mcx::verdict::good:
            return errc::none;
        case mcx::verdict::bad:
            return errc::signature;
        case mcx::verdict::unavailable:
            break;
    }
    return errc::backend;
}

/// The name of a case, then its flags.
labels labels_of(json_members const& test) {
    labels made{mcx::test::written_in(test, "number")};
    for (std::string const& flag : mcx::test::elements_in(mcx::test::written_in(test, "flags"))) {
        made.push_back(mcx::test::string_in(flag));
    }
    return made;
}

/// Whether the case is good: as RFC 8032 says, and as OpenSSL found where that leaves a choice or
/// says nothing; OpenSSL takes the equation without the cofactor too.
bool is_good(json_members const& test) {
    std::string const rfc = text_in(test, "rfc8032");
    return (rfc.empty() || rfc == "either" ? text_in(test, "openssl") : rfc) == "accept";
}

bool run(vector_file const& file, tally& counts) {
    for (std::string const& written :
         mcx::test::elements_in(mcx::test::written_in(file.members, "tests"))) {
        json_members const test = mcx::test::members_in(written);
        bool const cctv = test.contains("key");
        if (!test.contains("openssl") || !(cctv || test.contains("pub_key"))) {
            return false;
        }
        std::string const spoken = text_in(test, "msg");
        auto const key = octets_of_hex(text_in(test, cctv ? "key" : "pub_key"));
        auto const message = cctv ? std::vector<std::byte>(mcx::as_bytes(spoken).begin(),
                                                           mcx::as_bytes(spoken).end())
                                  : octets_of_hex(text_in(test, "message"));
        auto const signature = octets_of_hex(text_in(test, cctv ? "sig" : "signature"));
        for (errc const found : {verdict_of<mcx::sodium>(key, message, signature),
                                 verdict_of<mcx::botan>(key, message, signature)}) {
            counts.judge((found == errc::none) == is_good(test), labels_of(test), found);
        }
    }
    return true;
}

}  // namespace

TEST_CASE("both backends say of signatures at the edge what RFC 8032 says, or refuse them") {
    mcx::test::run_folder("ed25519_edge", run);
}
