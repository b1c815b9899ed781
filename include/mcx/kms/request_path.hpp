// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_KMS_REQUEST_PATH_HPP
#define MCX_KMS_REQUEST_PATH_HPP

#include <mcx/codec/hex.hpp>
#include <mcx/codec/uri.hpp>
#include <mcx/core/result.hpp>
#include <mcx/core/time.hpp>
#include <mcx/kms/key_period.hpp>
#include <mcx/kms/names.hpp>
#include <mcx/kms/uri.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

// What a request to a KMS asks for: the path below the KMS's root. [TS 33.180 D.2.3 to D.2.8] URIs
// in it are percent-encoded octet for octet, and times are the 64 bits of an NTP timestamp as 16
// hexadecimal digits. The path of a Lookup [D.2.7] is not known here, nor is what a KMS answers to
// an upload of redirect responses [D.2.8].

namespace mcx::kms {

/// The certificate of the user's own KMS. [TS 33.180 D.2.3]
struct init_request {
    friend constexpr bool operator==(init_request const&, init_request const&) = default;
};

/// Key sets: of the user who asks or of another URI, for now or for another time. A time needs a
/// URI before it. [TS 33.180 D.2.4]
struct key_prov_request {
    std::optional<user_uri> user;
    std::optional<instant> at;
    friend constexpr bool operator==(key_prov_request const&, key_prov_request const&) = default;
};

/// The certificates of external domains, or what has changed since a cache of this number.
/// [TS 33.180 D.2.5]
struct cert_cache_request {
    std::optional<std::uint64_t> held;
    friend constexpr bool operator==(cert_cache_request const&,
                                     cert_cache_request const&) = default;
};

/// The certificate of one KMS. [TS 33.180 D.2.6]
struct cert_request {
    kms_uri kms;
    friend constexpr bool operator==(cert_request const&, cert_request const&) = default;
};

/// Nothing: the request brings redirect responses, in its KrrList. [TS 33.180 D.2.8]
struct redirect_request {
    friend constexpr bool operator==(redirect_request const&, redirect_request const&) = default;
};

/// Anything that a KMS can be asked for here.
using wish = std::variant<init_request, key_prov_request, cert_cache_request, cert_request,
                          redirect_request>;

/// The path that every request has before its own.
inline constexpr std::string_view request_root = "/keymanagement/identity/v1/";

}  // namespace mcx::kms

namespace mcx::detail {

/// Characters that stand for themselves. [RFC 3986 §2.3]
[[nodiscard]] constexpr bool kms_is_unreserved(char c) noexcept {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '.' || c == '_' || c == '~';
}

inline void append_percent_encoded(std::string& to, std::string_view text) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    for (char const c : text) {
        if (kms_is_unreserved(c)) {
            to += c;
        } else {
            auto const octet = static_cast<unsigned char>(c);
            to += {'%', digits[octet >> 4U], digits[octet & 15U]};
        }
    }
}

/// The seconds of an NTP timestamp and a fraction of zero.
inline void append_timestamp(std::string& to, kms::ntp_time at) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    for (unsigned shift = 32; shift != 0; shift -= 4) {
        to += digits[(at.seconds >> (shift - 4)) & 15U];
    }
    to += "00000000";
}

/// Decodes one segment of a path into a name. Fails: request_path, for what would end the segment
/// or the path, too. [RFC 3986 §3.3]
template <class Text>
[[nodiscard]] constexpr result<Text> read_segment(std::string_view segment) noexcept {
    std::array<char, Text::max_size> decoded{};
    std::size_t size = 0;
    for (std::size_t at = 0; at < segment.size(); ++at) {
        char c = segment[at];
        if (c == '%') {
            fixed_bytes<1> octet{};
            if (segment.size() - at < 3 || !hex::decode(segment.substr(at + 1, 2), octet)) {
                return errc::request_path;
            }
            c = static_cast<char>(std::to_integer<unsigned char>(octet[0]));
            at += 2;
        } else if ((uri_set_of(c) & (uri_name | uri_colon | uri_at)) == 0) {
            return errc::request_path;
        }
        if (size == decoded.size()) {
            return errc::request_path;
        }
        decoded[size++] = c;
    }
    auto const made = Text::from({decoded.data(), size});
    return made ? made : result<Text>{errc::request_path};
}

/// Reads a timestamp, whose era is the one nearest to a time. Fails: request_path.
[[nodiscard]] constexpr result<instant> read_timestamp(std::string_view digits,
                                                       instant about) noexcept {
    fixed_bytes<8> octets{};
    auto const near = kms::ntp_time::from(about);
    if (digits.size() != 16 || !hex::decode(digits, octets) || !near) {
        return errc::request_path;
    }
    std::uint32_t seconds = 0;
    for (std::size_t i = 0; i < 4; ++i) {
        seconds = seconds << 8U | std::to_integer<std::uint32_t>(octets[i]);
    }
    return kms::ntp_time::from_timestamp(seconds, *near).to_instant();
}

[[nodiscard]] constexpr result<std::uint64_t> read_cache_number(std::string_view digits) noexcept {
    constexpr auto max = std::numeric_limits<std::uint64_t>::max();
    std::uint64_t value = 0;
    for (char const c : digits) {
        if (c < '0' || c > '9' || value > max / 10 ||
            static_cast<std::uint64_t>(c - '0') > max - value * 10) {
            return errc::request_path;
        }
        value = value * 10 + static_cast<std::uint64_t>(c - '0');
    }
    return digits.empty() ? result<std::uint64_t>{errc::request_path} : value;
}

[[nodiscard]] constexpr result<kms::wish> read_key_prov(std::string_view rest,
                                                        instant about) noexcept {
    auto const slash = rest.find('/');
    auto const user = read_segment<kms::user_uri>(rest.substr(0, slash));
    if (!user) {
        return user.error();
    }
    kms::key_prov_request made{*user, std::nullopt};
    if (slash != std::string_view::npos) {
        auto const at = read_timestamp(rest.substr(slash + 1), about);
        if (!at) {
            return at.error();
        }
        made.at = *at;
    }
    return kms::wish{made};
}

}  // namespace mcx::detail

namespace mcx::kms {

/// Tells whether a timestamp of 32 bits means a time to whoever reads it at another: it has no era,
/// so that one 68 years away or more means something else. [RFC 5905 §6]
[[nodiscard]] constexpr bool is_near(instant at, instant now) noexcept {
    auto const said = ntp_time::from(at);
    auto const about = ntp_time::from(now);
    return said && about &&
           ntp_time::from_timestamp(static_cast<std::uint32_t>(said->seconds & 0xFFFF'FFFFU),
                                    *about) == *said;
}

/// Writes the URL to post a request to, below the root of a server such as
/// https://kms.example.org. A time is written without its era: see `is_near`. Fails: value_empty (a
/// time without a URI), out_of_range (a time before 1900, or later than any), value_too_long.
[[nodiscard]] inline result<request_url> write_request_url(std::string_view server,
                                                           wish const& wanted) {
    std::string url{server};
    url += request_root;
    if (auto const* const keys = std::get_if<key_prov_request>(&wanted)) {
        url += "keyprov";
        if (keys->at && !keys->user) {
            return errc::value_empty;
        }
        if (keys->user) {
            url += '/';
            detail::append_percent_encoded(url, keys->user->view());
        }
        if (keys->at) {
            auto const at = ntp_time::from(*keys->at);
            if (!at) {
                return errc::out_of_range;
            }
            url += '/';
            detail::append_timestamp(url, *at);
        }
    } else if (auto const* const cache = std::get_if<cert_cache_request>(&wanted)) {
        url += "certcache";
        if (cache->held) {
            url += '/' + std::to_string(*cache->held);
        }
    } else if (auto const* const one = std::get_if<cert_request>(&wanted)) {
        url += "cert/";
        detail::append_percent_encoded(url, one->kms.view());
    } else if (std::holds_alternative<redirect_request>(wanted)) {
        url += "redirect";
    } else {
        url += "init";
    }
    return request_url::from(url);
}

/// Reads what a URL asks of a server. The era of a timestamp is the one in which it is nearest to
/// now. Fails: request_path. Cost: no allocation.
[[nodiscard]] constexpr result<wish> read_request_url(std::string_view server, std::string_view url,
                                                      Clock auto const& clock) noexcept {
    if (!url.starts_with(server)) {
        return errc::request_path;
    }
    url.remove_prefix(server.size());
    if (!url.starts_with(request_root)) {
        return errc::request_path;
    }
    url.remove_prefix(request_root.size());
    auto const slash = url.find('/');
    auto const verb = url.substr(0, slash);
    bool const bare = slash == std::string_view::npos;
    auto const rest = bare ? std::string_view{} : url.substr(slash + 1);
    if (verb == "init" && bare) {
        return wish{init_request{}};
    }
    if (verb == "redirect" && bare) {
        return wish{redirect_request{}};
    }
    if (verb == "keyprov") {
        return bare ? result<wish>{wish{key_prov_request{}}}
                    : detail::read_key_prov(rest, clock.now());
    }
    if (verb == "certcache") {
        return bare ? result<wish>{wish{cert_cache_request{}}}
                    : detail::read_cache_number(rest).transform(
                          [](std::uint64_t n) { return wish{cert_cache_request{n}}; });
    }
    if (verb == "cert" && !bare) {
        return detail::read_segment<kms_uri>(rest).transform(
            [](kms_uri const& kms) { return wish{cert_request{kms}}; });
    }
    return errc::request_path;
}

}  // namespace mcx::kms

#endif
