// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/core/bytes.hpp>
#include <mcx/oauth/authorization_code.hpp>
#include <mcx/oauth/refresh.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

// Codes to redeem and refresh tokens: a request that is read can be written and is then read alike;
// one that is refused has a place in the message and an answer; and none is read as both.
// [RFC 6749 §4.1.3, §6]

namespace {

using namespace mcx::oauth;

template <mcx::FieldStruct M>
bool reads(std::string_view body, grant_type grant) {
    auto const read = parse_form<M>(body);
    if (!read) {
        mcx::contract(read.error().where <= M::fields::size);
        mcx::contract(read.error().offset <= body.size());
        mcx::contract(answer_to(read.error(), grant).has_value());
        return false;
    }
    auto const found = grant_type_of(body);
    mcx::contract(found && *found == grant);
    auto const written = write_form(*read);
    mcx::contract(written.has_value());
    mcx::contract(parse_form<M>(*written).value() == *read);
    return true;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    auto const body = mcx::as_text(std::as_bytes(std::span{data, size}));
    bool const code = reads<access_token_request>(body, grant_type::authorization_code);
    bool const refresh = reads<refresh_request>(body, grant_type::refresh_token);
    mcx::contract(!code || !refresh);
    return 0;
}
