// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/jwt/registered.hpp>

#include "support/check.hpp"

#include <optional>
#include <string>
#include <string_view>

using mcx::errc;
using mcx::error;
namespace json = mcx::json;
namespace jwt = mcx::jwt;

namespace {

/// What an ID token may say beside what every token says.
struct login {
    std::optional<mcx::authorized_party> azp;
    std::optional<mcx::nonce> nonce;
    std::optional<mcx::instant> auth_time;
    std::optional<mcx::authentication_context> acr;
    mcx::authentication_methods amr;
    std::optional<mcx::confirmation> cnf;

    using fields =
        mcx::claim_list<mcx::optional<"azp", &login::azp>, mcx::optional<"nonce", &login::nonce>,
                        mcx::optional<"auth_time", &login::auth_time>,
                        mcx::optional<"acr", &login::acr>, mcx::optional<"amr", &login::amr>,
                        mcx::optional<"cnf", &login::cnf>>;
};

constexpr std::string_view thumbprint = "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs";
static_assert(thumbprint.size() == 43);

constexpr mcx::result<login> parse(std::string_view text) {
    return json::parse_object<login>(text, {}, jwt::claim_errors);
}
constexpr bool refuses(std::string_view text, errc code, std::uint16_t where) {
    auto const e = parse(text).error();
    return e.code == code && e.where == where;
}

}  // namespace

TEST_CASE("the claims of a login are read each in its own type") {
    constexpr auto read = parse(R"({"azp":"app","nonce":"n-1","auth_time":7,"acr":"urn:x:silver",)"
                                R"("amr":["pwd","otp"]})");
    CHECK_BOTH(read.has_value());
    CHECK_BOTH(read->azp->view() == "app");
    CHECK_BOTH(read->nonce->view() == "n-1");
    CHECK_BOTH(read->auth_time == mcx::instant{7});
    CHECK_BOTH(read->acr->view() == "urn:x:silver");
    CHECK_BOTH(read->amr.size() == 2);
    CHECK_BOTH(read->amr[1].view() == "otp");
    CHECK_BOTH(!read->cnf);
    CHECK_BOTH(parse("{}").has_value());
}

TEST_CASE("a claim of another shape is refused, not taken for absent") {
    CHECK_BOTH(refuses(R"({"azp":["app"]})", errc::claim_shape, 1));
    CHECK_BOTH(refuses(R"({"nonce":7})", errc::claim_shape, 2));
    CHECK_BOTH(refuses(R"({"auth_time":"7"})", errc::claim_shape, 3));
    CHECK_BOTH(refuses(R"({"acr":null})", errc::claim_shape, 4));
    CHECK_BOTH(refuses(R"({"amr":"pwd"})", errc::claim_shape, 5));
    CHECK_BOTH(refuses(R"({"cnf":"key"})", errc::claim_shape, 6));
}

TEST_CASE("a claim that says nothing is refused") {
    CHECK_BOTH(refuses(R"({"azp":""})", errc::claim_value, 1));
    CHECK_BOTH(refuses(R"({"nonce":""})", errc::claim_value, 2));
    CHECK_BOTH(refuses(R"({"nonce":"a\u0000"})", errc::claim_value, 2));
    CHECK_BOTH(refuses(R"({"acr":""})", errc::claim_value, 4));
    CHECK_BOTH(refuses(R"({"amr":["pwd",""]})", errc::claim_value, 5));
    CHECK(refuses(R"({"nonce":")" + std::string(129, 'n') + R"("})", errc::claim_value, 2));
    CHECK_BOTH(refuses(R"({"amr":["1","2","3","4","5","6","7","8","9"]})", errc::claim_value, 5));
}

TEST_CASE("a confirmation names the key that its bearer holds") {
    constexpr auto read =
        parse(R"({"cnf":{"jkt":"NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs","kid":"k",)"
              R"("x5t#S256":"NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs","jwk":{"kty":"EC"}}})");
    CHECK_BOTH(read.has_value());
    CHECK_BOTH(read->cnf->jkt->view() == thumbprint);
    CHECK_BOTH(read->cnf->x5t_s256->view() == thumbprint);
    CHECK_BOTH(read->cnf->kid->view() == "k");
}

TEST_CASE("a thumbprint is canonical base64url of 32 octets") {
    using print = mcx::sha256_thumbprint;
    CHECK_BOTH(print::from(thumbprint).has_value());
    CHECK_BOTH(print::from(thumbprint.substr(1)).error() == errc::value_character);
    CHECK_BOTH(print::from("").error() == errc::value_character);
    // The last character has two spare bits, which are zero.
    CHECK_BOTH(print::from("NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xt").error() ==
               errc::value_character);
    CHECK_BOTH(print::from("NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9X=").error() ==
               errc::value_character);
    CHECK_BOTH(print::from("NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9XsA").error() ==
               errc::value_too_long);
    CHECK_BOTH(refuses(R"({"cnf":{"jkt":"short"}})", errc::claim_value, 6));
}
