// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_JWT_AUDIENCE_HPP
#define MCX_JWT_AUDIENCE_HPP

#include <mcx/codec/json_value.hpp>
#include <mcx/core/list.hpp>
#include <mcx/core/text.hpp>
#include <mcx/jwt/claims.hpp>

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <string_view>

// The audience of a token, and the rules by which a profile asks it. [RFC 7519 §4.1.3]

namespace mcx {

namespace detail {

struct recipient_tag : non_empty_tag {};

}  // namespace detail

/// One party that a token is meant for: an address or a client id, 1 to 255 octets without control
/// characters, compared octet for octet.
using recipient = text<detail::recipient_tag, 255>;

/// The parties that a token is meant for, at most 8. On the wire one is a string or an array of
/// one, several are an array; an empty array is refused.
class audience {
    list<recipient, 8> recipients_;

  public:
    static constexpr std::size_t max_count = 8;

    constexpr audience() noexcept = default;
    constexpr audience(recipient const& only) noexcept { (void)add(only); }

    /// Adds a party. Fails: value_too_long (there are 8 already).
    constexpr result<void> add(recipient const& who) noexcept { return recipients_.push_back(who); }

    /// Tells whether a party is among those named.
    [[nodiscard]] constexpr bool names(std::string_view who) const noexcept {
        return std::any_of(begin(), end(), [who](recipient const& r) { return r.view() == who; });
    }
    /// Tells whether it names anybody but this party.
    [[nodiscard]] constexpr bool names_another(std::string_view than) const noexcept {
        return std::any_of(begin(), end(), [than](recipient const& r) { return r.view() != than; });
    }

    [[nodiscard]] constexpr recipient const* begin() const noexcept { return recipients_.begin(); }
    [[nodiscard]] constexpr recipient const* end() const noexcept { return recipients_.end(); }
    [[nodiscard]] constexpr std::size_t size() const noexcept { return recipients_.size(); }
    [[nodiscard]] constexpr bool empty() const noexcept { return recipients_.empty(); }

    friend constexpr bool operator==(audience const&, audience const&) = default;
};

template <>
struct json::value<audience> {
    static constexpr std::size_t depth = 1;

    static constexpr result<void> read(reader& r, event const& first, audience& out) noexcept {
        if (first.kind == kind::string) {
            recipient only;
            if (auto const read = value<recipient>::read(r, first, only); !read) {
                return read.error();
            }
            out = audience{only};
            return {};
        }
        if (first.kind != kind::array_begin) {
            return errc::json_type;
        }
        audience made;
        for (event item; r.next(item);) {
            if (item.kind == kind::array_end) {
                if (made.empty()) {
                    return errc::json_value;
                }
                out = made;
                return {};
            }
            recipient who;
            if (auto const read = value<recipient>::read(r, item, who); !read) {
                return read.error();
            }
            if (!made.add(who)) {
                return errc::json_value;
            }
        }
        return r.failure();
    }
    static constexpr void write(writer& w, audience const& in) noexcept {
        if (in.size() == 1) {
            w.string(in.begin()->view());
            return;
        }
        w.begin_array();
        for (recipient const& who : in) {
            w.string(who.view());
        }
        w.end_array();
    }
};

namespace jwt {

/// The further names of one that asks an audience.
using other_names = list<recipient, 3>;

/// The names of the one who asks an audience: one, and up to three others. Borrows them.
class asker {
    std::string_view name_;
    other_names const* others_ = nullptr;

  public:
    template <std::convertible_to<std::string_view> T>
    constexpr asker(T const& name) noexcept : name_(name) {}
    constexpr asker(recipient const& name, other_names const& others) noexcept
        : name_(name.view()), others_(&others) {}

    /// Tells whether this is one of the names.
    [[nodiscard]] constexpr bool is(std::string_view who) const noexcept {
        return who == name_ || (others_ != nullptr &&
                                std::any_of(others_->begin(), others_->end(),
                                            [who](recipient const& r) { return r.view() == who; }));
    }
    /// Tells whether the audience names one of the names at least.
    [[nodiscard]] constexpr bool is_among(audience const& aud) const noexcept {
        return std::any_of(aud.begin(), aud.end(),
                           [this](recipient const& r) { return is(r.view()); });
    }
    /// Tells whether the audience names all of the names.
    [[nodiscard]] constexpr bool is_wholly_among(audience const& aud) const noexcept {
        return aud.names(name_) &&
               (others_ == nullptr ||
                std::all_of(others_->begin(), others_->end(),
                            [&aud](recipient const& r) { return aud.names(r.view()); }));
    }
    /// Tells whether the audience names somebody else.
    [[nodiscard]] constexpr bool shares(audience const& aud) const noexcept {
        return std::any_of(aud.begin(), aud.end(),
                           [this](recipient const& r) { return !is(r.view()); });
    }
};

/// How a profile asks the audience: given the audience (null where the token has none) and the one
/// who asks, says `none` or why the token is refused.
template <class R>
concept AudienceRule = requires(audience const* aud, asker const& self) {
    { R::check(aud, self) } noexcept -> std::same_as<errc>;
};

/// The asker is among the audience, by any of its names.
struct names_me {
    static constexpr errc check(audience const* aud, asker const& self) noexcept {
        return aud != nullptr && self.is_among(*aud) ? errc::none : errc::audience_mismatch;
    }
};

/// The asker is among the audience, by any of its names, or the token has none.
struct names_me_if_present {
    static constexpr errc check(audience const* aud, asker const& self) noexcept {
        return aud == nullptr ? errc::none : names_me::check(aud, self);
    }
};

/// The asker is among the audience by all of its names.
struct names_all_of_me {
    static constexpr errc check(audience const* aud, asker const& self) noexcept {
        return aud != nullptr && self.is_wholly_among(*aud) ? errc::none : errc::audience_mismatch;
    }
};

/// The asker is the only audience. [OpenID Connect Core §3.1.3.7 step 3]
struct names_only_me {
    static constexpr errc check(audience const* aud, asker const& self) noexcept {
        if (errc const refused = names_me::check(aud, self); refused != errc::none) {
            return refused;
        }
        return self.shares(*aud) ? errc::audience_not_sole : errc::none;
    }
};

/// The audience is one name, and that is one of the asker's. [draft-ietf-oauth-rfc7523bis §4]
struct sole_audience {
    static constexpr errc check(audience const* aud, asker const& self) noexcept {
        if (errc const refused = names_me::check(aud, self); refused != errc::none) {
            return refused;
        }
        return aud->size() == 1 ? errc::none : errc::audience_not_sole;
    }
};

/// The asker is among the audience and so is somebody else, the client that the token was made for.
/// [TS 33.180 B.8]
struct names_me_and_another {
    static constexpr errc check(audience const* aud, asker const& self) noexcept {
        if (errc const refused = names_me::check(aud, self); refused != errc::none) {
            return refused;
        }
        return self.shares(*aud) ? errc::none : errc::audience_lacks_client;
    }
};

}  // namespace jwt

}  // namespace mcx

#endif
