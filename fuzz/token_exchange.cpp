// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/core/bytes.hpp>
#include <mcx/oauth/error_code.hpp>
#include <mcx/oauth/token_exchange.hpp>

#include <cstddef>
#include <cstdint>
#include <span>

// A token exchange that is read can be written and is then read alike; one that is refused has a
// place in the message and an answer. [RFC 8693 §2.1]

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    using namespace mcx::oauth;
    auto const body = mcx::as_text(std::as_bytes(std::span{data, size}));
    auto const grant = grant_type_of(body);
    auto const read = parse_form<token_exchange_request>(body);
    if (!read) {
        mcx::error const refused = read.error();
        mcx::contract(refused.where <= token_exchange_request::fields::size);
        mcx::contract(refused.offset <= size);
        mcx::contract(answer_to(refused, grant_type::token_exchange).has_value());
        return 0;
    }
    mcx::contract(grant && *grant == grant_type::token_exchange);
    mcx::contract(!read->subject_token.empty() && !read->subject_token_type.empty());
    mcx::contract(!read->actor || !(read->actor->token.empty() || read->actor->type.empty()));
    auto const written = write_form(*read);
    mcx::contract(written.has_value());
    mcx::contract(parse_form<token_exchange_request>(*written).value() == *read);
    return 0;
}
