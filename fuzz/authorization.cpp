// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/core/bytes.hpp>
#include <mcx/oauth/authorization_response.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

// Both ends of an authorization endpoint: a message that is read can be written and is then read
// alike, no refusal leads the user's agent to a place that was not read, and no response without
// the client's state is looked at. [RFC 6749 §4.1.1, §4.1.2]

namespace {

using namespace mcx::oauth;

template <mcx::FieldStruct M>
mcx::result<M> reads(std::string_view query) {
    auto read = parse_form<M>(query);
    if (!read) {
        mcx::contract(read.error().where <= M::fields::size);
        mcx::contract(read.error().offset <= query.size());
        return read;
    }
    auto const written = write_form(*read);
    mcx::contract(written.has_value());
    mcx::contract(parse_form<M>(*written).value() == *read);
    return read;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    auto const query = mcx::as_text(std::as_bytes(std::span{data, size}));
    auto const request = reads<authentication_request>(query);
    auto const path = reads<return_path>(query);
    if (request) {
        mcx::contract(path.has_value());
        mcx::contract(request->scope.scope().contains("openid"));
        mcx::contract(request->code_challenge.size() == 43);
    } else if (path) {
        auto const answer = answer_to(request.error(), *path);
        mcx::contract(answer && answer->state == path->state);
        mcx::contract(location(path->redirect_uri, *answer).has_value());
    }
    auto const response = reads<authentication_response>(query);
    auto const refusal = reads<authentication_error>(query);
    auto const code = receive_code(query, "xyz", "https://idms.example");
    if (code) {
        mcx::contract(response && response->code == *code && response->state == state("xyz"));
    } else if (code.error().code == mcx::errc::peer_refused) {
        mcx::contract(!refusal || refusal->state == state("xyz"));
    }
    return 0;
}
