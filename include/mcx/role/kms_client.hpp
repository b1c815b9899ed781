// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_ROLE_KMS_CLIENT_HPP
#define MCX_ROLE_KMS_CLIENT_HPP

#include <mcx/core/result.hpp>
#include <mcx/core/time.hpp>
#include <mcx/kms/certificate.hpp>
#include <mcx/kms/domain_set.hpp>
#include <mcx/kms/key_set.hpp>
#include <mcx/kms/names.hpp>
#include <mcx/kms/request.hpp>
#include <mcx/kms/request_path.hpp>
#include <mcx/kms/response.hpp>
#include <mcx/kms/security_domain.hpp>
#include <mcx/kms/uid.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

// The key management client, as steps: starting -> initialized -> provisioning -> provisioned ->
// caching. Every step is a value and every verb is const, so that a step can be kept, repeated
// after a lost reply, or dropped; a reply that is refused leaves what was there in force. The
// caller carries the messages over HTTPS, with an access token, and reads and writes their XML.
// [TS 33.180 5.3.2 to 5.3.5, D.2]

namespace mcx::role::kms_client {

/// A user's account at a KMS, of the home domain or of one to which the user has migrated.
struct account {
    kms::user_uri user;
    kms::kms_uri kms;
    kms::server_url server;  ///< such as https://kms.example.org
    std::optional<kms::client_name> client;
    std::optional<kms::device_name> device;
    std::optional<kms::key_name> transport_key;  ///< with which the KMS is to wrap keys
    std::optional<kms::key_name> signing_key;    ///< with which requests are signed
    bool signed_only = false;                    ///< refuse responses without a signature
    kms::time_window window{std::chrono::seconds{30}};
};

/// A request that was not answered yet.
class asking {
    account account_;
    kms::request_url url_;

  public:
    asking(account const& by, kms::request_url const& url) noexcept : account_(by), url_(url) {}

    /// Makes a request to post to `url()`.
    [[nodiscard]] kms::request message(Clock auto const& clock) const {
        kms::request r;
        r.user = account_.user;
        r.kms = account_.kms;
        r.time = clock.now();
        r.client = account_.client;
        r.device = account_.device;
        r.url = url_;
        r.trk_id = account_.transport_key;
        r.signature_id = account_.signing_key;
        return r;
    }
    [[nodiscard]] kms::request_url const& url() const noexcept { return url_; }
    [[nodiscard]] account const& by() const noexcept { return account_; }

    /// Starts asking for something. Fails: as `kms::write_request_url`.
    [[nodiscard]] static result<asking> for_wish(account const& by, kms::wish const& wanted) {
        auto const url = kms::write_request_url(by.server.view(), wanted);
        return url ? result<asking>{asking{by, *url}} : url.error();
    }

    /// Takes the message of kind M out of a response to this request. Fails: as `kms::check`;
    /// kms_message_mismatch (it brings something else).
    template <class M>
    [[nodiscard]] result<M> take(kms::received<kms::response>&& reply,
                                 Clock auto const& clock) const {
        kms::response_terms const terms{account_.user, account_.kms, url_, account_.window,
                                        account_.signed_only};
        if (auto const fine = kms::check(reply, terms, clock); !fine) {
            return fine.error();
        }
        kms::response answer = std::move(reply).message();
        auto* const message = std::get_if<M>(&answer.message);
        if (message == nullptr) {
            return mcx::detail::at_element(kms::message_element::kms_message,
                                           errc::kms_message_mismatch);
        }
        return std::move(*message);
    }
};

/// The client asks for the certificates of external domains. [TS 33.180 5.3.4, D.2.5, D.2.6]
class caching {
    asking asking_;
    std::optional<kms::kms_uri> one_;  ///< the KMS whose certificate is asked for; none: of all

  public:
    explicit caching(asking const& request, std::optional<kms::kms_uri> const& one = {}) noexcept
        : asking_(request), one_(one) {}

    [[nodiscard]] kms::request message(Clock auto const& clock) const {
        return asking_.message(clock);
    }

    /// Takes the certificates. Fails: as `asking::take`; as `kms::check` of a cache;
    /// domain_mismatch (it is not the one certificate that was asked for).
    [[nodiscard]] result<kms::cert_cache> receive(kms::received<kms::response>&& reply,
                                                  Clock auto const& clock) const {
        auto cache = asking_.template take<kms::cert_cache>(std::move(reply), clock);
        if (!cache) {
            return cache;
        }
        if (auto const fine = kms::check(*cache, asking_.by().kms); !fine) {
            return fine.error();
        }
        if (one_ &&
            (cache->certificates.size() != 1 || cache->certificates[0].kms_uri() != *one_)) {
            return mcx::detail::at_element(kms::certificate_element::domain_uri,
                                           errc::domain_mismatch);
        }
        if (one_) {
            cache->number.reset();  // one certificate is not what the cache held
        }
        return cache;
    }
};

/// Puts certificates of a cache into a set of domains, and its number: all of them, or none. A
/// domain that is not in the set is not added, since which ones are permitted is the home KMS's
/// decision; its certificate is passed over. So is that of a domain which the user is a member of:
/// its own KMS hands out the one that counts. Fails: as `domain_set::accept`, and the set is as
/// before. Cost: a copy of the set. [TS 33.180 5.3.1.1, 5.3.5]
template <std::size_t M, std::size_t E>
[[nodiscard]] result<void> merge(kms::cert_cache const& cache, kms::domain_set<M, E>& into) {
    auto next = into;
    for (kms::certificate const& c : cache.certificates) {
        if (next.relation_to(c.kms_uri()) != kms::relation::external) {
            continue;
        }
        if (auto const taken = next.accept(c); !taken) {
            return taken;
        }
    }
    if (cache.number) {
        next.remember_cache(*cache.number);
    }
    into = next;
    return {};
}

/// The user has keys for a period.
class provisioned {
    account account_;
    kms::certificate certificate_;
    kms::key_prov keys_;

  public:
    provisioned(account const& by, kms::certificate const& own, kms::key_prov&& keys) noexcept
        : account_(by), certificate_(own), keys_(std::move(keys)) {}

    [[nodiscard]] kms::certificate const& certificate() const noexcept { return certificate_; }
    [[nodiscard]] std::vector<kms::key_set> const& key_sets() const noexcept { return keys_.sets; }
    [[nodiscard]] kms::new_keys const& new_keys() const noexcept { return keys_.keys; }

    /// The key set of the period that a time is in, if it may be used then; null otherwise.
    [[nodiscard]] kms::key_set const* key_set_at(instant at) const noexcept {
        auto const due = certificate_.key_period().number_at(at);
        for (kms::key_set const& set : keys_.sets) {
            if (due && set.labels().key_period_no == *due && set.usable_at(at)) {
                return &set;
            }
        }
        return nullptr;
    }

    /// Goes on to ask for the certificates of external domains, or what changed since a cache.
    /// Fails: as `kms::write_request_url`.
    [[nodiscard]] result<caching> cache(std::optional<std::uint64_t> held = {}) const {
        return asking::for_wish(account_, kms::cert_cache_request{held})
            .transform([](asking const& a) { return caching{a}; });
    }
    /// Goes on to ask for the certificate of one KMS. Fails: as `kms::write_request_url`.
    [[nodiscard]] result<caching> cache_one(kms::kms_uri const& kms) const {
        return asking::for_wish(account_, kms::cert_request{kms}).transform([&](asking const& a) {
            return caching{a, kms};
        });
    }
};

/// The client asks for keys. [TS 33.180 5.3.3, D.2.4]
class provisioning {
    asking asking_;
    kms::certificate certificate_;
    kms::user_uri user_;
    std::optional<instant> at_;

  public:
    provisioning(asking const& request, kms::certificate const& own, kms::user_uri const& user,
                 std::optional<instant> at) noexcept
        : asking_(request), certificate_(own), user_(user), at_(at) {}

    [[nodiscard]] kms::request message(Clock auto const& clock) const {
        return asking_.message(clock);
    }

    /// Takes the keys: D is the hash function of their UIDs. Fails: as `asking::take`; as
    /// `kms::check` of key sets, for the time that was asked for, or else now.
    template <kms::UidDigest D>
    [[nodiscard]] result<provisioned> receive(kms::received<kms::response>&& reply,
                                              Clock auto const& clock) const {
        auto keys = asking_.template take<kms::key_prov>(std::move(reply), clock);
        if (!keys) {
            return keys.error();
        }
        auto const fine = kms::check<D>(*keys, certificate_, user_, at_.value_or(clock.now()));
        if (!fine) {
            return fine.error();
        }
        return provisioned{asking_.by(), certificate_, *std::move(keys)};
    }
};

/// The client knows the certificate of its KMS.
class initialized {
    account account_;
    kms::init init_;

  public:
    initialized(account const& by, kms::init&& got) noexcept
        : account_(by), init_(std::move(got)) {}

    [[nodiscard]] kms::certificate const& certificate() const noexcept { return init_.certificate; }
    [[nodiscard]] kms::new_keys const& new_keys() const noexcept { return init_.keys; }

    /// Goes on to ask for the user's keys of now. Fails: as `kms::certificate::usable_at`.
    [[nodiscard]] result<provisioning> provision(Clock auto const& clock) const {
        return provision_wish({}, account_.user, {}, clock);
    }
    /// The same for another URI of the user's, such as that of a group, and for another time.
    /// Fails: as `kms::certificate::usable_at`, and as `kms::write_request_url`; out_of_range (a
    /// time that the KMS would take for another).
    [[nodiscard]] result<provisioning> provision(kms::user_uri const& user,
                                                 std::optional<instant> at,
                                                 Clock auto const& clock) const {
        return provision_wish(kms::key_prov_request{user, at}, user, at, clock);
    }

  private:
    [[nodiscard]] result<provisioning> provision_wish(kms::key_prov_request const& wanted,
                                                      kms::user_uri const& user,
                                                      std::optional<instant> at,
                                                      Clock auto const& clock) const {
        if (auto const usable = init_.certificate.usable_at(clock.now()); !usable) {
            return usable.error();
        }
        if (at && !kms::is_near(*at, clock.now())) {
            return errc::out_of_range;
        }
        return asking::for_wish(account_, wanted).transform([&](asking const& a) {
            return provisioning{a, init_.certificate, user, at};
        });
    }
};

/// The first step: the client asks for the certificate of its KMS. [TS 33.180 5.3.2, D.2.3]
class starting {
    asking asking_;

    explicit starting(asking const& request) noexcept : asking_(request) {}

  public:
    /// Fails: value_empty (the account is not complete), value_too_long.
    [[nodiscard]] static result<starting> from(account const& by) {
        if (by.user.empty() || by.kms.empty() || by.server.empty()) {
            return errc::value_empty;
        }
        return asking::for_wish(by, kms::init_request{}).transform([](asking const& a) {
            return starting{a};
        });
    }

    [[nodiscard]] kms::request message(Clock auto const& clock) const {
        return asking_.message(clock);
    }

    /// Takes the certificate. Fails: as `asking::take`; domain_mismatch, certificate_role,
    /// certificate_revoked, certificate_not_yet_valid, certificate_expired.
    [[nodiscard]] result<initialized> receive(kms::received<kms::response>&& reply,
                                              Clock auto const& clock) const {
        auto got = asking_.template take<kms::init>(std::move(reply), clock);
        if (!got) {
            return got.error();
        }
        auto const fine = kms::check(got->certificate, asking_.by().kms, clock);
        if (!fine) {
            return fine.error();
        }
        return initialized{asking_.by(), *std::move(got)};
    }
};

}  // namespace mcx::role::kms_client

#endif
