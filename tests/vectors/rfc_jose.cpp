// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "support/jws_examples.hpp"
#include "support/vector_suite.hpp"

#include <mcx/backend/botan.hpp>
#include <mcx/backend/sodium.hpp>
#include <mcx/jose/thumbprint.hpp>
#include <mcx/jwt/accept.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

// What the RFCs of JOSE and JWT print: RFC 7515, 7517, 7519, 7638, 7797 and 8037. The messages of
// OAuth in the same folder have a runner of their own.

using mcx::algorithm_set;
using mcx::errc;
using mcx::instant;
using mcx::test::elements_in;
using mcx::test::json_members;
using mcx::test::jws_example;
using mcx::test::members_in;
using mcx::test::tally;
using mcx::test::text_in;
using mcx::test::vector_file;
using mcx::test::written_in;
namespace jwk = mcx::jwk;
namespace jws = mcx::jws;
namespace jwt = mcx::jwt;

namespace {

/// A token that no verifier takes, whatever its algorithm.
void judge_refused(std::string const& text, std::string const& name, tally& counts) {
    errc const found = jws::parse(std::string_view{text}, 8192).error().code;
    counts.judge(
        mcx::stage_of(found) == mcx::stage::form || mcx::stage_of(found) == mcx::stage::header,
        {name}, found);
}

/// A compact token with its owner's key: verified, refused with another payload, signed again.
template <class B, class A>
void judge_signed(json_members const& e, tally& counts) {
    std::string const section = text_in(e, "section");
    std::string const key = written_in(e, "jwk");
    std::string const token = text_in(e, "token");
    auto const keys = mcx::test::keys_of_owner<B, A>(key);
    if (!keys) {
        counts.judge(false, {section}, keys.error().code);
        return;
    }
    errc const found = mcx::test::verdict_of({token, {}}, *keys);
    counts.judge(found == errc::none, {section}, found);
    std::string changed = token;
    char& c = changed[changed.find('.') + 1];
    c = c == 'e' ? 'f' : 'e';
    errc const bad = mcx::test::verdict_of({changed, {}}, *keys);
    counts.judge(bad == errc::signature, {section + " changed"}, bad);
    if constexpr (mcx::MacAlgorithm<A> || mcx::Signs<B, A>) {
        std::string const input = token.substr(0, token.rfind('.'));
        std::string const made = input + '.' + mcx::test::sign_as_owner<B, A>(key, input);
        bool const once = written_in(e, "deterministic") == "true";
        errc const again = mcx::test::verdict_of({made, {}}, *keys);
        counts.judge(again == errc::none && (made == token) == once, {section + " signed"}, again);
    }
}

/// A token in JSON whose keys stand beside it, under their names.
template <class B>
void judge_json(json_members const& e, tally& counts) {
    using as = algorithm_set<mcx::rs256, mcx::es256>;
    mcx::key_set<B, as> keys;
    for (auto const& [id, text] : members_in(written_in(e, "keys"))) {
        auto const m = jwk::parse(text);
        auto const name = mcx::key_id::from(id);
        bool const rsa = m && jwk::is_for<mcx::rs256>(*m);
        auto const added =
            rsa ? keys.template add<mcx::rs256>(jwk::read<mcx::rs256>(*m).value(), name.value())
                : keys.template add<mcx::es256>(jwk::read<mcx::es256>(m.value()).value(),
                                                name.value());
        CHECK(added);
    }
    errc const found = mcx::test::verdict_of({written_in(e, "jws"), {}}, keys);
    counts.judge(found == errc::none, {text_in(e, "section")}, found);
}

/// [RFC 7515 §A, §C, §E]
void run_7515(json_members const& file, tally& counts) {
    for (std::string const& written : elements_in(written_in(file, "examples"))) {
        json_members const e = members_in(written);
        if (text_in(e, "expect") == "invalid") {
            judge_refused(text_in(e, "token"), text_in(e, "section"), counts);
        } else if (e.contains("jws")) {
            judge_json<mcx::botan>(e, counts);
            judge_json<mcx::first_of<mcx::sodium, mcx::botan>>(e, counts);
        } else if (!mcx::test::with_backends(text_in(e, "alg"), [&]<class B, class A>() {
                       judge_signed<B, A>(e, counts);
                   })) {
            counts.fail(text_in(e, "section"), "no such algorithm");
        }
    }
    json_members const c = members_in(written_in(file, "base64url_appendix_c"));
    std::vector<std::byte> octets;
    for (std::string const& number : elements_in(written_in(c, "octets"))) {
        octets.push_back(static_cast<std::byte>(std::atoi(number.c_str())));
    }
    bool const same = mcx::test::base64url_text(octets) == text_in(c, "base64url");
    counts.judge(same, {"C"}, "another text");
}

/// [RFC 7517 §A]
void run_7517(json_members const& file, tally& counts) {
    using keys = mcx::key_set<mcx::botan, algorithm_set<mcx::es256, mcx::rs256>>;
    auto const set = keys::from_jwks(written_in(file, "public_set"));
    counts.judge(set && set->size() == 1 && set->skipped() == 1, {"A.1"}, set.error().code);
    auto const as_public = keys::from_jwks(written_in(file, "private_set"));
    counts.judge(as_public.error().code == errc::key_private, {"A.2, as public keys"},
                 as_public.error().code);
    auto const both = elements_in(written_in(members_in(written_in(file, "private_set")), "keys"));
    auto const open = elements_in(written_in(members_in(written_in(file, "public_set")), "keys"));
    if (both.size() != 2 || open.size() != 2) {
        counts.fail("A.2", "not two keys");
        return;
    }
    auto const ec = jwk::read_private<mcx::es256>(both[0]);
    counts.judge(ec.error().code == errc::key_use, {"A.2, for encryption"}, ec.error().code);
    auto const rsa = jwk::read_private<mcx::rs256>(both[1]);
    auto const prepared = rsa ? jwk::prepare<mcx::botan>(*rsa) : rsa.error();
    auto const half = jwk::parse(open[1]);
    counts.judge(prepared && half && jwk::read<mcx::rs256>(*half).value() == rsa->stated, {"A.2"},
                 prepared.error().code);
    for (std::string const& text :
         elements_in(written_in(members_in(written_in(file, "symmetric_set")), "keys"))) {
        auto const secret = jwk::read_mac<mcx::hs256>(text);
        bool const wraps = text_in(members_in(text), "alg") == "A128KW";
        counts.judge(secret.error().code == (wraps ? errc::key_algorithm : errc::none), {"A.3"},
                     secret.error().code);
    }
}

struct joe {
    mcx::issuer iss;
    instant exp;

    using fields =
        mcx::claim_list<mcx::required<"iss", &joe::iss>, mcx::required<"exp", &joe::exp>>;
};
struct joes_token {
    using claims = joe;
    using algorithms = algorithm_set<mcx::hs256>;
    using typ = jwt::typ_absent_or<"JWT">;
    using understood = jws::critical_names<>;
    using audience_rule = jwt::names_me_if_present;
    static constexpr jwt::limits limits{};
};

/// [RFC 7519 §3.1]
template <class B>
void judge_joe(json_members const& e, tally& counts) {
    auto keys = mcx::test::keys_of_owner<B, mcx::hs256>(written_in(e, "jwk"));
    mcx::trust<B, joes_token::algorithms> issuers;
    if (!keys || !issuers.add(mcx::issuer::from("joe").value(), *std::move(keys))) {
        counts.fail("3.1", "the key is refused");
        return;
    }
    mcx::workspace<B, joes_token::algorithms> work;
    auto const self = mcx::recipient::from("me").value();
    for (std::string_view const when : {"accept_at", "expired_at"}) {
        mcx::fixed_clock const now{{std::atoll(written_in(e, when).c_str())}};
        errc const found =
            jwt::accept<joes_token>(text_in(e, "token"), issuers, work, {.to = self}, now)
                .error()
                .code;
        counts.judge(found == (when == "accept_at" ? errc::none : errc::expired),
                     {std::string(when)}, found);
    }
}

void run_7519(json_members const& file, tally& counts) {
    for (std::string const& written : elements_in(written_in(file, "examples"))) {
        json_members const e = members_in(written);
        if (text_in(e, "expect") == "invalid") {
            judge_refused(text_in(e, "token"), text_in(e, "section"), counts);
        } else {
            judge_joe<mcx::sodium>(e, counts);
            judge_joe<mcx::botan>(e, counts);
        }
    }
}

template <class A, class D>
std::string print_of(jwk::members const& m) {
    // What the key is for is not part of its print, and one of them is for encryption.
    auto const numbers = jwk::shape<typename A::public_key>::read(m);
    auto const print = numbers ? jwk::thumbprint<A, D>(*numbers) : numbers.error();
    return print ? mcx::test::base64url_text(*print) : std::string{};
}

/// [RFC 7638 §3.1, RFC 8037 §A.3]
template <class D>
void judge_print(json_members const& e, tally& counts) {
    auto const m = jwk::parse(written_in(e, "jwk"));
    std::string found;
    if (m && jwk::is_for<mcx::rs256>(*m)) {
        found = print_of<mcx::rs256, D>(*m);
    } else if (m && jwk::is_for<mcx::es256>(*m)) {
        found = print_of<mcx::es256, D>(*m);
    } else if (m && jwk::is_for<mcx::eddsa>(*m)) {
        found = print_of<mcx::eddsa, D>(*m);
    }
    counts.judge(found == text_in(e, "sha256"), {text_in(e, "section")}, found);
}

void run_7638(json_members const& file, tally& counts) {
    for (std::string const& written : elements_in(written_in(file, "cases"))) {
        json_members const e = members_in(written);
        judge_print<mcx::hashing<mcx::sodium, mcx::sha256>>(e, counts);
        judge_print<mcx::hashing<mcx::botan, mcx::sha256>>(e, counts);
    }
}

/// [RFC 7797 §4, §5.2, §7]
template <class B>
void judge_b64(json_members const& file, json_members const& e, tally& counts) {
    auto const keys = mcx::test::keys_of_owner<B, mcx::hs256>(written_in(file, "jwk"));
    jws_example example;
    example.text = e.contains("jws") ? written_in(e, "jws") : text_in(e, "token");
    if (written_in(e, "detached") == "true") {
        example.payload_apart = text_in(file, "payload_utf8");
    }
    std::string const needs = text_in(e, "needs");
    example.unencoded = !needs.empty();
    errc const found = mcx::test::verdict_of(example, keys.value());
    bool const valid = text_in(e, "expect") == "valid";
    counts.judge((found == errc::none) == valid, {text_in(e, "section")}, found);
    if (example.unencoded) {  // and by a verifier that does not know of it
        example.unencoded = false;
        errc const without = mcx::test::verdict_of(example, keys.value());
        counts.judge(without == errc::header_b64, {text_in(e, "section") + " without"}, without);
    }
}

void run_7797(json_members const& file, tally& counts) {
    for (std::string const& written : elements_in(written_in(file, "cases"))) {
        json_members const e = members_in(written);
        judge_b64<mcx::sodium>(file, e, counts);
        judge_b64<mcx::botan>(file, e, counts);
    }
}

/// [RFC 8037 §A]
void run_8037(json_members const& file, tally& counts) {
    json_members const e{{"section", "\"A.4\""},
                         {"jwk", written_in(file, "jwk_private")},
                         {"token", written_in(file, "token")},
                         {"deterministic", written_in(file, "deterministic")}};
    (void)mcx::test::with_backends("EdDSA",
                                   [&]<class B, class A>() { judge_signed<B, A>(e, counts); });
    auto const half = jwk::parse(written_in(file, "jwk_public"));
    auto const whole = jwk::read_private<mcx::eddsa>(written_in(file, "jwk_private"));
    counts.judge(half && whole && jwk::read<mcx::eddsa>(*half).value() == whole->stated, {"A.2"},
                 half.error().code);
}

bool run(vector_file const& file, tally& counts) {
    struct known {
        std::string_view name;
        void (*run)(json_members const&, tally&);
    };
    constexpr known files[]{
        {"rfc7515_appendix_a.json", run_7515}, {"rfc7517_jwk_sets.json", run_7517},
        {"rfc7519_jwt.json", run_7519},        {"rfc7638_thumbprint.json", run_7638},
        {"rfc7797_b64.json", run_7797},        {"rfc8037_eddsa.json", run_8037},
    };
    for (known const& k : files) {
        if (k.name == file.name) {
            k.run(file.members, counts);
            return true;
        }
    }
    return false;
}

/// The files of the other runner of this folder.
bool is_of_oauth(std::string_view name) {
    constexpr std::string_view numbers[]{"rfc6749_", "rfc7523_", "rfc7636_", "rfc8693_",
                                         "rfc9068_"};
    return std::any_of(std::begin(numbers), std::end(numbers),
                       [name](std::string_view number) { return name.starts_with(number); });
}

}  // namespace

TEST_CASE("what the RFCs of JOSE print is verified, signed again, and refused where they say so") {
    mcx::test::run_folder("rfc", run, [](std::string_view name) { return !is_of_oauth(name); });
}
