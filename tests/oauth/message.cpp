// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/oauth/message.hpp>

#include "support/check.hpp"
#include "support/message_faults.hpp"

#include <mcx/oauth/token.hpp>

#include <string>

using mcx::errc;
using mcx::error;
using mcx::fixed;
using mcx::list;
using mcx::oauth::parse_form;
using mcx::oauth::parse_json;
using mcx::oauth::part_of;
using mcx::oauth::write_form;
using mcx::oauth::write_json;

namespace {

struct word_tag {
    static constexpr errc check(std::string_view v) noexcept {
        return v.empty()                  ? errc::value_empty
               : v.find('\x7F') != v.npos ? errc::value_character
                                          : errc::none;
    }
};
using word = mcx::text<word_tag, 8>;

constexpr word say(std::string_view text) {
    return *word::from(text);
}

struct couple {
    word first;
    word second;
    friend bool operator==(couple const&, couple const&) = default;
};

/// A request with a field of every kind but `prohibited`.
struct request {
    word name;
    word nickname;
    std::optional<word> title;
    list<word, 2> friends;
    list<word, 2> duties;
    std::optional<couple> pair;

    using fields = mcx::field_list<
        fixed<"grant_type", "g">, mcx::required<"name", &request::name>,
        mcx::optional<"nickname", &request::nickname>, mcx::optional<"title", &request::title>,
        mcx::optional<"friend", &request::friends>, mcx::required<"duty", &request::duties>,
        part_of<"first", &request::pair, &couple::first>,
        part_of<"second", &request::pair, &couple::second>, fixed<"version", "1.0">>;

    friend bool operator==(request const&, request const&) = default;
};

constexpr std::string_view smallest = "grant_type=g&name=a&duty=b&version=1.0";

struct closed {
    word name;
    using fields = mcx::field_list<mcx::required<"name", &closed::name>, mcx::prohibited<"no">>;
};

struct answer {
    word name;
    std::optional<word> title;
    list<word, 2> friends;

    using fields = mcx::field_list<mcx::required<"name", &answer::name>,
                                   mcx::optional<"title", &answer::title>,
                                   mcx::optional<"friends", &answer::friends>>;

    friend bool operator==(answer const&, answer const&) = default;
};

/// A message that can be longer than messages may be.
struct long_one {
    list<mcx::oauth::token, 8> tokens;

    using fields = mcx::field_list<mcx::optional<"token", &long_one::tokens>>;
};

/// Tokens of 8192 quotation marks, which all have to be escaped, and one more.
long_one quoted(std::size_t count, std::string last) {
    using mcx::oauth::token;
    long_one made;
    for (std::size_t i = 0; i < count; ++i) {
        (void)made.tokens.push_back(*token::from(std::string(token::max_size, '"')));
    }
    (void)made.tokens.push_back(*token::from(last));
    return made;
}

request complete() {
    request made;
    made.name = "J\xC3\xB8rn";
    made.nickname = "a&b=c%+ ";
    made.title = say("Dr");
    (void)made.friends.push_back("one");
    (void)made.friends.push_back("two");
    (void)made.duties.push_back("x");
    made.pair = couple{say("1"), say("2")};
    return made;
}

constexpr error refusal(std::string_view body) {
    return parse_form<request>(body).error();
}

}  // namespace

TEST_CASE("a form with every field is read as it was written, and no fault in it passes") {
    CHECK(*write_form(complete()) ==
          "grant_type=g&name=J%C3%B8rn&nickname=a%26b%3Dc%25%2B+&title=Dr&friend=one&friend=two&"
          "duty=x&first=1&second=2&version=1.0");
    mcx::test::check_form(complete());
}

TEST_CASE("a form is read in constant expressions too") {
    CHECK_BOTH(parse_form<request>(smallest)->name.view() == "a");
    CHECK_BOTH(parse_form<request>(smallest)->duties.size() == 1);
    CHECK_BOTH(!parse_form<request>(smallest)->pair);
    CHECK_BOTH(parse_form<request>("version=1%2E0&duty=b&%6Eame=%61&grant_type=g")->name.view() ==
               "a");
    CHECK_BOTH(refusal("") == error{errc::parameter_missing, 1, 0});
    CHECK_BOTH(refusal("grant_type=g&grant_type=g") == error{errc::parameter_repeated, 1, 13});
    CHECK_BOTH(refusal("name=a&grant_type=h") == error{errc::unsupported_grant_type, 1, 7});
    CHECK_BOTH(refusal("version=1.1") == error{errc::parameter_value, 9, 0});
}

TEST_CASE("unknown parameters are ignored, however often they come") {
    std::string const body = std::string{smallest} + "&x=1&x=2&Name=c&grant_types=h";
    CHECK(parse_form<request>(body).value() == *parse_form<request>(smallest));
}

TEST_CASE("a parameter without a value is as if it were not there") {
    std::string const base{smallest};
    CHECK(parse_form<request>(base + "&name=&name&title=&first=").value() ==
          *parse_form<request>(base));
    CHECK(parse_form<request>("name=&title&" + base + "&title=x")->title == say("x"));
    CHECK(refusal("grant_type=g&name=&duty=b&version=1.0") ==
          error{errc::parameter_missing, 2, 37});
}

TEST_CASE("a list takes all of its parameters, and no more than it can hold") {
    std::string const base{smallest};
    auto const read = parse_form<request>(base + "&friend=x&friend=&friend=x");
    CHECK(read->friends.size() == 2);
    CHECK(refusal(base + "&friend=1&friend=2&friend=3") == error{errc::parameter_value, 5, 57});
}

TEST_CASE("parts come together or not at all, and each of them once") {
    std::string const base{smallest};
    CHECK(parse_form<request>(base + "&second=2&first=1")->pair == couple{say("1"), say("2")});
    CHECK(refusal(base + "&first=1") == error{errc::parameter_without_pair, 8, 46});
    CHECK(refusal(base + "&second=2") == error{errc::parameter_without_pair, 7, 47});
    CHECK(refusal(base + "&second=2&first=") == error{errc::parameter_without_pair, 7, 54});
    CHECK(refusal(base + "&first=1&second=2&first=1") == error{errc::parameter_repeated, 7, 56});
}

TEST_CASE("a parameter that must not be there is refused") {
    CHECK_BOTH(parse_form<closed>("name=a")->name.view() == "a");
    CHECK_BOTH(parse_form<closed>("name=a&no=b").error() == error{errc::parameter_value, 2, 7});
    CHECK_BOTH(parse_form<closed>("name=a&no=")->name.view() == "a");
}

TEST_CASE("a form of more than 64 KiB is not looked at") {
    std::string body = std::string{smallest} + "&x=";
    body.resize(mcx::oauth::max_message_size, 'a');
    CHECK(mcx::oauth::max_message_size == 65536);
    CHECK(parse_form<request>(body));
    CHECK(refusal(body + "%") == error{errc::message_too_long});
}

TEST_CASE("a form has at most 32 parameters") {
    std::string body{smallest};
    for (int i = 4; i < 32; ++i) {
        body += "&x=y";
    }
    CHECK(parse_form<request>(body));
    auto const end = static_cast<std::uint32_t>(body.size());
    CHECK(refusal(body + "&x=y") == error{errc::form_parameters, 0, end + 1});
}

TEST_CASE("a form without a text that has to be there is not written") {
    request made = complete();
    made.name = {};
    CHECK(write_form(made).error() == error{errc::value_empty, 2});
    made = complete();
    made.title.emplace();
    CHECK(write_form(made).error() == error{errc::value_empty, 4});
    made = complete();
    made.friends = {};
    (void)made.friends.push_back("one");
    (void)made.friends.push_back(word{});
    CHECK(write_form(made).error() == error{errc::value_empty, 5});
    made = complete();
    made.duties = {};
    CHECK(write_form(made).error() == error{errc::value_empty, 6});
    (void)made.duties.push_back(word{});
    CHECK(write_form(made).error() == error{errc::value_empty, 6});
    made = complete();
    made.pair->second = {};
    CHECK(write_form(made).error() == error{errc::value_empty, 8});
    CHECK(blame_of(write_form(made).error()) == mcx::blame::caller);
}

TEST_CASE("a message that would be too long to be read is not written") {
    std::string last = std::string(5454, '"') + "aa";
    CHECK(write_form(quoted(2, last))->size() == mcx::oauth::max_message_size);
    CHECK(parse_form<long_one>(*write_form(quoted(2, last)))->tokens.size() == 3);
    CHECK(write_form(quoted(2, last + "a")).error() == error{errc::value_too_long});
    last = std::string(8180, '"') + "a";
    CHECK(write_json(quoted(3, last))->size() == mcx::oauth::max_message_size);
    CHECK(parse_json<long_one>(*write_json(quoted(3, last)))->tokens.size() == 4);
    CHECK(write_json(quoted(3, last + "a")).error() == error{errc::value_too_long});
}

TEST_CASE("optional fields that are absent are not written") {
    request made;
    made.name = "a";
    (void)made.duties.push_back("b");
    CHECK(*write_form(made) == smallest);
}

TEST_CASE("an object is read as it was written") {
    answer made;
    made.name = "a";
    made.title = say("b");
    CHECK(*write_json(made) == "{\"name\":\"a\",\"title\":\"b\"}");
    (void)made.friends.push_back("c");
    (void)made.friends.push_back("d");
    CHECK(*write_json(made) == "{\"name\":\"a\",\"title\":\"b\",\"friends\":[\"c\",\"d\"]}");
    CHECK(parse_json<answer>(*write_json(made)).value() == made);
}

TEST_CASE("an object is refused with the code, field and place of what is wrong in it") {
    CHECK_BOTH(parse_json<answer>("{\"name\":\"a\"}")->name.view() == "a");
    CHECK_BOTH(parse_json<answer>("{}").error() == error{errc::member_missing, 1, 2});
    CHECK_BOTH(parse_json<answer>("[]").error() == error{errc::member_shape, 0, 0});
    CHECK_BOTH(parse_json<answer>("{\"name\":1}").error() == error{errc::member_shape, 1, 8});
    CHECK_BOTH(parse_json<answer>("{\"name\":\"123456789\"}").error() ==
               error{errc::member_value, 1, 8});
    CHECK_BOTH(parse_json<answer>("{\"name\":\"a\"} ,").error().code == errc::json_trailing);
    CHECK_BOTH(parse_json<answer>("{\"name\":\"a\",\"friends\":[\"b\",\"c\",\"d\"]}").error() ==
               error{errc::member_value, 3, 22});
    CHECK_BOTH(parse_json<answer>("{\"name\":\"a\",\"n\\u0061me\":\"a\"}").error().code ==
               errc::json_duplicate);
}

TEST_CASE("a member that must not be there is refused") {
    CHECK_BOTH(parse_json<closed>("{\"name\":\"a\",\"no\":1}").error() ==
               error{errc::member_value, 2, 17});
}

TEST_CASE("an object of more than 64 KiB is not looked at") {
    std::string body = "{\"name\":\"a\"}";
    body.resize(mcx::oauth::max_message_size, ' ');
    CHECK(parse_json<answer>(body));
    CHECK(parse_json<answer>(body + "}").error() == error{errc::message_too_long});
}

TEST_CASE("an object that cannot be read again is not written") {
    answer made;
    CHECK(write_json(made).error() == error{errc::value_empty, 1});
    made.name = say("\xFF");
    CHECK(write_json(made).error() == error{errc::utf8_invalid});
    made.name = "a";
    made.title.emplace();
    CHECK(write_json(made).error() == error{errc::value_empty, 2});
}
