// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_JOSE_PRIVATE_DER_HPP
#define MCX_JOSE_PRIVATE_DER_HPP

#include <mcx/codec/der.hpp>
#include <mcx/codec/der_writer.hpp>
#include <mcx/core/bytes.hpp>
#include <mcx/core/result.hpp>
#include <mcx/core/secret.hpp>
#include <mcx/crypto/rsa_crt.hpp>
#include <mcx/crypto/signatures.hpp>
#include <mcx/crypto/signing.hpp>
#include <mcx/jose/spki.hpp>

#include <cstddef>
#include <cstdint>
#include <utility>

// How one's own private keys stand in DER, kind by kind: ECPrivateKey [RFC 5915 §3], RSAPrivateKey
// with two primes [RFC 8017 §A.1.2], the seeds of EdDSA [RFC 8410 §7] and of ML-DSA [RFC 9881 §6].
// Octets are read in here, in strict DER; what they state is checked by the backend B that will
// sign: a key that comes out is one that B takes, and every number and point that stood beside it
// belongs to it, but for the expanded key of ML-DSA, of which nobody makes any use. The functions
// to call are in jose/pkcs8.hpp.

namespace mcx::private_der {

/// A private key in DER, which wipes itself.
using encoded = secret<5120>;

/// A private key in PEM, which wipes itself.
using encoded_text = secret<7168>;

/// Backend B can check all that DER states of a private key of algorithm A.
template <class B, class A>
concept ChecksPrivateKeys =
    SignatureAlgorithm<A> && Signs<B, A> && (!RsaAlgorithm<A> || ComputesRsa<B>);

namespace detail {

/// Takes a copy of a secret number or string. Fails: key_value.
template <std::size_t N>
[[nodiscard]] result<secret<N>> secret_of(byte_view octets) noexcept {
    auto made = secret<N>::copy_of(octets);
    return made ? std::move(made) : errc::key_value;
}

}  // namespace detail

/// The octets that a function writes, or its refusal. Fails: buffer_too_small.
template <class Write>
[[nodiscard]] result<encoded> written(Write&& write) noexcept {
    fixed_bytes<encoded::max_size> buffer{};
    der::writer w{buffer};
    result<void> const done = write(w);
    auto const size = done ? w.finish() : result<std::size_t>{done.error()};
    auto made =
        size ? encoded::copy_of(byte_view{buffer}.first(*size)) : result<encoded>{size.error()};
    wipe(buffer);
    return made;
}

/// What a private key of algorithm A is in DER by itself: `read` and `write`.
template <class A, class B>
struct shape;

/// ECPrivateKey. [RFC 5915 §3]
template <EcdsaAlgorithm A, class B>
struct shape<A, B> {
    using key_type = typename A::private_key;
    using point_shape = spki::shape<typename A::public_key>;
    static constexpr std::size_t size = A::curve::size;

    /// Reads a key whose curve is, or is not, named around it already.
    [[nodiscard]] static result<key_type> read(byte_view octets, bool named) noexcept {
        der::reader r{octets};
        r.open(der::tag::sequence);
        r.refuse_unless(r.number() == 1, errc::key_value);
        byte_view const scalar = r.contents(der::tag::octet_string);
        r.refuse_unless(scalar.size() == size, errc::key_value);
        if (!named || r.next_is(der::tag::context_0)) {
            r.open(der::tag::context_0);
            point_shape::read_parameters(r);
            r.close();
        }
        byte_view point;
        if (r.next_is(der::tag::context_1)) {
            r.open(der::tag::context_1);
            point = r.bit_string();
            r.close();
        }
        r.close();
        if (auto const whole = r.finish(); !whole) {
            return whole.error();
        }
        return checked(scalar, point);
    }

    /// Writes a key with its point, and with the name of its curve where nothing around it has it.
    [[nodiscard]] static result<void> write(der::writer& w, key_type const& key,
                                            bool named) noexcept {
        auto const prepared = signing_key<A, B>::from(key, {});
        if (!prepared) {
            return prepared.error();
        }
        std::size_t const since = w.size();
        point_shape::write(w, prepared->public_key());
        w.wrap_bits(since);
        w.wrap(der::tag::context_1, since);
        if (!named) {
            std::size_t const parameters = w.size();
            point_shape::write_parameters(w);
            w.wrap(der::tag::context_0, parameters);
        }
        w.element(der::tag::octet_string, key.scalar.reveal());
        w.number(1);
        w.wrap(der::tag::sequence, since);
        return {};
    }

  private:
    [[nodiscard]] static result<key_type> checked(byte_view scalar, byte_view point) noexcept {
        auto secret = detail::secret_of<size>(scalar);
        if (!secret) {
            return secret.error();
        }
        key_type key{*std::move(secret)};
        auto const prepared = signing_key<A, B>::from(key, {});
        if (!prepared) {
            return prepared.error();
        }
        if (point.data() != nullptr) {
            auto const stated = point_shape::read(point);
            if (!stated) {
                return stated.error();
            }
            if (*stated != prepared->public_key()) {
                return errc::key_mismatch;
            }
        }
        return key;
    }
};

/// RSAPrivateKey. [RFC 8017 §A.1.2]
template <RsaAlgorithm A, class B>
struct shape<A, B> {
    [[nodiscard]] static result<rsa_private_key> read(byte_view octets, bool) noexcept {
        der::reader r{octets};
        r.open(der::tag::sequence);
        r.refuse_unless(r.number() == 0, errc::key_value);  // two primes
        byte_view const modulus = r.integer();
        std::uint64_t const exponent = r.number();
        auto d = detail::secret_of<1024>(r.integer());
        auto p = detail::secret_of<512>(r.integer());
        auto q = detail::secret_of<512>(r.integer());
        auto dp = detail::secret_of<512>(r.integer());
        auto dq = detail::secret_of<512>(r.integer());
        auto qi = detail::secret_of<512>(r.integer());
        r.refuse_unless(d && p && q && dp && dq && qi, errc::key_value);
        r.close();
        if (auto const whole = r.finish(); !whole) {
            return whole.error();
        }
        auto const open = rsa_public_key::from(modulus, exponent);
        if (!open) {
            return open.error();
        }
        return checked({*open, *std::move(p), *std::move(q)},
                       {*std::move(d), *std::move(dp), *std::move(dq), *std::move(qi)});
    }

    [[nodiscard]] static result<void> write(der::writer& w, rsa_private_key const& key,
                                            bool) noexcept {
        if (auto const prepared = signing_key<A, B>::from(key, {}); !prepared) {
            return prepared.error();
        }
        auto const more = rsa_arithmetic<B>::derive(key);
        if (!more) {
            return more.error();
        }
        std::size_t const since = w.size();
        for (byte_view const number : {more->qi.reveal(), more->dq.reveal(), more->dp.reveal(),
                                       key.q.reveal(), key.p.reveal(), more->d.reveal()}) {
            w.integer(number);
        }
        w.number(key.public_key.exponent());
        w.integer(key.public_key.modulus());
        w.number(0);
        w.wrap(der::tag::sequence, since);
        return {};
    }

  private:
    [[nodiscard]] static result<rsa_private_key> checked(rsa_private_key&& key,
                                                         rsa_crt const& more) noexcept {
        if (auto const prepared = signing_key<A, B>::from(key, {}); !prepared) {
            return prepared.error();
        }
        auto const agree = rsa_arithmetic<B>::agree(key, more);
        if (!agree) {
            return agree.error();
        }
        return *agree ? result<rsa_private_key>{std::move(key)} : errc::key_mismatch;
    }
};

/// A seed, in the one element that its kind is written in.
template <class A, class B, der::tag Kind>
struct seed_shape {
    using key_type = typename A::private_key;
    using seed_type = decltype(key_type::seed);

    [[nodiscard]] static result<key_type> read(byte_view octets, bool) noexcept {
        der::reader r{octets};
        byte_view const seed = r.contents(Kind);
        r.refuse_unless(seed.size() == seed_type::max_size, errc::key_value);
        if (auto const whole = r.finish(); !whole) {
            return whole.error();
        }
        auto secret = detail::secret_of<seed_type::max_size>(seed);
        if (!secret) {
            return secret.error();
        }
        key_type key{*std::move(secret)};
        auto const prepared = signing_key<A, B>::from(key, {});
        return prepared ? result<key_type>{std::move(key)} : prepared.error();
    }

    [[nodiscard]] static result<void> write(der::writer& w, key_type const& key, bool) noexcept {
        if (auto const prepared = signing_key<A, B>::from(key, {}); !prepared) {
            return prepared.error();
        }
        w.element(Kind, key.seed.reveal());
        return {};
    }
};

/// CurvePrivateKey. [RFC 8410 §7]
template <EddsaAlgorithm A, class B>
struct shape<A, B> : seed_shape<A, B, der::tag::octet_string> {};

/// ML-DSA-PrivateKey: the seed, alone or beside the expanded key. Written is the seed alone. The
/// seed is the key; of what stands beside it the length is checked, and that it begins with the
/// octets with which the public key begins. An expanded key alone is refused as
/// key_missing_member: the seed is what it lacks. [RFC 9881 §6, FIPS 204 §7.2]
template <MlDsaAlgorithm A, class B>
struct shape<A, B> : seed_shape<A, B, der::tag::context_0_primitive> {
    using alone = seed_shape<A, B, der::tag::context_0_primitive>;
    using key_type = typename A::private_key;

    /// The octets of an expanded key. [FIPS 204 table 2]
    static constexpr std::size_t expanded_size = A::public_key::size == 1312   ? 2560
                                                 : A::public_key::size == 1952 ? 4032
                                                                               : 4896;

    [[nodiscard]] static result<key_type> read(byte_view octets, bool named) noexcept {
        der::reader r{octets};
        r.refuse_unless(!r.next_is(der::tag::octet_string), errc::key_missing_member);
        if (!r.next_is(der::tag::sequence)) {
            return r.failed() ? r.finish().error() : alone::read(octets, named);
        }
        r.open(der::tag::sequence);
        byte_view const seed = r.contents(der::tag::octet_string);
        byte_view const expanded = r.contents(der::tag::octet_string);
        r.close();
        if (auto const whole = r.finish(); !whole) {
            return whole.error();
        }
        auto secret = detail::secret_of<32>(seed);
        if (!secret || seed.size() != 32 || expanded.size() != expanded_size) {
            return errc::key_value;
        }
        key_type key{*std::move(secret)};
        auto const prepared = signing_key<A, B>::from(key, {});
        if (!prepared) {
            return prepared.error();
        }
        auto const open = prepared->public_key();
        return der::same(byte_view{open.octets()}.first(32), expanded.first(32))
                   ? result<key_type>{std::move(key)}
                   : errc::key_mismatch;
    }
};

}  // namespace mcx::private_der

#endif
