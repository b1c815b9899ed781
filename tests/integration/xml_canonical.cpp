// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/xml/canonical.hpp>

#include "support/check.hpp"
#include "support/mutation.hpp"

#include <mcx/xml/document.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

// The canonical forms against a second opinion. A document begins as a tree of ours, which is
// written down in one of the many ways in which XML can be: quotes, references, CDATA sections,
// comments, line ends, the order of attributes. Its canonical form is made of our tree, by the
// specifications, without an XML library. [Canonical XML 1.0 §2.3, §2.4; Exclusive XML
// Canonicalization 1.0 §3]

using mcx::byte_view;
using mcx::result;
using mcx::test::numbers;
using mcx::xml::canonical_form;
using mcx::xml::document;

namespace {

using names = std::map<std::string, std::string>;  // from prefix to namespace

constexpr std::string_view xml_space = "http://www.w3.org/XML/1998/namespace";

struct attribute {
    std::string prefix;
    std::string name;
    std::string space;
    std::string value;
};

/// An element, or text where it has no name.
struct node {
    std::string prefix;
    std::string name;
    std::string text;
    names declared;
    std::vector<attribute> attributes;
    std::vector<node> children;
};

names in_scope(names around, names const& declared) {
    for (auto const& [prefix, space] : declared) {
        around[prefix] = space;
    }
    return around;
}

/// Makes trees.
class grower {
    numbers random_;

    [[nodiscard]] std::string value() {
        constexpr std::string_view pieces[]{"&",
                                            "<",
                                            ">",
                                            "\"",
                                            "'",
                                            "\t",
                                            "\n",
                                            "\r",
                                            " ",
                                            "]]>",
                                            "a",
                                            "&lt;",
                                            "\xC3\xA4",
                                            "\xE2\x82\xAC",
                                            "%",
                                            "--",
                                            "\xF0\x9F\x9A\x92"};
        std::string made;
        for (std::size_t left = random_.below(8); left != 0; --left) {
            made += pieces[random_.below(std::size(pieces))];
        }
        return made;
    }

    void give_attributes(node& to, names const& scope) {
        auto const add = [&](std::string_view prefix, std::string_view space) {
            std::string const name(1, static_cast<char>('a' + random_.below(3)));
            bool const there =
                std::any_of(to.attributes.begin(), to.attributes.end(),
                            [&](attribute const& a) { return a.name == name && a.space == space; });
            if (!there) {
                to.attributes.push_back({std::string{prefix}, name, std::string{space}, value()});
            }
        };
        for (std::size_t left = random_.below(4); left != 0; --left) {
            auto known = scope.begin();
            std::advance(known, static_cast<std::ptrdiff_t>(random_.below(scope.size() + 1)));
            bool const bare = known == scope.end() || known->first.empty();
            add(bare ? "" : known->first, bare ? "" : known->second);
        }
        for (std::string_view const name : {"lang", "space", "base"}) {
            if (random_.below(6) == 0) {
                to.attributes.push_back(
                    {"xml", std::string{name}, std::string{xml_space},
                     name == "space" ? "preserve" : std::string(1 + random_.below(3), 'e')});
            }
        }
    }

  public:
    explicit grower(std::uint64_t seed) : random_(seed) {}

    [[nodiscard]] node element(names const& around, std::size_t depth) {
        constexpr std::string_view spaces[]{"urn:a", "urn:b", "http://c.example/d?e=f"};
        node made;
        for (std::string_view const prefix : {"", "p", "q", "A"}) {
            if (random_.below(3) == 0) {
                bool const none = prefix.empty() && random_.below(3) == 0;
                made.declared[std::string{prefix}] =
                    none ? std::string_view{} : spaces[random_.below(std::size(spaces))];
            }
        }
        auto const scope = in_scope(around, made.declared);
        auto known = scope.begin();
        std::advance(known, static_cast<std::ptrdiff_t>(random_.below(scope.size() + 1)));
        made.prefix = known == scope.end() ? std::string{} : known->first;
        made.name = std::string(1, static_cast<char>('a' + random_.below(26)));
        give_attributes(made, scope);
        for (std::size_t left = depth == 0 ? 0 : random_.below(5); left != 0; --left) {
            bool const after_text = !made.children.empty() && made.children.back().name.empty();
            if (after_text || random_.below(2) == 0) {
                made.children.push_back(element(scope, depth - 1));
            } else if (node text; !(text.text = value()).empty()) {
                made.children.push_back(text);
            }
        }
        return made;
    }
};

/// Writes trees down, in one of many ways.
class scribe {
    numbers random_;
    std::string out_;

    [[nodiscard]] bool coin() { return random_.below(2) == 0; }
    void space(bool due) {
        constexpr std::string_view white[]{" ", "\n", "\t", "\r\n", "  "};
        if (due || random_.below(4) == 0) {
            out_ += white[random_.below(std::size(white))];
        }
    }

    void reference(std::string_view piece) {
        constexpr std::pair<char, std::string_view> known[]{
            {'&', "&amp;"}, {'<', "&lt;"}, {'>', "&gt;"}, {'"', "&quot;"}, {'\'', "&apos;"}};
        for (auto const& [c, name] : known) {
            if (piece[0] == c && coin()) {
                out_ += name;
                return;
            }
        }
        constexpr std::string_view digits = "0123456789ABCDEF";
        auto const code = static_cast<unsigned>(piece[0]);
        out_ += coin() ? "&#" + std::to_string(code) + ";"
                       : std::string{"&#x0"} + digits[code / 16] + digits[code % 16] + ";";
    }

    /// A line end as it may be written where it becomes a line feed.
    void line_end() {
        bool const joins = out_.ends_with('\r');  // with a line feed to one line end
        switch (random_.below(4)) {
            case 0:
                return reference("\n");
            case 1:
                out_ += "\r\n";
                return;
            case 2:
                out_ += '\r';
                return;
            default:
                return joins ? reference("\n") : static_cast<void>(out_ += '\n');
        }
    }

    void quoted(std::string_view value) {
        char const quote = coin() ? '"' : '\'';
        out_ += quote;
        for (char const c : value) {
            if (c == ' ' && !out_.ends_with('\r')) {
                constexpr std::string_view white[]{" ", "\t", "\n", "\r\n", "\r"};
                out_ += white[random_.below(std::size(white))];
            } else if (std::string_view{"&<\t\n\r"}.find(c) != std::string_view::npos ||
                       c == quote || (c > 0 && random_.below(4) == 0)) {
                reference({&c, 1});
            } else {
                out_ += c;
            }
        }
        out_ += quote;
    }

    void text(std::string_view value) {
        bool open = false;  // in a CDATA section
        auto const close = [&] { out_ += std::exchange(open, false) ? "]]>" : ""; };
        auto const comment = [&] {
            close();
            out_ += "<!-- <a b='&c;'> ]]> -->";
        };
        for (std::size_t at = 0; at < value.size(); ++at) {
            char const c = value[at];
            bool const inside = (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;  // a character
            if (!inside && random_.below(12) == 0) {
                comment();
            }
            if (!inside && !open && random_.below(6) == 0) {
                out_ += "<![CDATA[";
                open = true;
            }
            if (!inside && open && (c == '\r' || c == ']' || c == '>' || random_.below(4) == 0)) {
                close();
            }
            if (open) {
                out_ += c == '\n' && coin() ? "\r" : "";
                out_ += c;
            } else if (c == '\n') {
                line_end();
            } else if (c == '&' || c == '<' || c == '>' || c == '\r') {
                reference({&c, 1});
            } else if (c > 0 && random_.below(8) == 0) {
                reference({&c, 1});
            } else {
                out_ += c;
            }
        }
        close();
        if (random_.below(6) == 0) {
            comment();
        }
    }

    void element(node const& n) {
        std::string const name = n.prefix.empty() ? n.name : n.prefix + ":" + n.name;
        out_ += "<" + name;
        std::vector<std::pair<std::string, std::string_view>> parts;
        for (auto const& [prefix, space] : n.declared) {
            parts.emplace_back(prefix.empty() ? "xmlns" : "xmlns:" + prefix, space);
        }
        for (auto const& a : n.attributes) {
            parts.emplace_back(a.prefix.empty() ? a.name : a.prefix + ":" + a.name, a.value);
        }
        for (std::size_t i = parts.size(); i > 1; --i) {
            std::swap(parts[i - 1], parts[random_.below(i)]);
        }
        for (auto const& [named, value] : parts) {
            space(true);
            out_ += named;
            space(false);
            out_ += '=';
            space(false);
            quoted(value);
        }
        space(false);
        if (n.children.empty() && coin()) {
            out_ += "/>";
            return;
        }
        out_ += '>';
        write_all(n.children);
        out_ += "</" + name;
        space(false);
        out_ += '>';
    }

    void write_all(std::vector<node> const& nodes) {
        for (node const& n : nodes) {
            n.name.empty() ? text(n.text) : element(n);
        }
    }

  public:
    explicit scribe(std::uint64_t seed) : random_(seed) {}

    [[nodiscard]] std::string written(node const& root) {
        constexpr std::string_view beginnings[]{"", "<?xml version='1.0' encoding=\"utf-8\"?>\r\n",
                                                "\xEF\xBB\xBF", "<!-- x -->\n"};
        out_ = beginnings[random_.below(std::size(beginnings))];
        element(root);
        out_ += coin() ? "\n<!-- y -->" : "";
        return out_;
    }
};

/// Makes canonical forms of trees.
class second_opinion {
    canonical_form form_;
    std::string out_;

    void escaped(std::string_view text, bool in_attribute) {
        for (char const c : text) {
            switch (c) {
                case '&':
                    out_ += "&amp;";
                    break;
                case '<':
                    out_ += "&lt;";
                    break;
                case '>':
                    out_ += in_attribute ? ">" : "&gt;";
                    break;
                case '"':
                    out_ += in_attribute ? "&quot;" : "\"";
                    break;
                case '\t':
                    out_ += in_attribute ? "&#x9;" : "\t";
                    break;
                case '\n':
                    out_ += in_attribute ? "&#xA;" : "\n";
                    break;
                case '\r':
                    out_ += "&#xD;";
                    break;
                default:
                    out_ += c;
            }
        }
    }

    /// Whether a form has a namespace in an element, if it is not there already.
    [[nodiscard]] bool wants(node const& n, std::string const& prefix) const {
        bool const used = n.prefix == prefix ||
                          (!prefix.empty() &&
                           std::any_of(n.attributes.begin(), n.attributes.end(),
                                       [&](attribute const& a) { return a.prefix == prefix; }));
        return form_ == canonical_form::inclusive || used;
    }

    void part(std::string_view name, std::string_view value) {
        out_.append(" ").append(name).append("=\"");
        escaped(value, true);
        out_ += '"';
    }

    void element(node const& n, names const& around, names there,
                 std::vector<attribute> attributes) {
        auto const scope = in_scope(around, n.declared);
        std::string const name = n.prefix.empty() ? n.name : n.prefix + ":" + n.name;
        out_ += "<" + name;
        for (auto const& [prefix, space] : scope) {
            if (wants(n, prefix) && there[prefix] != space) {
                part(prefix.empty() ? "xmlns" : "xmlns:" + prefix, space);
                there[prefix] = space;
            }
        }
        std::sort(attributes.begin(), attributes.end(), [](attribute const& a, attribute const& b) {
            return std::pair{a.space, a.name} < std::pair{b.space, b.name};
        });
        for (auto const& a : attributes) {
            part(a.prefix.empty() ? a.name : a.prefix + ":" + a.name, a.value);
        }
        out_ += '>';
        for (node const& child : n.children) {
            if (child.name.empty()) {
                escaped(child.text, false);
            } else {
                element(child, scope, there, child.attributes);
            }
        }
        out_ += "</" + name + ">";
    }

  public:
    explicit second_opinion(canonical_form form) : form_(form) {}

    /// The form of the last of these, each of which is in the one before it.
    [[nodiscard]] std::string of(std::vector<node const*> const& path) {
        names around;
        auto attributes = path.back()->attributes;
        auto const has = [&attributes](attribute const& a) {
            return std::any_of(attributes.begin(), attributes.end(), [&](attribute const& b) {
                return a.space == b.space && a.name == b.name;
            });
        };
        for (std::size_t i = 0; i + 1 < path.size(); ++i) {
            around = in_scope(around, path[i]->declared);
        }
        for (std::size_t i = path.size() - 1; form_ == canonical_form::inclusive && i-- > 0;) {
            for (auto const& a : path[i]->attributes) {
                if (a.space == xml_space && !has(a)) {
                    attributes.push_back(a);
                }
            }
        }
        out_.clear();
        element(*path.back(), around, {}, attributes);
        return out_;
    }
};

/// How often the forms of an element, and of those in it, differ from the second opinion.
std::size_t differences(mcx::xml::element const& e, std::vector<node const*>& path,
                        std::size_t& compared) {
    std::size_t found = 0;
    for (auto const form : {canonical_form::inclusive, canonical_form::exclusive}) {
        auto const made = mcx::xml::with_canonical(e, form, [](byte_view octets) {
            return result<std::string>{std::string{mcx::as_text(octets)}};
        });
        ++compared;
        found += made.value_or(std::string{}) == second_opinion{form}.of(path) ? 0U : 1U;
    }
    auto child = e.first_child();
    for (node const& n : path.back()->children) {
        if (!n.name.empty() && child) {
            path.push_back(&n);
            found += differences(child, path, compared);
            path.pop_back();
            child = child.next();
        }
    }
    return found + (child ? 1U : 0U);
}

}  // namespace

TEST_CASE("every element of random documents has the canonical forms of the specifications") {
    std::size_t different = 0;
    std::size_t compared = 0;
    for (std::uint64_t seed = 1; seed <= 5000; ++seed) {
        node const root = grower{seed * 7919}.element({}, 4);
        std::string const text = scribe{seed * 104729}.written(root);
        auto const d = document::parse(text);
        std::vector<node const*> path{&root};
        std::size_t const found = d ? differences(d->root(), path, compared) : 1;
        if (found != 0 && different == 0) {
            MESSAGE(text);
        }
        different += found;
    }
    MESSAGE(compared << " forms");
    CHECK(compared > 20'000);
    CHECK(different == 0);
}
