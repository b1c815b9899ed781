// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_KMS_RECEIVED_HPP
#define MCX_KMS_RECEIVED_HPP

#include <mcx/kms/names.hpp>

#include <cstdint>
#include <optional>
#include <type_traits>
#include <utility>

// A message of the KMS protocol as it came in, with what is known about signatures. [TS 33.180
// 9.3.5] Who carries one on has its word for nothing: only the reader of a document whose signature
// was verified, in xml/, makes one that is signed.

namespace mcx::detail {

class received_maker;
class redirect_maker;

}  // namespace mcx::detail

namespace mcx::kms {

/// What is known of the signatures that certificates in a message have of their own, beside the
/// message's. The TS leaves open whose they are: a message's signature says nothing of them.
/// [TS 33.180 D.3.5 SignedKmsCertificateType]
enum class inner_signatures : std::uint8_t {
    none,       ///< no certificate in it has one
    unchecked,  ///< there are some, and nobody has looked at them
    verified,   ///< every certificate in it has one, and all were verified
};

/// A message, the name of the key that its signature was verified with, if there was one, and what
/// is known of signatures in it. Nothing in it can be changed.
template <class M>
class received {
    M message_;
    std::optional<key_name> signed_by_;
    inner_signatures inner_ = inner_signatures::none;

    friend class mcx::detail::received_maker;
    friend class mcx::detail::redirect_maker;
    received(M&& message, std::optional<key_name> const& by, inner_signatures inner) noexcept
        : message_(std::move(message)), signed_by_(by), inner_(inner) {}

  public:
    /// A message that nobody has signed, or whose signature was not verified here.
    explicit received(M message) noexcept(std::is_nothrow_move_constructible_v<M>)
        : message_(std::move(message)) {}

    [[nodiscard]] M const& message() const& noexcept { return message_; }
    /// The message, to be taken out of what is given away.
    [[nodiscard]] M&& message() && noexcept { return std::move(message_); }

    [[nodiscard]] std::optional<key_name> const& signed_by() const noexcept { return signed_by_; }
    [[nodiscard]] inner_signatures inner() const noexcept { return inner_; }
};

}  // namespace mcx::kms

#endif
