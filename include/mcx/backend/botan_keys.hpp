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
#include <botan/exceptn.h>
#include <botan/rsa.h>

#include <cstddef>
#include <memory>
#include <utility>

// Our keys as Botan's, one algorithm after the other. Functions in here throw where Botan does;
// backend/botan.hpp, which is the header to include, turns that into errors.

namespace mcx {

namespace botan_detail {

// What is peculiar to an algorithm: Botan's name for its padding, and how keys are made. `from`
// returns null where the numbers are no key.
template <class A>
struct scheme;

template <>
struct scheme<es256> {
    static constexpr char const* padding = ecdsa_sha256;

    [[nodiscard]] static public_key from(p256_public_key const& numbers) {
        return p256_key(numbers.x(), numbers.y());
    }

    [[nodiscard]] static bool is_scalar(Botan::BigInt const& n) {
        return !n.is_zero() && n < p256_group().get_order();
    }

    [[nodiscard]] static private_key from(p256_private_key const& numbers) {
        Botan::BigInt const scalar = number(numbers.scalar.reveal());
        if (numbers.scalar.size() != 32 || !is_scalar(scalar)) {
            return nullptr;
        }
        // The generator only blinds the multiplication that finds the public key.
        return std::make_shared<Botan::ECDSA_PrivateKey>(Botan::system_rng(), p256_group(), scalar);
    }

    [[nodiscard]] static result<p256_public_key> public_of(p256_private_key const&,
                                                           Botan::Private_Key const& key) {
        auto const point = key.public_key_bits();
        if (point.size() != 65 || point[0] != 4) {
            return errc::backend;
        }
        return p256_public_key::from(view(point).subspan(1, 32), view(point).subspan(33));
    }

    [[nodiscard]] static result<p256_private_key> generate(lent_random& random) {
        locked_octets drawn(32);
        for (int attempt = 0; attempt < 64; ++attempt) {
            random.randomize(drawn.data(), drawn.size());
            if (is_scalar(number(view(drawn)))) {
                return p256_private_key{*secret<32>::copy_of(view(drawn))};
            }
        }
        return errc::random_unavailable;  // one octet for ever, say: no random source does that
    }
};

template <>
struct scheme<rs256> {
    static constexpr char const* padding = "PKCS1v15(SHA-256)";
    static constexpr std::size_t new_key_bits = 3072;

    [[nodiscard]] static public_key from(rsa_public_key const& numbers) {
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

template <>
struct scheme<eddsa> {
    static constexpr char const* padding = "Pure";

    [[nodiscard]] static public_key from(ed25519_public_key const& numbers) {
        byte_view const point = numbers.octets();
        return std::make_shared<Botan::Ed25519_PublicKey>(as_c_octets(point), point.size());
    }

    [[nodiscard]] static private_key from(ed25519_private_key const& numbers) {
        byte_view const seed = numbers.seed.reveal();
        if (seed.size() != 32) {
            return nullptr;
        }
        return std::make_shared<Botan::Ed25519_PrivateKey>(
            locked_octets(as_c_octets(seed), as_c_octets(seed) + seed.size()));
    }

    [[nodiscard]] static result<ed25519_public_key> public_of(ed25519_private_key const&,
                                                              Botan::Private_Key const& key) {
        auto const point = key.public_key_bits();
        return ed25519_public_key::from(view(point));
    }

    [[nodiscard]] static result<ed25519_private_key> generate(lent_random& random) {
        locked_octets drawn(32);
        random.randomize(drawn.data(), drawn.size());
        return ed25519_private_key{*secret<32>::copy_of(view(drawn))};
    }
};

}  // namespace botan_detail

}  // namespace mcx

#endif
