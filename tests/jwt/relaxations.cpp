// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/jwt/relaxations.hpp>

#include "support/check.hpp"
#include "support/mock.hpp"
#include "support/note_token.hpp"

#include <mcx/jwt/accept.hpp>

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

using mcx::errc;
using mcx::instant;
using mcx::test::credulous;
using mcx::test::note;
using mcx::test::note_profile;
using mcx::test::note_text;
namespace jwt = mcx::jwt;

namespace {

struct relaxed_profile : note_profile {
    using relaxations = jwt::relaxed<jwt::fractional_dates>;
};

struct issued {
    instant exp;
    instant iat;
    using fields =
        mcx::claim_list<mcx::required<"exp", &issued::exp>, mcx::required<"iat", &issued::iat>>;
};
template <class Strict>
struct limited : Strict {
    using claims = issued;
    static constexpr jwt::limits limits{.lifetime = std::chrono::seconds{100},
                                        .age = std::chrono::seconds{50}};
};

/// A profile that takes tokens without a type, and one that does not.
struct untyped_profile : note_profile {
    using typ = jwt::typ_absent_or<"JWT">;
};
struct typed_profile : note_profile {
    using typ = jwt::typ_is<"JWT">;
};

template <class P>
errc refusal(std::string_view text, std::int64_t now) {
    static auto const issuers = mcx::test::trust_in<credulous>({"one"});
    mcx::workspace<credulous> work;
    return jwt::accept<P>(text, issuers, work, {.to = "me"}, mcx::fixed_clock{{now}}).error().code;
}
template <class P>
errc dated(std::string_view claims, std::int64_t now) {
    return refusal<P>(note_text(R"({"sub":"x",)" + std::string(claims) + "}"), now);
}

/// The whole second before or after a time; -1 where it is refused.
constexpr std::int64_t rounded(std::string_view number, bool later) {
    auto const made = jwt::detail::whole_second(jwt::detail::decimal_of(number), later);
    return made ? made->seconds : -1;
}
constexpr std::int64_t before(std::string_view number) {
    return rounded(number, false);
}
constexpr std::int64_t after(std::string_view number) {
    return rounded(number, true);
}

}  // namespace

TEST_CASE("a time that is a whole second is that second, whatever way it is written") {
    for (std::string_view const hundred :
         {"100", "100.0", "1e2", "1E+2", "0.1e3", "10000e-2", "100.000e0", "0.0001e6"}) {
        CAPTURE(hundred);
        CHECK(before(hundred) == 100);
        CHECK(after(hundred) == 100);
    }
    CHECK_BOTH(before("0") == 0);
    CHECK_BOTH(after("0.0e-9") == 0);
    CHECK_BOTH(after("-0.0") == 0);
    CHECK_BOTH(after("0e999999999999999999999") == 0);
    CHECK_BOTH(before("253402300799") == 253402300799);
    CHECK_BOTH(before("2.53402300799e11") == 253402300799);
}

TEST_CASE("a time within a second is the second before or after it") {
    CHECK_BOTH(before("100.5") == 100);
    CHECK_BOTH(after("100.5") == 101);
    CHECK_BOTH(before("100.000000000000000000001") == 100);
    CHECK_BOTH(after("100.000000000000000000001") == 101);
    CHECK_BOTH(before("1e-1") == 0);
    CHECK_BOTH(after("1e-99999999999999") == 1);
    CHECK_BOTH(before("123456e-3") == 123);
    CHECK_BOTH(after("123456e-3") == 124);
}

TEST_CASE("a time out of range is refused, and so is one that rounds out of range") {
    CHECK_BOTH(before("253402300800") == -1);
    CHECK_BOTH(before("253402300799.9") == 253402300799);
    CHECK_BOTH(after("253402300799.9") == -1);
    CHECK_BOTH(before("1e12") == -1);
    CHECK_BOTH(before("1e999999999999999999999") == -1);
    CHECK_BOTH(before("99999999999999999999999999") == -1);
    CHECK_BOTH(before("-1") == -1);
    CHECK_BOTH(before("-0.1") == -1);
    CHECK_BOTH(after("-1e-9") == -1);
    CHECK(before("1" + std::string(4000, '0') + "e-3990") == 10'000'000'000);
    CHECK(before("0." + std::string(4000, '0') + "1e4001") == 1);
}

TEST_CASE("fractional dates: refused without the relaxation, read with it") {
    CHECK(dated<note_profile>(R"("exp":100.5)", 50) == errc::claim_value);
    CHECK(dated<relaxed_profile>(R"("exp":100.5)", 50) == errc::none);
    CHECK(dated<note_profile>(R"("exp":1e2)", 50) == errc::claim_value);
    CHECK(dated<relaxed_profile>(R"("exp":1e2)", 50) == errc::none);
    CHECK(dated<note_profile>(R"("exp":100,"iat":49.0)", 50) == errc::claim_value);
    CHECK(dated<relaxed_profile>(R"("exp":100,"iat":49.0)", 50) == errc::none);
    CHECK(dated<relaxed_profile>(R"("exp":"100")", 50) == errc::claim_shape);
    CHECK(dated<relaxed_profile>(R"("exp":1e99)", 50) == errc::claim_value);
}

TEST_CASE("fractional dates: no token is good for longer") {
    CHECK(dated<relaxed_profile>(R"("exp":100.9)", 99) == errc::none);
    CHECK(dated<relaxed_profile>(R"("exp":100.9)", 100) == errc::expired);
    CHECK(dated<relaxed_profile>(R"("exp":200,"nbf":99.1)", 99) == errc::not_yet_valid);
    CHECK(dated<relaxed_profile>(R"("exp":200,"nbf":99.1)", 100) == errc::none);
    CHECK(dated<relaxed_profile>(R"("exp":200,"iat":99.1)", 99) == errc::issued_in_future);
    CHECK(dated<relaxed_profile>(R"("exp":200,"iat":99.1)", 100) == errc::none);
}

TEST_CASE("fractional dates: the limits of lifetime and age are shorter by what may be hidden") {
    using strict = limited<note_profile>;
    using relaxed = limited<relaxed_profile>;
    CHECK(dated<strict>(R"("iat":100,"exp":200)", 150) == errc::none);
    CHECK(dated<strict>(R"("iat":100,"exp":200)", 151) == errc::too_old);
    CHECK(dated<relaxed>(R"("iat":99.1,"exp":200.9)", 140) == errc::lifetime_too_long);
    CHECK(dated<relaxed>(R"("iat":100,"exp":198)", 148) == errc::none);
    CHECK(dated<relaxed>(R"("iat":100,"exp":199)", 148) == errc::lifetime_too_long);
    CHECK(dated<relaxed>(R"("iat":99.1,"exp":180)", 149) == errc::too_old);
}

TEST_CASE("an absent type: refused without the relaxation, read with it") {
    std::string const text = note_text(R"({"sub":"x","exp":100})");
    CHECK(refusal<typed_profile>(text, 50) == errc::token_type_refused);
    CHECK(refusal<untyped_profile>(text, 50) == errc::none);
}

TEST_CASE("a relaxation is a type of the library's, named at most once") {
    CHECK_BOTH(jwt::Relaxation<jwt::fractional_dates>);
    CHECK_BOTH(!jwt::Relaxation<note>);
    CHECK_BOTH(jwt::NamesRelaxations<note_profile>);
    CHECK_BOTH(jwt::NamesRelaxations<relaxed_profile>);
}
