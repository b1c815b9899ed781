// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// needs: both
#include <mcx/backend/botan.hpp>
#include <mcx/backend/sodium.hpp>

#include "support/backend_checks.hpp"

#include <array>
#include <atomic>
#include <cstddef>
#include <thread>

// One key, many threads: keys are immutable, and all that a backend changes lies in each thread's
// workspace or signer. Run under a thread sanitizer, this is the proof for our code; for the
// libraries' own code it takes a checker that sees uninstrumented code, such as helgrind.

using mcx::botan;
using mcx::eddsa;
using mcx::es256;
using mcx::rs256;
using mcx::sodium;
using mcx::verdict;
using mcx::test::rfc_example;
namespace test = mcx::test;

namespace {

constexpr int rounds = 4;

/// Runs f(number of the thread) in eight threads, which begin together; tells how many returned
/// true.
int successes(auto const& f) {
    constexpr int count = 8;
    std::atomic<int> arrived{0};
    std::atomic<int> good{0};
    std::array<std::thread, count> threads;
    for (int i = 0; i < count; ++i) {
        threads[static_cast<std::size_t>(i)] = std::thread([&, i] {
            ++arrived;
            while (arrived.load() < count) {
                std::this_thread::yield();
            }
            good += f(i) ? 1 : 0;
        });
    }
    for (std::thread& t : threads) {
        t.join();
    }
    return good.load();
}

template <class A_, class B_>
struct pair {
    using A = A_;
    using B = B_;
};

}  // namespace

#define PAIRS pair<es256, botan>, pair<rs256, botan>, pair<eddsa, botan>, pair<eddsa, sodium>

TEST_CASE_TEMPLATE("a verifying key is used by many threads, each with its workspace", P, PAIRS) {
    using A = typename P::A;
    using B = typename P::B;
    auto const key = test::example_verifying_key<A, B>();
    auto const message = mcx::as_bytes(rfc_example<A>::signing_input);
    auto const signature = rfc_example<A>::signature();
    CHECK(successes([&](int) {
              mcx::workspace<B> work;
              bool right = key.verify(message, signature) == verdict::good;
              for (int i = 0; i < rounds; ++i) {
                  right = right && key.verify(message, signature, work) == verdict::good;
                  right = right && key.verify({}, signature, work) == verdict::bad;
              }
              return right;
          }) == 8);
}

TEST_CASE_TEMPLATE("a signing key is used by many threads, each with its signer", P, PAIRS) {
    using A = typename P::A;
    using B = typename P::B;
    auto const key = test::example_signing_key<A, B>();
    auto const verifier = test::example_verifying_key<A, B>();
    CHECK(successes([&](int number) {
              typename B::random random;
              mcx::prepared_signer signer{key};
              mcx::fixed_bytes<rfc_example<A>::size> out{};
              mcx::fixed_bytes<1> const message{static_cast<std::byte>(number)};
              bool right = key.public_key() == rfc_example<A>::public_key();
              for (int i = 0; i < rounds; ++i) {
                  typename A::signature made{};
                  right = right && signer.sign(message, random, out) && test::read(out, made) &&
                          verifier.verify(message, made) == verdict::good;
              }
              return right;
          }) == 8);
}

TEST_CASE_TEMPLATE("keys are copied and dropped by many threads", P, PAIRS) {
    using A = typename P::A;
    using B = typename P::B;
    auto const key = test::example_verifying_key<A, B>();
    auto const message = mcx::as_bytes(rfc_example<A>::signing_input);
    CHECK(successes([&](int) {
              mcx::workspace<B> work;
              for (int i = 0; i < rounds; ++i) {
                  auto const copy = key;
                  if (copy.verify(message, rfc_example<A>::signature(), work) != verdict::good) {
                      return false;
                  }
                  work.clear();
              }
              return true;
          }) == 8);
}

TEST_CASE_TEMPLATE("keys are made by many threads", P, PAIRS) {
    using A = typename P::A;
    using B = typename P::B;
    CHECK(successes([](int) {
              return test::example_signing_key<A, B>().public_key() ==
                     test::example_verifying_key<A, B>().public_key();
          }) == 8);
}

TEST_CASE_TEMPLATE("many threads hash and draw", B, botan, sodium) {
    CHECK(successes([](int) {
              typename B::random random;
              mcx::fixed_bytes<32> drawn{};
              auto const digest = mcx::digest_of<mcx::hashing<B, mcx::sha256>>({});
              return random.fill(drawn) && digest && (*digest)[0] == std::byte{0xE3};
          }) == 8);
}
