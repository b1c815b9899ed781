// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_BACKEND_BOTAN_KEYS_HPP
#define MCX_BACKEND_BOTAN_KEYS_HPP

#include <mcx/backend/botan_shim.hpp>
#include <mcx/core/bytes.hpp>
#include <mcx/core/result.hpp>
#include <mcx/core/secret.hpp>
#include <mcx/crypto/private_key.hpp>
#include <mcx/crypto/public_key.hpp>
#include <mcx/crypto/signatures.hpp>

#include <botan/bigint.h>
#include <botan/ecdsa.h>
#include <botan/ed25519.h>
#if defined(BOTAN_HAS_ED448)
#include <botan/ed448.h>
#endif
#include <botan/exceptn.h>
#if defined(BOTAN_HAS_ML_DSA)
#include <botan/ml_dsa.h>
#endif
#include <botan/rsa.h>

#include <algorithm>
#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <utility>

// Our keys as Botan's, one family of algorithms after the other. Functions in here throw where
// Botan does; backend/botan.hpp, which is the header to include, turns that into errors.

namespace mcx {

namespace botan_detail {

// Botan's name of a curve.
template <class Curve>
inline constexpr char const* group_name = nullptr;
template <>
inline constexpr char const* group_name<p256> = "secp256r1";
template <>
inline constexpr char const* group_name<p384> = "secp384r1";
template <>
inline constexpr char const* group_name<p521> = "secp521r1";
template <>
inline constexpr char const* group_name<secp256k1> = "secp256k1";

// What the Botan at hand may lack.
#ifdef BOTAN_HAS_ED448
inline constexpr bool has_ed448 = true;
#else
inline constexpr bool has_ed448 = false;
#endif
#ifdef BOTAN_HAS_ML_DSA
inline constexpr bool has_ml_dsa = true;
#else
inline constexpr bool has_ml_dsa = false;
#endif

// What is peculiar to an algorithm: Botan's name for its padding, and how keys are made. `from`
// returns null where the numbers are no key.
template <class A>
struct scheme;

template <EcdsaAlgorithm A>
struct scheme<A> {
    using curve = typename A::curve;
    using numbers_type = typename A::public_key;
    static constexpr std::size_t size = curve::size;

    [[nodiscard]] static Botan::EC_Group group() { return group_of(group_name<curve>); }
    [[nodiscard]] static std::string padding() { return ecdsa_padding(A::hash::name); }

    [[nodiscard]] static public_key from(numbers_type const& numbers) {
        std::array<std::uint8_t, 1 + 2 * size> point{4};
        byte_span const raw = std::as_writable_bytes(std::span{point});
        std::copy(numbers.x().begin(), numbers.x().end(), raw.begin() + 1);
        std::copy(numbers.y().begin(), numbers.y().end(), raw.begin() + 1 + size);
        return ec_key(group(), point);
    }

    [[nodiscard]] static private_key from(ec_private_key<curve> const& numbers) {
        if (!curve::is_scalar(numbers.scalar.reveal())) {
            return nullptr;
        }
        // The generator only blinds the multiplication that finds the public key.
        return std::make_shared<Botan::ECDSA_PrivateKey>(Botan::system_rng(), group(),
                                                         number(numbers.scalar.reveal()));
    }

    [[nodiscard]] static result<numbers_type> public_of(ec_private_key<curve> const&,
                                                        Botan::Private_Key const& key) {
        auto const point = key.public_key_bits();
        if (point.size() != 1 + 2 * size || point[0] != 4) {
            return errc::backend;
        }
        return numbers_type::from(view(point).subspan(1, size), view(point).subspan(1 + size));
    }

    [[nodiscard]] static result<ec_private_key<curve>> generate(lent_random& random) {
        constexpr std::size_t spare_bits = 8 * size - curve::order.bit_width();
        locked_octets drawn(size);
        for (int attempt = 0; attempt < 64; ++attempt) {
            random.randomize(drawn.data(), drawn.size());
            drawn[0] = static_cast<std::uint8_t>(drawn[0] & (0xFFU >> spare_bits));
            if (curve::is_scalar(view(drawn))) {
                return ec_private_key<curve>{*secret<size>::copy_of(view(drawn))};
            }
        }
        return errc::random_unavailable;  // one octet for ever, say: no random source does that
    }
};

template <RsaAlgorithm A>
struct scheme<A> {
    [[nodiscard]] static std::string padding() {
        std::string const hash(A::hash::name);
        if constexpr (PssAlgorithm<A>) {
            // Without its last part Botan takes any salt.
            return "PSS(" + hash + ",MGF1," + std::to_string(A::salt_size) + ")";
        } else {
            return "PKCS1v15(" + hash + ")";
        }
    }

    static constexpr std::size_t new_key_bits = 3072;

    template <std::size_t MaxBits, std::uint64_t MinExponent>
    [[nodiscard]] static public_key from(
        bounded_rsa_public_key<MaxBits, MinExponent> const& numbers) {
        return std::make_shared<Botan::RSA_PublicKey>(number(numbers.modulus()),
                                                      Botan::BigInt(numbers.exponent()));
    }

    // Null where no private exponent belongs to e: what Botan throws then differs from version to
    // version, and the numbers are all that this constructor reads.
    [[nodiscard]] static private_key rsa_key(Botan::BigInt const& p, Botan::BigInt const& q,
                                             Botan::BigInt const& n, Botan::BigInt const& e) {
        try {
            return std::make_shared<Botan::RSA_PrivateKey>(p, q, e, Botan::BigInt(0U), n);
        } catch (Botan::Exception const&) {
            return nullptr;
        }
    }

    [[nodiscard]] static private_key from(rsa_private_key const& numbers) {
        Botan::BigInt const p = number(numbers.p.reveal());
        Botan::BigInt const q = number(numbers.q.reveal());
        Botan::BigInt const n = number(numbers.public_key.modulus());
        if (p.bits() < 2 || q.bits() < 2 || p == q || p * q != n) {
            return nullptr;
        }
        auto const made = rsa_key(p, q, n, Botan::BigInt(numbers.public_key.exponent()));
        return made && made->check_key(Botan::system_rng(), false) ? made : nullptr;
    }

    [[nodiscard]] static result<rsa_public_key> public_of(rsa_private_key const& numbers,
                                                          Botan::Private_Key const&) {
        return numbers.public_key;
    }

    [[nodiscard]] static result<rsa_private_key> generate(lent_random& random) {
        Botan::RSA_PrivateKey const made(random, new_key_bits, 65537);
        auto const numbers = rsa_public_key::from(view(octets_of(made.get_n())), 65537);
        auto p = secret<512>::copy_of(view(octets_of(made.get_p())));
        auto q = secret<512>::copy_of(view(octets_of(made.get_q())));
        if (!numbers || !p || !q) {
            return errc::backend;
        }
        return rsa_private_key{*numbers, *std::move(p), *std::move(q)};
    }
};

// Botan's keys of an Edwards curve.
template <class Curve>
struct edwards_keys;

template <>
struct edwards_keys<edwards25519> {
    [[nodiscard]] static public_key from(byte_view point) {
        return std::make_shared<Botan::Ed25519_PublicKey>(as_c_octets(point), point.size());
    }
    [[nodiscard]] static private_key from_seed(locked_octets const& seed) {
        return std::make_shared<Botan::Ed25519_PrivateKey>(seed);
    }
};

#ifdef BOTAN_HAS_ED448
template <>
struct edwards_keys<edwards448> {
    [[nodiscard]] static public_key from(byte_view point) {
        return std::make_shared<Botan::Ed448_PublicKey>(
            std::span{as_c_octets(point), point.size()});
    }
    [[nodiscard]] static private_key from_seed(locked_octets const& seed) {
        return std::make_shared<Botan::Ed448_PrivateKey>(std::span{seed});
    }
};
#endif

template <EddsaAlgorithm A>
struct scheme<A> {
    using keys = edwards_keys<typename A::curve>;
    using seed_type = typename A::private_key;
    static constexpr std::size_t size = A::curve::size;

    [[nodiscard]] static std::string padding() { return "Pure"; }

    [[nodiscard]] static public_key from(typename A::public_key const& numbers) {
        return keys::from(numbers.octets());
    }

    [[nodiscard]] static private_key from(seed_type const& numbers) {
        byte_view const seed = numbers.seed.reveal();
        if (seed.size() != size) {
            return nullptr;
        }
        return keys::from_seed(locked_octets(as_c_octets(seed), as_c_octets(seed) + seed.size()));
    }

    [[nodiscard]] static result<typename A::public_key> public_of(seed_type const&,
                                                                  Botan::Private_Key const& key) {
        auto const point = key.public_key_bits();
        return A::public_key::from(view(point));
    }

    [[nodiscard]] static result<seed_type> generate(lent_random& random) {
        locked_octets drawn(size);
        random.randomize(drawn.data(), drawn.size());
        return seed_type{*secret<size>::copy_of(view(drawn))};
    }
};

#ifdef BOTAN_HAS_ML_DSA
template <MlDsaAlgorithm A>
struct scheme<A> {
    using seed_type = typename A::private_key;

    // None, which for a signer means signatures with octets drawn, as FIPS 204 prefers, and is all
    // that a verifier takes.
    [[nodiscard]] static std::string padding() { return {}; }

    [[nodiscard]] static Botan::DilithiumMode mode() {
        if constexpr (std::same_as<A, ml_dsa_44>) {
            return Botan::DilithiumMode::ML_DSA_4x4;
        } else if constexpr (std::same_as<A, ml_dsa_65>) {
            return Botan::DilithiumMode::ML_DSA_6x5;
        } else {
            return Botan::DilithiumMode::ML_DSA_8x7;
        }
    }

    [[nodiscard]] static public_key from(typename A::public_key const& numbers) {
        byte_view const octets = numbers.octets();
        return std::make_shared<Botan::ML_DSA_PublicKey>(
            std::span{as_c_octets(octets), octets.size()}, mode());
    }

    [[nodiscard]] static private_key from(seed_type const& numbers) {
        byte_view const seed = numbers.seed.reveal();
        if (seed.size() != 32) {
            return nullptr;
        }
        return std::make_shared<Botan::ML_DSA_PrivateKey>(std::span{as_c_octets(seed), seed.size()},
                                                          mode());
    }

    [[nodiscard]] static result<typename A::public_key> public_of(seed_type const&,
                                                                  Botan::Private_Key const& key) {
        auto const octets = key.public_key_bits();
        return A::public_key::from(view(octets));
    }

    [[nodiscard]] static result<seed_type> generate(lent_random& random) {
        locked_octets drawn(32);
        random.randomize(drawn.data(), drawn.size());
        return seed_type{*secret<32>::copy_of(view(drawn))};
    }
};
#endif

/// The Botan at hand has what algorithm A needs.
template <class A>
concept KnownToBotan = EcdsaAlgorithm<A> || RsaAlgorithm<A> ||
                       (EddsaAlgorithm<A> && (has_ed448 || !std::same_as<A, ed448>)) ||
                       (MlDsaAlgorithm<A> && has_ml_dsa);

}  // namespace botan_detail

}  // namespace mcx

#endif
