// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_CORE_ERROR_ROWS_OF_MESSAGES_HPP
#define MCX_CORE_ERROR_ROWS_OF_MESSAGES_HPP

#include <mcx/core/error.hpp>

// The codes of messages, of security domains and of what the program brings along in words, one row
// a code.

namespace mcx::detail {

struct error_rows_of_messages {
    using enum errc;

    static constexpr error_row rows[] = {
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
        {unsupported_response_type, "unsupported_response_type",
         "the response type is not supported", "RFC 6749 §4.1.2.1"},
        {state_mismatch, "state_mismatch", "the response answers another request, or none",
         "TS 33.180 B.4.2.3"},
        {client_authentication_refused, "client_authentication_refused",
         "the client does not authenticate in a way that is supported here", "RFC 6749 §5.2"},
        {client_authentication_repeated, "client_authentication_repeated",
         "the client says who it is in more than one way", "RFC 6749 §2.3"},
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
        {backend, "backend", "the cryptographic library failed", "mcx"},
        {random_unavailable, "random_unavailable", "no random octets were to be had", "mcx"},
        {replay_memory_unavailable, "replay_memory_unavailable",
         "the memory of used tokens did not answer", "mcx"},
    };
};

}  // namespace mcx::detail

#endif
