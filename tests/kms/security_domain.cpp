// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/kms/security_domain.hpp>

#include "support/certificate_text.hpp"
#include "support/check.hpp"

#include <concepts>
#include <string_view>

using mcx::errc;
using mcx::kms::certificate;
using mcx::kms::external_domain;
using mcx::kms::home_domain;
using mcx::kms::migration_domain;
using mcx::kms::relation;

namespace {

constexpr certificate certificate_of(std::string_view kms, std::string_view role,
                                     std::string_view name = "cert.example.org",
                                     std::string_view revoked = "false") {
    auto f = mcx::test::good_certificate();
    f.cert_uri = name;
    f.revoked = revoked;
    f.kms_uri = kms;
    f.role = role;
    return *certificate::from(f);
}

template <class Domain>
constexpr errc accepting(std::string_view kms, std::string_view role) {
    Domain domain{"kms.example.org"};
    return domain.accept(certificate_of(kms, role)).error().code;
}

}  // namespace

TEST_CASE("the three kinds of security domain never convert into one another") {
    CHECK_BOTH(!std::constructible_from<home_domain, migration_domain const&>);
    CHECK_BOTH(!std::constructible_from<home_domain, external_domain const&>);
    CHECK_BOTH(!std::constructible_from<migration_domain, home_domain const&>);
    CHECK_BOTH(!std::constructible_from<migration_domain, external_domain const&>);
    CHECK_BOTH(!std::constructible_from<external_domain, home_domain const&>);
    CHECK_BOTH(!std::equality_comparable_with<home_domain, external_domain>);
    CHECK_BOTH(!std::convertible_to<mcx::kms::kms_uri, home_domain>);
    CHECK_BOTH(home_domain::to_user == relation::home);
    CHECK_BOTH(migration_domain::to_user == relation::migration);
    CHECK_BOTH(external_domain::to_user == relation::external);
}

TEST_CASE("a domain has its KMS URI, and no certificate until it gets one") {
    home_domain domain{"kms.example.org"};
    CHECK(domain.kms().view() == "kms.example.org");
    CHECK(domain.known_certificate() == nullptr);
    CHECK(domain.accept(certificate_of("kms.example.org", "Root")).has_value());
    CHECK(domain.known_certificate() != nullptr);
    CHECK(domain != home_domain{"kms.example.org"});
}

TEST_CASE("a domain takes certificates of its own KMS and of the role that is due") {
    CHECK_BOTH(accepting<home_domain>("kms.example.org", "Root") == errc::none);
    CHECK_BOTH(accepting<migration_domain>("kms.example.org", "Root") == errc::none);
    CHECK_BOTH(accepting<external_domain>("kms.example.org", "External") == errc::none);
    CHECK(accepting<home_domain>("kms.example.org", "External") == errc::certificate_role);
    CHECK(accepting<migration_domain>("kms.example.org", "External") == errc::certificate_role);
    CHECK(accepting<external_domain>("kms.example.org", "Root") == errc::certificate_role);
    CHECK(accepting<home_domain>("kms2.example.org", "Root") == errc::domain_mismatch);
    CHECK(accepting<external_domain>("KMS.example.org", "External") == errc::domain_mismatch);
}

TEST_CASE("a certificate that is refused leaves the one before in force") {
    home_domain domain{"kms.example.org"};
    auto const first = certificate_of("kms.example.org", "Root", "first.example.org");
    CHECK(domain.accept(first).has_value());
    CHECK(!domain.accept(certificate_of("kms.example.org", "External")).has_value());
    CHECK(*domain.known_certificate() == first);
    CHECK(!domain.accept(certificate_of("kms2.example.org", "Root")).has_value());
    CHECK(*domain.known_certificate() == first);
    auto const second = certificate_of("kms.example.org", "Root", "second.example.org");
    CHECK(domain.accept(second).has_value());
    CHECK(*domain.known_certificate() == second);
}

TEST_CASE("the end of a certificate that was replaced is not the end of the one in force") {
    home_domain domain{"kms.example.org"};
    auto const revoked = [](std::string_view name) {
        return certificate_of("kms.example.org", "Root", name, "true");
    };
    CHECK(domain.accept(certificate_of("kms.example.org", "Root", "first")).has_value());
    auto const second = certificate_of("kms.example.org", "Root", "second");
    CHECK(domain.accept(second).has_value());
    CHECK(domain.accept(revoked("first")).has_value());
    CHECK(*domain.known_certificate() == second);
    CHECK(domain.accept(revoked("second")).has_value());
    CHECK(domain.known_certificate()->revoked());
    // A name alone may be missing: then the end is taken for this one's.
    auto f = mcx::test::good_certificate();
    f.revoked = "true";
    CHECK(domain.accept(second).has_value());
    CHECK(domain.accept(*certificate::from(f)).has_value());
    CHECK(domain.known_certificate()->revoked());
    home_domain fresh{"kms.example.org"};
    CHECK(fresh.accept(revoked("first")).has_value());
    CHECK(fresh.known_certificate() != nullptr);
}
