// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/core/error.hpp>

#include "support/check.hpp"

#include <type_traits>

using mcx::blame;
using mcx::errc;
using mcx::error;
using mcx::stage;

static_assert(sizeof(error) == 8 && std::is_trivially_copyable_v<error>);
static_assert(std::is_convertible_v<errc, error>);

TEST_CASE("an error belongs to the stage that its code names") {
    CHECK_BOTH(stage_of(errc::none) == stage::none);
    CHECK_BOTH(stage_of(errc::buffer_too_small) == stage::caller);
    CHECK_BOTH(stage_of(errc::base64_character) == stage::form);
    CHECK_BOTH(stage_of(errc::algorithm_refused) == stage::header);
    CHECK_BOTH(stage_of(errc::no_such_key) == stage::key);
    CHECK_BOTH(stage_of(errc::signature) == stage::signature);
    CHECK_BOTH(stage_of(errc::claim_missing) == stage::claims);
    CHECK_BOTH(stage_of(errc::expired) == stage::policy);
    CHECK_BOTH(stage_of(errc::replayed) == stage::replay);
    CHECK_BOTH(stage_of(errc::parameter_repeated) == stage::message);
    CHECK_BOTH(stage_of(errc::certificate_revoked) == stage::kms);
    CHECK_BOTH(stage_of(errc::backend) == stage::backend);
    CHECK_BOTH(stage_of(errc::xml_doctype) == stage::xml);
    CHECK_BOTH(stage_of(error{errc::expired, 3, 4}) == stage::policy);
}

TEST_CASE("only the caller's and the backend's errors are not the peer's") {
    CHECK_BOTH(blame_of(errc::none) == blame::nobody);
    CHECK_BOTH(blame_of(errc::no_such_answer) == blame::caller);
    CHECK_BOTH(blame_of(errc::token_too_long) == blame::peer);
    CHECK_BOTH(blame_of(errc::signature) == blame::peer);
    CHECK_BOTH(blame_of(errc::domain_mismatch) == blame::peer);
    CHECK_BOTH(blame_of(errc::random_unavailable) == blame::backend);
    CHECK_BOTH(blame_of(error{errc::backend}) == blame::backend);
}

TEST_CASE("errors are equal where code, place and offset are") {
    CHECK_BOTH(error{} == error{errc::none});
    CHECK_BOTH(error{errc::expired} == error{errc::expired, 0, 0});
    CHECK_BOTH(error{errc::expired, 1, 2} != error{errc::expired, 0, 2});
    CHECK_BOTH(error{errc::expired, 1, 2} != error{errc::expired, 1, 0});
    CHECK_BOTH(error{errc::expired, 1, 2} != error{errc::signature, 1, 2});
}

TEST_CASE("an offset that an error cannot hold becomes the last one that it can") {
    CHECK_BOTH(mcx::detail::offset32(0) == 0);
    CHECK_BOTH(mcx::detail::offset32(0xFFFF'FFFFU) == 0xFFFF'FFFFU);
    CHECK_BOTH(mcx::detail::offset32(static_cast<std::size_t>(-1)) == 0xFFFF'FFFFU);
}
