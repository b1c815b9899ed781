// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_TESTS_SUPPORT_TOKENS_HPP
#define MCX_TESTS_SUPPORT_TOKENS_HPP

#include <mcx/codec/base64url.hpp>
#include <mcx/crypto/signing.hpp>
#include <mcx/jose/trust.hpp>

#include "rfc_keys.hpp"

#include <initializer_list>
#include <string>
#include <string_view>

// Tokens made of whatever a test wants in them, and issuers whose keys are the RFCs'.

namespace mcx::test {

inline std::string base64url_text(byte_view octets) {
    std::string text(base64url::encoded_size(octets.size()), '\0');
    base64url::encode(octets, text);
    return text;
}
inline std::string base64url_text(std::string_view octets) {
    return base64url_text(as_bytes(octets));
}

/// A signature in range of the RFC's key, which is all that a credulous backend asks for.
template <class A>
std::string signature_text() {
    auto const signature = rfc_example<A>::signature();
    return base64url_text(detail::signature_octets(signature));
}

/// The compact serialization of a header and a payload, with a signature for algorithm A.
template <class A = es256>
std::string compact(std::string_view header, std::string_view payload) {
    return base64url_text(header) + '.' + base64url_text(payload) + '.' + signature_text<A>();
}

/// The token that an RFC prints.
template <class A>
std::string rfc_token() {
    return std::string(rfc_example<A>::signing_input) + '.' + signature_text<A>();
}

/// The keys that the RFCs print, one an algorithm, under this id.
template <class B>
key_set<B> rfc_keys(key_id const& id = {}) {
    key_set<B> keys;
    contract(keys.template add<es256>(rfc_example<es256>::public_key(), id).has_value());
    contract(keys.template add<rs256>(rfc_example<rs256>::public_key(), id).has_value());
    contract(keys.template add<eddsa>(rfc_example<eddsa>::public_key(), id).has_value());
    return keys;
}

/// Trust in these issuers, each of which has the keys of the RFCs.
template <class B>
trust<B> trust_in(std::initializer_list<std::string_view> issuers) {
    trust<B> made;
    for (std::string_view const who : issuers) {
        contract(made.add(certain(issuer::from(who)), rfc_keys<B>()).has_value());
    }
    return made;
}

}  // namespace mcx::test

#endif
