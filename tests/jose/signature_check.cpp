// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/jose/signature_check.hpp>

#include "support/check.hpp"
#include "support/mock.hpp"
#include "support/recorder.hpp"
#include "support/tokens.hpp"

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <type_traits>

using mcx::algorithm_set;
using mcx::byte_span;
using mcx::eddsa;
using mcx::errc;
using mcx::error;
using mcx::es256;
using mcx::rs256;
using mcx::jws::signing_input;
using mcx::test::recorder;
namespace detail = mcx::jws::detail;

static_assert(!std::is_default_constructible_v<detail::passkey>);
static_assert(mcx::jws::verifies_chains<recorder, algorithm_set<es256, rs256>>);
static_assert(!mcx::jws::verifies_chains<recorder, algorithm_set<es256, eddsa>>);

namespace {

/// Asks about a message in pieces, with this much space for a whole one.
template <class A>
error asked(std::size_t space_size) {
    auto const keys = mcx::test::rfc_keys<recorder>();
    mcx::workspace<recorder> work;
    std::optional<mcx::key_id> const kid;
    std::string const signature = mcx::test::signature_text<A>();
    std::array<std::byte, 64> space{};
    return detail::signature_check::run(algorithm_set<A>{}, {A::name, kid, signature, 5},
                                        signing_input::of_text("aGVhZA", "cGF5"), keys,
                                        byte_span{space}.first(space_size), work)
        .error();
}

}  // namespace

TEST_CASE_TEMPLATE("a message in pieces reaches an algorithm that takes pieces uncopied", A, es256,
                   rs256) {
    CHECK(asked<A>(0) == error{});
    CHECK(recorder::message == "aGVhZA.cGF5");
    CHECK(recorder::pieces == 3);
}

TEST_CASE("a message in pieces is put together for an algorithm that needs it whole") {
    CHECK(asked<eddsa>(11) == error{});
    CHECK(recorder::message == "aGVhZA.cGF5");
    CHECK(recorder::pieces == 0);
    CHECK(asked<eddsa>(10) == errc::buffer_too_small);
    CHECK(mcx::blame_of(asked<eddsa>(0)) == mcx::blame::caller);
}

TEST_CASE("a signature out of range never reaches the backend, in pieces either") {
    auto const keys = mcx::test::rfc_keys<recorder>();
    mcx::workspace<recorder> work;
    std::optional<mcx::key_id> const kid;
    std::string const zeros(86, 'A');
    recorder::message = "nothing";
    CHECK(detail::signature_check::run(algorithm_set<es256>{}, {"ES256", kid, zeros, 0},
                                       signing_input::of_text("aA", "aA"), keys, {}, work)
              .error() == errc::signature);
    CHECK(recorder::message == "nothing");
}

TEST_CASE("a signature that is no base64url is refused at its place in the token") {
    auto const keys = mcx::test::rfc_keys<recorder>();
    mcx::workspace<recorder> work;
    std::optional<mcx::key_id> const kid;
    std::string wrong = mcx::test::signature_text<es256>();
    wrong[3] = '+';
    CHECK(detail::signature_check::run(algorithm_set<es256>{}, {"ES256", kid, wrong, 100},
                                       signing_input::of_text("aA", "aA"), keys, {}, work)
              .error() == error{errc::base64_character, 0, 103});
}
