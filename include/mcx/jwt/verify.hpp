// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_JWT_VERIFY_HPP
#define MCX_JWT_VERIFY_HPP

#include <mcx/codec/base64url.hpp>
#include <mcx/core/result.hpp>
#include <mcx/core/time.hpp>
#include <mcx/jose/trust.hpp>
#include <mcx/jose/verify.hpp>
#include <mcx/jwt/claims.hpp>
#include <mcx/jwt/parse.hpp>
#include <mcx/jwt/peek.hpp>
#include <mcx/jwt/profile.hpp>

#include <string_view>
#include <utility>

// The second verb: an `unverified` token becomes a `verified` one. Where several issuers are
// trusted, `iss` is looked for before the signature is checked: it chooses the key set and nothing
// else, and `validate` compares it again with the claim that was signed. [RFC 7519 §7.2, RFC 7515
// §5.2]

namespace mcx::jwt {

namespace detail {

struct signature_check;

class passkey {
    friend struct signature_check;
    constexpr passkey() = default;
};

}  // namespace detail

/// A token of profile P whose signature is good, and the issuer whose key made it. Borrows the
/// text.
template <Profile P>
class verified {
    jws::verified token_;
    issuer signed_by_;
    period key_good_;

  public:
    constexpr verified(jws::verified const& token, issuer const& who, period const& key_good,
                       detail::passkey) noexcept
        : token_(token), signed_by_(who), key_good_(key_good) {}

    [[nodiscard]] constexpr jws::verified const& jws() const noexcept { return token_; }

    /// The issuer to whom the key belongs, from `trust`, not from the token.
    [[nodiscard]] constexpr issuer const& signed_by() const noexcept { return signed_by_; }
    /// For how long that key is good, from `trust`; `validate` compares.
    [[nodiscard]] constexpr period const& key_good() const noexcept { return key_good_; }
};

namespace detail {

struct only_issuer {
    issuer iss;
    using fields = field_list<required<"iss", &only_issuer::iss>>;
};

/// Looks for the issuer in a payload that nobody has vouched for.
template <Profile P>
[[nodiscard]] result<untrusted<issuer>> scan_issuer(jwt::unverified<P> const& token) noexcept {
    char text[P::limits.payload];
    auto const object = base64url::decode_text(token.jws().parts().payload, text);
    if (!object) {
        return object.error();
    }
    auto const found = json::parse_object<only_issuer>(*object, P::limits.json, claim_errors);
    if (!found) {
        // The claim's number is the profile's, not that of the one-claim struct above.
        error const e = found.error();
        return error{e.code, e.where == 0 ? e.where : P::claims::fields::number_of("iss"),
                     e.offset};
    }
    return untrusted<issuer>{found->iss};
}

struct signature_check {
    template <Profile P, class B, class As, class Ws>
    [[nodiscard]] static result<verified<P>> run(jwt::unverified<P> const& token,
                                                 trust<B, As> const& issuers,
                                                 workspace<B, Ws>& work) noexcept {
        auto entry = issuers.sole();
        if (!entry) {
            auto const claimed = scan_issuer(token);
            if (!claimed) {
                return claimed.error();
            }
            entry = issuers.find(claimed->for_lookup());
            if (!entry) {
                return error{entry.error().code, P::claims::fields::number_of("iss")};
            }
        }
        auto const checked =
            jws::verify<typename P::algorithms>(token.jws(), entry->get().set, work);
        if (!checked) {
            return checked.error();
        }
        auto const& header = checked->header();
        return result<verified<P>>{std::in_place, *checked, entry->get().issuer,
                                   entry->get().set.good_for(header.alg.view(), header.kid),
                                   passkey{}};
    }
};

}  // namespace detail

/// Verifies a token with the keys of its issuer. Where exactly one issuer is trusted the token need
/// not name it; one that names another is refused by `validate`.
/// Fails: unknown_issuer, and as `jws::verify`; where several issuers are trusted, also
/// json_* and claim_* for a payload without a readable `iss`.
template <Profile P, class B, AlgorithmSet As, AlgorithmSet Ws>
    requires ShareAnAlgorithm<typename P::algorithms, As>
[[nodiscard]] result<verified<P>> verify(unverified<P> const& token, trust<B, As> const& issuers,
                                         workspace<B, Ws>& work) noexcept {
    return detail::signature_check::run(token, issuers, work);
}

/// A temporary set of issuers is a mistake: it is made anew for every token.
template <Profile P, class B, AlgorithmSet As, AlgorithmSet Ws>
result<verified<P>> verify(unverified<P> const&, trust<B, As>&&, workspace<B, Ws>&) = delete;

/// The verb for `and_then`.
template <class B, AlgorithmSet As, AlgorithmSet Ws>
[[nodiscard]] constexpr auto verify(trust<B, As> const& issuers, workspace<B, Ws>& work) noexcept {
    return [&issuers, &work]<Profile P>(unverified<P> const& token) {
        return verify(token, issuers, work);
    };
}
template <class B, AlgorithmSet As, AlgorithmSet Ws>
void verify(trust<B, As>&&, workspace<B, Ws>&) = delete;

}  // namespace mcx::jwt

#endif
