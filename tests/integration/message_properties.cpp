// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/oauth/message.hpp>

#include "support/check.hpp"
#include "support/message_faults.hpp"

#include <mcx/core/error_text.hpp>
#include <mcx/oauth/authorization_code.hpp>
#include <mcx/oauth/client_authentication.hpp>
#include <mcx/oauth/introspection.hpp>
#include <mcx/oauth/jwt_bearer.hpp>
#include <mcx/oauth/refresh.hpp>
#include <mcx/oauth/revocation.hpp>
#include <mcx/oauth/token_exchange.hpp>
#include <mcx/oauth/token_response.hpp>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

// What holds for every message, whatever is in it: messages made at random come back as they were
// written, by whatever spelling of the same text; a parameter that is dropped, doubled, too long or
// wrongly encoded has the error that the headers promise, and an empty one is as if omitted.

using mcx::errc;
using mcx::error;
using mcx::FieldStruct;
using mcx::FixedField;
using mcx::StoredField;
using mcx::test::join;
using mcx::test::split;
namespace oauth = mcx::oauth;

namespace {

constexpr int rounds = 200;

/// The same on every machine: the engine is specified, and used without distributions.
class dice {
    std::mt19937 engine_{20'250'101};

  public:
    std::size_t below(std::size_t bound) { return engine_() % bound; }
    bool coin() { return below(2) == 0; }

    /// A text of one of the kinds that messages have: addresses, scopes, digests, any characters.
    std::string text(std::size_t longest) {
        constexpr std::string_view unreserved =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        std::string made;
        switch (below(6)) {
            case 0:
                return "https://idms.example/a?b=c&d=" + std::to_string(below(1000)) + "%2B";
            case 1:
                return "urn:example:" + std::to_string(below(1000));
            case 2:
                return "openid 3gpp:mc:scope_" + std::to_string(below(1000));
            case 3:
                for (std::size_t i = 0; i < 42; ++i) {
                    made += unreserved[below(64)];
                }
                return made + "AEIMQUYcgkosw048"[below(16)];  // the last of 256 bits
            default:
                for (std::size_t left = 1 + below(std::min<std::size_t>(longest, 60)); left > 0;
                     --left) {
                    made += static_cast<char>(' ' + below(95));
                }
                return made;
        }
    }
};

template <mcx::TextLike T>
void make(dice& d, T& out) {
    for (;;) {
        if (auto made = T::from(d.text(T::max_size))) {
            out = *std::move(made);
            return;
        }
    }
}
template <class T, std::size_t N>
void make(dice& d, mcx::list<T, N>& out) {
    for (std::size_t left = 1 + d.below(N); left > 0; --left) {
        T item{};
        make(d, item);
        CHECK(out.push_back(item));
    }
}
void make(dice& d, oauth::response_token_type& out) {
    constexpr oauth::response_token_type all[]{oauth::response_token_type::bearer,
                                               oauth::response_token_type::not_applicable,
                                               oauth::response_token_type::dpop};
    out = all[d.below(std::size(all))];
}
void make(dice&, bool& out) {
    out = true;  // what is false has nothing beside it
}
void make(dice& d, std::optional<mcx::instant>& out) {
    out = mcx::instant{static_cast<std::int64_t>(d.below(1'000'000'000))};
}
void make(dice& d, oauth::told_audience& out) {
    make(d, out.names);
}
void make(dice& d, std::optional<oauth::seconds_left>& out) {
    out = *oauth::seconds_left::from(std::chrono::seconds{d.below(100'000)});
}

/// A message with what has to be in it, and of the rest some.
template <FieldStruct M>
M message(dice& d) {
    M made{};
    bool const grouped = d.coin();
    M::fields::for_each([&](auto field) {
        using field_type = decltype(field);
        if constexpr (StoredField<field_type>) {
            if (field_type::is_required || d.coin()) {
                make(d, made.*field_type::member);
            }
        } else if constexpr (oauth::PartField<field_type>) {
            if (grouped) {
                auto& group = made.*field_type::group;
                make(d, (group ? *group : group.emplace()).*field_type::part);
            }
        }
        return true;
    });
    return made;
}

/// Every character of a decoded text as a triplet, in the other case than the serializer's.
std::string triplets(std::string_view raw) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text(raw.size(), '\0');
    text.resize(mcx::form::decode(raw, text).value_or(0U));
    std::string made;
    for (char const c : text) {
        auto const octet = static_cast<unsigned char>(c);
        made.append("%").append(1, digits[octet >> 4U]).append(1, digits[octet & 15U]);
    }
    return made;
}

/// The same message in another order and spelling, among parameters that nobody knows. Parameters
/// of one name keep their order.
std::string respelled(dice& d, std::string_view body) {
    std::map<std::string, std::size_t> place;
    std::vector<std::pair<std::pair<std::size_t, std::size_t>, std::string>> placed;
    auto const put = [&](std::size_t key, std::string const& parameter) {
        placed.emplace_back(std::pair{key, placed.size()}, parameter);
    };
    for (std::string const& parameter : split(body, '&')) {
        std::size_t const mark = parameter.find('=');
        std::string const name = parameter.substr(0, mark);
        auto const key = place.emplace(name, d.below(1000)).first->second;
        std::string const value = parameter.substr(mark + 1);
        std::string const written = d.coin() ? triplets(name) : name;
        put(key, written + "=" + (d.coin() ? triplets(value) : value));
        if (d.coin()) {
            put(d.below(1000), "x=%00");
        }
        if (d.coin()) {
            put(d.below(1000), name + "=");
        }
    }
    std::sort(placed.begin(), placed.end());
    std::string made{"&"};
    for (auto const& [key, parameter] : placed) {
        made.append(parameter).append("&&");
    }
    return made;
}

/// What a field's reader says of a value that it may not have.
template <FieldStruct M>
errc value_code(std::uint16_t number) {
    errc code = errc::parameter_value;
    M::fields::with(number, [&](auto field) {
        using field_type = decltype(field);
        if constexpr (StoredField<field_type>) {
            code = oauth::detail::refusal_of<mcx::field_value<field_type>>();
        } else if constexpr (FixedField<field_type>) {
            code = field_type::name == "grant_type"      ? errc::unsupported_grant_type
                   : field_type::name == "response_type" ? errc::unsupported_response_type
                                                         : code;
        }
    });
    return code;
}

/// What is promised where one of the parameters of a name is gone.
template <FieldStruct M>
errc code_without(std::uint16_t number, bool is_another) {
    errc code = errc::none;
    M::fields::with(number, [&](auto field) {
        using field_type = decltype(field);
        if (field_type::is_required) {
            code = is_another ? errc::none : errc::parameter_missing;
        } else if (oauth::PartField<field_type>) {
            code = errc::parameter_without_pair;
        }
    });
    return code;
}

template <FieldStruct M>
bool repeats(std::uint16_t number) {
    bool answer = false;
    M::fields::with(number,
                    [&](auto field) { answer = oauth::detail::collects<decltype(field)>(); });
    return answer;
}

/// Does to one parameter what can be done to it.
template <FieldStruct M>
void spoil(std::vector<std::string> const& parameters, std::size_t chosen) {
    std::string const name = parameters[chosen].substr(0, parameters[chosen].find('='));
    auto const number = M::fields::number_of(name);
    auto const is_same = [&](std::string const& p) { return p.starts_with(name + "="); };
    bool const is_another = std::count_if(parameters.begin(), parameters.end(), is_same) > 1;
    auto const with = [&](std::string const& parameter) {
        auto changed = parameters;
        changed[chosen] = parameter;
        return join(changed, '&');
    };
    auto const refusal = [](std::string const& body) { return oauth::parse_form<M>(body).error(); };
    errc const without = code_without<M>(number, is_another);
    for (std::string const& body : {with(""), with(name), with(name + "="), with("y=z")}) {
        auto const read = oauth::parse_form<M>(body);
        CHECK(read.error().code == without);
        CHECK((read || read.error().where == number));
        if (read) {
            auto rest = parameters;
            rest.erase(rest.begin() + static_cast<std::ptrdiff_t>(chosen));
            CHECK(*oauth::write_form(*read) == join(rest, '&'));
        }
    }
    if (!repeats<M>(number)) {
        error const twice = refusal(join(parameters, '&') + "&" + parameters[chosen]);
        CHECK(name_of(twice.code) == "parameter_repeated");
        CHECK(twice.where == number);
    }
    error const longer = refusal(with(parameters[chosen] + std::string(8193, 'a')));
    CHECK(name_of(longer.code) == name_of(value_code<M>(number)));
    CHECK(longer.where == number);
    CHECK(refusal(with(parameters[chosen] + "%4")).code == errc::form_percent);
    CHECK(refusal(with(parameters[chosen] + "%80")).code == errc::form_character);
    CHECK(refusal(with(parameters[chosen] + "%ED%A0%80")).code == errc::form_character);
}

template <FieldStruct M>
void check_forms() {
    dice d;
    for (int round = 0; round < rounds; ++round) {
        M const made = message<M>(d);
        auto const body = oauth::write_form(made);
        CHECK(body);
        if (!body || body->empty()) {
            continue;  // a message none of whose parameters have to be there
        }
        CAPTURE(*body);
        auto const read = oauth::parse_form<M>(*body);
        CHECK(read.value() == made);
        auto const parameters = split(*body, '&');
        if (parameters.size() <= 8) {  // three of each have to stay within 32 parameters
            auto const again = oauth::parse_form<M>(respelled(d, *body));
            CHECK(again.value() == made);
            CHECK(*oauth::write_form(*again) == *body);
        }
        if (round % 10 == 0) {
            for (std::size_t i = 0; i < parameters.size(); ++i) {
                spoil<M>(parameters, i);
            }
        }
    }
}

template <FieldStruct M>
void check_objects() {
    dice d;
    for (int round = 0; round < rounds; ++round) {
        M const made = message<M>(d);
        auto const body = oauth::write_json(made);
        CAPTURE(*body);
        auto const read = oauth::parse_json<M>(*body);
        CHECK(read.value() == made);
        CHECK(*oauth::write_json(*read) == *body);
        std::string spaced{" { \"x\" : [ { } ] , "};
        spaced.append(*body, 1).append("\r\n");
        CHECK(oauth::parse_json<M>(spaced).value() == made);
        CHECK(*oauth::write_json(*oauth::parse_json<M>(spaced)) == *body);
    }
}

}  // namespace

TEST_CASE("authentication requests hold what messages promise") {
    check_forms<oauth::authentication_request>();
}
TEST_CASE("return paths hold what messages promise") {
    check_forms<oauth::return_path>();
}
TEST_CASE("authentication responses hold what messages promise") {
    check_forms<oauth::authentication_response>();
}
TEST_CASE("authentication errors hold what messages promise") {
    check_forms<oauth::authentication_error>();
}
TEST_CASE("access token requests hold what messages promise") {
    check_forms<oauth::access_token_request>();
}
TEST_CASE("refresh requests hold what messages promise") {
    check_forms<oauth::refresh_request>();
}
TEST_CASE("token exchange requests hold what messages promise") {
    check_forms<oauth::token_exchange_request>();
}
TEST_CASE("JWT bearer requests hold what messages promise") {
    check_forms<oauth::jwt_bearer_request>();
}
TEST_CASE("client parameters hold what messages promise") {
    check_forms<oauth::client_parameters>();
}
TEST_CASE("introspection requests hold what messages promise") {
    check_forms<oauth::introspection_request>();
}
TEST_CASE("revocation requests hold what messages promise") {
    check_forms<oauth::revocation_request>();
}
TEST_CASE("introspection responses hold what messages promise") {
    check_objects<oauth::introspection_response>();
}
TEST_CASE("token responses hold what messages promise") {
    check_objects<oauth::token_response>();
}
TEST_CASE("error responses hold what messages promise") {
    check_objects<oauth::error_response>();
}
