// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/xml/user_profile.hpp>

#include "support/check.hpp"

#include <string>
#include <string_view>

using mcx::errc;
using mcx::kms::element_of;
using mcx::xml::document;
using mcx::xml::read_user_profile;
namespace kms = mcx::kms;
namespace mc = mcx::mc;

namespace {

mcx::result<mc::user_profile> read(std::string_view inside) {
    auto const d = document::parse(
        std::string{"<mcptt-user-profile xmlns=\"urn:3gpp:mcptt:user-profile:1.0\">"}
            .append(inside)
            .append("</mcptt-user-profile>"));
    return d ? read_user_profile(*d) : d.error();
}

std::string group(std::string_view inside) {
    return std::string{"<OnNetwork><MCPTTGroupInfo><entry><GroupServerInfo>"}.append(inside).append(
        "</GroupServerInfo></entry></MCPTTGroupInfo></OnNetwork>");
}

}  // namespace

TEST_CASE("a group server is read in every way in which addresses are written") {
    auto const p = read(
        group("<GMS-Serv-Id><entry><uri-entry>sip:gms@b.example</uri-entry></entry></GMS-Serv-Id>"
              "<IDMS-token-endpoint><uri-entry>https://idms.b.example/token</uri-entry>"
              "</IDMS-token-endpoint><KMS-URI> kms.b.example </KMS-URI>"));
    CHECK((p && p->group_servers.size() == 1));
    if (!p || p->group_servers.empty()) {
        return;
    }
    CHECK(p->group_servers[0].management_server->view() == "sip:gms@b.example");
    CHECK(p->group_servers[0].token_endpoint->view() == "https://idms.b.example/token");
    CHECK(p->group_servers[0].kms->view() == "kms.b.example");
}

TEST_CASE("a group server may be named by its host") {
    auto const p = read(group(
        "<GMS-Serv-Id>gms.b.example</GMS-Serv-Id><IDMS-token-endpoint>"
        "https://idms.b.example/token</IDMS-token-endpoint><KMS-URI>kms.b.example</KMS-URI>"));
    CHECK((p && p->group_servers.size() == 1));
    if (!p || p->group_servers.empty()) {
        return;
    }
    CHECK(p->group_servers[0].whole()->gms.view() == "gms.b.example");
}

TEST_CASE("the KMSs of users to call are read, and the rest is passed over") {
    auto const p = read(
        "<Common><PrivateCall><PrivateCallList><PrivateCallKMSURI><uri-entry>kms.c.example"
        "</uri-entry></PrivateCallKMSURI></PrivateCallList></PrivateCall><x>y</x></Common>"
        "<PrivateCallKMSURI xmlns='urn:other'>z</PrivateCallKMSURI>" +
        group(""));
    CHECK(p);
    CHECK((p && p->private_call_kms.size() == 1 && p->group_servers.size() == 1));
    CHECK((p && p->private_call_kms[0].view() == "kms.c.example"));
    CHECK((p && p->group_servers[0] == mc::group_server{}));
}

TEST_CASE("addresses that are none, or there twice, are refused by name") {
    auto const refused = [](std::string_view inside) { return read(inside).error(); };
    CHECK(refused(group("<KMS-URI>a b</KMS-URI>")).code == errc::field_value);
    CHECK(refused(group("<IDMS-token-endpoint>http://a.example</IDMS-token-endpoint>")).code ==
          errc::field_value);
    CHECK(refused(group("<KMS-URI>a</KMS-URI><KMS-URI>b</KMS-URI>")).code == errc::xml_element);
    CHECK(refused(group("<KMS-URI>a<!-- -->b</KMS-URI>")).code == errc::xml_comment);
    CHECK(refused(group("<KMS-URI><x/></KMS-URI>")).code == errc::xml_element);
    CHECK(element_of(refused("<PrivateCallKMSURI/>")) == "PrivateCallKMSURI");
}

TEST_CASE("no more is read than there is room for, and of no other document") {
    std::string many;
    for (int i = 0; i < 257; ++i) {
        many += "<PrivateCallKMSURI>k</PrivateCallKMSURI>";
    }
    CHECK(read(many).error().code == errc::value_too_long);
    std::string servers;
    for (int i = 0; i < 256; ++i) {
        servers += group("");
    }
    CHECK(read(servers));
    CHECK(read(servers + group("")).error().code == errc::value_too_long);
    auto const d = document::parse("<a xmlns='urn:x'/>");
    CHECK((d && read_user_profile(*d).error().code == errc::xml_root));
}
