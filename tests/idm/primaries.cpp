// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/idm/primaries.hpp>

#include "support/check.hpp"
#include "support/mock.hpp"
#include "support/tokens.hpp"

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
    mcx::instant not_before{100};
    mcx::instant not_after{200};
    bool covers(mcx::instant at) const { return not_before <= at && at <= not_after; }
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

TEST_CASE("a certificate's key is taken while the certificate is valid") {
    keys made;
    CHECK(made.add_certified<es256>(certified{}, "x", fixed_clock{{99}}).error() ==
          errc::no_such_key);
    CHECK(made.add_certified<es256>(certified{}, "x", fixed_clock{{201}}).error() ==
          errc::no_such_key);
    CHECK(made.size() == 0);
    CHECK(made.until().seconds == mcx::instant::max_numeric_date);
    CHECK(made.add_certified<es256>(certified{}, "x", fixed_clock{{100}}));
    CHECK(made.add_certified<es256>(certified{}, "y", fixed_clock{{200}}));
    CHECK(made.size() == 2);
    CHECK(made.keys().find<es256>(mcx::key_id("y")).has_value());
}

TEST_CASE("it is known when the first certificate ends") {
    certified later;
    later.not_after = {300};
    keys made;
    CHECK(made.add_certified<es256>(later, "x", fixed_clock{{150}}));
    CHECK(made.until() == mcx::instant{300});
    CHECK(made.add_certified<es256>(certified{}, "y", fixed_clock{{150}}));
    CHECK(made.until() == mcx::instant{200});
    idm::primaries<credulous> all;
    CHECK(all.until().seconds == mcx::instant::max_numeric_date);
    CHECK(all.add("https://a.example", std::move(made)));
    CHECK(all.until() == mcx::instant{200});
    CHECK(all.add("https://c.example", some_keys()));
    CHECK(all.until() == mcx::instant{200});
}
