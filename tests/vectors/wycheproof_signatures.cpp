// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "support/vector_suite.hpp"

#include <mcx/backend/botan.hpp>
#include <mcx/backend/sodium.hpp>
#include <mcx/codec/base64url.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

// The cases of C2SP/wycheproof for signatures and MACs, put to every backend that provides the
// algorithm. What JOSE has no algorithm for, and what its algorithms exclude, has to be refused: a
// signature in DER, a salt of another length, MGF1 with another hash function, a shortened tag.

using mcx::botan;
using mcx::byte_view;
using mcx::errc;
using mcx::fixed_bytes;
using mcx::sodium;
using mcx::verdict;
using mcx::test::elements_in;
using mcx::test::json_members;
using mcx::test::members_in;
using mcx::test::octets_of_hex;
using mcx::test::string_in;
using mcx::test::tally;
using mcx::test::vector_file;
using mcx::test::written_in;

namespace {

using octets = std::vector<std::byte>;

/// What is put to the algorithms: one group of a file, the file's name and the running counts.
struct group {
    std::string_view file;
    json_members members;
    json_members key;
    std::vector<json_members> cases;
    tally* count;

    [[nodiscard]] std::string text(std::string_view name) const {
        auto const found = members.find(name);
        return found == members.end() ? std::string{} : string_in(found->second);
    }
    [[nodiscard]] std::string number(std::string_view name) const {
        auto const found = members.find(name);
        return found == members.end() ? std::string{} : found->second;
    }
};

octets hex_member(json_members const& members, std::string_view name) {
    auto const found = members.find(name);
    return found == members.end() ? octets{} : octets_of_hex(string_in(found->second));
}

/// The number without its leading zeros.
octets number_member(json_members const& members, std::string_view name) {
    auto made = hex_member(members, name);
    auto const first =
        std::find_if(made.begin(), made.end(), [](std::byte o) { return o != std::byte{0}; });
    made.erase(made.begin(), first);
    return made;
}

/// The number in this many octets.
octets padded(octets number, std::size_t size) {
    if (number.size() < size) {
        number.insert(number.begin(), size - number.size(), std::byte{0});
    }
    return number;
}

template <std::size_t N>
bool read(octets const& from, fixed_bytes<N>& to) {
    if (from.size() != N) {
        return false;
    }
    std::copy(from.begin(), from.end(), to.begin());
    return true;
}
bool read(octets const& from, mcx::rs256::signature& to) {
    return to.assign(from);
}

// Public keys.

template <mcx::EcdsaAlgorithm A>
auto key_of(json_members const& key) {
    constexpr std::size_t size = A::curve::size;
    return A::public_key::from(padded(number_member(key, "wx"), size),
                               padded(number_member(key, "wy"), size));
}
template <mcx::EddsaAlgorithm A>
auto key_of(json_members const& key) {
    return A::public_key::from(hex_member(key, "pk"));
}
template <mcx::RsaAlgorithm A>
auto key_of(json_members const& key) {
    bool const old = key.contains("n");
    std::uint64_t e = 0;
    for (std::byte const o : number_member(key, old ? "e" : "publicExponent")) {
        e = e << 8U | std::to_integer<std::uint64_t>(o);
    }
    return A::public_key::from(number_member(key, old ? "n" : "modulus"), e);
}

/// Compares what was found with what the case says; `refuses_all` where JOSE has no such thing.
void judge(group const& g, json_members const& test, errc found, bool refuses_all) {
    std::string const expected = string_in(test.at("result"));
    bool const good = found == errc::none;
    bool const known = good || mcx::stage_of(found) == mcx::stage::signature ||
                       mcx::stage_of(found) == mcx::stage::key;
    g.count->judge(
        known && (refuses_all ? !good : expected == "acceptable" || good == (expected == "valid")),
        {test.at("tcId")}, found);
}
errc code_of(verdict found) {
    return found == verdict::good  ? errc::none
           : found == verdict::bad ? errc::signature
                                   : errc::backend;
}

template <class A, class B>
void run_signatures(group const& g, bool refuses_all) {
    auto const numbers = key_of<A>(g.key);
    auto const key = numbers ? mcx::verifying_key<A, B>::from(*numbers) : numbers.error();
    if (!key) {
        for (json_members const& test : g.cases) {
            judge(g, test, key.error().code, refuses_all);
        }
        return;
    }
    mcx::workspace<B, mcx::algorithm_set<A>> work;
    for (json_members const& test : g.cases) {
        typename A::signature signature{};
        bool const fits = read(hex_member(test, "sig"), signature);
        verdict const found =
            fits ? key->verify(hex_member(test, "msg"), signature, work) : verdict::bad;
        judge(g, test, code_of(found), refuses_all);
    }
}

/// Puts a group to every backend that verifies the algorithm; one whose exponent is too small for
/// it, to its relaxation as well.
template <class A>
void with_each_backend(group const& g, bool refuses_all = false) {
    if constexpr (mcx::RsaAlgorithm<A> && mcx::HasOneName<A>) {
        if (key_of<A>(g.key).error().code == errc::rsa_exponent) {
            with_each_backend<mcx::rsa_from_exponent_3<A>>(g, refuses_all);
        }
    }
    if constexpr (mcx::Verifies<sodium, A>) {
        run_signatures<A, sodium>(g, refuses_all);
    }
    if constexpr (mcx::Verifies<botan, A>) {
        run_signatures<A, botan>(g, refuses_all);
    }
    if constexpr (!mcx::Verifies<sodium, A> && !mcx::Verifies<botan, A>) {
        g.count->skip(g.cases.size());
    }
}

template <class A, class B>
void run_macs(group const& g) {
    bool const shortened = g.number("tagSize") != std::to_string(8 * A::hash::size);
    for (json_members const& test : g.cases) {
        auto const secret = mcx::mac_secret<A>::from(hex_member(test, "key"));
        if (!secret) {
            judge(g, test, secret.error().code, shortened);
            continue;
        }
        auto const key = mcx::mac_key<A, B>::from(*secret);
        typename A::signature tag{};
        bool const fits = read(hex_member(test, "tag"), tag);
        CHECK(fits == !shortened);
        verdict const found =
            key && fits ? key->verify(hex_member(test, "msg"), tag) : verdict::bad;
        judge(g, test, code_of(found), shortened);
    }
}

template <class A>
void macs_with_each_backend(group const& g) {
    if constexpr (mcx::Authenticates<sodium, A>) {
        run_macs<A, sodium>(g);
    }
    if constexpr (mcx::Authenticates<botan, A>) {
        run_macs<A, botan>(g);
    }
}

// Which algorithm a group is for; what is for none is skipped.

void ecdsa_group(group const& g, bool der) {
    std::string const curve = string_in(g.key.at("curve"));
    std::string const hash = g.text("sha");
    auto const is = [&](std::string_view c, std::string_view h) { return curve == c && hash == h; };
    if (is("secp256r1", "SHA-256")) {
        with_each_backend<mcx::es256>(g, der);
    } else if (is("secp384r1", "SHA-384")) {
        with_each_backend<mcx::es384>(g, der);
    } else if (is("secp521r1", "SHA-512")) {
        with_each_backend<mcx::es512>(g, der);
    } else if (is("secp256k1", "SHA-256")) {
        with_each_backend<mcx::es256k>(g, der);
    } else {
        g.count->skip(g.cases.size());
    }
}

void eddsa_group(group const& g) {
    if (string_in(g.key.at("curve")) == "edwards25519") {
        with_each_backend<mcx::eddsa>(g);
        with_each_backend<mcx::ed25519>(g);
    } else {
        with_each_backend<mcx::ed448>(g);
    }
}

template <class A256, class A384, class A512>
void by_hash(group const& g, bool refuses_all) {
    std::string const hash = g.text("sha");
    if (hash == "SHA-256") {
        with_each_backend<A256>(g, refuses_all);
    } else if (hash == "SHA-384") {
        with_each_backend<A384>(g, refuses_all);
    } else if (hash == "SHA-512") {
        with_each_backend<A512>(g, refuses_all);
    } else {
        g.count->skip(g.cases.size());
    }
}

/// PSS as JOSE has it uses one hash function, and a salt as long as its digest.
void pss_group(group const& g) {
    std::string const hash = g.text("sha");
    std::size_t const bits = hash == "SHA-256" ? 256 : hash == "SHA-384" ? 384 : 512;
    bool const ours = g.text("mgf") == "MGF1" && g.text("mgfSha") == hash &&
                      g.number("sLen") == std::to_string(bits / 8);
    by_hash<mcx::ps256, mcx::ps384, mcx::ps512>(g, !ours);
}

void mac_group(group const& g) {
    if (g.file.starts_with("hmac_sha256")) {
        macs_with_each_backend<mcx::hs256>(g);
    } else if (g.file.starts_with("hmac_sha384")) {
        macs_with_each_backend<mcx::hs384>(g);
    } else {
        macs_with_each_backend<mcx::hs512>(g);
    }
}

/// Signs anew, where the group has the primes, and compares octet for octet.
template <class A>
void sign_again(group const& g, json_members const& jwk) {
    auto const part = [&jwk](std::string_view name) {
        std::string const text = string_in(jwk.at(std::string(name)));
        octets made(mcx::base64url::max_decoded_size(text.size()));
        made.resize(mcx::base64url::decode(text, made).value_or(0U));
        return made;
    };
    auto const numbers = key_of<A>(g.key);
    if (!numbers) {
        return;  // has been counted
    }
    auto p = mcx::secret<512>::copy_of(part("p"));
    auto q = mcx::secret<512>::copy_of(part("q"));
    if (!p || !q) {
        g.count->fail("private key", "has no primes");
        return;
    }
    auto const key =
        mcx::signing_key<A, botan>::from({*numbers, *std::move(p), *std::move(q)}, "k");
    CHECK(key.has_value());
    botan::random random;
    for (json_members const& test : g.cases) {
        fixed_bytes<1024> out{};
        auto const expected = hex_member(test, "sig");
        auto const size = key ? key->sign(hex_member(test, "msg"), random, out)
                              : mcx::result<std::size_t>{errc::backend};
        bool const same = size && std::equal(expected.begin(), expected.end(), out.begin(),
                                             out.begin() + static_cast<std::ptrdiff_t>(*size));
        judge(g, test, same ? errc::none : errc::signature, false);
    }
}

void generate_group(group const& g) {
    by_hash<mcx::rs256, mcx::rs384, mcx::rs512>(g, false);
    auto const found = g.members.find("privateKeyJwk");
    if (found == g.members.end()) {
        return;
    }
    json_members const jwk = members_in(found->second);
    std::string const hash = g.text("sha");
    if (hash == "SHA-256") {
        sign_again<mcx::rs256>(g, jwk);
    } else if (hash == "SHA-384") {
        sign_again<mcx::rs384>(g, jwk);
    } else if (hash == "SHA-512") {
        sign_again<mcx::rs512>(g, jwk);
    }
}

bool run_group(group const& g) {
    std::string const type = g.text("type");
    if (type == "EcdsaP1363Verify" || type == "EcdsaVerify") {
        ecdsa_group(g, type == "EcdsaVerify");
    } else if (type == "EddsaVerify") {
        eddsa_group(g);
    } else if (type == "RsassaPkcs1Verify") {
        by_hash<mcx::rs256, mcx::rs384, mcx::rs512>(g, false);
    } else if (type == "RsassaPkcs1Generate") {
        generate_group(g);
    } else if (type == "RsassaPssVerify" || type == "RsassaPssWithParametersVerify") {
        pss_group(g);
    } else if (type == "MacTest") {
        mac_group(g);
    } else {
        return false;
    }
    return true;
}

/// The key of a group: an object of its own, or members of the group.
json_members key_in(json_members const& members) {
    for (std::string_view const name : {"publicKey", "privateKey", "key"}) {
        auto const found = members.find(name);
        if (found != members.end() && found->second.starts_with('{')) {
            return members_in(found->second);
        }
    }
    return members;
}

bool run(vector_file const& file, tally& count) {
    bool known = file.members.contains("testGroups");
    for (std::string const& text : elements_in(written_in(file.members, "testGroups"))) {
        group g{file.name, members_in(text), {}, {}, &count};
        g.key = key_in(g.members);
        for (std::string const& test : elements_in(written_in(g.members, "tests"))) {
            g.cases.push_back(members_in(test));
        }
        known = known && run_group(g);
    }
    return known;
}

}  // namespace

TEST_CASE("every backend says of signatures and MACs what Wycheproof says") {
    mcx::test::run_folder("wycheproof", run, [](std::string_view name) {
        return !name.starts_with("json_web_");  // those are about whole tokens and keys
    });
}
