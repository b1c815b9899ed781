// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "sha256.hpp"

#include "check.hpp"
#include "hex_octets.hpp"

#include <vector>

using mcx::test::hex_octets;
using mcx::test::sha256;
using mcx::test::text_octets;

TEST_CASE("the reference SHA-256 gives the values that FIPS 180 publishes") {
    CHECK_BOTH(*mcx::digest_of<sha256>({}) ==
               hex_octets("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"));
    CHECK_BOTH(*mcx::digest_of<sha256>(text_octets("abc")) ==
               hex_octets("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
    CHECK_BOTH(*mcx::digest_of<sha256>(
                   text_octets("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")) ==
               hex_octets("248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"));
}

TEST_CASE("the reference SHA-256 takes its input in pieces") {
    std::vector<std::byte> const million(1'000'000, mcx::to_byte('a'));
    mcx::byte_view rest{million};
    sha256 digest;
    for (std::size_t piece = 0; !rest.empty(); piece = (piece + 7) % 200) {
        std::size_t const size = piece < rest.size() ? piece : rest.size();
        digest.update(rest.first(size));
        rest = rest.subspan(size);
    }
    CHECK(*digest.finish() ==
          hex_octets("cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"));
}
