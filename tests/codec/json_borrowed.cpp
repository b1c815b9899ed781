// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/codec/json_borrowed.hpp>

#include "support/check.hpp"

#include <mcx/codec/json_object.hpp>

#include <array>
#include <optional>
#include <string_view>

using mcx::errc;
using mcx::error;
namespace json = mcx::json;

namespace {

struct both {
    json::borrowed_string s;
    std::optional<json::borrowed_object> o;

    using fields = mcx::field_list<mcx::required<"s", &both::s>, mcx::optional<"o", &both::o>>;
};

constexpr json::object_errors errors{errc::claims_not_object, errc::claim_missing,
                                     errc::claim_prohibited, errc::claim_shape, errc::claim_value};

constexpr auto read(std::string_view text) {
    return json::parse_object<both>(text, {}, errors);
}

constexpr bool shows_values_in_place() {
    constexpr std::string_view text = R"({"o": {"a":[1,{}]} ,"s":"x\n"})";
    auto const made = read(text);
    return made && made->s.token.raw == R"(x\n)" && made->s.token.escaped &&
           text.substr(made->s.offset).starts_with(R"(x\n)") && made->o &&
           made->o->text == R"({"a":[1,{}]})" && made->o->offset == 6;
}

}  // namespace

TEST_CASE("strings and objects are shown where they stand") {
    CHECK_BOTH(shows_values_in_place());
    CHECK_BOTH(!read(R"({"s":""})")->o);
}

TEST_CASE("values of another shape, and objects that are none, are refused") {
    CHECK_BOTH(read(R"({"s":1})").error() == error{errc::claim_shape, 1, 5});
    CHECK_BOTH(read(R"({"s":"","o":[]})").error() == error{errc::claim_shape, 2, 12});
    CHECK_BOTH(read(R"({"s":"","o":{"a":1,"a":2}})").error().code == errc::json_duplicate);
    CHECK_BOTH(read(R"({"s":"","o":{"a")").error().code == errc::json_truncated);
}

TEST_CASE("what was borrowed is written as it stood") {
    auto const made = read(R"({"s":"x","o":{ "a" : 1 }})");
    std::array<char, 64> out{};
    json::writer w{out};
    json::write_object(w, *made);
    auto const size = w.finish();
    CHECK((size && std::string_view(out.data(), *size) == R"({"s":"x","o":{ "a" : 1 }})"));
}
