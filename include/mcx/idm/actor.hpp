// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_IDM_ACTOR_HPP
#define MCX_IDM_ACTOR_HPP

#include <mcx/codec/json_value.hpp>
#include <mcx/core/list.hpp>
#include <mcx/core/result.hpp>
#include <mcx/jose/trust.hpp>
#include <mcx/jwt/claims.hpp>
#include <mcx/oauth/token.hpp>

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

// Who acts for the subject of a token, and who may: the claims `act` and `may_act`. A chain of
// actors is nested on the wire and a bounded list here, read without recursion. Who becomes an
// actor is for idm/delegation.hpp. [RFC 8693 §4.1, §4.4]

namespace mcx::idm {

/// Somebody who acts for a subject. Members beside these, which would tell the actor from others,
/// are refused rather than ignored.
struct actor {
    subject sub;
    std::optional<issuer> iss;
    std::optional<oauth::client_id> client_id;

    /// Tells whether this one answers the description of another: everything that it says.
    [[nodiscard]] constexpr bool answers(actor const& described) const noexcept {
        return sub == described.sub && (!described.iss || iss == described.iss) &&
               (!described.client_id || client_id == described.client_id);
    }

    friend constexpr bool operator==(actor const&, actor const&) = default;
};

/// The actors of a token, at most 4: the current one first, and before it those who have handed
/// on. [RFC 8693 §4.1]
using actor_chain = list<actor, 4>;

/// `act`, as a claim: a chain that is there has at least one actor.
struct acting {
    actor_chain chain;

    [[nodiscard]] constexpr bool empty() const noexcept { return chain.empty(); }
    friend constexpr bool operator==(acting const&, acting const&) = default;
};

namespace detail {

/// Reads one member of an actor that is no actor itself.
[[nodiscard]] constexpr result<void> read_actor_member(json::reader& r, json::event const& name,
                                                       json::event const& first,
                                                       actor& out) noexcept {
    if (json::means(name.token(), "sub")) {
        return json::value<subject>::read(r, first, out.sub);
    }
    if (json::means(name.token(), "iss")) {
        return json::value<issuer>::read(r, first, out.iss.emplace());
    }
    if (json::means(name.token(), "client_id")) {
        return json::value<oauth::client_id>::read(r, first, out.client_id.emplace());
    }
    return errc::json_value;
}

/// The first `count` actors.
[[nodiscard]] constexpr actor_chain chain_of(std::array<actor, actor_chain::max_count> const& level,
                                             std::size_t count) noexcept {
    actor_chain made;
    for (std::size_t i = 0; i < count; ++i) {
        (void)made.push_back(level[i]);
    }
    return made;
}

/// Reads an actor with up to `most - 1` others nested in it.
[[nodiscard]] constexpr result<void> read_actors(json::reader& r, json::event const& first,
                                                 std::size_t most, actor_chain& out) noexcept {
    if (first.kind != json::kind::object_begin) {
        return errc::json_type;
    }
    std::array<actor, actor_chain::max_count> level{};
    std::size_t count = 1;
    std::size_t depth = 1;  // of the actor whose members come next
    for (json::event name, content; r.next(name);) {
        if (name.kind == json::kind::object_end) {
            if (level[depth - 1].sub.empty()) {
                return errc::json_value;
            }
            if (--depth == 0) {
                out = chain_of(level, count);
                return {};
            }
            continue;
        }
        if (!r.next(content)) {
            break;
        }
        if (json::means(name.token(), "act")) {
            if (content.kind != json::kind::object_begin) {
                return errc::json_type;
            }
            if (count == most) {
                return errc::json_value;
            }
            depth = ++count;
            continue;
        }
        if (auto const read = read_actor_member(r, name, content, level[depth - 1]); !read) {
            return read;
        }
    }
    return r.failure();
}

/// Writes an actor without the end of its object.
constexpr void open_actor(json::writer& w, actor const& in) noexcept {
    w.begin_object();
    w.name("sub");
    w.string(in.sub.view());
    if (in.iss) {
        w.name("iss");
        w.string(in.iss->view());
    }
    if (in.client_id) {
        w.name("client_id");
        w.string(in.client_id->view());
    }
}

}  // namespace detail

}  // namespace mcx::idm

namespace mcx::json {

template <>
struct value<idm::actor> {
    static constexpr std::size_t depth = 1;

    static constexpr result<void> read(reader& r, event const& first, idm::actor& out) noexcept {
        idm::actor_chain only;
        auto const read = idm::detail::read_actors(r, first, 1, only);
        if (read) {
            out = only[0];
        }
        return read;
    }
    static constexpr void write(writer& w, idm::actor const& in) noexcept {
        idm::detail::open_actor(w, in);
        w.end_object();
    }
};

template <>
struct value<idm::acting> {
    static constexpr std::size_t depth = idm::actor_chain::max_count;

    static constexpr result<void> read(reader& r, event const& first, idm::acting& out) noexcept {
        return idm::detail::read_actors(r, first, idm::actor_chain::max_count, out.chain);
    }
    static constexpr void write(writer& w, idm::acting const& in) noexcept {
        for (std::size_t i = 0; i < in.chain.size(); ++i) {
            if (i != 0) {
                w.name("act");
            }
            idm::detail::open_actor(w, in.chain[i]);
        }
        for (std::size_t i = 0; i < in.chain.size(); ++i) {
            w.end_object();
        }
    }
};

}  // namespace mcx::json

#endif
