// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/codec/form.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

// The input is a body. What the reader gives can be decoded, unless it has a NUL; decoded, encoded
// and read again it is the same; and a refusal says where, and says it again.

namespace {

namespace form = mcx::form;
using mcx::contract;
using mcx::errc;
using mcx::error;

using parameters = std::vector<std::pair<std::string, std::string>>;

bool lies_in(std::string_view part, std::string_view whole) {
    return part.empty() || (part.data() >= whole.data() &&
                            part.data() + part.size() <= whole.data() + whole.size());
}

/// What a raw part decodes to, in a buffer of exactly its size; none where there is a NUL in it.
std::optional<std::string> decode(std::string_view raw) {
    std::string room(raw.size(), '*');
    auto const size = form::decode(raw, room);
    if (!size) {
        contract(size.error().code == errc::form_character && size.error().offset < raw.size());
        contract(raw[size.error().offset] == '\0' || raw.substr(size.error().offset, 3) == "%00");
        return std::nullopt;
    }
    std::string text = room.substr(0, *size);
    contract(form::decode(raw, std::span{room}.first(*size)).has_value());
    if (*size > 0) {
        auto const too_small = std::span{room}.first(*size - 1);
        contract(form::decode(raw, too_small).error() == errc::buffer_too_small);
    }
    contract(form::equals(raw, text) && !form::equals(raw, text + 'x'));
    contract(mcx::utf8::check(text) && text.find('\0') == text.npos);
    return text;
}

/// The parameters of a body that have no NUL; all that the reader gives are as it promises.
parameters read(std::string_view body) {
    parameters all;
    form::reader reader{body};
    std::size_t count = 0;
    for (;;) {
        auto const next = reader.next();
        if (!next) {
            error const e = next.error();
            contract(e.offset < body.size() && reader.next().error() == e);
            contract(e.code != errc::form_percent || body[e.offset] == '%');
            contract((e.code == errc::form_parameters) == (count == 32));
            return all;
        }
        if (!*next) {
            contract(count <= 32 && !reader.next().value().has_value());
            return all;
        }
        ++count;
        form::pair const& p = **next;
        contract(lies_in(p.raw_name, body) && lies_in(p.raw_value, body));
        contract(body.substr(p.offset, p.raw_name.size()) == p.raw_name);
        auto name = decode(p.raw_name);
        auto value = decode(p.raw_value);
        if (name && value) {
            all.emplace_back(std::move(*name), std::move(*value));
        }
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    auto const all = read(mcx::as_text(std::as_bytes(std::span{data, size})));
    std::string body;
    for (auto const& [name, value] : all) {
        form::append(body, name, value);
    }
    contract(read(body) == all);
    return 0;
}
