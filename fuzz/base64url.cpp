// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/codec/base64url.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

// The input, once as text and once as octets. What is decoded encodes to the very text, what is
// refused is refused for the character that is named, the twins for secrets agree, and what is
// encoded decodes to the very octets.

namespace {

namespace base64url = mcx::base64url;
using mcx::contract;
using mcx::errc;
using mcx::error;

constexpr std::string_view alphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

void check_text_of(mcx::byte_view octets, std::string_view expected) {
    std::string text(base64url::encoded_size(octets.size()), '*');
    contract(base64url::encode(octets, text) == text.size() && text == expected);
    text.assign(text.size(), '*');
    contract(base64url::encode_secret(octets, text) == text.size() && text == expected);
}

void check_refusal(std::string_view text, error e) {
    bool const bad = e.offset < text.size() && alphabet.find(text[e.offset]) == alphabet.npos;
    switch (e.code) {
        case errc::base64_padding:
            contract(bad && text[e.offset] == '=');
            break;
        case errc::base64_character:
            contract(bad && text[e.offset] != '=');
            break;
        case errc::base64_length:
            contract(text.size() % 4 == 1 && e.offset == text.size() - 1);
            break;
        default:
            contract(e.code == errc::base64_spare_bits && e.offset == text.size() - 1);
            contract(text.find_first_not_of(alphabet) == text.npos);
    }
    contract(text.find_first_not_of(alphabet) >= e.offset || e.code == errc::base64_length);
}

void decode(std::string_view text) {
    std::vector<std::byte> octets(base64url::max_decoded_size(text.size()));
    std::vector<std::byte> secret_octets(octets.size());
    auto const size = base64url::decode(text, octets);
    auto const secret_size = base64url::decode_secret(text, secret_octets);
    contract(size.has_value() == secret_size.has_value());
    if (!size) {
        check_refusal(text, size.error());
        bool const character = size.error().code == errc::base64_padding ||
                               size.error().code == errc::base64_character;
        contract(secret_size.error() == (character ? error{errc::base64_character} : size.error()));
        return;
    }
    contract(*size == octets.size() && *secret_size == *size && octets == secret_octets);
    check_text_of(octets, text);
    if (!octets.empty()) {
        auto const too_small = mcx::byte_span{octets}.first(octets.size() - 1);
        contract(base64url::decode(text, too_small).error() == errc::buffer_too_small);
        contract(base64url::decode_secret(text, too_small).error() == errc::buffer_too_small);
    }
}

void encode(mcx::byte_view octets) {
    std::string text(base64url::encoded_size(octets.size()), '*');
    base64url::encode(octets, text);
    std::vector<std::byte> again(octets.size());
    contract(base64url::decode(text, again).value_or(octets.size() + 1) == octets.size());
    contract(mcx::as_text(again) == mcx::as_text(octets));
    check_text_of(octets, text);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    mcx::byte_view const octets = std::as_bytes(std::span{data, size});
    decode(mcx::as_text(octets));
    encode(octets);
    return 0;
}
