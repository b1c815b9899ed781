// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "support/by_name.hpp"
#include "support/vector_suite.hpp"

#include <mcx/backend/botan.hpp>
#include <mcx/backend/sodium.hpp>
#include <mcx/jwt/accept.hpp>
#include <mcx/role/resource_server.hpp>

#include <algorithm>
#include <cstdlib>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

// Hostile tokens and the good ones they were made from, each judged with the keys, algorithms, time
// and names that its case gives. A case that allows MACs and signatures is put to a verifier for
// each, since no one verifier takes both; tokens of MC users are put to a server of theirs as well.

using mcx::algorithm_set;
using mcx::errc;
using mcx::instant;
using mcx::issuer;
using mcx::stage;
using mcx::test::elements_in;
using mcx::test::json_members;
using mcx::test::members_in;
using mcx::test::tally;
using mcx::test::text_in;
using mcx::test::vector_file;
using mcx::test::written_in;
namespace jwt = mcx::jwt;

namespace {

using both = mcx::first_of<mcx::sodium, mcx::botan>;

/// What the cases expect of a token: who issued it and for whom, and that it ends.
struct claims {
    issuer iss;
    mcx::audience aud;
    instant exp;
    std::optional<mcx::subject> sub;
    std::optional<instant> nbf;
    std::optional<instant> iat;
    std::optional<mcx::jwt_id> jti;

    using fields =
        mcx::claim_list<mcx::required<"iss", &claims::iss>, mcx::required<"aud", &claims::aud>,
                        mcx::required<"exp", &claims::exp>, mcx::optional<"sub", &claims::sub>,
                        mcx::optional<"nbf", &claims::nbf>, mcx::optional<"iat", &claims::iat>,
                        mcx::optional<"jti", &claims::jti>>;
};

/// Most cases ask for no type.
struct any_typ {
    static constexpr std::string_view written = "JWT";
    static constexpr bool accepts(std::string_view) noexcept { return true; }
    static constexpr bool accepts_absent() noexcept { return true; }
};

template <class As, class Typ>
struct profile {
    using claims = ::claims;
    using algorithms = As;
    using typ = Typ;
    using understood = mcx::jws::critical_names<>;
    using audience_rule = jwt::names_me;
    static constexpr jwt::limits limits{};
};

/// What a case gives beside its algorithms.
struct question {
    json_members test;
    std::string token;
    std::vector<std::string> keys;
    instant now;
};

/// The issuer of a case with its keys. Fails: as the keys do.
template <class B, class As>
mcx::result<mcx::trust<B, As>> trust_of(question const& q) {
    auto keys = mcx::test::keys_for<B>(As{}, q.keys);
    if (!keys) {
        return keys.error();
    }
    mcx::trust<B, As> made;
    auto const who = issuer::from(text_in(q.test, "iss"));
    if (auto const added = made.add(who.value(), *std::move(keys)); !added) {
        return added.error();
    }
    return made;
}

/// The error with which a verifier of this profile refuses the token, or none.
template <class B, class As, class Typ>
errc accept(question const& q) {
    auto const issuers = trust_of<B, As>(q);
    if (!issuers) {
        return issuers.error().code;
    }
    auto const self = mcx::recipient::from(text_in(q.test, "aud"));
    mcx::workspace<B, As> work;
    mcx::fixed_clock const now{q.now};
    return jwt::accept<profile<As, Typ>>(q.token, *issuers, work, {.to = self.value()}, now)
        .error()
        .code;
}

using verifier = errc (*)(question const&);

/// Verifiers for just these algorithms, one for each backend, and which names they are for.
struct row {
    std::string algorithms;
    std::vector<verifier> verifiers;
};

template <class B, class Typ, class... As>
void add_verifier(row& r) {
    if constexpr ((... && mcx::test::provides<B, As>)) {
        r.verifiers.push_back(&accept<B, algorithm_set<As...>, Typ>);
    }
}

template <class Typ, class... As>
row row_of(std::string_view name) {
    row made{std::string(name), {}};
    add_verifier<mcx::sodium, Typ, As...>(made);
    add_verifier<mcx::botan, Typ, As...>(made);
    if constexpr (sizeof...(As) > 1) {
        add_verifier<both, Typ, As...>(made);
    }
    return made;
}

/// Every list of algorithms that a case may have, names in order, MACs apart.
std::vector<row> const& rows() {
    using namespace mcx;
    static std::vector<row> const made{
        row_of<any_typ, hs256>("HS256"),
        row_of<any_typ, hs384>("HS384"),
        row_of<any_typ, hs512>("HS512"),
        row_of<any_typ, rs256>("RS256"),
        row_of<any_typ, rs384>("RS384"),
        row_of<any_typ, rs512>("RS512"),
        row_of<any_typ, ps256>("PS256"),
        row_of<any_typ, ps384>("PS384"),
        row_of<any_typ, ps512>("PS512"),
        row_of<any_typ, es256>("ES256"),
        row_of<any_typ, es384>("ES384"),
        row_of<any_typ, es512>("ES512"),
        row_of<any_typ, eddsa>("EdDSA"),
        row_of<any_typ, es256, rs256>("ES256 RS256"),
        row_of<any_typ, es256, es384>("ES256 ES384"),
        row_of<any_typ, es256, eddsa>("ES256 EdDSA"),
        row_of<any_typ, rs256, ps256>("PS256 RS256"),
        row_of<any_typ, es256, rs256, eddsa>("ES256 EdDSA RS256"),
        row_of<any_typ, ed25519_by_either_name>("Ed25519 EdDSA"),
        row_of<jwt::typ_is<"at+jwt">, rs256>("RS256, at+jwt"),
    };
    return made;
}

/// The verifiers for a case; none where the library has no such thing.
std::vector<verifier> verifiers_for(json_members const& test) {
    std::vector<std::string> names;
    for (std::string const& written : elements_in(written_in(test, "algs"))) {
        names.push_back(mcx::test::string_in(written));
    }
    std::sort(names.begin(), names.end());
    std::string signatures;
    std::vector<std::string> wanted;
    for (std::string const& name : names) {
        if (name.starts_with("HS")) {
            wanted.push_back(name);
        } else {
            signatures += (signatures.empty() ? "" : " ") + name;
        }
    }
    if (!signatures.empty()) {
        std::string const typ = text_in(test, "typ");
        wanted.push_back(signatures + (typ.empty() ? "" : ", " + typ));
    }
    std::vector<verifier> found;
    for (row const& r : rows()) {
        if (std::find(wanted.begin(), wanted.end(), r.algorithms) != wanted.end()) {
            found.insert(found.end(), r.verifiers.begin(), r.verifiers.end());
        }
    }
    return found;
}

/// Where in the work a case of each class is refused.
struct refusal {
    std::string_view of;
    std::initializer_list<stage> at;
};
constexpr stage form = stage::form;
constexpr stage header = stage::header;
constexpr stage key = stage::key;
constexpr stage signature = stage::signature;
constexpr stage content = stage::claims;
constexpr stage policy = stage::policy;
refusal const refusals[]{
    {"alg_none", {form, header}},
    {"alg_confusion", {header, key, signature}},
    {"structure", {form, header, signature}},
    {"base64", {form, signature}},
    {"header_json", {form, header}},
    {"dup_names", {form}},
    {"claims_json", {form, content}},
    {"claims_string", {content, policy}},
    {"claims_time", {content, policy}},
    {"crit", {header}},
    {"b64", {form, header}},
    {"typ", {header}},
    {"kid", {header, key, signature}},
    {"jwk", {key, signature}},
    {"embedded_key", {header, key, signature}},
    {"ecdsa", {form, key, signature}},
    {"eddsa", {form, header, key, signature}},
    {"rsa", {key, signature}},
    {"pss", {signature}},
    {"jwe_like", {form, header}},
};

bool is_refused_in_its_place(std::string_view of, errc code) {
    for (refusal const& r : refusals) {
        if (r.of == of) {
            return std::find(r.at.begin(), r.at.end(), mcx::stage_of(code)) != r.at.end();
        }
    }
    return false;
}

/// What a server of the user decides, where the case says what it should.
void judge_by_server(question const& q, tally& counts) {
    std::string const expected = text_in(q.test, "mc_expect");
    mcx::trust<both> own;
    auto keys = mcx::key_set<both>::from_jwks(mcx::test::jwks_of(q.keys));
    CHECK(own.add(issuer::from(text_in(q.test, "iss")).value(), std::move(keys).value()));
    mcx::role::resource_server<both> const server{
        mcx::recipient::from(text_in(q.test, "aud")).value(), own};
    mcx::workspace<both> work;
    auto const held = server.receive("Bearer " + q.token, work, mcx::fixed_clock{q.now});
    mcx::idm::operation<mcx::idm::mcptt_id> const wanted{
        mcx::oauth::scope_token::from(text_in(q.test, "mc_required_scope")).value()};
    errc const code = held ? held->permit(wanted).error().code : held.error().code;
    counts.judge(expected == "either" || (code == errc::none) == (expected == "valid"),
                 {text_in(q.test, "id") + " at a server"}, code);
}

void judge(json_members const& test, tally& counts) {
    question const q{test, text_in(test, "token"),
                     elements_in(written_in(members_in(written_in(test, "jwks")), "keys")),
                     instant{std::atoll(written_in(test, "now").c_str())}};
    std::string const id = text_in(test, "id");
    std::string const expected = text_in(test, "expect");
    auto const verifiers = verifiers_for(test);
    if (verifiers.empty()) {
        // A verifier that takes nothing does not compile.
        (written_in(test, "algs") == "[]" ? counts.skip() : counts.fail(id, "no verifier for it"));
        return;
    }
    for (verifier const v : verifiers) {
        errc const code = v(q);
        bool const right = expected == "either" ? true
                           : expected == "valid"
                               ? code == errc::none
                               : is_refused_in_its_place(text_in(test, "class"), code);
        counts.judge(right, {id}, code);
    }
    if (test.contains("mc_expect")) {
        judge_by_server(q, counts);
    }
}

bool run(vector_file const& file, tally& counts) {
    if (text_in(file.members, "format") != "jwt-adversarial-1") {
        return false;
    }
    for (std::string const& written : elements_in(written_in(file.members, "cases"))) {
        json_members const test = members_in(written);
        // What a runner does not know, it cannot judge.
        if (!test.contains("token") || test.contains("require")) {
            counts.fail(text_in(test, "id"), "asks for what nobody knows");
            continue;
        }
        judge(test, counts);
    }
    return true;
}

}  // namespace

TEST_CASE("adversarial tokens get their verdict from every backend, for a reason of their class") {
    mcx::test::run_folder("adversarial", run);
}
