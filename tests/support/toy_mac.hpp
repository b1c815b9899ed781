// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_TESTS_SUPPORT_TOY_MAC_HPP
#define MCX_TESTS_SUPPORT_TOY_MAC_HPP

#include <mcx/crypto/authentication.hpp>

#include <algorithm>
#include <cstddef>
#include <vector>

// A backend whose tags are as good as nothing: the secret, to which the message is added. It counts
// what it is asked to do, and stops working where a test says so.

namespace mcx::test {

struct toy {
    static inline int tags = 0;
    static inline int scratches = 0;
    static inline bool works = true;
};

/// The secret that the tests use: octets of one value.
template <class A>
mac_secret<A> toy_secret(unsigned value = 1) {
    std::vector<std::byte> const octets(mac_secret<A>::min_size, static_cast<std::byte>(value));
    return *mac_secret<A>::from(octets);
}

}  // namespace mcx::test

namespace mcx {

template <MacAlgorithm A>
struct authentication<test::toy, A> {
    struct key {
        std::byte first;
    };
    struct scratch {
        std::byte first{};
        bool used = false;
        bool serves(key const& k) const noexcept { return used && first == k.first; }
    };
    static result<key> prepare(mac_secret<A> const& octets) noexcept {
        if (!test::toy::works) {
            return errc::backend;
        }
        return key{octets.reveal()[0]};
    }
    static result<void> compute(key const& k, scratch& own, auto const& pieces,
                                typename A::signature& tag) noexcept {
        ++test::toy::tags;
        if (!own.serves(k)) {
            own = {k.first, true};
            ++test::toy::scratches;
        }
        tag.fill(k.first);
        std::size_t at = 0;
        pieces([&](byte_view piece) {
            for (std::byte const added : piece) {
                std::byte& octet = tag[at++ % tag.size()];
                octet = static_cast<std::byte>(std::to_integer<unsigned>(octet) +
                                               std::to_integer<unsigned>(added));
            }
        });
        return test::toy::works ? result<void>{} : errc::backend;
    }
};

static_assert(Authenticates<test::toy, hs256> && Authenticates<test::toy, hs512>);

}  // namespace mcx

#endif
