// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_JOSE_SIGNING_INPUT_HPP
#define MCX_JOSE_SIGNING_INPUT_HPP

#include <mcx/codec/base64url.hpp>
#include <mcx/codec/json_text.hpp>
#include <mcx/core/bytes.hpp>
#include <mcx/core/result.hpp>
#include <mcx/crypto/digest.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

// What a JWS signs, header.payload, where the two do not stand next to each other: in JSON, and
// where the payload comes apart from the token. It is walked over in pieces and put together only
// for an algorithm that cannot do with pieces. [RFC 7515 §5.1, RFC 7797 §3]

namespace mcx::jws {

/// A payload in pieces that somebody else owns.
using payload_chain = std::span<byte_view const>;

namespace detail {

/// Puts pieces together in somebody's space, as long as they fit.
class collector {
    byte_span space_;
    std::size_t size_ = 0;
    bool fits_ = true;

  public:
    explicit constexpr collector(byte_span space) noexcept : space_(space) {}

    constexpr void operator()(byte_view piece) noexcept {
        fits_ = fits_ && piece.size() <= space_.size() - size_;
        if (fits_) {
            std::copy(piece.begin(), piece.end(), space_.subspan(size_).begin());
            size_ += piece.size();
        }
    }

    /// What was put together. Fails: buffer_too_small.
    [[nodiscard]] constexpr result<byte_view> octets() const noexcept {
        return fits_ ? result<byte_view>{space_.first(size_)} : errc::buffer_too_small;
    }
};

}  // namespace detail

/// The octets that were signed. Borrows all of them.
class signing_input {
    enum class form : std::uint8_t { text, string, octets, unencoded_octets };

    std::string_view header_;
    json::string_token payload_;
    payload_chain chain_;
    form form_ = form::text;

    constexpr signing_input(std::string_view header, json::string_token payload,
                            payload_chain chain, form f) noexcept
        : header_(header), payload_(payload), chain_(chain), form_(f) {}

    template <class Update>
    void encode_chain(Update& update) const {
        fixed_bytes<768> octets;
        char text[base64url::encoded_size(octets.size())];
        std::size_t held = 0;
        auto const flush = [&] {
            std::size_t const size = base64url::encode(byte_view{octets}.first(held), text);
            update(as_bytes({text, size}));
            held = 0;
        };
        for (byte_view piece : chain_) {
            while (!piece.empty()) {
                std::size_t const taken = std::min(piece.size(), octets.size() - held);
                std::copy_n(piece.begin(), taken, octets.begin() + held);
                held += taken;
                piece = piece.subspan(taken);
                if (held == octets.size()) {
                    flush();
                }
            }
        }
        flush();
    }

    template <class Update>
    void unescape(Update& update) const {
        char text[256];
        std::size_t held = 0;
        json::detail::octet_cursor octets{payload_.raw};
        for (int octet = octets.next(); octet >= 0; octet = octets.next()) {
            text[held++] = static_cast<char>(static_cast<unsigned char>(octet));
            if (held == sizeof text) {
                update(as_bytes({text, held}));
                held = 0;
            }
        }
        update(as_bytes({text, held}));
    }

  public:
    /// A header and a payload that is encoded already.
    [[nodiscard]] static constexpr signing_input of_text(std::string_view header,
                                                         std::string_view payload) noexcept {
        return {header, {payload, false}, {}, form::text};
    }
    /// A header and a payload that is what a JSON string means.
    [[nodiscard]] static constexpr signing_input of_string(std::string_view header,
                                                           json::string_token payload) noexcept {
        return {header, payload, {}, form::string};
    }
    /// A header and a payload that is encoded on the way.
    [[nodiscard]] static constexpr signing_input of_octets(std::string_view header,
                                                           payload_chain payload) noexcept {
        return {header, {}, payload, form::octets};
    }
    /// A header and a payload that is signed as it is.
    [[nodiscard]] static constexpr signing_input of_unencoded_octets(
        std::string_view header, payload_chain payload) noexcept {
        return {header, {}, payload, form::unencoded_octets};
    }

    /// The same payload under another header.
    [[nodiscard]] constexpr signing_input under(std::string_view header) const noexcept {
        return {header, payload_, chain_, form_};
    }

    /// Calls `update(byte_view)` for each piece in order; a piece lives as long as the call.
    template <class Update>
    void operator()(Update&& update) const {
        update(as_bytes(header_));
        update(as_bytes("."));
        if (form_ == form::octets) {
            encode_chain(update);
        } else if (form_ == form::unencoded_octets) {
            for (byte_view const piece : chain_) {
                update(piece);
            }
        } else if (form_ == form::string && payload_.escaped) {
            unescape(update);
        } else {
            update(as_bytes(payload_.raw));
        }
    }

    /// How many octets these are at most: exactly so many, but for a JSON string with escapes.
    [[nodiscard]] std::size_t size() const noexcept {
        std::size_t octets = payload_.raw.size();
        for (byte_view const piece : chain_) {
            octets += piece.size();
        }
        return header_.size() + 1 +
               (form_ == form::octets ? base64url::encoded_size(octets) : octets);
    }

    /// Puts the octets together in the caller's space. Fails: buffer_too_small.
    [[nodiscard]] result<byte_view> gather(byte_span space) const noexcept {
        detail::collector into{space};
        (*this)(into);
        return into.octets();
    }

    /// The payload of a token, in the caller's octets. Fails: base64_*, buffer_too_small.
    [[nodiscard]] result<byte_view> payload(byte_span out) const noexcept {
        if (form_ == form::octets || form_ == form::unencoded_octets) {
            detail::collector into{out};
            for (byte_view const piece : chain_) {
                into(piece);
            }
            return into.octets();
        }
        if (form_ == form::text) {
            auto const size = base64url::decode(payload_.raw, out);
            return size ? result<byte_view>{out.first(*size)} : size.error();
        }
        auto const room = as_writable_text(out);
        auto const meant = json::meaning(payload_, room);
        if (!meant || meant->size() > room.size()) {
            return errc::buffer_too_small;
        }
        if (!payload_.escaped) {
            std::copy(meant->begin(), meant->end(), room.begin());
        }
        return out.first(meant->size());
    }

    /// The digest of the octets, which names the token. Fails: backend.
    template <Digest D>
    [[nodiscard]] result<fixed_bytes<D::size>> identity() const noexcept {
        D digest;
        (*this)([&digest](byte_view piece) { digest.update(piece); });
        return digest.finish();
    }
};

}  // namespace mcx::jws

#endif
