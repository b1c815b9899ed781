// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/oauth/pkce.hpp>

#include "support/check.hpp"
#include "support/mock.hpp"
#include "support/sha256.hpp"

#include <mcx/oauth/fresh.hpp>

#include <string>

using mcx::errc;
using mcx::oauth::challenge_of;
using mcx::oauth::check_verifier;
using mcx::oauth::code_challenge;
using mcx::oauth::code_verifier;
using mcx::oauth::fresh;
using mcx::test::counted_random;
using hash = mcx::test::sha256;

namespace {

// The example of RFC 7636 appendix B.
constexpr std::string_view verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
constexpr code_challenge challenge{"E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"};

/// A hash whose machine is broken.
struct no_hash : hash {
    static mcx::result<mcx::fixed_bytes<32>> finish() noexcept { return errc::backend; }
};

/// Twenty of the 32 octets would do for SHA-1.
struct short_hash {
    static constexpr std::size_t size = 20;
    void update(mcx::byte_view) noexcept {}
    static mcx::result<mcx::fixed_bytes<20>> finish() noexcept { return errc::backend; }
};

template <class H>
concept Challenges = requires(code_verifier const& v) { challenge_of<H>(v); };

}  // namespace

static_assert(Challenges<hash> && mcx::Digest<short_hash> && !Challenges<short_hash>);

TEST_CASE("the challenge of RFC 7636 appendix B is that of its verifier") {
    auto const made = code_verifier::from(verifier);
    CHECK(*challenge_of<hash>(*made) == challenge);
    CHECK(check_verifier<hash>(challenge, *made));
}

TEST_CASE("a verifier of another challenge does not redeem a code") {
    auto const made = code_verifier::from(verifier);
    auto other = std::string{verifier};
    other.back() = 'l';
    CHECK(check_verifier<hash>(challenge, *code_verifier::from(other)).error() ==
          errc::code_verifier_mismatch);
    CHECK(check_verifier<hash>(challenge, *code_verifier::from(challenge.view())).error() ==
          errc::code_verifier_mismatch);
    CHECK(check_verifier<hash>(*code_challenge::from(verifier), *made).error() ==
          errc::code_verifier_mismatch);
}

TEST_CASE("neither a missing challenge nor a missing verifier redeems a code") {
    CHECK(check_verifier<hash>({}, *code_verifier::from(verifier)).error() ==
          errc::code_verifier_mismatch);
    CHECK(check_verifier<hash>(challenge, {}).error() == errc::code_verifier_mismatch);
    CHECK(check_verifier<hash>({}, {}).error() == errc::code_verifier_mismatch);
    auto const of_nothing = code_challenge::from("47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU");
    CHECK(check_verifier<hash>(*of_nothing, {}).error() == errc::code_verifier_mismatch);
}

TEST_CASE("a backend that fails is no wrong verifier") {
    auto const made = code_verifier::from(verifier);
    CHECK(challenge_of<no_hash>(*made).error() == errc::backend);
    CHECK(check_verifier<no_hash>(challenge, *made).error() == errc::backend);
}

TEST_CASE("a verifier is 43 to 128 unreserved characters") {
    std::string const shortest(43, '~');
    CHECK(code_verifier::from(shortest)->view() == shortest);
    CHECK(code_verifier::from("-._~" + std::string(39, '0')));
    CHECK(code_verifier::from(std::string(128, 'Z'))->size() == 128);
    CHECK(code_verifier::from(std::string(129, 'Z')).error() == errc::value_too_long);
    CHECK(code_verifier::from(std::string(42, 'Z')).error() == errc::value_character);
    CHECK(code_verifier::from("").error() == errc::value_empty);
    for (char const c : std::string{"=+/ %\x7F\x80\0!@[`{:", 15}) {
        CHECK(code_verifier::from(shortest + c).error() == errc::value_character);
    }
}

TEST_CASE("a fresh verifier has 256 bits of the source") {
    counted_random random;
    auto const made = fresh<code_verifier>(random);
    CHECK(made->view() == "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8");
    CHECK_FALSE(*fresh<code_verifier>(random) == *made);
    counted_random none{.next = 0, .left = 0};
    CHECK(fresh<code_verifier>(none).error() == errc::random_unavailable);
}

TEST_CASE("a challenge is 43 characters of canonical base64url") {
    CHECK_BOTH(code_challenge::check("") == errc::value_empty);
    CHECK_BOTH(code_challenge::check("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-c") ==
               errc::value_character);
    CHECK_BOTH(code_challenge::check("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM=") ==
               errc::value_too_long);
    CHECK_BOTH(code_challenge::check("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw+cM") ==
               errc::value_character);
    CHECK_BOTH(code_challenge::check("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cN") ==
               errc::value_character);
}
