// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/mcx.hpp>

#ifdef WITH_SODIUM
#include <mcx/backend/sodium.hpp>
#endif
#ifdef WITH_BOTAN
#include <mcx/backend/botan.hpp>
#endif
#ifdef WITH_XML
#include <mcx/xml/kms_writer.hpp>
#include <mcx/xml/message_reader.hpp>
#endif

#include <cstdio>
#include <string_view>

// What a user's first program does, for every way of finding the library.

namespace {

template <class Backend>
bool hashes() {
    auto const digest = mcx::digest_of<mcx::hashing<Backend, mcx::sha256>>(mcx::as_bytes("abc"));
    return digest && (*digest)[0] == std::byte{0xba};  // [FIPS 180-4]: ba7816bf…
}

}  // namespace

int main() {
    bool right = mcx::instant{1}.plus(std::chrono::seconds{1}).seconds == 2;
#ifdef WITH_SODIUM
    std::puts("sodium");
    right = right && hashes<mcx::sodium>();
#endif
#ifdef WITH_BOTAN
    std::puts("botan");
    right = right && hashes<mcx::botan>();
#endif
#ifdef WITH_XML
    std::puts("xml");
    right = right && mcx::xml::document::parse("<a/>").has_value();
#endif
    return right ? 0 : 1;
}
