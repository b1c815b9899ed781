// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/codec/pem.hpp>

#include "support/check.hpp"
#include "support/hex_octets.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

using mcx::byte_view;
using mcx::errc;
using mcx::error;
namespace pem = mcx::pem;

namespace {

/// Octets 0, 1, 2, …, 49 as OpenSSL writes them: one full line and a short one.
constexpr std::string_view two_lines =
    "-----BEGIN X Y-----\n"
    "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8gISIjJCUmJygpKissLS4v\n"
    "MDE=\n"
    "-----END X Y-----\n";

constexpr std::size_t body_at = sizeof "-----BEGIN X Y-----\n" - 1;

constexpr bool counts(std::string_view text) {
    std::array<std::byte, 50> out{};
    auto const size = pem::decode(text, "X Y", out);
    for (std::size_t i = 0; size && i < *size; ++i) {
        if (out[i] != static_cast<std::byte>(i)) {
            return false;
        }
    }
    return size && *size == 50;
}

/// How a text is refused, after a look that its twin for secrets says the same.
error refusal(std::string_view text, std::string_view label = "X Y") {
    std::array<std::byte, 64> out{};
    auto const size = pem::decode(text, label, out);
    auto const secret = pem::decode_secret<64>(text, label);
    error expected = size.error();
    if (expected.code == errc::base64_character || expected.code == errc::base64_padding) {
        expected = errc::base64_character;
    } else if (expected.code == errc::buffer_too_small) {
        expected = errc::value_too_long;
    }
    CHECK(secret.error() == expected);
    if (size && secret) {
        CHECK(mcx::constant_time_equal(secret->reveal(), byte_view{out}.first(*size)));
    }
    return size.error();
}

std::string replaced(std::string_view from, std::string_view to) {
    std::string made{two_lines};
    for (auto at = made.find(from); at != std::string::npos; at = made.find(from, at + to.size())) {
        made.replace(at, from.size(), to);
    }
    return made;
}

std::string block(std::string_view body) {
    return "-----BEGIN X Y-----\n" + std::string(body) + "-----END X Y-----\n";
}

error body_refusal(std::string_view body) {
    return refusal(block(body));
}

}  // namespace

TEST_CASE("a block is read, and written, as generators write it") {
    CHECK_BOTH(counts(two_lines));
    std::array<std::byte, 50> octets{};
    for (std::size_t i = 0; i < octets.size(); ++i) {
        octets[i] = static_cast<std::byte>(i);
    }
    CHECK(pem::text_of(octets, "X Y") == two_lines);
    auto const secret = pem::secret_text_of<200>(octets, "X Y");
    CHECK((secret && mcx::as_text(secret->reveal()) == two_lines));
    CHECK(pem::secret_text_of<two_lines.size()>(octets, "X Y").has_value());
    CHECK(pem::secret_text_of<two_lines.size() - 1>(octets, "X Y").error() == errc::value_too_long);
    CHECK(refusal(two_lines).code == errc::none);
}

TEST_CASE("lines end with LF or with CR LF, and the last one may lack its end") {
    CHECK(counts(replaced("\n", "\r\n")));
    CHECK(counts(two_lines.substr(0, two_lines.size() - 1)));
    std::string const windows = replaced("\n", "\r\n");
    CHECK(counts(windows.substr(0, windows.size() - 2)));
    CHECK(refusal(windows).code == errc::none);
}

TEST_CASE("ends of lines are not mixed, and CR alone is none") {
    std::string mixed = replaced("\n", "\r\n");
    mixed.erase(mixed.find("MDE=") + 4, 1);
    CHECK(refusal(mixed).code == errc::pem_line);
    CHECK(refusal(replaced("v\n", "v\r\n")).code == errc::pem_line);
    CHECK(refusal(replaced("\n", "\r")).code == errc::pem_boundary);
    CHECK(refusal(replaced("-----\n", "-----\r\n")).code == errc::pem_line);
    std::string const text{two_lines.substr(0, two_lines.size() - 1)};
    CHECK(refusal(text + "\r\n").code == errc::pem_boundary);
}

TEST_CASE("a text is one block with the label that is asked for") {
    CHECK(refusal(two_lines, "X") == error{errc::pem_boundary});
    CHECK(refusal(two_lines, "Y") == error{errc::pem_boundary});
    CHECK(refusal(two_lines, "X Y ").code == errc::pem_boundary);
    CHECK(refusal(two_lines, "") == error{errc::pem_boundary});
    CHECK(refusal(replaced("END X Y", "END X Z")).code == errc::pem_boundary);
    CHECK(refusal(replaced("BEGIN", "begin")).code == errc::pem_boundary);
    CHECK(refusal(replaced("END X Y-----", "END X Y----")).code == errc::pem_boundary);
    CHECK(refusal("").code == errc::pem_boundary);
    CHECK(refusal("-----BEGIN X Y-----").code == errc::pem_boundary);
    CHECK(refusal("-----BEGIN X Y-----\n").code == errc::pem_boundary);
}

TEST_CASE("nothing precedes the block or follows it") {
    std::string const text{two_lines};
    CHECK(refusal("\n" + text).code == errc::pem_boundary);
    CHECK(refusal(" " + text).code == errc::pem_boundary);
    CHECK(refusal("\xEF\xBB\xBF" + text).code == errc::pem_boundary);
    CHECK(refusal("subject=CN\n" + text).code == errc::pem_boundary);
    CHECK(refusal(text + "\n").code == errc::pem_boundary);
    CHECK(refusal(text + " ").code == errc::pem_boundary);
    CHECK(refusal(text + std::string(1, '\0')).code == errc::pem_boundary);
    CHECK(refusal(text + "x\n").code == errc::pem_boundary);
    CHECK(refusal(text + text).code != errc::none);
}

TEST_CASE("headers within a block, as encrypted keys have them, are refused") {
    CHECK(body_refusal("Proc-Type: 4,ENCRYPTED\n\nAAAA\n").code != errc::none);
    CHECK(body_refusal("Proc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00\n\nAAAA\n").code !=
          errc::none);
}

TEST_CASE("all lines are full but the last, which is not empty") {
    std::string const full(64, 'A');
    CHECK(body_refusal("AAAA\n").code == errc::none);
    CHECK(body_refusal(full + "\n").code == errc::none);
    CHECK(body_refusal("") == error{errc::pem_line, 0, body_at});
    CHECK(body_refusal("\n") == error{errc::pem_line, 0, body_at});
    CHECK(body_refusal(full + "\n\n") == error{errc::pem_line, 0, body_at + 65});
    CHECK(body_refusal("\n" + full + "\n").code == errc::pem_line);
    CHECK(body_refusal("AAAA\nAAAA\n").code == errc::base64_length);
    CHECK(body_refusal("AAAA\nAAA\n").code == errc::base64_character);
    CHECK(body_refusal(full + "AAAA\n") == error{errc::pem_line, 0, body_at});
    CHECK(body_refusal(full.substr(4) + "\n" + full + "\n").code == errc::pem_line);
    CHECK(body_refusal("AAAA").code == errc::pem_line);
    CHECK(body_refusal(full).code == errc::pem_line);
}

TEST_CASE("digits are those of base64, not of base64url, and nothing else") {
    CHECK(body_refusal("A+/A\n").code == errc::none);
    for (int c = 0; c < 256; ++c) {
        std::string body = "AAAAA*AA\n";
        body[5] = static_cast<char>(c);
        bool const digit = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ||
                           (c >= 'a' && c <= 'z') || c == '+' || c == '/';
        errc const expected = digit      ? errc::none
                              : c == '=' ? errc::base64_padding
                                         : errc::base64_character;
        CHECK(body_refusal(body).code == expected);
    }
    std::string const second = std::string(64, 'A') + "\nAA-A\n";
    CHECK(body_refusal(second) == error{errc::base64_character, 0, body_at + 67});
}

TEST_CASE("padding is there where it is due, and spare bits are zero") {
    CHECK(body_refusal("AA==\n").code == errc::none);
    CHECK(body_refusal("AAA=\n").code == errc::none);
    CHECK(body_refusal("AA\n") == error{errc::base64_length, 0, body_at + 1});
    CHECK(body_refusal("AAA\n").code == errc::base64_length);
    CHECK(body_refusal("AA=\n").code == errc::base64_length);
    CHECK(body_refusal("A===\n") == error{errc::base64_padding, 0, body_at + 1});
    CHECK(body_refusal("====\n") == error{errc::base64_padding, 0, body_at});
    CHECK(body_refusal("AA=A\n") == error{errc::base64_padding, 0, body_at + 2});
    CHECK(body_refusal("AA==AAAA\n").code == errc::base64_padding);
    CHECK(body_refusal("AAAA====\n").code == errc::base64_padding);
    CHECK(body_refusal("AB==\n") == error{errc::base64_spare_bits, 0, body_at + 1});
    CHECK(body_refusal("AAB=\n") == error{errc::base64_spare_bits, 0, body_at + 2});
}

TEST_CASE("a text longer than any key's is refused, and a buffer that is too small") {
    std::vector<std::byte> const octets(13'000);
    CHECK(refusal(pem::text_of(octets, "X Y")) == error{errc::pem_too_long});
    std::vector<std::byte> const fit(65);
    CHECK(refusal(pem::text_of(fit, "X Y")) == error{errc::buffer_too_small});
}

TEST_CASE("octets of every number come back") {
    std::vector<std::byte> octets;
    for (std::size_t size = 1; size < 200; ++size) {
        octets.push_back(static_cast<std::byte>(size * 37));
        std::string const text = pem::text_of(octets, "KEY");
        CHECK(text.size() == pem::encoded_size("KEY", size));
        std::vector<std::byte> again(size);
        CHECK(pem::decode(text, "KEY", again).value_or(0U) == size);
        CHECK(again == octets);
        CHECK(pem::decode(text, "KEY", mcx::byte_span{again}.first(size - 1)).error() ==
              errc::buffer_too_small);
    }
}

TEST_CASE("no text with one octet changed or lost is taken for the same octets") {
    std::string const text{two_lines};
    for (std::size_t at = 0; at < text.size(); ++at) {
        bool const last = at + 1 == text.size();
        CHECK(counts(text.substr(0, at) + text.substr(at + 1)) == last);
        for (char const c : {'\0', '\n', '\r', ' ', '-', '=', 'A', 'B', '\x7F', '\xFF'}) {
            std::string changed = text;
            changed[at] = c;
            CHECK(counts(changed) == (changed == text));
        }
    }
}
