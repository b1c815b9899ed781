// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/idm/scopes.hpp>

#include "support/check.hpp"

#include <concepts>
#include <optional>
#include <string_view>
#include <type_traits>

namespace idm = mcx::idm;
using idm::service;

namespace {

constexpr idm::identities all_but(service s) {
    idm::identities ids;
    if (s != service::mcptt) {
        ids.mcptt = *idm::mcptt_id::from("a");
    }
    if (s != service::mcvideo) {
        ids.mcvideo = *idm::mcvideo_id::from("b");
    }
    if (s != service::mcdata) {
        ids.mcdata = *idm::mcdata_id::from("c");
    }
    return ids;
}

/// The operation is done for this kind of identity, and its scope belongs to this service.
template <class Id, class Operation>
constexpr bool is_for(Operation const& o, std::string_view scope, service s) {
    return std::same_as<Operation, idm::operation<Id>> && o.needs.view() == scope &&
           idm::service_of(o.needs.view()) == s;
}

}  // namespace

TEST_CASE("the scopes are spelt as in table B.4.2.2-1") {
    namespace scopes = idm::scopes;
    CHECK_BOTH(scopes::ptt_service.view() == "3gpp:mc:ptt_service");
    CHECK_BOTH(scopes::ptt_key_management_service.view() == "3gpp:mc:ptt_key_management_service");
    CHECK_BOTH(scopes::ptt_config_management_service.view() ==
               "3gpp:mc:ptt_config_management_service");
    CHECK_BOTH(scopes::ptt_group_management_service.view() ==
               "3gpp:mc:ptt_group_management_service");
    CHECK_BOTH(scopes::video_service.view() == "3gpp:mc:video_service");
    CHECK_BOTH(scopes::video_key_management_service.view() ==
               "3gpp:mc:video_key_management_service");
    CHECK_BOTH(scopes::video_config_management_service.view() ==
               "3gpp:mc:video_config_management_service");
    CHECK_BOTH(scopes::video_group_management_service.view() ==
               "3gpp:mc:video_group_management_service");
    CHECK_BOTH(scopes::data_service.view() == "3gpp:mc:data_service");
    CHECK_BOTH(scopes::data_key_management_service.view() == "3gpp:mc:data_key_management_service");
    CHECK_BOTH(scopes::data_config_management_service.view() ==
               "3gpp:mc:data_config_management_service");
    CHECK_BOTH(scopes::data_group_management_service.view() ==
               "3gpp:mc:data_group_management_service");
    CHECK_BOTH(scopes::location_management_service.view() == "3gpp:mc:location_management_service");
}

TEST_CASE("a scope belongs to a service by its name, those of Release 13 to MCPTT") {
    CHECK_BOTH(idm::service_of("3gpp:mc:ptt_service") == service::mcptt);
    CHECK_BOTH(idm::service_of("3gpp:mc:ptt_anything_new") == service::mcptt);
    CHECK_BOTH(idm::service_of("3gpp:mcptt:ptt_server") == service::mcptt);
    CHECK_BOTH(idm::service_of("3gpp:mcptt:key_management_server") == service::mcptt);
    CHECK_BOTH(idm::service_of("3gpp:mc:video_service") == service::mcvideo);
    CHECK_BOTH(idm::service_of("3gpp:mc:data_group_management_service") == service::mcdata);
}

TEST_CASE("a scope that belongs to no single service, or is not known, belongs to none") {
    for (std::string_view const scope :
         {"", "openid", "3gpp:mc:location_management_service", "3gpp:mc:ptt", "3gpp:mc:PTT_service",
          "3gpp:mc:videos", "mc:ptt_service", " 3gpp:mc:ptt_service", "3gpp:mcptt",
          "3gpp:mc:", "3gpp:mcvideo:service"}) {
        CHECK_MESSAGE(!idm::service_of(scope).has_value(), scope);
    }
    CHECK_BOTH(!idm::service_of("openid"));
}

TEST_CASE("a service wants its own identity and no other") {
    for (service const s : {service::mcptt, service::mcvideo, service::mcdata}) {
        CHECK_FALSE(idm::has_identity(all_but(s), s));
        CHECK_FALSE(idm::has_identity({}, s));
        for (service const other : {service::mcptt, service::mcvideo, service::mcdata}) {
            CHECK(idm::has_identity(all_but(s), other) == (s != other));
        }
    }
    CHECK_BOTH(idm::has_identity(all_but(service::mcdata), service::mcptt));
    CHECK_BOTH(!idm::has_identity(all_but(service::mcdata), static_cast<service>(9)));
    CHECK_BOTH(!idm::has_identity(all_but(service::mcptt), service::mcptt));
}

TEST_CASE("an operation says which scope it takes and for which identity it is done") {
    namespace ops = idm::operations;
    using idm::mcdata_id, idm::mcptt_id, idm::mcvideo_id;
    CHECK_BOTH(is_for<mcptt_id>(ops::ptt, "3gpp:mc:ptt_service", service::mcptt));
    CHECK_BOTH(is_for<mcptt_id>(ops::ptt_key_management, "3gpp:mc:ptt_key_management_service",
                                service::mcptt));
    CHECK_BOTH(is_for<mcptt_id>(ops::ptt_config_management, "3gpp:mc:ptt_config_management_service",
                                service::mcptt));
    CHECK_BOTH(is_for<mcptt_id>(ops::ptt_group_management, "3gpp:mc:ptt_group_management_service",
                                service::mcptt));
    CHECK_BOTH(is_for<mcvideo_id>(ops::video, "3gpp:mc:video_service", service::mcvideo));
    CHECK_BOTH(is_for<mcvideo_id>(ops::video_key_management, "3gpp:mc:video_key_management_service",
                                  service::mcvideo));
    CHECK_BOTH(is_for<mcvideo_id>(ops::video_config_management,
                                  "3gpp:mc:video_config_management_service", service::mcvideo));
    CHECK_BOTH(is_for<mcvideo_id>(ops::video_group_management,
                                  "3gpp:mc:video_group_management_service", service::mcvideo));
    CHECK_BOTH(is_for<mcdata_id>(ops::data, "3gpp:mc:data_service", service::mcdata));
    CHECK_BOTH(is_for<mcdata_id>(ops::data_key_management, "3gpp:mc:data_key_management_service",
                                 service::mcdata));
    CHECK_BOTH(is_for<mcdata_id>(ops::data_config_management,
                                 "3gpp:mc:data_config_management_service", service::mcdata));
    CHECK_BOTH(is_for<mcdata_id>(ops::data_group_management,
                                 "3gpp:mc:data_group_management_service", service::mcdata));
}

TEST_CASE("scopes are known by their names of every release, and the set is open") {
    using namespace idm::scopes;
    for (auto const& known : {ptt_service, data_key_management_service, location_management_service,
                              release_13::ptt_server, release_13::config_management_server}) {
        CHECK(idm::is_known_scope(known.view()));
    }
    for (std::string_view const other : {"", "openid", "3gpp:mc:ptt_servic", "3gpp:mc:new"}) {
        CHECK_FALSE(idm::is_known_scope(other));
    }
    CHECK_BOTH(idm::names_known_scope("openid 3gpp:mcptt:ptt_server"));
    CHECK_BOTH(!idm::names_known_scope("openid 3gpp:mc:new"));
    CHECK_BOTH(!idm::names_known_scope({}));
    CHECK_BOTH(mcx::oauth::scope("openid 3gpp:mc:new").contains("3gpp:mc:new"));
}

TEST_CASE("a scope of Release 13 grants what its successor does, and nothing besides") {
    using namespace idm::scopes;
    constexpr mcx::oauth::scope old{"3gpp:mcptt:ptt_server 3gpp:mcptt:group_management_server"};
    CHECK_BOTH(idm::grants(old, ptt_service));
    CHECK_BOTH(idm::grants(old, ptt_group_management_service));
    CHECK_BOTH(!idm::grants(old, ptt_key_management_service));
    CHECK_BOTH(!idm::grants(old, video_service));
    CHECK_BOTH(!idm::grants(old, location_management_service));
    CHECK_BOTH(idm::grants("3gpp:mc:video_service", video_service));
    CHECK_BOTH(idm::grants("x", "x"));
    // A newer name does not grant an older one: nobody asks for those any more.
    CHECK_BOTH(!idm::grants("3gpp:mc:ptt_service", release_13::ptt_server));
}

TEST_CASE("what two scopes have in common is in the order of the one that asks") {
    CHECK_BOTH(idm::common("c a b", "b c d").view() == "c b");
    CHECK_BOTH(idm::common("a", "b").empty());
    CHECK_BOTH(idm::common({}, "b").empty());
}

TEST_CASE("only MC service IDs are identities that an operation is done for") {
    CHECK_BOTH(idm::ServiceId<idm::mcptt_id>);
    CHECK_BOTH(idm::ServiceId<idm::mcvideo_id>);
    CHECK_BOTH(idm::ServiceId<idm::mcdata_id>);
    CHECK_BOTH(!idm::ServiceId<mcx::subject>);
    CHECK_BOTH(!idm::ServiceId<idm::idms_address>);
}
