// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/core/error_text.hpp>

#include "support/check.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <set>
#include <string>
#include <string_view>
#include <utility>

using mcx::all_errors;
using mcx::errc;

namespace {

/// How the compiler spells a value: its enumerator's name, or nothing where it has none.
template <errc Code>
constexpr std::string_view spelling() {
    std::string_view text = __PRETTY_FUNCTION__;
    text = text.substr(text.find("Code = ") + 7);
    text = text.substr(0, text.find_first_of(";]"));
    constexpr std::string_view scope = "errc::";
    std::size_t const at = text.rfind(scope);
    return at == text.npos ? std::string_view{} : text.substr(at + scope.size());
}

template <errc Code>
constexpr std::string_view spelled = spelling<Code>();

template <std::size_t... Value>
constexpr std::array<std::string_view, sizeof...(Value)> spell(std::index_sequence<Value...>) {
    return {spelled<static_cast<errc>(Value)>...};
}

// Well past the last code, so that a new stage is noticed too.
constexpr auto spellings = spell(std::make_index_sequence<1600>{});

constexpr errc code(std::size_t value) {
    return static_cast<errc>(value);
}

bool cites(std::string_view clause, std::string_view document) {
    return clause.substr(0, document.size()) == document && clause.size() > document.size();
}

}  // namespace

static_assert(spellings[0] == "none" && spellings[1].empty() && spellings[500] == "signature",
              "the compiler spells enumerators in another way");

TEST_CASE("every enumerator has a row under its own name, and nothing else has one") {
    for (std::size_t value = 0; value < spellings.size(); ++value) {
        CAPTURE(value);
        CHECK(mcx::name_of(code(value)) == spellings[value]);
        CHECK(mcx::message_of(code(value)).empty() == spellings[value].empty());
        CHECK(mcx::clause_of(code(value)).empty() == spellings[value].empty());
    }
    CHECK_BOTH(mcx::name_of(code(0xFFFF)).empty());
}

TEST_CASE("all_errors lists every enumerator but none, in order") {
    auto const is_code = [](std::string_view spelled) { return !spelled.empty(); };
    auto const count = std::count_if(spellings.begin(), spellings.end(), is_code);
    CHECK(all_errors.size() + 1 == static_cast<std::size_t>(count));
    CHECK_BOTH(all_errors.front() == errc::buffer_too_small);
    CHECK_BOTH(std::is_sorted(all_errors.begin(), all_errors.end()));
    CHECK_BOTH(std::adjacent_find(all_errors.begin(), all_errors.end()) == all_errors.end());
    CHECK(std::find(all_errors.begin(), all_errors.end(), errc::none) == all_errors.end());
}

TEST_CASE("every error has a stage, and somebody to blame") {
    for (errc const e : all_errors) {
        CAPTURE(mcx::name_of(e));
        CHECK(stage_of(e) > mcx::stage::none);
        CHECK(stage_of(e) <= mcx::stage::xml);
        CHECK(blame_of(e) != mcx::blame::nobody);
    }
}

TEST_CASE("every message is part of a sentence that no other code has") {
    std::set<std::string_view> messages;
    for (errc const e : all_errors) {
        std::string_view const message = mcx::message_of(e);
        CAPTURE(message);
        CHECK(message.size() <= 70);
        CHECK(message.find_first_of(".!\n\"") == message.npos);
        CHECK((message.front() >= 'a' && message.front() <= 'z'));
        CHECK(messages.insert(message).second);
    }
}

TEST_CASE("every clause is one of a standard, or the library's own") {
    for (errc const e : all_errors) {
        std::string_view const clause = mcx::clause_of(e);
        CAPTURE(clause);
        CHECK((cites(clause, "RFC ") || cites(clause, "TS 33.180 ") || cites(clause, "X.690 ") ||
               cites(clause, "OpenID Connect Core ") || cites(clause, "XML ") || clause == "mcx"));
    }
}

TEST_CASE("the texts are there at compile time") {
    CHECK_BOTH(mcx::name_of(errc::expired) == "expired");
    CHECK_BOTH(mcx::message_of(errc::expired) == "the token has expired");
    CHECK_BOTH(mcx::clause_of(errc::expired) == "RFC 7519 §4.1.4");
    CHECK_BOTH(mcx::name_of(errc::none) == "none");
}
