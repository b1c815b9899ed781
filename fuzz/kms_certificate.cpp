// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/kms/certificate.hpp>

#include "support/certificate_text.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>
#include <vector>

// Fields of a KMS certificate, one a line (or between NULs, so that a field may have lines): the
// twelve elements of the table, Role, IsSecurityGateway, extensions, and as many KmsDomains as
// follow. An empty field is absent. An accepted certificate made again from its own values has to
// be the same, and what it says of itself has to agree.

namespace {

using mcx::kms::certificate;
using mcx::kms::certificate_fields;

void require(bool property) {
    if (!property) {
        std::abort();
    }
}

std::vector<std::string_view> split(std::string_view input) {
    char const separator = input.find('\0') == std::string_view::npos ? '\n' : '\0';
    std::vector<std::string_view> parts;
    while (!input.empty() && parts.size() < 40) {
        auto const end = input.find(separator);
        parts.push_back(input.substr(0, end));
        input = end == std::string_view::npos ? std::string_view{} : input.substr(end + 1);
    }
    return parts;
}

constexpr certificate_fields::field certificate_fields::* places[]{
    &certificate_fields::cert_uri,
    &certificate_fields::kms_uri,
    &certificate_fields::issuer,
    &certificate_fields::valid_from,
    &certificate_fields::valid_to,
    &certificate_fields::revoked,
    &certificate_fields::user_id_format,
    &certificate_fields::user_key_period,
    &certificate_fields::user_key_offset,
    &certificate_fields::pub_enc_key,
    &certificate_fields::pub_auth_key,
    &certificate_fields::parameter_set,
    &certificate_fields::role,
    &certificate_fields::is_security_gateway,
    &certificate_fields::extensions};

void check_refusal(mcx::error e) {
    require(mcx::stage_of(e) == mcx::stage::kms);
    require(!name_of(static_cast<mcx::kms::certificate_element>(e.where)).empty());
}

void check_accepted(certificate const& made) {
    mcx::test::certificate_text const text{made};
    auto const again = certificate::from(text.fields());
    require(again.has_value());
    require(*again == made);

    require(made.names_domain(made.kms_uri()));
    require(made.key_period().offset() < made.key_period().length());
    for (auto const& edge : {made.valid_from(), made.valid_to()}) {
        if (edge) {
            for (std::int64_t const off : {-1, 0, 1}) {
                mcx::instant const at{edge->seconds + off};
                require(made.usable_at(at).has_value() == (made.covers(at) && !made.revoked()));
            }
        }
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    auto const parts = split(mcx::as_text(std::as_bytes(std::span{data, size})));
    certificate_fields fields;
    std::size_t next = 0;
    for (auto const place : places) {
        if (next < parts.size() && !parts[next].empty()) {
            fields.*place = parts[next];
        }
        ++next;
    }
    if (next < parts.size()) {
        fields.kms_domains = std::span{parts}.subspan(next);
    }
    auto const made = certificate::from(fields);
    if (made) {
        check_accepted(*made);
    } else {
        check_refusal(made.error());
    }
    return 0;
}
