// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/crypto/authentication.hpp>

#include "support/check.hpp"
#include "support/mock.hpp"
#include "support/toy_mac.hpp"

#include <mcx/crypto/any_signer.hpp>
#include <mcx/crypto/backend.hpp>

#include <concepts>
#include <type_traits>

using mcx::errc;
using mcx::hs256;
using mcx::hs384;
using mcx::hs512;
using mcx::mac_key;
using mcx::verdict;
using mcx::test::certain;
using mcx::test::counted_random;
using mcx::test::toy;
using mcx::test::toy_secret;

namespace {

struct nothing {};
struct throws {};
struct without_tag {};

template <class A, class B = toy>
mac_key<A, B> key_of(unsigned value = 1) {
    return certain(mac_key<A, B>::from(toy_secret<A>(value), "k"));
}

}  // namespace

template <>
struct mcx::authentication<throws, hs256> : mcx::authentication<toy, hs256> {
    static result<void> compute(key const&, scratch&, auto const&, hs256::signature&) { return {}; }
};
template <>
struct mcx::authentication<without_tag, hs256> : mcx::authentication<toy, hs256> {
    static result<void> compute(key const&, scratch&, auto const&) noexcept { return {}; }
};

TEST_CASE("a backend authenticates where it computes tags and cannot throw") {
    CHECK_BOTH(mcx::Authenticates<toy, hs256>);
    CHECK_BOTH(!mcx::Authenticates<toy, mcx::es256>);
    CHECK_BOTH(!mcx::Authenticates<nothing, hs256>);
    CHECK_BOTH(!mcx::Authenticates<throws, hs256>);
    CHECK_BOTH(!mcx::Authenticates<without_tag, hs256>);
    CHECK_BOTH(!mcx::Verifies<toy, hs256>);
    CHECK_BOTH(!mcx::Signs<toy, hs256>);
}

TEST_CASE("one of several backends authenticates") {
    using several = mcx::first_of<nothing, toy>;
    CHECK_BOTH(mcx::Authenticates<several, hs384>);
    CHECK_BOTH(!mcx::Authenticates<mcx::first_of<nothing>, hs384>);
    CHECK(key_of<hs384, several>().verify({}, hs384::signature{}) == verdict::bad);
}

TEST_CASE("a MAC key moves, is never copied, and is made of a secret only") {
    using key = mac_key<hs256, toy>;
    CHECK_BOTH(!std::is_default_constructible_v<key>);
    CHECK_BOTH(!std::is_copy_constructible_v<key>);
    CHECK_BOTH(std::is_nothrow_move_constructible_v<key>);
    CHECK_BOTH(std::same_as<mcx::key_to_verify<hs256, toy>, key>);
    CHECK_BOTH(std::same_as<mcx::key_to_sign<hs256, toy>, key>);
}

TEST_CASE_TEMPLATE("a MAC key is a signer and verifies what it signed", A, hs256, hs384, hs512) {
    CHECK_BOTH(mcx::TypedSigner<mac_key<A, toy>>);
    auto const key = key_of<A>();
    CHECK(key.alg() == A::name);
    CHECK(key.id().view() == "k");
    counted_random none{.next = 0, .left = 0};
    typename A::signature tag{};
    CHECK(key.sign(mcx::as_bytes("m"), none, tag).value_or(0U) == tag.size());
    mcx::workspace<toy, mcx::algorithm_set<A>> work;
    CHECK(key.verify(mcx::as_bytes("m"), tag) == verdict::good);
    CHECK(key.verify(mcx::as_bytes("m"), tag, work) == verdict::good);
    CHECK(key.verify(mcx::as_bytes("n"), tag) == verdict::bad);
    CHECK(key_of<A>(2).verify(mcx::as_bytes("m"), tag, work) == verdict::bad);
}

TEST_CASE("every octet of a tag counts") {
    auto const key = key_of<hs256>();
    counted_random none{.next = 0, .left = 0};
    hs256::signature const tag = [&] {
        hs256::signature made{};
        CHECK(key.sign({}, none, made).has_value());
        return made;
    }();
    for (std::size_t at = 0; at < tag.size(); ++at) {
        CAPTURE(at);
        auto changed = tag;
        changed[at] ^= std::byte{0x80};
        CHECK(key.verify({}, changed) == verdict::bad);
    }
    CHECK(key.verify({}, tag) == verdict::good);
}

TEST_CASE("a message in pieces has the tag of the whole") {
    counted_random none{.next = 0, .left = 0};
    auto const key = key_of<hs256>();
    std::string const text = "a message";
    auto const pieces = [&](auto&& update) {
        update(mcx::as_bytes(std::string_view{text}.substr(0, 4)));
        update(mcx::as_bytes(std::string_view{text}.substr(4)));
    };
    mcx::fixed_bytes<32> whole{};
    mcx::fixed_bytes<32> parts{};
    CHECK(key.sign(mcx::as_bytes(text), none, whole).has_value());
    CHECK(key.sign_chain(pieces, none, parts).has_value());
    CHECK(whole == parts);
}

TEST_CASE("keys are the same where they make the same tags") {
    CHECK(key_of<hs256>(1).makes_the_tags_of(key_of<hs256>(1)));
    CHECK(!key_of<hs256>(1).makes_the_tags_of(key_of<hs256>(2)));
}

TEST_CASE("a tag goes nowhere where there is no room for it") {
    counted_random none{.next = 0, .left = 0};
    mcx::fixed_bytes<31> out{};
    CHECK(key_of<hs256>().sign({}, none, out).error() == errc::buffer_too_small);
    CHECK(out == mcx::fixed_bytes<31>{});
}

TEST_CASE("a backend that does not work is not a bad tag") {
    auto const key = key_of<hs256>();
    mcx::workspace<toy, mcx::algorithm_set<hs256>> work;
    counted_random none{.next = 0, .left = 0};
    mcx::fixed_bytes<32> out{};
    hs256::signature right{};
    right.fill(std::byte{1});  // what the backend leaves behind
    toy::works = false;
    CHECK(key.verify({}, right) == verdict::unavailable);
    CHECK(key.verify({}, right, work) == verdict::unavailable);
    CHECK(key.sign({}, none, out).error() == errc::backend);
    CHECK(mac_key<hs256, toy>::from(toy_secret<hs256>()).error() == errc::backend);
    CHECK(out == mcx::fixed_bytes<32>{});
    toy::works = true;
}

TEST_CASE("a workspace and a prepared signer keep the scratch of a MAC key") {
    auto const key = key_of<hs256>();
    mcx::workspace<toy, mcx::algorithm_set<hs256>> work;
    toy::scratches = 0;
    CHECK(key.verify({}, {}, work) == verdict::bad);
    CHECK(key.verify({}, {}, work) == verdict::bad);
    CHECK(toy::scratches == 1);

    mcx::prepared_signer signer{key};
    counted_random none{.next = 0, .left = 0};
    mcx::fixed_bytes<32> out{};
    CHECK(signer.sign({}, none, out).has_value());
    CHECK(signer.sign({}, none, out).has_value());
    CHECK(toy::scratches == 2);
    CHECK(signer.alg() == "HS256");
    CHECK(signer.id().view() == "k");
    CHECK(key.sign({}, none, out).has_value());
    CHECK(key.sign({}, none, out).has_value());
    CHECK(toy::scratches == 4);
}

TEST_CASE("a signer chosen at run time may be one of several MACs") {
    using signer_type = mcx::any_signer<toy, mcx::mac_algorithms>;
    CHECK_BOTH(mcx::Signer<signer_type>);
    CHECK_BOTH(signer_type::max_size == 64);
    CHECK_BOTH(!std::is_constructible_v<signer_type, mac_key<hs256, toy>>);
    auto const key = key_of<hs384>();
    signer_type signer{key};
    counted_random none{.next = 0, .left = 0};
    mcx::fixed_bytes<64> out{};
    CHECK(signer.alg() == "HS384");
    CHECK(signer.sign({}, none, out).value_or(0U) == 48);
}
