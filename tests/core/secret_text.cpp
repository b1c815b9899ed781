// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/core/secret_text.hpp>

#include "support/check.hpp"

#include <type_traits>
#include <utility>

using mcx::errc;

namespace {

struct word_tag {
    static constexpr errc check(std::string_view v) noexcept {
        return v.empty() ? errc::value_empty : v == "no" ? errc::value_character : errc::none;
    }
};
using word = mcx::secret_text<word_tag, 4>;

}  // namespace

static_assert(mcx::TextLike<word>);
static_assert(!std::is_copy_constructible_v<word> && !std::is_copy_assignable_v<word>);
static_assert(std::is_nothrow_move_constructible_v<word>);

TEST_CASE("a secret text is what its tag allows, within its bound") {
    CHECK(word::from("yes")->view() == "yes");
    CHECK(word::from("four")->size() == 4);
    CHECK(word::from("fives").error() == errc::value_too_long);
    CHECK(word::from("no").error() == errc::value_character);
    CHECK(word::from("").error() == errc::value_empty);
    CHECK(word{}.empty());
}

TEST_CASE("secret texts are the same where all of their characters are") {
    CHECK(*word::from("yes") == *word::from("yes"));
    CHECK_FALSE(*word::from("yes") == *word::from("yet"));
    CHECK_FALSE(*word::from("yes") == *word::from("ye"));
    CHECK_FALSE(*word::from("yes") == word{});
}

TEST_CASE("a secret text is moved, or copied by name, and never left behind") {
    auto made = word::from("yes");
    word const copy = made->clone();
    CHECK(copy == *made);
    word const moved = *std::move(made);
    CHECK(moved == copy);
    CHECK(made->empty());  // NOLINT(bugprone-use-after-move): the point of it
}
