// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/codec/uri.hpp>

#include <mcx/core/bytes.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

// The input is a URI or it is not. The parts of one, put together again, are the very text, no part
// holds what would end it, and what is refused is refused at an offset within the text.

namespace {

using mcx::contract;
using mcx::errc;

bool has_none_of(std::string_view part, std::string_view characters) {
    return part.find_first_of(characters) == part.npos;
}

void check_parts(std::string_view text, mcx::uri_parts const& parts) {
    std::string_view const after = text.substr(parts.scheme.size());
    std::string again{parts.scheme};
    again += after.substr(0, 3) == "://" ? "://" : ":";
    again += parts.authority;
    again += parts.path;
    again += again.size() < text.size() ? "?" : "";
    again += parts.query;
    contract(again == text);
    contract(!parts.scheme.empty() && has_none_of(parts.scheme, ":/?#@%[]"));
    contract(has_none_of(parts.authority, "/?#"));
    contract(has_none_of(parts.host, "@%/?#"));
    contract(parts.host.substr(0, 1) == "[" || has_none_of(parts.host, ":[]"));
    contract(parts.port.find_first_not_of("0123456789") == parts.port.npos);
    contract(has_none_of(parts.path, "?#[]") && has_none_of(parts.query, "#[]"));
    contract(parts.authority.empty() || !parts.host.empty());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    std::string_view const text = mcx::as_text(std::as_bytes(std::span{data, size}));
    auto const parts = mcx::split_uri(text);
    auto const made = mcx::uri::from(text);
    auto const https = mcx::https_uri::from(text);
    contract(!https || made);
    if (size > mcx::uri::max_size) {
        contract(made.error() == errc::value_too_long);
    } else {
        contract(made.error().code == parts.error().code && (!made || made->view() == text));
        contract(https.has_value() ==
                 (parts && parts->is_https() && has_none_of(parts->authority, "@")));
    }
    if (parts) {
        check_parts(text, *parts);
    } else {
        contract(parts.error().offset <= text.size());
    }
    return 0;
}
