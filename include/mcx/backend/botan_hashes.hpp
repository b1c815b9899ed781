// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_BACKEND_BOTAN_HASHES_HPP
#define MCX_BACKEND_BOTAN_HASHES_HPP

#include <mcx/backend/botan_shim.hpp>
#include <mcx/core/bytes.hpp>
#include <mcx/core/result.hpp>
#include <mcx/crypto/mac.hpp>

#include <botan/hash.h>
#include <botan/mac.h>

#include <cstddef>
#include <memory>
#include <string>
#include <utility>

// Botan's hash functions and HMACs. Whatever Botan throws means that it could not work. The header
// to include is backend/botan.hpp.

namespace mcx {

namespace botan_detail {

// A MAC and, alive as long, the secret that it was given.
struct hmac_session {
    std::shared_ptr<locked_octets const> secret;
    std::unique_ptr<Botan::MessageAuthenticationCode> mac;
};

// HMAC. The scratch is one that knows the secret of the last key it was used with.
template <class A>
struct hmac_half {
    struct key {
        std::shared_ptr<locked_octets const> shared;

        explicit key(std::shared_ptr<locked_octets const>&& s) noexcept : shared(std::move(s)) {}
        key(key&&) noexcept = default;
        key& operator=(key&&) noexcept = default;
    };
    struct scratch {
        hmac_session session;

        [[nodiscard]] bool serves(key const& k) const noexcept {
            return session.mac != nullptr && session.secret == k.shared;
        }
    };

    [[nodiscard]] static result<key> prepare(mac_secret<A> const& octets) noexcept {
        try {
            byte_view const raw = octets.reveal();
            return key{std::make_shared<locked_octets const>(as_c_octets(raw),
                                                             as_c_octets(raw) + raw.size())};
        } catch (...) {
            return errc::backend;
        }
    }

    [[nodiscard]] static result<void> compute(key const& k, scratch& own, auto const& pieces,
                                              typename A::signature& tag) noexcept {
        try {
            if (!own.serves(k)) {
                auto mac = Botan::MessageAuthenticationCode::create_or_throw(
                    "HMAC(" + std::string(A::hash::name) + ")");
                mac->set_key(k.shared->data(), k.shared->size());
                own.session = {k.shared, std::move(mac)};
            }
            pieces([&own](byte_view piece) {
                own.session.mac->update(as_c_octets(piece), piece.size());
            });
            own.session.mac->final(as_writable_c_octets(tag));
            return {};
        } catch (...) {
            own.session = {};  // it may hold half a message
            return errc::backend;
        }
    }
};

template <class H>
class running_hash {
    std::unique_ptr<Botan::HashFunction> hash_;  // null once something has failed

    template <class F>
    void attempt(F&& f) noexcept {
        try {
            f();
        } catch (...) {
            hash_.reset();
        }
    }

  public:
    static constexpr std::size_t size = H::size;

    running_hash() noexcept {
        attempt([this] { hash_ = Botan::HashFunction::create(std::string{H::name}); });
    }

    void update(byte_view octets) noexcept {
        attempt([&] {
            if (hash_) {
                hash_->update(as_c_octets(octets), octets.size());
            }
        });
    }

    [[nodiscard]] result<fixed_bytes<size>> finish() noexcept {
        fixed_bytes<size> made{};
        attempt([&] {
            if (hash_) {
                hash_->final(as_writable_c_octets(made));
            }
        });
        return hash_ ? result<fixed_bytes<size>>{made} : errc::backend;
    }
};

}  // namespace botan_detail

}  // namespace mcx

#endif
