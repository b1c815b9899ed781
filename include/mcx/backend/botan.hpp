// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_BACKEND_BOTAN_HPP
#define MCX_BACKEND_BOTAN_HPP

#include <mcx/backend/botan_keys.hpp>
#include <mcx/backend/botan_shim.hpp>
#include <mcx/core/bytes.hpp>
#include <mcx/core/random.hpp>
#include <mcx/core/result.hpp>
#include <mcx/crypto/authentication.hpp>
#include <mcx/crypto/backend.hpp>
#include <mcx/crypto/digest.hpp>
#include <mcx/crypto/signatures.hpp>
#include <mcx/crypto/signing.hpp>
#include <mcx/crypto/verification.hpp>

#include <botan/hash.h>
#include <botan/mac.h>
#include <botan/pubkey.h>

#include <algorithm>
#include <cstddef>
#include <memory>
#include <string>
#include <utility>

// The backend Botan, 2.19 or 3.7 and later: every algorithm that the library names, but for Ed448
// and ML-DSA, which Botan 2 does not have; SHA-2 and random octets. Botan checks less of keys and
// signatures than JOSE asks for; what is missing is checked before Botan is called, by
// crypto/public_key.hpp and crypto/signatures.hpp. So whatever Botan throws afterwards means that
// it could not work, and is never taken for a bad signature. No DER, PKCS #8 or X.509 decoder of
// Botan's is used.

namespace mcx {

namespace botan_detail {

// A verifier and, alive as long, the key that it refers to.
struct verifying_session {
    public_key key;
    Botan::PK_Verifier verifier;

    verifying_session(public_key const& k, std::string const& padding)
        : key(k), verifier(*key, padding) {}
};

// A signer and, alive as long, the key and the generator that it refers to.
struct signing_session {
    private_key key;
    lent_random random;
    Botan::PK_Signer signer;

    signing_session(private_key const& k, std::string const& padding, any_random& source)
        : key(k), random(&source), signer(*key, random, padding) {}
};

// Copies a signature out; leaves `out` alone where it has not the length that it must have.
template <std::size_t N>
[[nodiscard]] result<void> take(byte_view made, auto const&, fixed_bytes<N>& out) noexcept {
    if (made.size() != N) {
        return errc::backend;
    }
    std::copy(made.begin(), made.end(), out.begin());
    return {};
}
template <std::size_t N>
[[nodiscard]] result<void> take(byte_view made, rsa_public_key const& key,
                                bounded_bytes<N>& out) noexcept {
    return made.size() == key.modulus().size() && out.assign(made) ? result<void>{} : errc::backend;
}

// The verifying half of an algorithm.
template <class A>
struct verifying_half {
    struct key {
        public_key shared;
    };
    struct scratch {
        std::unique_ptr<verifying_session> session;

        [[nodiscard]] bool serves(key const& k) const noexcept {
            return session != nullptr && session->key == k.shared;
        }
    };

    [[nodiscard]] static result<key> prepare(typename A::public_key const& numbers) noexcept {
        try {
            key made{scheme<A>::from(numbers)};
            return made.shared ? result<key>{std::move(made)} : errc::backend;
        } catch (...) {
            return errc::backend;
        }
    }

    [[nodiscard]] static verdict check(key const& k, scratch& own, byte_view message,
                                       typename A::signature const& signature) noexcept {
        try {
            if (!own.serves(k)) {
                own.session = std::make_unique<verifying_session>(k.shared, scheme<A>::padding());
            }
            byte_view const octets = detail::signature_octets(signature);
            bool const good = own.session->verifier.verify_message(
                as_c_octets(message), message.size(), as_c_octets(octets), octets.size());
            return good ? verdict::good : verdict::bad;
        } catch (...) {
            own.session.reset();  // it may hold half a message
            return verdict::unavailable;
        }
    }
};

// The signing half of an algorithm.
template <class A>
struct signing_half {
    struct key {
        private_key shared;
        typename A::public_key numbers;

        key(private_key&& k, typename A::public_key const& n) : shared(std::move(k)), numbers(n) {}
        key(key&&) noexcept = default;
        key& operator=(key&&) noexcept = default;
    };
    struct scratch {
        std::unique_ptr<signing_session> session;
    };

    [[nodiscard]] static result<key> prepare(typename A::private_key const& numbers) noexcept {
        try {
            private_key made = scheme<A>::from(numbers);
            if (!made) {
                return errc::key_value;
            }
            auto const checked = scheme<A>::public_of(numbers, *made);
            return checked ? result<key>{key{std::move(made), *checked}} : errc::backend;
        } catch (...) {
            return errc::backend;
        }
    }

    [[nodiscard]] static typename A::public_key const& public_key(key const& k) noexcept {
        return k.numbers;
    }

    [[nodiscard]] static result<void> sign(key const& k, scratch& own, byte_view message,
                                           any_random random,
                                           typename A::signature& signature) noexcept {
        try {
            if (own.session == nullptr || own.session->key != k.shared) {
                own.session.reset();
                own.session =
                    std::make_unique<signing_session>(k.shared, scheme<A>::padding(), random);
            }
            loan const lent(own.session->random, random);
            auto const made = own.session->signer.sign_message(as_c_octets(message), message.size(),
                                                               own.session->random);
            return take(view(made), k.numbers, signature);
        } catch (random_failed const&) {
            own.session.reset();  // it may hold half a message
            return errc::random_unavailable;
        } catch (...) {
            own.session.reset();
            return errc::backend;
        }
    }

    // Makes a new private key. Fails: random_unavailable, backend.
    [[nodiscard]] static result<typename A::private_key> generate(any_random random) noexcept {
        try {
            lent_random lent(&random);
            return scheme<A>::generate(lent);
        } catch (random_failed const&) {
            return errc::random_unavailable;
        } catch (...) {
            return errc::backend;
        }
    }
};

// A MAC and, alive as long, the secret that it was given.
struct hmac_session {
    std::shared_ptr<locked_octets const> secret;
    std::unique_ptr<Botan::MessageAuthenticationCode> mac;
};

// HMAC. The scratch is one that knows the secret of the last key it was used with.
template <class A>
struct hmac_half {
    struct key {
        std::shared_ptr<locked_octets const> shared;

        explicit key(std::shared_ptr<locked_octets const>&& s) noexcept : shared(std::move(s)) {}
        key(key&&) noexcept = default;
        key& operator=(key&&) noexcept = default;
    };
    struct scratch {
        hmac_session session;

        [[nodiscard]] bool serves(key const& k) const noexcept {
            return session.mac != nullptr && session.secret == k.shared;
        }
    };

    [[nodiscard]] static result<key> prepare(mac_secret<A> const& octets) noexcept {
        try {
            byte_view const raw = octets.reveal();
            return key{std::make_shared<locked_octets const>(as_c_octets(raw),
                                                             as_c_octets(raw) + raw.size())};
        } catch (...) {
            return errc::backend;
        }
    }

    [[nodiscard]] static result<void> compute(key const& k, scratch& own, byte_view message,
                                              typename A::signature& tag) noexcept {
        try {
            if (!own.serves(k)) {
                auto mac = Botan::MessageAuthenticationCode::create_or_throw(
                    "HMAC(" + std::string(A::hash::name) + ")");
                mac->set_key(k.shared->data(), k.shared->size());
                own.session = {k.shared, std::move(mac)};
            }
            own.session.mac->update(as_c_octets(message), message.size());
            own.session.mac->final(as_writable_c_octets(tag));
            return {};
        } catch (...) {
            own.session = {};  // it may hold half a message
            return errc::backend;
        }
    }
};

template <class H>
class running_hash {
    std::unique_ptr<Botan::HashFunction> hash_;  // null once something has failed

    template <class F>
    void attempt(F&& f) noexcept {
        try {
            f();
        } catch (...) {
            hash_.reset();
        }
    }

  public:
    static constexpr std::size_t size = H::size;

    running_hash() noexcept {
        attempt([this] { hash_ = Botan::HashFunction::create(std::string{H::name}); });
    }

    void update(byte_view octets) noexcept {
        attempt([&] {
            if (hash_) {
                hash_->update(as_c_octets(octets), octets.size());
            }
        });
    }

    [[nodiscard]] result<fixed_bytes<size>> finish() noexcept {
        fixed_bytes<size> made{};
        attempt([&] {
            if (hash_) {
                hash_->final(as_writable_c_octets(made));
            }
        });
        return hash_ ? result<fixed_bytes<size>>{made} : errc::backend;
    }
};

}  // namespace botan_detail

/// ECDSA, RSASSA-PKCS1-v1_5, RSASSA-PSS and EdDSA, and with Botan 3 also Ed448 and ML-DSA. New RSA
/// keys have 3072 bits. EdDSA and RSASSA-PKCS1-v1_5 make one signature for a message. [RFC 7518 §3,
/// RFC 8037 §3.1, RFC 8812 §3.2, RFC 9864 §2.2, RFC 9964 §4]
template <SignatureAlgorithm A>
    requires botan_detail::KnownToBotan<A>
struct verification<botan, A> : botan_detail::verifying_half<A> {};
template <SignatureAlgorithm A>
    requires botan_detail::KnownToBotan<A>
struct signing<botan, A> : botan_detail::signing_half<A> {};

/// HMAC with SHA-256, SHA-384 and SHA-512. [RFC 7518 §3.2]
template <MacAlgorithm A>
struct authentication<botan, A> : botan_detail::hmac_half<A> {};

/// SHA-256. Moves, but cannot be copied.
template <>
struct hashing<botan, sha256> : botan_detail::running_hash<sha256> {};

/// SHA-384. Moves, but cannot be copied.
template <>
struct hashing<botan, sha384> : botan_detail::running_hash<sha384> {};

/// SHA-512. Moves, but cannot be copied.
template <>
struct hashing<botan, sha512> : botan_detail::running_hash<sha512> {};

static_assert(Random<botan::random>);
static_assert(Verifies<botan, es256> && Signs<botan, es256> && Generates<botan, es256>);
static_assert(Verifies<botan, es384> && Signs<botan, es384> && Generates<botan, es384>);
static_assert(Verifies<botan, es512> && Signs<botan, es512> && Generates<botan, es512>);
static_assert(Verifies<botan, es256k> && Signs<botan, es256k> && Generates<botan, es256k>);
static_assert(Verifies<botan, rs256> && Signs<botan, rs256> && Generates<botan, rs256>);
static_assert(Verifies<botan, rs384> && Signs<botan, rs384> && Generates<botan, rs384>);
static_assert(Verifies<botan, rs512> && Signs<botan, rs512> && Generates<botan, rs512>);
static_assert(Verifies<botan, ps256> && Signs<botan, ps256> && Generates<botan, ps256>);
static_assert(Verifies<botan, ps384> && Signs<botan, ps384> && Generates<botan, ps384>);
static_assert(Verifies<botan, ps512> && Signs<botan, ps512> && Generates<botan, ps512>);
static_assert(Verifies<botan, eddsa> && Signs<botan, eddsa> && Generates<botan, eddsa>);
static_assert(Verifies<botan, ed25519> && Signs<botan, ed25519> && Generates<botan, ed25519>);
static_assert(Verifies<botan, ed448> == botan_detail::has_ed448);
static_assert(Verifies<botan, ml_dsa_44> == botan_detail::has_ml_dsa);
static_assert(Authenticates<botan, hs256> && Authenticates<botan, hs384> &&
              Authenticates<botan, hs512>);
static_assert(Digests<botan, sha256> && Digests<botan, sha384> && Digests<botan, sha512>);

}  // namespace mcx

#endif
