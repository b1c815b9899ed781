// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/backend/botan.hpp>
#include <mcx/backend/sodium.hpp>
#include <mcx/mcx.hpp>

#include "words.hpp"

#include <cstdint>
#include <iostream>
#include <istream>
#include <optional>
#include <sstream>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>

// The library as one of two parties; the other one is in another language. One command a line on
// standard input, one answer a line on standard output; private keys never leave the process.
//
//     algorithms                               algorithms <alg>...   what is there
//     make <alg>                               key <JWK>             a new key; its public half is
//                                                                    told, or what two share
//     issue <alg> <claims>                     token <token>         signed with that key
//     trust <alg> <JWK Set>                    trusted <count>       from now on these keys alone;
//                                                                    for a MAC its JWK
//     accept <alg> <now> <audience> <token>    accepted <claims>     by that algorithm alone
//
// Instead of these answers there may be `refused <error> <where>`. All tokens are access tokens.
// The one argument names the backend: sodium (with Botan for what libsodium has not) or botan.

namespace {

using mcx::test::rest;
using mcx::test::word;

/// Access tokens by one algorithm.
template <class A>
struct profile : mcx::idm::access_token_profile {
    using algorithms = mcx::algorithm_set<A>;
};
using claims = mcx::idm::access_token;

constexpr mcx::issuer issuer_of_keys{"https://idms.mcx.example"};
constexpr mcx::issuer issuer_without_keys{"https://idms.other.example"};

std::string refused(mcx::error e) {
    return "refused " + std::string{mcx::name_of(e.code)} + ' ' + std::to_string(e.where);
}

std::string accepted(claims const& content) {
    char text[mcx::idm::access_token_profile::limits.payload];
    mcx::json::writer w{text};
    mcx::json::write_object(w, content);
    auto const size = w.finish();
    return size ? "accepted " + std::string{text, *size} : refused(size.error());
}

/// What is told of a new key: the public half, or for a MAC the secret that both will have.
template <class A, class B>
std::string told(mcx::signing_key<A, B> const& key) {
    return mcx::jwk::write<A>(key.public_key(), key.id());
}
template <mcx::MacAlgorithm A>
std::string told(mcx::mac_secret<A> const& octets, mcx::key_id const& id) {
    auto copy = mcx::mac_secret<A>::from(octets.reveal());
    auto const text = mcx::jwk::write_mac<A>({*std::move(copy), id});
    return text ? std::string{mcx::as_text(text->reveal())} : refused(text.error());
}

/// The keys of the other party. The sender of a MAC gives its secret by itself.
template <class B, class A>
mcx::result<mcx::key_set<B, mcx::algorithm_set<A>>> keys_in(std::string_view document) {
    using keys = mcx::key_set<B, mcx::algorithm_set<A>>;
    if constexpr (mcx::MacAlgorithm<A>) {
        auto const read = mcx::jwk::read_mac<A>(document);
        keys made;
        auto const added =
            read ? made.template add<A>(read->octets, read->id) : mcx::result<void>{read.error()};
        return added ? std::move(made) : mcx::result<keys>{added.error()};
    } else {
        return keys::from_jwks(document);
    }
}

/// One party's use of one algorithm.
template <class A, class B>
class speaker {
    using set = mcx::algorithm_set<A>;

    std::optional<mcx::key_to_sign<A, B>> key_;
    mcx::trust<B, set> trusted_;
    mcx::workspace<B, set> work_;
    mcx::botan::random random_;
    unsigned made_ = 0;

  public:
    std::string make() {
        auto const id = mcx::key_id::from(std::string{A::name} + '-' + std::to_string(++made_));
        if (!id) {
            return refused(id.error());
        }
        if constexpr (mcx::MacAlgorithm<A>) {
            auto const secret = mcx::mac_secret<A>::generate(random_);
            auto made = secret ? mcx::mac_key<A, B>::from(*secret, *id) : secret.error();
            if (!made) {
                return refused(made.error());
            }
            key_.emplace(*std::move(made));
            return "key " + told<A>(*secret, *id);
        } else {
            auto made = mcx::signing_key<A, B>::generate(random_, *id);
            if (!made) {
                return refused(made.error());
            }
            key_.emplace(*std::move(made));
            return "key " + told<A, B>(*key_);
        }
    }

    std::string issue(std::string_view object) {
        if (!key_) {
            return refused(mcx::errc::no_such_key);
        }
        auto const content = mcx::json::parse_object<claims>(object, {}, mcx::jwt::claim_errors);
        if (!content) {
            return refused(content.error());
        }
        auto const token = mcx::jwt::issue<profile<A>>(*content, *key_, random_);
        return token ? "token " + *token : refused(token.error());
    }

    std::string trust(std::string_view document) {
        auto keys = keys_in<B, A>(document);
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
        auto const held = mcx::jwt::accept<profile<A>>(token, trusted_, work_, {.to = *to},
                                                       mcx::fixed_clock{{now}});
        return held ? accepted(held->claims()) : refused(held.error());
    }
};

template <class B, class A>
inline constexpr bool speaks = [] {
    if constexpr (mcx::MacAlgorithm<A>) {
        return mcx::Authenticates<B, A>;
    } else {
        return mcx::Verifies<B, A> && mcx::Generates<B, A>;
    }
}();

/// What stands for an algorithm that the backend does not have.
struct silent {
    static std::string make() { return "unknown algorithm"; }
    static std::string issue(std::string_view) { return make(); }
    static std::string trust(std::string_view) { return make(); }
    static std::string accept(std::int64_t, std::string_view, std::string const&) { return make(); }
};

template <class B, class Signatures = mcx::all_signature_algorithms,
          class Macs = mcx::mac_algorithms>
class party;

template <class B, class... Ss, class... Ms>
class party<B, mcx::algorithm_set<Ss...>, mcx::algorithm_set<Ms...>> {
    template <class A>
    using voice = std::conditional_t<speaks<B, A>, speaker<A, B>, silent>;

    std::tuple<std::pair<Ss, voice<Ss>>..., std::pair<Ms, voice<Ms>>...> voices_;

    static std::string algorithms() {
        std::string names = "algorithms";
        auto const add = [&names](bool there, std::string_view name) {
            names += there ? ' ' + std::string{name} : "";
        };
        (..., add(speaks<B, Ss>, Ss::name));
        (..., add(speaks<B, Ms>, Ms::name));
        return names;
    }

    template <class Speaker>
    static std::string answer(Speaker& speaker, std::string_view command, std::istream& line) {
        if (command == "make") {
            return speaker.make();
        }
        if (command == "issue") {
            return speaker.issue(rest(line));
        }
        if (command == "trust") {
            return speaker.trust(rest(line));
        }
        if (command == "accept") {
            std::int64_t now = 0;
            line >> now;
            std::string const audience = word(line);
            return speaker.accept(now, audience, rest(line));
        }
        return "unknown command";
    }

  public:
    std::string answer(std::istream& line) {
        std::string const command = word(line);
        if (command == "algorithms") {
            return algorithms();
        }
        std::string const alg = word(line);
        std::string made = "unknown algorithm";
        auto const ask = [&](auto& of) {
            if (of.first.name == alg) {
                made = answer(of.second, command, line);
            }
        };
        std::apply([&](auto&... each) { (..., ask(each)); }, voices_);
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
