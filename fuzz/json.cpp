// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/codec/json_object.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

// The input as a JSON text. Steps go forward and stay within it, a failure is told again, no object
// has two names of one meaning, what is read and written again reads the same, what is skipped is
// the text of the value, and a struct that is read comes back from what it writes.

namespace {

namespace json = mcx::json;
using json::kind;
using mcx::contract;
using mcx::errc;
using mcx::error;

constexpr json::limits widest{json::limits::max_depth, json::limits::max_members};

struct pair {
    mcx::text<struct pair_tag, 16> name;
    std::optional<std::int64_t> number;
    mcx::list<mcx::instant, 4> times;
    std::optional<bool> flag;

    using fields =
        mcx::field_list<mcx::required<"name", &pair::name>, mcx::optional<"number", &pair::number>,
                        mcx::optional<"times", &pair::times>, mcx::optional<"flag", &pair::flag>,
                        mcx::prohibited<"not">>;
    friend bool operator==(pair const&, pair const&) = default;
};

constexpr json::object_errors codes{errc::claims_not_object, errc::claim_missing,
                                    errc::claim_prohibited, errc::claim_shape, errc::claim_value};

std::string meaning_of(json::event const& e) {
    std::string buffer(e.raw.size(), '\0');
    auto const meaning = json::meaning(e.token(), buffer);
    contract(meaning.has_value() && meaning->size() <= e.raw.size());
    return std::string{*meaning};
}

/// One step, written again.
void write(json::writer& w, json::event const& e, std::string const& meaning) {
    switch (e.kind) {
        case kind::object_begin:
            return w.begin_object();
        case kind::object_end:
            return w.end_object();
        case kind::array_begin:
            return w.begin_array();
        case kind::array_end:
            return w.end_array();
        case kind::name:
            return w.name(meaning);
        case kind::string:
            return w.string(meaning);
        case kind::boolean:
            return w.boolean(e.raw == "true");
        case kind::number: {
            auto const integer = json::to_integer(e.raw);
            return integer ? w.integer(*integer) : w.string(e.raw);
        }
        default:
            return w.boolean(false);  // no null is ever written
    }
}

/// Walks through a text, checks each step, and writes what it means.
error walk(std::string_view text, std::string& written) {
    json::reader reader{text, widest};
    std::string out(6 * text.size() + 64, '\0');
    json::writer w{out};
    std::vector<std::set<std::string>> names;
    std::uint32_t before = 0;
    for (;;) {
        auto const step = reader.next();
        if (!step) {
            contract(step.error().code != errc::none && step.error().offset <= text.size());
            contract(reader.next().error() == step.error());
            return step.error();
        }
        contract(step->offset >= before && step->offset + step->raw.size() <= text.size());
        before = step->offset;
        if (step->kind == kind::end) {
            contract(names.empty());
            out.resize(*w.finish());
            written = out;
            return {};
        }
        std::string const meaning =
            step->kind == kind::name || step->kind == kind::string ? meaning_of(*step) : "";
        if (step->kind == kind::object_begin || step->kind == kind::array_begin) {
            names.emplace_back();
            contract(names.size() <= widest.depth);
        } else if (step->kind == kind::object_end || step->kind == kind::array_end) {
            names.pop_back();
        } else if (step->kind == kind::name) {
            contract(names.back().insert(meaning).second);
        }
        write(w, *step, meaning);
    }
}

/// Skipping the whole value fails and succeeds as walking through it does.
void check_skip(std::string_view text, error walked) {
    json::reader reader{text, widest};
    auto const first = reader.next();
    if (!first) {
        contract(first.error() == walked);
        return;
    }
    auto const skipped = reader.skip(*first);
    if (!skipped) {
        contract(skipped.error() == walked);
        return;
    }
    contract(skipped->data() == text.data() + first->offset);
    contract(reader.next().error() == walked);
}

void check_struct(std::string_view text) {
    auto const read = json::parse_object<pair>(text, widest, codes);
    if (!read) {
        contract(read.error().offset <= text.size() && read.error().where <= pair::fields::size);
        return;
    }
    char written[512];
    json::writer w{written};
    json::write_object(w, *read);
    auto const again = json::parse_object<pair>({written, *w.finish()}, {}, codes);
    contract(again.has_value() && *again == *read);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    std::string_view const text{reinterpret_cast<char const*>(data), size};
    std::string once;
    error const refused = walk(text, once);
    if (refused.code == errc::none) {
        std::string twice;
        contract(walk(once, twice).code == errc::none);
        contract(once == twice);
    }
    check_skip(text, refused);
    check_struct(text);
    return 0;
}
