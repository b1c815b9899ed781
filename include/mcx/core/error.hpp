// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_CORE_ERROR_HPP
#define MCX_CORE_ERROR_HPP

#include <cstddef>
#include <cstdint>
#include <string_view>

// The closed list of what can go wrong, where it can go wrong, and who is to blame. Names,
// sentences and clauses of the codes stand in core/error_text.hpp. An error carries numbers only:
// never a token, a claim's value, a key, or any octet of the input.

namespace mcx {

/// Every refusal and failure of the library. The hundreds digit is the `stage`.
enum class errc : std::uint16_t {
    none = 0,

    // 100 caller: what the program that uses the library asked for cannot be done
    buffer_too_small = 100,
    value_too_long,
    value_empty,
    value_character,
    out_of_range,
    token_expired_here,
    replay_proof_mismatch,
    client_proof_mismatch,
    scope_not_requested,
    identity_not_granted,
    no_such_answer,
    no_token_here,
    token_not_issued,

    // 200 form: the text is not what it has to be before anything is looked up
    token_too_long = 200,
    not_three_parts,
    encrypted_token,
    json_serialization,
    compact_serialization,
    other_json_serialization,
    jws_member_missing,
    jws_member_shape,
    too_many_signatures,
    payload_not_detached,
    empty_part,
    base64_character,
    base64_padding,
    base64_length,
    base64_spare_bits,
    hex_character,
    hex_length,
    utf8_invalid,
    uri_syntax,
    uri_not_absolute,
    uri_fragment,
    uri_scheme,
    json_syntax,
    json_truncated,
    json_trailing,
    json_depth,
    json_members,
    json_duplicate,
    json_control,
    json_escape,
    json_surrogate,
    json_number,
    json_number_range,
    json_type,
    json_value,
    form_percent,
    form_character,
    form_parameters,
    der_truncated,
    der_tag,
    der_length,
    der_value,
    der_trailing,
    pem_too_long,
    pem_boundary,
    pem_line,

    // 300 header: the protected header
    header_too_long = 300,
    header_not_object,
    header_missing,
    header_shape,
    header_value,
    algorithm_refused,
    critical_malformed,
    critical_header,
    header_b64,
    header_unprotected,
    header_repeated,
    mac_among_signatures,
    signature_missing,
    token_type_refused,

    // 400 key: making keys and choosing them
    key_set_shape = 400,
    key_set_too_large,
    key_missing_member,
    key_shape,
    key_value,
    key_private,
    key_certificate,
    key_type,
    key_curve,
    key_parameters,
    key_algorithm,
    key_use,
    key_operations,
    rsa_modulus_size,
    rsa_modulus_encoding,
    rsa_modulus_even,
    rsa_modulus_weak,
    rsa_exponent,
    point_encoding,
    point_not_on_curve,
    point_small_order,
    no_such_key,
    ambiguous_key,
    unknown_issuer,
    duplicate_issuer,
    mac_secret_size,
    key_mismatch,
    x509_too_long,
    x509_shape,
    x509_time,

    // 500 signature: one bit
    signature = 500,

    // 600 claims: what the payload says
    payload_too_long = 600,
    claims_not_object,
    claim_missing,
    claim_prohibited,
    claim_shape,
    claim_value,

    // 700 policy: what the claims mean here and now
    expired = 700,
    not_yet_valid,
    issued_in_future,
    issuer_mismatch,
    audience_mismatch,
    audience_not_sole,
    audience_lacks_client,
    unknown_partner,
    unknown_client,
    client_mismatch,
    scope_refused,
    insufficient_scope,
    identity_mismatch,
    relation_refused,
    subject_refused,
    lifetime_too_long,
    too_old,
    authorized_party_mismatch,
    nonce_mismatch,
    token_hash_mismatch,
    actor_refused,
    authentication_context_mismatch,
    access_denied,
    client_unauthorized,
    grant_refused,
    redirect_mismatch,
    code_verifier_mismatch,
    token_inactive,
    certificate_period,
    login_required,
    proof_missing,
    proof_method_mismatch,
    proof_target_mismatch,
    proof_nonce_due,
    confirmation_mismatch,
    login_mismatch,
    interaction_required,
    consent_required,
    account_selection_required,

    // 800 replay
    replayed = 800,

    // 900 message: OAuth requests and responses
    message_too_long = 900,
    parameter_missing,
    parameter_repeated,
    parameter_value,
    parameter_without_pair,
    unsupported_grant_type,
    subject_token_type_refused,
    member_missing,
    member_shape,
    member_value,
    response_token_type,
    issued_token_type_mismatch,
    response_status,
    response_media_type,
    peer_refused,
    bearer_missing,
    bearer_malformed,
    unsupported_response_type,
    state_mismatch,
    client_authentication_refused,
    client_authentication_repeated,
    proof_repeated,
    unsupported_token_type,

    // 1000 kms: security domains and KMS certificates
    field_missing = 1000,
    field_value,
    key_period_zero,
    key_period_offset,
    validity_reversed,
    certificate_revoked,
    certificate_not_yet_valid,
    certificate_expired,
    certificate_role,
    unsupported_parameter_set,
    unsupported_user_id_format,
    time_before_period,
    home_domain_repeated,
    domain_mismatch,
    user_mismatch,
    request_url_mismatch,
    request_path,
    message_time,
    message_unsigned,
    kms_message_mismatch,
    kms_refused,
    user_id_mismatch,
    key_period_mismatch,
    key_set_revoked,
    key_set_outside_validity,
    key_wrap_undefined,
    key_wrap_integrity,

    // 1100 backend: nobody's fault but the machine's
    backend = 1100,
    random_unavailable,
    replay_memory_unavailable,

    // 1200 xml: the document is not what it has to be before anything is read from it
    xml_too_long = 1200,
    xml_encoding,
    xml_character,
    xml_syntax,
    xml_doctype,
    xml_entity,
    xml_instruction,
    xml_depth,
    xml_elements,
    xml_attributes,
    xml_root,
    xml_element,
    xml_text,
    xml_comment,
    xml_type,
    xml_id,
    xml_signature,
};

/// The part of the work in which an error arose.
enum class stage : std::uint8_t {
    none,
    caller,
    form,
    header,
    key,
    signature,
    claims,
    policy,
    replay,
    message,
    kms,
    backend,
    xml,
};

/// Who has to change something: only a peer's error may become an answer to the peer.
enum class blame : std::uint8_t { nobody, caller, peer, backend };

/// An error: its code, the number of the claim, parameter or element concerned in the field list of
/// the token or message (0: none), and the offset in the text that was being read, in octets.
struct error {
    errc code = errc::none;
    std::uint16_t where = 0;
    std::uint32_t offset = 0;

    constexpr error() = default;
    // Implicit, so that a function that returns a result may say `return errc::expired;`.
    constexpr error(errc c, std::uint16_t w = 0, std::uint32_t o = 0) noexcept
        : code(c), where(w), offset(o) {}

    friend constexpr bool operator==(error const&, error const&) = default;
};

/// Tells in which part of the work a code belongs.
[[nodiscard]] constexpr stage stage_of(errc code) noexcept {
    return static_cast<stage>(static_cast<std::uint16_t>(code) / 100U);
}

/// Tells in which part of the work an error arose.
[[nodiscard]] constexpr stage stage_of(error e) noexcept {
    return stage_of(e.code);
}

/// Tells who has to change something.
[[nodiscard]] constexpr blame blame_of(errc code) noexcept {
    switch (stage_of(code)) {
        case stage::none:
            return blame::nobody;
        case stage::caller:
            return blame::caller;
        case stage::backend:
            return blame::backend;
        default:
            return blame::peer;
    }
}

/// Tells who has to change something.
[[nodiscard]] constexpr blame blame_of(error e) noexcept {
    return blame_of(e.code);
}

namespace detail {

/// What is told of one code: a row of core/error_rows_of_*.hpp, which core/error_text.hpp reads.
struct error_row {
    errc code;
    std::string_view name;
    std::string_view message;
    std::string_view clause;
};

/// Narrows a position to what an error holds; texts over 4 GiB never get this far.
[[nodiscard]] constexpr std::uint32_t offset32(std::size_t at) noexcept {
    return at > 0xFFFF'FFFFU ? 0xFFFF'FFFFU : static_cast<std::uint32_t>(at);
}

}  // namespace detail

}  // namespace mcx

#endif
