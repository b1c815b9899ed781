// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/idm/domain.hpp>

#include "support/check.hpp"

#include <string>
#include <type_traits>

namespace idm = mcx::idm;

namespace {

idm::domain home() {
    return {*mcx::issuer::from("https://idms.example"),
            *idm::idms_address::from("https://idms.example/address"),
            *mcx::https_uri::from("https://idms.example/token")};
}

}  // namespace

TEST_CASE("a domain is its issuer, its address and its token endpoint") {
    CHECK(home() == home());
    idm::domain other = home();
    other.iss = *mcx::issuer::from("https://idms.example/");
    CHECK_FALSE(other == home());
    other = home();
    other.address = *idm::idms_address::from("https://idms.example/other");
    CHECK_FALSE(other == home());
    other = home();
    other.token_endpoint = *mcx::https_uri::from("https://idms.example/tokens");
    CHECK_FALSE(other == home());
}

TEST_CASE("an address is a party that a token can be meant for, octet for octet") {
    std::string const longest = "https://" + std::string(247, 'X');
    CHECK(idm::recipient_of(*idm::idms_address::from(longest)).view() == longest);
    CHECK_BOTH(idm::recipient_of(*idm::idms_address::from("https://A.example")).view() ==
               "https://A.example");
    CHECK_BOTH(idm::recipient_of({}).empty());
}

TEST_CASE("a relation is stated or it is not") {
    CHECK_BOTH(idm::relation{} == idm::relation::unstated);
    CHECK_BOTH(idm::relation::group != idm::relation::migration);
    CHECK_BOTH(!std::is_convertible_v<idm::relation, bool>);
}
