// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/codec/json_reader.hpp>

#include "support/check.hpp"
#include "support/stops.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>

using mcx::errc;
using mcx::error;
namespace json = mcx::json;
using json::kind;

namespace {

/// Reads a text to its end; the error, or `errc::none` where there is none.
constexpr error walk(std::string_view text, json::limits limits = {}) {
    json::reader reader{text, limits};
    for (;;) {
        auto const step = reader.next();
        if (!step) {
            return step.error();
        }
        if (step->kind == kind::end) {
            return {};
        }
    }
}

constexpr bool accepts(std::string_view text, json::limits limits = {}) {
    return walk(text, limits).code == errc::none;
}

constexpr bool refuses(std::string_view text, errc code, std::uint32_t offset,
                       json::limits limits = {}) {
    return walk(text, limits) == error{code, 0, offset};
}

constexpr bool steps(std::string_view text, std::initializer_list<kind> expected) {
    json::reader reader{text};
    return std::all_of(expected.begin(), expected.end(), [&](kind k) {
        auto const step = reader.next();
        return step && step->kind == k;
    });
}

struct seen {
    json::kind kind;
    std::uint32_t offset;
    std::string_view raw;
    bool escaped = false;
};

constexpr bool steps_exactly(std::string_view text, std::initializer_list<seen> expected) {
    json::reader reader{text};
    return std::all_of(expected.begin(), expected.end(), [&](seen const& s) {
        auto const step = reader.next();
        return step && step->kind == s.kind && step->offset == s.offset && step->raw == s.raw &&
               step->escaped == s.escaped;
    });
}

/// What `skip` shows of the value that follows so many events, and what comes after it.
constexpr bool skips(std::string_view text, int events, std::string_view shown, kind then) {
    json::reader reader{text};
    for (; events > 0; --events) {
        if (!reader.next()) {
            return false;
        }
    }
    auto const first = reader.next();
    if (!first) {
        return false;
    }
    auto const skipped = reader.skip(*first);
    if (!skipped || *skipped != shown) {
        return false;
    }
    auto const following = reader.next();
    return following && following->kind == then;
}

std::string object_of(std::size_t members, std::string_view prefix = "n") {
    std::string text = "{";
    for (std::size_t i = 0; i < members; ++i) {
        text += i == 0 ? "\"" : ",\"";
        text += prefix;
        text += std::to_string(i) + "\":0";
    }
    return text + "}";
}

std::string nested(std::size_t depth, std::string_view opens, std::string_view closes) {
    std::string text;
    for (std::size_t i = 0; i < depth; ++i) {
        text += opens;
    }
    for (std::size_t i = 0; i < depth; ++i) {
        text += closes;
    }
    return text;
}

}  // namespace

TEST_CASE("a reader shows every step with its place and its characters") {
    CHECK_BOTH(steps_exactly(" {\"a\" : [1, true,null ] ,\"\\u0062\":{}} ",
                             {{kind::object_begin, 1, "{"},
                              {kind::name, 2, "a"},
                              {kind::array_begin, 8, "["},
                              {kind::number, 9, "1"},
                              {kind::boolean, 12, "true"},
                              {kind::null, 17, "null"},
                              {kind::array_end, 22, "]"},
                              {kind::name, 25, "\\u0062", true},
                              {kind::object_begin, 34, "{"},
                              {kind::object_end, 35, "}"},
                              {kind::object_end, 36, "}"},
                              {kind::end, 38, ""},
                              {kind::end, 38, ""}}));
    CHECK_BOTH(steps_exactly("\"x\\n\"", {{kind::string, 0, "x\\n", true}, {kind::end, 5, ""}}));
    CHECK_BOTH(steps_exactly(
        "[false]",
        {{kind::array_begin, 0, "["}, {kind::boolean, 1, "false"}, {kind::array_end, 6, "]"}}));
    CHECK_BOTH(steps("[\"\", -1.5e3]",
                     {kind::array_begin, kind::string, kind::number, kind::array_end, kind::end}));
}

TEST_CASE("an event's token is what a name or string means") {
    json::reader reader{"{\"k\\u0069d\":\"v\"}"};
    CHECK(reader.next().has_value());
    auto const name = reader.next();
    CHECK((name && json::means(name->token(), "kid")));
    auto const content = reader.next();
    CHECK((content && json::means(content->token(), "v")));
}

TEST_CASE("every kind of value may stand alone") {
    CHECK_BOTH(accepts("0"));
    CHECK_BOTH(accepts("-1.25e+7"));
    CHECK_BOTH(accepts("\"\""));
    CHECK_BOTH(accepts("true"));
    CHECK_BOTH(accepts("false"));
    CHECK_BOTH(accepts("null"));
    CHECK_BOTH(accepts("{}"));
    CHECK_BOTH(accepts("[]"));
    CHECK_BOTH(accepts("[[],{},[{}],0]"));
    CHECK_BOTH(accepts("{\"\":{\"\":{\"\":[]}}}"));
}

TEST_CASE("white space is space, tab, line feed and carriage return, between tokens only") {
    CHECK_BOTH(
        accepts(" \t\r\n[ \t\r\n1 \t\r\n, \t\r\n{ \t\r\n\"a\" \t\r\n: \t\r\n2 \t\r\n} \t\r\n]"
                " \t\r\n"));
    CHECK_BOTH(refuses("\v1", errc::json_syntax, 0));
    CHECK_BOTH(refuses("\f1", errc::json_syntax, 0));
    CHECK_BOTH(
        refuses("\xC2\xA0"
                "1",
                errc::json_syntax, 0));
    CHECK_BOTH(refuses("tr ue", errc::json_syntax, 0));
    CHECK_BOTH(refuses("1 2", errc::json_trailing, 2));
}

TEST_CASE("a text without a value is truncated") {
    CHECK_BOTH(refuses("", errc::json_truncated, 0));
    CHECK_BOTH(refuses(" \n", errc::json_truncated, 2));
}

TEST_CASE("commas and colons stand where they have to and nowhere else") {
    CHECK_BOTH(refuses("[,]", errc::json_syntax, 1));
    CHECK_BOTH(refuses("[1,]", errc::json_syntax, 3));
    CHECK_BOTH(refuses("[1,,2]", errc::json_syntax, 3));
    CHECK_BOTH(refuses("[1 2]", errc::json_syntax, 3));
    CHECK_BOTH(refuses("[1:2]", errc::json_syntax, 2));
    CHECK_BOTH(refuses("{,}", errc::json_syntax, 1));
    CHECK_BOTH(refuses("{\"a\"}", errc::json_syntax, 4));
    CHECK_BOTH(refuses("{\"a\",1}", errc::json_syntax, 4));
    CHECK_BOTH(refuses("{\"a\":}", errc::json_syntax, 5));
    CHECK_BOTH(refuses("{\"a\":1,}", errc::json_syntax, 7));
    CHECK_BOTH(refuses("{\"a\":1,,}", errc::json_syntax, 7));
    CHECK_BOTH(refuses("{\"a\":1 \"b\":2}", errc::json_syntax, 7));
    CHECK_BOTH(refuses("{\"a\"::1}", errc::json_syntax, 5));
    CHECK_BOTH(refuses("{\"a\":1:2}", errc::json_syntax, 6));
    CHECK_BOTH(refuses(",", errc::json_syntax, 0));
    CHECK_BOTH(refuses(":", errc::json_syntax, 0));
}

TEST_CASE("brackets close what they opened") {
    CHECK_BOTH(refuses("[}", errc::json_syntax, 1));
    CHECK_BOTH(refuses("{]", errc::json_syntax, 1));
    CHECK_BOTH(refuses("[1}", errc::json_syntax, 2));
    CHECK_BOTH(refuses("{\"a\":1]", errc::json_syntax, 6));
    CHECK_BOTH(refuses("{\"a\":[}", errc::json_syntax, 6));
    CHECK_BOTH(refuses("]", errc::json_syntax, 0));
    CHECK_BOTH(refuses("}", errc::json_syntax, 0));
    CHECK_BOTH(refuses("{\"a\":]", errc::json_syntax, 5));
    CHECK_BOTH(refuses("[[{\"a\":[]]]]", errc::json_syntax, 9));
}

TEST_CASE("names are strings") {
    CHECK_BOTH(refuses("{a:1}", errc::json_syntax, 1));
    CHECK_BOTH(refuses("{'a':1}", errc::json_syntax, 1));
    CHECK_BOTH(refuses("{1:1}", errc::json_syntax, 1));
    CHECK_BOTH(refuses("{null:1}", errc::json_syntax, 1));
    CHECK_BOTH(refuses("{[]:1}", errc::json_syntax, 1));
}

TEST_CASE("literals are spelt in full and in lower case") {
    CHECK_BOTH(refuses("True", errc::json_syntax, 0));
    CHECK_BOTH(refuses("[tRue]", errc::json_syntax, 1));
    CHECK_BOTH(refuses("[trux]", errc::json_syntax, 1));
    CHECK_BOTH(refuses("[fals]", errc::json_syntax, 1));
    CHECK_BOTH(refuses("[nul]", errc::json_syntax, 1));
    CHECK_BOTH(refuses("nulll", errc::json_trailing, 4));
    CHECK_BOTH(refuses("[truefalse]", errc::json_syntax, 5));
    CHECK_BOTH(refuses("NaN", errc::json_syntax, 0));
    CHECK_BOTH(refuses("Infinity", errc::json_syntax, 0));
    CHECK_BOTH(refuses("-Infinity", errc::json_number, 0));
    CHECK_BOTH(refuses("undefined", errc::json_syntax, 0));
    CHECK_BOTH(refuses("[tru", errc::json_truncated, 1));
    CHECK_BOTH(refuses("[f", errc::json_truncated, 1));
    CHECK_BOTH(refuses("n", errc::json_truncated, 0));
}

TEST_CASE("numbers keep to their grammar") {
    CHECK_BOTH(refuses("[01]", errc::json_number, 1));
    CHECK_BOTH(refuses("[-]", errc::json_number, 1));
    CHECK_BOTH(refuses("[1.]", errc::json_number, 1));
    CHECK_BOTH(refuses("[1e]", errc::json_number, 1));
    CHECK_BOTH(refuses("[+1]", errc::json_syntax, 1));
    CHECK_BOTH(refuses("[.1]", errc::json_syntax, 1));
    CHECK_BOTH(refuses("[0x10]", errc::json_syntax, 2));
    CHECK_BOTH(refuses("[1a]", errc::json_syntax, 2));
    CHECK_BOTH(refuses("1a", errc::json_trailing, 1));
    CHECK_BOTH(accepts("[1e999]"));  // a number; whether it is one that fits is its reader's to say
}

TEST_CASE("comments are no JSON") {
    CHECK_BOTH(refuses("/**/1", errc::json_syntax, 0));
    CHECK_BOTH(refuses("[1//\n]", errc::json_syntax, 2));
    CHECK_BOTH(refuses("1#", errc::json_trailing, 1));
}

TEST_CASE("nothing follows the value but white space") {
    CHECK_BOTH(refuses("{}{}", errc::json_trailing, 2));
    CHECK_BOTH(refuses("{} \n,", errc::json_trailing, 4));
    CHECK_BOTH(refuses("[]]", errc::json_trailing, 2));
    CHECK_BOTH(refuses("\"a\"\"b\"", errc::json_trailing, 3));
    CHECK_BOTH(refuses({"{}\0", 3}, errc::json_trailing, 2));
}

TEST_CASE("a byte order mark and a NUL are no white space") {
    CHECK_BOTH(refuses("\xEF\xBB\xBF{}", errc::json_syntax, 0));
    CHECK_BOTH(refuses("{}\xEF\xBB\xBF", errc::json_trailing, 2));
    CHECK_BOTH(refuses({"\0{}", 3}, errc::json_syntax, 0));
    CHECK_BOTH(refuses({"[\0]", 3}, errc::json_syntax, 1));
    CHECK_BOTH(refuses({"[\"\0\"]", 5}, errc::json_control, 2));
}

TEST_CASE("strings and names are refused where the fault stands") {
    CHECK_BOTH(refuses("[\"a\tb\"]", errc::json_control, 3));
    CHECK_BOTH(refuses("{\"a\nb\":1}", errc::json_control, 3));
    CHECK_BOTH(refuses("[\"ab\\x\"]", errc::json_escape, 4));
    CHECK_BOTH(refuses("{\"\\a\":1}", errc::json_escape, 2));
    CHECK_BOTH(refuses("[\"\\ud800\"]", errc::json_surrogate, 2));
    CHECK_BOTH(refuses("{\"xy\\udc00\":1}", errc::json_surrogate, 4));
    CHECK_BOTH(refuses("[\"abc", errc::json_truncated, 5));
    CHECK_BOTH(refuses("{\"abc", errc::json_truncated, 5));
}

TEST_CASE("a text that is not UTF-8 is refused before anything of it is shown") {
    CHECK_BOTH(refuses("[\"\xFF\"]", errc::utf8_invalid, 2));
    CHECK_BOTH(refuses("}}\x80", errc::utf8_invalid, 2));
    CHECK_BOTH(refuses("[\"\xC0\xAF\"]", errc::utf8_invalid, 2));          // overlong
    CHECK_BOTH(refuses("[\"\xED\xA0\x80\"]", errc::utf8_invalid, 2));      // a surrogate
    CHECK_BOTH(refuses("[\"\xF4\x90\x80\x80\"]", errc::utf8_invalid, 2));  // past U+10FFFF
    CHECK_BOTH(refuses("[\"\xE2\x82\"]", errc::utf8_invalid, 2));
    CHECK_BOTH(accepts("[\"\xF4\x8F\xBF\xBF\xEF\xBF\xBF\"]"));
}

TEST_CASE("a repeated name is refused at every level") {
    CHECK_BOTH(refuses("{\"a\":1,\"a\":2}", errc::json_duplicate, 7));
    CHECK_BOTH(refuses("{\"a\":1,\"b\":2,\"c\":3,\"b\":4}", errc::json_duplicate, 19));
    CHECK_BOTH(refuses("{\"x\":{\"a\":1,\"a\":1}}", errc::json_duplicate, 12));
    CHECK_BOTH(refuses("[{},{\"a\":1,\"a\":1}]", errc::json_duplicate, 11));
    CHECK_BOTH(refuses("{\"a\":{\"b\":{\"c\":0,\"c\":0}}}", errc::json_duplicate, 17));
    CHECK_BOTH(refuses("{\"a\":{\"a\":0},\"a\":0}", errc::json_duplicate, 13));
    CHECK_BOTH(refuses("{\"\":0,\"\":0}", errc::json_duplicate, 6));
    CHECK_BOTH(refuses("{\"a\":1,\"a\"", errc::json_duplicate, 7));  // not read on
}

TEST_CASE("names are compared by what they mean, whichever of them is escaped") {
    CHECK_BOTH(refuses("{\"iss\":1,\"iss\":2}", errc::json_duplicate, 9));
    CHECK_BOTH(refuses("{\"iss\":1,\"\\u0069ss\":2}", errc::json_duplicate, 9));
    CHECK_BOTH(refuses("{\"\\u0069ss\":1,\"iss\":2}", errc::json_duplicate, 14));
    CHECK_BOTH(refuses("{\"\\u0069ss\":1,\"is\\u0073\":2}", errc::json_duplicate, 14));
    CHECK_BOTH(refuses("{\"\\/\":1,\"/\":2}", errc::json_duplicate, 8));
    CHECK_BOTH(refuses("{\"\xC3\xA4\":1,\"\\u00E4\":2}", errc::json_duplicate, 8));
    CHECK_BOTH(refuses("{\"\\u00e4\":1,\"\\u00E4\":2}", errc::json_duplicate, 12));
    CHECK_BOTH(refuses("{\"\\ud83d\\ude00\":1,\"\xF0\x9F\x98\x80\":2}", errc::json_duplicate, 18));
}

TEST_CASE("a name is found again among many, whatever their hashes have in common") {
    // Names whose hashes share the six bits by which most are told apart, and names that do not.
    for (std::size_t count = 1; count <= 64; ++count) {
        std::string const first = object_of(count);
        for (std::size_t again : {std::size_t{0}, count / 2, count - 1}) {
            std::string const twice =
                first.substr(0, first.size() - 1) + ",\"n" + std::to_string(again) + "\":0}";
            CHECK(refuses(twice, errc::json_duplicate, static_cast<std::uint32_t>(first.size())));
        }
    }
}

TEST_CASE("the same name may stand in different objects") {
    CHECK_BOTH(accepts("{\"a\":{\"a\":{\"a\":0}}}"));
    CHECK_BOTH(accepts("[{\"a\":0},{\"a\":0}]"));
    CHECK_BOTH(accepts("{\"a\":{\"b\":0},\"b\":{\"a\":0}}"));
    CHECK_BOTH(accepts("{\"a\":0,\"A\":0,\"a \":0,\"\":0,\"\\u0000\":0}"));
}

TEST_CASE("names that share a hash are still told apart") {
    constexpr auto hash = [](std::string_view name) {
        return json::name_hash(json::string_token{name, false});
    };
    CHECK_BOTH(hash("audience_1") == hash("audience_2"));
    CHECK_BOTH(accepts("{\"audience_1\":1,\"audience_2\":2}"));
    CHECK_BOTH(
        refuses("{\"audience_1\":1,\"audience_2\":2,\"audience_1\":3}", errc::json_duplicate, 31));
    CHECK_BOTH(accepts("{\"\\u0061udience_1\":1,\"audience_\\u0032\":2}"));
}

TEST_CASE("members are counted up to the limit and refused past it") {
    CHECK(accepts(object_of(64)));
    std::string const more = object_of(65);
    CHECK(refuses(more, errc::json_members, static_cast<std::uint32_t>(more.find("\"n64\""))));
    CHECK_BOTH(accepts("{}", {.depth = 1, .members = 0}));
    CHECK_BOTH(refuses("{\"a\":0}", errc::json_members, 1, {.depth = 1, .members = 0}));
    CHECK_BOTH(accepts("{\"a\":0}", {.depth = 1, .members = 1}));
    CHECK_BOTH(refuses("{\"a\":0,\"b\":0}", errc::json_members, 7, {.depth = 1, .members = 1}));
    json::limits const most{8, json::limits::max_members};
    CHECK(accepts(object_of(128), most));
    CHECK(walk(object_of(129), most).code == errc::json_members);
}

TEST_CASE("what is open at the same time counts, and what is closed does not") {
    json::limits const two{4, 2};
    CHECK(accepts("{\"a\":{\"b\":0}}", two));
    CHECK(accepts("{\"a\":{\"b\":0},\"c\":{\"d\":0}}", {4, 3}));
    CHECK(accepts("[{\"a\":0,\"b\":0},{\"c\":0,\"d\":0}]", two));
    CHECK(refuses("{\"a\":{\"b\":{\"c\":0}}}", errc::json_members, 11, two));
    CHECK(refuses("{\"a\":0,\"b\":{\"c\":0}}", errc::json_members, 12, two));
    CHECK(accepts("[0,0,0,0,0,0]", two));  // elements have no names to remember
    CHECK(refuses("{\"a\":0,\"b\":0,\"a\":0}", errc::json_duplicate, 13, two));
}

TEST_CASE("nesting is allowed up to the limit and refused past it") {
    CHECK(accepts(nested(8, "[", "]")));
    CHECK(refuses(nested(9, "[", "]"), errc::json_depth, 8));
    CHECK(accepts("{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{}}}}}}}}"));
    CHECK(refuses("{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{}}}}}}}}}",
                  errc::json_depth, 40));
    CHECK_BOTH(accepts("0", {.depth = 0, .members = 8}));
    CHECK_BOTH(refuses("[]", errc::json_depth, 0, {.depth = 0, .members = 8}));
    CHECK_BOTH(refuses(" {}", errc::json_depth, 1, {.depth = 0, .members = 8}));
    CHECK_BOTH(accepts("[[],{},[]]", {.depth = 2, .members = 8}));
    json::limits const most{json::limits::max_depth, 64};
    CHECK(accepts(nested(32, "[", "]"), most));
    CHECK(refuses(nested(33, "[", "]"), errc::json_depth, 32, most));
    CHECK(walk(nested(100'000, "[", "]"), most).code == errc::json_depth);
    CHECK(walk(nested(100'000, "{\"a\":", "}"), most).code == errc::json_depth);
}

TEST_CASE("what stands at each depth is remembered to the deepest") {
    // The kind of a container decides whether a name or a value follows, and how it closes.
    json::limits const most{json::limits::max_depth, 64};
    CHECK(accepts(nested(16, "[{\"a\":", "}]").insert(16 * 6, "0"), most));
    CHECK(accepts(nested(16, "{\"a\":[", "]}"), most));
    std::string const deepest = nested(15, "[{\"a\":", "}]").insert(15 * 6, "[[0,{}]]");
    CHECK(walk(deepest, most).code == errc::json_depth);
    CHECK(accepts(nested(15, "[{\"a\":", "}]").insert(15 * 6, "[{}]"), most));
    CHECK(walk(nested(15, "[{\"a\":", "}]").insert(15 * 6, "[{]]"), most).code ==
          errc::json_syntax);
    CHECK(walk(nested(15, "[{\"a\":", "}]").insert(15 * 6, "[[}]"), most).code ==
          errc::json_syntax);
}

TEST_CASE("a failure is told again at every further call") {
    json::reader reader{"[1,x,\"y\"]"};
    CHECK(reader.next().has_value());
    CHECK(reader.next().has_value());
    for (int i = 0; i < 3; ++i) {
        CHECK(reader.next().error() == error{errc::json_syntax, 0, 3});
    }
    json::reader malformed{"\x80"};
    for (int i = 0; i < 3; ++i) {
        CHECK(malformed.next().error() == error{errc::utf8_invalid, 0, 0});
    }
}

TEST_CASE("the step that fails shows nothing") {
    auto const shown_of = [](std::string_view text, json::limits limits = {}) {
        json::reader reader{text, limits};
        int shown = 0;
        while (reader.next()) {
            ++shown;
        }
        return shown;
    };
    CHECK(shown_of("\x80") == 0);
    CHECK(shown_of("") == 0);
    CHECK(shown_of("{\"a\\x\":1}") == 1);
    CHECK(shown_of("{\"a\"}") == 1);
    CHECK(shown_of("{\"a\"") == 1);
    CHECK(shown_of("{\"a\":}") == 2);
    CHECK(shown_of("{\"a\":1,\"a\":2}") == 3);
    CHECK(shown_of("{\"a\":1,\"b\":2}", {.depth = 1, .members = 1}) == 3);
    CHECK(shown_of("{\"a\":\"b\n\"}") == 2);
    CHECK(shown_of("[[]]", {.depth = 1, .members = 1}) == 1);
    CHECK(shown_of("[tru]") == 1);
    CHECK(shown_of("[01]") == 1);
    CHECK(shown_of("[1 2]") == 2);
    CHECK(shown_of("[1,") == 2);
}

TEST_CASE("the end is told again at every further call") {
    json::reader reader{"7 "};
    CHECK((reader.offset() == 0 && reader.next().has_value() && reader.offset() == 1));
    for (int i = 0; i < 3; ++i) {
        auto const step = reader.next();
        CHECK((step && step->kind == kind::end && step->offset == 2 && reader.offset() == 2));
    }
}

TEST_CASE("skipping shows the text of a value and goes on after it") {
    CHECK_BOTH(skips(" [ 1 ] ", 0, "[ 1 ]", kind::end));
    CHECK_BOTH(skips("{\"a\": {\"b\":[{}, 2]} ,\"c\":0}", 2, "{\"b\":[{}, 2]}", kind::name));
    CHECK_BOTH(skips("{\"a\":\"x\\u0020\"}", 2, "\"x\\u0020\"", kind::object_end));
    CHECK_BOTH(skips("[ -1.5 ,2]", 1, "-1.5", kind::number));
    CHECK_BOTH(skips("[true,false]", 1, "true", kind::boolean));
    CHECK_BOTH(skips("[[],[]]", 1, "[]", kind::array_begin));
    CHECK_BOTH(skips("null", 0, "null", kind::end));
}

TEST_CASE("skipping refuses what reading refuses") {
    auto const skipping = [](std::string_view text) {
        json::reader reader{text};
        auto const first = reader.next();
        return first ? reader.skip(*first).error() : first.error();
    };
    CHECK(skipping("[1,[2,]]") == error{errc::json_syntax, 0, 6});
    CHECK(skipping("{\"a\":{\"b\":0,\"b\":0}}") == error{errc::json_duplicate, 0, 12});
    CHECK(skipping("[[[") == error{errc::json_truncated, 0, 3});
    CHECK(skipping("[[[[[[[[[]]]]]]]]]") == error{errc::json_depth, 0, 8});
    CHECK(skipping("[] x") == error{});  // what follows is for the next call
}

TEST_CASE("a text that is cut off anywhere is refused, and nothing past its end is read") {
    std::string_view const whole =
        "{\"a\":[1,-2.50e+10,true,false,null,\"x\\\"\\u00e4\\ud83d\\ude00\xC3\xA4\"],"
        "\"\\u0062\":{\"c\":{}}}";
    CHECK(accepts(whole));
    for (std::size_t size = 0; size < whole.size(); ++size) {
        auto const cut = std::make_unique<char[]>(size);  // so that a sanitizer sees its end
        std::copy_n(whole.data(), size, cut.get());
        errc const code = walk({cut.get(), size}).code;
        bool const fitting = code == errc::json_truncated || code == errc::utf8_invalid ||
                             code == errc::json_escape || code == errc::json_surrogate ||
                             code == errc::json_number;
        CHECK_MESSAGE(fitting, "cut at " << size);
    }
}

TEST_CASE("limits past what a reader can keep stop the program") {
    CHECK_FALSE(mcx::test::stops([] { (void)walk("0", {32, 128}); }));
    CHECK(mcx::test::stops([] { (void)walk("0", {33, 128}); }));
    CHECK(mcx::test::stops([] { (void)walk("0", {32, 129}); }));
}
