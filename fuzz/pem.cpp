// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/codec/pem.hpp>
#include <mcx/core/contract.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

// A block of one label. What is read is written as the same text but for the ends of its lines; its
// twin for secrets agrees.

namespace {

using mcx::contract;

constexpr std::string_view label = "PUBLIC KEY";

std::string with_plain_lines(std::string_view text) {
    std::string made;
    for (char const c : text) {
        if (c != '\r') {
            made += c;
        }
    }
    if (!made.ends_with('\n')) {
        made += '\n';
    }
    return made;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    auto const text = mcx::as_text(std::as_bytes(std::span{data, size}));
    std::array<std::byte, mcx::pem::max_size> out{};
    auto const read = mcx::pem::decode(text, label, out);
    auto const secret = mcx::pem::decode_secret<mcx::pem::max_size>(text, label);
    contract(read.has_value() == secret.has_value());
    if (!read) {
        contract(read.error().offset <= text.size());
        contract(read.error().code == secret.error().code ||
                 read.error().code == mcx::errc::base64_padding);
        return 0;
    }
    mcx::byte_view const octets = mcx::byte_view{out}.first(*read);
    contract(mcx::constant_time_equal(octets, secret->reveal()));
    contract(mcx::pem::text_of(octets, label) == with_plain_lines(text));
    return 0;
}
