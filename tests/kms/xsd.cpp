// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/kms/xsd.hpp>

#include "support/check.hpp"
#include "support/hex_octets.hpp"

#include <limits>

using mcx::errc;
using mcx::fixed_bytes;
namespace xsd = mcx::kms::xsd;

TEST_CASE("white space around a value does not belong to it") {
    CHECK_BOTH(xsd::trim("a") == "a");
    CHECK_BOTH(xsd::trim(" \t\r\n a b \n") == "a b");
    CHECK_BOTH(xsd::trim(" \t\r\n") == "");
    CHECK_BOTH(xsd::trim("") == "");
    CHECK_BOTH(xsd::trim("\v a\f") == "\v a\f");
}

TEST_CASE("a boolean is true, false, 1 or 0") {
    CHECK_BOTH(*xsd::boolean("true"));
    CHECK_BOTH(*xsd::boolean(" 1\n"));
    CHECK_BOTH(!*xsd::boolean("false"));
    CHECK_BOTH(!*xsd::boolean("0"));
    CHECK_BOTH(xsd::boolean("").error().code == errc::field_value);
    CHECK_BOTH(xsd::boolean("True").error().code == errc::field_value);
    CHECK_BOTH(xsd::boolean("yes").error().code == errc::field_value);
    CHECK_BOTH(xsd::boolean("01").error().code == errc::field_value);
}

TEST_CASE("an integer may have a sign and leading zeros") {
    CHECK_BOTH(*xsd::integer("0", 9) == 0);
    CHECK_BOTH(*xsd::integer("-0", 9) == 0);
    CHECK_BOTH(*xsd::integer("+7", 9) == 7);
    CHECK_BOTH(*xsd::integer("0000000000000000000000000000009", 9) == 9);
    CHECK_BOTH(*xsd::integer("\n2592000 ", 9'000'000) == 2'592'000);
}

TEST_CASE("an integer is in its range") {
    constexpr auto all = std::numeric_limits<std::uint64_t>::max();
    CHECK_BOTH(*xsd::integer("9", 9) == 9);
    CHECK_BOTH(xsd::integer("10", 9).error().code == errc::field_value);
    CHECK_BOTH(*xsd::integer("18446744073709551615", all) == all);
    CHECK_BOTH(xsd::integer("18446744073709551616", all).error().code == errc::field_value);
    CHECK_BOTH(xsd::integer("18446744073709551620", all).error().code == errc::field_value);
    CHECK_BOTH(xsd::integer("184467440737095516150", all).error().code == errc::field_value);
    CHECK_BOTH(xsd::integer("9999999999999999999999999999999999999999", all).error().code ==
               errc::field_value);
    CHECK_BOTH(xsd::integer("-1", all).error().code == errc::field_value);
    CHECK_BOTH(*xsd::integer("0", 0) == 0);
    CHECK_BOTH(xsd::integer("1", 0).error().code == errc::field_value);
}

TEST_CASE("what is no integer is refused") {
    CHECK_BOTH(xsd::integer("", 9).error().code == errc::field_value);
    CHECK_BOTH(xsd::integer(" ", 9).error().code == errc::field_value);
    CHECK_BOTH(xsd::integer("+", 9).error().code == errc::field_value);
    CHECK_BOTH(xsd::integer("-", 9).error().code == errc::field_value);
    CHECK_BOTH(xsd::integer("+-1", 9).error().code == errc::field_value);
    CHECK_BOTH(xsd::integer("1.5", 9).error().code == errc::field_value);
    CHECK_BOTH(xsd::integer("1 2", 99).error().code == errc::field_value);
    CHECK_BOTH(xsd::integer("0x1", 9).error().code == errc::field_value);
    CHECK_BOTH(xsd::integer("1:", 99).error().code == errc::field_value);
    CHECK_BOTH(xsd::integer("/", 99).error().code == errc::field_value);
}

TEST_CASE("hexBinary has exactly the octets that are due, in either case") {
    fixed_bytes<2> out{};
    CHECK(xsd::hex_binary("\n 0aFf\t", out).has_value());
    CHECK(out == mcx::test::hex_octets("0aff"));
    CHECK(xsd::hex_binary("0aF", out).error().code == errc::field_value);
    CHECK(xsd::hex_binary("0aF ", out).error().code == errc::field_value);
    CHECK(xsd::hex_binary("0aFf0", out).error().code == errc::field_value);
    CHECK(xsd::hex_binary("0aFf00", out).error().code == errc::field_value);
    CHECK(xsd::hex_binary("0a f", out).error().code == errc::field_value);
    CHECK(xsd::hex_binary("0a g", out).error().code == errc::field_value);
    CHECK(xsd::hex_binary("", out).error().code == errc::field_value);
    CHECK(xsd::hex_binary(" ", {}).has_value());
}

TEST_CASE("base64Binary has white space anywhere, whole groups, and no spare bits") {
    fixed_bytes<6> out{};
    auto const size = [&out](std::string_view text) { return xsd::base64_binary(text, out); };
    CHECK(size("AAEC/w==").value_or(9U) == 4);
    CHECK(out == mcx::test::hex_octets("000102ff0000"));
    CHECK(size(" A\nA\tE\rC +/+/ ").value_or(9U) == 6);
    CHECK(out == mcx::test::hex_octets("000102fbffbf"));
    CHECK(size("").value_or(9U) == 0);
    CHECK(size("AAE=").value_or(9U) == 2);
    for (std::string_view const text :
         {"A", "AA", "AAE", "AA=", "A===", "====", "AA==AA==", "AAE=A", "AAF=", "AB==", "=AAA",
          "A=AA", "AA=A", "AA-_", "AA\vAA", "AAECAAECAA==", "AAECAAECA"}) {
        CAPTURE(text);
        CHECK(size(text).error().code == errc::field_value);
    }
}
