// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/jwt/audience.hpp>

#include "support/check.hpp"

#include <array>
#include <initializer_list>
#include <string>
#include <string_view>

using mcx::audience;
using mcx::errc;
using mcx::recipient;
namespace json = mcx::json;
namespace jwt = mcx::jwt;

namespace {

constexpr recipient party(std::string_view name) {
    return *recipient::from(name);
}

constexpr audience of(std::initializer_list<std::string_view> names) {
    audience made;
    for (std::string_view const name : names) {
        (void)made.add(party(name));
    }
    return made;
}

constexpr mcx::result<audience> read(std::string_view text) {
    json::reader reader{text};
    auto const first = reader.next();
    if (!first) {
        return first.error();
    }
    audience made = of({"what was there"});
    if (auto const done = json::value<audience>::read(reader, *first, made); !done) {
        return done.error();
    }
    return made;
}

constexpr bool reads(std::string_view text, std::initializer_list<std::string_view> names) {
    auto const made = read(text);
    return made && *made == of(names);
}

constexpr bool writes(std::initializer_list<std::string_view> names, std::string_view expected) {
    std::array<char, 64> out{};
    json::writer w{out};
    json::value<audience>::write(w, of(names));
    auto const size = w.finish();
    return size && std::string_view{out.data(), *size} == expected;
}

template <class Rule>
constexpr errc asked(std::initializer_list<std::string_view> names) {
    audience const aud = of(names);
    return Rule::check(&aud, "me");
}
/// The same by one who has two names, "me" and "myself".
template <class Rule>
constexpr errc asked_by_two(std::initializer_list<std::string_view> names) {
    audience const aud = of(names);
    recipient const me("me");
    jwt::other_names others;
    (void)others.push_back(recipient("myself"));
    return Rule::check(&aud, jwt::asker(me, others));
}
template <class Rule>
constexpr errc asked_without() {
    return Rule::check(nullptr, "me");
}

std::string names_in_json(std::size_t count) {
    std::string text = "[";
    for (std::size_t i = 0; i < count; ++i) {
        text += (i == 0 ? "\"" : ",\"") + std::to_string(i) + '"';
    }
    return text + "]";
}

struct not_a_rule {
    static constexpr bool check(audience const*, std::string_view) noexcept { return true; }
};
struct throwing_rule {
    static constexpr errc check(audience const*, std::string_view) { return errc::none; }
};

}  // namespace

TEST_CASE("an audience names its parties, octet for octet") {
    CHECK_BOTH(of({"a", "b"}).names("a"));
    CHECK_BOTH(of({"a", "b"}).names("b"));
    CHECK_BOTH(!of({"a", "b"}).names("c"));
    CHECK_BOTH(!of({"a", "b"}).names("A"));
    CHECK_BOTH(!of({"ab"}).names("a"));
    CHECK_BOTH(!of({"a"}).names("ab"));
    CHECK_BOTH(!of({"a"}).names(""));
    CHECK_BOTH(!of({}).names("a"));
}

TEST_CASE("an audience names another where not all of it is one party") {
    CHECK_BOTH(!of({}).names_another("a"));
    CHECK_BOTH(!of({"a"}).names_another("a"));
    CHECK_BOTH(!of({"a", "a"}).names_another("a"));
    CHECK_BOTH(of({"a", "b"}).names_another("a"));
    CHECK_BOTH(of({"b", "a"}).names_another("a"));
    CHECK_BOTH(of({"b"}).names_another("a"));
    CHECK_BOTH(of({"A"}).names_another("a"));
}

TEST_CASE("an audience has at most eight parties") {
    audience aud{party("0")};
    for (int i = 1; i < 8; ++i) {
        CHECK(aud.add(party(std::to_string(i))));
    }
    CHECK(aud.size() == 8);
    CHECK(aud.add(party("8")).error() == errc::value_too_long);
    CHECK(aud.size() == 8);
    CHECK(aud.names("7"));
    CHECK_FALSE(aud.names("8"));
    CHECK_FALSE(aud.empty());
    CHECK(audience{}.empty());
}

TEST_CASE("audiences are the same that name the same parties in the same order") {
    CHECK_BOTH(of({"a", "b"}) == of({"a", "b"}));
    CHECK_BOTH(of({"a", "b"}) != of({"b", "a"}));
    CHECK_BOTH(of({"a"}) != of({"a", "a"}));
    CHECK_BOTH(audience{party("a")} == of({"a"}));
}

TEST_CASE("a party has a name, and none that ends a line or a C string") {
    CHECK_BOTH(recipient::from("").error() == errc::value_empty);
    CHECK_BOTH(recipient::from({"me\0", 3}).error() == errc::value_character);
    CHECK_BOTH(recipient::from("me\n").error() == errc::value_character);
    CHECK_BOTH(read("\"\"").error() == errc::json_value);
    CHECK_BOTH(read("[\"me\",\"\"]").error() == errc::json_value);
    CHECK_BOTH(read("\"me\\u0000\"").error() == errc::json_value);
    CHECK_BOTH(read("[\"me\\u007f\"]").error() == errc::json_value);
}

TEST_CASE("an audience is read from a text or from a list of texts") {
    CHECK_BOTH(reads("\"a\"", {"a"}));
    CHECK_BOTH(reads("[\"a\"]", {"a"}));
    CHECK_BOTH(reads("[\"a\",\"b\"]", {"a", "b"}));
    CHECK_BOTH(reads("[\"\\u0061\",\"b\"]", {"a", "b"}));
    CHECK(read(names_in_json(8)).has_value());
    CHECK(read(names_in_json(8))->size() == 8);
    CHECK(read('"' + std::string(255, 'x') + '"').has_value());
}

TEST_CASE("an audience of another shape is refused, never taken as absent") {
    CHECK_BOTH(read("null").error() == errc::json_type);
    CHECK_BOTH(read("{}").error() == errc::json_type);
    CHECK_BOTH(read("1").error() == errc::json_type);
    CHECK_BOTH(read("[1]").error() == errc::json_type);
    CHECK_BOTH(read("[\"a\",null]").error() == errc::json_type);
    CHECK_BOTH(read("[[\"a\"]]").error() == errc::json_type);
    CHECK_BOTH(read("[\"a\"").error().code == errc::json_truncated);
    CHECK_BOTH(read("1 x").error() == errc::json_type);  // told before anything else is read
}

TEST_CASE("an audience of nobody, of too many or of too long names is refused") {
    CHECK_BOTH(read("[]").error() == errc::json_value);
    CHECK(read(names_in_json(9)).error() == errc::json_value);
    CHECK(read('"' + std::string(256, 'x') + '"').error() == errc::json_value);
    CHECK(read("[\"" + std::string(256, 'x') + "\"]").error() == errc::json_value);
}

TEST_CASE("one party is written as a text, several as a list") {
    CHECK_BOTH(writes({"a"}, "\"a\""));
    CHECK_BOTH(writes({"a", "b"}, "[\"a\",\"b\"]"));
    CHECK_BOTH(writes({"a", "a"}, "[\"a\",\"a\"]"));
    CHECK_BOTH(writes({}, "[]"));
}

TEST_CASE("a rule answers with a code and cannot throw") {
    CHECK_BOTH(jwt::AudienceRule<jwt::names_me>);
    CHECK_BOTH(jwt::AudienceRule<jwt::names_me_if_present>);
    CHECK_BOTH(jwt::AudienceRule<jwt::names_only_me>);
    CHECK_BOTH(jwt::AudienceRule<jwt::names_me_and_another>);
    CHECK_BOTH(!jwt::AudienceRule<not_a_rule>);
    CHECK_BOTH(!jwt::AudienceRule<throwing_rule>);
    CHECK_BOTH(!jwt::AudienceRule<int>);
}

TEST_CASE("names_me wants the asker among the audience") {
    CHECK_BOTH(asked<jwt::names_me>({"me"}) == errc::none);
    CHECK_BOTH(asked<jwt::names_me>({"you", "me"}) == errc::none);
    CHECK_BOTH(asked<jwt::names_me>({"you"}) == errc::audience_mismatch);
    CHECK_BOTH(asked<jwt::names_me>({}) == errc::audience_mismatch);
    CHECK_BOTH(asked_without<jwt::names_me>() == errc::audience_mismatch);
}

TEST_CASE("names_me_if_present is content without an audience") {
    CHECK_BOTH(asked<jwt::names_me_if_present>({"me"}) == errc::none);
    CHECK_BOTH(asked<jwt::names_me_if_present>({"you", "me"}) == errc::none);
    CHECK_BOTH(asked<jwt::names_me_if_present>({"you"}) == errc::audience_mismatch);
    CHECK_BOTH(asked<jwt::names_me_if_present>({}) == errc::audience_mismatch);
    CHECK_BOTH(asked_without<jwt::names_me_if_present>() == errc::none);
}

TEST_CASE("names_me takes any of the asker's names") {
    CHECK_BOTH(asked_by_two<jwt::names_me>({"me"}) == errc::none);
    CHECK_BOTH(asked_by_two<jwt::names_me>({"myself"}) == errc::none);
    CHECK_BOTH(asked_by_two<jwt::names_me>({"you", "myself"}) == errc::none);
    CHECK_BOTH(asked_by_two<jwt::names_me>({"you"}) == errc::audience_mismatch);
}

TEST_CASE("names_all_of_me wants all of the asker's names") {
    CHECK_BOTH(asked_by_two<jwt::names_all_of_me>({"me", "myself"}) == errc::none);
    CHECK_BOTH(asked_by_two<jwt::names_all_of_me>({"myself", "you", "me"}) == errc::none);
    CHECK_BOTH(asked_by_two<jwt::names_all_of_me>({"me"}) == errc::audience_mismatch);
    CHECK_BOTH(asked_by_two<jwt::names_all_of_me>({"myself"}) == errc::audience_mismatch);
    CHECK_BOTH(asked<jwt::names_all_of_me>({"me", "you"}) == errc::none);
    CHECK_BOTH(asked<jwt::names_all_of_me>({"you"}) == errc::audience_mismatch);
    CHECK_BOTH(asked_without<jwt::names_all_of_me>() == errc::audience_mismatch);
}

TEST_CASE("sole_audience wants one name and nothing beside it") {
    CHECK_BOTH(asked<jwt::sole_audience>({"me"}) == errc::none);
    CHECK_BOTH(asked<jwt::sole_audience>({"me", "me"}) == errc::audience_not_sole);
    CHECK_BOTH(asked<jwt::sole_audience>({"me", "you"}) == errc::audience_not_sole);
    CHECK_BOTH(asked<jwt::sole_audience>({"you"}) == errc::audience_mismatch);
    CHECK_BOTH(asked_by_two<jwt::sole_audience>({"myself"}) == errc::none);
    CHECK_BOTH(asked_by_two<jwt::sole_audience>({"me", "myself"}) == errc::audience_not_sole);
    CHECK_BOTH(asked_without<jwt::sole_audience>() == errc::audience_mismatch);
}

TEST_CASE("an asker's other name is nobody else") {
    CHECK_BOTH(asked_by_two<jwt::names_only_me>({"me", "myself"}) == errc::none);
    CHECK_BOTH(asked_by_two<jwt::names_only_me>({"me", "you"}) == errc::audience_not_sole);
    CHECK_BOTH(asked_by_two<jwt::names_me_and_another>({"me", "myself"}) ==
               errc::audience_lacks_client);
    CHECK_BOTH(asked_by_two<jwt::names_me_and_another>({"myself", "you"}) == errc::none);
}

TEST_CASE("names_only_me wants nobody else") {
    CHECK_BOTH(asked<jwt::names_only_me>({"me"}) == errc::none);
    CHECK_BOTH(asked<jwt::names_only_me>({"me", "me"}) == errc::none);
    CHECK_BOTH(asked<jwt::names_only_me>({"me", "you"}) == errc::audience_not_sole);
    CHECK_BOTH(asked<jwt::names_only_me>({"you", "me"}) == errc::audience_not_sole);
    CHECK_BOTH(asked<jwt::names_only_me>({"you"}) == errc::audience_mismatch);
    CHECK_BOTH(asked_without<jwt::names_only_me>() == errc::audience_mismatch);
}

TEST_CASE("names_me_and_another wants the asker and somebody else") {
    CHECK_BOTH(asked<jwt::names_me_and_another>({"me", "you"}) == errc::none);
    CHECK_BOTH(asked<jwt::names_me_and_another>({"you", "me"}) == errc::none);
    CHECK_BOTH(asked<jwt::names_me_and_another>({"me"}) == errc::audience_lacks_client);
    CHECK_BOTH(asked<jwt::names_me_and_another>({"me", "me"}) == errc::audience_lacks_client);
    CHECK_BOTH(asked<jwt::names_me_and_another>({"you", "they"}) == errc::audience_mismatch);
    CHECK_BOTH(asked_without<jwt::names_me_and_another>() == errc::audience_mismatch);
}
