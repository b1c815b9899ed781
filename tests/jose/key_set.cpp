// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/jose/key_set.hpp>

#include "support/check.hpp"
#include "support/der_keys.hpp"
#include "support/mock.hpp"
#include "support/more_keys.hpp"
#include "support/sha256.hpp"
#include "support/tokens.hpp"
#include "support/toy_mac.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

using mcx::eddsa;
using mcx::errc;
using mcx::error;
using mcx::es256;
using mcx::key_id;
using mcx::rs256;
using mcx::test::certain;
using mcx::test::credulous;
using mcx::test::rfc_example;
namespace jwk = mcx::jwk;

namespace {

using keys = mcx::key_set<credulous>;

/// A backend that cannot prepare one of the keys.
struct refuses_keys {};

key_id id(std::string_view name) {
    return certain(key_id::from(name));
}

/// An Ed25519 key unlike those of other numbers.
mcx::ed25519_public_key numbered(unsigned number) {
    return mcx::test::numbered_point(static_cast<unsigned char>(number + 2));
}

template <class A>
std::string jwk_of(std::string_view kid = "") {
    return jwk::write<A>(rfc_example<A>::public_key(), id(kid));
}

std::string set_of(std::vector<std::string> const& members) {
    std::string text = R"({"keys":[)";
    for (std::string const& member : members) {
        text += (text.back() == '[' ? "" : ",") + member;
    }
    return text + "]}";
}

/// Places a JWK in a set, and the offset at which it then stands.
struct placed {
    std::string text;
    std::uint32_t offset;
};
placed in_set(std::string const& member) {
    std::string const first = jwk_of<es256>();
    std::string const text = set_of({first, member});
    return {text,
            static_cast<std::uint32_t>(std::string_view{R"({"keys":[)"}.size() + first.size() + 1)};
}

error refusal(std::string_view text) {
    return keys::from_jwks(text).error();
}

/// Whether the key found is this one.
bool finds(keys const& set, std::optional<key_id> const& kid,
           mcx::ed25519_public_key const& expected) {
    auto const found = set.find<eddsa>(kid);
    return found && found->get().public_key() == expected;
}
errc missed(keys const& set, std::optional<key_id> const& kid) {
    return set.find<eddsa>(kid).error().code;
}

}  // namespace

template <>
struct mcx::verification<refuses_keys, mcx::eddsa>
    : mcx::verification<mcx::test::credulous, mcx::eddsa> {
    static mcx::result<key> prepare(mcx::ed25519_public_key const& k) noexcept {
        return k.octets()[0] == std::byte{3} ? mcx::result<key>{mcx::errc::backend} : key{};
    }
};

TEST_CASE("without a key id the only key is chosen") {
    keys set;
    CHECK(missed(set, {}) == errc::no_such_key);
    CHECK(set.add<eddsa>(numbered(0), id("a")));
    CHECK(finds(set, {}, numbered(0)));
    CHECK(set.add<eddsa>(numbered(1), id("b")));
    CHECK(missed(set, {}) == errc::ambiguous_key);
}

TEST_CASE("with a key id exactly the key of that name is chosen") {
    keys set;
    CHECK(missed(set, id("a")) == errc::no_such_key);
    CHECK(set.add<eddsa>(numbered(0), id("a")));
    CHECK(finds(set, id("a"), numbered(0)));
    CHECK(missed(set, id("b")) == errc::no_such_key);
    CHECK(missed(set, id("A")) == errc::no_such_key);
    CHECK(missed(set, id("a ")) == errc::no_such_key);
    CHECK(missed(set, id("")) == errc::no_such_key);
    CHECK(set.add<eddsa>(numbered(1), id("b")));
    CHECK(finds(set, id("a"), numbered(0)));
    CHECK(finds(set, id("b"), numbered(1)));
    CHECK(set.add<eddsa>(numbered(2), id("a")));
    CHECK(missed(set, id("a")) == errc::ambiguous_key);
    CHECK(finds(set, id("b"), numbered(1)));
}

TEST_CASE("a key without a name answers to no name but the empty one") {
    keys set;
    CHECK(set.add<eddsa>(numbered(0), {}));
    CHECK(finds(set, {}, numbered(0)));
    CHECK(finds(set, id(""), numbered(0)));
    CHECK(missed(set, id("a")) == errc::no_such_key);
    CHECK(set.add<eddsa>(numbered(1), {}));
    CHECK(missed(set, id("")) == errc::ambiguous_key);
}

TEST_CASE("keys of other algorithms are never in question") {
    keys set;
    CHECK(set.add<es256>(rfc_example<es256>::public_key(), id("a")));
    CHECK(set.add<rs256>(rfc_example<rs256>::public_key(), id("a")));
    CHECK(missed(set, {}) == errc::no_such_key);
    CHECK(missed(set, id("a")) == errc::no_such_key);
    CHECK(set.find<es256>({}).has_value());
    CHECK(set.add<eddsa>(numbered(0), id("a")));
    CHECK(finds(set, id("a"), numbered(0)));
}

TEST_CASE("a key is good for as long as was said, and for ever where nothing was") {
    constexpr mcx::period some{{10}, {20}};
    keys made;
    CHECK(made.add<es256>(rfc_example<es256>::public_key(), id("a"), some));
    CHECK(made.add<es256>(rfc_example<es256>::public_key(), id("b")));
    CHECK(made.add<eddsa>(rfc_example<eddsa>::public_key(), id("a")));
    CHECK(made.good_for("ES256", id("a")) == some);
    CHECK(made.good_for("ES256", id("b")) == mcx::period{});
    CHECK(made.good_for("EdDSA", id("a")) == mcx::period{});
    CHECK(made.good_for("EdDSA", std::nullopt) == mcx::period{});
    CHECK(made.good_for("ES256", id("c")) == mcx::period{});
}

TEST_CASE("a set holds 64 keys and no more") {
    keys set;
    for (unsigned i = 0; i < 64; ++i) {
        CHECK(set.add<eddsa>(numbered(i), id(std::to_string(i))));
    }
    CHECK(set.size() == 64);
    CHECK(set.add<eddsa>(numbered(64), id("64")).error() == errc::key_set_too_large);
    CHECK(set.add<es256>(rfc_example<es256>::public_key(), {}).error() == errc::key_set_too_large);
    CHECK(set.size() == 64);
    CHECK(finds(set, id("63"), numbered(63)));
    CHECK(missed(set, id("64")) == errc::no_such_key);
}

TEST_CASE("a key that the backend cannot prepare leaves the set as it was") {
    mcx::key_set<refuses_keys> set;
    CHECK(set.add<eddsa>(numbered(0), id("a")));
    CHECK(set.add<eddsa>(numbered(1), id("b")).error() == errc::backend);
    CHECK(set.size() == 1);
    CHECK(set.find<eddsa>(id("b")).error() == errc::no_such_key);
    CHECK(set.find<eddsa>(id("a")).has_value());
}

TEST_CASE("a JWK Set is read key by key") {
    auto const set = keys::from_jwks(
        set_of({jwk_of<es256>("1"), jwk_of<rs256>("2"), jwk_of<eddsa>("3"), jwk_of<eddsa>()}));
    CHECK(set.has_value());
    if (set) {
        CHECK(set->size() == 4);
        CHECK(set->skipped() == 0);
        CHECK(set->find<es256>(id("1")).has_value());
        CHECK(set->find<rs256>(id("2")).has_value());
        CHECK(set->find<eddsa>(id("3")).has_value());
        CHECK(set->find<eddsa>(id("")).has_value());
        CHECK(set->find<eddsa>({}).error() == errc::ambiguous_key);
    }
}

TEST_CASE("a JWK Set may be empty and may have members that are not known") {
    CHECK((keys::from_jwks(R"({"keys":[]})") && keys::from_jwks(R"({"keys":[]})")->size() == 0));
    auto const set = keys::from_jwks(R"({"a":{"keys":1},"\u006beys":[)" + jwk_of<eddsa>() +
                                     R"(],"more":["keys"]} )");
    CHECK((set && set->size() == 1));
}

TEST_CASE("a document that is no JWK Set is refused") {
    CHECK(refusal("[]") == error{errc::key_set_shape});
    CHECK(refusal("1") == error{errc::key_set_shape});
    CHECK(refusal("{}") == error{errc::key_set_shape});
    CHECK(refusal(jwk_of<es256>()) == error{errc::key_set_shape});
    CHECK(refusal(R"({"Keys":[]})") == error{errc::key_set_shape});
    CHECK(refusal(R"({"a":{"keys":[]}})") == error{errc::key_set_shape});
    CHECK(refusal(R"({"keys":{}})") == error{errc::key_set_shape, 0, 8});
    CHECK(refusal(R"({"keys":null})") == error{errc::key_set_shape, 0, 8});
    CHECK(refusal(R"({"keys":[1]})") == error{errc::key_set_shape, 0, 9});
    CHECK(refusal(R"({"keys":[[]]})") == error{errc::key_set_shape, 0, 9});
}

TEST_CASE("a document that is no JSON is refused where the fault stands") {
    CHECK(refusal("") == error{errc::json_truncated, 0, 0});
    CHECK(refusal("{") == error{errc::json_truncated, 0, 1});
    CHECK(refusal(R"({"keys")") == error{errc::json_truncated, 0, 7});
    CHECK(refusal(R"({"keys":)") == error{errc::json_truncated, 0, 8});
    CHECK(refusal(R"({"keys":[)") == error{errc::json_truncated, 0, 9});
    CHECK(refusal(R"({"keys":[{)") == error{errc::json_truncated, 0, 10});
    CHECK(refusal(R"({"keys":[])") == error{errc::json_truncated, 0, 10});
    CHECK(refusal(R"({"keys":[]}})") == error{errc::json_trailing, 0, 11});
    CHECK(refusal(R"({"keys":[],"keys":[]})") == error{errc::json_duplicate, 0, 11});
    CHECK(refusal(R"({"keys":[{"kty":"EC","kty":"EC"}]})") == error{errc::json_duplicate, 0, 21});
    CHECK(refusal(R"({"a":x,"keys":[]})") == error{errc::json_syntax, 0, 5});
    CHECK(refusal(R"({"a":[1,}],"keys":[]})") == error{errc::json_syntax, 0, 8});
    CHECK(refusal(R"({"keys":[],})") == error{errc::json_syntax, 0, 11});
    CHECK(refusal("{\"keys\":[],\"a\":\"\x80\"}") == error{errc::utf8_invalid, 0, 16});
    std::string const whole = set_of({jwk_of<es256>("1")});
    for (std::size_t size = 0; size < whole.size(); ++size) {
        CHECK_FALSE(keys::from_jwks(whole.substr(0, size)).has_value());
    }
}

TEST_CASE("keys that are not for this set are skipped and counted") {
    std::vector<std::string> const foreign{
        R"({"kty":"EC","crv":"P-384","x":"AA","y":"AA"})",
        R"({"kty":"EC","crv":"P-521","x":")" + std::string(88, 'A') + R"(","y":"AA"})",
        R"({"kty":"OKP","crv":"X25519","x":"AA"})",
        R"({"kty":"OKP","crv":"Ed448","x":")" + std::string(76, 'A') + "\"}",
        R"({"kty":"AKP","alg":"ML-DSA-44","pub":"AA"})",
        R"({"kty":"something new"})",
        R"({"kty":"oct","k":"AA","kid":"1"})",
        R"({"k":7,"kty":"o\u0063t"})",
        R"({"kty":"RSA","use":"enc","n":"AA","e":"AQAB"})",
        R"({"kty":"RSA","alg":"PS256","n":"AA","e":"AQAB"})",
        R"({"kty":"RSA","alg":"RSA-OAEP-256","n":"AA","e":"AQAB"})",
        R"({"kty":"EC","crv":"P-256","use":"enc","x":"AA","y":"AA"})",
        R"({"kty":"EC","crv":"P-256","alg":"ECDH-ES","x":"AA","y":"AA"})",
        R"({"kty":"EC","crv":"P-256","key_ops":["deriveBits"],"x":"AA","y":"AA"})",
        R"({"kty":"EC","crv":"P-256","key_ops":["sign"],"x":"AA","y":"AA"})",
        R"({"kty":"EC","crv":"P-256","key_ops":[],"x":"AA","y":"AA"})",
        R"({"kty":"EC","x":"AA","y":"AA"})"};
    auto const none = keys::from_jwks(set_of(foreign));
    CHECK((none && none->size() == 0 && none->skipped() == foreign.size()));
    for (std::string const& key : foreign) {
        auto const set = keys::from_jwks(set_of({jwk_of<eddsa>("1"), key, jwk_of<es256>("2")}));
        CHECK_MESSAGE((set && set->size() == 2 && set->skipped() == 1), key);
    }
}

TEST_CASE("a key that is for verifying and signing is taken") {
    std::string key = jwk_of<es256>("both");
    key.insert(1, R"("key_ops":["verify","sign"],)");
    auto const set = keys::from_jwks(set_of({key}));
    CHECK((set && set->size() == 1 && set->skipped() == 0));
}

TEST_CASE("a set of fewer algorithms skips the others' keys") {
    using narrow = mcx::key_set<credulous, mcx::algorithm_set<es256>>;
    auto const set = narrow::from_jwks(set_of({jwk_of<es256>(), jwk_of<rs256>(), jwk_of<eddsa>()}));
    CHECK((set && set->size() == 1 && set->skipped() == 2));
    CHECK((set && set->find<es256>({}).has_value()));
}

TEST_CASE("a key of ours that is wrong refuses the document and is pointed at") {
    struct row {
        std::string member;
        errc code;
        std::string_view name;
    };
    std::vector<row> const rows{
        {R"({"kty":"OKP","crv":"Ed25519","x":"AA","d":"AA"})", errc::key_private, "d"},
        {R"({"kty":"EC","crv":"P-256","k":"AA"})", errc::key_private, "k"},
        {R"({"kty":"new","k":"AA"})", errc::key_private, "k"},
        {R"({"kty":"Oct","k":"AA"})", errc::key_private, "k"},
        {R"({"kty":"EC","crv":"P-384","d":"AA"})", errc::key_private, "d"},
        {R"({"crv":"P-256"})", errc::key_missing_member, "kty"},
        {R"({"kty":"EC","crv":"P-256","x":"AA"})", errc::key_missing_member, "y"},
        {R"({"kty":"EC","crv":"P-256","x":1})", errc::key_shape, "x"},
        {R"({"kty":"EC","crv":"P-256","x":"A","y":"AA"})", errc::key_value, "x"},
        {R"({"kty":"OKP","crv":"Ed25519","use":"sig","key_ops":["sign"],"x":"AA"})",
         errc::key_operations, "key_ops"},
        {R"({"kty":"OKP","crv":"Ed25519","key_ops":["verify","deriveBits"],"x":"AA"})",
         errc::key_operations, "key_ops"},
        {R"({"kty":"OKP","crv":"Ed25519","x":"AA","n":"AA"})", errc::key_value, "n"},
        {R"({"kty":"OKP","crv":"Ed25519","x":"AA"})", errc::point_encoding, ""},
        {R"({"kty":"OKP","crv":"Ed25519","x":"AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"})",
         errc::point_small_order, ""},
        {R"({"kty":"EC","crv":"P-256","x":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",)"
         R"("y":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"})",
         errc::point_not_on_curve, ""},
        {R"({"kty":"RSA","n":"AQAB","e":"AQAB"})", errc::rsa_modulus_size, ""},
        {R"({"kty":"RSA","n":"AQAB","e":"Aw"})", errc::rsa_modulus_size, ""}};
    for (row const& r : rows) {
        auto const [text, offset] = in_set(r.member);
        error const e = refusal(text);
        CHECK_MESSAGE(e.code == r.code, r.member);
        CHECK_MESSAGE(mcx::field_name<jwk::members>(e.where) == r.name, r.member);
        CHECK_MESSAGE(e.offset == offset, r.member);
    }
}

TEST_CASE("more keys than a set holds are refused, skipped ones among them") {
    std::string const foreign = R"({"kty":"new"})";
    std::vector<std::string> members(64, foreign);
    auto const full = keys::from_jwks(set_of(members));
    CHECK((full && full->skipped() == 64));
    members.push_back(foreign);
    std::string const text = set_of(members);
    CHECK(refusal(text) ==
          error{errc::key_set_too_large, 0, static_cast<std::uint32_t>(text.size() - 15)});
    members.assign(65, jwk_of<eddsa>());
    CHECK(refusal(set_of(members)).code == errc::key_set_too_large);
}

TEST_CASE("a set that is written is read again as itself") {
    keys set;
    CHECK(set.to_jwks() == R"({"keys":[]})");
    CHECK(set.add<eddsa>(numbered(7), id("seven")));
    CHECK(set.add<eddsa>(rfc_example<eddsa>::public_key(), {}));
    CHECK(set.add<es256>(rfc_example<es256>::public_key(), id("\"quoted\"")));
    CHECK(set.add<rs256>(rfc_example<rs256>::public_key(), {}));
    std::string const text = set.to_jwks();
    CHECK(text == set_of({jwk_of<es256>("\"quoted\""), jwk_of<rs256>(),
                          jwk::write<eddsa>(numbered(7), id("seven")), jwk_of<eddsa>()}));
    auto const again = keys::from_jwks(text);
    CHECK(again.has_value());
    if (again) {
        CHECK(again->size() == 4);
        CHECK(again->to_jwks() == text);
        CHECK(finds(*again, id("seven"), numbered(7)));
        CHECK(finds(*again, id(""), rfc_example<eddsa>::public_key()));
    }
}

namespace {

/// The key of the RFC with these members in front.
std::string certified(std::string const& members) {
    return "{" + members + "," + jwk_of<es256>("1").substr(1);
}
std::string x5c(std::string const& list) {
    return R"("x5c":[)" + list + "]";
}
/// A certificate as a member of a list.
std::string quoted(mcx::byte_view der) {
    std::string text(mcx::base64::encoded_size(der.size()), '\0');
    mcx::base64::encode(der, text);
    return '"' + text + '"';
}
std::string const own_certificate = quoted(mcx::test::certificate_es256);
std::string const own_print =
    R"("x5t#S256":")" +
    mcx::test::base64url_text(
        mcx::byte_view{*mcx::digest_of<mcx::test::sha256>(mcx::test::certificate_es256)}) +
    '"';

}  // namespace

TEST_CASE("certificates of a key are carried from one document to another") {
    for (std::string const& said : {x5c(own_certificate), x5c(own_certificate + R"(,"AAAA")"),
                                    own_print, x5c(own_certificate) + "," + own_print}) {
        auto const set = keys::from_jwks(set_of({certified(said), jwk_of<eddsa>("2")}));
        CHECK_MESSAGE((set && set->size() == 2), said);
        if (set) {
            std::string const plain = jwk_of<es256>("1");
            std::string const text =
                set_of({plain.substr(0, plain.size() - 1) + "," + said + "}", jwk_of<eddsa>("2")});
            CHECK(set->to_jwks() == text);
            CHECK((keys::from_jwks(text) && keys::from_jwks(text)->to_jwks() == text));
            CHECK(keys(*set).to_jwks() == text);
        }
    }
}

TEST_CASE("a certificate of another key, or what is none, refuses the document") {
    struct row {
        std::string members;
        errc code;
    };
    std::string const zeros = std::string(43, 'A');
    std::vector<row> const rows{
        {R"("x5c":7)", errc::key_shape},
        {R"("x5c":"AAAA")", errc::key_shape},
        {R"("x5c":[])", errc::key_value},
        {R"("x5c":["AA-A"])", errc::key_value},
        {R"("x5c":["AAAA"])", errc::der_tag},
        {R"("x5c":["AAAA"],"x5t#S256":"AAAA")", errc::key_value},
        {R"("x5c":["AAAA"],"x5t#S256":")" + zeros + '"', errc::key_certificate},
        {x5c(own_certificate) + R"(,"x5t#S256":")" + zeros + '"', errc::key_certificate},
        {R"("x5t#S256":7)", errc::key_shape},
        {x5c(quoted(mcx::test::certificate_eddsa)), errc::key_type},
        {x5c(R"("AAAA",)" + own_certificate), errc::der_tag},
        {x5c(quoted(mcx::test::certificate_es256_for_agreement)), errc::key_use}};
    for (row const& r : rows) {
        auto const [text, offset] = in_set(certified(r.members));
        CHECK_MESSAGE((refusal(text) == error{r.code, 0, offset}), r.members);
    }
    // The certificate is one of P-256 for another key.
    std::string const another = R"({"kty":"EC","crv":"P-256","x":)"
                                R"("MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4",)"
                                R"("y":"4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM",)" +
                                x5c(own_certificate) + "}";
    CHECK(refusal(in_set(another).text).code == errc::key_certificate);
    // A key that is not for this set may say of its certificates what it likes.
    auto const skipped = keys::from_jwks(set_of({R"({"kty":"new","x5c":7})"}));
    CHECK((skipped && skipped->skipped() == 1));
}

TEST_CASE("a document, and a key in it, has a longest text") {
    std::string text = set_of({jwk_of<eddsa>()});
    text.resize(keys::max_text, ' ');
    CHECK((keys::from_jwks(text) && keys::from_jwks(text)->size() == 1));
    CHECK(refusal(text + ' ') == error{errc::key_set_too_large});
    std::string const key = jwk_of<eddsa>();
    std::string const longest =
        key.substr(0, key.size() - 1) + std::string(jwk::max_text - key.size(), ' ') + "}";
    CHECK((keys::from_jwks(set_of({longest})) && keys::from_jwks(set_of({longest}))->size() == 1));
    CHECK(refusal(set_of({longest.substr(0, longest.size() - 1) + " }"})).code == errc::key_value);
}

TEST_CASE("a set of all algorithms takes a document of all of them, and skips what fits several") {
    using all = mcx::all_signature_algorithms;
    using set_type = mcx::key_set<mcx::test::credulous, all>;
    set_type set;
    CHECK(set.add<mcx::es384>(rfc_example<mcx::es384>::public_key(), id("a")));
    CHECK(set.add<mcx::es512>(rfc_example<mcx::es512>::public_key(), id("b")));
    CHECK(set.add<mcx::es256k>(rfc_example<mcx::es256k>::public_key(), id("c")));
    CHECK(set.add<mcx::ps256>(rfc_example<mcx::ps256>::public_key(), id("d")));
    CHECK(set.add<mcx::ed25519>(rfc_example<mcx::ed25519>::public_key(), id("e")));
    CHECK(set.add<mcx::ed448>(rfc_example<mcx::ed448>::public_key(), id("f")));
    mcx::fixed_bytes<1952> const octets{};
    CHECK(set.add<mcx::ml_dsa_65>(*mcx::ml_dsa_65::public_key::from(octets), id("g")));
    auto const text = set.to_jwks();
    auto const again = set_type::from_jwks(text);
    CHECK((again && again->size() == 7 && again->skipped() == 0));
    CHECK((again && again->to_jwks() == text));
    // A key that says Ed25519 is none for EdDSA, and one that says nothing would be for both.
    CHECK((again && again->find<mcx::eddsa>({}).error() == errc::no_such_key));
    auto silent = text;
    for (auto at = silent.find(",\"alg\""); at != std::string::npos; at = silent.find(",\"alg\"")) {
        silent.erase(at, silent.find(',', at + 1) - at);
    }
    auto const guessed = set_type::from_jwks(silent);
    // The three curves and Ed448 fit one algorithm each; RSA, Ed25519 and AKP fit several.
    CHECK((guessed && guessed->size() == 4 && guessed->skipped() == 3));
}

TEST_CASE("a set of MACs is filled with secrets and chooses as any other") {
    using mcx::hs256, mcx::hs384, mcx::test::toy, mcx::test::toy_secret;
    mcx::key_set<toy, mcx::mac_algorithms> set;
    CHECK(set.add<hs256>(toy_secret<hs256>(1), id("a")));
    CHECK(set.add<hs256>(toy_secret<hs256>(2), id("b")));
    CHECK(set.add<hs384>(toy_secret<hs384>(3), id("a")));
    CHECK(set.size() == 3);
    CHECK(set.find<hs256>(id("a")).has_value());
    CHECK(set.find<hs256>({}).error() == errc::ambiguous_key);
    CHECK(set.find<hs256>(id("c")).error() == errc::no_such_key);
    CHECK(set.find<hs384>({}).has_value());
    toy::works = false;
    CHECK(set.add<hs256>(toy_secret<hs256>(4), id("d")).error() == errc::backend);
    toy::works = true;
    CHECK(set.size() == 3);
}

namespace {

template <class Set>
constexpr bool reads_documents = requires(Set const& set, std::string_view text) {
    Set::from_jwks(text);
    set.to_jwks();
};

}  // namespace

TEST_CASE("a set of MACs is never read from a document of public keys, nor written as one") {
    CHECK_BOTH(reads_documents<mcx::key_set<mcx::test::credulous>>);
    CHECK_BOTH(!reads_documents<mcx::key_set<mcx::test::toy, mcx::mac_algorithms>>);
}

TEST_CASE("a JWK of Ed25519 under either name is for the relaxation") {
    using relaxed = mcx::key_set<credulous, mcx::algorithm_set<mcx::ed25519_by_either_name>>;
    std::string const by_one = jwk_of<eddsa>("one");
    std::string const by_other =
        jwk::write<mcx::ed25519>(rfc_example<eddsa>::public_key(), id("two"));
    auto const set = relaxed::from_jwks(set_of({by_one, by_other}));
    CHECK((set && set->size() == 2 && set->skipped() == 0));
    auto const strict = keys::from_jwks(set_of({by_one, by_other}));
    CHECK((strict && strict->size() == 1 && strict->skipped() == 1));
    CHECK((set && set->to_jwks().find("EdDSA") == std::string::npos));
}
