// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/backend/botan.hpp>
#include <mcx/backend/sodium.hpp>
#include <mcx/mcx.hpp>

#include <cstdint>
#include <iostream>
#include <istream>
#include <optional>
#include <sstream>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>

// The library as one of two parties; the other one is in another language. One command a line on
// standard input, one answer a line on standard output; private keys never leave the process.
//
//     make <alg>                         key <JWK>             a new key; its public half is told
//     issue <alg> <claims>               token <token>         signed with that key
//     trust <JWK Set>                    trusted <count>       from now on these keys alone
//     accept <now> <audience> <token>    accepted <claims>
//
// Instead of these answers there may be `refused <error> <where>`. All tokens are access tokens.
// The one argument names the backend: sodium (with Botan for what libsodium has not) or botan.

namespace {

using profile = mcx::idm::access_token_profile;
using claims = profile::claims;

constexpr mcx::issuer issuer_of_keys{"https://idms.mcx.example"};
constexpr mcx::issuer issuer_without_keys{"https://idms.other.example"};

// The next word of a line; what follows it stays.
std::string word(std::istream& line) {
    std::string w;
    line >> w >> std::ws;
    return w;
}

std::string rest(std::istream& line) {
    std::string r;
    std::getline(line, r);
    return r;
}

std::string refused(mcx::error e) {
    return "refused " + std::string{mcx::name_of(e.code)} + ' ' + std::to_string(e.where);
}

std::string accepted(claims const& content) {
    char text[profile::limits.payload];
    mcx::json::writer w{text};
    mcx::json::write_object(w, content);
    auto const size = w.finish();
    return size ? "accepted " + std::string{text, *size} : refused(size.error());
}

template <class B, class Algorithms = mcx::verified_algorithms<B, mcx::signature_algorithms>>
class party;

template <class B, class... As>
class party<B, mcx::algorithm_set<As...>> {
    std::tuple<std::optional<mcx::signing_key<As, B>>...> keys_;
    mcx::trust<B> trusted_;
    mcx::workspace<B> work_;
    mcx::botan::random random_;
    unsigned made_ = 0;

    template <class A>
    std::string make() {
        auto const id = mcx::key_id::from(std::string{A::name} + '-' + std::to_string(++made_));
        if (!id) {
            return refused(id.error());
        }
        auto made = mcx::signing_key<A, B>::generate(random_, *id);
        if (!made) {
            return refused(made.error());
        }
        auto& key = std::get<std::optional<mcx::signing_key<A, B>>>(keys_);
        key.emplace(*std::move(made));
        return "key " + mcx::jwk::write<A>(key->public_key(), *id);
    }

    template <class A>
    std::string issue(std::string_view object) {
        auto& key = std::get<std::optional<mcx::signing_key<A, B>>>(keys_);
        if (!key) {
            return refused(mcx::errc::no_such_key);
        }
        auto const content = mcx::json::parse_object<claims>(object, {}, mcx::jwt::claim_errors);
        if (!content) {
            return refused(content.error());
        }
        auto const token = mcx::jwt::issue<profile>(*content, *key, random_);
        return token ? "token " + *token : refused(token.error());
    }

    std::string trust(std::string_view document) {
        auto keys = mcx::key_set<B>::from_jwks(document);
        if (!keys) {
            return refused(keys.error());
        }
        auto const count = keys->size();
        trusted_ = {};
        work_.clear();
        // With two issuers there is a choice, which the token has to make.
        for (auto const& added : {trusted_.add(issuer_of_keys, *std::move(keys)),
                                  trusted_.add(issuer_without_keys, {})}) {
            if (!added) {
                return refused(added.error());
            }
        }
        return "trusted " + std::to_string(count);
    }

    std::string accept(std::int64_t now, std::string_view audience, std::string const& token) {
        auto const to = mcx::recipient::from(audience);
        if (!to) {
            return refused(to.error());
        }
        auto const held =
            mcx::jwt::accept<profile>(token, trusted_, work_, {.to = *to}, mcx::fixed_clock{{now}});
        return held ? accepted(held->claims()) : refused(held.error());
    }

  public:
    std::string answer(std::istream& line) {
        std::string const command = word(line);
        std::string made = "unknown command";
        if (command == "make") {
            std::string const alg = word(line);
            (void)(... || (As::name == alg && (made = make<As>(), true)));
        } else if (command == "issue") {
            std::string const alg = word(line);
            std::string const object = rest(line);
            (void)(... || (As::name == alg && (made = issue<As>(object), true)));
        } else if (command == "trust") {
            made = trust(rest(line));
        } else if (command == "accept") {
            std::int64_t now = 0;
            line >> now;
            std::string const audience = word(line);
            made = accept(now, audience, rest(line));
        }
        return made;
    }
};

template <class B>
int talk() {
    party<B> me;
    for (std::string line; std::getline(std::cin, line);) {
        std::istringstream words{line};
        std::cout << me.answer(words) << std::endl;
    }
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    std::string_view const backend = argc == 2 ? argv[1] : "";
    if (backend == "sodium") {
        return talk<mcx::first_of<mcx::sodium, mcx::botan>>();
    }
    if (backend == "botan") {
        return talk<mcx::botan>();
    }
    std::cerr << "peer sodium | botan\n";
    return 2;
}
