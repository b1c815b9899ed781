// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_CORE_ERROR_TEXT_HPP
#define MCX_CORE_ERROR_TEXT_HPP

#include <mcx/core/error.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <system_error>
#include <type_traits>

// The codes in words, for logs and for people: one row a code, in the order of the codes. The texts
// are constants, so they can hold nothing of what a peer sent. The answer that a peer gets is made
// in oauth/, not here.

namespace mcx {

namespace detail {

struct error_row {
    errc code;
    std::string_view name;
    std::string_view message;
    std::string_view clause;
};

struct error_table {
    using enum errc;

    static constexpr error_row rows[] = {
        {none, "none", "there is no error", "mcx"},
        {buffer_too_small, "buffer_too_small", "the output buffer is too small", "mcx"},
        {value_too_long, "value_too_long", "the value is longer than its type holds", "mcx"},
        {value_empty, "value_empty", "the value is empty", "mcx"},
        {value_character, "value_character", "the value has a character that it may not have",
         "mcx"},
        {out_of_range, "out_of_range", "the number is out of range", "mcx"},
        {token_expired_here, "token_expired_here", "the token that was to be sent has expired",
         "TS 33.180 B.12"},
        {replay_proof_mismatch, "replay_proof_mismatch",
         "the proof of first use was made for another token", "RFC 7523 §3"},
        {scope_not_requested, "scope_not_requested",
         "a scope was to be granted that nobody requested", "RFC 6749 §3.3"},
        {identity_not_granted, "identity_not_granted", "the token does not grant this MC identity",
         "TS 33.180 B.2.2"},
        {no_such_answer, "no_such_answer", "this request cannot be answered like that", "mcx"},
        {token_too_long, "token_too_long", "the token is longer than its profile allows", "mcx"},
        {not_three_parts, "not_three_parts", "the token does not have exactly three parts",
         "RFC 7515 §7.1"},
        {encrypted_token, "encrypted_token", "the token has five parts: it is encrypted",
         "RFC 7516 §9"},
        {json_serialization, "json_serialization",
         "the token is in JSON, where the compact form is due", "RFC 7519 §1"},
        {empty_part, "empty_part", "a part of the token is empty", "RFC 7515 §7.1"},
        {base64_character, "base64_character", "a character is outside the base64url alphabet",
         "RFC 4648 §5"},
        {base64_padding, "base64_padding", "the base64url text is padded", "RFC 7515 §2"},
        {base64_length, "base64_length", "no base64url text has this length", "RFC 4648 §4"},
        {base64_spare_bits, "base64_spare_bits",
         "the spare bits of the last base64url character are not zero", "RFC 4648 §3.5"},
        {hex_character, "hex_character", "a character is no hexadecimal digit", "RFC 4648 §8"},
        {hex_length, "hex_length", "the number of hexadecimal digits is odd", "RFC 4648 §8"},
        {utf8_invalid, "utf8_invalid", "the text is not UTF-8", "RFC 3629 §4"},
        {uri_syntax, "uri_syntax", "the text is not a URI", "RFC 3986 §3"},
        {uri_not_absolute, "uri_not_absolute", "the URI has no scheme", "RFC 3986 §4.3"},
        {uri_fragment, "uri_fragment", "the URI has a fragment", "RFC 3986 §4.3"},
        {uri_scheme, "uri_scheme", "the URI is not https, or it names a user", "RFC 9110 §4.2.2"},
        {json_syntax, "json_syntax", "the text is not JSON", "RFC 8259 §2"},
        {json_truncated, "json_truncated", "the JSON text ends too early", "RFC 8259 §2"},
        {json_trailing, "json_trailing", "something follows the JSON value", "RFC 8259 §2"},
        {json_depth, "json_depth", "the JSON text is nested too deeply", "RFC 8259 §9"},
        {json_members, "json_members", "a JSON object or array has too many entries",
         "RFC 8259 §9"},
        {json_duplicate, "json_duplicate", "a JSON object has two members of the same name",
         "RFC 8259 §4"},
        {json_control, "json_control", "a JSON string has a bare control character", "RFC 8259 §7"},
        {json_escape, "json_escape", "a JSON string has a malformed escape", "RFC 8259 §7"},
        {json_surrogate, "json_surrogate", "a JSON string has half a surrogate pair",
         "RFC 8259 §8.2"},
        {json_number, "json_number", "a JSON number is malformed", "RFC 8259 §6"},
        {json_number_range, "json_number_range", "a JSON number does not fit in 64 bits",
         "RFC 8259 §6"},
        {json_type, "json_type", "a JSON value is of another type than is due", "RFC 7519 §4.1"},
        {json_value, "json_value", "a JSON value is out of its bounds", "RFC 7519 §4.1"},
        {form_percent, "form_percent", "a percent sign is not followed by two hexadecimal digits",
         "RFC 3986 §2.1"},
        {form_character, "form_character", "the form has a character that it may not have",
         "RFC 6749 B"},
        {form_parameters, "form_parameters", "the form has too many parameters", "mcx"},
        {header_too_long, "header_too_long",
         "the protected header is longer than its profile allows", "mcx"},
        {header_not_object, "header_not_object", "the protected header is not a JSON object",
         "RFC 7515 §4"},
        {header_missing, "header_missing", "a required header parameter is missing",
         "RFC 7515 §4.1"},
        {header_shape, "header_shape", "a header parameter has the wrong JSON type",
         "RFC 7515 §4.1"},
        {header_value, "header_value", "a header parameter has a value that it may not have",
         "RFC 7515 §4.1"},
        {algorithm_refused, "algorithm_refused", "the algorithm is not one of those accepted",
         "RFC 8725 §3.1"},
        {critical_malformed, "critical_malformed",
         "the list of critical header parameters is malformed", "RFC 7515 §4.1.11"},
        {critical_header, "critical_header", "a critical header parameter is not understood",
         "RFC 7515 §4.1.11"},
        {header_b64, "header_b64", "the header says b64 where that has no meaning", "RFC 7797 §3"},
        {token_type_refused, "token_type_refused", "the token is of another type",
         "RFC 8725 §3.11"},
        {key_set_shape, "key_set_shape", "the text is not a JWK set", "RFC 7517 §5"},
        {key_set_too_large, "key_set_too_large", "the key set has too many keys", "mcx"},
        {key_missing_member, "key_missing_member", "the key lacks a member", "RFC 7517 §4"},
        {key_shape, "key_shape", "a member of the key has the wrong JSON type", "RFC 7517 §4"},
        {key_value, "key_value", "a member of the key has a value that it may not have",
         "RFC 7518 §6"},
        {key_private, "key_private", "a private key is where a public one is due, or the reverse",
         "RFC 7517 §9.2"},
        {key_type, "key_type", "the key is of another type", "RFC 7517 §4.1"},
        {key_curve, "key_curve", "the key is on another curve", "RFC 7518 §6.2.1.1"},
        {key_algorithm, "key_algorithm", "the key is for another algorithm", "RFC 7517 §4.4"},
        {key_use, "key_use", "the key is for another use", "RFC 7517 §4.2"},
        {key_operations, "key_operations", "the key is not for this operation", "RFC 7517 §4.3"},
        {rsa_modulus_size, "rsa_modulus_size", "the RSA modulus is too short or too long",
         "RFC 7518 §3.3"},
        {rsa_modulus_encoding, "rsa_modulus_encoding",
         "the RSA modulus has octets that it does not need", "RFC 7518 §6.3.1.1"},
        {rsa_modulus_even, "rsa_modulus_even", "the RSA modulus is even", "RFC 8017 §3.1"},
        {rsa_modulus_weak, "rsa_modulus_weak",
         "the RSA modulus is of a kind that is easily factored", "RFC 8725 §3.5"},
        {rsa_exponent, "rsa_exponent", "the RSA exponent is even, too small or too large",
         "RFC 8017 §3.1"},
        {point_encoding, "point_encoding", "the point is not encoded as its curve demands",
         "RFC 7518 §6.2.1.2"},
        {point_not_on_curve, "point_not_on_curve", "the point is not on its curve",
         "RFC 8725 §3.4"},
        {point_small_order, "point_small_order", "the point has a small order", "RFC 8725 §3.4"},
        {no_such_key, "no_such_key", "no key fits the token", "RFC 7515 §6"},
        {ambiguous_key, "ambiguous_key", "more than one key fits the token", "RFC 7515 §6"},
        {unknown_issuer, "unknown_issuer", "the issuer is not among those trusted",
         "RFC 8725 §3.8"},
        {duplicate_issuer, "duplicate_issuer", "an issuer is given keys twice", "RFC 8725 §3.8"},
        {mac_secret_size, "mac_secret_size",
         "the MAC secret is shorter than its hash, or over 256 octets", "RFC 7518 §3.2"},
        {signature, "signature", "the signature is not valid", "RFC 7515 §5.2"},
        {payload_too_long, "payload_too_long", "the payload is longer than its profile allows",
         "mcx"},
        {claims_not_object, "claims_not_object", "the payload is not a JSON object",
         "RFC 7519 §7.2"},
        {claim_missing, "claim_missing", "a required claim is missing", "RFC 7519 §4"},
        {claim_prohibited, "claim_prohibited",
         "a claim is there that this kind of token may not have", "RFC 8725 §3.12"},
        {claim_shape, "claim_shape", "a claim has the wrong JSON type", "RFC 7519 §4"},
        {claim_value, "claim_value", "a claim has a value that it may not have", "RFC 7519 §4"},
        {expired, "expired", "the token has expired", "RFC 7519 §4.1.4"},
        {not_yet_valid, "not_yet_valid", "the token is not valid yet", "RFC 7519 §4.1.5"},
        {issued_in_future, "issued_in_future", "the token was issued in the future",
         "RFC 7519 §4.1.6"},
        {issuer_mismatch, "issuer_mismatch", "the token is from another issuer", "RFC 7519 §4.1.1"},
        {audience_mismatch, "audience_mismatch", "the token is for another audience",
         "RFC 7519 §4.1.3"},
        {audience_not_sole, "audience_not_sole", "the token is for others too", "RFC 8725 §3.9"},
        {audience_lacks_client, "audience_lacks_client", "the audience does not name a client",
         "TS 33.180 B.8"},
        {unknown_partner, "unknown_partner", "the partner IdMS is not known", "TS 33.180 B.7.2"},
        {unknown_client, "unknown_client", "the client is not registered", "TS 33.180 B.3"},
        {client_mismatch, "client_mismatch", "the token was issued to another client",
         "RFC 6749 §5.2"},
        {scope_refused, "scope_refused", "the scope is malformed, unknown or not for this client",
         "RFC 6749 §5.2"},
        {insufficient_scope, "insufficient_scope", "the token lacks the scope that is needed",
         "RFC 6750 §3.1"},
        {identity_mismatch, "identity_mismatch", "the token is for another MC identity",
         "TS 33.180 5.1.3"},
        {relation_refused, "relation_refused", "the partner domain is not reached in this way",
         "TS 33.180 5.1.4"},
        {subject_refused, "subject_refused", "the subject is not accepted", "RFC 7523 §3"},
        {replayed, "replayed", "the token has been used before", "RFC 7523 §3"},
        {message_too_long, "message_too_long", "the message is longer than allowed", "mcx"},
        {parameter_missing, "parameter_missing", "a required parameter is missing",
         "RFC 6749 §5.2"},
        {parameter_repeated, "parameter_repeated", "a parameter is there more than once",
         "RFC 6749 §3.2"},
        {parameter_value, "parameter_value", "a parameter has a value that it may not have",
         "RFC 6749 §5.2"},
        {parameter_without_pair, "parameter_without_pair",
         "a parameter is there without the one that belongs to it", "RFC 8693 §2.1"},
        {unsupported_grant_type, "unsupported_grant_type", "the grant type is not supported",
         "RFC 6749 §5.2"},
        {subject_token_type_refused, "subject_token_type_refused",
         "the subject token is not of a type that is exchanged here", "RFC 8693 §2.1"},
        {member_missing, "member_missing", "the response lacks a required member", "RFC 6749 §5.1"},
        {member_shape, "member_shape", "a member of the response has the wrong JSON type",
         "RFC 6749 §5.1"},
        {member_value, "member_value", "a member of the response has a value that it may not have",
         "RFC 6749 §5.1"},
        {response_token_type, "response_token_type", "the response brings a token of unknown use",
         "RFC 6749 §7.1"},
        {issued_token_type_mismatch, "issued_token_type_mismatch",
         "the issued token is not of the type asked for", "RFC 8693 §2.2.1"},
        {response_status, "response_status", "the response has a status that it may not have",
         "RFC 6749 §5"},
        {response_media_type, "response_media_type", "the response is not JSON", "RFC 6749 §5.1"},
        {peer_refused, "peer_refused", "the server refused the request", "RFC 6749 §5.2"},
        {bearer_missing, "bearer_missing", "the request has no bearer token", "RFC 6750 §3"},
        {bearer_malformed, "bearer_malformed", "the authorization header is malformed",
         "RFC 6750 §2.1"},
        {field_missing, "field_missing", "a required element is missing", "TS 33.180 D.3"},
        {field_value, "field_value", "an element has a value that it may not have",
         "TS 33.180 D.3"},
        {key_period_zero, "key_period_zero", "the user key period is zero", "TS 33.180 D.3.2.2"},
        {key_period_offset, "key_period_offset", "the user key offset is not less than the period",
         "TS 33.180 D.3.2.2"},
        {validity_reversed, "validity_reversed", "the validity ends before it begins",
         "TS 33.180 D.3.2.2"},
        {certificate_revoked, "certificate_revoked", "the KMS certificate is revoked",
         "TS 33.180 D.3.2.2"},
        {certificate_not_yet_valid, "certificate_not_yet_valid",
         "the KMS certificate is not valid yet", "TS 33.180 D.3.2.2"},
        {certificate_expired, "certificate_expired", "the KMS certificate has expired",
         "TS 33.180 D.3.2.2"},
        {certificate_role, "certificate_role", "the KMS certificate has another role",
         "TS 33.180 D.3.2"},
        {unsupported_parameter_set, "unsupported_parameter_set",
         "the parameter set is not supported", "RFC 6509 A"},
        {unsupported_user_id_format, "unsupported_user_id_format",
         "the user id format is not supported", "TS 33.180 F.2.1"},
        {time_before_period, "time_before_period", "the time is before the first key period",
         "TS 33.180 F.2.1"},
        {home_domain_repeated, "home_domain_repeated",
         "there is more than one home security domain", "TS 33.180 5.3.1.1"},
        {domain_mismatch, "domain_mismatch", "it belongs to another security domain",
         "TS 33.180 5.3.1"},
        {user_mismatch, "user_mismatch", "it is for another user", "TS 33.180 D.2.2"},
        {request_url_mismatch, "request_url_mismatch", "the message names another request URL",
         "TS 33.180 D.2.2"},
        {request_path, "request_path", "the path is not that of a KMS request", "TS 33.180 D.2"},
        {message_time, "message_time", "the time of the message is too far from now",
         "TS 33.180 D.2.2"},
        {message_unsigned, "message_unsigned", "the message has no signature", "TS 33.180 9.3.5"},
        {kms_message_mismatch, "kms_message_mismatch", "the response answers another request",
         "TS 33.180 D.3.1"},
        {kms_refused, "kms_refused", "the KMS answered with an error", "TS 33.180 D.3.1"},
        {user_id_mismatch, "user_id_mismatch",
         "the UID of the key set is not that of its user and period", "TS 33.180 F.2.1"},
        {key_period_mismatch, "key_period_mismatch", "the key set is not for the key period due",
         "TS 33.180 D.3.3.2"},
        {key_set_revoked, "key_set_revoked", "the key set is revoked", "TS 33.180 D.3.3.2"},
        {key_set_outside_validity, "key_set_outside_validity",
         "the key set is not valid at this time", "TS 33.180 D.3.3.2"},
        {key_wrap_undefined, "key_wrap_undefined",
         "a key of this length has no defined wrapped form", "TS 33.180 9.3.4.2"},
        {key_wrap_integrity, "key_wrap_integrity",
         "the wrapped key was made with another key, or changed", "RFC 3394 §2.2.2"},
        {backend, "backend", "the cryptographic library failed", "mcx"},
        {random_unavailable, "random_unavailable", "no random octets were to be had", "mcx"},
        {replay_memory_unavailable, "replay_memory_unavailable",
         "the memory of used tokens did not answer", "mcx"},
        {xml_too_long, "xml_too_long", "the document is longer than allowed", "mcx"},
        {xml_encoding, "xml_encoding", "the document is of another encoding or version",
         "XML 1.0 §4.3.3"},
        {xml_character, "xml_character", "the document has a character that XML does not have",
         "XML 1.0 §2.2"},
        {xml_syntax, "xml_syntax", "the document is not well-formed", "XML 1.0 §2.1"},
        {xml_doctype, "xml_doctype", "the document has a document type declaration", "mcx"},
        {xml_entity, "xml_entity", "the document refers to an entity", "mcx"},
        {xml_instruction, "xml_instruction", "the document has a processing instruction", "mcx"},
        {xml_depth, "xml_depth", "the document is nested too deeply", "mcx"},
        {xml_elements, "xml_elements", "the document has too many elements", "mcx"},
        {xml_attributes, "xml_attributes", "a tag has too many attributes, or is too long", "mcx"},
        {xml_root, "xml_root", "the document is of another kind", "TS 33.180 D.3.5"},
        {xml_element, "xml_element", "an element is where it may not be", "TS 33.180 D.3.5"},
        {xml_text, "xml_text", "there is text where elements are due", "TS 33.180 D.3.5"},
        {xml_comment, "xml_comment", "a comment splits a value", "mcx"},
        {xml_type, "xml_type", "the type of an element is not known", "TS 33.180 D.3.5"},
        {xml_id, "xml_id", "two elements have the same Id", "XML Signature §4.4.3"},
        {xml_signature, "xml_signature", "the signature is not of the profile", "TS 33.180 9.3.5"},
    };

    /// The row of a code; an empty one for a number that is no code.
    [[nodiscard]] static constexpr error_row find(errc code) noexcept {
        error_row const* const row =
            std::lower_bound(std::begin(rows), std::end(rows), code,
                             [](error_row const& r, errc c) { return r.code < c; });
        return row != std::end(rows) && row->code == code ? *row : error_row{code, {}, {}, {}};
    }

    [[nodiscard]] static constexpr auto codes() noexcept {
        std::array<errc, std::size(rows) - 1> all{};
        std::transform(std::begin(rows) + 1, std::end(rows), all.begin(),
                       [](error_row const& r) { return r.code; });
        return all;
    }
};

}  // namespace detail

/// Every code that stands for a refusal or a failure, in order: all but `errc::none`.
inline constexpr auto all_errors = detail::error_table::codes();

/// The enumerator's own spelling; empty for a number that is no code.
[[nodiscard]] constexpr std::string_view name_of(errc code) noexcept {
    return detail::error_table::find(code).name;
}

/// What was wrong, as part of a sentence; empty for a number that is no code.
[[nodiscard]] constexpr std::string_view message_of(errc code) noexcept {
    return detail::error_table::find(code).message;
}

/// Where it is written that this is wrong: a clause of an RFC or of a TS, or "mcx" for what this
/// library says itself; empty for a number that is no code.
[[nodiscard]] constexpr std::string_view clause_of(errc code) noexcept {
    return detail::error_table::find(code).clause;
}

namespace detail {

class mcx_category final : public std::error_category {
  public:
    [[nodiscard]] char const* name() const noexcept override { return "mcx"; }
    [[nodiscard]] std::string message(int value) const override {
        bool const known = value >= 0 && value <= 0xFFFF;
        std::string_view const text =
            known ? message_of(static_cast<errc>(value)) : std::string_view{};
        return std::string{text.empty() ? "unknown error" : text};
    }
};

}  // namespace detail

/// The category of this library's codes among all std::error_codes.
[[nodiscard]] inline std::error_category const& error_category() noexcept {
    static detail::mcx_category const category;
    return category;
}

/// Makes a code that std::error_code can hold, for programs that speak that language.
[[nodiscard]] inline std::error_code make_error_code(errc code) noexcept {
    return {static_cast<int>(code), error_category()};
}

}  // namespace mcx

template <>
struct std::is_error_code_enum<mcx::errc> : std::true_type {};

#endif
