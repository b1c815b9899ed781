// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_JOSE_PRIVATE_JWK_HPP
#define MCX_JOSE_PRIVATE_JWK_HPP

#include <mcx/codec/base64url.hpp>
#include <mcx/codec/json_borrowed.hpp>
#include <mcx/codec/json_object.hpp>
#include <mcx/core/secret.hpp>
#include <mcx/crypto/rsa_crt.hpp>
#include <mcx/crypto/signing.hpp>
#include <mcx/jose/jwk.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <utility>

// Private keys as JSON: one's own. Secrets are decoded in constant time from where they stand, and
// what they pass through is wiped; the text itself is the caller's to wipe. A public key is refused
// where a private one is due. Public keys, and the refusal of the reverse, are in jose/jwk.hpp.
// RSA keys of more than two primes, and those that state no primes, are not read. MAC secrets are
// in jose/mac_jwk.hpp. [RFC 7517 §9.2, RFC 7518 §6.2.2, §6.3.2, RFC 8037 §2, RFC 9964 §3]

namespace mcx::jwk {

/// The members of a JWK that holds a private key: those of the public key, and the secret ones
/// where they stand in the text, which they borrow.
struct private_members : members {
    std::optional<json::borrowed_string> d;
    std::optional<json::borrowed_string> p;
    std::optional<json::borrowed_string> q;
    std::optional<json::borrowed_string> dp;
    std::optional<json::borrowed_string> dq;
    std::optional<json::borrowed_string> qi;
    std::optional<json::borrowed_string> priv;

    using fields =
        field_list<required<"kty", &members::kty>, optional<"use", &members::use>,
                   optional<"key_ops", &members::key_ops>, optional<"alg", &members::alg>,
                   optional<"kid", &members::kid>, optional<"crv", &members::crv>,
                   optional<"x", &members::x>, optional<"y", &members::y>,
                   optional<"n", &members::n>, optional<"e", &members::e>,
                   optional<"pub", &members::pub>, optional<"d", &private_members::d>,
                   optional<"p", &private_members::p>, optional<"q", &private_members::q>,
                   optional<"dp", &private_members::dp>, optional<"dq", &private_members::dq>,
                   optional<"qi", &private_members::qi>, optional<"priv", &private_members::priv>,
                   prohibited<"oth">, prohibited<"k">>;
};

namespace detail {

inline constexpr json::object_errors private_errors{errc::key_set_shape, errc::key_missing_member,
                                                    errc::key_value, errc::key_shape,
                                                    errc::key_value};

[[nodiscard]] constexpr error about(errc code, std::string_view name) noexcept {
    return {code, private_members::fields::number_of(name)};
}

/// Decodes a secret member. Fails: key_missing_member, key_value.
template <std::size_t N>
[[nodiscard]] result<secret<N>> read_secret(std::optional<json::borrowed_string> const& member,
                                            std::string_view name) noexcept {
    if (!member) {
        return about(errc::key_missing_member, name);
    }
    fixed_bytes<N> octets{};
    auto const size = base64url::decode_secret(member->token.raw, octets);
    if (!size || *size == 0) {  // an escape is no character of base64url
        wipe(octets);
        return about(errc::key_value, name);
    }
    auto made = secret<N>::copy_of(byte_view{octets}.first(*size));
    wipe(octets);
    return made;
}

/// Decodes a secret member that has exactly so many octets.
template <std::size_t N>
[[nodiscard]] result<secret<N>> read_whole_secret(
    std::optional<json::borrowed_string> const& member, std::string_view name) noexcept {
    auto made = read_secret<N>(member, name);
    if (made && made->size() != N) {
        return about(errc::key_value, name);
    }
    return made;
}

/// Writes a secret member.
template <std::size_t N>
void write_secret(json::writer& w, std::string_view name, secret<N> const& value) noexcept {
    char encoded[base64url::encoded_size(N)];
    std::size_t const size = base64url::encode_secret(value.reveal(), encoded);
    w.name(name);
    w.string({encoded, size});
    wipe(std::as_writable_bytes(std::span{encoded}));
}

/// A kind of private key whose secret is `priv`; that of every other is `d`. [RFC 9964 §3]
template <class Key>
inline constexpr bool is_akp = false;
template <std::size_t Size>
inline constexpr bool is_akp<ml_dsa_private_key<Size>> = true;

/// What a key states beside its numbers: nothing, but for RSA.
struct nothing_more {};

}  // namespace detail

/// How a kind of private key stands in a JWK: the names of its `secrets`, of which it cannot do
/// without the first, what `more` it states, `read` and `write`. One specialisation a kind.
template <class Key>
struct private_shape;

/// A kind whose one secret is a scalar. [RFC 7518 §6.2.2.1]
template <class Key>
    requires requires(Key k) { k.scalar; }
struct private_shape<Key> {
    using more = detail::nothing_more;
    static constexpr std::string_view secrets[]{"d"};

    static result<Key> read(private_members const& m, auto const&, more&) noexcept {
        using secret_type = decltype(Key::scalar);
        auto scalar = detail::read_whole_secret<secret_type::max_size>(m.d, "d");
        return scalar ? result<Key>{Key{*std::move(scalar)}} : scalar.error();
    }
    static void write(json::writer& w, Key const& key, more const&) noexcept {
        detail::write_secret(w, "d", key.scalar);
    }
};

/// A kind whose one secret is a seed. [RFC 8037 §2, RFC 9964 §3]
template <class Key>
    requires requires(Key k) { k.seed; }
struct private_shape<Key> {
    using more = detail::nothing_more;
    static constexpr std::string_view secrets[]{detail::is_akp<Key> ? "priv" : "d"};

    static result<Key> read(private_members const& m, auto const&, more&) noexcept {
        using secret_type = decltype(Key::seed);
        auto seed = detail::read_whole_secret<secret_type::max_size>(
            detail::is_akp<Key> ? m.priv : m.d, secrets[0]);
        return seed ? result<Key>{Key{*std::move(seed)}} : seed.error();
    }
    static void write(json::writer& w, Key const& key, more const&) noexcept {
        detail::write_secret(w, secrets[0], key.seed);
    }
};

/// RSA, with d and all that belongs to two primes. [RFC 7518 §6.3.2]
template <>
struct private_shape<rsa_private_key> {
    using more = rsa_crt;
    static constexpr std::string_view secrets[]{"d", "p", "q", "dp", "dq", "qi"};

    static result<rsa_private_key> read(private_members const& m, rsa_public_key const& open,
                                        more& crt) noexcept {
        error failed{};
        auto const take = [&failed](auto& to, auto const& member, std::string_view name) {
            auto made =
                detail::read_secret<std::remove_reference_t<decltype(to)>::max_size>(member, name);
            if (!made) {
                failed = made.error();
                return false;
            }
            to = *std::move(made);
            return true;
        };
        rsa_private_key key{open, {}, {}};
        bool const whole = take(crt.d, m.d, "d") && take(key.p, m.p, "p") &&
                           take(key.q, m.q, "q") && take(crt.dp, m.dp, "dp") &&
                           take(crt.dq, m.dq, "dq") && take(crt.qi, m.qi, "qi");
        return whole ? result<rsa_private_key>{std::move(key)} : failed;
    }
    static void write(json::writer& w, rsa_private_key const& key, more const& crt) noexcept {
        detail::write_secret(w, "d", crt.d);
        detail::write_secret(w, "p", key.p);
        detail::write_secret(w, "q", key.q);
        detail::write_secret(w, "dp", crt.dp);
        detail::write_secret(w, "dq", crt.dq);
        detail::write_secret(w, "qi", crt.qi);
    }
};

/// A private key of algorithm A as a JWK states it. That its parts belong together has not been
/// looked at: `prepare` does that.
template <SignatureAlgorithm A>
struct private_jwk {
    typename A::private_key numbers;
    typename A::public_key stated;
    key_id id;
    typename private_shape<typename A::private_key>::more more;
};

namespace detail {

/// Checks what a JWK says of a private key of algorithm A beside its numbers.
template <SignatureAlgorithm A>
[[nodiscard]] result<void> check_private_use(private_members const& m) noexcept {
    using shape_type = shape<typename A::public_key>;
    if (m.kty.view() != shape_type::kty) {
        return about(errc::key_type, "kty");
    }
    if (!is_for<A>(m)) {
        return about(errc::key_curve, "crv");
    }
    if (m.alg && !answers_to<A>(m.alg->view())) {
        return about(errc::key_algorithm, "alg");
    }
    if (m.use && m.use->view() != "sig") {
        return about(errc::key_use, "use");
    }
    if (m.key_ops && !one_of_a_pair(*m.key_ops, "sign", "verify")) {
        return about(errc::key_operations, "key_ops");
    }
    return {};
}

/// Checks that a JWK has the secret that makes a private key, and no member of another kind.
template <class Public, class Private>
[[nodiscard]] result<void> check_kind(private_members const& m) noexcept {
    constexpr auto const& secrets = private_shape<Private>::secrets;
    if (!(is_akp<Private> ? m.priv : m.d)) {
        return about(errc::key_private, secrets[0]);
    }
    auto const foreign = foreign_member(m, [](std::string_view name) {
        return has_name(shape<Public>::numbers, name) || has_name(secrets, name);
    });
    return foreign.empty() ? result<void>{} : about(errc::key_value, foreign);
}

}  // namespace detail

/// Reads a private key of algorithm A. Fails: json_*, key_set_shape (not an object), key_private (a
/// public key), key_missing_member, key_shape, key_value (also for RSA keys of more than two
/// primes, a member of another kind of key, and a text of over `max_text`), key_type, key_curve,
/// key_algorithm, key_use, key_operations, and what A's kind of public key refuses; `where` is the
/// member of `private_members`.
template <SignatureAlgorithm A>
[[nodiscard]] result<private_jwk<A>> read_private(std::string_view text) noexcept {
    if (text.size() > max_text) {
        return errc::key_value;
    }
    auto const m = json::parse_object<private_members>(text, {}, detail::private_errors);
    if (!m) {
        return m.error();
    }
    if (auto const use = detail::check_private_use<A>(*m); !use) {
        return use.error();
    }
    if (auto const kind = detail::check_kind<typename A::public_key, typename A::private_key>(*m);
        !kind) {
        return kind.error();
    }
    auto const open = shape<typename A::public_key>::read(*m);
    if (!open) {
        return open.error();
    }
    using private_type = private_shape<typename A::private_key>;
    typename private_type::more more{};
    auto numbers = private_type::read(*m, *open, more);
    if (!numbers) {
        return numbers.error();
    }
    return private_jwk<A>{*std::move(numbers), *open, m->kid.value_or(key_id{}), std::move(more)};
}

/// Makes a key that backend B signs with. Fails: key_value (the numbers are no key), key_mismatch
/// (its parts do not belong together), backend.
template <class B, SignatureAlgorithm A>
    requires Signs<B, A>
[[nodiscard]] result<signing_key<A, B>> prepare(private_jwk<A> const& key) noexcept {
    auto made = signing_key<A, B>::from(key.numbers, key.id);
    if (!made) {
        return made;
    }
    if (made->public_key() != key.stated) {
        return errc::key_mismatch;
    }
    if constexpr (std::same_as<typename A::private_key, rsa_private_key>) {
        static_assert(ComputesRsa<B>, "this backend cannot tell whether the numbers agree");
        auto const agree = rsa_arithmetic<B>::agree(key.numbers, key.more);
        if (!agree) {
            return agree.error();
        }
        if (!*agree) {
            return errc::key_mismatch;
        }
    }
    return made;
}

/// The text of a private key, which wipes itself.
using private_text = secret<12288>;

namespace detail {

/// Takes what was written into `text`, which is wiped. Fails: as `json::writer::finish`.
[[nodiscard]] inline result<private_text> take_written(json::writer& w,
                                                       std::span<char> text) noexcept {
    auto const size = w.finish();
    auto made = size ? private_text::copy_of(as_bytes({text.data(), *size}))
                     : result<private_text>{size.error()};
    wipe(std::as_writable_bytes(text));
    return made;
}

}  // namespace detail

/// Writes a private key as a JWK: the only function that does. Fails: buffer_too_small.
template <SignatureAlgorithm A>
[[nodiscard]] result<private_text> write_private(private_jwk<A> const& key) noexcept {
    using shape_type = shape<typename A::public_key>;
    char text[private_text::max_size];
    json::writer w{text};
    w.begin_object();
    w.name("kty");
    w.string(shape_type::kty);
    if (!shape_type::crv.empty()) {
        w.name("crv");
        w.string(shape_type::crv);
    }
    shape_type::write(w, key.stated);
    private_shape<typename A::private_key>::write(w, key.numbers, key.more);
    detail::write_use<A>(w, key.id);
    w.end_object();
    return detail::take_written(w, text);
}

}  // namespace mcx::jwk

#endif
