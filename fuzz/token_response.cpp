// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/core/bytes.hpp>
#include <mcx/oauth/token_response.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

// What a token endpoint answers, a response or an error document: one that is read can be written
// and is then read alike, and no text is both. [RFC 6749 §5.1, §5.2]

namespace {

template <mcx::FieldStruct M>
bool reads(std::string_view body) {
    using namespace mcx::oauth;
    auto const read = parse_json<M>(body);
    if (!read) {
        mcx::contract(read.error().where <= M::fields::size);
        mcx::contract(read.error().offset <= body.size());
        return false;
    }
    auto const written = write_json(*read);
    mcx::contract(written.has_value());
    mcx::contract(parse_json<M>(*written).value() == *read);
    return true;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    using namespace mcx::oauth;
    auto const body = mcx::as_text(std::as_bytes(std::span{data, size}));
    bool const response = reads<token_response>(body);
    bool const refusal = reads<error_response>(body);
    mcx::contract(read_reply({200, json_media_type, body}).has_value() == response);
    auto const refused = read_reply({400, json_media_type, body}).error();
    mcx::contract((refused.code == mcx::errc::peer_refused) == refusal);
    return 0;
}
