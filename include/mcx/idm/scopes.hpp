// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_IDM_SCOPES_HPP
#define MCX_IDM_SCOPES_HPP

#include <mcx/idm/identity.hpp>
#include <mcx/oauth/scope.hpp>

#include <algorithm>
#include <cstdint>
#include <iterator>
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

/// The names of Release 13, which has MCPTT alone.
namespace release_13 {

inline constexpr oauth::scope_token ptt_server{"3gpp:mcptt:ptt_server"};
inline constexpr oauth::scope_token key_management_server{"3gpp:mcptt:key_management_server"};
inline constexpr oauth::scope_token config_management_server{"3gpp:mcptt:config_management_server"};
inline constexpr oauth::scope_token group_management_server{"3gpp:mcptt:group_management_server"};

}  // namespace release_13

}  // namespace scopes

namespace detail {

/// A scope, and how Release 13 spells it; empty where it does not.
struct scope_names {
    oauth::scope_token name;
    oauth::scope_token release_13;
};

inline constexpr scope_names known_scopes[] = {
    {scopes::ptt_service, scopes::release_13::ptt_server},
    {scopes::ptt_key_management_service, scopes::release_13::key_management_server},
    {scopes::ptt_config_management_service, scopes::release_13::config_management_server},
    {scopes::ptt_group_management_service, scopes::release_13::group_management_server},
    {scopes::video_service, {}},
    {scopes::video_key_management_service, {}},
    {scopes::video_config_management_service, {}},
    {scopes::video_group_management_service, {}},
    {scopes::data_service, {}},
    {scopes::data_key_management_service, {}},
    {scopes::data_config_management_service, {}},
    {scopes::data_group_management_service, {}},
    {scopes::location_management_service, {}},
};

}  // namespace detail

/// Tells whether a scope is one of those above, in whatever release's spelling.
[[nodiscard]] constexpr bool is_known_scope(std::string_view scope) noexcept {
    return !scope.empty() && std::any_of(std::begin(detail::known_scopes),
                                         std::end(detail::known_scopes), [&](auto const& known) {
                                             return known.name.view() == scope ||
                                                    known.release_13.view() == scope;
                                         });
}

/// Tells whether at least one scope is known: what a partner IdMS asks of a request.
/// [TS 33.180 B.7.4]
[[nodiscard]] constexpr bool names_known_scope(oauth::scope const& wanted) noexcept {
    return std::any_of(wanted.begin(), wanted.end(), is_known_scope);
}

/// Tells whether a scope is granted, by its name or by that of Release 13.
[[nodiscard]] constexpr bool grants(oauth::scope const& granted,
                                    oauth::scope_token const& needed) noexcept {
    return granted.contains(needed.view()) ||
           std::any_of(std::begin(detail::known_scopes), std::end(detail::known_scopes),
                       [&](auto const& known) {
                           return known.name == needed && !known.release_13.empty() &&
                                  granted.contains(known.release_13.view());
                       });
}

/// The tokens of a scope that are in another, in their order.
[[nodiscard]] constexpr oauth::scope common(oauth::scope const& wanted,
                                            oauth::scope const& permitted) noexcept {
    oauth::scope both;
    for (std::string_view const token : wanted) {
        if (permitted.contains(token)) {
            (void)both.add(*oauth::scope_token::from(token));
        }
    }
    return both;
}

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
