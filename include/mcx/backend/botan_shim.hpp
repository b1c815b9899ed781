// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_BACKEND_BOTAN_SHIM_HPP
#define MCX_BACKEND_BOTAN_SHIM_HPP

#include <mcx/core/bytes.hpp>
#include <mcx/core/random.hpp>

#include <botan/version.h>
#if !(BOTAN_VERSION_MAJOR == 2 && BOTAN_VERSION_MINOR >= 19) && \
    !(BOTAN_VERSION_MAJOR == 3 && BOTAN_VERSION_MINOR >= 7)
#error "mcx needs Botan 2.19, or Botan 3.7 or later: the EC interface of 3.0 to 3.6 kept changing"
#endif
#include <botan/bigint.h>
#include <botan/ec_group.h>
#include <botan/ecdsa.h>
#include <botan/pk_keys.h>
#include <botan/rng.h>
#include <botan/secmem.h>
#include <botan/system_rng.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

// Botan 2.19 and Botan 3.7 and later as one library: all that differs between them, and the things
// of ours that Botan calls or that Botan's memory needs. The header to include is
// backend/botan.hpp.

namespace mcx {

// Named after Botan's major version, so that two builds that saw different ones do not link.
#if BOTAN_VERSION_MAJOR == 2
inline namespace botan_2 {
#else
inline namespace botan_3 {
#endif

/// The backend Botan.
struct botan {
    /// The random source of the operating system.
    struct random {
        [[nodiscard]] bool fill(byte_span out) noexcept {
            try {
                Botan::system_rng().randomize(as_writable_c_octets(out), out.size());
                return true;
            } catch (...) {
                return false;
            }
        }
    };
};

// Private to this backend; in here, so that its names too differ with Botan's major version.
namespace botan_detail {}

}  // namespace botan_2 or botan_3

namespace botan_detail {

// Botan's pool of locked memory has to be older than any object that keeps secrets in it: otherwise
// the program crashes when that object, being static, dies after the pool. This variable is older
// than every static object whose type names a key of this backend. It holds no state.
inline bool const pool_is_older_than_static_keys = []() noexcept {
    try {
        return !Botan::secure_vector<std::uint8_t>(1).empty();
    } catch (...) {
        return false;
    }
}();

// Thrown through Botan where a random source fails, and never for any other reason.
struct random_failed {};

// A random source of the caller's in Botan's clothes. A Botan signer keeps a reference to its
// generator for life, while the caller lends its source for one call.
class lent_random final : public Botan::RandomNumberGenerator {
    any_random* source_;

    void draw(std::uint8_t* out, std::size_t size) {
        if (source_ == nullptr || !source_->fill(std::as_writable_bytes(std::span{out, size}))) {
            throw random_failed{};
        }
    }

  public:
    explicit lent_random(any_random* source = nullptr) noexcept : source_(source) {}

    void lend(any_random* source) noexcept { source_ = source; }

    std::string name() const override { return "mcx"; }
    bool accepts_input() const override { return false; }
    bool is_seeded() const override { return source_ != nullptr; }
    void clear() override {}
#if BOTAN_VERSION_MAJOR == 2
    void randomize(std::uint8_t out[], std::size_t size) override { draw(out, size); }
    void add_entropy(std::uint8_t const[], std::size_t) override {}
#else
  private:
    void fill_bytes_with_input(std::span<std::uint8_t> out,
                               std::span<std::uint8_t const>) override {
        draw(out.data(), out.size());
    }
#endif
};

// Lends a random source until the end of a scope.
class loan {
    lent_random& to_;

  public:
    loan(lent_random& to, any_random& source) noexcept : to_(to) { to_.lend(&source); }
    ~loan() { to_.lend(nullptr); }
    loan(loan const&) = delete;
    loan& operator=(loan const&) = delete;
};

using locked_octets = Botan::secure_vector<std::uint8_t>;
using public_key = std::shared_ptr<Botan::Public_Key const>;
using private_key = std::shared_ptr<Botan::Private_Key const>;

// The octets of one of Botan's containers.
[[nodiscard]] byte_view view(auto const& container) noexcept {
    return std::as_bytes(std::span{container.data(), container.size()});
}

[[nodiscard]] inline Botan::BigInt number(byte_view big_endian) {
    return Botan::BigInt(as_c_octets(big_endian), big_endian.size());
}

[[nodiscard]] inline locked_octets octets_of(Botan::BigInt const& n) {
    locked_octets out(n.bytes());
#if BOTAN_VERSION_MAJOR == 2
    n.binary_encode(out.data(), out.size());
#else
    n.serialize_to(out);
#endif
    return out;
}

// One of Botan's curves, by its name.
[[nodiscard]] inline Botan::EC_Group group_of(char const* name) {
#if BOTAN_VERSION_MAJOR == 2
    return Botan::EC_Group(name);
#else
    return Botan::EC_Group::from_name(name);
#endif
}

// The name of the padding under which ECDSA hashes.
[[nodiscard]] inline std::string ecdsa_padding(std::string_view hash) {
#if BOTAN_VERSION_MAJOR == 2
    return "EMSA1(" + std::string(hash) + ")";
#else
    return std::string(hash);
#endif
}

// A key from a point, uncompressed, that is known to be on the curve; null or an exception if Botan
// disagrees.
[[nodiscard]] inline public_key ec_key(Botan::EC_Group const& group,
                                       std::span<std::uint8_t const> point) {
#if BOTAN_VERSION_MAJOR == 2
    return std::make_shared<Botan::ECDSA_PublicKey>(group,
                                                    group.OS2ECP(point.data(), point.size()));
#else
    auto const checked = Botan::EC_AffinePoint::deserialize(group, point);
    return checked ? std::make_shared<Botan::ECDSA_PublicKey>(group, *checked) : nullptr;
#endif
}

}  // namespace botan_detail

}  // namespace mcx

#endif
