// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_JOSE_GENERAL_HPP
#define MCX_JOSE_GENERAL_HPP

#include <mcx/codec/base64url.hpp>
#include <mcx/core/bytes.hpp>
#include <mcx/core/list.hpp>
#include <mcx/core/random.hpp>
#include <mcx/crypto/signing.hpp>
#include <mcx/jose/general_members.hpp>
#include <mcx/jose/json_serialization.hpp>
#include <mcx/jose/sign.hpp>
#include <mcx/jose/signature_check.hpp>
#include <mcx/jose/signing_input.hpp>

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

// The general JSON serialization: one payload and up to eight signatures. `check` looks at every
// signature once and says of each what it found; whether the payload is then good is asked of what
// it returns: by any signature, by all, or by the keys that the caller names. [RFC 7515 §7.2.1]

namespace mcx::jws::general {

/// One signature before it is checked; `refused` where its header has been refused already.
struct stated {
    std::string_view header;
    json::borrowed_string signature;
    algorithm_name alg;
    std::optional<key_id> kid;
    error refused;
};

/// What was found of one signature: what its header says, and why it is refused if it is.
struct report {
    algorithm_name alg;
    std::optional<key_id> kid;
    error refused;

    [[nodiscard]] constexpr bool good() const noexcept { return refused.code == errc::none; }
};

/// A JWS in general JSON whose signatures have not been looked at. Borrows its text.
class unverified {
    signing_input payload_;  // its header is that of one of the signatures
    list<stated, max_signatures> signatures_;

  public:
    constexpr unverified(signing_input const& payload,
                         list<stated, max_signatures> const& signatures) noexcept
        : payload_(payload), signatures_(signatures) {}

    [[nodiscard]] constexpr list<stated, max_signatures> const& signatures() const noexcept {
        return signatures_;
    }

    /// What the signature of this number signed.
    [[nodiscard]] constexpr signing_input input(std::size_t i) const noexcept {
        return payload_.under(signatures_[i].header);
    }

    /// The space that `check` may need, in octets.
    [[nodiscard]] std::size_t space() const noexcept {
        std::size_t most = 0;
        for (std::size_t i = 0; i < signatures_.size(); ++i) {
            most = std::max(most, input(i).size());
        }
        return most;
    }
};

/// A JWS in general JSON that has the good signatures that were asked for.
class verified {
    signing_input input_;
    list<report, max_signatures> reports_;

  public:
    constexpr verified(signing_input const& input, list<report, max_signatures> const& reports,
                       jws::detail::passkey) noexcept
        : input_(input), reports_(reports) {}

    /// The payload that was signed, in the caller's octets. Fails: buffer_too_small.
    [[nodiscard]] result<byte_view> payload(byte_span out) const noexcept {
        return input_.payload(out);
    }

    /// What was found of each signature. One that is refused says nothing about the payload.
    [[nodiscard]] constexpr list<report, max_signatures> const& reports() const noexcept {
        return reports_;
    }
};

/// A JWS whose signatures have been looked at, every one of them.
class checked {
    signing_input input_;
    list<report, max_signatures> reports_;
    std::optional<jws::detail::passkey> passed_;  // where at least one signature is good

    [[nodiscard]] constexpr result<verified> make() const noexcept {
        return passed_ ? result<verified>{verified{input_, reports_, *passed_}}
                       : reports_[0].refused;
    }

  public:
    constexpr checked(signing_input const& input, list<report, max_signatures> const& reports,
                      std::optional<jws::detail::passkey> const& passed) noexcept
        : input_(input), reports_(reports), passed_(passed) {}

    [[nodiscard]] constexpr list<report, max_signatures> const& reports() const noexcept {
        return reports_;
    }

    /// Takes the payload where at least one signature is good. Fails: as the first signature.
    [[nodiscard]] constexpr result<verified> any() const noexcept { return make(); }

    /// Takes the payload where every signature is good. Fails: as the first that is not.
    [[nodiscard]] constexpr result<verified> all() const noexcept {
        for (report const& r : reports_) {
            if (!r.good()) {
                return r.refused;
            }
        }
        return make();
    }

    /// Takes the payload where each of these keys has signed, and no signature that names one of
    /// them is refused. Fails: value_empty (no names), signature_missing, as the refused signature.
    [[nodiscard]] constexpr result<verified> named(std::span<key_id const> names) const noexcept {
        if (names.empty()) {
            return errc::value_empty;
        }
        for (key_id const& name : names) {
            bool found = false;
            for (report const& r : reports_) {
                if (!r.kid || *r.kid != name) {
                    continue;
                }
                if (!r.good()) {
                    return r.refused;
                }
                found = true;
            }
            if (!found) {
                return error{errc::signature_missing, protected_header::fields::number_of("kid")};
            }
        }
        return make();
    }
};

namespace detail {

[[nodiscard]] constexpr bool is_mac_name(std::string_view alg) noexcept {
    return alg == "HS256" || alg == "HS384" || alg == "HS512";
}

/// Reads the headers of the signatures; each keeps its own refusal.
template <class Understood>
[[nodiscard]] constexpr list<stated, max_signatures> read_headers(
    signature_array const& array) noexcept {
    list<stated, max_signatures> made;
    for (std::size_t i = 0; i < array.count; ++i) {
        signature_members const& m = array.items[i];
        stated one{};
        one.signature = m.signature;
        auto const header =
            jws::detail::read_split_header<false, Understood>(m.protected_half, m.unprotected_half);
        if (header) {
            one.header = header->encoded;
            one.alg = header->protected_half.alg;
            one.kid = header->kid;
        }
        auto const signature = jws::detail::encoded_text(m.signature);
        one.refused = header ? signature.error() : header.error();
        (void)made.push_back(one);  // there are no more than fit
    }
    return made;
}

/// Reads a token whose payload is in its text, or is the one given.
template <class Understood>
[[nodiscard]] constexpr result<unverified> read(
    std::string_view text, std::size_t max_size,
    std::optional<payload_chain> elsewhere = std::nullopt) noexcept {
    auto const m = jws::detail::read_members<members>(text, max_size, elsewhere);
    if (!m) {
        return m.error();
    }
    auto const payload = jws::detail::payload_input<false>(m->payload, elsewhere);
    if (!payload) {
        return payload.error();
    }
    auto const signatures = read_headers<Understood>(m->signatures);
    auto const is_mac = [](stated const& s) { return is_mac_name(s.alg.view()); };
    auto const is_other = [&](stated const& s) { return !s.alg.empty() && !is_mac(s); };
    if (std::any_of(signatures.begin(), signatures.end(), is_mac) &&
        std::any_of(signatures.begin(), signatures.end(), is_other)) {
        return error{errc::mac_among_signatures, protected_header::fields::number_of("alg")};
    }
    return unverified{*payload, signatures};
}

}  // namespace detail

/// Reads a JWS in general JSON. A header that is refused is in the report of its signature.
/// Fails: token_too_long, compact_serialization, other_json_serialization, jws_member_missing,
/// jws_member_shape, too_many_signatures (or none), mac_among_signatures, json_*, base64_*.
template <class Understood = critical_names<>>
    requires EncodesPayload<Understood>
[[nodiscard]] constexpr result<unverified> parse(std::string_view text,
                                                 std::size_t max_size) noexcept {
    return detail::read<Understood>(text, max_size);
}

/// A temporary text would be gone before its token is verified.
template <class Understood = critical_names<>>
result<unverified> parse(std::same_as<std::string> auto&&, std::size_t) = delete;

/// Checks every signature by one of the `Acceptable` algorithms with a key of the set. An algorithm
/// that needs its message in one place gets a copy in `space`, of `token.space()` octets at most.
/// Each report fails by its own: algorithm_refused, no_such_key, ambiguous_key, base64_*,
/// buffer_too_small, signature, backend, or as its header was refused.
template <AlgorithmSet Acceptable, class B, AlgorithmSet As, AlgorithmSet Ws>
    requires ShareAnAlgorithm<Acceptable, As>
[[nodiscard]] checked check(unverified const& token, key_set<B, As> const& keys,
                            workspace<B, Ws>& work, byte_span space) noexcept {
    list<report, max_signatures> reports;
    std::optional<jws::detail::passkey> passed;
    for (std::size_t i = 0; i < token.signatures().size(); ++i) {
        stated const& s = token.signatures()[i];
        report one{s.alg, s.kid, s.refused};
        if (one.good()) {
            auto const found = jws::detail::signature_check::run(
                common_algorithms<Acceptable, As>{},
                {s.alg.view(), s.kid, s.signature.token.raw, s.signature.offset}, token.input(i),
                keys, space, work);
            one.refused = found.error();
            passed = found ? std::optional{*found} : passed;
        }
        (void)reports.push_back(one);  // there are no more than fit
    }
    return checked{token.input(0), reports, passed};
}

/// Checks by algorithms none of which needs space.
template <AlgorithmSet Acceptable, class B, AlgorithmSet As, AlgorithmSet Ws>
    requires ShareAnAlgorithm<Acceptable, As> &&
             verifies_chains<B, common_algorithms<Acceptable, As>>
[[nodiscard]] checked check(unverified const& token, key_set<B, As> const& keys,
                            workspace<B, Ws>& work) noexcept {
    return check<Acceptable>(token, keys, work, {});
}

/// A temporary key set is a mistake: it is made anew for every token.
template <AlgorithmSet Acceptable, class B, AlgorithmSet As, AlgorithmSet Ws>
checked check(unverified const&, key_set<B, As>&&, workspace<B, Ws>&, byte_span = {}) = delete;

/// As many signers as there may be signatures.
template <class... Ss>
concept SomeSigners = sizeof...(Ss) >= 1 && sizeof...(Ss) <= max_signatures && (... && Signer<Ss>);

namespace detail {

/// Signs a payload, and appends the array of signatures to the token that has been begun.
template <Signer... Ss>
[[nodiscard]] result<std::string> append_signatures(std::string made, payload_chain payload,
                                                    std::string_view typ, Random auto& random,
                                                    Ss&... signers) {
    std::size_t const macs =
        (std::size_t{0} + ... + static_cast<std::size_t>(is_mac_name(signers.alg())));
    if (macs != 0 && macs != sizeof...(Ss)) {
        return error{errc::mac_among_signatures, protected_header::fields::number_of("alg")};
    }
    made += "\"signatures\":[";
    error failed{};
    auto const add = [&](auto& signer) {
        auto const parts = jws::detail::sign_detached(payload, typ, signer, random,
                                                      jws::detail::payload_is::encoded);
        if (!parts) {
            failed = parts.error();
            return false;
        }
        made += made.ends_with('[') ? "" : ",";
        made += "{\"protected\":\"" + parts->header;
        made += "\",\"signature\":\"" + parts->signature + "\"}";
        return true;
    };
    if (!(... && add(signers))) {
        return failed;
    }
    return made + "]}";
}

}  // namespace detail

/// Signs a payload once by each signer, one to eight of them. The headers are all protected.
/// Fails: mac_among_signatures, and as `jws::sign`; then nothing is released.
template <class... Ss>
    requires SomeSigners<Ss...>
[[nodiscard]] result<std::string> sign(byte_view payload, std::string_view typ, Random auto& random,
                                       Ss&... signers) {
    std::string made = "{\"payload\":\"";
    std::size_t const at = made.size();
    made.resize(at + base64url::encoded_size(payload.size()));
    base64url::encode(payload, std::span<char>{made}.subspan(at));
    return detail::append_signatures(std::move(made += "\","), payload_chain{&payload, 1}, typ,
                                     random, signers...);
}

}  // namespace mcx::jws::general

#endif
