// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/jwt/replay.hpp>

#include "support/check.hpp"
#include "support/mock.hpp"
#include "support/note_token.hpp"

#include <chrono>
#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>

using mcx::errc;
using mcx::fixed_clock;
using mcx::instant;
using mcx::leeway;
using mcx::test::base64url_text;
using mcx::test::certain;
using mcx::test::credulous;
using mcx::test::note_profile;
using mcx::test::note_text;
using mcx::test::sha256;
using mcx::test::trust_in;
using jwt_use = mcx::jwt::first_use;
using mcx::jwt::remembered;
namespace jwt = mcx::jwt;

namespace {

/// A hash function that the machine cannot compute.
struct failing_digest {
    static constexpr std::size_t size = 32;
    void update(mcx::byte_view) noexcept {}
    mcx::result<mcx::fixed_bytes<32>> finish() noexcept { return errc::backend; }
};

/// A hash whose text is longer than a token id.
struct wide_digest {
    static constexpr std::size_t size = 100;
    void update(mcx::byte_view) noexcept {}
    mcx::result<mcx::fixed_bytes<100>> finish() noexcept { return mcx::fixed_bytes<100>{}; }
};

/// What the first use of a token of issuer "one" or "two" is, with this leeway.
template <class D = sha256>
mcx::result<jwt_use> use_of(std::string_view text, std::chrono::seconds skew = {},
                            std::int64_t now = 50) {
    static auto const issuers = trust_in<credulous>({"one", "two"});
    mcx::workspace<credulous> work;
    auto const verified =
        certain(jwt::parse<note_profile>(text).and_then(jwt::verify(issuers, work)));
    jwt::expectation const expected{.to = "me", .skew = certain(leeway::from(skew))};
    auto const once = jwt::validate_once<D>(verified, expected, fixed_clock{{now}});
    return once.transform([](auto const& both) { return both.replay(); });
}

jwt_use use(std::string_view id, std::int64_t until, bool is_digest = false,
            std::string_view from = "one") {
    return {certain(mcx::issuer::from(from)), certain(mcx::jwt_id::from(id)), is_digest, {until}};
}

/// A clock that the test moves.
struct movable_clock {
    std::int64_t const* seconds;
    instant now() const { return {*seconds}; }
};

/// A memory that is out of reach.
struct broken_memory {
    remembered insert_if_absent(jwt_use const&) { return remembered::unavailable; }
};

/// Remembers what it was asked.
struct listening_memory {
    jwt_use asked{};
    int times = 0;
    remembered insert_if_absent(jwt_use const& u) {
        asked = u;
        ++times;
        return times == 1 ? remembered::now : remembered::before;
    }
};

struct yes_or_no_memory {
    bool insert_if_absent(jwt_use const&) { return true; }
};

}  // namespace

TEST_CASE("a token with an id is known by it, per issuer, until it has expired") {
    auto const first = use_of(note_text(R"({"sub":"x","exp":100,"iss":"two","jti":"id 1"})"));
    CHECK((first && *first == use("id 1", 100, false, "two")));
}

TEST_CASE("what is to be used once is validated, and by the verb for chains too") {
    auto const issuers = trust_in<credulous>({"one"});
    mcx::workspace<credulous> work;
    auto const made = [&](std::string_view claims, std::int64_t now) {
        std::string const text = note_text(R"({"sub":"x","exp":100)" + std::string(claims) + "}");
        return jwt::parse<note_profile>(std::string_view{text})
            .and_then(jwt::verify(issuers, work))
            .and_then(jwt::validate_once<sha256>({.to = "me"}, fixed_clock{{now}}));
    };
    auto const good = made(R"(,"jti":"1")", 50);
    CHECK((good && good->claims()->sub.view() == "x"));
    CHECK((good && good->replay() == use("1", 100)));
    CHECK(made("", 100).error().code == errc::expired);
    CHECK(made(R"(,"aud":"you")", 50).error().code == errc::audience_mismatch);
    CHECK(made(R"(,"nbf":"1")", 50).error().code == errc::claim_shape);
}

TEST_CASE("a token is not used twice within the leeway that accepts it") {
    std::string const text = note_text(R"({"sub":"x","exp":1000,"iss":"one","jti":"1"})");
    std::chrono::seconds const most{30};
    std::int64_t seconds = 999;
    jwt::bounded_memory<4, movable_clock> memory{movable_clock{&seconds}};
    CHECK(jwt::consume(memory, *use_of(text, most, seconds)).has_value());
    for (seconds = 999; seconds < 1030; ++seconds) {
        auto const again = use_of(text, most, seconds);
        CHECK((again && jwt::consume(memory, *again).error() == errc::replayed));
    }
    CHECK(use_of(text, most, seconds).error().code == errc::expired);
}

TEST_CASE("what is over when it is to be remembered may have been used and forgotten") {
    std::int64_t seconds = 99;
    jwt::bounded_memory<4, movable_clock> memory{movable_clock{&seconds}};
    CHECK(memory.insert_if_absent(use("1", 100)) == remembered::now);
    seconds = 100;
    CHECK(memory.insert_if_absent(use("1", 100)) == remembered::before);
    CHECK(memory.insert_if_absent(use("2", 100)) == remembered::before);
    CHECK(memory.size() == 0);
}

TEST_CASE("a token is remembered as long as any leeway would still accept it") {
    std::string const text = note_text(R"({"sub":"x","exp":100,"iss":"one","jti":"1"})");
    CHECK(use_of(text, std::chrono::seconds{30})->until == instant{130});
    CHECK(use_of(text, std::chrono::seconds{1})->until == instant{101});
    CHECK(use_of(text)->until == instant{100});
}

TEST_CASE("a token without an id is known by the digest of what was signed") {
    std::string const text = note_text(R"({"sub":"x","exp":100,"iss":"one"})");
    std::string_view const signed_part = std::string_view{text}.substr(0, text.rfind('.'));
    auto const first = use_of(text);
    std::string const expected =
        base64url_text(mcx::byte_view{*mcx::digest_of<sha256>(mcx::as_bytes(signed_part))});
    CHECK((first && *first == use(expected, 100, true)));
    CHECK(expected.size() == 43);
}

TEST_CASE("another signature of the same token is the same first use") {
    std::string const text = note_text(R"({"sub":"x","exp":100,"iss":"one"})");
    std::string twin = text;
    auto const place = twin.rfind('.') + 3;
    twin[place] = twin[place] == 'A' ? 'B' : 'A';
    CHECK(twin != text);
    CHECK(*use_of(twin) == *use_of(text));
    std::string const other = note_text(R"({"sub":"y","exp":100,"iss":"one"})");
    CHECK_FALSE(*use_of(other) == *use_of(text));
}

TEST_CASE("a digest that fails, or that is too long to keep, names no token") {
    std::string const text = note_text(R"({"sub":"x","exp":100,"iss":"one"})");
    CHECK(use_of<failing_digest>(text).error() == errc::backend);
    CHECK(use_of<wide_digest>(text).error() == errc::value_too_long);
    std::string const named = note_text(R"({"sub":"x","exp":100,"iss":"one","jti":"1"})");
    CHECK(use_of<failing_digest>(named).has_value());  // none is needed
}

TEST_CASE("consuming asks the memory once and proves the first use") {
    listening_memory memory;
    auto const proof = jwt::consume(memory, use("1", 100));
    CHECK((proof && proof->use() == use("1", 100)));
    CHECK(memory.times == 1);
    CHECK(memory.asked == use("1", 100));
}

TEST_CASE("a token that was used before is refused") {
    listening_memory memory;
    CHECK(jwt::consume(memory, use("1", 100)).has_value());
    auto const again = jwt::consume(memory, use("1", 100)).error();
    CHECK(again == errc::replayed);
    CHECK(mcx::blame_of(again) == mcx::blame::peer);
}

TEST_CASE("a memory that is out of reach refuses, and the peer is not to blame") {
    broken_memory memory;
    auto const refused = jwt::consume(memory, use("1", 100)).error();
    CHECK(refused == errc::replay_memory_unavailable);
    CHECK(mcx::blame_of(refused) == mcx::blame::backend);
}

TEST_CASE("only consuming proves a first use") {
    CHECK_BOTH(!std::is_default_constructible_v<jwt::spent>);
    CHECK_BOTH(!std::is_constructible_v<jwt::spent, jwt_use>);
}

TEST_CASE("a memory answers in three ways") {
    CHECK_BOTH(jwt::ReplayMemory<jwt::bounded_memory<4, fixed_clock>>);
    CHECK_BOTH(jwt::ReplayMemory<broken_memory>);
    CHECK_BOTH(!jwt::ReplayMemory<yes_or_no_memory>);
    CHECK_BOTH(!jwt::ReplayMemory<int>);
}

TEST_CASE("the bounded memory remembers each use once") {
    jwt::bounded_memory<4, fixed_clock> memory{fixed_clock{{50}}};
    CHECK(memory.insert_if_absent(use("1", 100)) == remembered::now);
    CHECK(memory.insert_if_absent(use("1", 100)) == remembered::before);
    CHECK(memory.insert_if_absent(use("1", 120)) == remembered::before);  // whatever its end
    CHECK(memory.insert_if_absent(use("2", 100)) == remembered::now);
    CHECK(memory.insert_if_absent(use("2", 100)) == remembered::before);
    CHECK(memory.insert_if_absent(use("1", 100)) == remembered::before);
    CHECK(memory.size() == 2);
}

TEST_CASE("ids of two issuers, and an id and a digest, are never the same") {
    jwt::bounded_memory<8, fixed_clock> memory{fixed_clock{{50}}};
    CHECK(memory.insert_if_absent(use("1", 100, false, "one")) == remembered::now);
    CHECK(memory.insert_if_absent(use("1", 100, false, "two")) == remembered::now);
    CHECK(memory.insert_if_absent(use("1", 100, true, "one")) == remembered::now);
    CHECK(memory.insert_if_absent(use("1", 100, true, "two")) == remembered::now);
    CHECK(memory.insert_if_absent(use("1", 100, true, "one")) == remembered::before);
    CHECK(memory.insert_if_absent(use("1", 100, false, "two")) == remembered::before);
    CHECK(memory.size() == 4);
}

TEST_CASE("an id that is spelt like another token's digest does not shut that token out") {
    std::string const victim = note_text(R"({"sub":"x","exp":100,"iss":"one"})");
    auto const digest = *use_of(victim);
    std::string const copied = note_text(R"({"sub":"y","exp":100,"iss":"one","jti":")" +
                                         std::string(digest.id.view()) + "\"}");
    jwt::bounded_memory<8, fixed_clock> memory{fixed_clock{{50}}};
    CHECK(jwt::consume(memory, *use_of(copied)).has_value());
    CHECK(jwt::consume(memory, digest).has_value());
    CHECK(jwt::consume(memory, digest).error() == errc::replayed);
}

TEST_CASE("a full memory refuses rather than forgets") {
    jwt::bounded_memory<2, fixed_clock> memory{fixed_clock{{50}}};
    CHECK(memory.insert_if_absent(use("1", 100)) == remembered::now);
    CHECK(memory.insert_if_absent(use("2", 100)) == remembered::now);
    CHECK(memory.insert_if_absent(use("3", 100)) == remembered::unavailable);
    CHECK(memory.insert_if_absent(use("1", 100)) == remembered::before);
    CHECK(memory.insert_if_absent(use("2", 100)) == remembered::before);
    CHECK(memory.size() == 2);
}

TEST_CASE("what has expired makes room, to the second") {
    std::int64_t seconds = 50;
    jwt::bounded_memory<2, movable_clock> memory{movable_clock{&seconds}};
    CHECK(memory.insert_if_absent(use("1", 60)) == remembered::now);
    CHECK(memory.insert_if_absent(use("2", 100)) == remembered::now);
    seconds = 59;
    CHECK(memory.insert_if_absent(use("3", 100)) == remembered::unavailable);
    CHECK(memory.insert_if_absent(use("1", 60)) == remembered::before);
    seconds = 60;
    CHECK(memory.insert_if_absent(use("3", 100)) == remembered::now);
    CHECK(memory.size() == 2);
    CHECK(memory.insert_if_absent(use("2", 100)) == remembered::before);
    CHECK(memory.insert_if_absent(use("3", 100)) == remembered::before);
}

TEST_CASE("a use is still found when others before it are forgotten in the same step") {
    std::int64_t seconds = 50;
    jwt::bounded_memory<8, movable_clock> memory{movable_clock{&seconds}};
    for (char const* id : {"1", "2", "3"}) {
        CHECK(memory.insert_if_absent(use(id, 60)) == remembered::now);
    }
    CHECK(memory.insert_if_absent(use("4", 100)) == remembered::now);
    CHECK(memory.insert_if_absent(use("5", 60)) == remembered::now);
    seconds = 70;
    CHECK(memory.insert_if_absent(use("4", 100)) == remembered::before);
    CHECK(memory.insert_if_absent(use("6", 100)) == remembered::now);
    CHECK(memory.size() == 2);
    seconds = 100;
    CHECK(memory.insert_if_absent(use("7", 200)) == remembered::now);
    CHECK(memory.size() == 1);
}
