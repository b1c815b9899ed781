// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_JOSE_KEY_SET_HPP
#define MCX_JOSE_KEY_SET_HPP

#include <mcx/codec/json_object.hpp>
#include <mcx/core/time.hpp>
#include <mcx/crypto/digest.hpp>
#include <mcx/crypto/key_id.hpp>
#include <mcx/crypto/verification.hpp>
#include <mcx/jose/jwk.hpp>
#include <mcx/jose/jwk_certificates.hpp>
#include <mcx/jose/spki.hpp>
#include <mcx/jose/thumbprint.hpp>
#include <mcx/jose/x509_key.hpp>

#include <algorithm>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

// The keys of one issuer: public keys, or MAC secrets, which no document brings. A set is filled
// once and then shared as const: on rotation the caller makes a new one and swaps it in. Selection
// leaves exactly one key or says why not; it never tries one key after another. [RFC 7517 §5, RFC
// 7515 §6]

namespace mcx {

/// The keys of one issuer, prepared for backend B, for the algorithms `As`.
template <class B, AlgorithmSet As = verified_algorithms<B, signature_algorithms>>
class key_set;

template <class B, class... As>
    requires(... && (Verifies<B, As> || Authenticates<B, As>))
class key_set<B, algorithm_set<As...>> {
    template <class A>
    struct entry {
        key_id id;
        key_to_verify<A, B> key;
        std::optional<jwk::sha256_print> print;
        period good;
        std::shared_ptr<jwk::certificates const> certificates;  // null where there are none
    };

    std::tuple<std::vector<entry<As>>...> keys_;
    std::size_t size_ = 0;
    std::size_t skipped_ = 0;

  public:
    using algorithms = algorithm_set<As...>;
    using backend = B;
    static constexpr std::size_t max_keys = 64;

    /// The longest document that is read: 64 keys fit, each with the longest certificate.
    static constexpr std::size_t max_text = 1U << 20U;

    /// Adds a key under an id, which may be empty, and for how long it is good: tokens that are
    /// validated at another time are refused. Fails: key_set_too_large, backend; the set then is as
    /// before.
    template <class A>
        requires(algorithms::template contains<A>)
    result<void> add(typename key_to_verify<A, B>::numbers const& numbers, key_id const& id,
                     period const& good = {}) {
        if (size_ == max_keys) {
            return errc::key_set_too_large;
        }
        auto prepared = key_to_verify<A, B>::from(numbers);
        if (!prepared) {
            return prepared.error();
        }
        std::optional<jwk::sha256_print> print;
        if constexpr (SignatureAlgorithm<A> && Digests<B, sha256>) {
            auto const made = jwk::thumbprint<A, hashing<B, sha256>>(numbers);
            print = made ? std::optional{*made} : std::nullopt;  // the key verifies without it
        }
        entries<A>().push_back({id, *std::move(prepared), print, good, nullptr});
        ++size_;
        return {};
    }

    /// Makes a set from a JWK Set document. Keys that are not for signatures of these algorithms
    /// (another kind, curve, `alg` or `use`, or `key_ops` without "verify" where there is no `use`;
    /// symmetric ones), or that could serve several of them, are skipped and counted; a private
    /// key, or one of ours that is wrong, refuses the document, since an operator has to know.
    /// `x5c` and `x5t#S256` are carried: the first certificate is read and has to be one of the key
    /// itself; its thumbprint is compared where B has SHA-256. [RFC 7517 §4.2, §4.3, §4.7, §4.9,
    /// §5] Fails: json_*, key_set_shape, key_set_too_large (also a text of over `max_text`), as
    /// `jwk::parse`, `jwk::read`, `jwk::read_certificates`, `jwk::check_certificates` and
    /// `x509::check_leaf`; of the last three, `where` is zero.
    [[nodiscard]] static result<key_set> from_jwks(std::string_view text)
        requires(... && SignatureAlgorithm<As>)
    {
        if (text.size() > max_text) {
            return errc::key_set_too_large;
        }
        json::reader reader{text, {.depth = 8, .members = json::limits::max_members}};
        key_set made;
        if (auto const read = made.read_document(reader); !read) {
            return read.error();
        }
        return made;
    }

    /// Writes the set as a JWK Set document: the algorithms in order, the keys of each as added,
    /// under the algorithm's `name` even where a relaxation has read another.
    [[nodiscard]] std::string to_jwks() const
        requires(... && SignatureAlgorithm<As>)
    {
        std::string made = "{\"keys\":[";
        auto const append = [&made]<class A>(entry<A> const& e) {
            made += made.ends_with('[') ? "" : ",";
            made += e.certificates ? jwk::write<A>(e.key.public_key(), e.id, *e.certificates)
                                   : jwk::write<A>(e.key.public_key(), e.id);
        };
        std::apply(
            [&](auto const&... lists) {
                (..., [&] {
                    for (auto const& e : lists) {
                        append(e);
                    }
                }());
            },
            keys_);
        return made + "]}";
    }

    /// Chooses the key of algorithm A that a header asks for: the one with its `kid`, or the only
    /// one where the header names none. Fails: no_such_key, ambiguous_key.
    template <class A>
        requires(algorithms::template contains<A>)
    [[nodiscard]] result<std::reference_wrapper<key_to_verify<A, B> const>> find(
        std::optional<key_id> const& kid) const noexcept {
        key_to_verify<A, B> const* found = nullptr;
        for (entry<A> const& e : entries<A>()) {
            if (kid && e.id != *kid) {
                continue;
            }
            if (found != nullptr) {
                return errc::ambiguous_key;
            }
            found = &e.key;
        }
        if (found == nullptr) {
            return errc::no_such_key;
        }
        return std::cref(*found);
    }

    /// For how long the key is good that `find` chooses for a header; always, where it finds none.
    [[nodiscard]] period good_for(std::string_view alg,
                                  std::optional<key_id> const& kid) const noexcept {
        period found;
        auto const look = [&]<class A>(std::vector<entry<A>> const& list) {
            for (entry<A> const& e : list) {
                if (answers_to<A>(alg) && (!kid || e.id == *kid)) {
                    found.from = std::max(found.from, e.good.from);
                    found.until = std::min(found.until, e.good.until);
                }
            }
        };
        (..., look(entries<As>()));
        return found;
    }

    /// Calls `visit(A{}, id, key, print)` for every key, the algorithms in order and the keys of
    /// each as added; `print` is the SHA-256 thumbprint, made once, where the backend has the hash;
    /// a MAC secret has none, from which it might be guessed. [RFC 7638 §7]
    template <class Visit>
    void for_each(Visit&& visit) const {
        (..., [&] {
            for (entry<As> const& e : entries<As>()) {
                visit(As{}, e.id, e.key, e.print);
            }
        }());
    }

    [[nodiscard]] std::size_t size() const noexcept { return size_; }

    /// How many keys of a JWK Set document were not for this set.
    [[nodiscard]] std::size_t skipped() const noexcept { return skipped_; }

  private:
    template <class A>
    [[nodiscard]] std::vector<entry<A>>& entries() noexcept {
        return std::get<std::vector<entry<A>>>(keys_);
    }
    template <class A>
    [[nodiscard]] std::vector<entry<A>> const& entries() const noexcept {
        return std::get<std::vector<entry<A>>>(keys_);
    }

    [[nodiscard]] result<void> read_document(json::reader& reader) {
        auto step = reader.next();
        if (step && step->kind != json::kind::object_begin) {
            return errc::key_set_shape;
        }
        bool found = false;
        for (step = reader.next(); step && step->kind == json::kind::name; step = reader.next()) {
            bool const keys = json::means(step->token(), "keys");
            auto const first = reader.next();
            if (!first) {
                return first.error();
            }
            if (!keys) {
                if (auto const skipped = reader.skip(*first); !skipped) {
                    return skipped.error();
                }
                continue;
            }
            found = true;
            if (auto const read = read_keys(reader, *first); !read) {
                return read.error();
            }
        }
        if (!step) {
            return step.error();
        }
        if (auto const end = reader.next(); !end) {
            return end.error();
        }
        return found ? result<void>{} : errc::key_set_shape;
    }

    [[nodiscard]] result<void> read_keys(json::reader& reader, json::event const& first) {
        if (first.kind != json::kind::array_begin) {
            return error{errc::key_set_shape, 0, first.offset};
        }
        for (std::size_t count = 0;; ++count) {
            auto const item = reader.next();
            if (!item) {
                return item.error();
            }
            if (item->kind == json::kind::array_end) {
                return {};
            }
            if (count == max_keys) {
                return error{errc::key_set_too_large, 0, item->offset};
            }
            auto const object = reader.skip(*item);
            if (!object) {
                return object.error();
            }
            if (auto const added = add_jwk(*object); !added) {
                return error{added.error().code, added.error().where, item->offset};
            }
        }
    }

    /// Adds one JWK to the list of the one algorithm it is for.
    [[nodiscard]] result<void> add_jwk(std::string_view object) {
        if (jwk::is_symmetric(object)) {
            ++skipped_;
            return {};
        }
        auto const parsed = jwk::parse(object);
        if (!parsed) {
            return parsed.error();
        }
        jwk::members const& m = *parsed;
        bool const verifies =
            m.use ? m.use->view() == "sig" : !m.key_ops || m.key_ops->contains(jwk::word("verify"));
        std::size_t const fitting =
            (std::size_t{0} + ... +
             static_cast<std::size_t>(jwk::is_for<As>(m) &&
                                      (!m.alg || answers_to<As>(m.alg->view()))));
        if (!verifies || fitting != 1) {
            ++skipped_;
            return {};
        }
        result<void> added;
        (void)(... || (jwk::is_for<As>(m) && (!m.alg || answers_to<As>(m.alg->view())) &&
                       (added = add_as<As>(m, object), true)));
        return added;
    }

    template <class A>
    [[nodiscard]] result<void> add_as(jwk::members const& m, std::string_view object) {
        auto const numbers = jwk::read<A>(m);
        if (!numbers) {
            return numbers.error();
        }
        auto stated = jwk::read_certificates(object);
        if (!stated) {
            return stated.error().code;
        }
        if (auto const own = check_stated<A>(*stated, *numbers); !own) {
            return own.error().code;
        }
        auto const added = add<A>(*numbers, m.kid.value_or(key_id{}));
        if (added && !stated->empty()) {
            entries<A>().back().certificates =
                std::make_shared<jwk::certificates const>(*std::move(stated));
        }
        return added;
    }

    /// Compares what a JWK says of its certificates with its key; a kind of key that nothing can
    /// read out of a certificate has none.
    template <class A>
    [[nodiscard]] static result<void> check_stated(jwk::certificates const& stated,
                                                   typename A::public_key const& key) noexcept {
        if constexpr (Digests<B, sha256>) {
            if (auto const own = jwk::check_certificates<hashing<B, sha256>>(stated); !own) {
                return own;
            }
        }
        if constexpr (requires { spki::shape<typename A::public_key>::identifier; }) {
            return x509::check_leaf<A>(stated, key);
        } else {
            return stated.x5c.empty() ? result<void>{} : errc::key_certificate;
        }
    }
};

}  // namespace mcx

#endif
