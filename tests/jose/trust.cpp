// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/jose/trust.hpp>

#include "support/check.hpp"
#include "support/mock.hpp"
#include "support/tokens.hpp"

#include <string>
#include <type_traits>

using mcx::eddsa;
using mcx::errc;
using mcx::es256;
using mcx::issuer;
using mcx::key_set;
using mcx::test::certain;
using mcx::test::credulous;
using mcx::test::rfc_example;

namespace {

using trust = mcx::trust<credulous>;

issuer named(std::string_view name) {
    return certain(issuer::from(name));
}

key_set<credulous> keys_of(std::string_view id) {
    key_set<credulous> keys;
    CHECK(keys.add<eddsa>(rfc_example<eddsa>::public_key(), certain(mcx::key_id::from(id))));
    return keys;
}

}  // namespace

TEST_CASE("trust is in every algorithm that the backend verifies, or in those it is told") {
    CHECK_BOTH(std::is_same_v<trust::algorithms, mcx::signature_algorithms>);
    using narrow = mcx::trust<credulous, mcx::algorithm_set<es256>>;
    CHECK_BOTH(std::is_same_v<narrow::algorithms, mcx::algorithm_set<es256>>);
    CHECK_BOTH(std::is_same_v<narrow::keys, key_set<credulous, mcx::algorithm_set<es256>>>);
}

TEST_CASE("an issuer is found with its own keys and under its exact name") {
    trust issuers;
    CHECK(issuers.add(named("https://one.example"), keys_of("first")));
    CHECK(issuers.add(named("https://two.example"), keys_of("second")));
    CHECK(issuers.size() == 2);
    auto const one = issuers.find(named("https://one.example"));
    auto const two = issuers.find(named("https://two.example"));
    CHECK((one && one->get().issuer.view() == "https://one.example"));
    CHECK((one && one->get().set.find<eddsa>(mcx::key_id("first")).has_value()));
    CHECK((one && !one->get().set.find<eddsa>(mcx::key_id("second")).has_value()));
    CHECK((two && two->get().set.find<eddsa>(mcx::key_id("second")).has_value()));
    for (char const* other : {"https://one.example/", "https://ONE.example", "https://one.exampl",
                              "https://three.example", ""}) {
        CHECK(issuers.find(named(other)).error() == errc::unknown_issuer);
    }
}

TEST_CASE("nobody is trusted to begin with") {
    trust const nobody;
    CHECK(nobody.size() == 0);
    CHECK(nobody.find(named("https://one.example")).error() == errc::unknown_issuer);
    CHECK(nobody.sole().error() == errc::unknown_issuer);
}

TEST_CASE("a sole issuer is the only one there is") {
    trust issuers;
    CHECK(issuers.add(named("https://one.example"), keys_of("first")));
    auto const sole = issuers.sole();
    CHECK((sole && sole->get().issuer.view() == "https://one.example"));
    CHECK(issuers.add(named("https://two.example"), keys_of("second")));
    CHECK(issuers.sole().error() == errc::unknown_issuer);
}

TEST_CASE("an issuer has a name and is added once") {
    trust issuers;
    CHECK(issuers.add(issuer{}, keys_of("first")).error() == errc::value_empty);
    CHECK(issuers.size() == 0);
    CHECK(issuers.add(named("https://one.example"), keys_of("first")));
    CHECK(issuers.add(named("https://one.example"), keys_of("second")).error() ==
          errc::duplicate_issuer);
    CHECK(issuers.size() == 1);
    auto const one = issuers.find(named("https://one.example"));
    CHECK((one && one->get().set.find<eddsa>(mcx::key_id("first")).has_value()));
}

TEST_CASE("there are as many issuers as there may be and no more") {
    trust issuers;
    for (std::size_t i = 0; i < trust::max_issuers; ++i) {
        CHECK(issuers.add(named("https://" + std::to_string(i) + ".example"), {}));
    }
    CHECK(issuers.add(named("https://one.example"), {}).error() == errc::out_of_range);
    CHECK(issuers.add(named("https://255.example"), {}).error() == errc::duplicate_issuer);
    CHECK(issuers.size() == 256);
    CHECK(issuers.find(named("https://255.example")).has_value());
}

TEST_CASE("an issuer's name has at most 255 octets and no control characters") {
    CHECK(issuer::from(std::string(255, 'x')).has_value());
    CHECK(issuer::from(std::string(256, 'x')).error() == errc::value_too_long);
    CHECK(issuer::from("https://one.example\n").error() == errc::value_character);
    CHECK(issuer::from(std::string_view{"https://one.example\0", 20}).error() ==
          errc::value_character);
}
