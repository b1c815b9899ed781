// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// needs: both
#include "support/rows.hpp"

// OpenSSL itself: key, context and digest are made once.

#ifndef MCX_BENCH_OPENSSL

namespace {
[[maybe_unused]] bool const absent = mcx::bench::add_peer("openssl", "absent");
}

#else

#include <mcx/backend/botan.hpp>

#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>

#include <array>
#include <memory>
#include <string>
#include <vector>

#include "peers/keys.hpp"
#include "support/signed.hpp"

namespace {

namespace bench = mcx::bench;
using octets = std::vector<unsigned char>;

template <auto Free>
struct freed {
    void operator()(auto* object) const { Free(object); }
};
using key = std::unique_ptr<EVP_PKEY, freed<EVP_PKEY_free>>;
using key_context = std::unique_ptr<EVP_PKEY_CTX, freed<EVP_PKEY_CTX_free>>;
using digest = std::unique_ptr<EVP_MD, freed<EVP_MD_free>>;
using digest_context = std::unique_ptr<EVP_MD_CTX, freed<EVP_MD_CTX_free>>;

unsigned char const* c_octets(std::string const& text) {
    return mcx::as_c_octets(mcx::as_bytes(text));
}

key read_key(std::string const& pem) {
    BIO* const memory = BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size()));
    key made{PEM_read_bio_PUBKEY(memory, nullptr, nullptr, nullptr)};
    BIO_free(memory);
    return made;
}

// The signature of the token of algorithm A, as JWS has it.
template <class A>
octets signature_of() {
    mcx::test::counted_random random;
    auto const signer = bench::key_of<A, mcx::botan>();
    std::string const message = bench::signing_input(A::name);
    mcx::fixed_bytes<mcx::signing_key<A, mcx::botan>::max_size> out{};
    auto const size = signer.sign(mcx::as_bytes(message), random, out);
    mcx::contract(size.has_value());
    return {mcx::as_c_octets(out), mcx::as_c_octets(out) + *size};
}

// r and s as OpenSSL reads them.
octets der_of(octets const& raw) {
    ECDSA_SIG* const s = ECDSA_SIG_new();
    ECDSA_SIG_set0(s, BN_bin2bn(raw.data(), 32, nullptr), BN_bin2bn(raw.data() + 32, 32, nullptr));
    octets made(static_cast<std::size_t>(i2d_ECDSA_SIG(s, nullptr)));
    unsigned char* to = made.data();
    i2d_ECDSA_SIG(s, &to);
    ECDSA_SIG_free(s);
    return made;
}

// SHA-256, then the key: what a prepared context can do over and over.
template <class A>
void verify_raw(bench::row const& row) {
    constexpr bool is_rsa = A::name == "RS256";
    key const open = read_key(bench::pem_of(A::name));
    key_context const context{EVP_PKEY_CTX_new(open.get(), nullptr)};
    digest const sha256{EVP_MD_fetch(nullptr, "SHA256", nullptr)};
    digest_context const hash{EVP_MD_CTX_new()};
    row.check(
        context && sha256 && hash && EVP_PKEY_verify_init(context.get()) == 1 &&
            (!is_rsa || EVP_PKEY_CTX_set_rsa_padding(context.get(), RSA_PKCS1_PADDING) == 1) &&
            EVP_PKEY_CTX_set_signature_md(context.get(), sha256.get()) == 1,
        "no context");
    std::string const message = bench::signing_input(A::name);
    octets const raw = signature_of<A>();
    octets const made = is_rsa ? raw : der_of(raw);
    octets wrong = made;
    wrong[10] ^= 1U;
    auto const verifies = [&](octets const& s) {
        std::array<unsigned char, 32> hashed{};
        return EVP_DigestInit_ex2(hash.get(), sha256.get(), nullptr) == 1 &&
               EVP_DigestUpdate(hash.get(), message.data(), message.size()) == 1 &&
               EVP_DigestFinal_ex(hash.get(), hashed.data(), nullptr) == 1 &&
               EVP_PKEY_verify(context.get(), s.data(), s.size(), hashed.data(), hashed.size()) ==
                   1;
    };
    row.check(verifies(made), "refused");
    row.check(!verifies(wrong), "a bad signature is accepted");
    row.time(message.size(), [&] { return verifies(made); });
}

void verify_raw_eddsa(bench::row const& row) {
    auto const& point = mcx::test::rfc_example<mcx::eddsa>::octets;
    key const open{EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, mcx::as_c_octets(point),
                                               point.size())};
    digest_context const context{EVP_MD_CTX_new()};
    row.check(open && context, "no context");
    std::string const message = bench::signing_input("EdDSA");
    octets const made = signature_of<mcx::eddsa>();
    octets wrong = made;
    wrong[10] ^= 1U;
    auto const verifies = [&](octets const& s) {
        return EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, open.get()) == 1 &&
               EVP_DigestVerify(context.get(), s.data(), s.size(), c_octets(message),
                                message.size()) == 1;
    };
    row.check(verifies(made), "refused");
    row.check(!verifies(wrong), "a bad signature is accepted");
    row.time(message.size(), [&] { return verifies(made); });
}

[[maybe_unused]] bool const rows[]{
    bench::add_peer("openssl", MCX_BENCH_OPENSSL),
    bench::add_row("verify_raw/ES256/openssl", verify_raw<mcx::es256>),
    bench::add_row("verify_raw/RS256/openssl", verify_raw<mcx::rs256>),
    bench::add_row("verify_raw/EdDSA/openssl", verify_raw_eddsa),
};

}  // namespace

#endif
