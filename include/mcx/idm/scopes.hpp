// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_IDM_SCOPES_HPP
#define MCX_IDM_SCOPES_HPP

#include <mcx/idm/identity.hpp>
#include <mcx/oauth/scope.hpp>

#include <concepts>
#include <cstdint>
#include <optional>
#include <string_view>

// The scopes of MC services. The set is open: scopes that are not named here are carried like
// others. [TS 33.180 table B.4.2.2-1]

namespace mcx::idm {

/// The names of the scopes.
namespace scopes {

inline constexpr oauth::scope_token ptt_service{"3gpp:mc:ptt_service"};
inline constexpr oauth::scope_token ptt_key_management_service{
    "3gpp:mc:ptt_key_management_service"};
inline constexpr oauth::scope_token ptt_config_management_service{
    "3gpp:mc:ptt_config_management_service"};
inline constexpr oauth::scope_token ptt_group_management_service{
    "3gpp:mc:ptt_group_management_service"};
inline constexpr oauth::scope_token video_service{"3gpp:mc:video_service"};
inline constexpr oauth::scope_token video_key_management_service{
    "3gpp:mc:video_key_management_service"};
inline constexpr oauth::scope_token video_config_management_service{
    "3gpp:mc:video_config_management_service"};
inline constexpr oauth::scope_token video_group_management_service{
    "3gpp:mc:video_group_management_service"};
inline constexpr oauth::scope_token data_service{"3gpp:mc:data_service"};
inline constexpr oauth::scope_token data_key_management_service{
    "3gpp:mc:data_key_management_service"};
inline constexpr oauth::scope_token data_config_management_service{
    "3gpp:mc:data_config_management_service"};
inline constexpr oauth::scope_token data_group_management_service{
    "3gpp:mc:data_group_management_service"};
inline constexpr oauth::scope_token location_management_service{
    "3gpp:mc:location_management_service"};

}  // namespace scopes

/// The MC services that have identities of their own.
enum class service : std::uint8_t { mcptt, mcvideo, mcdata };

/// The service to which a scope belongs, by its name, names of Release 13 included; none where the
/// scope belongs to no single service or is not known.
[[nodiscard]] constexpr std::optional<service> service_of(std::string_view scope) noexcept {
    if (scope.starts_with("3gpp:mc:ptt_") || scope.starts_with("3gpp:mcptt:")) {
        return service::mcptt;
    }
    if (scope.starts_with("3gpp:mc:video_")) {
        return service::mcvideo;
    }
    if (scope.starts_with("3gpp:mc:data_")) {
        return service::mcdata;
    }
    return std::nullopt;
}

/// Tells whether the identities hold the one that a service requires in its tokens.
/// [TS 33.180 table B.2.2.3-1]
[[nodiscard]] constexpr bool has_identity(identities const& ids, service s) noexcept {
    switch (s) {
        case service::mcptt:
            return ids.mcptt.has_value();
        case service::mcvideo:
            return ids.mcvideo.has_value();
        case service::mcdata:
            return ids.mcdata.has_value();
    }
    return false;
}

/// An MC service ID of one of the services.
template <class Id>
concept ServiceId =
    std::same_as<Id, mcptt_id> || std::same_as<Id, mcvideo_id> || std::same_as<Id, mcdata_id>;

/// Something a server does for its users: the scope it takes, and which of the user's identities it
/// is done for.
template <ServiceId Id>
struct operation {
    oauth::scope_token needs;
};

/// The operations of the MC services and their management, each with the identity it is done for.
namespace operations {

inline constexpr operation<mcptt_id> ptt{scopes::ptt_service};
inline constexpr operation<mcptt_id> ptt_key_management{scopes::ptt_key_management_service};
inline constexpr operation<mcptt_id> ptt_config_management{scopes::ptt_config_management_service};
inline constexpr operation<mcptt_id> ptt_group_management{scopes::ptt_group_management_service};
inline constexpr operation<mcvideo_id> video{scopes::video_service};
inline constexpr operation<mcvideo_id> video_key_management{scopes::video_key_management_service};
inline constexpr operation<mcvideo_id> video_config_management{
    scopes::video_config_management_service};
inline constexpr operation<mcvideo_id> video_group_management{
    scopes::video_group_management_service};
inline constexpr operation<mcdata_id> data{scopes::data_service};
inline constexpr operation<mcdata_id> data_key_management{scopes::data_key_management_service};
inline constexpr operation<mcdata_id> data_config_management{
    scopes::data_config_management_service};
inline constexpr operation<mcdata_id> data_group_management{scopes::data_group_management_service};

}  // namespace operations

}  // namespace mcx::idm

#endif
