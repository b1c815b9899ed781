// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_JOSE_GENERAL_MEMBERS_HPP
#define MCX_JOSE_GENERAL_MEMBERS_HPP

#include <mcx/codec/json_object.hpp>
#include <mcx/core/result.hpp>
#include <mcx/jose/json_serialization.hpp>

#include <array>
#include <cstddef>
#include <optional>

// The members of a JWS in general JSON as they stand in its text; what they mean is for
// jose/general.hpp. [RFC 7515 §7.2.1]

namespace mcx::jws::general {

/// How many signatures are looked at.
inline constexpr std::size_t max_signatures = 8;

namespace detail {

struct signature_members {
    std::optional<json::borrowed_string> protected_half;
    std::optional<json::borrowed_object> unprotected_half;
    json::borrowed_string signature;

    using fields = field_list<optional<"protected", &signature_members::protected_half>,
                              optional<"header", &signature_members::unprotected_half>,
                              required<"signature", &signature_members::signature>>;
};

/// The array of signatures, its members still as they stand in the text.
struct signature_array {
    std::array<signature_members, max_signatures> items{};
    std::size_t count = 0;
};

struct members {
    std::optional<json::borrowed_string> payload;
    signature_array signatures;

    using fields =
        field_list<optional<"payload", &members::payload>,
                   required<"signatures", &members::signatures>, prohibited<"signature">,
                   prohibited<"protected">, prohibited<"header">, prohibited<"ciphertext">>;
};

}  // namespace detail

}  // namespace mcx::jws::general

namespace mcx::json {

template <>
struct value<jws::general::detail::signature_array> {
    static constexpr result<void> read(reader& r, event const& first,
                                       jws::general::detail::signature_array& out) noexcept {
        if (first.kind != kind::array_begin) {
            return errc::json_type;
        }
        for (;;) {
            auto const item = r.next();
            if (!item) {
                return item.error();
            }
            if (item->kind == kind::array_end) {
                return out.count != 0 ? result<void>{}
                                      : error{errc::too_many_signatures, 0, first.offset};
            }
            if (out.count == out.items.size()) {
                return error{errc::too_many_signatures, 0, item->offset};
            }
            auto const one = read_object(r, *item, jws::detail::jws_errors, out.items[out.count]);
            if (!one) {
                return one.error();
            }
            ++out.count;
        }
    }
};

}  // namespace mcx::json

#endif
