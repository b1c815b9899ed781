// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_TESTS_SUPPORT_RECORDER_HPP
#define MCX_TESTS_SUPPORT_RECORDER_HPP

#include <mcx/crypto/backend.hpp>

#include "tokens.hpp"

#include <concepts>
#include <cstddef>
#include <string>

// A backend that finds every signature in range good and remembers what it was asked about. ES256
// and RS256 take their message in pieces, EdDSA in one.

namespace mcx::test {

struct recorder {
    inline static std::string message{};
    inline static std::size_t pieces = 0;  // 0: the message came in one
};

}  // namespace mcx::test

namespace mcx {

template <SignatureAlgorithm A>
struct verification<test::recorder, A> {
    struct key {};
    struct scratch {};

    static result<key> prepare(typename A::public_key const&) noexcept { return key{}; }
    static verdict check(key const&, scratch&, byte_view message,
                         typename A::signature const&) noexcept {
        test::recorder::message = as_text(message);
        test::recorder::pieces = 0;
        return verdict::good;
    }
    static verdict check_chain(key const&, scratch&, auto const& pieces,
                               typename A::signature const&) noexcept
        requires(!std::same_as<A, eddsa>)
    {
        test::recorder::message.clear();
        test::recorder::pieces = 0;
        pieces([](byte_view piece) {
            test::recorder::message += as_text(piece);
            ++test::recorder::pieces;
        });
        return verdict::good;
    }
};

static_assert(VerifiesChain<test::recorder, es256> && !VerifiesChain<test::recorder, eddsa>);

}  // namespace mcx

#endif
