// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/jose/jwk_certificates.hpp>

#include "support/check.hpp"
#include "support/rfc_keys.hpp"
#include "support/sha256.hpp"
#include "support/tokens.hpp"

#include <string>
#include <string_view>

using mcx::eddsa;
using mcx::errc;
using mcx::error;
using mcx::test::rfc_example;
using sha256 = mcx::test::sha256;
namespace jwk = mcx::jwk;

namespace {

/// The digest of the three octets that MAMC is base64 of.
std::string print_of_mamc() {
    return mcx::test::base64url_text(
        mcx::byte_view{*mcx::digest_of<sha256>(mcx::as_bytes("0\x03\x02"))});
}

std::string with(std::string_view members) {
    return R"({"kty":"EC",)" + std::string(members) + "}";
}
error refusal(std::string_view members) {
    return jwk::read_certificates(with(members)).error();
}
error check(std::string_view members) {
    auto const read = jwk::read_certificates(with(members));
    return read ? jwk::check_certificates<sha256>(*read).error() : read.error();
}

}  // namespace

TEST_CASE("a stated thumbprint is that of the first certificate") {
    std::string const print = R"("x5t#S256":")" + print_of_mamc() + '"';
    CHECK(check(R"("x5c":["MAMC","AAAA"],)" + print) == error{});
    CHECK(check(R"("x5c":["AAAA","MAMC"],)" + print) == error{errc::key_certificate, 2});
    CHECK(check(print) == error{});
    CHECK(check(R"("x5c":["MAMC"])") == error{});
    CHECK(check(R"("use":"sig")") == error{});
}

TEST_CASE("a certificate is in base64 with its padding, of one spelling") {
    std::string const print = R"(,"x5t#S256":")" + print_of_mamc() + '"';
    for (char const* wrong :
         {"", "MAM", "MAMC=", "MA-C", "MA_C", "MAM\\n", "MB==", "M===", "===="}) {
        CHECK_MESSAGE((check(R"("x5c":[")" + std::string(wrong) + "\"]" + print) ==
                       error{errc::key_value, 1}),
                      wrong);
    }
    for (char const* other : {"+/+/", "+\\/+\\/", "MA==", "MAM="}) {
        CHECK_MESSAGE((check(R"("x5c":[")" + std::string(other) + "\"]" + print).code ==
                       errc::key_certificate),
                      other);
    }
}

TEST_CASE("members of another shape, or past their bounds, are refused") {
    CHECK(refusal(R"("x5c":"MAMC")").code == errc::key_shape);
    CHECK(refusal(R"("x5c":[])") == error{errc::key_value, 1});
    CHECK(refusal(R"("x5c":[1])").code == errc::key_shape);
    CHECK(refusal(R"("x5c":["","","","",""])").code == errc::key_value);
    CHECK(refusal(R"("x5c":["MAMC","MA*C"])") == error{errc::key_value, 1});
    // 8193 octets, 8192, and so many with escapes.
    CHECK(refusal(R"("x5c":[")" + std::string(10924, 'A') + "\"]").code == errc::key_value);
    CHECK(refusal(R"("x5c":[")" + std::string(10923, 'A') + "=\"]") == error{});
    CHECK(refusal(R"("x5c":["\/)" + std::string(10922, 'A') + "=\"]") == error{});
    CHECK(refusal(R"("x5c":["\/)" + std::string(10924, 'A') + "\"]").code == errc::key_value);
    CHECK(refusal(R"("x5t#S256":"AA")") == error{errc::key_value, 2});
    CHECK(refusal(R"("x5t#S256":")" + std::string(42, 'A') + "B\"") == error{errc::key_value, 2});
    CHECK(refusal(R"("x5t#S256":1)").code == errc::key_shape);
    CHECK(refusal(R"("x5t":1,"x5u":2)") == error{});
}

TEST_CASE("what was said of certificates is carried from one document to another") {
    std::string const said = R"("x5c":["MAMC","AAAA"],"x5t#S256":")" + print_of_mamc() + '"';
    auto const read = jwk::read_certificates(with(said));
    CHECK(read.has_value());
    std::string const plain = jwk::write<eddsa>(rfc_example<eddsa>::public_key(), "one");
    std::string const written =
        jwk::write<eddsa>(rfc_example<eddsa>::public_key(), "one", read.value());
    CHECK(written == plain.substr(0, plain.size() - 1) + "," + said + "}");
    CHECK(jwk::read_certificates(written).value() == *read);
    CHECK(jwk::read<eddsa>(jwk::parse(written).value()).has_value());
    CHECK(jwk::write<eddsa>(rfc_example<eddsa>::public_key(), "one", {}) == plain);
}
