// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_JOSE_TRUST_HPP
#define MCX_JOSE_TRUST_HPP

#include <mcx/core/text.hpp>
#include <mcx/jose/key_set.hpp>

#include <cstddef>
#include <functional>
#include <utility>
#include <vector>

// Which issuer signs with which keys. Keys belong to an issuer: a key that is right for one never
// verifies a token of another. Where the keys come from (a JWK Set fetched by the caller, the
// certificates of TS 33.180 5.1.4.2 provisioned out of band) is the caller's business, never the
// token's.

namespace mcx {

/// Issuer: the URL of an identity management server, compared octet for octet.
/// [RFC 7519 §4.1.1, TS 33.180 B.2.1.2]
using issuer = text<detail::key_id_tag, 255>;

/// The issuers somebody trusts, each with its keys. Filled once, then shared as const.
template <class B, AlgorithmSet As = verified_algorithms<B, signature_algorithms>>
class trust {
  public:
    using keys = key_set<B, As>;
    using algorithms = As;
    using backend = B;
    static constexpr std::size_t max_issuers = 256;

    /// An issuer and its keys.
    struct entry {
        mcx::issuer issuer;
        keys set;
    };

    /// Adds an issuer. Fails: value_empty, duplicate_issuer, out_of_range (too many issuers).
    result<void> add(mcx::issuer const& who, keys set) {
        if (who.empty()) {
            return errc::value_empty;
        }
        if (find(who)) {
            return errc::duplicate_issuer;
        }
        if (entries_.size() == max_issuers) {
            return errc::out_of_range;
        }
        entries_.push_back({who, std::move(set)});
        return {};
    }

    /// The entry of an issuer. Fails: unknown_issuer.
    [[nodiscard]] result<std::reference_wrapper<entry const>> find(
        mcx::issuer const& who) const noexcept {
        for (entry const& e : entries_) {
            if (e.issuer == who) {
                return std::cref(e);
            }
        }
        return errc::unknown_issuer;
    }

    /// The only entry. Fails: unknown_issuer, where there is none or more than one.
    [[nodiscard]] result<std::reference_wrapper<entry const>> sole() const noexcept {
        if (entries_.size() != 1) {
            return errc::unknown_issuer;
        }
        return std::cref(entries_.front());
    }

    [[nodiscard]] std::size_t size() const noexcept { return entries_.size(); }

  private:
    std::vector<entry> entries_;
};

}  // namespace mcx

#endif
