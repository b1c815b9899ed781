// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_CORE_SECRET_TEXT_HPP
#define MCX_CORE_SECRET_TEXT_HPP

#include <mcx/core/bytes.hpp>
#include <mcx/core/result.hpp>
#include <mcx/core/secret.hpp>
#include <mcx/core/text.hpp>

#include <cstddef>
#include <string_view>
#include <utility>

// Secrets that are text: code verifiers, client secrets. Wiped, moved and compared like other
// secrets, made from characters like other texts. The messages that carry them are not wiped.

namespace mcx {

/// At most N octets of secret text of the kind that `Tag` names. Default constructed: empty.
template <detail::CheckingTag Tag, std::size_t N>
class secret_text {
    secret<N> characters_;

  public:
    static constexpr std::size_t max_size = N;

    secret_text() noexcept = default;

    /// Takes a copy of the characters; the caller wipes its own.
    /// Fails: value_too_long; what the tag refuses.
    [[nodiscard]] static result<secret_text> from(std::string_view v) noexcept {
        auto kept = secret<N>::copy_of(as_bytes(v));
        if (!kept) {
            return kept.error();
        }
        if (errc const refused = Tag::check(v); refused != errc::none) {
            return refused;
        }
        secret_text made;
        made.characters_ = *std::move(kept);
        return made;
    }

    /// A second copy, asked for by name.
    [[nodiscard]] secret_text clone() const noexcept {
        secret_text made;
        made.characters_ = characters_.clone();
        return made;
    }

    /// The characters, for the one call that needs them.
    [[nodiscard]] std::string_view view() const noexcept { return as_text(characters_.reveal()); }
    [[nodiscard]] std::size_t size() const noexcept { return characters_.size(); }
    [[nodiscard]] bool empty() const noexcept { return characters_.empty(); }

    friend bool operator==(secret_text const&, secret_text const&) noexcept = default;
};

}  // namespace mcx

#endif
