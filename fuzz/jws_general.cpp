// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/core/bytes.hpp>
#include <mcx/jose/detached_json.hpp>

#include "support/mock.hpp"
#include "support/tokens.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

// Every signature has a report; what all vouch for, any vouches for, and nothing is shown for which
// nobody vouches. [RFC 7515 §7.2.1]

namespace {

namespace general = mcx::jws::general;

void check(general::unverified const& token) {
    using backend = mcx::test::credulous;
    static auto const keys = mcx::test::rfc_keys<backend>();
    mcx::workspace<backend> work;
    std::vector<std::byte> space(token.space());
    auto const found = general::check<mcx::signature_algorithms>(token, keys, work, space);
    auto const& reports = found.reports();
    mcx::contract(reports.size() == token.signatures().size() && !reports.empty());
    auto const good = static_cast<std::size_t>(std::count_if(
        reports.begin(), reports.end(), [](general::report const& r) { return r.good(); }));
    mcx::contract(found.any().has_value() == (good != 0));
    mcx::contract(found.all().has_value() == (good == reports.size()));
    for (general::report const& r : reports) {
        if (r.kid && found.named({&*r.kid, 1})) {
            mcx::contract(r.good() && found.any().has_value());
        }
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    auto const text = mcx::as_text(std::as_bytes(std::span{data, size}));
    mcx::byte_view const pieces[]{mcx::as_bytes("$."), mcx::as_bytes("02")};
    auto const token = general::parse(text, 16384);
    auto const apart = general::parse_detached(text, pieces, 16384);
    mcx::contract(!token || !apart);
    if (token || apart) {
        mcx::contract(!mcx::jws::flattened::parse(text, 16384));
        check(token ? *token : *apart);
    } else {
        mcx::contract(token.error().offset <= size && apart.error().offset <= size);
    }
    return 0;
}
