// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/idm/identity.hpp>

#include "support/check.hpp"

#include <string>
#include <string_view>
#include <type_traits>

using mcx::errc;
namespace idm = mcx::idm;

namespace {

template <class Id>
bool keeps_to_its_bounds() {
    return Id::from("sip:alice@example").has_value() && Id::from("x").has_value() &&
           Id::from(std::string(255, 'x')).has_value() &&
           Id::from(std::string(256, 'x')).error() == errc::value_too_long &&
           Id::from("").error() == errc::value_empty &&
           Id::from("a\n").error() == errc::value_character &&
           Id::from(std::string_view{"a\0", 2}).error() == errc::value_character;
}

template <class Left, class Right>
concept Comparable = requires(Left const& l, Right const& r) { l == r; };

}  // namespace

TEST_CASE("an MC service ID has 1 to 255 octets and no control characters") {
    CHECK(keeps_to_its_bounds<idm::mcptt_id>());
    CHECK(keeps_to_its_bounds<idm::mcvideo_id>());
    CHECK(keeps_to_its_bounds<idm::mcdata_id>());
    CHECK(keeps_to_its_bounds<idm::mcrec_id>());
}

TEST_CASE("the identities of different services are never taken for one another") {
    CHECK_BOTH(!std::is_convertible_v<idm::mcptt_id, idm::mcvideo_id>);
    CHECK_BOTH(!std::is_constructible_v<idm::mcdata_id, idm::mcptt_id>);
    CHECK_BOTH(!std::is_constructible_v<idm::mcptt_id, mcx::subject>);
    CHECK_BOTH(Comparable<idm::mcptt_id, idm::mcptt_id>);
    CHECK_BOTH(!Comparable<idm::mcptt_id, idm::mcvideo_id>);
    CHECK_BOTH(!Comparable<idm::mcvideo_id, idm::mcdata_id>);
}

TEST_CASE("a user has an identity for each service, or none") {
    idm::identities ids;
    CHECK(ids == idm::identities{});
    ids.mcvideo = *idm::mcvideo_id::from("sip:alice@example");
    CHECK_FALSE(ids == idm::identities{});
    idm::identities others;
    others.mcdata = *idm::mcdata_id::from("sip:alice@example");
    CHECK_FALSE(ids == others);
}

TEST_CASE("the identity of a service is its own, and the recorder's is nobody else's") {
    idm::identities ids;
    ids.mcptt = *idm::mcptt_id::from("a");
    ids.mcvideo = *idm::mcvideo_id::from("b");
    ids.mcdata = *idm::mcdata_id::from("c");
    CHECK(idm::id_of<idm::mcptt_id>(ids)->view() == "a");
    CHECK(idm::id_of<idm::mcvideo_id>(ids)->view() == "b");
    CHECK(idm::id_of<idm::mcdata_id>(ids)->view() == "c");
    CHECK_FALSE(idm::id_of<idm::mcrec_id>(ids));
    ids.mcrec = *idm::mcrec_id::from("d");
    CHECK(idm::id_of<idm::mcrec_id>(ids)->view() == "d");
}

TEST_CASE("the address of a server is an absolute URI of at most 255 octets") {
    CHECK_BOTH(idm::idms_address::from("https://idms.example").has_value());
    CHECK_BOTH(idm::idms_address::from("urn:example:idms").has_value());
    CHECK_BOTH(idm::idms_address::from("idms.example").error() == errc::uri_not_absolute);
    CHECK_BOTH(idm::idms_address::from("https://idms.example#x").error() == errc::uri_fragment);
    CHECK_BOTH(idm::idms_address::from("https://idms.example/a b").error() == errc::uri_syntax);
    std::string const longest = "https://" + std::string(247, 'x');
    CHECK(idm::idms_address::from(longest).has_value());
    CHECK(idm::idms_address::from(longest + "x").error() == errc::value_too_long);
}
