// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_EXAMPLES_PRINT_HPP
#define MCX_EXAMPLES_PRINT_HPP

#include <mcx/mcx.hpp>

#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

// How the examples show what happens. Nothing of the library's is decided here.

namespace demo {

/// Whether everything that was to be refused was refused.
inline bool& all_as_told() {
    static bool told = true;
    return told;
}

inline void print_error(mcx::error e, std::string_view where) {
    std::string_view const name = mcx::name_of(e.code);
    std::string_view const clause = mcx::clause_of(e.code);
    std::string_view const message = mcx::message_of(e.code);
    std::printf("%.*s", static_cast<int>(name.size()), name.data());
    if (!where.empty()) {
        std::printf(" (%.*s)", static_cast<int>(where.size()), where.data());
    }
    std::printf(": %.*s [%.*s]\n", static_cast<int>(message.size()), message.data(),
                static_cast<int>(clause.size()), clause.data());
}

/// Takes the value of a result that has to be there, or ends the program with its error.
template <class T>
T must(mcx::result<T> r) {
    if (!r) {
        std::printf("unexpected: ");
        print_error(r.error(), {});
        std::exit(EXIT_FAILURE);
    }
    if constexpr (!std::is_void_v<T>) {
        return *std::move(r);
    }
}

inline void show_line(std::string_view line) {
    constexpr std::size_t width = 92;
    for (std::size_t at = 0; at < line.size() || at == 0; at += width) {
        std::string_view const part = line.substr(at, width);
        std::printf("    %.*s\n", static_cast<int>(part.size()), part.data());
    }
}

inline void title(std::string_view text) {
    std::printf("\n%.*s\n", static_cast<int>(text.size()), text.data());
}

inline void show_request(mcx::oauth::request const& request) {
    show_line("POST " + std::string{request.endpoint.view()});
    show_line("Content-Type: " + std::string{mcx::oauth::request::media_type});
    show_line("");
    show_line(request.body);
}

inline void show_body(std::string_view body) {
    show_line("200, Content-Type: " + std::string{mcx::oauth::json_media_type});
    for (auto const& field : mcx::oauth::no_store) {
        show_line(std::string{field.name} + ": " + std::string{field.value});
    }
    show_line("");
    show_line(body);
}

/// Shows what a token says, to whoever looks, without saying that any of it is true.
inline void show_token(std::string_view token) {
    auto const parts = must(mcx::jws::split(token, 8192));
    char text[8192];
    show_line("header:  " + std::string{must(mcx::base64url::decode_text(parts.header, text))});
    show_line("claims:  " + std::string{must(mcx::base64url::decode_text(parts.payload, text))});
}

/// No token is concerned, only a message.
struct no_token {};

/// The claim or the parameter that an error concerns; empty where it names none.
template <class P, class M>
std::string_view place_of(mcx::error e) {
    if constexpr (mcx::jwt::Profile<P>) {
        if (mcx::stage_of(e) != mcx::stage::message) {
            return mcx::jwt::name_of<P>(e);
        }
    }
    return mcx::field_name<M>(e.where);
}

/// Shows by which check something was refused. A thing that was not refused, or by another check
/// than is told, fails the program. P is the profile of the token, M the message in which something
/// is wrong.
template <class P, class M = mcx::oauth::token_response, class T>
void show_refusal(std::string_view name, mcx::result<T> const& r, mcx::errc told) {
    std::printf("    %-48.*s -> ", static_cast<int>(name.size()), name.data());
    if (r) {
        std::printf("NOT REFUSED\n");
        all_as_told() = false;
        return;
    }
    print_error(r.error(), place_of<P, M>(r.error()));
    if (r.error().code != told) {
        std::printf("NOT BY THE CHECK THAT WAS TO REFUSE IT\n");
        all_as_told() = false;
    }
}

}  // namespace demo

#endif
