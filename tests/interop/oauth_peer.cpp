// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/backend/botan.hpp>
#include <mcx/backend/sodium.hpp>
#include <mcx/mcx.hpp>

#include "words.hpp"

#include <array>
#include <chrono>
#include <functional>
#include <iostream>
#include <istream>
#include <map>
#include <optional>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>

// The roles of the library as one of two parties; the other one, in another language, has the
// connections. One command a line on standard input, one answer a line on standard output.
//
// oauth_peer server ES256|RS256|EdDSA: two identity management servers and a server of the second.
//
//     keys                         keys <JWK Set>          of the primary
//     clients <JWK Set>            ok                      of the client that signs
//     authorize <query>            go <location> | tell <error>
//     primary <body> [header]      <status> <document>     its token endpoint
//     partner <body> [header]      <status> <document>     the other one's
//     bearer <header>              permitted <MCPTT ID> | refused <error>
//
// oauth_peer client: a client of somebody else's server.
//
//     account <issuer> <authorization endpoint> <token endpoint> <client id> <redirection URI>
//                                  ok
//     keys <JWK Set>               ok                      of that server
//     public | secret <secret> | sign
//                                  ok | key <JWK>          how the client shows who it is
//     begin <max age> <prompt> <scope>
//                                  go <location>
//     back <query>                 post <body> <header>
//     refresh                      post <body> <header>
//     reply <status> <media type> <body>
//                                  home <subject> <MCPTT ID> <scope>
//     exchange <partner> <token endpoint> <client id>
//                                  post <body> <header>
//     vouched <status> <media type> <body>
//                                  post <body> <header>    to the partner
//     admitted <status> <media type> <body>
//                                  bearer <header>         for the partner's servers
//
// Instead of these answers there may be `refused <error>`.

namespace {

using crypto = mcx::first_of<mcx::sodium, mcx::botan>;
using namespace std::chrono_literals;
namespace idm = mcx::idm;
namespace jwt = mcx::jwt;
namespace oauth = mcx::oauth;
namespace role = mcx::role;
using mcx::test::rest;
using mcx::test::word;

constexpr mcx::system_clock now;

std::string refused(mcx::error e) {
    return "refused " + std::string{mcx::name_of(e.code)};
}
template <class T>
std::string told(std::string_view kind, mcx::result<T> const& made) {
    return made ? std::string{kind}.append(" ").append(*made) : refused(made.error());
}

/// A token endpoint's answer: a status and a document.
std::string document(mcx::result<oauth::token_response> const& response) {
    return "200 " + *oauth::write_json(*response);
}
std::string document(mcx::result<oauth::error_response> const& answer) {
    return answer ? std::to_string(oauth::http_status(answer->code())) + ' ' +
                        *oauth::write_json(*answer)
                  : "500 {}";
}

template <class A>
class servers {
    using key_type = mcx::signing_key<A, crypto>;
    using tokens = mcx::result<oauth::token_response>;

    idm::domain a_{"https://a.example", "https://idms.a.example", "https://idms.a.example/token"};
    idm::domain b_{"https://b.example", "https://idms.b.example", "https://idms.b.example/token"};
    mcx::botan::random random_;
    key_type key_of_a_ = *key_type::generate(random_, "a-1");
    key_type key_of_b_ = *key_type::generate(random_, "b-1");
    std::array<role::registered_client, 3> clients_{
        {registered("open", role::client_method::none),
         registered("sharer", role::client_method::client_secret_basic),
         registered("signer", role::client_method::private_key_jwt)}};
    std::array<oauth::secret_client, 1> secrets_{
        {{"sharer", *oauth::client_secret::from("s3cr3t :+%/\u007e")}}};
    std::array<role::known_partner, 1> partners_{
        {{b_.address, {role::way::open, role::way::open, role::way::open}}}};
    std::array<role::visitor_terms, 1> homes_{
        {{a_.iss, {"3gpp:mc:ptt_service", "3gpp:mc:ptt_service", {}}}}};
    mcx::trust<crypto> own_of_a_, own_of_b_, clients_keys_;
    idm::primaries<crypto> primaries_of_b_;
    mcx::workspace<crypto> work_;
    jwt::bounded_memory<256, mcx::system_clock> used_{now};
    std::map<std::string, role::code_record, std::less<>> codes_;
    std::map<std::string, role::refresh_record, std::less<>> renewals_;

    static role::registered_client registered(oauth::client_id const& id,
                                              role::client_method method) {
        role::registered_client made{id, "3gpp:mc:ptt_service", method};
        mcx::contract(made.redirects.push_back("org.example.radio:/back").has_value());
        return made;
    }

    static idm::provisioned_keys<crypto> provisioned(key_type const& key) {
        idm::provisioned_keys<crypto> keys;
        mcx::contract(keys.template add<A>(key.public_key(), key.id()).has_value());
        return keys;
    }

    [[nodiscard]] auto with(key_type& key) {
        return role::issuance{key, random_, mcx::lifetime(10min)};
    }

    std::string log_in(std::string const& query) {
        role::primary_login const idms{clients_};
        auto const asked = idms.receive(query);
        if (!asked) {
            auto const back = idms.refuse(query, asked.error());
            return back ? "go " + *back : "tell " + std::string{mcx::name_of(asked.error().code)};
        }
        role::logged_in user;
        user.sub = "alice";
        user.grant.scope = asked->requested();
        user.grant.ids.mcptt = idm::mcptt_id("sip:alice@a.example");
        user.acr = idm::password_context;
        auto const issued = asked->let_in(user, mcx::lifetime(1min), random_, now);
        if (!issued) {
            return refused(issued.error());
        }
        codes_.emplace(issued->code.view(), issued->record);
        return "go " + issued->location;
    }

    tokens remember(mcx::result<role::issued_tokens> const& issued) {
        if (!issued) {
            return issued.error();
        }
        renewals_.emplace(issued->response.refresh_token.view(), issued->record);
        return issued->response;
    }

    tokens redeem(std::string_view body, role::checked_client const& by) {
        auto const asked = role::primary_token<crypto>{a_}.receive_code(body, by);
        if (!asked) {
            return asked.error();
        }
        auto const kept = codes_.find(asked->code().view());
        if (kept == codes_.end()) {
            return mcx::errc::grant_refused;
        }
        auto const first = jwt::consume(used_, asked->replay(now));
        return first ? remember(asked->redeem(kept->second, with(key_of_a_), *first, now))
                     : first.error();
    }

    tokens renew(std::string_view body, role::checked_client const& by) {
        auto const asked = role::primary_token<crypto>{a_}.receive_refresh(body, by);
        if (!asked) {
            return asked.error();
        }
        auto const kept = renewals_.find(asked->token().view());
        if (kept == renewals_.end()) {
            return mcx::errc::grant_refused;
        }
        auto const renewed = remember(asked->renew(kept->second, with(key_of_a_), now));
        if (renewed) {
            renewals_.erase(kept);
        }
        return renewed;
    }

    tokens vouch(std::string_view body, role::checked_client const& by) {
        role::primary_idms const idms{a_, own_of_a_};
        auto const asked = idms.receive(body, by, work_, now);
        if (!asked) {
            return asked.error();
        }
        auto const valid = decide(*asked, {clients_, partners_, mcx::lifetime(5min)}, now);
        return valid ? asked->vouch(with(key_of_a_), now) : tokens{valid.error()};
    }

    tokens admit(std::string_view body, role::checked_client const& by) {
        role::partner_idms const idms{b_, primaries_of_b_};
        auto const asked = idms.receive(body, by, work_, now);
        if (!asked) {
            return asked.error();
        }
        role::visitor who;
        who.ids.mcptt = idm::mcptt_id("sip:visitor-1@b.example");
        auto const terms = decide(*asked, {clients_, homes_, mcx::lifetime(10min)}, who);
        if (!terms) {
            return terms.error();
        }
        auto const first = jwt::consume(used_, asked->replay());
        return first ? asked->admit(terms->grant, with(key_of_b_), *first, now)
                     : tokens{first.error()};
    }

    tokens dispatch(bool partner, oauth::grant_type grant, std::string_view body,
                    role::checked_client const& by) {
        using enum oauth::grant_type;
        return partner && grant == jwt_bearer              ? admit(body, by)
               : partner                                   ? mcx::errc::unsupported_grant_type
               : grant == authorization_code               ? redeem(body, by)
               : grant == oauth::grant_type::refresh_token ? renew(body, by)
               : grant == token_exchange                   ? vouch(body, by)
                                                           : mcx::errc::unsupported_grant_type;
    }

    std::string answer_tokens(bool partner, std::string const& body, std::string const& header) {
        role::client_check<crypto> const senders{partner ? b_.iss : a_.iss, clients_, secrets_,
                                                 clients_keys_};
        auto const by = senders.of(header, body, work_, used_, now);
        if (!by) {
            return document(oauth::answer_to_client(by.error()));
        }
        auto const grant = oauth::grant_type_of(body);
        auto const made = grant ? dispatch(partner, *grant, body, *by) : tokens{grant.error()};
        return made ? document(made)
                    : document(oauth::answer_to(made.error(),
                                                grant ? std::optional{*grant} : std::nullopt));
    }

    std::string serve(std::string const& header) {
        role::resource_server const server{"https://mcptt.b.example", own_of_b_};
        auto const admission = server.receive(header, work_, now);
        if (!admission) {
            return refused(admission.error());
        }
        auto const id = admission->permit(idm::operations::ptt);
        return id ? "permitted " + std::string{id->view()} : refused(id.error());
    }

    std::string know_clients(std::string const& jwks) {
        auto keys = mcx::key_set<crypto>::from_jwks(jwks);
        auto const added = keys ? clients_keys_.add("signer", *std::move(keys)) : keys.error();
        return added ? "ok" : refused(added.error());
    }

  public:
    servers() {
        mcx::contract(own_of_a_.add(a_.iss, provisioned(key_of_a_).take()).has_value());
        mcx::contract(own_of_b_.add(b_.iss, provisioned(key_of_b_).take()).has_value());
        mcx::contract(primaries_of_b_.add(a_.iss, provisioned(key_of_a_)).has_value());
    }

    std::string answer(std::istream& line) {
        std::string const command = word(line);
        if (command == "keys") {
            return "keys " + provisioned(key_of_a_).keys().to_jwks();
        }
        if (command == "clients") {
            return know_clients(rest(line));
        }
        if (command == "authorize") {
            return log_in(rest(line));
        }
        if (command == "primary" || command == "partner") {
            std::string const body = word(line);
            return answer_tokens(command == "partner", body, rest(line));
        }
        return command == "bearer" ? serve(rest(line)) : "unknown command";
    }
};

class client {
    using key_type = mcx::signing_key<mcx::es256, crypto>;

    role::client::account account_;
    mcx::botan::random random_;
    key_type key_ = *key_type::generate(random_, "c-1");
    std::string secret_;
    bool signs_ = false;
    mcx::trust<crypto> idms_;
    mcx::workspace<crypto> work_;
    std::optional<role::client::authenticating> first_;
    std::optional<role::client::redeeming> second_;
    std::optional<role::client::home> home_;
    std::optional<role::client::refreshing> renewing_;
    std::optional<role::client::exchanging> leaving_;
    std::optional<role::client::requesting> arriving_;

    std::string account(std::istream& line) {
        auto const iss = mcx::issuer::from(word(line));
        auto const authorization = mcx::https_uri::from(word(line));
        auto const token = mcx::https_uri::from(word(line));
        auto const id = oauth::client_id::from(word(line));
        auto const redirect = oauth::redirect_uri::from(word(line));
        if (!iss || !authorization || !token || !id || !redirect) {
            return "refused account";
        }
        account_ = {*iss, *authorization, *token, *id, *redirect};
        secret_.clear();
        signs_ = false;
        return "ok";
    }

    std::string keys(std::string const& jwks) {
        auto set = mcx::key_set<crypto>::from_jwks(jwks);
        idms_ = {};
        work_.clear();
        auto const added = set ? idms_.add(account_.iss, *std::move(set)) : set.error();
        return added ? "ok" : refused(added.error());
    }

    std::string begin(std::istream& line) {
        role::client::manner how{.rule = role::client::context::demanded};
        how.max_age = std::chrono::seconds{std::stol(word(line))};
        auto const prompt = oauth::prompt::from(word(line));
        auto const scope = oauth::login_scope::from(rest(line));
        if (!prompt || !scope) {
            return "refused login";
        }
        how.prompt = *prompt;
        auto made = role::client::authenticating::begin<mcx::hashing<crypto, mcx::sha256>>(
            account_, *scope, random_, how);
        if (!made) {
            return refused(made.error());
        }
        first_.emplace(*std::move(made));
        return told("go", first_->location());
    }

    /// Adds what shows who sends a message.
    std::string post(mcx::result<oauth::request> message) {
        if (!message) {
            return refused(message.error());
        }
        oauth::client_authentication me = oauth::public_client{account_.client_id};
        if (signs_) {
            auto const id = role::issuance{key_, random_, mcx::lifetime(1min)}.fresh_id();
            auto const assertion = jwt::issue<mcx::grant::client_assertion_profile>(
                mcx::grant::claims_of(account_.client_id, account_.iss, *id, mcx::lifetime(1min),
                                      now),
                key_, random_);
            me = oauth::asserting_client{account_.client_id, *oauth::token::from(*assertion)};
        } else if (!secret_.empty()) {
            me = oauth::secret_client{account_.client_id, *oauth::client_secret::from(secret_)};
        }
        auto const authenticated = oauth::authenticate(*message, me);
        return authenticated ? "post " + message->body + ' ' + message->authorization
                             : refused(authenticated.error());
    }

    std::string back(std::string const& query) {
        if (!first_) {
            return "refused query";
        }
        auto made = first_->receive(query);
        if (!made) {
            return refused(made.error());
        }
        renewing_.reset();
        second_.emplace(*std::move(made));
        return post(second_->message());
    }

    std::string refresh() {
        if (!home_) {
            return "refused refresh";
        }
        auto made = role::client::refreshing::begin(*home_);
        if (!made) {
            return refused(made.error());
        }
        renewing_.emplace(*std::move(made));
        return post(renewing_->message());
    }

    /// An answer as it stands in a line.
    struct answer_text {
        int status = 0;
        std::string type, body;

        explicit answer_text(std::istream& line) {
            line >> status;
            type = word(line);
            body = rest(line);
        }
        [[nodiscard]] oauth::reply reply() const { return {status, type, body}; }
    };

    std::string exchange(std::istream& line) {
        auto const address = idm::idms_address::from(word(line));
        auto const endpoint = mcx::https_uri::from(word(line));
        auto const id = oauth::client_id::from(word(line));
        if (!home_ || !address || !endpoint || !id) {
            return "refused exchange";
        }
        auto made = home_->enter_for_group({*address, *endpoint, *id}, now);
        if (!made) {
            return refused(made.error());
        }
        leaving_.emplace(*std::move(made));
        return post(leaving_->message(now));
    }

    std::string vouched(std::istream& line) {
        answer_text const answer{line};
        if (!leaving_) {
            return "refused vouched";
        }
        auto made = leaving_->receive(answer.reply(), now).and_then([](auto const& state) {
            return state.request("3gpp:mc:ptt_service", now);
        });
        if (!made) {
            return refused(made.error());
        }
        arriving_.emplace(*std::move(made));
        return post(arriving_->message(now));
    }

    std::string admitted(std::istream& line) {
        answer_text const answer{line};
        if (!arriving_) {
            return "refused admitted";
        }
        return told("bearer", arriving_->receive(answer.reply(), now).and_then([](auto const& s) {
            return s.bearer(now);
        }));
    }

    std::string reply(std::istream& line) {
        answer_text const text{line};
        if (!second_) {
            return "refused reply";
        }
        oauth::reply const answer = text.reply();
        auto made = renewing_ ? renewing_->receive(answer, idms_, work_, now)
                              : second_->receive(answer, idms_, work_, now);
        if (!made) {
            return refused(made.error());
        }
        home_.emplace(*std::move(made));
        auto const& who = *home_->session().who;
        return "home " + std::string{who.login.sub.view()} + ' ' +
               std::string{who.ids.mcptt ? who.ids.mcptt->view() : "-"} + ' ' +
               std::string{home_->scope().view()};
    }

  public:
    std::string answer(std::istream& line) {
        std::string const command = word(line);
        if (command == "public" || command == "secret" || command == "sign") {
            secret_ = rest(line);
            signs_ = command == "sign";
            return signs_ ? "key " + mcx::jwk::write<mcx::es256>(key_.public_key(), key_.id())
                          : "ok";
        }
        return command == "account"    ? account(line)
               : command == "keys"     ? keys(rest(line))
               : command == "begin"    ? begin(line)
               : command == "back"     ? back(rest(line))
               : command == "refresh"  ? refresh()
               : command == "reply"    ? reply(line)
               : command == "exchange" ? exchange(line)
               : command == "vouched"  ? vouched(line)
               : command == "admitted" ? admitted(line)
                                       : "unknown command";
    }
};

template <class Party>
int talk() {
    Party me;
    for (std::string line; std::getline(std::cin, line);) {
        std::istringstream words{line};
        std::cout << me.answer(words) << std::endl;
    }
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    std::string_view const what = argc > 1 ? argv[1] : "";
    std::string_view const alg = argc > 2 ? argv[2] : "";
    if (what == "client") {
        return talk<client>();
    }
    if (what == "server" && alg == mcx::es256::name) {
        return talk<servers<mcx::es256>>();
    }
    if (what == "server" && alg == mcx::rs256::name) {
        return talk<servers<mcx::rs256>>();
    }
    if (what == "server" && alg == mcx::eddsa::name) {
        return talk<servers<mcx::eddsa>>();
    }
    std::cerr << "oauth_peer client | server ES256|RS256|EdDSA\n";
    return 2;
}
