// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "support/jws_examples.hpp"
#include "support/vector_suite.hpp"

#include <mcx/backend/botan.hpp>
#include <mcx/backend/sodium.hpp>

#include <string>
#include <string_view>
#include <vector>

// The files of ietf-jose/cookbook. A JWS is verified in each serialization that its file has, by
// every backend, and signed again; a key is read and written; what is encrypted is refused.

using mcx::algorithm_set;
using mcx::errc;
using mcx::test::json_members;
using mcx::test::jws_example;
using mcx::test::members_in;
using mcx::test::tally;
using mcx::test::text_in;
using mcx::test::vector_file;
using mcx::test::written_in;
namespace jwk = mcx::jwk;
namespace jws = mcx::jws;

namespace {

/// One serialization of the example's token, named as the file does.
jws_example example_of(json_members const& example, std::string_view form) {
    json_members const output = members_in(written_in(example, "output"));
    json_members const signing = members_in(written_in(example, "signing"));
    json_members const header = members_in(written_in(signing, "protected"));
    std::string const payload = text_in(members_in(written_in(example, "input")), "payload");
    jws_example made;
    made.text = form == "compact" ? text_in(output, form) : written_in(output, form);
    made.unencoded = written_in(header, "b64") == "false";
    bool const apart = form == "compact" ? made.text.find("..") != std::string::npos
                                         : !members_in(made.text).contains("payload");
    if (apart) {
        made.payload_apart = payload;
    }
    return made;
}

template <class B, class A>
void verify_forms(json_members const& example, std::string_view jwk, tally& counts) {
    json_members const output = members_in(written_in(example, "output"));
    auto const keys = mcx::test::keys_of_owner<B, A>(jwk);
    if (!keys) {
        counts.judge(false, {"key"}, keys.error().code);
        return;
    }
    for (std::string_view const form : {"compact", "json", "json_flat"}) {
        if (output.contains(form)) {
            errc const found = mcx::test::verdict_of(example_of(example, form), *keys);
            counts.judge(found == errc::none, {std::string(form)}, found);
        }
    }
}

/// Signs what the example signs: octet for octet the same, where there is one signature.
template <class B, class A>
void sign_again(json_members const& example, std::string_view jwk, tally& counts) {
    json_members const signing = members_in(written_in(example, "signing"));
    std::string const made = mcx::test::sign_as_owner<B, A>(jwk, text_in(signing, "sig-input"));
    bool const same = made == text_in(signing, "sig");
    counts.judge(!made.empty() && same == (written_in(example, "reproducible") == "true"),
                 {"signed again"}, same ? "the same" : "another");
}

void judge_signed(json_members const& example, tally& counts) {
    json_members const input = members_in(written_in(example, "input"));
    std::string const key = written_in(input, "key");
    bool const known = mcx::test::with_backends(text_in(input, "alg"), [&]<class B, class A>() {
        verify_forms<B, A>(example, key, counts);
        if constexpr (mcx::MacAlgorithm<A> || mcx::Signs<B, A>) {
            sign_again<B, A>(example, key, counts);
        }
    });
    if (!known) {
        counts.fail(text_in(input, "alg"), "no such algorithm");
    }
}

/// Refused by every reader of tokens, and in compact form as what it is.
void judge_encrypted(json_members const& example, tally& counts) {
    json_members const output = members_in(written_in(example, "output"));
    for (auto const& [form, written] : output) {
        std::string const text = form == "compact" ? text_in(output, form) : written;
        std::size_t const most = mcx::test::detail::max_example;
        errc const compact = jws::parse(std::string_view{text}, most).error().code;
        errc const flattened = jws::flattened::parse(std::string_view{text}, most).error().code;
        errc const general = jws::general::parse(std::string_view{text}, most).error().code;
        bool const refused = form == "compact"
                                 ? compact == errc::encrypted_token &&
                                       flattened == errc::compact_serialization &&
                                       general == errc::compact_serialization
                                 : compact == errc::json_serialization && flattened != errc::none &&
                                       general != errc::none;
        counts.judge(refused, {form}, compact);
    }
}

template <class A>
void judge_mac_key(std::string const& text, tally& counts) {
    auto const read = jwk::read_mac<A>(text);
    bool const signs = text_in(members_in(text), "use") == "sig";
    counts.judge(read.has_value() == signs, {"read"}, read.error().code);
    if (read && signs) {
        auto const written = jwk::write_mac(*read);
        auto const again = jwk::read_mac<A>(mcx::as_text(written.value().reveal()));
        counts.judge(again && again->id == read->id && again->octets.size() == read->octets.size(),
                     {"written"}, again.error().code);
    }
}

template <class A>
void judge_public_key(std::string const& text, tally& counts) {
    auto const members = jwk::parse(text);
    auto const read = members ? jwk::read<A>(*members) : members.error();
    counts.judge(read.has_value(), {"read"}, read.error().code);
    if (read) {
        auto const again = jwk::parse(jwk::write<A>(*read, *members->kid));
        auto const reread = again ? jwk::read<A>(*again) : again.error();
        counts.judge(reread && *reread == *read, {"written"}, reread.error().code);
    }
}

template <class A>
void judge_private_key(std::string const& text, tally& counts) {
    auto const as_public = jwk::parse(text);
    counts.judge(as_public.error().code == errc::key_private, {"as public"},
                 as_public.error().code);
    auto const read = jwk::read_private<A>(text);
    counts.judge(read.has_value(), {"read"}, read.error().code);
    if (read) {
        auto const prepared = jwk::prepare<mcx::botan>(*read);
        counts.judge(prepared.has_value(), {"prepared"}, prepared.error().code);
        auto const written = jwk::write_private(*read);
        auto const again = jwk::read_private<A>(mcx::as_text(written.value().reveal()));
        counts.judge(again && again->stated == read->stated && again->id == read->id, {"written"},
                     again.error().code);
    }
}

bool judge_key(std::string const& text, tally& counts) {
    json_members const members = members_in(text);
    std::string const kty = text_in(members, "kty");
    bool const is_private = members.contains("d");
    if (kty == "oct") {
        judge_mac_key<mcx::hs256>(text, counts);
    } else if (kty == "EC" && text_in(members, "crv") == "P-521") {
        is_private ? judge_private_key<mcx::es512>(text, counts)
                   : judge_public_key<mcx::es512>(text, counts);
    } else if (kty == "RSA") {
        is_private ? judge_private_key<mcx::rs256>(text, counts)
                   : judge_public_key<mcx::rs256>(text, counts);
    } else {
        return false;
    }
    return true;
}

bool run(vector_file const& file, tally& counts) {
    std::string const written = written_in(file.members, "example");
    json_members const example = members_in(written);
    if (example.contains("kty")) {
        return judge_key(written, counts);
    }
    if (example.contains("signing") && example.contains("output")) {
        judge_signed(example, counts);
        return true;
    }
    if (example.contains("encrypting_content") && example.contains("output")) {
        judge_encrypted(example, counts);
        return true;
    }
    return false;
}

}  // namespace

TEST_CASE("the cookbook's tokens are verified and signed again, its keys read and written") {
    mcx::test::run_folder("rfc7520_cookbook", run);
}
