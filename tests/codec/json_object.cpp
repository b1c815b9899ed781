// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/codec/json_object.hpp>

#include "support/check.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

using mcx::errc;
using mcx::error;
using mcx::instant;
namespace json = mcx::json;

namespace {

using word = mcx::text<struct object_word_tag, 8>;

// Codes that no other part of the reader gives, so that each can be told from where it comes.
constexpr json::object_errors codes{errc::claims_not_object, errc::claim_missing,
                                    errc::claim_prohibited, errc::claim_shape, errc::claim_value};

struct inner {
    word name;
    std::optional<instant> at;

    using fields = mcx::field_list<mcx::required<"name", &inner::name>,
                                   mcx::optional<"at", &inner::at>, mcx::prohibited<"not">>;
    friend constexpr bool operator==(inner const&, inner const&) = default;
};

struct outer {
    word id;
    instant at;
    std::optional<bool> flag;
    mcx::list<word, 2> tags;
    std::optional<inner> nested;

    using fields =
        mcx::field_list<mcx::required<"id", &outer::id>, mcx::fixed<"kind", "outer">,
                        mcx::required<"at", &outer::at>, mcx::optional<"flag", &outer::flag>,
                        mcx::optional<"tags", &outer::tags>, mcx::prohibited<"secret">,
                        mcx::optional<"nested", &outer::nested>>;
    friend constexpr bool operator==(outer const&, outer const&) = default;
};

/// A type whose reader fails in a way of its own.
struct stubborn {
    errc with = errc::none;
};
struct holder {
    stubborn value;
    using fields = mcx::field_list<mcx::required<"value", &holder::value>>;
};
struct keeper {
    holder nested;
    using fields = mcx::field_list<mcx::required<"nested", &keeper::nested>>;
};

constexpr mcx::result<outer> parse(std::string_view text, json::limits limits = {}) {
    return json::parse_object<outer>(text, limits, codes);
}

constexpr bool refuses(std::string_view text, errc code, std::uint16_t where,
                       std::uint32_t offset) {
    return parse(text).error() == error{code, where, offset};
}

constexpr outer sample() {
    outer o;
    o.id = "seven";
    o.at = {7};
    o.flag = false;
    (void)o.tags.push_back("a");
    (void)o.tags.push_back("b");
    o.nested = inner{"x", instant{9}};
    return o;
}

constexpr std::string_view sample_text =
    R"({"id":"seven","kind":"outer","at":7,"flag":false,"tags":["a","b"],)"
    R"("nested":{"name":"x","at":9}})";

constexpr bool writes(outer const& o, std::string_view expected) {
    std::array<char, 256> out{};
    json::writer w{out};
    json::write_object(w, o);
    auto const size = w.finish();
    return size && std::string_view{out.data(), *size} == expected;
}

}  // namespace

template <>
struct mcx::json::value<stubborn> {
    static constexpr result<void> read(reader&, event const& first, stubborn&) noexcept {
        return first.raw == "1" ? errc::hex_length : errc::rsa_exponent;
    }
    static constexpr void write(writer& w, stubborn const&) noexcept { w.integer(0); }
};

TEST_CASE("an object is written in the order of its list, without what is absent") {
    CHECK_BOTH(writes(sample(), sample_text));
    outer bare;
    bare.id = "x";
    CHECK(writes(bare, R"({"id":"x","kind":"outer","at":0})"));
    CHECK_BOTH(writes(outer{}, R"({"id":"","kind":"outer","at":0})"));
}

TEST_CASE("an object is read whatever the order of its members and their spelling") {
    CHECK_BOTH(parse(sample_text).has_value());
    CHECK_BOTH(*parse(sample_text) == sample());
    CHECK_BOTH(*parse("{ \"at\" : 7,\"nested\":{\"at\":9,\"name\":\"\\u0078\"},"
                      "\"t\\u0061gs\":[\"a\",\"b\"],\n\"kind\":\"out\\u0065r\","
                      "\"flag\":false,\"\\u0069d\":\"seven\"} ") == sample());
    auto const bare = parse(R"({"kind":"outer","at":0,"id":""})");
    CHECK((bare && *bare == outer{}));
}

TEST_CASE("unknown members are read past, however they look") {
    auto const read = parse(R"({"more":[{"id":1},[]],"id":"x","ID":2,"i":null,"kind":"outer",)"
                            R"("":{"secret":0},"at":1,"idx":"y"})");
    CHECK((read && read->id.view() == "x" && read->at == instant{1}));
}

TEST_CASE("a text that is no object is refused where its value stands") {
    CHECK_BOTH(refuses(" []", errc::claims_not_object, 0, 1));
    CHECK_BOTH(refuses("\"x\"", errc::claims_not_object, 0, 0));
    CHECK_BOTH(refuses("null", errc::claims_not_object, 0, 0));
    CHECK_BOTH(refuses("", errc::json_truncated, 0, 0));
}

TEST_CASE("the first required member that lacks is named, at the object's end") {
    CHECK_BOTH(refuses("{}", errc::claim_missing, 1, 2));
    CHECK_BOTH(refuses(R"({"id":"x"} )", errc::claim_missing, 2, 10));
    CHECK_BOTH(refuses(R"({"id":"x","kind":"outer"})", errc::claim_missing, 3, 25));
    CHECK_BOTH(refuses(R"({"kind":"outer","at":0})", errc::claim_missing, 1, 23));
}

TEST_CASE("a prohibited member is refused whatever its value") {
    CHECK_BOTH(refuses(R"({"secret":"x"})", errc::claim_prohibited, 6, 10));
    CHECK_BOTH(refuses(R"({"secret":null})", errc::claim_prohibited, 6, 10));
    CHECK_BOTH(refuses(R"({"s\u0065cret":[]})", errc::claim_prohibited, 6, 15));
}

TEST_CASE("a member of another shape is refused, never taken as absent") {
    CHECK_BOTH(refuses(R"({"id":1})", errc::claim_shape, 1, 6));
    CHECK_BOTH(refuses(R"({"id":null})", errc::claim_shape, 1, 6));
    CHECK_BOTH(refuses(R"({"at":"7"})", errc::claim_shape, 3, 6));
    CHECK_BOTH(refuses(R"({"flag":null})", errc::claim_shape, 4, 8));
    CHECK_BOTH(refuses(R"({"flag":0})", errc::claim_shape, 4, 8));
    CHECK_BOTH(refuses(R"({"tags":"a"})", errc::claim_shape, 5, 8));
    CHECK_BOTH(refuses(R"({"tags":["a",7]})", errc::claim_shape, 5, 8));
    CHECK_BOTH(refuses(R"({"nested":[]})", errc::claim_shape, 7, 10));
}

TEST_CASE("a member out of its bounds is refused") {
    CHECK_BOTH(refuses(R"({"id":"nine long"})", errc::claim_value, 1, 6));
    CHECK_BOTH(refuses(R"({"at":-1})", errc::claim_value, 3, 6));
    CHECK_BOTH(refuses(R"({"at":7.0})", errc::claim_value, 3, 6));
    CHECK_BOTH(refuses(R"({"tags":["a","b","c"]})", errc::claim_value, 5, 8));
}

TEST_CASE("a fixed member has its one value") {
    CHECK_BOTH(refuses(R"({"kind":"inner"})", errc::claim_value, 2, 8));
    CHECK_BOTH(refuses(R"({"kind":"outer "})", errc::claim_value, 2, 8));
    CHECK_BOTH(refuses(R"({"kind":1})", errc::claim_value, 2, 8));
    CHECK_BOTH(refuses(R"({"kind":outer})", errc::json_syntax, 0, 8));
}

TEST_CASE("a nested object is read by its own list and refused under the outer member") {
    CHECK_BOTH(refuses(R"({"nested":{}})", errc::claim_value, 7, 10));
    CHECK_BOTH(refuses(R"({"nested":{"at":0}})", errc::claim_value, 7, 10));
    CHECK_BOTH(refuses(R"({"nested":{"name":1}})", errc::claim_value, 7, 10));
    CHECK_BOTH(refuses(R"({"nested":{"name":"nine long"}})", errc::claim_value, 7, 10));
    CHECK_BOTH(refuses(R"({"nested":{"not":0}})", errc::claim_value, 7, 10));
    CHECK_BOTH(refuses(R"({"nested":{"name":"x","more":{}}})", errc::claim_missing, 1, 33));
}

TEST_CASE("faults of the JSON keep their own code and place at every depth") {
    CHECK_BOTH(refuses(R"({"id":"x","id":"y"})", errc::json_duplicate, 0, 10));
    CHECK_BOTH(refuses(R"({"id":"x","\u0069d":"x"})", errc::json_duplicate, 0, 10));
    CHECK_BOTH(refuses(R"({"more":1,"more":2})", errc::json_duplicate, 0, 10));
    CHECK_BOTH(refuses(R"({"more":[{"a":1,"a":2}]})", errc::json_duplicate, 0, 16));
    CHECK_BOTH(refuses(R"({"nested":{"name":"x","name":"x"}})", errc::json_duplicate, 0, 22));
    CHECK_BOTH(refuses(R"({"nested":{"name":x}})", errc::json_syntax, 0, 18));
    CHECK_BOTH(refuses(R"({"tags":["a",]})", errc::json_syntax, 0, 13));
    CHECK_BOTH(refuses(R"({"id":"x)", errc::json_truncated, 0, 8));
    CHECK_BOTH(refuses(R"({"id")", errc::json_truncated, 0, 5));
    CHECK_BOTH(refuses(R"({"id":)", errc::json_truncated, 0, 6));
    CHECK_BOTH(refuses(R"({"id":"x","kind":"outer","at":0} x)", errc::json_trailing, 0, 33));
    CHECK_BOTH(refuses(R"({"id":"x","kind":"outer","at":0}})", errc::json_trailing, 0, 32));
    CHECK_BOTH(refuses("{\"more\":\"\x80\"}", errc::utf8_invalid, 0, 9));
}

TEST_CASE("the reader's limits hold for known and unknown members alike") {
    constexpr std::string_view text = R"({"id":"x","kind":"outer","at":0,"more":{"a":[0]}})";
    CHECK(parse(text, {.depth = 3, .members = 5}).has_value());
    CHECK(parse(text, {.depth = 3, .members = 4}).error() == error{errc::json_members, 0, 40});
    CHECK(parse(text, {.depth = 2, .members = 5}).error() == error{errc::json_depth, 0, 44});
    CHECK(parse("{}", {.depth = 0, .members = 5}).error() == error{errc::json_depth, 0, 0});
}

TEST_CASE("a type's own refusal keeps its code, but not within a nested object") {
    auto const own = [](std::string_view text) {
        return json::parse_object<holder>(text, {}, codes).error();
    };
    CHECK(own(R"({"value":1})") == error{errc::hex_length});
    CHECK(own(R"({"value":2})") == error{errc::rsa_exponent, 1, 9});
    auto const nested = [](std::string_view text) {
        return json::parse_object<keeper>(text, {}, codes).error();
    };
    CHECK(nested(R"({"nested":{"value":1}})") == error{errc::hex_length});
    CHECK(nested(R"({"nested":{"value":2}})") == error{errc::claim_value, 1, 10});
}

TEST_CASE("a nested object that is refused leaves what was there") {
    json::reader reader{R"({"name":"new","at":-1})"};
    inner held{"old", instant{1}};
    auto const first = reader.next();
    CHECK((first && !json::value<inner>::read(reader, *first, held)));
    CHECK(held == inner{"old", instant{1}});
}

TEST_CASE("an object cut off anywhere is refused") {
    for (std::size_t size = 0; size < sample_text.size(); ++size) {
        CHECK_MESSAGE(!parse(std::string(sample_text.substr(0, size))), "cut at " << size);
    }
}

TEST_CASE("a type nests as deep as its deepest member") {
    CHECK_BOTH(json::depth_of<word> == 0);
    CHECK_BOTH(json::depth_of<std::int64_t> == 0);
    CHECK_BOTH(json::depth_of<std::optional<instant>> == 0);
    CHECK_BOTH(json::depth_of<mcx::list<word, 2>> == 1);
    CHECK_BOTH(json::depth_of<inner> == 1);
    CHECK_BOTH(json::depth_of<std::optional<inner>> == 1);
    CHECK_BOTH(json::depth_of<outer> == 2);
    CHECK_BOTH(json::depth_of<mcx::list<outer, 2>> == 3);
    CHECK_BOTH(json::depth_of<keeper> == 2);
    CHECK_BOTH(parse(sample_text, {2, 64}).has_value());
    CHECK_BOTH(parse(sample_text, {1, 64}).error().code == errc::json_depth);
}

namespace {

/// Reads every text as "z".
struct as_z {
    template <class Field>
    static constexpr bool reads = Field::name == "name" || Field::name == "id";

    template <class Field>
    static constexpr mcx::result<void> read(json::event const& first, word& out) noexcept {
        if (first.kind != json::kind::string) {
            return errc::json_type;
        }
        out = "z";
        return {};
    }
};

constexpr mcx::result<outer> parse_as_z(std::string_view text) {
    return json::parse_object<outer, as_z>(text, {}, codes);
}

}  // namespace

TEST_CASE("another way to read holds for the members that it names, of the outermost object") {
    constexpr auto read = parse_as_z(sample_text);
    CHECK_BOTH(read.has_value());
    CHECK_BOTH(read->id.view() == "z");
    CHECK_BOTH(read->at == instant{7});
    CHECK_BOTH(read->nested->name.view() == "x");
    CHECK_BOTH(parse_as_z(R"({"id":1})").error() == error{errc::claim_shape, 1, 6});
}
