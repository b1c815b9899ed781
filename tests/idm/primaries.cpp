// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/idm/primaries.hpp>

#include "support/check.hpp"
#include "support/mock.hpp"
#include "support/parties.hpp"
#include "support/senders.hpp"

#include <mcx/role/partner_idms.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

using mcx::errc;
using mcx::es256;
using mcx::fixed_clock;
using mcx::test::credulous;
namespace idm = mcx::idm;
namespace test = mcx::test;

namespace {

/// What an operator has read of a certificate.
struct certified {
    es256::public_key key = test::rfc_example<es256>::public_key();
    mcx::period validity{{100}, {200}};
};

using keys = idm::provisioned_keys<credulous>;

keys some_keys() {
    keys made;
    CHECK(made.add<es256>(test::rfc_example<es256>::public_key(), "one"));
    return made;
}

}  // namespace

static_assert(idm::CertifiedKey<certified, es256>);
static_assert(!idm::CertifiedKey<certified, mcx::eddsa>);
static_assert(!idm::CertifiedKey<es256::public_key, es256>);
// Nothing that comes with a token gets in here.
static_assert(!std::is_constructible_v<keys, std::string_view>);

TEST_CASE("a primary is an issuer with keys that were provisioned for it") {
    idm::primaries<credulous> made;
    CHECK(made.add("https://a.example", some_keys()));
    CHECK(made.add("https://c.example", keys{test::rfc_keys<credulous>("two")}));
    CHECK(made.trusted().size() == 2);
    CHECK(made.trusted()
              .find("https://a.example")
              ->get()
              .set.find<es256>(mcx::key_id("one"))
              .has_value());
    CHECK(made.add("https://a.example", some_keys()).error() == errc::duplicate_issuer);
    CHECK(made.add("https://d.example", {}).error() == errc::no_such_key);
    CHECK(made.add({}, some_keys()).error() == errc::value_empty);
    CHECK(made.trusted().size() == 2);
}

TEST_CASE("keys come from a JWK Set that has some of use") {
    std::string const jwks = test::rfc_keys<credulous>("three").to_jwks();
    auto const made = keys::from_jwks(jwks);
    CHECK(made);
    CHECK(made->size() == 3);
    CHECK(keys::from_jwks(R"({"keys":[]})").error() == errc::no_such_key);
    CHECK(keys::from_jwks(R"({"keys":[{"kty":"oct","k":"AA"}]})").error() == errc::no_such_key);
    CHECK(keys::from_jwks("[]").error() == errc::key_set_shape);
}

TEST_CASE("a certificate's key is taken until the certificate ends, before it begins too") {
    keys made;
    CHECK(made.add_certified<es256>(certified{}, "x", fixed_clock{{201}}).error() ==
          errc::certificate_period);
    CHECK(made.size() == 0);
    CHECK(made.until().seconds == mcx::instant::max_numeric_date);
    CHECK(made.add_certified<es256>(certified{}, "x", fixed_clock{{99}}));
    CHECK(made.add_certified<es256>(certified{}, "y", fixed_clock{{200}}));
    CHECK(made.size() == 2);
    CHECK(made.keys().good_for("ES256", mcx::key_id("x")) == certified{}.validity);
    CHECK(made.keys().find<es256>(mcx::key_id("y")).has_value());
}

TEST_CASE("it is known when the first certificate ends") {
    certified later;
    later.validity.until = {300};
    keys made;
    CHECK(made.add_certified<es256>(later, "x", fixed_clock{{150}}));
    CHECK(made.until() == mcx::instant{300});
    CHECK(made.add_certified<es256>(certified{}, "y", fixed_clock{{150}}));
    CHECK(made.until() == mcx::instant{200});
    CHECK(made.add_certified<es256>(later, "z", fixed_clock{{150}}));
    CHECK(made.until() == mcx::instant{200});
    idm::primaries<credulous> all;
    CHECK(all.until().seconds == mcx::instant::max_numeric_date);
    CHECK(all.add("https://a.example", std::move(made)));
    CHECK(all.until() == mcx::instant{200});
    CHECK(all.add("https://c.example", some_keys()));
    CHECK(all.until() == mcx::instant{200});
}

TEST_CASE("a partner refuses what a certified key signed before its certificate begins or after") {
    certified of_a;
    of_a.validity = {test::clock_at(100).at, test::clock_at(200).at};
    keys made;
    CHECK(made.add_certified<es256>(of_a, "a-1", test::clock_at(0)));
    CHECK(made.add<mcx::eddsa>(test::rfc_example<mcx::eddsa>::public_key(), "a-1"));
    idm::primaries<credulous> all;
    CHECK(all.add(test::domain_a.iss, std::move(made)));
    CHECK(all.add(test::domain_c.iss, some_keys()));
    mcx::role::partner_idms<credulous> const partner{test::domain_b, all};
    mcx::workspace<credulous> work;
    std::string const body = test::bearer_grant_of(test::token_of(test::security_claims())).form();
    auto const refusal = [&](int second) {
        return partner.receive(body, test::sender_at_b(), work, test::clock_at(second))
            .error()
            .code;
    };
    CHECK(refusal(99) == errc::certificate_period);
    CHECK(refusal(100) == errc::none);
    CHECK(refusal(200) == errc::none);
    CHECK(refusal(201) == errc::certificate_period);
    // Another key of the same issuer has a time of its own.
    std::string const other =
        test::bearer_grant_of(test::compact<mcx::eddsa>(R"({"alg":"EdDSA","kid":"a-1"})",
                                                        test::security_claims().json()))
            .form();
    CHECK(partner.receive(other, test::sender_at_b(), work, test::clock_at(201)));
}
