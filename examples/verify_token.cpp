// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Verifies a token: verify_token TOKEN-FILE JWKS-FILE ISSUER AUDIENCE [TIME]
//
// Prints the verdict at that time, in seconds since 1970 (else now), and, where it is good, the
// claims. Exit status: 0 good, 1 refused, 2 cannot tell.

#include <mcx/backend/botan.hpp>
#include <mcx/backend/sodium.hpp>
#include <mcx/mcx.hpp>

#include "print.hpp"

#include <charconv>
#include <fstream>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

namespace {

using crypto = mcx::first_of<mcx::sodium, mcx::botan>;
namespace jwt = mcx::jwt;

/// The claims that decide whether any JWT may be accepted; all others are printed, not judged.
struct registered_claims {
    mcx::issuer iss;
    mcx::audience aud;
    mcx::instant exp;
    std::optional<mcx::instant> nbf;
    std::optional<mcx::instant> iat;

    using fields = mcx::claim_list<mcx::required<"iss", &registered_claims::iss>,
                                   mcx::required<"aud", &registered_claims::aud>,
                                   mcx::required<"exp", &registered_claims::exp>,
                                   mcx::optional<"nbf", &registered_claims::nbf>,
                                   mcx::optional<"iat", &registered_claims::iat>>;
};

/// A kind of token is a type with these parts.
struct any_token {
    using claims = registered_claims;
    using algorithms = mcx::signature_algorithms;
    using typ = jwt::typ_absent_or<"JWT">;
    using understood = mcx::jws::critical_names<>;
    using audience_rule = jwt::names_me;
    static constexpr jwt::limits limits{.lifetime = mcx::lifetime::max};
};

std::optional<std::string> read_file(char const* path) {
    std::ifstream file{path, std::ios::binary};
    if (!file) {
        return std::nullopt;
    }
    return std::string{std::istreambuf_iterator<char>{file}, {}};
}

/// The token in a file that an editor may have ended with a new line.
std::string_view first_line(std::string_view text) {
    return text.substr(0, text.find_first_of("\r\n"));
}

std::optional<mcx::instant> instant_in(std::string_view text) {
    mcx::instant at;
    auto const end = text.data() + text.size();
    auto const read = std::from_chars(text.data(), end, at.seconds);
    bool const whole = read.ec == std::errc{} && read.ptr == end && at.is_numeric_date();
    return whole ? std::optional{at} : std::nullopt;
}

int cannot_tell(std::string_view what, mcx::error e) {
    std::printf("cannot tell: %.*s: ", static_cast<int>(what.size()), what.data());
    demo::print_error(e, {});
    return 2;
}

int verify(std::string_view token, std::string_view jwks, mcx::issuer const& issuer,
           mcx::recipient const& audience, mcx::fixed_clock clock) {
    auto keys = mcx::key_set<crypto>::from_jwks(jwks);
    if (!keys) {
        return cannot_tell("the key set", keys.error());
    }
    mcx::trust<crypto> trusted;
    if (auto const added = trusted.add(issuer, *std::move(keys)); !added) {
        return cannot_tell("the issuer", added.error());
    }
    mcx::workspace<crypto> work;

    auto const verified = jwt::parse<any_token>(token).and_then(jwt::verify(trusted, work));
    auto const validated =
        verified.and_then(jwt::decode).and_then(jwt::validate({.to = audience}, clock));
    if (!validated) {
        if (mcx::blame_of(validated.error()) == mcx::blame::backend) {
            return cannot_tell("the backend", validated.error());
        }
        std::printf("refused: ");
        demo::print_error(validated.error(), jwt::name_of<any_token>(validated.error()));
        return 1;
    }
    std::printf("good: signed by %s with %s\n", std::string{issuer.view()}.c_str(),
                std::string{verified->jws().header().alg.view()}.c_str());
    demo::show_token(token);
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 5 && argc != 6) {
        std::printf("usage: verify_token TOKEN-FILE JWKS-FILE ISSUER AUDIENCE [TIME]\n");
        return 2;
    }
    auto const token = read_file(argv[1]);
    auto const jwks = read_file(argv[2]);
    auto const issuer = mcx::issuer::from(argv[3]);
    auto const audience = mcx::recipient::from(argv[4]);
    auto const at = argc == 6 ? instant_in(argv[5]) : std::optional{mcx::system_clock{}.now()};
    if (!token || !jwks || !issuer || !audience || !at) {
        std::printf(
            "cannot tell: a file cannot be read, a name is too long, or the time is none\n");
        return 2;
    }
    return verify(first_line(*token), *jwks, *issuer, *audience, mcx::fixed_clock{*at});
}
