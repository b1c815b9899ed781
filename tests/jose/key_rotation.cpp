// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/jose/key_rotation.hpp>

#include "support/check.hpp"
#include "support/choosy.hpp"
#include "support/mock.hpp"
#include "support/tokens.hpp"
#include "support/toy_mac.hpp"

#include <initializer_list>

using mcx::compare;
using mcx::eddsa;
using mcx::es256;
using mcx::key_id;
using mcx::rs256;
using mcx::test::choosy;
using mcx::test::choosy_key;
using mcx::test::credulous;
using mcx::test::rfc_example;

namespace {

struct named_key {
    unsigned char number;
    key_id id;
};

mcx::key_set<choosy> keys(std::initializer_list<named_key> list) {
    mcx::key_set<choosy> made;
    for (named_key const& one : list) {
        CHECK(made.add<eddsa>(choosy_key(one.number), one.id));
    }
    return made;
}

}  // namespace

TEST_CASE("the same keys in another order are the same keys") {
    CHECK(compare(keys({}), keys({})).empty());
    CHECK(compare(keys({{7, "a"}, {9, "b"}}), keys({{9, "b"}, {7, "a"}})).empty());
}

TEST_CASE("keys that came and keys that went are told by name") {
    auto const found = compare(keys({{7, "a"}, {9, "b"}}), keys({{9, "b"}, {11, "c"}}));
    CHECK(
        (found.came.size() == 1 && found.came[0].id.view() == "c" && found.came[0].alg == "EdDSA"));
    CHECK((found.went.size() == 1 && found.went[0].id.view() == "a"));
    CHECK(!found.empty());
}

TEST_CASE("other numbers under an old name, and old numbers under another, are other keys") {
    auto const replaced = compare(keys({{7, "a"}}), keys({{9, "a"}}));
    CHECK((replaced.came.size() == 1 && replaced.went.size() == 1));
    auto const renamed = compare(keys({{7, "a"}}), keys({{7, "b"}}));
    CHECK((renamed.came.size() == 1 && renamed.came[0].id.view() == "b"));
    CHECK((renamed.went.size() == 1 && renamed.went[0].id.view() == "a"));
}

TEST_CASE("a change names the thumbprint where the backend has the hash") {
    mcx::key_set<credulous> const none;
    auto const found = compare(none, mcx::test::rfc_keys<credulous>());
    CHECK(found.came.size() == 3);
    CHECK(found.went.empty());
    auto const expected =
        mcx::jwk::thumbprint<rs256, mcx::test::sha256>(rfc_example<rs256>::public_key());
    CHECK((found.came[1].alg == "RS256" && found.came[1].print == *expected));
    CHECK(!compare(keys({}), keys({{7, "a"}})).came[0].print);
}

TEST_CASE("MAC secrets come and go by what they do, and have no thumbprint") {
    using mcx::hs256;
    using set = mcx::key_set<mcx::test::toy, mcx::algorithm_set<hs256>>;
    auto const with = [](unsigned value, key_id const& id) {
        set made;
        CHECK(made.add<hs256>(mcx::test::toy_secret<hs256>(value), id));
        return made;
    };
    CHECK(compare(with(1, "a"), with(1, "a")).empty());
    auto const replaced = compare(with(1, "a"), with(2, "a"));
    CHECK((replaced.came.size() == 1 && replaced.went.size() == 1));
    CHECK((replaced.came[0].alg == "HS256" && !replaced.came[0].print));
    auto const renamed = compare(with(1, "a"), with(1, "b"));
    CHECK((renamed.came.size() == 1 && renamed.came[0].id.view() == "b"));
}
