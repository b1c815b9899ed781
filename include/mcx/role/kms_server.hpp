// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_ROLE_KMS_SERVER_HPP
#define MCX_ROLE_KMS_SERVER_HPP

#include <mcx/core/result.hpp>
#include <mcx/core/time.hpp>
#include <mcx/kms/certificate.hpp>
#include <mcx/kms/key_set.hpp>
#include <mcx/kms/names.hpp>
#include <mcx/kms/request.hpp>
#include <mcx/kms/request_path.hpp>
#include <mcx/kms/response.hpp>
#include <mcx/kms/uid.hpp>

#include <chrono>
#include <optional>
#include <string_view>
#include <utility>
#include <variant>

// The KMS: receives a request, checks that it is for this KMS, now, and from who is authenticated,
// and stops with a petition. Which user may have which keys is for the deployment; the petition
// takes the answer and refuses one that no client could accept. [TS 33.180 5.3.2 to 5.3.4, D.2]

namespace mcx::role {

/// A request that may be answered. What is asked for is in `wanted`; redirect responses that are
/// uploaded are in `request().krr_list`, and have no answer here but an error.
class kms_petition {
    kms::request request_;
    kms::wish wanted_;
    std::optional<kms::key_name> signed_by_;
    instant at_;

    [[nodiscard]] kms::response answer(Clock auto const& clock) const {
        kms::response r;
        r.user = request_.user;
        r.kms = request_.kms;
        r.time = clock.now();
        r.url = request_.url;
        r.trk_id = request_.trk_id;
        r.signature_id = request_.signature_id;
        return r;
    }

    template <class M>
    [[nodiscard]] kms::response answer_with(M&& message, Clock auto const& clock) const {
        auto r = answer(clock);
        r.message = std::forward<M>(message);
        return r;
    }

    /// What is wrong with the KMS's own answer is no fault of whoever asked; the time is theirs.
    static error own_fault(error e) noexcept {
        bool const own = blame_of(e) == blame::peer && e.code != errc::time_before_period;
        return own ? error{errc::no_such_answer, e.where} : e;
    }

    friend class kms_server;
    kms_petition(kms::received<kms::request> const& asked, kms::wish const& wanted, instant at)
        : request_(asked.message()), wanted_(wanted), signed_by_(asked.signed_by()), at_(at) {}

  public:
    [[nodiscard]] kms::user_uri const& user() const noexcept { return request_.user; }
    [[nodiscard]] kms::request const& request() const noexcept { return request_; }
    [[nodiscard]] kms::wish const& wanted() const noexcept { return wanted_; }
    /// The key that the request's signature was verified with, if there was one. That it is a key
    /// of this user is for the deployment to say. [TS 33.180 9.3.5]
    [[nodiscard]] std::optional<kms::key_name> const& signed_by() const noexcept {
        return signed_by_;
    }

    /// Whose keys are asked for, and for when; no keys are asked for where there is none.
    [[nodiscard]] std::optional<kms::key_prov_request> wanted_keys() const noexcept {
        auto const* const keys = std::get_if<kms::key_prov_request>(&wanted_);
        if (keys == nullptr) {
            return std::nullopt;
        }
        return kms::key_prov_request{keys->user ? *keys->user : request_.user,
                                     keys->at ? *keys->at : at_};
    }

    /// Answers `init` with the KMS's own certificate. Fails: no_such_answer (something else is
    /// asked for, or `kms::check` of a certificate refuses it: `where` is the element).
    [[nodiscard]] result<kms::response> initialize(kms::certificate const& own,
                                                   kms::new_keys const& keys,
                                                   Clock auto const& clock) const {
        if (!std::holds_alternative<kms::init_request>(wanted_)) {
            return errc::no_such_answer;
        }
        if (auto const fine = kms::check(own, request_.kms, clock); !fine) {
            return own_fault(fine.error());
        }
        return answer_with(kms::init{own, keys}, clock);
    }

    /// Answers `keyprov`; D is the hash function of UIDs. Fails: no_such_answer (something else is
    /// asked for, or `kms::check` of key sets refuses them: `where` is the element),
    /// time_before_period (keys for before the first period are asked for), backend.
    template <kms::UidDigest D>
    [[nodiscard]] result<kms::response> provision(kms::key_prov&& keys, kms::certificate const& own,
                                                  Clock auto const& clock) const {
        auto const wanted = wanted_keys();
        if (!wanted) {
            return errc::no_such_answer;
        }
        if (auto const fine = kms::check<D>(keys, own, *wanted->user, *wanted->at); !fine) {
            return own_fault(fine.error());
        }
        return answer_with(std::move(keys), clock);
    }

    /// Answers `certcache` or `cert` with certificates of other domains. Fails: no_such_answer
    /// (something else is asked for, or not this one, or `kms::check` of a cache refuses them:
    /// `where` is the element).
    [[nodiscard]] result<kms::response> share(kms::cert_cache&& cache,
                                              Clock auto const& clock) const {
        auto const* const one = std::get_if<kms::cert_request>(&wanted_);
        bool const asked =
            one != nullptr || std::holds_alternative<kms::cert_cache_request>(wanted_);
        bool const right = one == nullptr || (cache.certificates.size() == 1 &&
                                              cache.certificates[0].kms_uri() == one->kms);
        if (!asked || !right) {
            return errc::no_such_answer;
        }
        if (auto const fine = kms::check(cache, request_.kms); !fine) {
            return own_fault(fine.error());
        }
        return answer_with(std::move(cache), clock);
    }

    /// Answers with an error. [TS 33.180 D.3.5 ErrorType]
    [[nodiscard]] kms::response refuse(kms::error_report const& why,
                                       Clock auto const& clock) const {
        auto r = answer(clock);
        r.error = why;
        return r;
    }
};

/// The KMS of one security domain.
class kms_server {
    kms::kms_uri self_;
    kms::server_url server_;
    kms::time_window window_{std::chrono::seconds{5}};
    bool signed_only_ = false;

  public:
    /// A KMS that is reached at `server`, such as https://kms.example.org.
    constexpr kms_server(kms::kms_uri const& self, kms::server_url const& server) noexcept
        : self_(self), server_(server) {}

    /// The same with another time window, or for signed requests only.
    [[nodiscard]] constexpr kms_server with(kms::time_window window,
                                            bool signed_only) const noexcept {
        kms_server other = *this;
        other.window_ = window;
        other.signed_only_ = signed_only;
        return other;
    }

    /// Receives a request that was posted to `url` by a user who is authenticated; by nobody in
    /// particular where another party vouches for the UserUri. Fails: as `kms::check` of a request;
    /// request_path; field_missing (an upload of redirect responses brings none). [TS 33.180 D.2]
    [[nodiscard]] result<kms_petition> receive(kms::received<kms::request> const& asked,
                                               std::string_view url,
                                               std::optional<kms::user_uri> const& authenticated,
                                               Clock auto const& clock) const {
        auto const posted = kms::request_url::from(url);
        auto const wanted = kms::read_request_url(server_.view(), url, clock);
        if (!posted || !wanted) {
            return errc::request_path;
        }
        kms::request_terms const terms{self_, *posted, authenticated, window_, signed_only_};
        if (auto const fine = kms::check(asked, terms, clock); !fine) {
            return fine.error();
        }
        if (std::holds_alternative<kms::redirect_request>(*wanted) &&
            asked.message().krr_list.empty()) {
            return mcx::detail::at_element(kms::message_element::krr_list, errc::field_missing);
        }
        return kms_petition{asked, *wanted, clock.now()};
    }
};

}  // namespace mcx::role

#endif
