// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/xml/kms_writer.hpp>
#include <mcx/xml/message_reader.hpp>
#include <mcx/xml/redirect.hpp>
#include <mcx/xml/user_profile.hpp>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <span>
#include <string>
#include <string_view>

// A document, read as everything that it could be. A message that is accepted has to be the same
// after it was written and read again, and written then with the same octets; a refusal has to
// blame the document, at a place that it has. Signatures are taken apart but not verified.

namespace {

namespace kms = mcx::kms;
namespace xml = mcx::xml;
using mcx::errc;
using mcx::error;

void require(bool property) {
    if (!property) {
        std::abort();
    }
}

void check_refusal(error e, std::string_view text) {
    require(e.code == errc::none || e.code == errc::value_too_long ||
            blame_of(e) == mcx::blame::peer);
    require(e.offset <= text.size());
    require(e.where == 0 || !kms::element_of(e).empty());
}

/// Writes a message and reads it by a function from content to a result.
template <class M, class Read>
void check_same(kms::received<M> const& got, Read const& read) {
    auto const text = xml::write(got.message());
    require(text.has_value());
    auto const d = xml::document::parse(*text);
    require(d.has_value());
    auto const again = read(*xml::content::unsigned_of(*d));
    require(again.has_value() && again->message() == got.message());
    require(xml::write(again->message()).value_or(std::string{}) == *text);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    auto const text = mcx::as_text(std::as_bytes(std::span{data, size}));
    auto const d = xml::document::parse(text);
    if (!d) {
        check_refusal(d.error(), text);
        return 0;
    }
    check_refusal(xml::read_user_profile(*d).error(), text);
    check_refusal(mcx::detail::check_ids(d->root()).error(), text);
    for (auto const method : {xml::algorithm_uri::hmac_sha256, xml::algorithm_uri::ecdsa_sha256}) {
        auto const parts = mcx::detail::signature_reader{method}.read(d->root());
        check_refusal(parts.error(), text);
        require(!parts || parts->key.has_value() || method != xml::algorithm_uri::hmac_sha256);
    }
    auto const content = xml::content::unverified_of(*d);
    if (!content) {
        check_refusal(content.error(), text);
        return 0;
    }
    auto const response = xml::read_response(*content);
    check_refusal(response.error(), text);
    if (response) {
        check_same(*response, xml::read_response);
    }
    auto const request = xml::read_request(*content);
    check_refusal(request.error(), text);
    if (request) {
        check_same(*request, xml::read_request);
    }
    auto const redirect = xml::read_redirect(*content);
    check_refusal(redirect.error(), text);
    if (redirect) {
        check_same(*redirect, xml::read_redirect);
        check_refusal(xml::krr_list_of(redirect->message()).error(), redirect->message().xml);
    }
    return 0;
}
