// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_JOSE_JSON_SERIALIZATION_HPP
#define MCX_JOSE_JSON_SERIALIZATION_HPP

#include <mcx/codec/base64url.hpp>
#include <mcx/codec/json_borrowed.hpp>
#include <mcx/codec/json_object.hpp>
#include <mcx/core/result.hpp>
#include <mcx/crypto/key_id.hpp>
#include <mcx/jose/header.hpp>
#include <mcx/jose/signing_input.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>

// What the two serializations of a JWS in JSON have in common: members that are shown where they
// stand in the text, and a header of two halves. Of the half that nothing protects only `kid` is
// used, which chooses a key and proves nothing; `alg`, `crit` and `b64` may not be in it. The
// serializations themselves are in jose/flattened.hpp and jose/general.hpp. [RFC 7515 §7.2]

namespace mcx::jws {

/// The header that nothing protects, numbered like `protected_header`. [RFC 7515 §7.2.1]
struct unprotected_header {
    std::optional<key_id> kid;
    std::optional<media_type> typ;
    std::optional<media_type> cty;

    using fields = field_list<prohibited<"alg">, optional<"kid", &unprotected_header::kid>,
                              optional<"typ", &unprotected_header::typ>,
                              optional<"cty", &unprotected_header::cty>, prohibited<"crit">,
                              prohibited<"b64">, prohibited<"enc">>;
};

namespace detail {

inline constexpr json::object_errors jws_errors{errc::jws_member_shape, errc::jws_member_missing,
                                                errc::other_json_serialization,
                                                errc::jws_member_shape, errc::jws_member_shape};

inline constexpr json::object_errors unprotected_errors{
    errc::header_not_object, errc::header_missing, errc::header_unprotected, errc::header_shape,
    errc::header_value};

/// The two halves of a header and the text that the signature covers.
struct split_header {
    std::string_view encoded;
    protected_header protected_half;
    std::optional<key_id> kid;  // of whichever half has one
};

/// Tells whether two objects, which have been read before, have a member of the same name.
[[nodiscard]] constexpr bool share_a_name(std::string_view left, std::string_view right) noexcept {
    json::reader reader{left};
    for (auto step = reader.next(); step && step->kind != json::kind::end; step = reader.next()) {
        if (step->kind == json::kind::name) {
            if (has_member(right, step->token())) {
                return true;
            }
            auto const content = reader.next();
            if (!content || !reader.skip(*content)) {
                return false;
            }
        }
    }
    return false;
}

/// The characters of a string that holds base64url text, which no escape can stand for.
[[nodiscard]] constexpr result<std::string_view> encoded_text(
    json::borrowed_string const& s) noexcept {
    if (s.token.escaped) {
        std::size_t const place = s.offset + s.token.raw.find('\\');
        return error{errc::base64_character, 0, mcx::detail::offset32(place)};
    }
    return s.token.raw;
}

/// Moves the offset of an error to where the text that it concerns begins.
[[nodiscard]] constexpr error moved(error e, std::uint32_t by) noexcept {
    return {e.code, e.where, mcx::detail::offset32(std::size_t{e.offset} + by)};
}

/// Reads the half of a header that nothing protects.
[[nodiscard]] constexpr result<unprotected_header> read_unprotected(
    std::optional<json::borrowed_object> const& half) noexcept {
    if (!half) {
        return unprotected_header{};
    }
    if (half->text.size() > max_header_size) {
        return error{errc::header_too_long, 0, half->offset};
    }
    auto const read = json::parse_object<unprotected_header>(half->text, {}, unprotected_errors);
    return read ? read : moved(read.error(), half->offset);
}

/// Reads the header of one signature. `Unencoded` where its payload has to be signed as it is.
template <bool Unencoded, class Understood>
[[nodiscard]] constexpr result<split_header> read_split_header(
    std::optional<json::borrowed_string> const& protected_half,
    std::optional<json::borrowed_object> const& unprotected_half) noexcept {
    auto const open = read_unprotected(unprotected_half);
    if (!open) {
        return open.error();
    }
    if (open->kid && open->kid->empty()) {
        return error{errc::header_value, unprotected_header::fields::number_of("kid")};
    }
    if (!protected_half) {
        return error{errc::header_missing, protected_header::fields::number_of("alg")};
    }
    auto const encoded = encoded_text(*protected_half);
    if (!encoded) {
        return encoded.error();
    }
    header_text text;
    auto const object = text.decode(*encoded);
    if (!object) {
        return moved(object.error(), protected_half->offset);
    }
    using header_type = std::conditional_t<Unencoded, unencoded_header, protected_header>;
    auto const header = read_header<header_type, Understood>(*object);
    if (!header) {
        return header.error();
    }
    if constexpr (Unencoded) {
        if (auto const checked = check_unencoded(*header); !checked) {
            return checked.error();
        }
    }
    if (unprotected_half && share_a_name(unprotected_half->text, *object)) {
        return error{errc::header_repeated, 0, unprotected_half->offset};
    }
    return split_header{*encoded, *header, header->kid ? header->kid : open->kid};
}

/// Refuses a payload where it is due elsewhere, and the lack of one where it is not. `Members` are
/// those of the serialization.
template <class Members>
[[nodiscard]] constexpr result<void> check_payload(
    std::optional<json::borrowed_string> const& payload,
    std::optional<payload_chain> const& elsewhere) noexcept {
    constexpr std::uint16_t number = Members::fields::number_of("payload");
    if (elsewhere && payload) {
        return error{errc::payload_not_detached, number, payload->offset};
    }
    if (!elsewhere && !payload) {
        return error{errc::jws_member_missing, number};
    }
    return {};
}

/// The payload of a signing input that has no header yet: in the token's text, or elsewhere.
template <bool Unencoded>
[[nodiscard]] constexpr result<signing_input> payload_input(
    std::optional<json::borrowed_string> const& payload,
    std::optional<payload_chain> const& elsewhere) noexcept {
    if (elsewhere) {
        return Unencoded ? signing_input::of_unencoded_octets({}, *elsewhere)
                         : signing_input::of_octets({}, *elsewhere);
    }
    if constexpr (Unencoded) {
        return signing_input::of_string({}, payload->token);
    } else {
        auto const text = encoded_text(*payload);
        if (!text) {
            return text.error();
        }
        if (auto const canonical = base64url::check(*text); !canonical) {
            return moved(canonical.error(), payload->offset);
        }
        return signing_input::of_text({}, *text);
    }
}

/// Refuses a text that is too long, or that is a compact serialization.
[[nodiscard]] constexpr result<void> check_json_form(std::string_view text,
                                                     std::size_t max_size) noexcept {
    if (text.size() > max_size) {
        return errc::token_too_long;
    }
    bool const compact = !text.empty() && mcx::detail::base64url_lookup(0, text.front()) !=
                                              mcx::detail::base64url_refused;
    return compact ? result<void>{errc::compact_serialization} : result<void>{};
}

/// Reads the members of a token whose payload is in its text, or is the one given.
template <class Members>
[[nodiscard]] constexpr result<Members> read_members(
    std::string_view text, std::size_t max_size,
    std::optional<payload_chain> const& elsewhere) noexcept {
    if (auto const form = check_json_form(text, max_size); !form) {
        return form.error();
    }
    auto m = json::parse_object<Members>(text, {}, jws_errors);
    if (!m) {
        error const e = m.error();
        bool const encrypted = e.code == errc::other_json_serialization &&
                               e.where == Members::fields::number_of("ciphertext");
        return encrypted ? error{errc::encrypted_token, e.where, e.offset} : e;
    }
    auto const place = check_payload<Members>(m->payload, elsewhere);
    return place ? std::move(m) : result<Members>{place.error()};
}

}  // namespace detail

}  // namespace mcx::jws

#endif
