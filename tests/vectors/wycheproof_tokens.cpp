// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "support/by_name.hpp"
#include "support/vector_suite.hpp"

#include <mcx/backend/botan.hpp>
#include <mcx/backend/sodium.hpp>
#include <mcx/jose/verify.hpp>

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

// The cases of C2SP/wycheproof for whole tokens and keys. A verifier is made for the algorithm that
// the key names, by every backend that has it; an encrypted token is refused as one.

using mcx::algorithm_set;
using mcx::errc;
using mcx::test::elements_in;
using mcx::test::json_members;
using mcx::test::members_in;
using mcx::test::tally;
using mcx::test::text_in;
using mcx::test::vector_file;
using mcx::test::written_in;
namespace jws = mcx::jws;

namespace {

constexpr std::size_t max_size = 16384;

/// The JWKs of a group: one or a set of them, public where the group has both halves.
std::vector<std::string> keys_in(json_members const& group) {
    std::string const found = written_in(group, group.contains("public") ? "public" : "private");
    json_members const members = members_in(found);
    return members.contains("keys") ? elements_in(members.at("keys")) : std::vector{found};
}

/// Verifies a token, and reads what was signed: until then its spelling has not been looked at.
template <class B, class A>
errc verdict_of(std::string const& text, std::vector<std::string> const& jwks) {
    auto const token = jws::parse(std::string_view{text}, max_size);
    if (!token) {
        return token.error().code;
    }
    auto const keys = mcx::test::keys_for<B>(algorithm_set<A>{}, jwks);
    if (!keys) {
        return keys.error().code;
    }
    auto const verified = jws::verify<algorithm_set<A>>(*token, *keys);
    mcx::fixed_bytes<max_size> payload{};
    return verified ? verified->payload(payload).error().code : verified.error().code;
}

/// Which algorithm the verifier of a group is for: that of its key, or of the last of several, of
/// which a public one stands last. A key that names none is put to the one its tokens name.
std::string algorithm_of(std::vector<std::string> const& keys) {
    std::string const named =
        keys.empty() ? std::string{} : text_in(members_in(keys.back()), "alg");
    return mcx::test::with_algorithm(named, [](auto) {}) ? named : "RS256";
}

std::vector<errc> verdicts(std::string const& text, std::vector<std::string> const& keys) {
    std::vector<errc> found;
    (void)mcx::test::with_backends(algorithm_of(keys), [&]<class B, class A>() {
        found.push_back(verdict_of<B, A>(text, keys));
    });
    return found;
}

bool is_refusal_of_a_token(errc code) {
    auto const stage = mcx::stage_of(code);
    return stage == mcx::stage::form || stage == mcx::stage::header || stage == mcx::stage::key ||
           stage == mcx::stage::signature;
}

void judge(json_members const& test, std::vector<std::string> const& keys, tally& counts) {
    if (test.contains("jwe")) {
        std::string const text = text_in(test, "jwe");
        auto const dots = std::count(text.begin(), text.end(), '.');
        errc const found = jws::parse(std::string_view{text}, max_size).error().code;
        counts.judge(dots == 4 ? found == errc::encrypted_token : found != errc::none,
                     {test.at("tcId")}, found);
        return;
    }
    bool const valid = text_in(test, "result") == "valid";
    auto const found = verdicts(text_in(test, "jws"), keys);
    if (found.empty()) {
        counts.skip();
    }
    for (errc const code : found) {
        counts.judge(valid ? code == errc::none : is_refusal_of_a_token(code), {test.at("tcId")},
                     code);
    }
}

bool run(vector_file const& file, tally& counts) {
    bool known = file.members.contains("testGroups");
    for (std::string const& text : elements_in(written_in(file.members, "testGroups"))) {
        json_members const group = members_in(text);
        known = known && text_in(group, "type").starts_with("JsonWeb");
        for (std::string const& written : elements_in(written_in(group, "tests"))) {
            json_members const test = members_in(written);
            if (!test.contains("jws") && !test.contains("jwe")) {
                return false;
            }
            judge(test, keys_in(group), counts);
        }
    }
    return known;
}

}  // namespace

TEST_CASE("every backend says of tokens and their keys what Wycheproof says") {
    mcx::test::run_folder("wycheproof", run,
                          [](std::string_view name) { return name.starts_with("json_web_"); });
}
