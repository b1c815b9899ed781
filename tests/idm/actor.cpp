// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/idm/actor.hpp>

#include <mcx/codec/json_value.hpp>

#include "support/check.hpp"

#include <cstddef>
#include <string>
#include <string_view>

using mcx::errc;
using mcx::idm::acting;
using mcx::idm::actor;
namespace json = mcx::json;

namespace {

template <class T>
mcx::result<T> read(std::string_view text) {
    json::reader r{text};
    json::event first;
    T out{};
    if (!r.next(first)) {
        return r.failure();
    }
    auto const done = json::value<T>::read(r, first, out);
    return done ? mcx::result<T>{out} : done.error();
}

template <class T>
std::string written(T const& value) {
    char text[4096];
    json::writer w{text};
    json::value<T>::write(w, value);
    return {text, *w.finish()};
}

std::string nested(std::size_t actors) {
    std::string text = R"({"sub":"0"})";
    for (std::size_t i = 1; i < actors; ++i) {
        text = R"({"sub":")" + std::to_string(i) + R"(","act":)" + text + "}";
    }
    return text;
}

}  // namespace

TEST_CASE("an actor is a subject, with its issuer and client where they are said") {
    auto const whole = read<actor>(R"({"client_id":"c","sub":"s","iss":"i"})");
    CHECK(whole);
    CHECK(
        (whole->sub.view() == "s" && whole->iss->view() == "i" && whole->client_id->view() == "c"));
    CHECK(written(*whole) == R"({"sub":"s","iss":"i","client_id":"c"})");
    CHECK(written(*read<actor>(R"({"sub":"s"})")) == R"({"sub":"s"})");
}

TEST_CASE("an actor of another shape, or with more said of it than is compared, is refused") {
    for (std::string_view const text :
         {"1", "[]", R"(["s"])", R"("s")", "null", R"({"sub":1})", R"({"sub":"s","iss":[]})"}) {
        CAPTURE(text);
        CHECK(read<actor>(text).error().code == errc::json_type);
        CHECK(read<acting>(text).error().code == errc::json_type);
    }
    for (std::string_view const text :
         {"{}", R"({"iss":"i"})", R"({"sub":""})", R"({"sub":"s","email":"e"})",
          R"({"sub":"s","client_id":""})"}) {
        CAPTURE(text);
        CHECK(read<actor>(text).error().code == errc::json_value);
        CHECK(read<acting>(text).error().code == errc::json_value);
    }
    CHECK(read<actor>(nested(2)).error().code == errc::json_value);
    CHECK(read<acting>(R"({"sub":"s","act":1})").error().code == errc::json_type);
    CHECK(read<acting>(R"({"sub":"s","act":{}})").error().code == errc::json_value);
    CHECK(read<acting>(R"({"sub":"s","act":{"sub":"t"},"sub":"u"})").error().code ==
          errc::json_duplicate);
    CHECK(read<acting>(R"({"sub":"s","act":{"sub":"t")").error().code == errc::json_truncated);
}

TEST_CASE("a chain of actors is the current one first, and as long as its bound") {
    for (std::size_t n = 1; n <= mcx::idm::actor_chain::max_count; ++n) {
        auto const chain = read<acting>(nested(n));
        CHECK(chain);
        CHECK(chain->chain.size() == n);
        CHECK(chain->chain[0].sub.view() == std::to_string(n - 1));
        CHECK(chain->chain[n - 1].sub.view() == "0");
        CHECK(written(*chain) == nested(n));
    }
    CHECK(read<acting>(nested(mcx::idm::actor_chain::max_count + 1)).error().code ==
          errc::json_value);
}

TEST_CASE("members of an outer actor may follow the inner one") {
    auto const chain = read<acting>(R"({"act":{"act":{"sub":"c"},"sub":"b"},"iss":"i","sub":"a"})");
    CHECK(chain);
    CHECK((chain->chain[0].sub.view() == "a" && chain->chain[0].iss->view() == "i" &&
           chain->chain[1].sub.view() == "b" && chain->chain[2].sub.view() == "c"));
}

TEST_CASE("an actor answers a description by everything that it says") {
    constexpr auto make = [](std::string_view text) { return *read<actor>(text); };
    actor const who = make(R"({"sub":"s","iss":"i","client_id":"c"})");
    CHECK(who.answers(who));
    CHECK(who.answers(make(R"({"sub":"s"})")));
    CHECK(who.answers(make(R"({"sub":"s","client_id":"c"})")));
    CHECK_FALSE(who.answers(make(R"({"sub":"t"})")));
    CHECK_FALSE(who.answers(make(R"({"sub":"s","iss":"j"})")));
    CHECK_FALSE(who.answers(make(R"({"sub":"s","client_id":"d"})")));
    CHECK_FALSE(make(R"({"sub":"s"})").answers(who));
}
