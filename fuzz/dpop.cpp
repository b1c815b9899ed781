// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/grant/confirmation.hpp>

#include "support/dpop_proofs.hpp"
#include "support/spelled_token.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

// A proof of possession at a server that believes every signature. What is taken is what was asked
// for, written again by the same key it is taken again, and whatever is refused has an answer; a
// target is brought into one form once. [RFC 9449 §4.3]

namespace {

using backend = mcx::test::credulous;
namespace grant = mcx::grant;
namespace oauth = mcx::oauth;
namespace test = mcx::test;

constexpr oauth::algorithm_names algs = grant::names_for_challenge<mcx::signature_algorithms>();

void check_target(std::string_view text) {
    if (auto const once = grant::target_uri::from(text)) {
        auto const twice = grant::target_uri::from(once->view());
        mcx::contract(twice.has_value() && *twice == *once);
        mcx::contract(mcx::https_uri::check(once->view()) == mcx::errc::none);
        mcx::contract(once->view().find_first_of("?#") == std::string_view::npos);
    }
}

void check_refusal(mcx::error e, std::size_t size) {
    mcx::contract(blame_of(e) == mcx::blame::peer && e.offset <= size);
    bool const due = e.code == mcx::errc::proof_nonce_due;
    auto const answer = oauth::answer_to_proof(e);
    auto const challenge = oauth::dpop_challenge_for_proof(e, algs);
    mcx::contract(answer.has_value() && challenge.has_value() && challenge->status() == 401);
    auto const code =
        due ? oauth::error_code::use_dpop_nonce : oauth::error_code::invalid_dpop_proof;
    mcx::contract(answer->code() == code && challenge->code == code);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    auto const input = mcx::as_text(std::as_bytes(std::span{data, size}));
    check_target(input);
    std::string const text =
        test::is_spelled_token(input) ? test::spelled_token(input) : std::string{input};
    std::array<oauth::dpop_nonce, 1> const nonces{oauth::dpop_nonce("n-1")};
    auto want = test::proof_expected();
    want.nonces = nonces;
    auto const checked =
        grant::check_token_proof<backend>(text, test::rfc9449_token, want, test::clock_at(0));
    if (!checked) {
        check_refusal(checked.error(), text.size());
        return 0;
    }
    mcx::contract(checked->jkt().size() == 43 && !checked->replay().id.empty());
    mcx::contract(checked->replay().from.view().ends_with(checked->jkt().view()));
    mcx::contract(checked->replay().until > test::now);
    auto const late = checked->replay().until;
    mcx::contract(grant::check_proof<backend>(text, want, mcx::fixed_clock{late}).error().code ==
                  mcx::errc::too_old);
    mcx::contract(grant::confirmation_of(*checked).jkt == checked->jkt());
    return 0;
}
