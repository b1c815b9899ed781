// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_KMS_RESPONSE_HPP
#define MCX_KMS_RESPONSE_HPP

#include <mcx/core/result.hpp>
#include <mcx/core/time.hpp>
#include <mcx/kms/certificate.hpp>
#include <mcx/kms/element.hpp>
#include <mcx/kms/key_set.hpp>
#include <mcx/kms/names.hpp>
#include <mcx/kms/received.hpp>
#include <mcx/kms/request.hpp>
#include <mcx/kms/uid.hpp>
#include <mcx/kms/uri.hpp>
#include <mcx/kms/wrapped_key.hpp>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

// KmsResponse, what it brings, and the checks that a client makes of one. [TS 33.180 D.3] XML is
// read and written in xml/. The answer to a discovery request is kept raw.

namespace mcx::kms {

/// Transport and integrity keys that a KMS hands out, wrapped with the transport key before them.
/// [TS 33.180 D.3.5 KmsInitTkIkType, KmsKeyProvTkIkType]
struct new_keys {
    std::vector<wrapped_key> transport;
    std::vector<wrapped_key> integrity;

    [[nodiscard]] bool empty() const noexcept { return transport.empty() && integrity.empty(); }
    friend bool operator==(new_keys const&, new_keys const&) noexcept = default;
};

/// The answer to `init`: the KMS's own certificate. [TS 33.180 D.3.1 KmsInit]
struct init {
    kms::certificate certificate;
    new_keys keys;

    friend bool operator==(init const&, init const&) noexcept = default;
};

/// The answer to `keyprov`: a user's key sets. It moves and is never copied, which a vector of key
/// sets would not say by itself. [TS 33.180 D.3.1 KmsKeyProv]
struct key_prov {
    std::vector<key_set> sets;
    new_keys keys;

    key_prov() = default;
    key_prov(key_prov&&) = default;
    key_prov& operator=(key_prov&&) = default;
    key_prov(key_prov const&) = delete;
    key_prov& operator=(key_prov const&) = delete;
    ~key_prov() = default;

    friend bool operator==(key_prov const&, key_prov const&) noexcept = default;
};

/// The answer to `certcache` and `cert`: certificates of external domains. [TS 33.180 D.3.1
/// KmsCertCache]
struct cert_cache {
    std::optional<std::uint64_t> number;
    std::vector<certificate> certificates;

    friend bool operator==(cert_cache const&, cert_cache const&) noexcept = default;
};

/// The answer to a discovery request, as XML that stands by itself. [TS 33.180 D.3.1 KmsLookup]
struct lookup {
    std::string xml;

    friend bool operator==(lookup const&, lookup const&) noexcept = default;
};

/// What a response brings; nothing where it reports an error.
using kms_message = std::variant<std::monostate, init, key_prov, cert_cache, lookup>;

/// A response of a KMS, in the order of Table D.3.1-1. It moves and is never copied, since it may
/// hold keys.
struct response {
    user_uri user;
    kms_uri kms;
    instant time;
    std::optional<kms_name> kms_id;
    request_url url;
    kms_message message;
    std::optional<error_report> error;
    std::optional<key_name> trk_id;        ///< the key that keys in here are wrapped with
    std::optional<key_name> signature_id;  ///< the key that the response is signed with

    friend bool operator==(response const&, response const&) noexcept = default;
};

/// What a client demands of a response: that it answers its request.
struct response_terms {
    user_uri user;
    kms_uri kms;
    request_url url;  ///< where the request was posted
    time_window window{std::chrono::seconds{30}};
    bool signed_only = false;
};

/// Tells whether a response answers a request, now. Fails, `where` being the element:
/// domain_mismatch, user_mismatch, request_url_mismatch, message_time, message_unsigned,
/// no_such_key (Signature-ID names another key than the one that verified), kms_refused.
/// [TS 33.180 D.3.1]
[[nodiscard]] inline result<void> check(received<response> const& got, response_terms const& terms,
                                        Clock auto const& clock) noexcept {
    response const& r = got.message();
    if (r.kms != terms.kms) {
        return detail::at_element(message_element::domain_uri, errc::domain_mismatch);
    }
    if (r.user != terms.user) {
        return detail::at_element(message_element::user_name, errc::user_mismatch);
    }
    if (r.url != terms.url) {
        return detail::at_element(message_element::client_req_url, errc::request_url_mismatch);
    }
    if (!terms.window.covers(r.time, clock.now())) {
        return detail::at_element(message_element::time, errc::message_time);
    }
    if (terms.signed_only && !got.signed_by()) {
        return errc::message_unsigned;
    }
    if (r.signature_id && got.signed_by() && *r.signature_id != *got.signed_by()) {
        return detail::at_element(message_element::signature_id, errc::no_such_key);
    }
    if (r.error) {
        return detail::at_element(message_element::kms_error, errc::kms_refused);
    }
    return {};
}

/// Tells whether the certificate of an answer to `init` is that of this KMS and may be used. Fails:
/// domain_mismatch, certificate_role, and as `usable_at`. [TS 33.180 D.2.3, D.3.2]
[[nodiscard]] constexpr result<void> check(certificate const& own, kms_uri const& kms,
                                           Clock auto const& clock) noexcept {
    if (own.kms_uri() != kms) {
        return detail::at_element(certificate_element::domain_uri, errc::domain_mismatch);
    }
    if (own.role() != certificate_role::root) {
        return detail::at_element(certificate_element::role, errc::certificate_role);
    }
    return own.usable_at(clock.now());
}

/// Tells whether key sets are those of a user of the domain of a certificate, for a time: one of
/// them has to be for its key period, and none for a period that was over then. Fails:
/// domain_mismatch, user_mismatch, user_id_mismatch, key_period_mismatch, key_set_revoked,
/// key_set_outside_validity (the set of that period may not be used then), backend, and as
/// `key_period::number_at`. [TS 33.180 D.2.4, D.3.3]
template <UidDigest D>
[[nodiscard]] result<void> check(key_prov const& keys, certificate const& own, user_uri const& user,
                                 instant at) noexcept {
    auto const due = own.key_period().number_at(at);
    if (!due) {
        return due.error();
    }
    bool there = false;
    for (key_set const& set : keys.sets) {
        if (set.labels().user_uri != user) {
            return detail::at_element(key_set_element::user_name, errc::user_mismatch);
        }
        if (auto const belongs = set.template belongs_to<D>(own); !belongs) {
            return belongs;
        }
        if (set.labels().key_period_no < *due) {
            return detail::at_element(key_set_element::key_period_no, errc::key_period_mismatch);
        }
        if (set.labels().key_period_no == *due) {
            if (auto const usable = set.usable_at(at); !usable) {
                return usable;
            }
            there = true;
        }
    }
    return there ? result<void>{}
                 : detail::at_element(key_set_element::key_period_no, errc::key_period_mismatch);
}

/// Tells whether certificates are of external domains, and each domain has one at most, beside
/// revoked ones of other names. Fails: certificate_role, domain_mismatch (the user's own domain, or
/// one that is there twice). Whether they may be used is for `usable_at` to say: revocations come
/// this way. [TS 33.180 5.3.5, D.2.5, D.3.2]
[[nodiscard]] inline result<void> check(cert_cache const& cache, kms_uri const& own) noexcept {
    for (std::size_t i = 0; i < cache.certificates.size(); ++i) {
        certificate const& c = cache.certificates[i];
        if (c.role() != certificate_role::external) {
            return detail::at_element(certificate_element::role, errc::certificate_role);
        }
        bool twice = c.kms_uri() == own;
        for (std::size_t j = 0; j < i; ++j) {
            certificate const& other = cache.certificates[j];
            bool const told_apart = c.is_other_than(other) && (c.revoked() || other.revoked());
            twice = twice || (other.kms_uri() == c.kms_uri() && !told_apart);
        }
        if (twice) {
            return detail::at_element(certificate_element::domain_uri, errc::domain_mismatch);
        }
    }
    return {};
}

}  // namespace mcx::kms

#endif
