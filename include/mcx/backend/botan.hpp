// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_BACKEND_BOTAN_HPP
#define MCX_BACKEND_BOTAN_HPP

#include <mcx/backend/botan_hashes.hpp>
#include <mcx/backend/botan_keys.hpp>
#include <mcx/backend/botan_shim.hpp>
#include <mcx/core/bytes.hpp>
#include <mcx/core/random.hpp>
#include <mcx/core/result.hpp>
#include <mcx/crypto/authentication.hpp>
#include <mcx/crypto/backend.hpp>
#include <mcx/crypto/digest.hpp>
#include <mcx/crypto/rsa_crt.hpp>
#include <mcx/crypto/signatures.hpp>
#include <mcx/crypto/signing.hpp>
#include <mcx/crypto/verification.hpp>

#include <botan/pubkey.h>

#include <algorithm>
#include <cstddef>
#include <memory>
#include <string>
#include <type_traits>
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
        return check_pieces(k, own, detail::one_piece{message}, signature);
    }

  protected:
    [[nodiscard]] static verdict check_pieces(key const& k, scratch& own, auto const& pieces,
                                              typename A::signature const& signature) noexcept {
        try {
            if (!own.serves(k)) {
                own.session = std::make_unique<verifying_session>(k.shared, scheme<A>::padding());
            }
            pieces([&own](byte_view piece) {
                own.session->verifier.update(as_c_octets(piece), piece.size());
            });
            byte_view const octets = detail::signature_octets(signature);
            bool const good =
                own.session->verifier.check_signature(as_c_octets(octets), octets.size());
            return good ? verdict::good : verdict::bad;
        } catch (...) {
            own.session.reset();  // it may hold half a message
            return verdict::unavailable;
        }
    }
};

// The verifying half of an algorithm that reads its message once, so that it can come in pieces.
template <class A>
struct chain_verifying_half : verifying_half<A> {
    using half = verifying_half<A>;

    [[nodiscard]] static verdict check_chain(typename half::key const& k,
                                             typename half::scratch& own, auto const& pieces,
                                             typename A::signature const& signature) noexcept {
        return half::check_pieces(k, own, pieces, signature);
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
        return sign_pieces(k, own, detail::one_piece{message}, random, signature);
    }

    [[nodiscard]] static result<void> sign_pieces(key const& k, scratch& own, auto const& pieces,
                                                  any_random random,
                                                  typename A::signature& signature) noexcept {
        try {
            if (own.session == nullptr || own.session->key != k.shared) {
                own.session.reset();
                own.session =
                    std::make_unique<signing_session>(k.shared, scheme<A>::padding(), random);
            }
            loan const lent(own.session->random, random);
            pieces([&own](byte_view piece) {
                own.session->signer.update(as_c_octets(piece), piece.size());
            });
            auto const made = own.session->signer.signature(own.session->random);
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

// The signing half of an algorithm that reads its message once, so that it can come in pieces.
template <class A>
struct chain_signing_half : signing_half<A> {
    using half = signing_half<A>;

    [[nodiscard]] static result<void> sign_chain(typename half::key const& k,
                                                 typename half::scratch& own, auto const& pieces,
                                                 any_random random,
                                                 typename A::signature& signature) noexcept {
        return half::sign_pieces(k, own, pieces, random, signature);
    }
};

}  // namespace botan_detail

/// ECDSA, RSASSA-PKCS1-v1_5, RSASSA-PSS and EdDSA, and with Botan 3 also Ed448 and ML-DSA. New RSA
/// keys have 3072 bits. EdDSA and RSASSA-PKCS1-v1_5 make one signature for a message. [RFC 7518 §3,
/// RFC 8037 §3.1, RFC 8812 §3.2, RFC 9864 §2.2, RFC 9964 §4]
template <SignatureAlgorithm A>
    requires botan_detail::KnownToBotan<A>
struct verification<botan, A>
    : std::conditional_t<EddsaAlgorithm<A>, botan_detail::verifying_half<A>,
                         botan_detail::chain_verifying_half<A>> {};
template <HasOneName A>
    requires botan_detail::KnownToBotan<A>
struct signing<botan, A> : std::conditional_t<EddsaAlgorithm<A>, botan_detail::signing_half<A>,
                                              botan_detail::chain_signing_half<A>> {};

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

/// The numbers of an RSA private key that follow from its primes.
template <>
struct rsa_arithmetic<botan> {
    [[nodiscard]] static result<rsa_crt> derive(rsa_private_key const& numbers) noexcept {
        try {
            using botan_detail::number;
            using botan_detail::octets_of;
            using botan_detail::view;
            Botan::RSA_PrivateKey const key(number(numbers.p.reveal()), number(numbers.q.reveal()),
                                            Botan::BigInt(numbers.public_key.exponent()),
                                            Botan::BigInt(0U),
                                            number(numbers.public_key.modulus()));
            auto d = secret<1024>::copy_of(view(octets_of(key.get_d())));
            auto dp = secret<512>::copy_of(view(octets_of(key.get_d1())));
            auto dq = secret<512>::copy_of(view(octets_of(key.get_d2())));
            auto qi = secret<512>::copy_of(view(octets_of(key.get_c())));
            if (!d || !dp || !dq || !qi) {
                return errc::backend;
            }
            return rsa_crt{*std::move(d), *std::move(dp), *std::move(dq), *std::move(qi)};
        } catch (...) {
            return errc::backend;
        }
    }

    [[nodiscard]] static result<bool> agree(rsa_private_key const& numbers,
                                            rsa_crt const& stated) noexcept {
        try {
            using botan_detail::number;
            Botan::BigInt const p = number(numbers.p.reveal());
            Botan::BigInt const q = number(numbers.q.reveal());
            Botan::BigInt const e(numbers.public_key.exponent());
            Botan::BigInt const d = number(stated.d.reveal());
            Botan::BigInt const dp = number(stated.dp.reveal());
            Botan::BigInt const dq = number(stated.dq.reveal());
            Botan::BigInt const qi = number(stated.qi.reveal());
            if (p.bits() < 2 || q.bits() < 2) {
                return errc::key_value;
            }
            // d may be the inverse of e modulo (p - 1)(q - 1) or modulo their least multiple.
            return dp == d % (p - 1) && dq == d % (q - 1) && e * dp % (p - 1) == 1 &&
                   e * dq % (q - 1) == 1 && qi < p && qi * q % p == 1 &&
                   d < number(numbers.public_key.modulus());
        } catch (...) {
            return errc::backend;
        }
    }
};

static_assert(ComputesRsa<botan>);
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
static_assert(Verifies<botan, ed25519_by_either_name> && !Signs<botan, ed25519_by_either_name>);
static_assert(Verifies<botan, ed448> == botan_detail::has_ed448);
static_assert(Verifies<botan, ml_dsa_44> == botan_detail::has_ml_dsa);
static_assert(Authenticates<botan, hs256> && Authenticates<botan, hs384> &&
              Authenticates<botan, hs512>);
static_assert(Digests<botan, sha256> && Digests<botan, sha384> && Digests<botan, sha512>);
static_assert(VerifiesChain<botan, es256> && VerifiesChain<botan, rs256> &&
              VerifiesChain<botan, ps256>);
static_assert(VerifiesChain<botan, ml_dsa_44> == botan_detail::has_ml_dsa);
static_assert(!VerifiesChain<botan, eddsa> && !VerifiesChain<botan, ed448>);

}  // namespace mcx

#endif
