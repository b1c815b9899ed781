// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/crypto/key_wrap.hpp>

#include "support/check.hpp"

#include <algorithm>
#include <type_traits>

using mcx::errc;
using mcx::fixed_bytes;
using mcx::wrapping_key;

namespace {

struct toy {};
struct nothing {};
struct throws {};

}  // namespace

/// Wraps by the first octet of the key and eight of a check.
template <>
struct mcx::key_wrapping<toy> {
    static result<void> wrap(secret<32> const& key, byte_view in, byte_span out) noexcept {
        std::fill_n(out.begin(), 8, key.reveal()[0]);
        std::copy(in.begin(), in.end(), out.begin() + 8);
        return {};
    }
    static result<void> unwrap(secret<32> const& key, byte_view in, byte_span out) noexcept {
        std::copy(in.begin() + 8, in.end(), out.begin());
        bool const good = in[0] == key.reveal()[0];
        return good ? result<void>{} : errc::key_wrap_integrity;
    }
};
template <>
struct mcx::key_wrapping<throws> {
    static result<void> wrap(secret<32> const&, byte_view, byte_span) { return {}; }
    static result<void> unwrap(secret<32> const&, byte_view, byte_span) noexcept { return {}; }
};

TEST_CASE("a backend wraps keys where it can and cannot throw") {
    CHECK_BOTH(mcx::WrapsKeys<toy>);
    CHECK_BOTH(!mcx::WrapsKeys<nothing>);
    CHECK_BOTH(!mcx::WrapsKeys<throws>);
}

TEST_CASE("a wrapping key has 256 bits, moves, and is never copied") {
    CHECK_BOTH(!std::is_copy_constructible_v<wrapping_key<toy>>);
    CHECK_BOTH(std::is_nothrow_move_constructible_v<wrapping_key<toy>>);
    CHECK(wrapping_key<toy>::from(fixed_bytes<32>{}));
    CHECK(wrapping_key<toy>::from(fixed_bytes<16>{}).error().code == errc::key_value);
    CHECK(wrapping_key<toy>::from(fixed_bytes<33>{}).error().code == errc::key_value);
}

TEST_CASE("lengths that key wrap does not have are refused before the backend sees them") {
    auto const key = wrapping_key<toy>::from(fixed_bytes<32>{});
    CHECK(key);
    if (!key) {
        return;
    }
    fixed_bytes<32> const plain{std::byte{9}};
    fixed_bytes<40> wrapped{};
    fixed_bytes<32> again{};
    CHECK(key->wrap(plain, wrapped));
    CHECK(key->unwrap(wrapped, again));
    CHECK(again == plain);
    fixed_bytes<65> odd{};
    fixed_bytes<73> wrapped_odd{};
    CHECK(key->wrap(odd, wrapped_odd).error().code == errc::key_wrap_undefined);
    CHECK(key->unwrap(wrapped_odd, odd).error().code == errc::key_wrap_undefined);
    CHECK(key->wrap(plain, wrapped_odd).error().code == errc::key_wrap_undefined);
    fixed_bytes<8> short_key{};
    fixed_bytes<16> short_wrapped{};
    CHECK(key->wrap(short_key, short_wrapped).error().code == errc::key_wrap_undefined);
}

TEST_CASE("what was not unwrapped leaves nothing behind") {
    auto const key = wrapping_key<toy>::from(fixed_bytes<32>{});
    CHECK(key);
    fixed_bytes<40> wrapped{std::byte{1}, {}, {}, {}, {}, {}, {}, {}, std::byte{5}};
    fixed_bytes<32> out{};
    out.fill(std::byte{3});
    CHECK((key && key->unwrap(wrapped, out).error().code == errc::key_wrap_integrity));
    CHECK(out == fixed_bytes<32>{});
    out.fill(std::byte{3});
    CHECK((key && key->unwrap(mcx::byte_view{wrapped}.first(39), out).error().code ==
                      errc::key_wrap_undefined));
    CHECK(out == fixed_bytes<32>{});
}
