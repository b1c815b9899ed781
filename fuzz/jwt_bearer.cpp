// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/core/bytes.hpp>
#include <mcx/oauth/error_code.hpp>
#include <mcx/oauth/jwt_bearer.hpp>
#include <mcx/oauth/message.hpp>

#include <cstddef>
#include <cstdint>
#include <span>

// A request with an assertion that is read can be written and is then read alike; one that is
// refused has a place in the message and an answer. [RFC 7523 §2.1]

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    using namespace mcx::oauth;
    auto const body = mcx::as_text(std::as_bytes(std::span{data, size}));
    auto const grant = grant_type_of(body);
    auto const read = parse_form<jwt_bearer_request>(body);
    if (!read) {
        mcx::error const refused = read.error();
        mcx::contract(refused.where <= jwt_bearer_request::fields::size);
        mcx::contract(refused.offset <= size);
        mcx::contract(answer_to(refused, grant_type::jwt_bearer).has_value());
        return 0;
    }
    mcx::contract(grant && *grant == grant_type::jwt_bearer);
    mcx::contract(!read->assertion.empty());
    auto const written = write_form(*read);
    mcx::contract(written.has_value());
    mcx::contract(parse_form<jwt_bearer_request>(*written).value() == *read);
    return 0;
}
