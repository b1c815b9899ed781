// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/codec/uri.hpp>

#include "support/check.hpp"

#include <string>
#include <string_view>
#include <utility>

using mcx::errc;
using mcx::error;
using mcx::https_uri;
using mcx::split_uri;
using mcx::uri;

namespace {

constexpr bool is_uri(std::string_view text) {
    auto const made = uri::from(text);
    return made && made->view() == text && split_uri(text).has_value();
}

/// Why a text is refused; `from` and `split_uri` agree on that.
constexpr error refusal(std::string_view text) {
    error const refused = split_uri(text).error();
    return uri::from(text).error() == error{refused.code} ? refused : error{};
}

constexpr error syntax(std::uint32_t offset) {
    return {errc::uri_syntax, 0, offset};
}

constexpr bool splits(std::string_view text, mcx::uri_parts const& expected) {
    auto const parts = split_uri(text);
    return parts && parts->scheme == expected.scheme && parts->authority == expected.authority &&
           parts->host == expected.host && parts->port == expected.port &&
           parts->path == expected.path && parts->query == expected.query;
}

constexpr bool has_host(std::string_view text, std::string_view host) {
    auto const parts = split_uri(text);
    return parts && parts->host == host;
}

constexpr bool are_equal(std::string_view a, std::string_view b) {
    auto const first = uri::from(a);
    auto const second = uri::from(b);
    return first && second && *first == *second;
}

constexpr errc https_refusal(std::string_view text) {
    return https_uri::from(text).error().code;
}

}  // namespace

template <class T>
concept Splittable = requires(T&& text) { split_uri(std::forward<T>(text)); };

static_assert(Splittable<std::string&> && Splittable<std::string_view>);
static_assert(!Splittable<std::string>, "the parts would be gone");
static_assert(mcx::TextLike<uri> && mcx::TextLike<https_uri> && uri::max_size == 512);

TEST_CASE("uri splits as the examples of RFC 3986 section 1.1.2 are to be split") {
    CHECK_BOTH(splits("ftp://ftp.is.co.za/rfc/rfc1808.txt",
                      {"ftp", "ftp.is.co.za", "ftp.is.co.za", "", "/rfc/rfc1808.txt", ""}));
    CHECK_BOTH(splits("ldap://[2001:db8::7]/c=GB?objectClass?one",
                      {"ldap", "[2001:db8::7]", "[2001:db8::7]", "", "/c=GB", "objectClass?one"}));
    CHECK_BOTH(
        splits("mailto:John.Doe@example.com", {"mailto", "", "", "", "John.Doe@example.com", ""}));
    CHECK_BOTH(splits("tel:+1-816-555-1212", {"tel", "", "", "", "+1-816-555-1212", ""}));
    CHECK_BOTH(splits("telnet://192.0.2.16:80/",
                      {"telnet", "192.0.2.16:80", "192.0.2.16", "80", "/", ""}));
    CHECK_BOTH(splits("urn:oasis:names:specification:docbook:dtd:xml:4.1.2",
                      {"urn", "", "", "", "oasis:names:specification:docbook:dtd:xml:4.1.2", ""}));
}

TEST_CASE("uri splits what token endpoints and MC services are called") {
    CHECK_BOTH(splits(
        "https://user:pw@idms.example:8443/token?a=b/c?d",
        {"https", "user:pw@idms.example:8443", "idms.example", "8443", "/token", "a=b/c?d"}));
    CHECK_BOTH(
        splits("https://idms.example?x", {"https", "idms.example", "idms.example", "", "", "x"}));
    CHECK_BOTH(splits("sip:alice@example.org", {"sip", "", "", "", "alice@example.org", ""}));
    CHECK_BOTH(splits("file:///etc", {"file", "", "", "", "/etc", ""}));
    CHECK_BOTH(splits("a:", {"a", "", "", "", "", ""}));
    CHECK_BOTH(splits("https://h:/", {"https", "h:", "h", "", "/", ""}));
}

TEST_CASE("uri keeps the octets that were written and compares them") {
    CHECK_BOTH(uri{"HTTP://Example.COM/%7Ea"}.view() == "HTTP://Example.COM/%7Ea");
    CHECK_BOTH(!are_equal("http://example.com/%7ea", "http://example.com/%7Ea"));
    CHECK_BOTH(!are_equal("http://example.com", "http://example.com/"));
    CHECK_BOTH(are_equal("a:b", "a:b"));
    CHECK_BOTH(uri{}.empty());
}

TEST_CASE("uri takes every character that a path and a query may hold") {
    CHECK_BOTH(is_uri("a:azAZ09-._~!$&'()*+,;=:@/%00%fF?azAZ09-._~!$&'()*+,;=:@/?%C3"));
    CHECK_BOTH(is_uri("a+b-c.1:x"));
}

TEST_CASE("uri refuses each other character wherever it stands") {
    constexpr std::string_view allowed = "-._~!$&'()*+,;=:@/?#%";
    std::size_t wrong = 0;
    for (int c = 0; c < 256; ++c) {
        char const octet = static_cast<char>(c);
        bool const letter = (octet >= 'a' && octet <= 'z') || (octet >= 'A' && octet <= 'Z');
        bool const digit = octet >= '0' && octet <= '9';
        if (letter || digit || allowed.find(octet) != allowed.npos) {
            continue;
        }
        for (std::string const before : {"a:", "a://h", "a://u", "a:p", "a:?q", "a://h:1"}) {
            std::string const text = before + octet + "z@h";
            std::uint32_t const at =
                before == "a://u" ? 5U : static_cast<std::uint32_t>(before.size());
            wrong += refusal(text) == syntax(at) ? 0U : 1U;
        }
    }
    CHECK(wrong == 0);
}

TEST_CASE("uri refuses a percent sign that begins no triplet") {
    CHECK_BOTH(refusal("a:b%") == syntax(3));
    CHECK_BOTH(refusal("a:b%2") == syntax(3));
    CHECK_BOTH(refusal("a:b%2G") == syntax(3));
    CHECK_BOTH(refusal("a:b?%G2") == syntax(4));
    CHECK_BOTH(refusal("a://%2@h") == syntax(4));
}

TEST_CASE("uri refuses what is relative") {
    CHECK_BOTH(refusal("") == error{errc::uri_not_absolute});
    CHECK_BOTH(refusal("//example.com/a") == error{errc::uri_not_absolute});
    CHECK_BOTH(refusal("/a:b") == error{errc::uri_not_absolute});
    CHECK_BOTH(refusal("a/b:c") == error{errc::uri_not_absolute});
    CHECK_BOTH(refusal("?a:b") == error{errc::uri_not_absolute});
    CHECK_BOTH(refusal("example") == error{errc::uri_not_absolute});
    CHECK_BOTH(refusal("#a:b") == error{errc::uri_not_absolute});
}

TEST_CASE("uri refuses a scheme that is none") {
    CHECK_BOTH(refusal(":a") == syntax(0));
    CHECK_BOTH(refusal("1a:b") == syntax(0));
    CHECK_BOTH(refusal("a_b:c") == syntax(1));
    CHECK_BOTH(refusal(" https://a") == syntax(0));
}

TEST_CASE("uri refuses fragments, empty ones too") {
    CHECK_BOTH(refusal("a:b#c") == error{errc::uri_fragment, 0, 3});
    CHECK_BOTH(refusal("a:b?c#") == error{errc::uri_fragment, 0, 5});
    CHECK_BOTH(refusal("https://h#") == error{errc::uri_fragment, 0, 9});
}

TEST_CASE("uri takes IPv6 addresses in each form that the grammar has") {
    CHECK_BOTH(has_host("a://[1:2:3:4:5:6:7:8]", "[1:2:3:4:5:6:7:8]"));
    CHECK_BOTH(has_host("a://[1:2:3:4:5:6:1.2.3.4]", "[1:2:3:4:5:6:1.2.3.4]"));
    CHECK_BOTH(has_host("a://[::]:1/", "[::]"));
    CHECK_BOTH(has_host("a://[::1]", "[::1]"));
    CHECK_BOTH(has_host("a://[1::]", "[1::]"));
    CHECK_BOTH(has_host("a://[1::8]", "[1::8]"));
    CHECK_BOTH(has_host("a://[::2:3:4:5:6:7:8]", "[::2:3:4:5:6:7:8]"));
    CHECK_BOTH(has_host("a://[1:2:3:4:5:6:7::]", "[1:2:3:4:5:6:7::]"));
    CHECK_BOTH(has_host("a://[::ffff:255.255.255.255]", "[::ffff:255.255.255.255]"));
    CHECK_BOTH(has_host("a://[::1.2.3.4]", "[::1.2.3.4]"));
    CHECK_BOTH(has_host("a://u@[ABCD:ef01::]:", "[ABCD:ef01::]"));
    CHECK_BOTH(has_host("a://[v1.a:~!]", "[v1.a:~!]"));
    CHECK_BOTH(has_host("a://[VfF.:]", "[VfF.:]"));
}

TEST_CASE("uri refuses brackets around anything else") {
    for (std::string const inside : {"",
                                     ":",
                                     ":::",
                                     "1",
                                     "1:2:3:4:5:6:7",
                                     "1:2:3:4:5:6:7:8:9",
                                     ":1:2:3:4:5:6:7:8",
                                     "1:2:3:4:5:6:7:",
                                     "1::2::3",
                                     "1:::2",
                                     "12345::",
                                     "g::",
                                     "1:2:3:4:5:6:7:1.2.3.4",
                                     "::1.2.3",
                                     "::1.2.3.4.5",
                                     "::1.2.3.256",
                                     "::01.2.3.4",
                                     "::1.2.3.4:5",
                                     "::1..3.4",
                                     "::1.2.3.x",
                                     "1.2.3.4",
                                     "1:2:3:4:5:6:7:8::",
                                     "::1:2:3:4:5:6:7:8",
                                     "v",
                                     "v.",
                                     "v1",
                                     "v1.",
                                     "v.a",
                                     "vg.a",
                                     "v1.a/b",
                                     "v1.[",
                                     "::%31",
                                     "::1 "}) {
        CHECK_MESSAGE(refusal("a://[" + inside + "]") == syntax(4), inside);
    }
    CHECK_BOTH(refusal("a://[::1") == syntax(4));
    CHECK_BOTH(refusal("a://[::1]x") == syntax(9));
    CHECK_BOTH(refusal("a://[::1]@h") == syntax(9));
    CHECK_BOTH(refusal("a://h[::1]") == syntax(5));
    CHECK_BOTH(refusal("a:b[") == syntax(3));
}

TEST_CASE("uri refuses a malformed authority") {
    CHECK_BOTH(refusal("a://h:1x/") == syntax(7));
    CHECK_BOTH(refusal("a://h:-1/") == syntax(6));
    CHECK_BOTH(refusal("a://h:1:2/") == syntax(7));
    CHECK_BOTH(refusal("a://u@v@h/") == syntax(7));
    CHECK_BOTH(refusal("a://h\\b") == syntax(5));
}

TEST_CASE("uri refuses a triplet in a host, and a user or port without a host") {
    CHECK_BOTH(refusal("a://h%41/") == syntax(5));
    CHECK_BOTH(refusal("a://u@%41") == syntax(6));
    CHECK_BOTH(refusal("a://u@/") == syntax(6));
    CHECK_BOTH(refusal("a://@") == syntax(5));
    CHECK_BOTH(refusal("a://:80/") == syntax(4));
    CHECK_BOTH(is_uri("a:///") && is_uri("a://"));
}

TEST_CASE("uri wants a host with http and https") {
    CHECK_BOTH(refusal("http:/x") == syntax(5));
    CHECK_BOTH(refusal("https:x") == syntax(6));
    CHECK_BOTH(refusal("https:///x") == syntax(8));
    CHECK_BOTH(refusal("HTTPS://?") == syntax(8));
    CHECK_BOTH(is_uri("httpx:/x"));
}

TEST_CASE("uri refuses hosts of http that some take for a number") {
    for (std::string const host : {"1", "0x7f000001", "0x", "127.1", "1.2.3.4.5", "01.2.3.4",
                                   "1.2.3.256", "1.2.3.4.", "a.0x1F", "a.1", "a.1.", ".", ".."}) {
        CHECK_MESSAGE(refusal("http://" + host).code == errc::uri_syntax, host);
        CHECK_MESSAGE(is_uri("x://" + host), host);
    }
    for (std::string const host : {"1.2.3.4", "255.255.255.255", "0.0.0.0", "1a", "a.1a", "a.0xg",
                                   "x0x1", "a.b.", "localhost", "1.a", "0y"}) {
        CHECK_MESSAGE(is_uri("http://" + host), host);
    }
}

TEST_CASE("uri refuses ports of http that no host has") {
    CHECK_BOTH(is_uri("https://h:65535/"));
    CHECK_BOTH(is_uri("https://h:000000443/"));
    CHECK_BOTH(refusal("https://h:65536/") == syntax(15));
    CHECK_BOTH(refusal("https://h:99999999999999999999/") == syntax(30));
    CHECK_BOTH(is_uri("x://h:65536/"));
}

TEST_CASE("uri holds 512 octets and not one more") {
    std::string text = "https://h/";
    text.resize(512, 'x');
    CHECK(is_uri(text));
    text += 'x';
    CHECK(uri::from(text).error() == errc::value_too_long);
    CHECK(https_uri::from(text).error() == errc::value_too_long);
    CHECK(split_uri(text).has_value());
}

TEST_CASE("uri reads the scheme in any case") {
    CHECK_BOTH(split_uri("hTTpS://h")->is_https());
    CHECK_BOTH(!split_uri("http://h")->is_https());
    CHECK_BOTH(!split_uri("https1:x")->is_https());
    CHECK_BOTH(!split_uri("http\x2Bs:x")->is_https());
    CHECK_BOTH(split_uri("SIP:x")->has_scheme("sip"));
    CHECK_BOTH(!split_uri("sips:x")->has_scheme("sip"));
}

TEST_CASE("https_uri takes https alone, with a host and without a user") {
    CHECK_BOTH(https_uri{"https://idms.example/token"}.view() == "https://idms.example/token");
    CHECK_BOTH(https_refusal("HTTPS://[::1]:1?q") == errc::none);
    CHECK_BOTH(https_refusal("http://h/") == errc::uri_scheme);
    CHECK_BOTH(https_refusal("urn:h") == errc::uri_scheme);
    CHECK_BOTH(https_refusal("https://u@h/") == errc::uri_scheme);
    CHECK_BOTH(https_refusal("https://@h/") == errc::uri_scheme);
    CHECK_BOTH(https_refusal("https://h/@") == errc::none);
    CHECK_BOTH(https_refusal("https:///") == errc::uri_syntax);
    CHECK_BOTH(https_refusal("https://h/#") == errc::uri_fragment);
    CHECK_BOTH(https_refusal("//h/") == errc::uri_not_absolute);
}
