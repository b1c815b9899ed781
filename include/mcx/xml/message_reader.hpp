// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_XML_MESSAGE_READER_HPP
#define MCX_XML_MESSAGE_READER_HPP

#include <mcx/core/result.hpp>
#include <mcx/kms/date_time.hpp>
#include <mcx/kms/element.hpp>
#include <mcx/kms/request.hpp>
#include <mcx/kms/response.hpp>
#include <mcx/kms/xsd.hpp>
#include <mcx/xml/content.hpp>
#include <mcx/xml/element.hpp>
#include <mcx/xml/kms_reader.hpp>
#include <mcx/xml/sequence.hpp>

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

// Reads KmsRequest and KmsResponse. [TS 33.180 D.2.2, D.3.1, D.3.5] TrK-ID and Signature-ID are
// taken where the published schema ends, after everything else. A SignedKmsCertificate within a
// message is read as the certificate in it; whether its own signature was looked at is said by what
// is returned, `kms::received::inner`.

namespace mcx::xml {

/// The most key sets, certificates or new keys that a response may bring.
inline constexpr std::size_t max_items = 256;

result<kms::received<kms::request>> read_request(content const& c);
result<kms::received<kms::response>> read_response(content const& c);

}  // namespace mcx::xml

namespace mcx::detail {

/// Makes messages that were received, for those alone who have read them from that content.
class received_maker {
    template <class M>
    [[nodiscard]] static kms::received<M> make(M message, xml::content const& from) {
        return {std::move(message), from.signed_by(), from.inner()};
    }
    friend result<kms::received<kms::request>> xml::read_request(xml::content const&);
    friend result<kms::received<kms::response>> xml::read_response(xml::content const&);
};

using message_name = kms::message_element;

/// Reads an integer with a sign. Fails: field_value.
[[nodiscard]] constexpr result<std::int64_t> read_signed(std::string_view text) noexcept {
    text = kms::xsd::trim(text);
    constexpr auto max = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
    bool const negative = text.starts_with('-');
    if (negative && (text.size() == 1 || text[1] < '0' || text[1] > '9')) {
        return errc::field_value;  // one sign is enough
    }
    return kms::xsd::integer(negative ? text.substr(1) : text, negative ? max + 1 : max)
        .transform([negative](std::uint64_t value) {
            return static_cast<std::int64_t>(negative ? 0 - value : value);
        });
}

/// Takes a list of elements of one name by a function that reads one. Fails: value_too_long (more
/// than `max_items`).
template <class T, class Read>
[[nodiscard]] result<void> take_all(xml::sequence& from, message_name named, std::vector<T>& to,
                                    Read const& read) {
    for (;;) {
        auto const e = from.take(named);
        if (!e || !*e) {
            return e ? result<void>{} : e.error();
        }
        if (to.size() == xml::max_items) {
            return e->fails(errc::value_too_long, static_cast<std::uint16_t>(named));
        }
        auto made = read(*e);
        if (!made) {
            return made.error();
        }
        to.push_back(*std::move(made));
    }
}

[[nodiscard]] inline result<void> take_error(xml::sequence& from, message_name named,
                                             std::optional<kms::error_report>& to) {
    auto const e = from.take(named);
    if (!e || !*e) {
        return e ? result<void>{} : e.error();
    }
    auto parts = xml::sequence::of(*e);
    if (!parts) {
        return parts.error();
    }
    kms::error_report made;
    result<void> const read = take_value(*parts, message_name::error_code, made.code, read_signed)
                                  .and_then([&] {
                                      return take_value(*parts, message_name::error_msg,
                                                        made.message, kms::error_text::from);
                                  })
                                  .and_then([&] { return parts->finish(); });
    if (read) {
        to = made;
    }
    return read;
}

[[nodiscard]] inline result<void> take_new_keys(xml::sequence& from, kms::new_keys& to) {
    auto const read = [](message_name named) {
        return [named](xml::element const& e) -> result<kms::wrapped_key> {
            auto const where = static_cast<std::uint16_t>(named);
            return has_type(e, "EncKeyContentType") ? xml::read_wrapped_key(e, where)
                                                    : e.fails(errc::xml_type, where);
        };
    };
    constexpr auto transport = message_name::new_transport_key;
    constexpr auto integrity = message_name::new_integrity_key;
    return take_all(from, transport, to.transport, read(transport)).and_then([&] {
        return take_all(from, integrity, to.integrity, read(integrity));
    });
}

/// Reads the certificate in a SignedKmsCertificate.
[[nodiscard]] inline result<kms::certificate> read_signed_certificate(xml::element const& e) {
    auto const inner = xml_sole_wrapped(e);
    return inner ? xml::read_certificate(inner) : e.fails(errc::xml_element, where_of(e));
}

[[nodiscard]] inline result<kms::kms_message> read_init(xml::element const& e) {
    auto children = xml::sequence::of(e);
    if (!children || !has_type(e, "KmsInitType", "KmsInitTkIkType")) {
        return children ? e.fails(errc::xml_type, where_of(e)) : children.error();
    }
    auto const wrapper = children->take(message_name::signed_kms_certificate);
    auto const bare =
        wrapper && !*wrapper ? children->require(message_name::kms_certificate) : wrapper;
    if (!bare) {
        return bare.error();
    }
    auto const own = *wrapper ? read_signed_certificate(*bare) : xml::read_certificate(*bare);
    if (!own) {
        return own.error();
    }
    kms::init made{*own, {}};
    result<void> const rest =
        take_new_keys(*children, made.keys).and_then([&] { return children->finish(); });
    return rest ? result<kms::kms_message>{std::move(made)} : rest.error();
}

[[nodiscard]] inline result<kms::kms_message> read_key_prov(xml::element const& e) {
    auto children = xml::sequence::of(e);
    if (!children || !has_type(e, "KmsKeyProvType", "KmsKeyProvTkIkType")) {
        return children ? e.fails(errc::xml_type, where_of(e)) : children.error();
    }
    kms::key_prov made;
    result<void> const read =
        take_all(*children, message_name::kms_key_set, made.sets, xml::read_key_set)
            .and_then([&] { return take_new_keys(*children, made.keys); })
            .and_then([&] { return children->finish(); });
    return read ? result<kms::kms_message>{std::move(made)} : read.error();
}

[[nodiscard]] inline result<kms::kms_message> read_cert_cache(xml::element const& e) {
    auto children = xml::sequence::of(e);
    if (!children) {
        return children.error();
    }
    kms::cert_cache made;
    if (auto const number = e.attribute("CacheNum")) {
        auto const value = kms::xsd::integer(*number, std::numeric_limits<std::uint64_t>::max());
        if (!value) {
            return e.fails(errc::field_value, static_cast<std::uint16_t>(message_name::cache_num));
        }
        made.number = *value;
    }
    result<void> const read = take_all(*children, message_name::signed_kms_certificate,
                                       made.certificates, read_signed_certificate)
                                  .and_then([&] {
                                      return take_all(*children, message_name::kms_certificate,
                                                      made.certificates, xml::read_certificate);
                                  })
                                  .and_then([&] { return children->finish(); });
    return read ? result<kms::kms_message>{std::move(made)} : read.error();
}

/// Reads the one message in a KmsMessage.
[[nodiscard]] inline result<kms::kms_message> read_message(xml::element const& holder) {
    auto children = xml::sequence::of(holder);
    if (!children) {
        return children.error();
    }
    std::optional<result<kms::kms_message>> made;
    using reader = result<kms::kms_message> (*)(xml::element const&);
    static constexpr std::pair<message_name, reader> kinds[]{
        {message_name::kms_init, read_init},
        {message_name::kms_key_prov, read_key_prov},
        {message_name::kms_cert_cache, read_cert_cache},
        {message_name::kms_lookup, [](xml::element const& e) {
             return xml_raw(e).transform(
                 [](std::string const& xml) { return kms::kms_message{kms::lookup{xml}}; });
         }}};
    for (auto const& [named, read] : kinds) {
        auto const e = children->take(named);
        if (!e) {
            return e.error();
        }
        if (*e) {
            made.emplace(read(*e));
            break;
        }
    }
    if (!made) {
        return holder.fails(errc::field_missing, where_of(holder));
    }
    if (!*made) {
        return *std::move(made);
    }
    auto const finished = children->finish();
    return finished ? *std::move(made) : result<kms::kms_message>{finished.error()};
}

[[nodiscard]] inline result<void> take_message(xml::sequence& from, kms::kms_message& to) {
    auto const holder = from.take(message_name::kms_message);
    if (!holder || !*holder) {
        return holder ? result<void>{} : holder.error();
    }
    auto made = read_message(*holder);
    if (!made) {
        return made.error();
    }
    to = *std::move(made);
    return {};
}

[[nodiscard]] inline result<void> take_raw(xml::sequence& from, message_name named,
                                           std::string& to) {
    auto const e = from.take(named);
    if (!e || !*e) {
        return e ? result<void>{} : e.error();
    }
    auto raw = xml_raw(*e);
    to = raw.value_or(std::string{});
    return raw ? result<void>{} : raw.error();
}

/// Takes what every message begins with: who asks whom, and when.
template <class Message>
[[nodiscard]] result<void> take_parties(xml::sequence& from, Message& to) {
    return take_value(from, message_name::user_name, to.user, trimmed<kms::user_uri>)
        .and_then([&] {
            return take_value(from, message_name::domain_uri, to.kms, trimmed<kms::kms_uri>);
        })
        .and_then(
            [&] { return take_value(from, message_name::time, to.time, kms::date_time::parse); });
}

/// Takes what every message ends with, the names of its keys, and nothing after them.
template <class Message>
[[nodiscard]] result<void> take_key_names(xml::sequence& from, Message& to) {
    return take_value(from, message_name::trk_id, to.trk_id, trimmed<kms::key_name>)
        .and_then([&] {
            return take_value(from, message_name::signature_id, to.signature_id,
                              trimmed<kms::key_name>);
        })
        .and_then([&] { return from.finish(); });
}

}  // namespace mcx::detail

namespace mcx::xml {

/// Reads a request. Fails, `where` being the element: xml_root, xml_element, xml_text, xml_comment,
/// field_missing, field_value. [TS 33.180 D.2.2]
[[nodiscard]] inline result<kms::received<kms::request>> read_request(content const& c) {
    using name = kms::message_element;
    if (!c.top().is(ns::kms, "KmsRequest")) {
        return c.top().fails(errc::xml_root);
    }
    auto children = sequence::of(c.top());
    if (!children) {
        return children.error();
    }
    kms::request r;
    auto const take = [&children](name named, auto& to, auto const& read) {
        return mcx::detail::take_value(*children, named, to, read);
    };
    result<void> const read =
        mcx::detail::take_parties(*children, r)
            .and_then([&] { return take(name::client_id, r.client, kms::client_name::from); })
            .and_then([&] { return take(name::device_id, r.device, kms::device_name::from); })
            .and_then([&] {
                return take(name::client_req_url, r.url, mcx::detail::trimmed<kms::request_url>);
            })
            .and_then([&] { return mcx::detail::take_raw(*children, name::krr_list, r.krr_list); })
            .and_then([&] {
                return mcx::detail::take_error(*children, name::client_error, r.client_error);
            })
            .and_then([&] { return mcx::detail::take_key_names(*children, r); });
    if (!read) {
        return read.error();
    }
    return mcx::detail::received_maker::make(std::move(r), c);
}

/// Reads a response. Fails, `where` being the element: xml_root, xml_element, xml_text,
/// xml_comment, xml_type, field_missing (neither message nor error among them), field_value,
/// value_too_long, and as `kms::certificate::from` and `kms::key_set::from`. [TS 33.180 D.3.1]
[[nodiscard]] inline result<kms::received<kms::response>> read_response(content const& c) {
    using name = kms::message_element;
    if (!c.top().is(ns::kms, "KmsResponse")) {
        return c.top().fails(errc::xml_root);
    }
    auto children = sequence::of(c.top());
    if (!children) {
        return children.error();
    }
    kms::response r;
    auto const take = [&children](name named, auto& to, auto const& read) {
        return mcx::detail::take_value(*children, named, to, read);
    };
    result<void> const read =
        mcx::detail::take_parties(*children, r)
            .and_then([&] { return take(name::kms_id, r.kms_id, kms::kms_name::from); })
            .and_then([&] {
                return take(name::client_req_url, r.url, mcx::detail::trimmed<kms::request_url>);
            })
            .and_then([&] { return mcx::detail::take_message(*children, r.message); })
            .and_then([&] { return mcx::detail::take_error(*children, name::kms_error, r.error); })
            .and_then([&] { return mcx::detail::take_key_names(*children, r); });
    if (!read) {
        return read.error();
    }
    if (r.message.index() == 0 && !r.error) {
        return c.top().fails(errc::field_missing, static_cast<std::uint16_t>(name::kms_message));
    }
    return mcx::detail::received_maker::make(std::move(r), c);
}

}  // namespace mcx::xml

#endif
