// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/backend/botan.hpp>
#include <mcx/backend/sodium.hpp>
#include <mcx/mcx.hpp>

#include "support/allocations.hpp"
#include "support/backend_checks.hpp"
#include "support/check.hpp"
#include "support/dpop_proofs.hpp"
#include "support/mock.hpp"
#include "support/tokens.hpp"
#include "support/toy_mac.hpp"

#include <array>
#include <string>
#include <string_view>

// What verification takes from the heap: by this library nothing, whatever the algorithm and the
// serialization. What a backend takes by itself is measured inside the same call and told apart; it
// is the backend's own number, and may differ from call to call.

using mcx::algorithm_set;
using mcx::as_bytes;
using mcx::botan;
using mcx::byte_view;
using mcx::sodium;
using mcx::test::base64url_text;
using mcx::test::certain;
using mcx::test::credulous;
using mcx::test::heap_use;
using mcx::test::heap_use_of;
using mcx::test::toy;
namespace jws = mcx::jws;

namespace {

/// A backend whose work another does, and which counts what that one takes.
template <class B>
struct metered {
    inline static std::size_t allocations = 0;

    static auto count(auto&& call) noexcept {
        heap_use const before = mcx::test::heap_used();
        auto outcome = call();
        allocations += mcx::test::heap_used().allocations - before.allocations;
        return outcome;
    }
};

}  // namespace

template <class B, class A>
    requires mcx::Verifies<B, A>
struct mcx::verification<metered<B>, A> {
    using half = verification<B, A>;
    using key = typename half::key;
    using scratch = typename half::scratch;

    static result<key> prepare(typename A::public_key const& numbers) noexcept {
        return half::prepare(numbers);
    }
    static verdict check(key const& k, scratch& own, byte_view message,
                         typename A::signature const& signature) noexcept {
        return metered<B>::count([&] { return half::check(k, own, message, signature); });
    }
    static verdict check_chain(key const& k, scratch& own, auto const& pieces,
                               typename A::signature const& signature) noexcept
        requires VerifiesChain<B, A>
    {
        return metered<B>::count([&] { return half::check_chain(k, own, pieces, signature); });
    }
};

template <class B, class A>
    requires mcx::Authenticates<B, A>
struct mcx::authentication<metered<B>, A> {
    using half = authentication<B, A>;
    using key = typename half::key;
    using scratch = typename half::scratch;

    static result<key> prepare(mac_secret<A> const& octets) noexcept {
        return half::prepare(octets);
    }
    static result<void> compute(key const& k, scratch& own, auto const& pieces,
                                typename A::signature& tag) noexcept {
        return metered<B>::count([&] { return half::compute(k, own, pieces, tag); });
    }
};

namespace {

template <class A, class B>
auto signer_of() {
    if constexpr (mcx::MacAlgorithm<A>) {
        return certain(mcx::mac_key<A, B>::from(mcx::test::counted_secret<A>(), "example"));
    } else if constexpr (mcx::MlDsaAlgorithm<A>) {  // whose keys are too long to print
        typename B::random random;
        return certain(mcx::signing_key<A, B>::generate(random, "example"));
    } else {
        return mcx::test::example_signing_key<A, B>();
    }
}

template <class A>
auto numbers_of(auto const& signer) {
    if constexpr (mcx::MacAlgorithm<A>) {
        return mcx::test::counted_secret<A>();
    } else {
        return signer.public_key();
    }
}

/// A token in each serialization.
struct texts {
    std::string compact;
    std::string flat;
    std::string general;
    std::string detached;
};
template <class S>
texts texts_by(S& signer, auto& random) {
    byte_view const payload = as_bytes("{}");
    jws::payload_chain const chain{&payload, 1};
    return {certain(jws::sign(payload, "", signer, random)),
            certain(jws::flattened::sign(payload, "", signer, random)),
            certain(jws::general::sign(payload, "", random, signer)),
            certain(jws::detached::sign(chain, "", signer, random))};
}

template <class A, class B>
struct verifier {
    using set = algorithm_set<A>;
    mcx::key_set<metered<B>, set> keys{};
    mcx::workspace<metered<B>, set> work{};
    std::array<std::byte, 512> space{};

    explicit verifier(auto const& signer) {
        CHECK(keys.template add<A>(numbers_of<A>(signer), "example"));
    }

    void compact(std::string_view text) {
        auto const token = jws::parse(text, 16384);
        CHECK((token && jws::verify<set>(*token, keys, work)));
    }
    void flat(std::string_view text) {
        auto const token = jws::flattened::parse(text, 16384);
        CHECK((token && jws::flattened::verify<set>(*token, keys, work, space)));
    }
    void general(std::string_view text) {
        auto const token = jws::general::parse(text, 16384);
        CHECK((token && jws::general::check<set>(*token, keys, work, space).all()));
    }
    void detached(std::string_view text) {
        byte_view const payload = as_bytes("{}");
        auto const token = jws::detached::parse(text, 16384);
        CHECK((token && jws::detached::verify<set>(*token, {&payload, 1}, keys, work, space)));
    }
};

/// What a call takes from the heap, and how much of that the backend takes: the second time, since
/// the first one prepares something.
struct shares {
    std::size_t ours;
    std::size_t of_backend;
};
template <class B>
shares shares_of(auto&& call) {
    call();
    metered<B>::allocations = 0;
    auto const whole = heap_use_of(call);
    return {whole.allocations - metered<B>::allocations, metered<B>::allocations};
}

/// Checks that verification takes nothing beside what the backend takes, and returns how often that
/// takes something for a token in compact form.
template <class A, class B>
std::size_t allocations_of_verifying(auto& random) {
    auto signer = signer_of<A, B>();
    auto const made = texts_by(signer, random);
    verifier<A, B> verify{signer};
    auto const compact = shares_of<B>([&] { verify.compact(made.compact); });
    CHECK(compact.ours == 0);
    CHECK(shares_of<B>([&] { verify.flat(made.flat); }).ours == 0);
    CHECK(shares_of<B>([&] { verify.general(made.general); }).ours == 0);
    CHECK(shares_of<B>([&] { verify.detached(made.detached); }).ours == 0);
    return compact.of_backend;
}

}  // namespace

TEST_CASE_TEMPLATE("verifying takes nothing by itself, whatever the algorithm", A, mcx::es256,
                   mcx::es384, mcx::es512, mcx::es256k, mcx::rs256, mcx::rs384, mcx::rs512,
                   mcx::ps256, mcx::ps384, mcx::ps512, mcx::eddsa, mcx::ed25519, mcx::ed448) {
    mcx::test::counted_random random;
    CHECK(allocations_of_verifying<A, credulous>(random) == 0);
}

TEST_CASE_TEMPLATE("verifying a MAC takes nothing by itself", A, mcx::hs256, mcx::hs384,
                   mcx::hs512) {
    mcx::test::counted_random none{.left = 0};
    CHECK(allocations_of_verifying<A, toy>(none) == 0);
}

TEST_CASE_TEMPLATE("verifying by libsodium takes nothing", A, mcx::eddsa, mcx::ed25519, mcx::hs256,
                   mcx::hs512) {
    mcx::test::counted_random none{.left = 0};
    CHECK(allocations_of_verifying<A, sodium>(none) == 0);
}

TEST_CASE_TEMPLATE("verifying by Botan takes what Botan takes", A, mcx::es256, mcx::es384,
                   mcx::es512, mcx::es256k, mcx::rs256, mcx::rs384, mcx::rs512, mcx::ps256,
                   mcx::ps384, mcx::ps512, mcx::eddsa, mcx::ed25519, mcx::hs256, mcx::hs384,
                   mcx::hs512) {
    botan::random random;
    MESSAGE(A::name << " by Botan: " << allocations_of_verifying<A, botan>(random));
}

#ifdef BOTAN_HAS_ML_DSA
TEST_CASE_TEMPLATE("verifying by Botan 3 takes what Botan takes", A, mcx::ed448, mcx::ml_dsa_44,
                   mcx::ml_dsa_65, mcx::ml_dsa_87) {
    botan::random random;
    MESSAGE(A::name << " by Botan: " << allocations_of_verifying<A, botan>(random));
}
#endif

TEST_CASE_TEMPLATE("checking a proof of possession takes nothing, though its key is new", B,
                   credulous, sodium) {
    using set = algorithm_set<mcx::eddsa>;
    auto const want = mcx::test::proof_expected();
    mcx::grant::dpop_claims claims;
    claims.jti = "one";
    claims.htm = want.method;
    claims.htu = want.target;
    claims.iat = mcx::test::now;
    claims.ath = certain(mcx::sha256_thumbprint::from(mcx::test::rfc9449_ath));
    auto const key = mcx::test::example_signing_key<mcx::eddsa, B>();
    mcx::test::counted_random random;
    std::string const proof = certain(mcx::grant::make_proof(claims, key, random));
    std::string const refused = proof + "A";
    CHECK(heap_use_of([&] {
              CHECK(mcx::grant::check_token_proof<B, set>(proof, mcx::test::rfc9449_token, want,
                                                          mcx::test::clock_at(0)));
              CHECK(!mcx::grant::check_proof<B, set>(refused, want, mcx::test::clock_at(0)));
          }).allocations == 0);
}

TEST_CASE("refusing a token takes nothing") {
    auto const keys = mcx::test::rfc_keys<credulous>();
    mcx::workspace<credulous> work;
    std::string const good = mcx::test::rfc_token<mcx::es256>();
    std::string const refused[]{"x", "a..b", std::string(good).replace(0, 4, "AAAA"),
                                base64url_text(R"({"alg":"none"})") + ".e30.AA"};
    for (std::string_view const text : refused) {
        CHECK(heap_use_of([&] {
                  auto const token = jws::parse(text, 8192);
                  CHECK(!(token && jws::verify<mcx::signature_algorithms>(*token, keys, work)));
              }).allocations == 0);
    }
}
