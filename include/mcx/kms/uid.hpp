// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_KMS_UID_HPP
#define MCX_KMS_UID_HPP

#include <mcx/codec/base64url.hpp>
#include <mcx/codec/hex.hpp>
#include <mcx/core/bytes.hpp>
#include <mcx/core/result.hpp>
#include <mcx/core/text.hpp>
#include <mcx/crypto/digest.hpp>
#include <mcx/kms/key_period.hpp>
#include <mcx/kms/uri.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

// The UID: what identity-based cryptography takes for the identity of a user, for one key period of
// one security domain. [TS 33.180 F.2.1] It is a plain SHA-256, not the key derivation function of
// clause F.1, and not a secret.

namespace mcx::kms {

/// The UID of a user for a key period.
class uid {
    fixed_bytes<32> octets_;

  public:
    constexpr explicit uid(fixed_bytes<32> const& octets) noexcept : octets_(octets) {}

    struct text_tag {};
    using written = text<text_tag, 44>;

    /// Reads 44 characters of base64, as the TS has it, or 64 hexadecimal digits, as some KMSs have
    /// it. Fails: base64_length (neither), base64_padding, base64_character, base64_spare_bits,
    /// hex_character. [TS 33.180 D.3.3.2 UserID; RFC 4648 §4]
    [[nodiscard]] static constexpr result<uid> parse(std::string_view text) noexcept;

    /// Writes 44 characters of base64.
    [[nodiscard]] constexpr written encode() const noexcept;

    [[nodiscard]] constexpr fixed_bytes<32> const& octets() const noexcept { return octets_; }

    friend constexpr bool operator==(uid const&, uid const&) = default;
};

/// The hash function of the UID.
template <class D>
concept UidDigest = Digest<D> && D::size == 32;

}  // namespace mcx::kms

namespace mcx::detail {

/// Hashes a parameter and its length, as the UID wants them: Pi, Li.
template <kms::UidDigest D>
constexpr void update_uid_octets(D& digest, byte_view octets) noexcept {
    digest.update(octets);
    fixed_bytes<2> const length{static_cast<std::byte>(octets.size() >> 8U),
                                static_cast<std::byte>(octets.size() & 0xFFU)};
    digest.update(length);
}

template <kms::UidDigest D, std::size_t N>
constexpr void update_uid_text(D& digest, std::string_view text) noexcept {
    // A copy, since a text cannot be looked at as octets in a constant expression.
    fixed_bytes<N> octets{};
    for (std::size_t i = 0; i < text.size(); ++i) {
        octets[i] = to_byte(text[i]);
    }
    update_uid_octets(digest, byte_view{octets}.first(text.size()));
}

/// A number has as many octets as it needs, and at least one.
template <kms::UidDigest D>
constexpr void update_uid_number(D& digest, std::uint64_t number) noexcept {
    fixed_bytes<8> octets{};
    std::size_t first = octets.size();
    do {
        octets[--first] = static_cast<std::byte>(number & 0xFFU);
        number >>= 8U;
    } while (number != 0);
    update_uid_octets(digest, byte_view{octets}.subspan(first));
}

/// Exchanges the two characters in which base64 and base64url differ.
[[nodiscard]] constexpr char exchanged(char c, std::string_view from,
                                       std::string_view to) noexcept {
    auto const at = from.find(c);
    return at == std::string_view::npos ? c : to[at];
}

}  // namespace mcx::detail

namespace mcx::kms {

/// Makes the UID of P1 to P5, whatever the last three are: what `make_uid` does, for domains that
/// do not observe P4 < P3. Fails: backend. [TS 33.180 F.2.1.1]
template <UidDigest D>
[[nodiscard]] constexpr result<uid> unchecked_uid(user_uri const& user, kms_uri const& kms,
                                                  std::uint64_t length, std::uint64_t offset,
                                                  std::uint64_t number) noexcept {
    D digest;
    fixed_bytes<1> const function_code{std::byte{0}};
    digest.update(function_code);
    detail::update_uid_text<D, 15>(digest, "MIKEY-SAKKE-UID");
    detail::update_uid_text<D, user_uri::max_size>(digest, user.view());
    detail::update_uid_text<D, kms_uri::max_size>(digest, kms.view());
    detail::update_uid_number(digest, length);
    detail::update_uid_number(digest, offset);
    detail::update_uid_number(digest, number);
    return digest.finish().transform([](fixed_bytes<32> const& octets) { return uid{octets}; });
}

/// Makes the UID of a user of a security domain for a period. Fails: backend.
/// [TS 33.180 F.2.1.1]
template <UidDigest D>
[[nodiscard]] constexpr result<uid> make_uid(user_uri const& user, kms_uri const& kms,
                                             key_period const& period,
                                             std::uint64_t number) noexcept {
    return unchecked_uid<D>(user, kms, period.length(), period.offset(), number);
}

constexpr result<uid> uid::parse(std::string_view text) noexcept {
    fixed_bytes<32> octets{};
    if (text.size() == 64) {
        auto const size = hex::decode(text, octets);
        return size ? result<uid>{uid{octets}} : result<uid>{size.error()};
    }
    if (text.size() != written::max_size) {
        return errc::base64_length;
    }
    std::array<char, 43> url{};
    for (std::size_t i = 0; i < url.size(); ++i) {
        // Neither the characters of the other alphabet nor anything else may slip through.
        url[i] = detail::exchanged(text[i], "+/-_", "-_..");
    }
    if (text.back() != '=') {
        return errc::base64_padding;
    }
    auto const size = base64url::decode({url.data(), url.size()}, octets);
    return size ? result<uid>{uid{octets}} : result<uid>{size.error()};
}

constexpr uid::written uid::encode() const noexcept {
    std::array<char, written::max_size> out{};
    base64url::encode(octets_, out);
    for (char& c : out) {
        c = detail::exchanged(c, "-_", "+/");
    }
    out.back() = '=';
    return written::from({out.data(), out.size()}).value();
}

}  // namespace mcx::kms

#endif
