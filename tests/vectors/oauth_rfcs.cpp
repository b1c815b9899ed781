// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "support/vectors.hpp"

#include "support/check.hpp"
#include "support/mc_tokens.hpp"
#include "support/mock.hpp"
#include "support/parties.hpp"
#include "support/sha256.hpp"
#include "support/vector_suite.hpp"

#include <mcx/grant/at_jwt.hpp>
#include <mcx/grant/client_assertion.hpp>
#include <mcx/idm/delegation.hpp>
#include <mcx/jwt/accept.hpp>
#include <mcx/oauth/authorization_code.hpp>
#include <mcx/oauth/client_authentication.hpp>
#include <mcx/oauth/jwt_bearer.hpp>
#include <mcx/oauth/token_exchange.hpp>
#include <mcx/oauth/token_response.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdlib>
#include <filesystem>
#include <optional>
#include <set>
#include <string>
#include <string_view>

// The examples and rules of the OAuth RFCs, each judged as an endpoint would: what is refused is
// refused with the error document that the vectors name.

using mcx::errc;
using mcx::error;
using mcx::result;
using mcx::test::compact;
using mcx::test::credulous;
using mcx::test::elements_in;
using mcx::test::json_members;
using mcx::test::members_in;
using mcx::test::string_in;
using mcx::test::tally;
namespace idm = mcx::idm;
namespace jwt = mcx::jwt;
namespace oauth = mcx::oauth;

namespace {

/// A file of the folder, and the count of its cases.
class rfc_file {
    json_members members_;
    tally tally_;

  public:
    explicit rfc_file(std::string const& name)
        : members_(members_in(mcx::test::vectors_file("rfc/" + name))), tally_("rfc/" + name) {
        CHECK(!members_.empty());
        for (char const* const about : {"source", "licence", "note"}) {
            members_.erase(about);
        }
    }

    void judge(std::string const& id, bool agrees) { tally_.judge(agrees, {id}, "otherwise"); }

    /// A member of the file, which is taken out of it.
    [[nodiscard]] std::string take(std::string const& name) {
        CHECK(members_.contains(name));
        std::string const text = members_[name];
        members_.erase(name);
        return text;
    }

    /// Judges all elements of a list by a function of their text.
    template <class F>
    void each(std::string_view list, std::string const& what, F&& agrees) {
        std::size_t number = 0;
        for (std::string const& element : elements_in(list)) {
            judge(what + " " + std::to_string(++number), agrees(element));
        }
    }

    /// Judges what a reader is to accept and to refuse.
    template <class F>
    void syntax(std::string_view rules, std::string const& what, F&& accepts) {
        auto const lists = members_in(rules);
        each(lists.at("accept"), what + " accept",
             [&](std::string const& text) { return accepts(string_in(text)); });
        each(lists.at("reject"), what + " reject",
             [&](std::string const& text) { return !accepts(string_in(text)); });
    }

    /// Everything in the file has been looked at: so many cases.
    void close(std::size_t cases) {
        CHECK(members_.empty());
        CHECK(tally_.cases() == cases);
        tally_.finish();
    }
};

bool without_vectors() {
    bool const missing = mcx::test::vectors_folder().empty();
    if (missing) {
        MESSAGE("MCX_VECTORS is not set: nothing was checked");
    }
    return missing;
}

/// The OAuth code of an answer; "ok" where there is nothing to answer.
std::string code_in(result<oauth::error_response> const& answer) {
    return answer ? std::string{name_of(answer->code())} : "no answer";
}
std::string answer_for(error refused, oauth::grant_type grant) {
    return refused == error{} ? "ok" : code_in(answer_to(refused, grant));
}

template <mcx::FieldStruct M>
std::string verdict_on(std::string_view body, oauth::grant_type grant) {
    error const refused = oauth::parse_form<M>(body).error();
    return refused == error{} ? "well-formed" : answer_for(refused, grant);
}

/// Tells whether a verdict is among those that a case allows.
bool is_expected(json_members const& test, std::string const& verdict) {
    if (test.contains("any_of")) {
        auto const allowed = elements_in(test.at("any_of"));
        return std::any_of(allowed.begin(), allowed.end(),
                           [&](std::string const& text) { return string_in(text) == verdict; });
    }
    auto const key = test.contains("without") ? "without" : "expect";
    return string_in(test.at(key)) == verdict;
}

template <class T>
bool makes(std::string_view text) {
    return T::from(text).has_value();
}

/// A token that says what a case says, as a credulous backend takes it.
std::string token_of_case(std::string_view header, std::string_view claims) {
    return compact(header, claims);
}

constexpr std::string_view es256_header = R"({"alg":"ES256","kid":"k"})";

/// The claims of RFC 7523 §3, as a grant.
struct grant_claims {
    mcx::issuer iss;
    mcx::subject sub;
    mcx::audience aud;
    mcx::instant exp;
    std::optional<mcx::instant> nbf;

    using fields = mcx::claim_list<
        mcx::required<"iss", &grant_claims::iss>, mcx::required<"sub", &grant_claims::sub>,
        mcx::required<"aud", &grant_claims::aud>, mcx::required<"exp", &grant_claims::exp>,
        mcx::optional<"nbf", &grant_claims::nbf>>;
};
struct grant_profile {
    using claims = grant_claims;
    using algorithms = mcx::signature_algorithms;
    using typ = jwt::typ_absent_or<"JWT">;
    using understood = mcx::jws::critical_names<>;
    using audience_rule = jwt::names_me;
    static constexpr jwt::limits limits{};
};

/// How a token endpoint answers to the claims of a case.
std::string verdict_on_claims(json_members const& test) {
    auto const clients = mcx::test::trusting<credulous>({{"i", "k"}, {"s6BhdRkqt3", "k"}});
    mcx::workspace<credulous> work;
    std::string const token = token_of_case(es256_header, test.at("claims"));
    std::string const audience = string_in(test.at("audience"));
    mcx::fixed_clock const clock{{std::atoll(test.at("now").c_str())}};
    if (string_in(test.at("use")) == "grant") {
        error const refused =
            jwt::accept<grant_profile>(token, clients, work,
                                       {.to = *mcx::recipient::from(audience)}, clock)
                .error();
        return answer_for(refused, oauth::grant_type::jwt_bearer);
    }
    oauth::asserting_client const client{*oauth::client_id::from(string_in(test.at("client_id"))),
                                         *oauth::token::from(token)};
    error const refused =
        mcx::grant::authenticate(client, clients, work, *mcx::issuer::from(audience), clock)
            .error();
    return refused == error{} ? "ok" : code_in(oauth::answer_to_client(refused));
}

/// How the two endpoints answer to a challenge and a verifier.
std::string verdict_on_pkce(json_members const& test) {
    std::string query =
        "response_type=code&client_id=c&scope=openid&state=s&acr_values=a&"
        "redirect_uri=https%3A%2F%2Fc.example%2Fcb";
    mcx::form::append(query, "code_challenge", string_in(test.at("challenge")));
    mcx::form::append(query, "code_challenge_method", string_in(test.at("method")));
    auto const request = oauth::parse_form<oauth::authentication_request>(query);
    if (!request) {
        auto const answer = answer_to(request.error(), oauth::return_path{});
        return answer ? std::string{name_of(answer->code())} : "no answer";
    }
    auto const verifier = oauth::code_verifier::from(string_in(test.at("verifier")));
    error const refused =
        oauth::check_verifier<mcx::test::sha256>(request->code_challenge, *verifier).error();
    return answer_for(refused, oauth::grant_type::authorization_code);
}

/// A JSON text without the spaces between its parts; the vectors have none in their strings.
std::string without_spaces(std::string text) {
    std::erase_if(text, [](char c) { return c == ' ' || c == '\n'; });
    return text;
}

/// Tells whether two objects have the same members, whatever their order.
bool same_members(std::string_view a, std::string_view b) {
    auto left = members_in(a);
    auto right = members_in(b);
    for (auto* const members : {&left, &right}) {
        for (auto& [name, value] : *members) {
            value = without_spaces(value);
        }
    }
    return left == right;
}

/// Reads a claim's value. Fails: as the claim does.
template <class T>
result<T> claim_in(std::string_view text) {
    mcx::json::reader r{text};
    mcx::json::event first;
    T out{};
    if (!r.next(first)) {
        return r.failure();
    }
    auto const read = mcx::json::value<T>::read(r, first, out);
    return read ? result<T>{out} : read.error();
}

template <class T>
bool is_read_as_written(std::string const& text) {
    auto const read = claim_in<T>(text);
    if (!read) {
        return false;
    }
    char written[1024];
    mcx::json::writer w{written};
    mcx::json::value<T>::write(w, *read);
    return std::string_view{written, w.finish().value_or(0U)} == without_spaces(text);
}

/// Tells whether a subject's token that says who may act lets the bearer of the actor's do so.
bool lets_act(std::string_view may_act, std::string_view by) {
    namespace test = mcx::test;
    using profile = idm::access_token_profile;
    auto const actor = claim_in<idm::actor>(by);
    idm::access_token subjects = test::sample_access_token();
    subjects.may_act = claim_in<idm::actor>(may_act).value();
    idm::access_token actors = test::sample_access_token();
    actors.iss = actor->iss;
    actors.sub = actor->sub;
    auto const trusted = test::trust_in<credulous>({test::home_idms, actor->iss->view()});
    mcx::workspace<credulous> work;
    auto const accepted = [&](idm::access_token const& claims) {
        return test::certain(jwt::accept<profile>(
            test::issued<profile>(claims), trusted, work,
            {.to = test::certain(mcx::recipient::from(test::mc_server))}, test::noon));
    };
    return idm::acting_for(accepted(subjects), accepted(actors)).has_value();
}

}  // namespace

TEST_CASE("every file of RFC vectors has a reader, here or elsewhere") {
    if (without_vectors()) {
        return;
    }
    std::set<std::string> const known{"rfc6749_errors_and_syntax.json",
                                      "rfc7515_appendix_a.json",
                                      "rfc7517_jwk_sets.json",
                                      "rfc7519_jwt.json",
                                      "rfc7523_jwt_bearer.json",
                                      "rfc7636_pkce.json",
                                      "rfc7638_thumbprint.json",
                                      "rfc7797_b64.json",
                                      "rfc8037_eddsa.json",
                                      "rfc8693_token_exchange.json",
                                      "rfc9068_at_jwt.json"};
    std::set<std::string> found;
    for (auto const& entry :
         std::filesystem::directory_iterator(mcx::test::vectors_folder() + "/rfc")) {
        found.insert(entry.path().filename().string());
    }
    CHECK(found == known);
}

TEST_CASE("errors, headers and character sets are those of RFC 6749 and RFC 6750") {
    if (without_vectors()) {
        return;
    }
    rfc_file file{"rfc6749_errors_and_syntax.json"};
    auto const status_of = [](std::string_view name) {
        return http_status(oauth::error_code_of(name));
    };
    for (char const* const list : {"token_endpoint_errors", "bearer_errors"}) {
        for (auto const& [name, status] : members_in(file.take(list))) {
            bool const is_text = status.front() == '"';
            file.judge(std::string{list} + " " + name,
                       status_of(name) == std::atoi(status.c_str() + (is_text ? 1 : 0)));
        }
    }
    file.each(file.take("authorization_endpoint_errors"), "authorization_endpoint_errors",
              [](std::string const& name) {
                  return oauth::error_code_of(string_in(name)) != oauth::error_code::other;
              });
    std::string const success = file.take("success_example_5_1");
    file.judge("success_example_5_1",
               oauth::parse_json<oauth::token_response>(success).has_value());
    auto const refusal = members_in(file.take("error_example_5_2"));
    std::string const type = string_in(members_in(refusal.at("headers")).at("Content-Type"));
    file.judge("error_example_5_2", oauth::read_reply({std::atoi(refusal.at("status").c_str()),
                                                       type, refusal.at("body")})
                                            .error() == errc::peer_refused);
    std::string const back = string_in(file.take("authorization_error_redirect_4_1_2_1"));
    file.judge("authorization_error_redirect_4_1_2_1",
               oauth::receive_code(oauth::query_of(std::string_view{back}), oauth::state("xyz"), "")
                       .error() == errc::peer_refused);
    auto const basic = members_in(file.take("basic_auth_2_3_1"));
    auto const client = oauth::parse_basic(string_in(basic.at("header")));
    file.judge("basic_auth_2_3_1",
               client && client->id.view() == string_in(basic.at("client_id")) &&
                   client->secret.view() == string_in(basic.at("client_secret")) &&
                   *oauth::basic_authorization(*client) == string_in(basic.at("header")));
    std::string encoded;
    mcx::form::append(encoded, "", " %&+\xC2\xA3\xE2\x82\xAC");
    file.judge(
        "form_encoding_appendix_B",
        encoded ==
            "=" + string_in(members_in(file.take("form_encoding_appendix_B")).at("encoded")));
    std::string const bearer = string_in(file.take("bearer_header_2_1"));
    file.judge("bearer_header_2_1",
               oauth::parse_authorization(std::string_view{bearer}).has_value());
    auto const syntax = members_in(file.take("syntax"));
    CHECK(syntax.size() == 6);
    file.syntax(syntax.at("scope"), "scope", makes<oauth::scope>);
    file.syntax(syntax.at("error"), "error", makes<oauth::error_name>);
    file.syntax(syntax.at("error_uri"), "error_uri", makes<oauth::error_uri>);
    file.syntax(syntax.at("state"), "state", makes<oauth::state>);
    file.syntax(syntax.at("access_token_vschar"), "access_token_vschar", makes<oauth::token>);
    file.syntax(syntax.at("bearer_b64token"), "bearer_b64token", [](std::string const& text) {
        std::string const value = "Bearer " + text;
        return oauth::parse_authorization(std::string_view{value}).has_value();
    });
    file.each(file.take("error_responses"), "error_responses", [](std::string const& written) {
        json_members const test = members_in(written);
        auto const read = oauth::parse_json<oauth::error_response>(string_in(test.at("body")));
        return string_in(test.at("expect")) == "parsed"
                   ? read && read->error.view() == string_in(test.at("error"))
                   : !read;
    });
    file.close(73);
}

TEST_CASE("assertions are judged by the rules of RFC 7523, as grants and for clients") {
    if (without_vectors()) {
        return;
    }
    rfc_file file{"rfc7523_jwt_bearer.json"};
    file.judge("grant_type",
               string_in(file.take("grant_type")) == name_of(oauth::grant_type::jwt_bearer));
    file.judge("client_assertion_type",
               string_in(file.take("client_assertion_type")) == oauth::jwt_client_assertion_type);
    std::string const header = file.take("example_header_section_4");
    std::string const claims = file.take("example_claims_section_4");
    auto const issuers = mcx::test::trusting<credulous>({{"https://jwt-idp.example.com", "16"}});
    mcx::workspace<credulous> work;
    file.judge("example_section_4",
               jwt::accept<grant_profile>(token_of_case(header, claims), issuers, work,
                                          {.to = "https://jwt-rp.example.net"},
                                          mcx::fixed_clock{{1'300'819'000}})
                   .has_value());
    file.each(file.take("rules"), "rule", [](std::string const& written) {
        json_members const test = members_in(written);
        return is_expected(test, verdict_on_claims(test));
    });
    file.each(file.take("bodies"), "body", [](std::string const& written) {
        json_members const test = members_in(written);
        std::string const body = string_in(test.at("body"));
        auto const client = oauth::read_client("", body);
        if (!client) {
            return is_expected(test, code_in(oauth::answer_to_client(client.error())));
        }
        auto const grant = oauth::grant_type_of(body);
        if (!grant || *grant != oauth::grant_type::jwt_bearer) {
            return is_expected(test, verdict_on<oauth::access_token_request>(
                                         body, oauth::grant_type::authorization_code));
        }
        auto const request = oauth::parse_form<oauth::jwt_bearer_request>(body);
        // The tokens of these bodies stand for good ones: only their number is looked at.
        if (request && request->assertion.view() != "h.p.s") {
            return is_expected(
                test,
                answer_for(jwt::parse<grant_profile>(request->assertion.view()).error(), *grant));
        }
        return is_expected(test, verdict_on<oauth::jwt_bearer_request>(body, *grant));
    });
    file.close(20);
}

TEST_CASE("challenges and verifiers are those of RFC 7636") {
    if (without_vectors()) {
        return;
    }
    rfc_file file{"rfc7636_pkce.json"};
    auto const challenge = [](std::string_view verifier) {
        return std::string{
            oauth::challenge_of<mcx::test::sha256>(*oauth::code_verifier::from(verifier))->view()};
    };
    auto const example = members_in(file.take("appendix_b"));
    file.judge("appendix_b", challenge(string_in(example.at("code_verifier"))) ==
                                 string_in(example.at("code_challenge")));
    file.each(file.take("computed"), "computed", [&](std::string const& written) {
        json_members const test = members_in(written);
        return challenge(string_in(test.at("code_verifier"))) == string_in(test.at("S256"));
    });
    file.syntax(file.take("verifier_syntax"), "verifier", makes<oauth::code_verifier>);
    file.each(file.take("checks"), "check", [](std::string const& written) {
        json_members const test = members_in(written);
        return is_expected(test, verdict_on_pkce(test));
    });
    file.close(23);
}

TEST_CASE("requests, responses and tokens are those of RFC 8693") {
    if (without_vectors()) {
        return;
    }
    rfc_file file{"rfc8693_token_exchange.json"};
    auto const grant = oauth::grant_type::token_exchange;
    file.judge("grant_type", string_in(file.take("grant_type")) == name_of(grant));
    namespace types = oauth::token_types;
    std::string names;
    for (auto const& type : {types::access_token, types::refresh_token, types::id_token,
                             types::saml1, types::saml2, types::jwt}) {
        names.append(names.empty() ? "[\"" : ",\"").append(type.view()).append("\"");
    }
    file.judge("token_types", without_spaces(file.take("token_types")) == names + "]");
    file.each(file.take("requests"), "request", [&](std::string const& written) {
        json_members const test = members_in(written);
        bool client = true;
        if (test.contains("authorization")) {
            auto const expected = elements_in(test.at("client"));
            auto const found = oauth::parse_basic(string_in(test.at("authorization")));
            client = found && found->id.view() == string_in(expected[0]) &&
                     found->secret.view() == string_in(expected[1]);
        }
        std::string const body = string_in(test.at("body"));
        return client && is_expected(test, verdict_on<oauth::token_exchange_request>(body, grant));
    });
    file.each(file.take("responses"), "response", [](std::string const& written) {
        json_members const test = members_in(written);
        int const status = test.contains("status") ? std::atoi(test.at("status").c_str()) : 200;
        auto const read =
            oauth::read_reply({status, "application/json", std::string_view{test.at("body")}});
        if (status != 200) {
            return read.error() == errc::peer_refused;
        }
        return read && same_members(*write_json(*read), test.at("body"));
    });
    for (auto const& [name, written] : members_in(file.take("tokens"))) {
        json_members const test = members_in(written);
        std::string const token = string_in(test.at("token"));
        file.judge("token " + name,
                   same_members(mcx::test::header_in(token), test.at("header")) &&
                       same_members(mcx::test::payload_in(token), test.at("claims")));
    }
    for (auto const& [name, written] : members_in(file.take("claims"))) {
        json_members const claims = members_in(written);
        file.judge("claims " + name, claims.contains("act")
                                         ? is_read_as_written<idm::acting>(claims.at("act"))
                                         : is_read_as_written<idm::actor>(claims.at("may_act")));
    }
    file.each(file.take("delegation_rules"), "delegation", [](std::string const& written) {
        json_members const test = members_in(written);
        return lets_act(test.at("subject_may_act"), test.at("actor")) ==
               (string_in(test.at("expect")) == "permitted");
    });
    file.close(32);
}

TEST_CASE("access tokens are judged by the rules of RFC 9068") {
    if (without_vectors()) {
        return;
    }
    rfc_file file{"rfc9068_at_jwt.json"};
    auto const issuers =
        mcx::test::trusting<credulous>({{"https://authorization-server.example.com/", "RjEwOwOA"}});
    mcx::workspace<credulous> work;
    mcx::fixed_clock const clock{{std::atoll(file.take("now").c_str())}};
    auto const verdict = [&](std::string_view header, std::string_view claims) {
        std::string const token = compact<mcx::rs256>(header, claims);
        bool const accepted = jwt::accept<mcx::grant::at_jwt_profile>(
                                  token, issuers, work, {.to = "https://rs.example.com/"}, clock)
                                  .has_value();
        return std::string{accepted ? "valid" : "invalid"};
    };
    std::string const header = file.take("header");
    file.judge("example", verdict(header, file.take("claims")) == "valid");
    file.each(file.take("cases"), "case", [&](std::string const& written) {
        json_members const test = members_in(written);
        return is_expected(test, verdict(test.at("header"), test.at("claims")));
    });
    file.close(18);
}
