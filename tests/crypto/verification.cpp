// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/crypto/verification.hpp>

#include "support/check.hpp"
#include "support/mock.hpp"
#include "support/recorder.hpp"
#include "support/rfc_keys.hpp"

#include <concepts>
#include <cstddef>
#include <type_traits>

using mcx::byte_view;
using mcx::eddsa;
using mcx::errc;
using mcx::es256;
using mcx::rs256;
using mcx::verdict;
using mcx::verifying_key;
using mcx::workspace;
using mcx::test::certain;
using mcx::test::rfc_example;

namespace {

/// A backend that cannot prepare any key.
struct helpless {};

/// A backend whose scratch is made for one key, as Botan's is; it finds every signature good.
struct stateful {};

/// Backends that lack something.
struct without_check {};
struct with_throwing_check {};
struct without_scratch {};

int scratches_made = 0;

mcx::ed25519_public_key numbered_key(unsigned number) {
    return mcx::test::numbered_point(static_cast<unsigned char>(number));
}

template <class B>
verifying_key<eddsa, B> key_of(mcx::ed25519_public_key const& numbers) {
    return certain(verifying_key<eddsa, B>::from(numbers));
}

}  // namespace

template <>
struct mcx::verification<helpless, eddsa> : mcx::verification<mcx::test::credulous, eddsa> {
    static result<key> prepare(ed25519_public_key const&) noexcept { return errc::backend; }
};

template <>
struct mcx::verification<stateful, eddsa> {
    struct key {
        std::byte number;
    };
    struct scratch {
        std::byte number{};
        bool used = false;
        bool serves(key const& k) const noexcept { return used && k.number == number; }
    };
    static result<key> prepare(ed25519_public_key const& k) noexcept { return key{k.octets()[0]}; }
    static verdict check(key const& k, scratch& own, byte_view, eddsa::signature const&) noexcept {
        if (!own.serves(k)) {
            own = {k.number, true};
            ++scratches_made;
        }
        return verdict::good;
    }
};

template <>
struct mcx::verification<without_check, eddsa> {
    struct key {};
    struct scratch {};
    static result<key> prepare(ed25519_public_key const&) noexcept { return key{}; }
};
template <>
struct mcx::verification<with_throwing_check, eddsa> {
    struct key {};
    struct scratch {};
    static result<key> prepare(ed25519_public_key const&) noexcept { return key{}; }
    static verdict check(key const&, scratch&, byte_view, eddsa::signature const&) {
        return verdict::good;
    }
};
template <>
struct mcx::verification<without_scratch, eddsa> {
    struct key {};
    static result<key> prepare(ed25519_public_key const&) noexcept { return key{}; }
};

TEST_CASE("a backend verifies an algorithm where it prepares keys, checks, and cannot throw") {
    CHECK_BOTH(mcx::Verifies<mcx::test::credulous, eddsa>);
    CHECK_BOTH(mcx::Verifies<stateful, eddsa>);
    CHECK_BOTH(!mcx::Verifies<stateful, es256>);
    CHECK_BOTH(!mcx::Verifies<without_check, eddsa>);
    CHECK_BOTH(!mcx::Verifies<with_throwing_check, eddsa>);
    CHECK_BOTH(!mcx::Verifies<without_scratch, eddsa>);
    CHECK_BOTH(!mcx::Verifies<int, eddsa>);
}

TEST_CASE("a workspace is for the algorithms that its backend verifies") {
    CHECK_BOTH(std::same_as<mcx::verified_algorithms<stateful, mcx::signature_algorithms>,
                            mcx::algorithm_set<eddsa>>);
    CHECK_BOTH(std::same_as<workspace<stateful>, workspace<stateful, mcx::algorithm_set<eddsa>>>);
    CHECK_BOTH(!std::is_copy_constructible_v<workspace<stateful>>);
    CHECK_BOTH(!std::is_copy_assignable_v<workspace<stateful>>);
}

TEST_CASE_TEMPLATE("a key passes on what its backend says", A, es256, rs256, eddsa) {
    using mcx::test::broken, mcx::test::credulous, mcx::test::incredulous;
    auto const numbers = rfc_example<A>::public_key();
    auto const signature = rfc_example<A>::signature();
    CHECK(verifying_key<A, credulous>::from(numbers)->verify({}, signature) == verdict::good);
    CHECK(verifying_key<A, incredulous>::from(numbers)->verify({}, signature) == verdict::bad);
    CHECK(verifying_key<A, broken>::from(numbers)->verify({}, signature) == verdict::unavailable);

    workspace<credulous> good;
    workspace<incredulous> bad;
    workspace<broken> none;
    CHECK(verifying_key<A, credulous>::from(numbers)->verify({}, signature, good) == verdict::good);
    CHECK(verifying_key<A, incredulous>::from(numbers)->verify({}, signature, bad) == verdict::bad);
    CHECK(verifying_key<A, broken>::from(numbers)->verify({}, signature, none) ==
          verdict::unavailable);
}

TEST_CASE_TEMPLATE("a signature out of range never reaches the backend", B, mcx::test::credulous,
                   mcx::test::broken) {
    workspace<B> work;
    auto const es = verifying_key<es256, B>::from(rfc_example<es256>::public_key());
    auto const rs = verifying_key<rs256, B>::from(rfc_example<rs256>::public_key());
    auto const ed = verifying_key<eddsa, B>::from(rfc_example<eddsa>::public_key());
    CHECK(es->verify({}, es256::signature{}) == verdict::bad);
    CHECK(es->verify({}, es256::signature{}, work) == verdict::bad);
    CHECK(rs->verify({}, rs256::signature{}) == verdict::bad);
    CHECK(rs->verify({}, rs256::signature{}, work) == verdict::bad);
    CHECK(ed->verify({}, eddsa::signature{}) == verdict::bad);
    CHECK(ed->verify({}, eddsa::signature{}, work) == verdict::bad);
}

TEST_CASE("a key that its backend cannot prepare is an error") {
    auto const key = verifying_key<eddsa, helpless>::from(rfc_example<eddsa>::public_key());
    CHECK(!key.has_value());
    CHECK(key.error() == errc::backend);
}

TEST_CASE("a key shows the numbers that it was made from, and can be copied") {
    auto const key = key_of<mcx::test::credulous>(numbered_key(2));
    auto const copy = key;
    CHECK(key.public_key() == numbered_key(2));
    CHECK(copy.public_key() == numbered_key(2));
}

TEST_CASE("a workspace keeps the scratch of a key") {
    scratches_made = 0;
    workspace<stateful> work;
    auto const key = key_of<stateful>(numbered_key(2));
    auto const signature = rfc_example<eddsa>::signature();
    CHECK(key.verify({}, signature, work) == verdict::good);
    CHECK(key.verify({}, signature, work) == verdict::good);
    CHECK(scratches_made == 1);
    CHECK(key_of<stateful>(numbered_key(2)).verify({}, signature, work) == verdict::good);
    CHECK(scratches_made == 1);

    work.clear();
    CHECK(key.verify({}, signature, work) == verdict::good);
    CHECK(scratches_made == 2);
}

TEST_CASE("without a workspace every call makes its own scratch") {
    scratches_made = 0;
    auto const key = key_of<stateful>(numbered_key(2));
    CHECK(key.verify({}, rfc_example<eddsa>::signature()) == verdict::good);
    CHECK(key.verify({}, rfc_example<eddsa>::signature()) == verdict::good);
    CHECK(scratches_made == 2);
}

TEST_CASE("a workspace holds the last 16 keys, and a new one takes the place of the oldest") {
    scratches_made = 0;
    workspace<stateful> work;
    auto const verify = [&](unsigned number) {
        auto const key = key_of<stateful>(numbered_key(number));
        return key.verify({}, rfc_example<eddsa>::signature(), work) == verdict::good;
    };
    for (unsigned number = 2; number < 18; ++number) {
        CHECK(verify(number));
    }
    for (unsigned number = 2; number < 18; ++number) {
        CHECK(verify(number));
    }
    CHECK(scratches_made == 16);
    CHECK(verify(18));  // in place of 2
    CHECK(verify(3));
    CHECK(scratches_made == 17);
    CHECK(verify(2));  // in place of 3
    CHECK(verify(4));
    CHECK(scratches_made == 18);
    CHECK(verify(3));
    CHECK(scratches_made == 19);
}

TEST_CASE("a message in pieces is passed on in order, for a signature in range only") {
    using mcx::test::recorder;
    auto const key =
        certain(verifying_key<es256, recorder>::from(rfc_example<es256>::public_key()));
    workspace<recorder> work;
    auto const pieces = [](auto&& update) {
        update(mcx::as_bytes("a"));
        update(byte_view{});
        update(mcx::as_bytes("bc"));
    };
    CHECK(key.verify_chain(pieces, rfc_example<es256>::signature(), work) == verdict::good);
    CHECK((recorder::message == "abc" && recorder::pieces == 3));
    recorder::message = "nothing";
    CHECK(key.verify_chain(pieces, es256::signature{}, work) == verdict::bad);
    CHECK(recorder::message == "nothing");
    static_assert(mcx::VerifiesChain<recorder, rs256> && !mcx::VerifiesChain<recorder, eddsa>);
    static_assert(!mcx::VerifiesChain<mcx::test::credulous, es256>);
}
