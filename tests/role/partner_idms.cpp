// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/role/partner_idms.hpp>

#include "support/check.hpp"
#include "support/mock.hpp"
#include "support/parties.hpp"
#include "support/senders.hpp"

#include <mcx/grant/identity_chaining.hpp>

#include <chrono>
#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

using mcx::eddsa;
using mcx::errc;
using mcx::error;
using mcx::idm::relation;
using mcx::role::admission_petition;
using mcx::role::issuance;
using mcx::role::partner_idms;
using mcx::test::bearer_grant_of;
using mcx::test::broken;
using mcx::test::clock_at;
using mcx::test::counted_random;
using mcx::test::credulous;
using mcx::test::date;
using mcx::test::domain_a;
using mcx::test::domain_b;
using mcx::test::domain_c;
using mcx::test::incredulous;
using mcx::test::named_values;
using mcx::test::quoted;
using mcx::test::security_claims;
using mcx::test::token_of;
using namespace std::chrono_literals;
namespace jwt = mcx::jwt;
namespace grant = mcx::grant;
namespace oauth = mcx::oauth;

namespace {

using memory = jwt::bounded_memory<4, mcx::fixed_clock>;

/// A backend whose signatures are good and whose digests fail.
struct no_digest {};

}  // namespace

namespace mcx {

template <SignatureAlgorithm A>
struct verification<no_digest, A> : verification<test::credulous, A> {};

template <>
struct hashing<no_digest, sha256> {
    static constexpr std::size_t size = 32;
    void update(byte_view) noexcept {}
    result<fixed_bytes<size>> finish() noexcept { return errc::backend; }
};

}  // namespace mcx

namespace {

/// B's server, which trusts A and C, with a backend that says the same of every signature.
template <class B>
class server {
    mcx::trust<B> primaries_;
    mcx::workspace<B> work_;

  public:
    server() : primaries_(mcx::test::trusting<B>({mcx::test::issuer_a, mcx::test::issuer_c})) {}
    explicit server(mcx::test::known_issuer const& only)
        : primaries_(mcx::test::trusting<B>({only})) {}

    mcx::result<admission_petition> receive(std::string_view body,
                                            mcx::fixed_clock clock = clock_at(0),
                                            relation r = relation::unstated,
                                            mcx::leeway skew = {}) {
        return partner_idms<B>{domain_b, primaries_, skew}.receive(body, mcx::test::sender_at_b(),
                                                                   work_, clock, r);
    }
};

mcx::result<admission_petition> received(named_values const& request,
                                         mcx::fixed_clock clock = clock_at(0)) {
    return server<credulous>{}.receive(request.form(), clock);
}
error refusal(named_values const& request) {
    return received(request).error();
}
error claims_refusal(named_values const& claims) {
    return refusal(bearer_grant_of(token_of(claims)));
}

/// The petition of a right request, with an assertion that has this id.
admission_petition petition(std::string_view jti = "one") {
    return received(bearer_grant_of(token_of(security_claims().with("jti", quoted(jti))))).value();
}

constexpr std::uint16_t parameter(std::string_view name) {
    return oauth::jwt_bearer_request::fields::number_of(name);
}
constexpr std::uint16_t claim(std::string_view name) {
    return mcx::idm::security_token::fields::number_of(name);
}
constexpr error placeless(error e) {
    return {e.code, e.where};
}

template <class B = credulous>
mcx::signing_key<eddsa, B> key() {
    return *mcx::signing_key<eddsa, B>::from(mcx::test::rfc_example<eddsa>::private_key(), "b-1");
}

/// What the policy grants: everything that was requested.
mcx::role::grant everything() {
    mcx::role::grant made;
    made.scope = "3gpp:mc:ptt_service 3gpp:mc:data_service openid";
    made.ids.mcptt = mcx::idm::mcptt_id("sip:visitor@b.example");
    made.ids.mcdata = mcx::idm::mcdata_id("sip:visitor.data@b.example");
    return made;
}

/// The answer to a petition, whose assertion is used up in this memory.
mcx::result<oauth::token_response> admitted(admission_petition const& asked,
                                            mcx::role::grant const& granted, memory& used) {
    auto const signer = key();
    counted_random random;
    auto const proof = jwt::consume(used, asked.replay());
    if (!proof) {
        return proof.error();
    }
    return asked.admit(granted, issuance{signer, random, mcx::lifetime(30min)}, *proof,
                       clock_at(9));
}
mcx::result<oauth::token_response> admitted(mcx::role::grant const& granted) {
    memory used{clock_at(0)};
    return admitted(petition(), granted, used);
}

constexpr std::string_view other_signature =
    "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAEAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAQ";

/// The token with a signature that somebody else made of it.
std::string signed_again(std::string_view token) {
    return std::string{token.substr(0, token.rfind('.') + 1)}.append(other_signature);
}

}  // namespace

// A petition is what has been received, and nothing else.
static_assert(!std::is_constructible_v<admission_petition, mcx::idm::domain,
                                       jwt::validated<mcx::idm::security_token_profile>,
                                       oauth::client_id, oauth::scope, relation, jwt::first_use>);

TEST_CASE("a petition shows the home, the user, both client ids, the scopes and the relation") {
    auto const shown = petition();
    CHECK(shown.home() == domain_a.iss);
    CHECK(shown.subject().view() == "alice");
    CHECK(shown.assertion_audience().size() == 2);
    CHECK(shown.assertion_audience().names("radio-at-a"));
    CHECK(shown.assertion_audience().names(domain_b.address.view()));
    CHECK(shown.client().view() == "radio-at-b");
    CHECK(shown.requested().view() == "3gpp:mc:ptt_service 3gpp:mc:data_service openid");
    CHECK(shown.relation() == relation::unstated);
}

TEST_CASE("the home is the issuer whose key signed, one of several that are trusted") {
    auto const from_c = security_claims().with("iss", quoted(domain_c.iss.view()));
    CHECK(received(bearer_grant_of(token_of(from_c, "c-1")))->home() == domain_c.iss);
    CHECK(received(bearer_grant_of(token_of(security_claims(), "a-1")))->home() == domain_a.iss);
    CHECK(refusal(bearer_grant_of(token_of(from_c, "a-1"))).code == errc::no_such_key);
    CHECK(refusal(bearer_grant_of(token_of(security_claims(), "c-1"))).code == errc::no_such_key);
}

TEST_CASE("what the server knows of the relation reaches the policy as it is") {
    std::string const body = bearer_grant_of(token_of(security_claims())).form();
    for (relation const r : {relation::unstated, relation::group, relation::migration}) {
        CHECK(server<credulous>{}.receive(body, clock_at(0), r)->relation() == r);
    }
}

TEST_CASE("the four parameters of table B.7.4-1 have to be there") {
    auto const good = bearer_grant_of(token_of(security_claims()));
    for (std::string_view const name : {"grant_type", "assertion", "client_id", "scope"}) {
        CHECK(placeless(refusal(good.without(name))) ==
              error{errc::parameter_missing, parameter(name)});
        CHECK(placeless(refusal(good.with(name, ""))) ==
              error{errc::parameter_missing, parameter(name)});
        CHECK(placeless(refusal(good.and_also(name, "x"))) ==
              error{errc::parameter_repeated, parameter(name)});
    }
    // The parameter is required of a client that has said who it is, too.
    mcx::workspace<credulous> work;
    auto const primaries = mcx::test::trusting<credulous>({mcx::test::issuer_a});
    partner_idms<credulous> const idms{domain_b, primaries};
    auto const by = mcx::test::sender_at_b("radio-at-b");
    CHECK(idms.receive(good.form(), by, work, clock_at(0)));
    CHECK(
        placeless(idms.receive(good.without("client_id").form(), by, work, clock_at(0)).error()) ==
        error{errc::parameter_missing, parameter("client_id")});
    CHECK(placeless(refusal(good.with("scope", "a\"b"))) ==
          error{errc::scope_refused, parameter("scope")});
    CHECK(placeless(refusal(good.with("grant_type", "authorization_code"))) ==
          error{errc::unsupported_grant_type, parameter("grant_type")});
    CHECK(server<credulous>{}.receive(std::string(oauth::max_message_size + 1, '&')).error() ==
          errc::message_too_long);
    CHECK(server<credulous>{}.receive(good.form() + "&%").error().code == errc::form_percent);
}

TEST_CASE("an assertion is one compact JWT with an algorithm of the profile") {
    auto const refused = [](std::string_view assertion) {
        return refusal(bearer_grant_of(assertion)).code;
    };
    CHECK(refused("opaque") == errc::not_three_parts);
    CHECK(refused("a.b.c.d.e") == errc::encrypted_token);
    CHECK(refused("{}") == errc::json_serialization);
    CHECK(refused("a..c") == errc::base64_length);
    CHECK(refused("e30..c") == errc::header_missing);
    std::string const claims = security_claims().json();
    CHECK(refused(mcx::test::compact("{\"alg\":\"none\"}", claims)) == errc::algorithm_refused);
    CHECK(refused(mcx::test::compact("{\"alg\":\"ES256\",\"typ\":\"at+jwt\"}", claims)) ==
          errc::token_type_refused);
    CHECK(refused(mcx::test::compact("{\"alg\":\"ES256\",\"b64\":false}", claims)) ==
          errc::header_b64);
    CHECK(refused(token_of(security_claims()) + "AAAA") == errc::signature);
    std::string const body = bearer_grant_of(token_of(security_claims())).form();
    CHECK(server<incredulous>{}.receive(body).error() == errc::signature);
}

TEST_CASE("an assertion of an issuer that is not trusted is refused before anything of it counts") {
    auto const of_b = security_claims().with("iss", quoted(domain_b.iss.view()));
    CHECK(claims_refusal(of_b) == error{errc::unknown_issuer, claim("iss")});
    CHECK(claims_refusal(security_claims().with("iss", quoted("https://a.example/"))) ==
          error{errc::unknown_issuer, claim("iss")});
    CHECK(placeless(claims_refusal(security_claims().without("iss"))) ==
          error{errc::claim_missing, claim("iss")});
    // Where one primary is trusted its keys are taken, and then its name has to be in the token.
    std::string const body = bearer_grant_of(token_of(of_b, "c-1")).form();
    CHECK(server<credulous>{mcx::test::issuer_c}.receive(body).error() ==
          error{errc::issuer_mismatch, claim("iss")});
}

TEST_CASE("an assertion has the claims of table B.8-1") {
    for (std::string_view const name : {"iss", "sub", "aud", "exp", "iat"}) {
        CHECK(placeless(claims_refusal(security_claims().without(name))) ==
              error{errc::claim_missing, claim(name)});
        CHECK(placeless(claims_refusal(security_claims().with(name, "true"))) ==
              error{errc::claim_shape, claim(name)});
    }
    CHECK(received(bearer_grant_of(token_of(security_claims().without("jti")))));
    std::string const longest(255, 's');
    CHECK(received(
              bearer_grant_of(token_of(security_claims().with("sub", mcx::test::quoted(longest)))))
              ->subject()
              .view() == longest);
    CHECK(placeless(claims_refusal(security_claims().with(
              "sub", mcx::test::quoted(longest + "s")))) == error{errc::claim_value, claim("sub")});
}

TEST_CASE("an assertion is for this partner and a client, by the partner's address") {
    auto const audience = [](std::vector<std::string_view> const& names) {
        std::string text;
        for (std::string_view const name : names) {
            text += (text.empty() ? "[" : ",") + quoted(name);
        }
        return claims_refusal(security_claims().with("aud", text + "]"));
    };
    auto const here = domain_b.address.view();
    CHECK(audience({"radio-at-a", here}) == errc::none);
    CHECK(audience({here, "radio-at-a", "x"}) == errc::none);
    CHECK(audience({"radio-at-a", domain_c.address.view()}) ==
          error{errc::audience_mismatch, claim("aud")});
    CHECK(audience({"radio-at-a", domain_b.iss.view()}) ==
          error{errc::audience_mismatch, claim("aud")});
    CHECK(audience({"radio-at-a", domain_b.token_endpoint.view()}) ==
          error{errc::audience_mismatch, claim("aud")});
    CHECK(audience({"radio-at-a", "https://idms.b.example/EXCHANGE"}) ==
          error{errc::audience_mismatch, claim("aud")});
    CHECK(audience({"radio-at-a"}) == error{errc::audience_mismatch, claim("aud")});
    CHECK(audience({here}) == error{errc::audience_lacks_client, claim("aud")});
    CHECK(audience({here, here}) == error{errc::audience_lacks_client, claim("aud")});
}

TEST_CASE("a token of another kind is no assertion [TS 33.180 B.7.4]") {
    CHECK(claims_refusal(mcx::test::id_claims()) == error{errc::audience_mismatch, claim("aud")});
    // An ID token for a client that happens to be this IdMS.
    CHECK(claims_refusal(mcx::test::id_claims().with("aud", quoted(domain_b.address.view()))) ==
          error{errc::audience_lacks_client, claim("aud")});
    CHECK(placeless(claims_refusal(mcx::test::access_claims())) ==
          error{errc::claim_prohibited, claim("scope")});
    CHECK(placeless(claims_refusal(mcx::test::access_claims().without("scope"))) ==
          error{errc::claim_missing, claim("aud")});
    CHECK(placeless(claims_refusal(security_claims().with("scope", quoted("x")))) ==
          error{errc::claim_prohibited, claim("scope")});
}

TEST_CASE("an assertion is good at the time of the request, to the second") {
    auto const body = bearer_grant_of(token_of(security_claims())).form();
    auto const code = [&](std::int64_t at, mcx::leeway skew) {
        return server<credulous>{}.receive(body, clock_at(at), relation::unstated, skew).error();
    };
    CHECK(code(-1, {}) == error{errc::issued_in_future, claim("iat")});
    CHECK(code(0, {}) == errc::none);
    CHECK(code(599, {}) == errc::none);
    CHECK(code(600, {}) == error{errc::expired, claim("exp")});
    CHECK(code(-31, mcx::leeway(30s)) == error{errc::issued_in_future, claim("iat")});
    CHECK(code(-30, mcx::leeway(30s)) == errc::none);
    CHECK(code(629, mcx::leeway(30s)) == errc::none);
    CHECK(code(630, mcx::leeway(30s)) == error{errc::expired, claim("exp")});
}

TEST_CASE("an assertion is remembered by its id until it is refused as expired anyway") {
    auto const body = bearer_grant_of(token_of(security_claims())).form();
    jwt::first_use expected{domain_a.iss, "one", false, clock_at(600).at};
    CHECK(server<credulous>{}.receive(body)->replay() == expected);
    expected.until = clock_at(630).at;
    CHECK(server<credulous>{}
              .receive(body, clock_at(0), relation::unstated, mcx::leeway(30s))
              ->replay() == expected);
}

TEST_CASE("an assertion without an id is remembered by the digest of its signing input") {
    std::string const token = token_of(security_claims().without("jti"));
    auto const use = received(bearer_grant_of(token))->replay();
    auto const digest = mcx::digest_of<mcx::test::sha256>(
        mcx::as_bytes(std::string_view{token}.substr(0, token.rfind('.'))));
    CHECK(use.is_digest);
    CHECK(use.id.view() == mcx::test::base64url_text(*digest));
    CHECK(use.from == domain_a.iss);
    CHECK(use.until == clock_at(600).at);
}

TEST_CASE("an assertion is used once, with an id and without") {
    for (auto const& claims : {security_claims(), security_claims().without("jti")}) {
        memory used{clock_at(0)};
        std::string const token = token_of(claims);
        auto const first = received(bearer_grant_of(token)).value();
        CHECK(admitted(first, everything(), used));
        CHECK(used.size() == 1);
        // The same, with other words around it, and with another signature of the same claims.
        auto const again = received(bearer_grant_of(token).with("scope", "openid")).value();
        CHECK(admitted(again, everything(), used).error() == errc::replayed);
        auto const respelled = received(bearer_grant_of(signed_again(token))).value();
        CHECK(admitted(respelled, everything(), used).error() == errc::replayed);
        CHECK(used.size() == 1);
        CHECK(oauth::answer_to(errc::replayed, oauth::grant_type::jwt_bearer)->code() ==
              oauth::error_code::invalid_grant);
    }
}

TEST_CASE("an id is one of its issuer's, and never the digest of another token") {
    memory used{clock_at(0)};
    CHECK(admitted(petition(), everything(), used));
    auto const from_c = security_claims().with("iss", quoted(domain_c.iss.view()));
    CHECK(admitted(received(bearer_grant_of(token_of(from_c, "c-1"))).value(), everything(), used));

    std::string const bare = token_of(security_claims().without("jti"));
    auto const by_digest = received(bearer_grant_of(bare)).value();
    CHECK(admitted(petition(by_digest.replay().id.view()), everything(), used));
    CHECK(admitted(by_digest, everything(), used));
    CHECK(used.size() == 4);
}

TEST_CASE("a memory that is full or expired behaves as it says") {
    memory used{clock_at(0)};
    for (std::string_view const id : {"1", "2", "3", "4"}) {
        CHECK(admitted(petition(id), everything(), used));
    }
    auto const refused = admitted(petition("5"), everything(), used).error();
    CHECK(refused == errc::replay_memory_unavailable);
    CHECK(blame_of(refused) == mcx::blame::backend);
    CHECK(petition("5").refuse(refused.code).error() == errc::replay_memory_unavailable);
    CHECK(admitted(petition("1"), everything(), used).error() == errc::replayed);
}

TEST_CASE("a petition that is not admitted leaves the memory as it was") {
    memory used{clock_at(0)};
    auto const asked = petition();
    CHECK(asked.refuse(errc::unknown_client));
    CHECK(used.size() == 0);
    CHECK(refusal(bearer_grant_of(token_of(security_claims().with("exp", date(0))))).code ==
          errc::expired);
    CHECK(used.size() == 0);
    CHECK(admitted(asked, everything(), used));  // the same assertion, after all
}

TEST_CASE("a proof of first use is good for its own assertion only") {
    memory used{clock_at(0)};
    auto const signer = key();
    counted_random random;
    issuance const with{signer, random, mcx::lifetime(30min)};
    auto const proof_of_two = jwt::consume(used, petition("two").replay());
    CHECK(petition("one").admit(everything(), with, *proof_of_two, clock_at(0)).error() ==
          errc::replay_proof_mismatch);
    CHECK(petition("two").admit(everything(), with, *proof_of_two, clock_at(0)));
    // Nor for one that lives longer under the same id.
    auto const longer = received(bearer_grant_of(
        token_of(security_claims().with("jti", quoted("two")).with("exp", date(601)))));
    CHECK(longer->admit(everything(), with, *proof_of_two, clock_at(0)).error() ==
          errc::replay_proof_mismatch);
    CHECK(blame_of(errc::replay_proof_mismatch) == mcx::blame::caller);
    CHECK(petition().refuse(errc::replay_proof_mismatch).error() == errc::replay_proof_mismatch);
}

TEST_CASE("a petition is admitted while its assertion holds, and no longer") {
    auto const signer = key();
    counted_random random;
    auto const asked = petition();
    memory used{clock_at(0)};
    auto const proof = jwt::consume(used, asked.replay());
    auto const at = [&](std::int64_t second) {
        return asked
            .admit(everything(), issuance{signer, random, mcx::lifetime(30min)}, *proof,
                   clock_at(second))
            .error()
            .code;
    };
    CHECK(at(599) == errc::none);
    CHECK(at(600) == errc::expired);
    CHECK(at(100'000) == errc::expired);
}

TEST_CASE("the policy grants something, and nothing that was not requested") {
    auto granted = everything();
    granted.scope = {};
    CHECK(admitted(granted).error() == errc::value_empty);
    granted.scope = "3gpp:mc:ptt_service 3gpp:mc:ptt_key_management_service";
    CHECK(admitted(granted).error() == errc::scope_not_requested);
    granted.scope = "OPENID";
    CHECK(admitted(granted).error() == errc::scope_not_requested);
    granted.scope = "openid 3gpp:mc:ptt_service";
    CHECK(admitted(granted)->scope == granted.scope);
    CHECK(blame_of(errc::scope_not_requested) == mcx::blame::caller);
}

TEST_CASE("the scope of a service is granted with the user's identity there, or not at all") {
    struct row {
        std::string_view scope;
        bool mcptt, mcvideo, mcdata;
    };
    constexpr row rows[]{
        {"3gpp:mc:ptt_service", true, false, false},
        {"3gpp:mc:ptt_group_management_service", true, false, false},
        {"3gpp:mcptt:ptt_server", true, false, false},
        {"3gpp:mc:video_service", false, true, false},
        {"3gpp:mc:video_config_management_service", false, true, false},
        {"3gpp:mc:data_service", false, false, true},
        {"3gpp:mc:data_key_management_service", false, false, true},
        {"3gpp:mc:location_management_service", false, false, false},
        {"openid", false, false, false},
    };
    for (row const& r : rows) {
        CAPTURE(r.scope);
        auto const asked =
            received(bearer_grant_of(token_of(security_claims())).with("scope", r.scope)).value();
        mcx::role::grant granted;
        granted.scope = *oauth::scope::from(r.scope);
        bool const needs_one = r.mcptt || r.mcvideo || r.mcdata;
        memory none{clock_at(0)};
        CHECK(admitted(asked, granted, none).error().code ==
              (needs_one ? errc::identity_not_granted : errc::none));

        granted.ids = {mcx::idm::mcptt_id("p"), mcx::idm::mcvideo_id("v"),
                       mcx::idm::mcdata_id("d")};
        auto const without = [&](auto const& drop, bool needed) {
            auto less = granted;
            drop(less.ids).reset();
            memory used{clock_at(0)};
            CHECK(admitted(asked, less, used).error().code ==
                  (needed ? errc::identity_not_granted : errc::none));
        };
        without([](auto& ids) -> auto& { return ids.mcptt; }, r.mcptt);
        without([](auto& ids) -> auto& { return ids.mcvideo; }, r.mcvideo);
        without([](auto& ids) -> auto& { return ids.mcdata; }, r.mcdata);
    }
}

TEST_CASE("the access token has the claims of B.2.2, of this domain and for the client here") {
    auto granted = everything();
    granted.as = mcx::subject("visitor-17");
    auto const answer = admitted(granted);
    auto const text = answer->access_token.view();
    CHECK(mcx::test::header_in(text) == R"({"alg":"EdDSA","kid":"b-1","typ":"JWT"})");
    CHECK(mcx::test::payload_in(text) ==
          R"({"exp":)" + date(1809) +
              R"(,"scope":"3gpp:mc:ptt_service 3gpp:mc:data_service openid",)"
              R"("client_id":"radio-at-b","mcptt_id":"sip:visitor@b.example",)"
              R"("mcdata_id":"sip:visitor.data@b.example","iss":"https://b.example",)"
              R"("sub":"visitor-17","iat":)" +
              date(9) + R"(,"jti":"AAECAwQFBgcICQoLDA0ODw"})");
    granted.ids.mcvideo = mcx::idm::mcvideo_id("sip:visitor.video@b.example");
    CHECK(mcx::test::payload_in(admitted(granted)->access_token.view())
              .find(R"(,"mcvideo_id":"sip:visitor.video@b.example",)") != std::string::npos);
    // A domain that has no name for the user does not borrow the home's.
    auto const nameless = mcx::test::payload_in(admitted(everything())->access_token.view());
    CHECK(nameless.find("\"sub\"") == std::string::npos);
    CHECK(nameless.find("alice") == std::string::npos);
}

TEST_CASE("who acts for the user is said in the access token too [RFC 8693 4.1]") {
    auto const acted = security_claims().with("act", R"({"sub":"deputy"})");
    auto const asked = received(bearer_grant_of(token_of(acted)));
    CHECK(asked->actors().size() == 1);
    memory used{clock_at(0)};
    auto const answer = admitted(*asked, everything(), used);
    CHECK(mcx::test::payload_in(answer->access_token.view()).find(R"("act":{"sub":"deputy"})") !=
          std::string::npos);
    auto const alone = mcx::test::payload_in(admitted(everything())->access_token.view());
    CHECK(alone.find("\"act\"") == std::string::npos);
}

TEST_CASE("the answer is a bearer token with its lifetime and the scope granted") {
    auto const answer = admitted(everything());
    CHECK(answer->token_type == oauth::response_token_type::bearer);
    CHECK(answer->expires_in->value() == 1800s);
    CHECK(answer->scope == everything().scope);
    CHECK(answer->issued_token_type.empty());
    CHECK(answer->refresh_token.empty());
    CHECK(answer->id_token.empty());
    CHECK(oauth::parse_json<oauth::token_response>(*oauth::write_json(*answer)).value() == *answer);
}

TEST_CASE("a token that cannot be issued is the machine's failure, and no answer to the peer") {
    auto const answers_nothing = [](error e, errc code) {
        CHECK(e.code == code);
        CHECK(blame_of(e) == mcx::blame::backend);
        CHECK(oauth::answer_to(e, oauth::grant_type::jwt_bearer).error() == e);
        CHECK(petition().refuse(e.code).error().code == code);
    };
    memory used{clock_at(0)};
    auto const asked = petition();
    auto const proof = jwt::consume(used, asked.replay());
    auto const signer = key();
    for (unsigned const left : {0U, 1U}) {  // for the id, and then for the signature
        counted_random random{.next = 0, .left = left};
        issuance const with{signer, random, mcx::lifetime(1min)};
        answers_nothing(asked.admit(everything(), with, *proof, clock_at(0)).error(),
                        errc::random_unavailable);
    }
    counted_random random;
    auto const dead = key<broken>();
    issuance const with{dead, random, mcx::lifetime(1min)};
    answers_nothing(asked.admit(everything(), with, *proof, clock_at(0)).error(), errc::backend);
}

TEST_CASE("a backend that fails to verify or to digest refuses nobody") {
    std::string const with_id = bearer_grant_of(token_of(security_claims())).form();
    std::string const bare = bearer_grant_of(token_of(security_claims().without("jti"))).form();
    CHECK(server<broken>{}.receive(with_id).error() == errc::backend);
    CHECK(server<no_digest>{}.receive(with_id));
    CHECK(server<no_digest>{}.receive(bare).error() == errc::backend);
    CHECK(oauth::answer_to(errc::backend, oauth::grant_type::jwt_bearer).error() == errc::backend);
}

TEST_CASE("a refusal by the policy is one document, whose words are ours") {
    auto const asked = petition();
    CHECK(oauth::write_json(*asked.refuse(errc::unknown_client)).value() ==
          R"({"error":"invalid_client","error_description":"the client is not registered"})");
    CHECK(asked.refuse(errc::scope_refused)->code() == oauth::error_code::invalid_scope);
    CHECK(asked.refuse(errc::subject_refused)->code() == oauth::error_code::invalid_grant);
    CHECK(asked.refuse(errc::unknown_partner)->code() == oauth::error_code::invalid_target);
    for (errc const code : mcx::all_errors) {
        auto const answer = asked.refuse(code);
        CHECK(answer.has_value() ==
              oauth::answer_to(code, oauth::grant_type::jwt_bearer).has_value());
        if (answer) {
            CHECK(answer->description.view() == message_of(code));
        }
    }
}

TEST_CASE("no answer to a refused request says anything that was in the request") {
    std::string const canary = "canary";
    std::vector<named_values> requests;
    auto const good = bearer_grant_of(token_of(security_claims()));
    for (auto const& [name, value] : good) {
        requests.push_back(good.with(name, canary));
        requests.push_back(good.with(name, value + canary + "\n"));
        requests.push_back(good.and_also(name, canary));
    }
    for (auto const& [name, value] : security_claims()) {
        requests.push_back(
            bearer_grant_of(token_of(security_claims().with(name, mcx::test::quoted(canary)))));
        requests.push_back(bearer_grant_of(token_of(security_claims().with(name, "{}"))));
        requests.push_back(bearer_grant_of(token_of(security_claims().and_also(name, value))));
    }
    requests.push_back(bearer_grant_of(token_of(security_claims(), canary)));
    requests.push_back(
        bearer_grant_of(token_of(security_claims().with("scope", mcx::test::quoted(canary)))));
    int refused = 0;
    for (named_values const& request : requests) {
        auto const answer = received(request);
        if (answer) {
            continue;
        }
        ++refused;
        auto const document = oauth::answer_to(answer.error(), oauth::grant_type::jwt_bearer);
        CHECK(document);
        CHECK(oauth::write_json(document.value()).value().find(canary) == std::string::npos);
    }
    CHECK(refused > 25);
}

namespace {

/// The claims of an ID-JAG of A for B.
named_values id_jag_claims() {
    return {{"iss", quoted(domain_a.iss.view())},
            {"sub", quoted("alice")},
            {"aud", quoted(domain_b.iss.view())},
            {"client_id", quoted("radio-at-b")},
            {"jti", quoted("one")},
            {"exp", date(600)},
            {"iat", date(0)},
            {"scope", quoted("openid profile")}};
}
named_values id_jag_grant(named_values const& claims) {
    std::string const header =
        named_values{
            {"alg", quoted("ES256")}, {"kid", quoted("a-1")}, {"typ", quoted("oauth-id-jag+jwt")}}
            .json();
    return {{"grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer"},
            {"assertion", mcx::test::compact(header, claims.json())},
            {"client_id", "radio-at-b"}};
}

/// The claims of a chained grant of A for B.
named_values chained_claims() {
    return security_claims().with("aud", quoted(domain_b.address.view()));
}

template <class P>
mcx::result<admission_petition> under(named_values const& request, std::string_view sender = {}) {
    auto const keys = mcx::test::trusting<credulous>({mcx::test::issuer_a});
    mcx::workspace<credulous> work;
    return partner_idms<credulous>{domain_b, keys}.receive<P>(
        request.form(), mcx::test::sender_at_b(sender), work, clock_at(0));
}
error id_jag_refusal(named_values const& request, std::string_view sender = {}) {
    return placeless(under<grant::id_jag>(request, sender).error());
}
error chained_refusal(named_values const& claims) {
    return placeless(under<grant::identity_chaining>(bearer_grant_of(token_of(claims))).error());
}
constexpr std::uint16_t id_jag_claim(std::string_view name) {
    return grant::identity_assertion::fields::number_of(name);
}

}  // namespace

TEST_CASE("an ID-JAG is spent without a word, and says itself what it is good for") {
    auto const shown = under<grant::id_jag>(id_jag_grant(id_jag_claims()));
    CHECK(shown->home() == domain_a.iss);
    CHECK(shown->subject().view() == "alice");
    CHECK(shown->client().view() == "radio-at-b");
    CHECK(shown->requested() == oauth::scope("openid profile"));
    CHECK(shown->assertion_audience().names(domain_b.iss.view()));
    CHECK(shown->actors().empty());
    CHECK(!shown->resource());
    CHECK(shown->replay().id.view() == "one");
}

TEST_CASE("a partner sees how the user logged in, where the assertion tells") {
    auto const told = under<grant::id_jag>(id_jag_grant(id_jag_claims()
                                                            .with("auth_time", date(-5))
                                                            .with("acr", quoted("x"))
                                                            .with("amr", R"(["pwd"])")))
                          ->login();
    CHECK(told.auth_time == clock_at(-5).at);
    CHECK(told.acr->view() == "x");
    CHECK(told.amr.size() == 1);
    CHECK(under<grant::id_jag>(id_jag_grant(id_jag_claims()))->login() == grant::login_facts{});
    CHECK(received(bearer_grant_of(token_of(security_claims())))->login() == grant::login_facts{});
}

TEST_CASE("an ID-JAG is good for one client") {
    auto const good = id_jag_grant(id_jag_claims());
    auto const nameless = good.without("client_id");
    CHECK(id_jag_refusal(good.with("client_id", "radio-at-a")) ==
          error{errc::client_mismatch, id_jag_claim("client_id")});
    CHECK(id_jag_refusal(nameless) == error{errc::parameter_missing, parameter("client_id")});
    CHECK(id_jag_refusal(nameless, "radio-at-b") == error{});
    CHECK(id_jag_refusal(nameless, "radio-at-a") ==
          error{errc::client_mismatch, id_jag_claim("client_id")});
    CHECK(id_jag_refusal(good, "radio-at-a").code == errc::client_mismatch);
}

TEST_CASE("no more is asked for than the assertion is good for") {
    auto const good = id_jag_grant(id_jag_claims());
    CHECK(under<grant::id_jag>(good.with("scope", "openid"))->requested() ==
          oauth::scope("openid"));
    CHECK(id_jag_refusal(good.with("scope", "openid admin")) ==
          error{errc::scope_refused, id_jag_claim("scope")});
    auto const silent = id_jag_grant(id_jag_claims().without("scope"));
    CHECK(under<grant::id_jag>(silent.with("scope", "openid admin"))->requested() ==
          oauth::scope("openid admin"));
    CHECK(under<grant::id_jag>(silent)->requested().empty());
}

TEST_CASE("where nobody names a scope, the policy does") {
    memory used{clock_at(0)};
    auto const asked = under<grant::id_jag>(id_jag_grant(id_jag_claims().without("scope")));
    CHECK(admitted(asked.value(), everything(), used)->scope == everything().scope);
    mcx::role::grant nothing;
    CHECK(admitted(asked.value(), nothing, used).error() == errc::replayed);
    memory another{clock_at(0)};
    CHECK(admitted(asked.value(), nothing, another).error() == errc::value_empty);
}

TEST_CASE("an access token is for the resource that the assertion names") {
    memory used{clock_at(0)};
    auto const claims = id_jag_claims().with("resource", quoted("https://api.b.example"));
    auto const asked = under<grant::id_jag>(id_jag_grant(claims.without("scope")));
    CHECK(asked->resource()->names("https://api.b.example"));
    auto const answer = admitted(asked.value(), everything(), used);
    CHECK(mcx::test::payload_in(answer->access_token.view())
              .find(R"("aud":"https://api.b.example")") != std::string::npos);
}

TEST_CASE("an ID-JAG is for the issuer, a chained grant for any name of the server") {
    CHECK(id_jag_refusal(
              id_jag_grant(id_jag_claims().with("aud", quoted(domain_b.address.view())))) ==
          error{errc::audience_mismatch, id_jag_claim("aud")});
    for (std::string_view const name :
         {domain_b.address.view(), domain_b.iss.view(), domain_b.token_endpoint.view()}) {
        CHECK(chained_refusal(chained_claims().with("aud", quoted(name))) == error{});
    }
    CHECK(chained_refusal(chained_claims().with("aud", quoted(domain_a.iss.view()))).code ==
          errc::audience_mismatch);
    CHECK(chained_refusal(security_claims()).code == errc::audience_not_sole);
}

TEST_CASE("who was checked at another server has shown nothing here") {
    auto const primaries = mcx::test::trusting<credulous>({mcx::test::issuer_a});
    mcx::workspace<credulous> work;
    partner_idms<credulous> const idms{domain_b, primaries};
    std::string const body = bearer_grant_of(token_of(security_claims())).form();
    CHECK(idms.receive(body, mcx::test::sender_at_b(), work, clock_at(0)));
    CHECK(idms.receive(body, mcx::test::sender(), work, clock_at(0)).error() ==
          errc::client_proof_mismatch);
}

TEST_CASE("a client is registered here, and shows who it is if it has to") {
    auto const by = [](std::string_view client) {
        return refusal(bearer_grant_of(token_of(security_claims())).with("client_id", client));
    };
    CHECK(by("nobody-here") == error{errc::unknown_client, parameter("client_id")});
    CHECK(by("console") == error{errc::client_authentication_refused, parameter("client_id")});
    CHECK(by("radio-at-b") == error{});
}
