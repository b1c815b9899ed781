// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_BACKEND_SODIUM_HPP
#define MCX_BACKEND_SODIUM_HPP

#include <mcx/core/bytes.hpp>
#include <mcx/core/random.hpp>
#include <mcx/core/result.hpp>
#include <mcx/core/secret.hpp>
#include <mcx/crypto/authentication.hpp>
#include <mcx/crypto/backend.hpp>
#include <mcx/crypto/digest.hpp>
#include <mcx/crypto/signatures.hpp>
#include <mcx/crypto/signing.hpp>
#include <mcx/crypto/verification.hpp>

#include <sodium.h>

#include <cstddef>
#include <span>
#include <utility>

// The backend libsodium, 1.0.18 or later: Ed25519, HMAC with SHA-256 and SHA-512, these hashes and
// random octets. It has no ECDSA, no RSA and no SHA-384; `first_of<sodium, botan>` has. libsodium
// is asked to initialise itself wherever a key, a hash or random octets begin, which costs one
// uncontended lock after the first time; so neither the program nor this header keeps a global for
// it. No base64 decoder of libsodium's is used: the one of 1.0.18 takes octets that are not in the
// alphabet.

namespace mcx {

/// The backend libsodium.
struct sodium {
    /// The random source of the operating system. Where that source is broken libsodium ends the
    /// program rather than go on.
    struct random {
        [[nodiscard]] bool fill(byte_span out) noexcept {
            if (sodium_init() < 0) {
                return false;
            }
            if (!out.empty()) {  // a null pointer may not be passed, not even with no octets
                randombytes_buf(out.data(), out.size());
            }
            return true;
        }
    };
};

namespace sodium_detail {

// Ed25519 verification; nothing is prepared, so there is no scratch. [RFC 8032 §5.1.7]
struct ed25519_verification {
    struct key {
        fixed_bytes<32> octets;
    };
    struct scratch {};

    [[nodiscard]] static result<key> prepare(ed25519_public_key const& numbers) noexcept {
        if (sodium_init() < 0) {
            return errc::backend;
        }
        return key{numbers.octets()};
    }

    [[nodiscard]] static verdict check(key const& k, scratch&, byte_view message,
                                       ed25519::signature const& signature) noexcept {
        int const refused = crypto_sign_ed25519_verify_detached(
            as_c_octets(signature), as_c_octets(message), message.size(), as_c_octets(k.octets));
        return refused == 0 ? verdict::good : verdict::bad;
    }
};

// Ed25519 signing. It is deterministic: no random octet is drawn. [RFC 8032 §5.1.6]
struct ed25519_signing {
    struct key {
        secret<64> seed_and_point;
        ed25519_public_key numbers;
    };
    struct scratch {};

    [[nodiscard]] static result<key> prepare(ed25519_private_key const& numbers) noexcept {
        if (numbers.seed.size() != 32) {
            return errc::key_value;
        }
        if (sodium_init() < 0) {
            return errc::backend;
        }
        fixed_bytes<32> point{};
        fixed_bytes<64> both{};
        (void)crypto_sign_ed25519_seed_keypair(as_writable_c_octets(point),
                                               as_writable_c_octets(both),
                                               as_c_octets(numbers.seed.reveal()));
        auto kept = secret<64>::copy_of(both);
        wipe(both);
        auto const checked = ed25519_public_key::from(point);
        if (!kept || !checked) {
            return errc::backend;
        }
        return key{*std::move(kept), *checked};
    }

    [[nodiscard]] static ed25519_public_key const& public_key(key const& k) noexcept {
        return k.numbers;
    }

    [[nodiscard]] static result<void> sign(key const& k, scratch&, byte_view message, any_random,
                                           ed25519::signature& signature) noexcept {
        (void)crypto_sign_ed25519_detached(as_writable_c_octets(signature), nullptr,
                                           as_c_octets(message), message.size(),
                                           as_c_octets(k.seed_and_point.reveal()));
        return {};
    }

    // Draws a new seed. Fails: random_unavailable.
    [[nodiscard]] static result<ed25519_private_key> generate(any_random random) noexcept {
        fixed_bytes<32> drawn{};
        if (!random.fill(drawn)) {
            wipe(drawn);
            return errc::random_unavailable;
        }
        auto seed = secret<32>::copy_of(drawn);
        wipe(drawn);
        return ed25519_private_key{*std::move(seed)};
    }
};

// What libsodium calls its HMACs. Their secrets may have any length.
struct hmac_sha256 {
    using state = crypto_auth_hmacsha256_state;
    static constexpr auto init = crypto_auth_hmacsha256_init;
    static constexpr auto update = crypto_auth_hmacsha256_update;
    static constexpr auto finish = crypto_auth_hmacsha256_final;
};
struct hmac_sha512 {
    using state = crypto_auth_hmacsha512_state;
    static constexpr auto init = crypto_auth_hmacsha512_init;
    static constexpr auto update = crypto_auth_hmacsha512_update;
    static constexpr auto finish = crypto_auth_hmacsha512_final;
};

// A state of an HMAC, wiped when it dies.
template <class Calls>
struct hmac_state {
    typename Calls::state state{};

    hmac_state() noexcept = default;
    hmac_state(hmac_state const&) noexcept = default;
    hmac_state& operator=(hmac_state const&) noexcept = default;
    ~hmac_state() { wipe(std::as_writable_bytes(std::span{&state, 1})); }
};

// HMAC. The secret is absorbed once; each tag goes on from a copy of that state, so there is no
// scratch.
template <class A, class Calls>
struct hmac_authentication {
    using key = hmac_state<Calls>;
    struct scratch {};

    [[nodiscard]] static result<key> prepare(mac_secret<A> const& octets) noexcept {
        result<key> made{key{}};
        byte_view const secret_octets = octets.reveal();
        if (sodium_init() < 0 ||
            Calls::init(&made->state, as_c_octets(secret_octets), secret_octets.size()) != 0) {
            return errc::backend;
        }
        return made;
    }

    [[nodiscard]] static result<void> compute(key const& k, scratch&, auto const& pieces,
                                              typename A::signature& tag) noexcept {
        key running = k;
        bool made = true;
        pieces([&](byte_view piece) {
            made = made && Calls::update(&running.state, as_c_octets(piece), piece.size()) == 0;
        });
        made = made && Calls::finish(&running.state, as_writable_c_octets(tag)) == 0;
        return made ? result<void>{} : errc::backend;
    }
};

}  // namespace sodium_detail

/// Ed25519, by either name. [RFC 8037 §3.1, RFC 9864 §2.2]
template <>
struct verification<sodium, eddsa> : sodium_detail::ed25519_verification {};
template <>
struct signing<sodium, eddsa> : sodium_detail::ed25519_signing {};
template <>
struct verification<sodium, ed25519> : sodium_detail::ed25519_verification {};
template <>
struct signing<sodium, ed25519> : sodium_detail::ed25519_signing {};

template <>
struct verification<sodium, ed25519_by_either_name> : sodium_detail::ed25519_verification {};

/// HMAC with SHA-256 and SHA-512. [RFC 7518 §3.2]
template <>
struct authentication<sodium, hs256>
    : sodium_detail::hmac_authentication<hs256, sodium_detail::hmac_sha256> {};
template <>
struct authentication<sodium, hs512>
    : sodium_detail::hmac_authentication<hs512, sodium_detail::hmac_sha512> {};

/// SHA-256. May be copied while it runs.
template <>
struct hashing<sodium, sha256> {
    static constexpr std::size_t size = sha256::size;

    hashing() noexcept : usable_(sodium_init() >= 0 && crypto_hash_sha256_init(&state_) == 0) {}

    void update(byte_view octets) noexcept {
        usable_ =
            usable_ && crypto_hash_sha256_update(&state_, as_c_octets(octets), octets.size()) == 0;
    }

    [[nodiscard]] result<fixed_bytes<size>> finish() noexcept {
        fixed_bytes<size> made{};
        usable_ = usable_ && crypto_hash_sha256_final(&state_, as_writable_c_octets(made)) == 0;
        if (!usable_) {
            return errc::backend;
        }
        return made;
    }

  private:
    crypto_hash_sha256_state state_{};
    bool usable_;
};

/// SHA-512. May be copied while it runs.
template <>
struct hashing<sodium, sha512> {
    static constexpr std::size_t size = sha512::size;

    hashing() noexcept : usable_(sodium_init() >= 0 && crypto_hash_sha512_init(&state_) == 0) {}

    void update(byte_view octets) noexcept {
        usable_ =
            usable_ && crypto_hash_sha512_update(&state_, as_c_octets(octets), octets.size()) == 0;
    }

    [[nodiscard]] result<fixed_bytes<size>> finish() noexcept {
        fixed_bytes<size> made{};
        usable_ = usable_ && crypto_hash_sha512_final(&state_, as_writable_c_octets(made)) == 0;
        if (!usable_) {
            return errc::backend;
        }
        return made;
    }

  private:
    crypto_hash_sha512_state state_{};
    bool usable_;
};

static_assert(Random<sodium::random>);
static_assert(Verifies<sodium, eddsa> && Signs<sodium, eddsa> && Generates<sodium, eddsa>);
static_assert(Verifies<sodium, ed25519> && Signs<sodium, ed25519> && Generates<sodium, ed25519>);
static_assert(Verifies<sodium, ed25519_by_either_name> && !Signs<sodium, ed25519_by_either_name>);
static_assert(Authenticates<sodium, hs256> && Authenticates<sodium, hs512>);
static_assert(Digests<sodium, sha256> && Digests<sodium, sha512>);
static_assert(!Verifies<sodium, es256> && !Signs<sodium, es256>);
static_assert(!Verifies<sodium, rs256> && !Signs<sodium, rs256>);
static_assert(!Verifies<sodium, ed448> && !Verifies<sodium, ml_dsa_44>);
static_assert(!Authenticates<sodium, hs384> && !Digests<sodium, sha384>);

}  // namespace mcx

#endif
