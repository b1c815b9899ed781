// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/kms/wrapped_key.hpp>

#include "support/check.hpp"
#include "support/kms_world.hpp"

#include <type_traits>
#include <utility>

using mcx::errc;
using mcx::kms::key_material;
using mcx::kms::key_name;
using mcx::test::toy_wrapper;
using mcx::test::wrapped_of;
namespace kms = mcx::kms;

namespace {

struct throws {
    mcx::result<void> unwrap(mcx::byte_view, mcx::byte_span) const { return {}; }
};

constexpr key_name trk{"trk.12.user@example.org"};

key_material<32> plain_of(unsigned value) {
    mcx::fixed_bytes<32> octets{};
    octets.fill(static_cast<std::byte>(value));
    return key_material<32>{*mcx::secret<32>::copy_of(octets)};
}

}  // namespace

TEST_CASE("something unwraps where it has the verb and cannot throw") {
    CHECK_BOTH(kms::KeyUnwrapper<toy_wrapper>);
    CHECK_BOTH(!kms::KeyUnwrapper<throws>);
    CHECK_BOTH(!kms::KeyUnwrapper<int>);
}

TEST_CASE("a key is unwrapped with the key of its name") {
    auto const made = kms::unwrap<32>(wrapped_of(40), trk, toy_wrapper{2});
    CHECK((made && made->size() == 32 && made->reveal()[0] == std::byte{5}));
    CHECK(kms::unwrap<32>(wrapped_of(40), "trk.13.user@example.org", toy_wrapper{}).error().code ==
          errc::no_such_key);
    CHECK(kms::unwrap<32>(wrapped_of(40, 8), trk, toy_wrapper{}).error().code ==
          errc::key_wrap_integrity);
    auto nameless = wrapped_of(40);
    nameless.wrapped_with.reset();
    CHECK(kms::unwrap<32>(nameless, trk, toy_wrapper{}).error().code == errc::no_such_key);
}

TEST_CASE("a wrapped form of another length is not guessed at") {
    for (std::size_t const size : {0U, 32U, 39U, 41U, 48U, 264U, 265U, 272U}) {
        CHECK(kms::unwrap<32>(wrapped_of(size), trk, toy_wrapper{}).error().code ==
              errc::key_wrap_undefined);
    }
}

TEST_CASE("key material is plain or wrapped, moves, and is never copied") {
    CHECK_BOTH(!std::is_copy_constructible_v<key_material<32>>);
    auto plain = plain_of(1);
    CHECK(!plain.is_wrapped());
    CHECK(plain.wrapped() == nullptr);
    CHECK(plain.plain().size() == 32);
    key_material<32> const wrapped{wrapped_of(40)};
    CHECK(wrapped.is_wrapped());
    CHECK(wrapped.plain().empty());
    CHECK((wrapped.wrapped() != nullptr && *wrapped.wrapped() == wrapped_of(40)));

    CHECK(plain == plain_of(1));
    CHECK(!(plain == plain_of(2)));
    CHECK(!(plain == wrapped));
    CHECK(wrapped == key_material<32>{wrapped_of(40)});
    CHECK(!(wrapped == key_material<32>{wrapped_of(40, 9)}));

    auto const moved = std::move(plain);
    CHECK(moved == plain_of(1));
    CHECK(plain.plain().empty());  // NOLINT(bugprone-use-after-move): it has to be empty
}
