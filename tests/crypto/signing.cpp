// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/crypto/signing.hpp>

#include "support/check.hpp"
#include "support/mock.hpp"
#include "support/rfc_keys.hpp"

#include <algorithm>
#include <cstddef>
#include <type_traits>

using mcx::any_random;
using mcx::byte_span;
using mcx::byte_view;
using mcx::eddsa;
using mcx::errc;
using mcx::es256;
using mcx::prepared_signer;
using mcx::rs256;
using mcx::signing_key;
using mcx::test::broken;
using mcx::test::certain;
using mcx::test::counted_random;
using mcx::test::credulous;
using mcx::test::rfc_example;

namespace {

/// A backend that takes no private key and makes none.
struct helpless {};

/// A backend that numbers the signatures made with one scratch, and cannot make keys.
struct stateful {};

/// A hardware module that signs, and things that nearly do.
struct module {
    static constexpr std::size_t max_size = 64;
    mcx::key_id const& id() const { return id_; }
    std::string_view alg() const { return "EdDSA"; }
    mcx::result<std::size_t> sign(byte_view, any_random&, byte_span) { return errc::backend; }
    mcx::key_id id_;
};
struct unbounded : module {
  private:
    using module::max_size;
};
struct nameless : module {
    void id() const {}
};
struct optimist : module {
    std::size_t sign(byte_view, any_random&, byte_span) { return 0; }
};

template <class A, class B = credulous>
signing_key<A, B> example_key() {
    return certain(signing_key<A, B>::from(rfc_example<A>::private_key(), "k"));
}

constexpr std::byte untouched{0xEE};

mcx::fixed_bytes<256> untouched_octets() {
    mcx::fixed_bytes<256> made{};
    made.fill(untouched);
    return made;
}

bool is_untouched(byte_view octets) {
    return std::all_of(octets.begin(), octets.end(), [](std::byte o) { return o == untouched; });
}

}  // namespace

template <>
struct mcx::signing<helpless, eddsa> : mcx::signing<credulous, eddsa> {
    static result<key> prepare(ed25519_private_key const&) noexcept { return errc::key_value; }
    static result<ed25519_private_key> generate(any_random) noexcept { return errc::backend; }
};

template <>
struct mcx::signing<stateful, eddsa> {
    struct key {};
    struct scratch {
        unsigned made = 0;
    };
    static result<key> prepare(ed25519_private_key const&) noexcept { return key{}; }
    static ed25519_public_key public_key(key const&) noexcept {
        return rfc_example<eddsa>::public_key();
    }
    static result<void> sign(key const&, scratch& own, byte_view, any_random,
                             eddsa::signature& out) noexcept {
        out.fill(static_cast<std::byte>(++own.made));
        return {};
    }
};

TEST_CASE("a backend signs, and perhaps makes keys, with an algorithm") {
    CHECK_BOTH(mcx::Signs<credulous, eddsa>);
    CHECK_BOTH(mcx::Generates<credulous, eddsa>);
    CHECK_BOTH(mcx::Signs<stateful, eddsa>);
    CHECK_BOTH(!mcx::Generates<stateful, eddsa>);
    CHECK_BOTH(!mcx::Signs<stateful, es256>);
    CHECK_BOTH(!mcx::Signs<int, eddsa>);
}

TEST_CASE("a signer says what it is, how much it writes, and may fail") {
    CHECK_BOTH(mcx::Signer<module>);
    CHECK_BOTH(mcx::Signer<signing_key<eddsa, credulous>>);
    CHECK_BOTH(mcx::Signer<prepared_signer<eddsa, credulous>>);
    CHECK_BOTH(mcx::TypedSigner<signing_key<eddsa, credulous>>);
    CHECK_BOTH(mcx::TypedSigner<prepared_signer<eddsa, credulous>>);
    CHECK_BOTH(!mcx::TypedSigner<module>);
    CHECK_BOTH(!mcx::Signer<unbounded>);
    CHECK_BOTH(!mcx::Signer<nameless>);
    CHECK_BOTH(!mcx::Signer<optimist>);
}

TEST_CASE("a signing key moves and cannot be made without a check") {
    using key = signing_key<eddsa, credulous>;
    CHECK_BOTH(!std::is_default_constructible_v<key>);
    CHECK_BOTH(std::is_move_constructible_v<key>);
}

TEST_CASE("numbers that the backend does not take make no signing key") {
    auto const key = signing_key<eddsa, helpless>::from(rfc_example<eddsa>::private_key(), "k");
    CHECK(key.error() == errc::key_value);
}

TEST_CASE("a signing key that cannot be made is an error") {
    counted_random random;
    CHECK(signing_key<eddsa, helpless>::generate(random, "k").error() == errc::backend);
    random.left = 0;
    CHECK(signing_key<eddsa, credulous>::generate(random, "k").error() == errc::random_unavailable);
    random.left = 1;
    CHECK(signing_key<eddsa, credulous>::generate(random, "k").has_value());
}

TEST_CASE_TEMPLATE("a signer knows its algorithm, its id and its public key", A, es256, rs256,
                   eddsa) {
    auto const key = example_key<A>();
    CHECK(key.alg() == A::name);
    CHECK(key.id().view() == "k");
    CHECK(key.public_key() == rfc_example<A>::public_key());
    prepared_signer const signer{key};
    CHECK(signer.alg() == A::name);
    CHECK(signer.id().view() == "k");
    CHECK(signer.public_key() == rfc_example<A>::public_key());
}

TEST_CASE_TEMPLATE("a signature is as long as its algorithm says, and the rest stays as it was", A,
                   es256, rs256, eddsa) {
    auto const key = example_key<A>();
    prepared_signer signer{key};
    auto const size = rfc_example<A>::size;
    auto const verify = [&](auto& made_by) {
        counted_random random;
        auto out = untouched_octets();
        auto const written = made_by.sign({}, random, out);
        CHECK(written.has_value());
        CHECK(written.value_or(0U) == size);
        CHECK(is_untouched(byte_view{out}.subspan(size)));
        CHECK(!is_untouched(byte_view{out}.first(size)));
    };
    verify(key);
    verify(signer);
    CHECK(key.max_size >= size);
    CHECK(signer.max_size == key.max_size);
}

TEST_CASE_TEMPLATE("a signature goes nowhere where there is no room for it", A, es256, rs256,
                   eddsa) {
    auto const key = example_key<A>();
    counted_random random;
    auto out = untouched_octets();
    auto const room = byte_span{out}.first(rfc_example<A>::size - 1);
    CHECK(key.sign({}, random, room).error() == errc::buffer_too_small);
    CHECK(prepared_signer{key}.sign({}, random, room).error() == errc::buffer_too_small);
    CHECK(is_untouched(out));
}

TEST_CASE_TEMPLATE("a failing random source signs nothing", A, es256, rs256, eddsa) {
    auto const key = example_key<A>();
    counted_random random{.next = 0, .left = 0};
    auto out = untouched_octets();
    CHECK(key.sign({}, random, out).error() == errc::random_unavailable);
    CHECK(prepared_signer{key}.sign({}, random, out).error() == errc::random_unavailable);
    CHECK(is_untouched(out));
}

TEST_CASE_TEMPLATE("a failing backend signs nothing", A, es256, rs256, eddsa) {
    auto const key = example_key<A, broken>();
    counted_random random;
    auto out = untouched_octets();
    CHECK(key.sign({}, random, out).error() == errc::backend);
    CHECK(prepared_signer{key}.sign({}, random, out).error() == errc::backend);
    CHECK(is_untouched(out));
}

TEST_CASE("a prepared signer keeps its scratch, a key does not") {
    auto const key = example_key<eddsa, stateful>();
    counted_random random;
    mcx::fixed_bytes<64> out{};
    CHECK(key.sign({}, random, out).has_value());
    CHECK(key.sign({}, random, out).has_value());
    CHECK(out[0] == std::byte{1});
    prepared_signer signer{key};
    CHECK(signer.sign({}, random, out).has_value());
    CHECK(signer.sign({}, random, out).has_value());
    CHECK(out[0] == std::byte{2});
}
