// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/jose/verify.hpp>

#include "support/check.hpp"
#include "support/choosy.hpp"
#include "support/mock.hpp"
#include "support/more_keys.hpp"
#include "support/tokens.hpp"
#include "support/toy_mac.hpp"

#include <array>
#include <concepts>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>

using mcx::algorithm_set;
using mcx::byte_view;
using mcx::eddsa;
using mcx::errc;
using mcx::error;
using mcx::es256;
using mcx::key_id;
using mcx::rs256;
using mcx::signature_algorithms;
using mcx::test::base64url_text;
using mcx::test::broken;
using mcx::test::certain;
using mcx::test::choosy;
using mcx::test::choosy_key;
using mcx::test::compact;
using mcx::test::credulous;
using mcx::test::hex_octets;
using mcx::test::incredulous;
using mcx::test::rfc_example;
using mcx::test::rfc_keys;
using mcx::test::rfc_token;
namespace jws = mcx::jws;

namespace {

constexpr std::uint16_t alg_number = jws::protected_header::fields::number_of("alg");
constexpr std::uint16_t kid_number = jws::protected_header::fields::number_of("kid");

key_id id(std::string_view name) {
    return certain(key_id::from(name));
}

/// The outcome of reading and verifying a token.
template <class Acceptable = signature_algorithms, class B, class As>
mcx::result<jws::verified> verify(std::string_view token, mcx::key_set<B, As> const& keys) {
    auto const unverified = jws::parse(token, 8192);
    if (!unverified) {
        return unverified.error();
    }
    mcx::workspace<B> work;
    return jws::verify<Acceptable>(*unverified, keys, work);
}

/// The refusal of an ES256, RS256 or EdDSA token with this text as its signature.
template <class A>
error refusal_of_signature(std::string_view signature) {
    std::string const token =
        std::string(rfc_example<A>::signing_input) + "." + std::string(signature);
    return verify(token, rfc_keys<credulous>()).error();
}

template <class A>
std::string octets_text(std::size_t count) {
    auto const signature = rfc_example<A>::signature();
    byte_view const octets = mcx::detail::signature_octets(signature);
    std::string text(mcx::as_text(octets));
    text.resize(count, '\x01');
    return base64url_text(text);
}

/// A signature of ES256 with these halves.
std::string halves(byte_view r, byte_view s) {
    return base64url_text(std::string(mcx::as_text(r)) + std::string(mcx::as_text(s)));
}

constexpr auto zero =
    hex_octets("0000000000000000000000000000000000000000000000000000000000000000");
constexpr auto one = hex_octets("0000000000000000000000000000000000000000000000000000000000000001");
// n - 1, n and n + 1 for the order n of P-256 [SP 800-186 §3.2.1.3]
constexpr auto last =
    hex_octets("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632550");
constexpr auto order =
    hex_octets("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551");
constexpr auto past =
    hex_octets("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632552");
constexpr auto highest =
    hex_octets("ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff");

/// A token that only the key of this number finds good.
std::string token_with(unsigned char number, std::string_view header) {
    return mcx::test::choosy_token(number, header, "{}");
}

}  // namespace

TEST_CASE_TEMPLATE("the token that an RFC prints is read and verified", A, es256, rs256, eddsa) {
    std::string const text = rfc_token<A>();
    auto const unverified = jws::parse(std::string_view{text}, text.size());
    CHECK(unverified.has_value());
    if (!unverified) {
        return;
    }
    CHECK(unverified->header().alg.view() == A::name);
    CHECK(unverified->parts().signing_input == rfc_example<A>::signing_input);
    auto const keys = rfc_keys<credulous>();
    mcx::workspace<credulous> work;
    CHECK(jws::verify<algorithm_set<A>>(*unverified, keys, work).has_value());
    CHECK(jws::verify<signature_algorithms>(*unverified, keys, work).has_value());
    auto const verified = jws::verify<signature_algorithms>(*unverified, keys);
    CHECK((verified && verified->header().alg.view() == A::name));
}

TEST_CASE("a verified token shows its payload in the caller's octets") {
    std::string const text = rfc_token<eddsa>();
    auto const token = verify(text, rfc_keys<credulous>());
    CHECK(token.has_value());
    if (!token) {
        return;
    }
    constexpr std::string_view expected = "Example of Ed25519 signing";
    std::array<std::byte, expected.size()> out{};
    CHECK(token->payload_size() == expected.size());
    CHECK(token->encoded_payload() == "RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc");
    auto const payload = token->payload(out);
    CHECK((payload && mcx::as_text(*payload) == expected && payload->data() == out.data()));
    CHECK(token->payload(mcx::byte_span{out}.first(expected.size() - 1)).error() ==
          errc::buffer_too_small);
}

TEST_CASE("a payload may be empty, and has one spelling, which is looked at before the signature") {
    auto const with_payload = [](std::string_view payload) {
        return "eyJhbGciOiJFZERTQSJ9." + std::string(payload) + "." +
               mcx::test::signature_text<eddsa>();
    };
    auto const refusal = [&](std::string_view payload) {
        std::string const text = with_payload(payload);
        return jws::parse(std::string_view{text}, 8192).error();
    };
    std::array<std::byte, 8> out{};
    std::string const empty = with_payload("");
    auto const token = verify(empty, rfc_keys<credulous>());
    CHECK((token && token->payload_size() == 0 && token->payload(out)->empty()));
    CHECK(refusal("AAAA") == error{});
    CHECK(refusal("AAAAA") == error{errc::base64_length, 0, 21 + 4});
    CHECK(refusal("AAA=") == error{errc::base64_padding, 0, 21 + 3});
    CHECK(refusal("AA+A") == error{errc::base64_character, 0, 21 + 2});
    CHECK(refusal("AAB") == error{errc::base64_spare_bits, 0, 21 + 2});
}

TEST_CASE("a token is named by the digest of what was signed, whatever its signature") {
    using sha256 = mcx::test::sha256;
    std::string const text = rfc_token<es256>();
    std::string const twin =
        std::string(rfc_example<es256>::signing_input) + "." + halves(one, last);
    auto const expected = mcx::digest_of<sha256>(mcx::as_bytes(rfc_example<es256>::signing_input));
    auto const token = verify(text, rfc_keys<credulous>());
    auto const other = verify(twin, rfc_keys<credulous>());
    CHECK((token && *token->identity<sha256>() == *expected));
    CHECK((other && *other->identity<sha256>() == *expected));
}

TEST_CASE("what does not read is refused as its part says") {
    auto const refusal = [](std::string_view text) {
        return verify(text, rfc_keys<credulous>()).error();
    };
    CHECK(refusal("") == errc::not_three_parts);
    CHECK(refusal("a.b.c.d.e") == errc::encrypted_token);
    CHECK(refusal("{\"payload\":\"\"}") == errc::json_serialization);
    CHECK(refusal("eyJhbGciOiJFUzI1NiJ9.e30.") == error{errc::empty_part, 0, 25});
    CHECK(refusal("W10.e30.AA") == error{errc::header_not_object, 0, 0});
    CHECK(refusal(compact(R"({"alg":"ES256","crit":["x"]})", "{}")).code == errc::critical_header);
    std::string const text = rfc_token<es256>();
    CHECK(jws::parse(std::string_view{text}, text.size() - 1).error() == errc::token_too_long);
}

TEST_CASE("critical names that the program understands are its own") {
    using understood = jws::critical_names<"exp">;
    std::string const text = compact(R"({"alg":"ES256","exp":1,"crit":["exp"]})", "{}");
    CHECK(jws::parse<understood>(std::string_view{text}, 8192).has_value());
    CHECK(jws::parse(std::string_view{text}, 8192).error().code == errc::critical_header);
}

TEST_CASE("a critical parameter is shown to the program that understands it") {
    using understood = jws::critical_names<"seal">;
    std::string const text = compact(R"({"alg":"ES256","seal":{"n":[1,2]},"crit":["seal"]})", "{}");
    auto const unverified = jws::parse<understood>(std::string_view{text}, 8192);
    CHECK(unverified.has_value());
    if (!unverified) {
        return;
    }
    auto const keys = rfc_keys<credulous>();
    auto const token = jws::verify<signature_algorithms>(*unverified, keys);
    std::array<char, jws::max_header_size> space{};
    CHECK((token && token->parameter("seal", space).value() == R"({"n":[1,2]})"));
    CHECK((token && token->parameter("n", space).error() == errc::header_missing));
    CHECK((token &&
           token->parameter("alg", std::span{space}.first(9)).error() == errc::buffer_too_small));
}

TEST_CASE("an empty kid is no name of a key") {
    std::string const text = compact(R"({"alg":"ES256","kid":""})", "{}");
    CHECK(jws::parse(std::string_view{text}, 8192).error() ==
          error{errc::header_value, kid_number});
}

TEST_CASE("an algorithm that is not accepted is refused before a key is looked for") {
    mcx::key_set<credulous> const no_keys;
    auto const refusal = [&](std::string_view name) {
        std::string const header = R"({"alg":")" + std::string(name) + "\"}";
        return verify<algorithm_set<es256, eddsa>>(compact(header, "{}"), no_keys).error();
    };
    CHECK(refusal("ES256").code == errc::no_such_key);
    CHECK(refusal("EdDSA").code == errc::no_such_key);
    for (char const* name : {"RS256", "none", "None", "nOnE", "", "es256", "ES256 ", "ES25",
                             "HS256", "ES384", "Ed25519", "PS256"}) {
        CHECK_MESSAGE((refusal(name) == error{errc::algorithm_refused, alg_number}), name);
    }
}

TEST_CASE("accepted are the algorithms that both the program and the key set name") {
    mcx::key_set<credulous, algorithm_set<rs256, es256>> keys;
    CHECK(keys.add<es256>(rfc_example<es256>::public_key(), {}));
    CHECK(keys.add<rs256>(rfc_example<rs256>::public_key(), {}));
    using wanted = algorithm_set<es256, eddsa>;
    CHECK(verify<wanted>(rfc_token<es256>(), keys).has_value());
    CHECK(verify<wanted>(rfc_token<rs256>(), keys).error().code == errc::algorithm_refused);
    CHECK(verify<wanted>(rfc_token<eddsa>(), keys).error().code == errc::algorithm_refused);
}

TEST_CASE("the key is the one that the header names, or the only one") {
    mcx::key_set<credulous> keys;
    std::string const nameless = compact(R"({"alg":"ES256"})", "{}");
    std::string const named = compact(R"({"alg":"ES256","kid":"b"})", "{}");
    auto const none = error{errc::no_such_key, kid_number};
    auto const several = error{errc::ambiguous_key, kid_number};
    CHECK(verify(nameless, keys).error() == none);
    CHECK(verify(named, keys).error() == none);
    CHECK(keys.add<es256>(rfc_example<es256>::public_key(), id("a")));
    CHECK(verify(nameless, keys).has_value());
    CHECK(verify(named, keys).error() == none);
    CHECK(keys.add<es256>(rfc_example<es256>::public_key(), id("b")));
    CHECK(verify(nameless, keys).error() == several);
    CHECK(verify(named, keys).has_value());
    CHECK(keys.add<es256>(rfc_example<es256>::public_key(), id("b")));
    CHECK(verify(named, keys).error() == several);
    CHECK(verify(compact<rs256>(R"({"alg":"RS256","kid":"b"})", "{}"), keys).error() == none);
}

TEST_CASE("a signature is judged by the key that was chosen and by no other") {
    mcx::key_set<choosy> keys;
    CHECK(keys.add<eddsa>(choosy_key(7), id("seven")));
    CHECK(keys.add<eddsa>(choosy_key(9), id("nine")));
    CHECK(verify(token_with(7, R"({"alg":"EdDSA","kid":"seven"})"), keys).has_value());
    CHECK(verify(token_with(9, R"({"alg":"EdDSA","kid":"nine"})"), keys).has_value());
    CHECK(verify(token_with(9, R"({"alg":"EdDSA","kid":"seven"})"), keys).error() ==
          errc::signature);
    CHECK(verify(token_with(7, R"({"alg":"EdDSA","kid":"nine"})"), keys).error() ==
          errc::signature);
}

TEST_CASE("a key that the token brings along is never used") {
    mcx::key_set<choosy> keys;
    CHECK(keys.add<eddsa>(choosy_key(7), id("seven")));
    std::string const own = mcx::jwk::write<eddsa>(choosy_key(9), id("nine"));
    std::string const headers[]{
        R"({"alg":"EdDSA","jwk":)" + own + "}",
        R"({"alg":"EdDSA","jwk":)" + own + R"(,"kid":"seven"})",
        R"({"alg":"EdDSA","jku":"https://evil.example/jwks.json"})",
        R"({"alg":"EdDSA","x5u":"https://evil.example/c.pem","x5c":["MII"]})"};
    for (std::string const& header : headers) {
        CHECK(verify(token_with(9, header), keys).error() == errc::signature);
        CHECK(verify(token_with(7, header), keys).has_value());
    }
    CHECK(
        verify(token_with(9, R"({"alg":"EdDSA","kid":"nine","jwk":)" + own + "}"), keys).error() ==
        error{errc::no_such_key, kid_number});
}

TEST_CASE_TEMPLATE("a signature of another length is a bad one", A, es256, rs256, eddsa) {
    std::size_t const size = rfc_example<A>::size;
    CHECK(refusal_of_signature<A>(octets_text<A>(size)) == error{});
    for (std::size_t const other : {std::size_t{1}, size / 2, size - 1, size + 1, 2 * size}) {
        CHECK(refusal_of_signature<A>(octets_text<A>(other)) == errc::signature);
    }
    CHECK(refusal_of_signature<A>(octets_text<A>(2000)) == errc::signature);
}

TEST_CASE_TEMPLATE("a signature has one spelling", A, es256, rs256, eddsa) {
    std::string const good = mcx::test::signature_text<A>();
    auto const first = static_cast<std::uint32_t>(rfc_example<A>::signing_input.size() + 1);
    auto const end = static_cast<std::uint32_t>(first + good.size() - 1);
    std::string other = good;
    other.back() = static_cast<char>(other.back() + 1);  // the same octets, spare bits set
    CHECK(refusal_of_signature<A>(other) == error{errc::base64_spare_bits, 0, end});
    other = good;
    other[1] = '+';
    CHECK(refusal_of_signature<A>(other) == error{errc::base64_character, 0, first + 1});
    other = good;
    other.back() = '=';
    CHECK(refusal_of_signature<A>(other) == error{errc::base64_padding, 0, end});
    other = good;
    other[other.size() / 2] = '\n';
    CHECK(refusal_of_signature<A>(other).code == errc::base64_character);
    CHECK(refusal_of_signature<A>(good + "==").code != errc::none);
    CHECK(refusal_of_signature<A>(good + "\n").code != errc::none);
}

TEST_CASE("the halves of an ES256 signature are from 1 to n - 1") {
    CHECK(refusal_of_signature<es256>(halves(one, one)) == error{});
    CHECK(refusal_of_signature<es256>(halves(last, last)) == error{});
    CHECK(refusal_of_signature<es256>(halves(one, last)) == error{});
    for (auto const& wrong : {zero, order, past, highest}) {
        CHECK(refusal_of_signature<es256>(halves(wrong, one)) == errc::signature);
        CHECK(refusal_of_signature<es256>(halves(one, wrong)) == errc::signature);
        CHECK(refusal_of_signature<es256>(halves(wrong, wrong)) == errc::signature);
    }
}

TEST_CASE_TEMPLATE("a bad signature is one bit of knowledge", A, es256, rs256, eddsa) {
    auto const refused = verify(rfc_token<A>(), rfc_keys<incredulous>());
    CHECK(refused.error() == error{errc::signature});
    CHECK(mcx::stage_of(refused.error()) == mcx::stage::signature);
    CHECK(mcx::blame_of(refused.error()) == mcx::blame::peer);
}

TEST_CASE_TEMPLATE("a backend that fails is never a bad signature", A, es256, rs256, eddsa) {
    auto const refused = verify(rfc_token<A>(), rfc_keys<broken>());
    CHECK(refused.error() == error{errc::backend});
    CHECK(mcx::blame_of(refused.error()) == mcx::blame::backend);
}

TEST_CASE("a work space for more algorithms than a key set has serves it") {
    mcx::key_set<credulous, algorithm_set<eddsa>> keys;
    CHECK(keys.add<eddsa>(rfc_example<eddsa>::public_key(), {}));
    mcx::workspace<credulous> work;
    std::string const text = rfc_token<eddsa>();
    auto const token = jws::parse(std::string_view{text}, 8192);
    CHECK((token && jws::verify<signature_algorithms>(*token, keys, work).has_value()));
}

TEST_CASE_TEMPLATE("a token of any algorithm is verified with a key of that algorithm", A,
                   mcx::es384, mcx::es512, mcx::es256k, mcx::rs384, mcx::rs512, mcx::ps256,
                   mcx::ps384, mcx::ps512, mcx::ed25519, mcx::ed448) {
    using all = mcx::all_signature_algorithms;
    mcx::key_set<credulous, all> keys;
    CHECK(keys.add<A>(rfc_example<A>::public_key(), {}));
    auto const text = mcx::test::compact<A>("{\"alg\":\"" + std::string(A::name) + "\"}", "{}");
    auto const token = jws::parse(std::string_view{text}, text.size());
    CHECK(token.has_value());
    if (!token) {
        return;
    }
    mcx::workspace<credulous, all> work;
    CHECK(jws::verify<all>(*token, keys, work).has_value());
    CHECK(jws::verify<algorithm_set<A>>(*token, keys).has_value());
    CHECK(jws::verify<algorithm_set<es256>>(*token, keys, work).error().code ==
          errc::algorithm_refused);
    auto const longer = text + "AAAA";
    auto const another = jws::parse(std::string_view{longer}, longer.size());
    CHECK((another && jws::verify<all>(*another, keys, work).error().code == errc::signature));
}

TEST_CASE("a token with a MAC is verified with a secret, and only by a set of MACs") {
    using mcx::hs256, mcx::test::toy;
    auto const key = certain(mcx::mac_key<hs256, toy>::from(mcx::test::toy_secret<hs256>()));
    std::string const input = base64url_text(R"({"alg":"HS256"})") + "." + base64url_text("{}");
    mcx::test::counted_random none{.next = 0, .left = 0};
    hs256::signature tag{};
    CHECK(key.sign(mcx::as_bytes(input), none, tag).has_value());
    std::string const text = input + "." + base64url_text(byte_view{tag});
    auto const token = jws::parse(std::string_view{text}, text.size());
    CHECK(token.has_value());
    if (!token) {
        return;
    }
    mcx::key_set<toy, mcx::mac_algorithms> keys;
    CHECK(jws::verify<mcx::mac_algorithms>(*token, keys).error().code == errc::no_such_key);
    CHECK(keys.add<hs256>(mcx::test::toy_secret<hs256>(), {}));
    mcx::workspace<toy, mcx::mac_algorithms> work;
    CHECK(jws::verify<mcx::mac_algorithms>(*token, keys, work).has_value());
    CHECK(jws::verify<algorithm_set<mcx::hs384>>(*token, keys, work).error().code ==
          errc::algorithm_refused);
    auto const public_keys = rfc_keys<credulous>();
    CHECK(jws::verify<signature_algorithms>(*token, public_keys).error().code ==
          errc::algorithm_refused);
    mcx::key_set<toy, mcx::mac_algorithms> others;
    CHECK(others.add<hs256>(mcx::test::toy_secret<hs256>(2), {}));
    CHECK(jws::verify<mcx::mac_algorithms>(*token, others, work).error().code == errc::signature);
    mcx::test::toy::works = false;
    CHECK(jws::verify<mcx::mac_algorithms>(*token, keys, work).error().code == errc::backend);
    mcx::test::toy::works = true;
}

TEST_CASE("a key of Ed25519 serves one name, and both by a relaxation that the type shows") {
    using mcx::ed25519, mcx::ed25519_by_either_name;
    auto const accepted = [](auto algorithm, std::string_view name) {
        using set = algorithm_set<decltype(algorithm)>;
        mcx::key_set<credulous, set> keys;
        CHECK(keys.template add<decltype(algorithm)>(rfc_example<eddsa>::public_key(), {}));
        auto const text =
            mcx::test::compact<eddsa>("{\"alg\":\"" + std::string(name) + "\"}", "{}");
        auto const token = jws::parse(std::string_view{text}, text.size());
        return token ? jws::verify<set>(*token, keys).error().code : token.error().code;
    };
    CHECK(accepted(eddsa{}, "EdDSA") == errc::none);
    CHECK(accepted(eddsa{}, "Ed25519") == errc::algorithm_refused);
    CHECK(accepted(ed25519{}, "Ed25519") == errc::none);
    CHECK(accepted(ed25519{}, "EdDSA") == errc::algorithm_refused);
    CHECK(accepted(ed25519_by_either_name{}, "EdDSA") == errc::none);
    CHECK(accepted(ed25519_by_either_name{}, "Ed25519") == errc::none);
    CHECK(accepted(ed25519_by_either_name{}, "Ed448") == errc::algorithm_refused);
}
