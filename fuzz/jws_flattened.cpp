// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/core/bytes.hpp>
#include <mcx/jose/detached_json.hpp>
#include <mcx/jose/verify.hpp>

#include "support/mock.hpp"
#include "support/tokens.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

// A text is a JWS in one serialization at most; what is verified shows the payload that was signed,
// and an encoded one can be written as a compact token that is the same token. [RFC 7515 §7.2.2]

namespace {

namespace jws = mcx::jws;
using backend = mcx::test::credulous;
using sha256 = mcx::test::sha256;

void check(jws::flattened::unverified const& token, bool unencoded) {
    static auto const keys = mcx::test::rfc_keys<backend>();
    mcx::workspace<backend> work;
    std::vector<std::byte> space(token.input().size());
    auto const whole = token.input().gather(space);
    mcx::contract(whole.has_value() && whole->size() <= space.size());
    std::string const message{mcx::as_text(*whole)};
    auto const good = jws::flattened::verify<mcx::signature_algorithms>(token, keys, work, space);
    std::vector<std::byte> payload(space.size());
    if (!good) {
        return;
    }
    auto const shown = good->payload(payload);
    auto const dot = message.find('.');
    mcx::contract(dot != std::string::npos);
    if (unencoded) {
        mcx::contract(shown && mcx::as_text(*shown) == std::string_view{message}.substr(dot + 1));
        return;
    }
    std::string const text = message + "." + mcx::test::signature_text<mcx::es256>();
    auto const compact = jws::parse(std::string_view{text}, text.size());
    if (compact && shown) {
        mcx::contract(
            mcx::digest_of<sha256>(mcx::as_bytes(compact->parts().signing_input)).value() ==
            good->identity<sha256>().value());
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    auto const text = mcx::as_text(std::as_bytes(std::span{data, size}));
    auto const encoded = jws::flattened::parse(text, 4096);
    auto const unencoded = jws::flattened::parse_unencoded(text, 4096);
    mcx::contract(!encoded || !unencoded);
    if (encoded || unencoded) {
        mcx::contract(!jws::parse(text, 4096));
    }
    mcx::byte_view const pieces[]{mcx::as_bytes("$."), mcx::as_bytes("02")};
    auto const apart = jws::flattened::parse_detached(text, pieces, 4096);
    auto const apart_unencoded = jws::flattened::parse_detached_unencoded(text, pieces, 4096);
    mcx::contract(!(apart || apart_unencoded) || !(encoded || unencoded));
    mcx::contract(!apart || !apart_unencoded);
    if (apart) {
        check(*apart, false);
    }
    if (apart_unencoded) {
        check(*apart_unencoded, true);
    }
    if (encoded) {
        check(*encoded, false);
    }
    if (unencoded) {
        check(*unencoded, true);
    }
    return 0;
}
