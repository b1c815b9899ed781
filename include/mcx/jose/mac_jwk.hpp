// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_JOSE_MAC_JWK_HPP
#define MCX_JOSE_MAC_JWK_HPP

#include <mcx/codec/base64url.hpp>
#include <mcx/codec/json_borrowed.hpp>
#include <mcx/codec/json_object.hpp>
#include <mcx/core/secret.hpp>
#include <mcx/crypto/key_id.hpp>
#include <mcx/crypto/mac.hpp>
#include <mcx/jose/jwk.hpp>
#include <mcx/jose/private_jwk.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

// MAC secrets as JSON: one's own, each for the one algorithm that the caller names. Nothing but a
// key that calls itself symmetric becomes one, and nothing that another kind of key has may be in
// it. The text is the caller's to wipe. No set of keys is read that has such a key; keys for
// encryption are not read at all. [RFC 7518 §6.4]

namespace mcx::jwk {

/// The members of a JWK that holds a MAC secret, which is shown where it stands in the text.
struct mac_members {
    word kty;
    std::optional<word> use;
    std::optional<list<word, 8>> key_ops;
    std::optional<word> alg;
    std::optional<key_id> kid;
    std::optional<json::borrowed_string> k;

    using fields =
        field_list<required<"kty", &mac_members::kty>, optional<"use", &mac_members::use>,
                   optional<"key_ops", &mac_members::key_ops>, optional<"alg", &mac_members::alg>,
                   optional<"kid", &mac_members::kid>, optional<"k", &mac_members::k>,
                   prohibited<"crv">, prohibited<"x">, prohibited<"y">, prohibited<"n">,
                   prohibited<"e">, prohibited<"pub">, prohibited<"d">, prohibited<"p">,
                   prohibited<"q">, prohibited<"dp">, prohibited<"dq">, prohibited<"qi">,
                   prohibited<"oth">, prohibited<"priv">>;
};

/// The secret of MAC algorithm A, and the name under which a JWK has it.
template <MacAlgorithm A>
struct mac_jwk {
    mac_secret<A> octets;
    key_id id;
};

namespace detail {

[[nodiscard]] constexpr error about_mac(errc code, std::string_view name) noexcept {
    return {code, mac_members::fields::number_of(name)};
}

/// Checks what a JWK says of a MAC secret of algorithm A beside its octets.
template <MacAlgorithm A>
[[nodiscard]] constexpr result<void> check_mac_use(mac_members const& m) noexcept {
    if (m.alg && !answers_to<A>(m.alg->view())) {
        return about_mac(errc::key_algorithm, "alg");
    }
    if (m.use && m.use->view() != "sig") {
        return about_mac(errc::key_use, "use");
    }
    if (m.key_ops && !one_of_a_pair(*m.key_ops, "sign", "verify") &&
        !one_of_a_pair(*m.key_ops, "verify", "sign")) {
        return about_mac(errc::key_operations, "key_ops");
    }
    return {};
}

/// Decodes the octets of a MAC secret.
template <MacAlgorithm A>
[[nodiscard]] result<mac_secret<A>> read_mac_octets(json::borrowed_string const& k) noexcept {
    using secret_type = mac_secret<A>;
    if (base64url::max_decoded_size(k.token.raw.size()) > secret_type::max_size) {
        return about_mac(errc::mac_secret_size, "k");
    }
    fixed_bytes<secret_type::max_size> octets{};
    auto const size = base64url::decode_secret(k.token.raw, octets);
    if (!size) {  // an escape is no character of base64url
        wipe(octets);
        return about_mac(errc::key_value, "k");
    }
    auto made = secret_type::from(byte_view{octets}.first(*size));
    wipe(octets);
    return made ? std::move(made) : about_mac(made.error().code, "k");
}

}  // namespace detail

/// Reads the secret of MAC algorithm A. `key_ops` may name either of "sign" and "verify", since who
/// has the secret can do both. Fails: json_*, key_set_shape (not an object), key_type (not "oct"),
/// key_value (a member of another kind of key, or a text of over `max_text`), key_missing_member,
/// key_shape, key_algorithm, key_use, key_operations, mac_secret_size; `where` is the member of
/// `mac_members`.
template <MacAlgorithm A>
[[nodiscard]] result<mac_jwk<A>> read_mac(std::string_view text) noexcept {
    if (text.size() > max_text) {
        return errc::key_value;
    }
    auto const kind = json::parse_object<detail::kind_of_key>(text, {}, detail::private_errors);
    if (!kind) {
        return kind.error();
    }
    if (kind->kty.view() != "oct") {
        return detail::about_mac(errc::key_type, "kty");
    }
    auto const m = json::parse_object<mac_members>(text, {}, detail::private_errors);
    if (!m) {
        return m.error();
    }
    if (auto const use = detail::check_mac_use<A>(*m); !use) {
        return use.error();
    }
    if (!m->k) {
        return detail::about_mac(errc::key_missing_member, "k");
    }
    auto octets = detail::read_mac_octets<A>(*m->k);
    if (!octets) {
        return octets.error();
    }
    return mac_jwk<A>{*std::move(octets), m->kid.value_or(key_id{})};
}

/// Writes a MAC secret as a JWK: the only function that does. Fails: utf8_invalid.
template <MacAlgorithm A>
[[nodiscard]] result<private_text> write_mac(mac_jwk<A> const& key) noexcept {
    char text[1024];
    json::writer w{text};
    w.begin_object();
    w.name("kty");
    w.string("oct");
    char encoded[base64url::encoded_size(mac_secret<A>::max_size)];
    std::size_t const length = base64url::encode_secret(key.octets.reveal(), encoded);
    w.name("k");
    w.string({encoded, length});
    wipe(std::as_writable_bytes(std::span{encoded}));
    detail::write_use<A>(w, key.id);
    w.end_object();
    return detail::take_written(w, text);
}

}  // namespace mcx::jwk

#endif
