// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/role/resource_server.hpp>

#include "support/mock.hpp"
#include "support/parties.hpp"
#include "support/spelled_token.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>

// The value of an Authorization header at a server that believes every signature, or the token in a
// right one. What is refused has a challenge; who is admitted may do what the scope says, as whom
// the token says, and nothing else. [TS 33.180 B.10, B.11.2]

namespace {

using backend = mcx::test::credulous;
namespace idm = mcx::idm;
namespace operations = mcx::idm::operations;
namespace role = mcx::role;
namespace test = mcx::test;

/// A header has no fields.
struct no_message {
    using fields = mcx::field_list<>;
};

template <class Id>
void check_operation(role::admission const& admitted, idm::operation<Id> const& what,
                     std::optional<Id> const& as) {
    bool const due = admitted.scope().contains(what.needs.view()) && as;
    auto const permitted = admitted.permit(what);
    mcx::contract(permitted.has_value() == due && (!due || *permitted == *as));
    mcx::contract(!as || admitted.permit(what, *as).has_value() == due);
    mcx::contract(!admitted.permit(what, Id{}).has_value());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    static auto const keys = test::trusting<backend>({test::issuer_a});
    static mcx::workspace<backend> work;
    role::resource_server<backend> const server{"https://gms.a.example", keys};
    auto const input = mcx::as_text(std::as_bytes(std::span{data, size}));
    std::string const value =
        test::is_spelled_token(input) ? "Bearer " + test::spelled_token(input) : std::string{input};
    auto const admitted = server.receive(value, work, test::clock_at(0));
    if (admitted) {
        auto const ids = admitted->identities();
        mcx::contract(!admitted->scope().empty() && !admitted->client().empty());
        check_operation(*admitted, operations::ptt, ids.mcptt);
        check_operation(*admitted, operations::video_group_management, ids.mcvideo);
        check_operation(*admitted, operations::data_config_management, ids.mcdata);
        return 0;
    }
    mcx::error const e = admitted.error();
    mcx::contract(test::is_right<idm::access_token_profile, no_message>(e, value.size()));
    auto const answer = mcx::oauth::challenge_for(e);
    mcx::contract(answer && www_authenticate(*answer).starts_with("Bearer"));
    return 0;
}
