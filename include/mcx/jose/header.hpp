// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_JOSE_HEADER_HPP
#define MCX_JOSE_HEADER_HPP

#include <mcx/codec/base64url.hpp>
#include <mcx/codec/json_object.hpp>
#include <mcx/core/bytes.hpp>
#include <mcx/core/list.hpp>
#include <mcx/core/text.hpp>
#include <mcx/crypto/key_id.hpp>

#include <algorithm>
#include <cstddef>
#include <optional>
#include <span>
#include <string_view>

// The protected header of a JWS. Its words are compared and nothing more: `jwk`, `jku`, `x5u` and
// `x5c` are read past, since no key ever comes out of a token, and a critical name that the program
// does not understand refuses the token. [RFC 7515 §4]

namespace mcx::jws {

/// The name of an algorithm as a header spells it.
using algorithm_name = text<struct algorithm_name_tag, 32>;

/// A media type as a header spells it.
using media_type = text<struct media_type_tag, 64>;

/// The name of a header parameter that `crit` lists.
using parameter_name = text<struct parameter_name_tag, 64>;

/// The protected header, in the order of RFC 7515 §4.1.
struct protected_header {
    algorithm_name alg;
    std::optional<key_id> kid;
    std::optional<media_type> typ;
    std::optional<media_type> cty;
    std::optional<list<parameter_name, 8>> crit;

    using fields =
        field_list<required<"alg", &protected_header::alg>, optional<"kid", &protected_header::kid>,
                   optional<"typ", &protected_header::typ>, optional<"cty", &protected_header::cty>,
                   optional<"crit", &protected_header::crit>, prohibited<"b64">, prohibited<"enc">>;
};

/// The protected header of a JWS whose payload is signed as it is. [RFC 7797 §3]
struct unencoded_header : protected_header {
    std::optional<bool> b64;

    using fields =
        field_list<required<"alg", &protected_header::alg>, optional<"kid", &protected_header::kid>,
                   optional<"typ", &protected_header::typ>, optional<"cty", &protected_header::cty>,
                   optional<"crit", &protected_header::crit>,
                   optional<"b64", &unencoded_header::b64>, prohibited<"enc">>;
};

/// The critical names that a program understands. [RFC 7515 §4.1.11]
template <fixed_string... Names>
struct critical_names {
    [[nodiscard]] static constexpr bool understands(
        [[maybe_unused]] std::string_view name) noexcept {
        return (false || ... || (Names.view() == name));
    }
};

/// These critical names go with a payload that is encoded: `b64` is not one of them.
template <class Understood>
concept EncodesPayload = !Understood::understands("b64");

namespace detail {

inline constexpr json::object_errors header_errors{errc::header_not_object, errc::header_missing,
                                                   errc::header_b64, errc::header_shape,
                                                   errc::header_value};

/// Names that RFC 7515 and RFC 7518 define: they must not be listed as critical.
[[nodiscard]] constexpr bool is_registered_name(std::string_view name) noexcept {
    constexpr std::string_view names[]{"alg",      "jku", "jwk", "kid",  "x5u", "x5c", "x5t",
                                       "x5t#S256", "typ", "cty", "crit", "enc", "zip", "epk",
                                       "apu",      "apv", "iv",  "tag",  "p2s", "p2c"};
    return std::find(std::begin(names), std::end(names), name) != std::end(names);
}

/// Tells whether the object in `text`, which has been read before, has a member of this name.
[[nodiscard]] constexpr bool has_member(std::string_view text, json::string_token name) noexcept {
    json::reader reader{text};
    for (auto step = reader.next(); step && step->kind != json::kind::end; step = reader.next()) {
        if (step->kind == json::kind::name) {
            if (json::mean_the_same(step->token(), name)) {
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

template <class Understood>
[[nodiscard]] constexpr result<void> check_critical(std::string_view text,
                                                    protected_header const& header) noexcept {
    constexpr auto number = protected_header::fields::number_of("crit");
    auto const& names = *header.crit;
    if (names.empty()) {
        return error{errc::critical_malformed, number};
    }
    for (std::size_t i = 0; i < names.size(); ++i) {
        std::string_view const name = names[i].view();
        bool const repeated =
            std::find(names.begin(), names.begin() + i, names[i]) != names.begin() + i;
        if (repeated || is_registered_name(name)) {
            return error{errc::critical_malformed, number};
        }
        if (!Understood::understands(name)) {
            return error{errc::critical_header, number};
        }
        if (!has_member(text, {name, false})) {
            return error{errc::critical_malformed, number};
        }
    }
    return {};
}

/// Reads a protected header that has been decoded. One with `enc` is that of an encrypted token.
/// [RFC 7516 §9]
template <class Header, class Understood>
[[nodiscard]] constexpr result<Header> read_header(std::string_view object) noexcept {
    using fields = typename Header::fields;
    auto header = json::parse_object<Header>(object, {}, header_errors);
    if (error const e = header.error();
        e.code == errc::header_b64 && e.where == fields::number_of("enc")) {
        return error{errc::encrypted_token, e.where, e.offset};
    }
    if (header && header->kid && header->kid->empty()) {
        return error{errc::header_value, fields::number_of("kid")};
    }
    if (header && header->crit) {
        if (auto const checked = check_critical<Understood>(object, *header); !checked) {
            return checked.error();
        }
    }
    return header;
}

}  // namespace detail

/// The longest header that is decoded, in octets.
inline constexpr std::size_t max_header_size = 1024;

namespace detail {

/// Room for a decoded header, which is only initialised where the language asks for it.
struct header_text {
    char characters[max_header_size];

    constexpr header_text() noexcept {
        if (std::is_constant_evaluated()) {
            std::fill_n(characters, max_header_size, '\0');
        }
    }

    /// Decodes a header. Fails: base64_*, header_too_long.
    [[nodiscard]] constexpr result<std::string_view> decode(std::string_view encoded) noexcept {
        if (base64url::max_decoded_size(encoded.size()) > max_header_size) {
            return errc::header_too_long;
        }
        return base64url::decode_text(encoded, characters);
    }
};

/// Refuses a header that does not say, critically, that the payload is not encoded.
[[nodiscard]] constexpr result<void> check_unencoded(unencoded_header const& header) noexcept {
    bool const critical =
        header.crit && std::any_of(header.crit->begin(), header.crit->end(),
                                   [](auto const& name) { return name.view() == "b64"; });
    if (!header.b64 || *header.b64 || !critical) {
        return error{errc::header_b64, unencoded_header::fields::number_of("b64")};
    }
    return {};
}

}  // namespace detail

/// The JSON text of a parameter of a protected header that has been read before, for a program that
/// understands it as critical; it stands in `space`, which holds `max_header_size` characters.
/// Fails: header_missing, buffer_too_small. [RFC 7515 §4.1.11]
[[nodiscard]] inline result<std::string_view> parameter_of(std::string_view encoded,
                                                           std::string_view name,
                                                           std::span<char> space) noexcept {
    auto const size = base64url::decode(encoded, std::as_writable_bytes(space));
    if (!size) {
        return size.error();
    }
    json::reader reader{std::string_view{space.data(), *size}};
    for (auto step = reader.next(); step && step->kind != json::kind::end; step = reader.next()) {
        if (step->kind != json::kind::name) {
            continue;
        }
        bool const found = json::means(step->token(), name);
        auto const first = reader.next();
        auto const value = first ? reader.skip(*first) : first.error();
        if (!value || found) {
            return value;
        }
    }
    return errc::header_missing;
}

/// Decodes and reads a protected header. `Understood` are the `critical_names` of the program.
/// Fails: base64_*, header_too_long, json_*, header_not_object, header_missing, header_shape,
/// header_value (also a `kid` without characters), header_b64, encrypted_token (`enc`),
/// critical_malformed, critical_header.
template <class Understood = critical_names<>>
    requires EncodesPayload<Understood>
[[nodiscard]] constexpr result<protected_header> parse_header(std::string_view encoded) noexcept {
    detail::header_text text;
    auto const object = text.decode(encoded);
    if (!object) {
        return object.error();
    }
    return detail::read_header<protected_header, Understood>(*object);
}

/// Decodes and reads the protected header of a JWS whose payload is signed as it is: it has to say
/// so by `b64`, and that this is critical. Fails: as `parse_header`. [RFC 7797 §3, §6]
template <class Understood = critical_names<"b64">>
    requires(!EncodesPayload<Understood>)
[[nodiscard]] constexpr result<protected_header> parse_unencoded_header(
    std::string_view encoded) noexcept {
    detail::header_text text;
    auto const object = text.decode(encoded);
    if (!object) {
        return object.error();
    }
    auto const header = detail::read_header<unencoded_header, Understood>(*object);
    if (!header) {
        return header.error();
    }
    if (auto const checked = detail::check_unencoded(*header); !checked) {
        return checked.error();
    }
    return static_cast<protected_header const&>(*header);
}

}  // namespace mcx::jws

#endif
