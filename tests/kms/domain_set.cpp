// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/kms/domain_set.hpp>

#include "support/certificate_text.hpp"
#include "support/check.hpp"

#include <concepts>
#include <optional>
#include <string>
#include <string_view>

using mcx::errc;
using mcx::kms::certificate;
using mcx::kms::domain_set;
using mcx::kms::external_domain;
using mcx::kms::home_domain;
using mcx::kms::kms_uri;
using mcx::kms::migration_domain;
using mcx::kms::relation;

namespace {

using small_set = domain_set<1, 2>;

constexpr kms_uri home{"home.example.org"};
constexpr kms_uri visited{"visited.example.org"};
constexpr kms_uri abroad{"abroad.example.org"};

constexpr certificate certificate_of(kms_uri const& kms, std::string_view role,
                                     std::optional<std::string_view> name = std::nullopt,
                                     std::string_view revoked = "false") {
    auto f = mcx::test::good_certificate();
    f.cert_uri = name;
    f.kms_uri = kms.view();
    f.role = role;
    f.revoked = revoked;
    return *certificate::from(f);
}

small_set three_domains() {
    small_set set{home_domain{home}};
    CHECK(set.add(migration_domain{visited}).has_value());
    CHECK(set.add(external_domain{abroad}).has_value());
    return set;
}

std::string order(small_set const& set) {
    std::string kms;
    set.for_each([&](auto const& domain) { kms += std::string{domain.kms().view()} + " "; });
    return kms;
}

constexpr bool works_in_constant_expressions() {
    small_set set{home_domain{home}};
    return set.add(external_domain{abroad}) &&
           set.accept(certificate_of(abroad, "External", "a.example.org")) &&
           set.certificate_of(abroad)->usable_at({0}) && set.remove(abroad) &&
           !set.relation_to(abroad);
}

}  // namespace

TEST_CASE("a set of domains has exactly one home") {
    CHECK_BOTH(!std::default_initializable<small_set>);
    CHECK_BOTH(small_set{home_domain{home}}.home().kms() == home);
    CHECK_BOTH(!std::constructible_from<small_set, migration_domain>);
    CHECK_BOTH(works_in_constant_expressions());
}

TEST_CASE("domains are found by their KMS URI") {
    auto const set = three_domains();
    CHECK(set.relation_to(home) == relation::home);
    CHECK(set.relation_to(visited) == relation::migration);
    CHECK(set.relation_to(abroad) == relation::external);
    CHECK(!set.relation_to("Home.example.org").has_value());
    CHECK(set.certificate_of(home) == nullptr);
    CHECK(set.certificate_of("nowhere.example.org") == nullptr);
    CHECK(order(set) == "home.example.org visited.example.org abroad.example.org ");
}

TEST_CASE("no KMS URI stands in a set twice") {
    auto set = three_domains();
    CHECK(set.add(migration_domain{home}).error().code == errc::home_domain_repeated);
    CHECK(set.add(external_domain{home}).error().code == errc::home_domain_repeated);
    CHECK(set.add(external_domain{visited}).error().code == errc::domain_mismatch);
    CHECK(set.add(migration_domain{abroad}).error().code == errc::domain_mismatch);
    CHECK(order(set) == "home.example.org visited.example.org abroad.example.org ");
}

TEST_CASE("a domain that is added again keeps its certificate") {
    auto set = three_domains();
    auto const known = certificate_of(abroad, "External");
    CHECK(set.accept(known).has_value());
    CHECK(set.add(external_domain{abroad}).has_value());
    CHECK(set.certificate_of(abroad) != nullptr);
    CHECK(*set.certificate_of(abroad) == known);
}

TEST_CASE("a full set refuses another domain until one is removed") {
    auto set = three_domains();
    CHECK(set.add(migration_domain{"more.example.org"}).error().code == errc::value_too_long);
    CHECK(set.add(external_domain{"more.example.org"}).has_value());
    CHECK(set.add(external_domain{"most.example.org"}).error().code == errc::value_too_long);
    CHECK(set.remove(abroad));
    CHECK(!set.remove(abroad));
    CHECK(set.remove(visited));
    CHECK(!set.remove(home));
    CHECK(set.add(external_domain{"most.example.org"}).has_value());
    CHECK(order(set) == "home.example.org most.example.org more.example.org ");
}

TEST_CASE("a certificate goes to the domain whose KMS it names") {
    auto set = three_domains();
    CHECK(set.accept(certificate_of(home, "Root")).has_value());
    CHECK(set.accept(certificate_of(visited, "Root")).has_value());
    CHECK(set.accept(certificate_of(abroad, "External")).has_value());
    CHECK(set.certificate_of(home)->kms_uri() == home);
    CHECK(set.certificate_of(visited)->kms_uri() == visited);
    CHECK(set.certificate_of(abroad)->kms_uri() == abroad);
    CHECK(set.home().known_certificate() == set.certificate_of(home));
    CHECK(set.accept(certificate_of("nowhere.example.org", "External")).error().code ==
          errc::domain_mismatch);
    CHECK(set.accept(certificate_of(abroad, "Root")).error().code == errc::certificate_role);
}

TEST_CASE("a certificate replaces the one of the same CertUri, even to revoke it") {
    auto set = three_domains();
    CHECK(set.accept(certificate_of(abroad, "External", "c.example.org")).has_value());
    CHECK(set.certificate_of(abroad)->usable_at({0}).has_value());
    CHECK(set.accept(certificate_of(abroad, "External", "c.example.org", "true")).has_value());
    CHECK(set.certificate_of(abroad)->usable_at({0}).error().code == errc::certificate_revoked);
}

TEST_CASE("a certificate that is refused leaves the set as it was") {
    auto set = three_domains();
    auto const at_home = certificate_of(home, "Root", "c.example.org");
    auto const foreign = certificate_of(abroad, "External", "d.example.org");
    CHECK(set.accept(at_home).has_value());
    CHECK(set.accept(foreign).has_value());
    // The name of the home domain's certificate cannot be taken over by another domain.
    CHECK(set.accept(certificate_of(abroad, "External", "c.example.org")).error().code ==
          errc::domain_mismatch);
    CHECK(set.accept(certificate_of(abroad, "Root", "d.example.org")).error().code ==
          errc::certificate_role);
    CHECK(*set.certificate_of(home) == at_home);
    CHECK(*set.certificate_of(abroad) == foreign);
    external_domain more{"more.example.org"};
    CHECK(more.accept(certificate_of(more.kms(), "External", "d.example.org")).has_value());
    CHECK(set.add(more).error().code == errc::domain_mismatch);
    CHECK(!set.relation_to(more.kms()).has_value());
}

TEST_CASE("certificates without a CertUri are not taken for one another") {
    auto set = three_domains();
    CHECK(set.accept(certificate_of(home, "Root")).has_value());
    CHECK(set.accept(certificate_of(abroad, "External")).has_value());
    CHECK(set.certificate_of(home) != nullptr);
    CHECK(set.certificate_of(abroad) != nullptr);
}

TEST_CASE("the end of a certificate that was replaced leaves the new one in force") {
    auto set = three_domains();
    CHECK(set.accept(certificate_of(abroad, "External", "first")).has_value());
    CHECK(set.accept(certificate_of(abroad, "External", "second")).has_value());
    CHECK(set.accept(certificate_of(abroad, "External", "first", "true")).has_value());
    CHECK(set.certificate_of(abroad)->cert_uri()->view() == "second");
    CHECK(set.certificate_of(abroad)->usable_at({0}).has_value());
}

TEST_CASE("a certificate is found by the name of each domain that it is for") {
    auto set = three_domains();
    auto f = mcx::test::good_certificate();
    constexpr std::string_view names[]{"sec.example.org", "visited.example.org"};
    f.kms_uri = abroad.view();
    f.role = "External";
    f.kms_domains = names;
    CHECK(set.certificate_for("sec.example.org") == nullptr);
    CHECK(set.accept(*certificate::from(f)).has_value());
    CHECK(set.certificate_for("sec.example.org") == set.certificate_of(abroad));
    CHECK(set.certificate_for(abroad) == set.certificate_of(abroad));
    CHECK(set.certificate_of("sec.example.org") == nullptr);
    CHECK(set.certificate_for("Sec.example.org") == nullptr);
    // Whose KMS URI it is has it, whatever others say of it.
    CHECK(set.certificate_for(visited) == nullptr);
    CHECK(set.accept(certificate_of(visited, "Root")).has_value());
    CHECK(set.certificate_for(visited) == set.certificate_of(visited));
    // Two that claim a name: nobody has it.
    f.kms_uri = home.view();
    f.role = "Root";
    CHECK(set.accept(*certificate::from(f)).has_value());
    CHECK(set.certificate_for("sec.example.org") == nullptr);
}

TEST_CASE("the number of the certificate cache is remembered until a domain is added") {
    auto set = three_domains();
    CHECK(!set.cache_number());
    set.remember_cache(7);
    CHECK(set.cache_number() == 7U);
    CHECK(set.add(external_domain{abroad}).has_value());
    CHECK(set.cache_number() == 7U);
    CHECK(set.remove(abroad));
    CHECK(set.cache_number() == 7U);
    CHECK(set.add(external_domain{abroad}).has_value());
    CHECK(!set.cache_number());
}
