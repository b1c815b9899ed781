// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/core/bytes.hpp>
#include <mcx/oauth/client_authentication.hpp>
#include <mcx/oauth/error_code.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <variant>

// How a client says who it is: the first line is the Authorization header, the rest the body. What
// is read can be written and is then read alike; what is refused has an answer.
// [RFC 6749 §2.3, RFC 7521 §4.2]

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    using namespace mcx::oauth;
    auto const input = mcx::as_text(std::as_bytes(std::span{data, size}));
    std::size_t const line = std::min(input.find('\n'), input.size());
    std::string_view const header = input.substr(0, line);
    std::string_view const body = input.substr(std::min(line + 1, input.size()));
    auto const client = read_client(header, body);
    if (!client) {
        mcx::contract(client.error().where <= client_parameters::fields::size);
        mcx::contract(answer_to_client(client.error()).has_value());
    } else {
        request sent{"https://idms.example", {}};
        mcx::contract(authenticate(sent, *client).has_value());
        auto const again = read_client(sent.authorization, sent.body);
        mcx::contract(again && again->index() == client->index());
        if (auto const* const secret = std::get_if<secret_client>(&*client)) {
            mcx::contract(std::get<secret_client>(*again) == *secret);
        }
    }
    if (auto const basic = parse_basic(header)) {
        auto const written = basic_authorization(*basic);
        mcx::contract(written && *parse_basic(*written) == *basic);
    }
    return 0;
}
