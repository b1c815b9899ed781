// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_TESTS_SUPPORT_MESSAGE_FAULTS_HPP
#define MCX_TESTS_SUPPORT_MESSAGE_FAULTS_HPP

#include <doctest/doctest.h>

#include <mcx/core/error_text.hpp>
#include <mcx/oauth/message.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

// Takes a message in which every field is there and does to each of its parameters or members, one
// after the other, whatever can be done to it: the message without faults is read as it was
// written, and each fault is refused with the code, the field and the place that the headers
// promise.

namespace mcx::test {

/// Splits a text that has no separators inside its parts.
inline std::vector<std::string> split(std::string_view text, char separator) {
    std::vector<std::string> parts;
    for (std::size_t at = 0; at <= text.size();) {
        std::size_t const end = std::min(text.find(separator, at), text.size());
        parts.emplace_back(text.substr(at, end - at));
        at = end + 1;
    }
    return parts;
}

inline std::string join(std::vector<std::string> const& parts, char separator) {
    std::string text;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        text.append(i == 0 ? 0 : 1, separator).append(parts[i]);
    }
    return text;
}

/// What a reader is to make of a form, a parameter of which was tampered with.
template <class M>
class form_fault {
    std::vector<std::string> parameters_;
    std::size_t chosen_;
    std::string name_;
    std::uint16_t number_;

    [[nodiscard]] std::size_t offset_of(std::size_t parameter) const {
        return join({parameters_.begin(),
                     parameters_.begin() + static_cast<std::ptrdiff_t>(parameter)},
                    '&')
                   .size() +
               (parameter == 0 ? 0 : 1);
    }

    template <class F>
    [[nodiscard]] bool field(F&& asks) const {
        bool answer = false;
        M::fields::with(number_, [&](auto f) { answer = asks(f); });
        return answer;
    }

    [[nodiscard]] bool is_list() const {
        return field([](auto f) {
            if constexpr (StoredField<decltype(f)>) {
                return oauth::detail::is_list<field_value<decltype(f)>>;
            }
            return false;
        });
    }

    [[nodiscard]] errc value_code() const {
        errc code = errc::parameter_value;
        M::fields::with(number_, [&](auto f) {
            using field_type = decltype(f);
            if constexpr (StoredField<field_type>) {
                code = oauth::detail::refusal_of<field_value<field_type>>();
            } else if constexpr (FixedField<field_type>) {
                code = name_ == "grant_type"      ? errc::unsupported_grant_type
                       : name_ == "response_type" ? errc::unsupported_response_type
                                                  : code;
            }
        });
        return code;
    }

    /// The parameter, replaced.
    [[nodiscard]] std::string with(std::string const& parameter) const {
        std::vector<std::string> changed = parameters_;
        changed[chosen_] = parameter;
        return join(changed, '&');
    }

    static void refused(std::string const& body, error expected) {
        CAPTURE(body);
        error const found = oauth::parse_form<M>(body).error();
        CHECK(name_of(found.code) == name_of(expected.code));
        CHECK(found.where == expected.where);
        CHECK(found.offset == expected.offset);
    }

    /// The body is read as one that lacks the parameter.
    void without(std::string const& body) const {
        CAPTURE(body);
        bool const required = field([](auto f) { return decltype(f)::is_required; });
        bool const part = field([](auto f) { return oauth::PartField<decltype(f)>; });
        std::vector<std::string> rest = parameters_;
        rest.erase(rest.begin() + static_cast<std::ptrdiff_t>(chosen_));
        bool const another = split("&" + join(rest, '&'), '&').size() > 1 &&
                             ("&" + join(rest, '&')).find("&" + name_ + "=") != std::string::npos;
        auto const end = static_cast<std::uint32_t>(body.size());
        if (required && !another) {
            refused(body, {errc::parameter_missing, number_, end});
        } else if (part) {
            refused(body, {errc::parameter_without_pair, number_, end});
        } else {
            auto const read = oauth::parse_form<M>(body);
            CHECK(read);
            CHECK(*oauth::write_form(*read) == join(rest, '&'));
            CHECK_FALSE(*read == *oauth::parse_form<M>(join(parameters_, '&')));
        }
    }

  public:
    form_fault(std::string const& body, std::size_t chosen)
        : parameters_(split(body, '&')), chosen_(chosen),
          name_(parameters_[chosen].substr(0, parameters_[chosen].find('='))),
          number_(M::fields::number_of(name_)) {
        CHECK(number_ != 0);
    }

    void check() const {
        std::string const& parameter = parameters_[chosen_];
        auto const here = static_cast<std::uint32_t>(offset_of(chosen_));
        auto const behind = static_cast<std::uint32_t>(here + parameter.size());
        without(with(""));
        without(with(name_));
        without(with(name_ + "="));
        without(with("x" + parameter));
        refused(with(parameter + std::string(9000, 'a')), {value_code(), number_, here});
        refused(with(parameter + "%"), {errc::form_percent, 0, behind});
        refused(with(parameter + "%4"), {errc::form_percent, 0, behind});
        refused(with(parameter + "%G1"), {errc::form_percent, 0, behind});
        refused(with(parameter + "%FF"), {errc::form_character, 0, behind});
        refused(with(parameter + "%C0%80"), {errc::form_character, 0, behind});
        refused(with(parameter + "%7F"), {value_code(), number_, here});
        auto const other = oauth::parse_form<M>(with(parameter + "a"));
        CHECK((!other || !(*other == *oauth::parse_form<M>(join(parameters_, '&')))));
        bool const fixed = field([](auto f) { return FixedField<decltype(f)>; });
        refused(with(parameter + "%00"),
                {fixed ? value_code() : errc::form_character, number_, here});
        if (!is_list()) {
            std::string const twice = join(parameters_, '&') + "&" + parameter;
            refused(twice, {errc::parameter_repeated, number_,
                            static_cast<std::uint32_t>(twice.size() - parameter.size())});
        }
    }
};

/// Checks a message in which every field is there.
template <FieldStruct M>
void check_form(M const& complete) {
    auto const body = oauth::write_form(complete);
    CHECK(body);
    if (!body) {
        return;
    }
    auto const read = oauth::parse_form<M>(*body);
    CHECK(read);
    CHECK(read.value() == complete);
    CHECK(oauth::parse_form<M>("x=1&" + *body + "&x=2&&x").value() == complete);
    std::size_t const count = split(*body, '&').size();
    CHECK(count >= M::fields::size);
    for (std::size_t i = 0; i < count; ++i) {
        form_fault<M>{*body, i}.check();
    }
}

/// Checks an object of texts and numbers that have no commas in them, in which every field is
/// there. `value_code` tells how a field refuses a text that it may not hold.
template <FieldStruct M, class F>
void check_object(M const& complete, F&& value_code) {
    auto const body = oauth::write_json(complete);
    CHECK(body);
    if (!body) {
        return;
    }
    CHECK(oauth::parse_json<M>(*body).value() == complete);
    auto const members = split(std::string_view{*body}.substr(1, body->size() - 2), ',');
    CHECK(members.size() == M::fields::size);
    CHECK(oauth::parse_json<M>("{\"x\":[{}]," + join(members, ',') + "}").value() == complete);
    std::size_t at = 1;
    for (std::size_t i = 0; i < members.size(); ++i) {
        std::string const name = members[i].substr(1, members[i].find('"', 1) - 1);
        auto const number = static_cast<std::uint16_t>(i + 1);
        CHECK(M::fields::name_of(number) == name);
        auto const refused = [&](std::string const& member, errc code, bool places) {
            auto changed = members;
            changed[i] = member;
            std::string const text = "{" + join(changed, ',') + "}";
            CAPTURE(text);
            error const found = oauth::parse_json<M>(text).error();
            CHECK(name_of(found.code) == name_of(code));
            CHECK(found.where == (places ? number : 0));
            CHECK((!places || found.offset == at + name.size() + 3));
        };
        std::string const label = "\"" + name + "\":";
        refused(label + "null", errc::member_shape, true);
        refused(label + "true", errc::member_shape, true);
        refused(label + "[]", errc::member_shape, true);
        refused(label + "{}", errc::member_shape, true);
        refused(label + "\"" + std::string(9000, 'a') + "\"", value_code(name), true);
        refused(label + "\"\\u0000\"", value_code(name), true);
        refused(label + "\"\"", value_code(name), true);
        refused(members[i] + "," + members[i], errc::json_duplicate, false);
        refused(label, errc::json_syntax, false);
        auto changed = members;
        changed[i].insert(changed[i].size() - (changed[i].back() == '"' ? 1 : 0), "0");
        auto const other = oauth::parse_json<M>("{" + join(changed, ',') + "}");
        CHECK((!other || !(*other == complete)));

        auto rest = members;
        rest.erase(rest.begin() + static_cast<std::ptrdiff_t>(i));
        std::string const text = "{" + join(rest, ',') + "}";
        bool required = false;
        M::fields::with(number, [&](auto f) { required = decltype(f)::is_required; });
        auto const read = oauth::parse_json<M>(text);
        if (required) {
            CHECK(read.error() ==
                  error{errc::member_missing, number, static_cast<std::uint32_t>(text.size())});
        } else {
            CHECK(read);
            CHECK(*oauth::write_json(*read) == text);
            CHECK_FALSE(*read == complete);
        }
        at += members[i].size() + 1;
    }
}

}  // namespace mcx::test

#endif
