// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/jose/mac_jwk.hpp>

#include "support/check.hpp"
#include "support/hex_octets.hpp"
#include "support/rfc_keys.hpp"
#include "support/tokens.hpp"
#include "support/toy_mac.hpp"

#include <mcx/jose/key_set.hpp>

#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

using mcx::byte_view;
using mcx::errc;
using mcx::error;
using mcx::hs256;
using mcx::hs384;
using mcx::hs512;
using mcx::test::base64url_text;
using mcx::test::certain;
namespace jwk = mcx::jwk;

static_assert(!std::is_copy_constructible_v<jwk::mac_jwk<hs256>>);

namespace {

/// [RFC 7515 §A.1]
constexpr std::string_view example =
    R"({"kty":"oct","k":"AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuT)"
    R"(wjAzZr1Z9CAow"})";

template <class A = hs256>
error refusal(std::string_view text) {
    return jwk::read_mac<A>(text).error();
}
bool is(error e, errc code, std::string_view member) {
    return e.code == code && jwk::mac_members::fields::name_of(e.where) == member;
}
/// The example with another member before its own.
std::string with(std::string_view member) {
    return "{" + std::string(member) + "," + std::string(example.substr(1));
}
/// A secret of so many octets, as a JWK.
std::string of_size(std::size_t size) {
    std::vector<std::byte> const octets(size, std::byte{7});
    return R"({"kty":"oct","k":")" + base64url_text(byte_view{octets}) + "\"}";
}

template <class A>
std::string written(jwk::mac_jwk<A> const& key) {
    auto const text = jwk::write_mac(key);
    CHECK(text.has_value());
    return std::string(mcx::as_text(text.value().reveal()));
}

}  // namespace

TEST_CASE("the secret that the RFC prints is read") {
    auto const key = jwk::read_mac<hs256>(example);
    CHECK(key.has_value());
    if (!key) {
        return;
    }
    CHECK(mcx::constant_time_equal(
        key->octets.reveal(),
        mcx::test::hex_octets("0323354b2b0fa5bc837e0665777ba68f5ab328e6f054c928a90f84b2d2502ebf"
                              "d3fb5a92d20647ef968ab4c377623d223d2e2172052e4f08c0cd9af567d080a3")));
    CHECK(key->id.empty());
    CHECK(jwk::read_mac<hs384>(example).has_value());
    CHECK(jwk::read_mac<hs512>(example).has_value());
}

TEST_CASE("a secret is written as one of its algorithm, and read again") {
    auto const key = certain(jwk::read_mac<hs384>(with(R"("kid":"one")")));
    std::string const text = written(key);
    CHECK(text == std::string(example.substr(0, example.size() - 1)) +
                      R"(,"alg":"HS384","use":"sig","kid":"one"})");
    CHECK(written(certain(jwk::read_mac<hs384>(text))) == text);
    CHECK(is(refusal<hs256>(text), errc::key_algorithm, "alg"));
    auto const longest = certain(jwk::read_mac<hs512>(of_size(256)));
    CHECK(certain(jwk::read_mac<hs512>(written(longest))).octets.size() == 256);
    jwk::mac_jwk<hs256> const named{mcx::test::toy_secret<hs256>(),
                                    certain(mcx::key_id::from(std::string(128, '"')))};
    CHECK(certain(jwk::read_mac<hs256>(written(named))).id == named.id);
}

TEST_CASE("a secret is as long as its hash, and not longer than 256 octets") {
    CHECK(is(refusal<hs256>(of_size(31)), errc::mac_secret_size, "k"));
    CHECK(refusal<hs256>(of_size(32)) == error{});
    CHECK(is(refusal<hs384>(of_size(47)), errc::mac_secret_size, "k"));
    CHECK(refusal<hs384>(of_size(48)) == error{});
    CHECK(is(refusal<hs512>(of_size(63)), errc::mac_secret_size, "k"));
    CHECK(refusal<hs512>(of_size(256)) == error{});
    CHECK(is(refusal<hs512>(of_size(257)), errc::mac_secret_size, "k"));
    CHECK(is(refusal<hs512>(of_size(5000)), errc::mac_secret_size, "k"));
    CHECK(is(refusal(of_size(0)), errc::mac_secret_size, "k"));
}

TEST_CASE("a key has a longest text") {
    std::string text{example};
    text.resize(jwk::max_text, ' ');
    CHECK(refusal(text) == error{});
    CHECK(refusal(text + ' ') == error{errc::key_value});
}

TEST_CASE("a secret has one spelling") {
    std::string text = of_size(32);
    auto const last = text.rfind('"') - 1;
    text[last] = 'd';  // spare bits
    CHECK(is(refusal(text), errc::key_value, "k"));
    text[last] = '=';
    CHECK(is(refusal(text), errc::key_value, "k"));
    text[last] = '+';
    CHECK(is(refusal(text), errc::key_value, "k"));
    text = of_size(32);
    text.replace(text.find("Bw"), 1, "\\u0042");
    CHECK(is(refusal(text), errc::key_value, "k"));
    text = of_size(33);
    text.erase(text.rfind('"') - 3, 3);
    CHECK(is(refusal(text), errc::key_value, "k"));
}

TEST_CASE("a key of another kind never becomes a MAC secret") {
    CHECK(is(refusal(R"({"kty":"EC","crv":"P-256","x":"AA","y":"AA"})"), errc::key_type, "kty"));
    CHECK(is(refusal(R"({"kty":"RSA","n":"AQAB","e":"AQAB","k":"AA"})"), errc::key_type, "kty"));
    CHECK(is(refusal(R"({"kty":"OCT"})"), errc::key_type, "kty"));
    CHECK(is(refusal(R"({"kty":"oct"})"), errc::key_missing_member, "k"));
    for (char const* member :
         {"crv", "x", "y", "n", "e", "pub", "d", "p", "q", "dp", "dq", "qi", "oth", "priv"}) {
        CHECK_MESSAGE(
            is(refusal(with("\"" + std::string(member) + "\":\"AA\"")), errc::key_value, member),
            member);
    }
    CHECK(refusal("{}").code == errc::key_missing_member);
    CHECK(refusal("[]").code == errc::key_set_shape);
    CHECK(refusal("").code == errc::json_truncated);
    CHECK(refusal(R"("-----BEGIN PUBLIC KEY-----")").code == errc::key_set_shape);
    CHECK(is(refusal(R"({"kty":"oct","k":1})"), errc::key_shape, "k"));
    CHECK(refusal(with(R"("k":"AA")")).code == errc::json_duplicate);
}

TEST_CASE("what a secret says of itself has to agree") {
    CHECK(refusal(with(R"("alg":"HS256","use":"sig")")) == error{});
    CHECK(is(refusal(with(R"("alg":"HS512")")), errc::key_algorithm, "alg"));
    CHECK(is(refusal(with(R"("alg":"none")")), errc::key_algorithm, "alg"));
    CHECK(is(refusal(with(R"("use":"enc")")), errc::key_use, "use"));
    auto const ops = [](std::string_view list) {
        return refusal(with(R"("key_ops":)" + std::string(list)));
    };
    for (char const* good : {R"(["sign"])", R"(["verify"])", R"(["verify","sign"])"}) {
        CHECK_MESSAGE(ops(good) == error{}, good);
    }
    for (char const* wrong : {"[]", R"(["sign","sign"])", R"(["verify","verify"])",
                              R"(["sign","encrypt"])", R"(["wrapKey"])"}) {
        CHECK_MESSAGE(is(ops(wrong), errc::key_operations, "key_ops"), wrong);
    }
}

TEST_CASE("a secret that was read is one of a key set, which no document brings") {
    using set = mcx::key_set<mcx::test::toy, mcx::algorithm_set<hs256>>;
    set keys;
    auto const key = certain(jwk::read_mac<hs256>(with(R"("kid":"one")")));
    CHECK(keys.add<hs256>(key.octets, key.id));
    CHECK(keys.find<hs256>(mcx::key_id("one")).has_value());
    bool has_print = true;
    keys.for_each(
        [&](auto, auto const&, auto const&, auto const& print) { has_print = print.has_value(); });
    CHECK(!has_print);
}
