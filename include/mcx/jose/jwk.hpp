// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_JOSE_JWK_HPP
#define MCX_JOSE_JWK_HPP

#include <mcx/codec/base64url.hpp>
#include <mcx/codec/json_object.hpp>
#include <mcx/core/bytes.hpp>
#include <mcx/core/list.hpp>
#include <mcx/core/text.hpp>
#include <mcx/crypto/key_id.hpp>
#include <mcx/crypto/signatures.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>

// Public keys as JSON. A JWK becomes a key of one algorithm, which the caller names, and everything
// the JWK says of itself has to agree. Private keys and MAC secrets are refused where a public key
// is due. Choosing a key out of a set is in jose/key_set.hpp. [RFC 7517, RFC 7518 §6, RFC 8037 §2,
// RFC 8812 §3.1, RFC 9964 §3]

namespace mcx::jwk {

/// The longest text of one key that is read, in octets: four certificates fit.
inline constexpr std::size_t max_text = 1U << 16U;

/// A short word of a JWK: a key type, curve, use or operation.
using word = text<struct word_tag, 32>;

/// The members of a JWK that holds a public key, still encoded.
struct members {
    word kty;
    std::optional<word> use;
    std::optional<list<word, 8>> key_ops;
    std::optional<word> alg;
    std::optional<key_id> kid;
    std::optional<word> crv;
    std::optional<text<struct coordinate_tag, 88>> x;
    std::optional<text<struct coordinate_tag, 88>> y;
    std::optional<text<struct modulus_tag, 2731>> n;
    std::optional<text<struct exponent_tag, 11>> e;
    std::optional<text<struct pub_tag, 3456>> pub;

    using fields =
        field_list<required<"kty", &members::kty>, optional<"use", &members::use>,
                   optional<"key_ops", &members::key_ops>, optional<"alg", &members::alg>,
                   optional<"kid", &members::kid>, optional<"crv", &members::crv>,
                   optional<"x", &members::x>, optional<"y", &members::y>,
                   optional<"n", &members::n>, optional<"e", &members::e>,
                   optional<"pub", &members::pub>, prohibited<"d">, prohibited<"p">,
                   prohibited<"q">, prohibited<"dp">, prohibited<"dq">, prohibited<"qi">,
                   prohibited<"oth">, prohibited<"k">, prohibited<"priv">>;
};

namespace detail {

inline constexpr json::object_errors member_errors{errc::key_set_shape, errc::key_missing_member,
                                                   errc::key_private, errc::key_shape,
                                                   errc::key_value};

/// The octets of one encoded member. Fails: key_missing_member, key_value; `where` is the member.
template <std::size_t N, class Text>
[[nodiscard]] constexpr result<bounded_bytes<N>> octets(std::optional<Text> const& member,
                                                        std::string_view name) noexcept {
    std::uint16_t const number = members::fields::number_of(name);
    if (!member) {
        return error{errc::key_missing_member, number};
    }
    bounded_bytes<N> made;
    auto const size = base64url::decoded_size(member->view());
    if (!size || !made.resize(*size) || !base64url::decode(member->view(), made.octets())) {
        return error{errc::key_value, number};
    }
    return made;
}

/// The octets of an RSA exponent, no more than it needs. [RFC 7518 §6.3.1.2]
[[nodiscard]] constexpr bounded_bytes<8> exponent_octets(std::uint64_t exponent) noexcept {
    auto const e = limbs<1>{{exponent}}.to_big_endian();
    bounded_bytes<8> made;
    (void)made.assign(byte_view{e}.last((limbs<1>{{exponent}}.bit_width() + 7) / 8));  // it fits
    return made;
}

/// Writes octets as a member.
template <std::size_t N>
constexpr void write_octets(json::writer& w, std::string_view name, byte_view value) noexcept {
    char encoded[base64url::encoded_size(N)];
    std::size_t const size = base64url::encode(value, encoded);
    w.name(name);
    w.string({encoded, size});
}

struct kind_of_key {
    word kty;
    using fields = field_list<required<"kty", &kind_of_key::kty>>;
};

/// Tells whether operations are `due`, with or without the other half of its pair. [RFC 7517 §4.3]
[[nodiscard]] constexpr bool one_of_a_pair(list<word, 8> const& ops, std::string_view due,
                                           std::string_view other) noexcept {
    auto const times = [&ops](std::string_view name) {
        return static_cast<std::size_t>(std::count_if(
            ops.begin(), ops.end(), [name](word const& op) { return op.view() == name; }));
    };
    return times(due) == 1 && times(other) <= 1 && times(due) + times(other) == ops.size();
}

/// Tells whether a list has this name.
[[nodiscard]] constexpr bool has_name(auto const& names, std::string_view name) noexcept {
    return std::find(std::begin(names), std::end(names), name) != std::end(names);
}

/// The first member, of those that come after `kid`, that belongs to another kind of key: who goes
/// by other members than we do must not find another key. `own` tells the names of this kind's.
template <class M, class Own>
[[nodiscard]] constexpr std::string_view foreign_member(M const& m, Own&& own) noexcept {
    using fields = typename M::fields;
    std::string_view found;
    fields::for_each([&]<class F>(F) {
        if constexpr (StoredField<F> && fields::number_of(F::name) > fields::number_of("kid")) {
            found = (m.*F::member).has_value() && !own(F::name) ? F::name : found;
        }
        return found.empty();
    });
    return found;
}

}  // namespace detail

/// How a kind of public key stands in a JWK: `kty`, `crv` (empty where there is none), the names of
/// its `numbers`, `read` and `write`. One specialisation a kind; a new kind brings its own.
template <class Key>
struct shape;

/// The name of a curve in a JWK. [RFC 7518 §6.2.1.1, RFC 8037 §2, RFC 8812 §3.1]
template <class Curve>
inline constexpr std::string_view curve_name{};
template <>
inline constexpr std::string_view curve_name<p256> = "P-256";
template <>
inline constexpr std::string_view curve_name<p384> = "P-384";
template <>
inline constexpr std::string_view curve_name<p521> = "P-521";
template <>
inline constexpr std::string_view curve_name<secp256k1> = "secp256k1";
template <>
inline constexpr std::string_view curve_name<edwards25519> = "Ed25519";
template <>
inline constexpr std::string_view curve_name<edwards448> = "Ed448";

template <class Curve>
struct shape<ec_public_key<Curve>> {
    static constexpr std::string_view kty = "EC";
    static constexpr std::string_view crv = curve_name<Curve>;
    static constexpr std::string_view numbers[]{"crv", "x", "y"};

    static constexpr result<ec_public_key<Curve>> read(members const& m) noexcept {
        auto const x = detail::octets<66>(m.x, "x");
        if (!x) {
            return x.error();
        }
        auto const y = detail::octets<66>(m.y, "y");
        if (!y) {
            return y.error();
        }
        return ec_public_key<Curve>::from(x->view(), y->view());
    }
    static void write(json::writer& w, ec_public_key<Curve> const& key) noexcept {
        detail::write_octets<Curve::size>(w, "x", key.x());
        detail::write_octets<Curve::size>(w, "y", key.y());
    }
};

template <class Curve>
struct shape<edwards_public_key<Curve>> {
    static constexpr std::string_view kty = "OKP";
    static constexpr std::string_view crv = curve_name<Curve>;
    static constexpr std::string_view numbers[]{"crv", "x"};

    static constexpr result<edwards_public_key<Curve>> read(members const& m) noexcept {
        auto const x = detail::octets<66>(m.x, "x");
        if (!x) {
            return x.error();
        }
        return edwards_public_key<Curve>::from(x->view());
    }
    static void write(json::writer& w, edwards_public_key<Curve> const& key) noexcept {
        detail::write_octets<Curve::size>(w, "x", key.octets());
    }
};

/// Such a key says of which algorithm it is, since nothing else does. [RFC 9964 §3]
template <std::size_t Size>
struct shape<ml_dsa_public_key<Size>> {
    static constexpr std::string_view kty = "AKP";
    static constexpr std::string_view crv{};
    static constexpr std::string_view numbers[]{"pub"};

    static constexpr result<ml_dsa_public_key<Size>> read(members const& m) noexcept {
        if (!m.alg) {
            return error{errc::key_missing_member, members::fields::number_of("alg")};
        }
        auto const pub = detail::octets<2592>(m.pub, "pub");
        if (!pub) {
            return pub.error();
        }
        return ml_dsa_public_key<Size>::from(pub->view());
    }
    static void write(json::writer& w, ml_dsa_public_key<Size> const& key) noexcept {
        detail::write_octets<Size>(w, "pub", key.octets());
    }
};

template <std::size_t MaxBits, std::uint64_t MinExponent>
struct shape<bounded_rsa_public_key<MaxBits, MinExponent>> {
    using key_type = bounded_rsa_public_key<MaxBits, MinExponent>;
    static constexpr std::string_view kty = "RSA";
    static constexpr std::string_view crv{};
    static constexpr std::string_view numbers[]{"n", "e"};

    static constexpr result<key_type> read(members const& m) noexcept {
        auto const n = detail::octets<2048>(m.n, "n");
        if (!n) {
            return n.error();
        }
        auto const e = detail::octets<8>(m.e, "e");
        if (!e) {
            return e.error();
        }
        if (e->size() == 0 || e->view()[0] == std::byte{0}) {
            return errc::rsa_exponent;  // not the minimal number of octets [RFC 7518 §6.3.1.2]
        }
        std::uint64_t exponent = 0;
        for (std::byte const octet : e->view()) {
            exponent = exponent << 8U | std::to_integer<std::uint64_t>(octet);
        }
        return key_type::from(n->view(), exponent);
    }
    static void write(json::writer& w, key_type const& key) noexcept {
        detail::write_octets<MaxBits / 8>(w, "n", key.modulus());
        detail::write_octets<8>(w, "e", detail::exponent_octets(key.exponent()).view());
    }
};

/// Tells whether a JWK is of the kind of key that algorithm A takes.
template <SignatureAlgorithm A>
[[nodiscard]] constexpr bool is_for(members const& m) noexcept {
    using shape_type = shape<typename A::public_key>;
    bool const curve = shape_type::crv.empty() || (m.crv && m.crv->view() == shape_type::crv);
    return m.kty.view() == shape_type::kty && curve;
}

/// Makes the key that a JWK holds into a verifying key's numbers for algorithm A. Of `key_ops` it
/// asks for "verify", with or without the "sign" of the other half of the pair.
/// Fails: key_type, key_curve, key_algorithm, key_use, key_operations, key_missing_member,
/// key_value (also a member of another kind of key), and what A's kind of public key refuses;
/// `where` is the member. [RFC 7517 §4, §4.3]
template <SignatureAlgorithm A>
[[nodiscard]] constexpr result<typename A::public_key> read(members const& m) noexcept {
    using shape_type = shape<typename A::public_key>;
    using fields = members::fields;
    if (m.kty.view() != shape_type::kty) {
        return error{errc::key_type, fields::number_of("kty")};
    }
    if (!is_for<A>(m)) {
        return error{errc::key_curve, fields::number_of("crv")};
    }
    if (m.alg && !answers_to<A>(m.alg->view())) {
        return error{errc::key_algorithm, fields::number_of("alg")};
    }
    if (m.use && m.use->view() != "sig") {
        return error{errc::key_use, fields::number_of("use")};
    }
    if (m.key_ops && !detail::one_of_a_pair(*m.key_ops, "verify", "sign")) {
        return error{errc::key_operations, fields::number_of("key_ops")};
    }
    auto const foreign = detail::foreign_member(
        m, [](std::string_view name) { return detail::has_name(shape_type::numbers, name); });
    if (!foreign.empty()) {
        return error{errc::key_value, fields::number_of(foreign)};
    }
    return shape_type::read(m);
}

/// Tells whether a JWK is a symmetric key: never one of ours, but not wrong in a set.
[[nodiscard]] constexpr bool is_symmetric(std::string_view text) noexcept {
    auto const read = json::parse_object<detail::kind_of_key>(text, {}, detail::member_errors);
    return read && read->kty.view() == "oct";
}

/// Reads the members of a JWK. Fails: json_*, key_set_shape (not an object), key_missing_member,
/// key_private (a private or symmetric member), key_shape, key_value (also for a longer text).
[[nodiscard]] constexpr result<members> parse(std::string_view text) noexcept {
    if (text.size() > max_text) {
        return errc::key_value;
    }
    return json::parse_object<members>(text, {}, detail::member_errors);
}

namespace detail {

/// Writes what a key is for, and its name if it has one.
template <Algorithm A>
void write_use(json::writer& w, key_id const& id) noexcept {
    w.name("alg");
    w.string(A::name);
    w.name("use");
    w.string("sig");
    if (!id.empty()) {
        w.name("kid");
        w.string(id.view());
    }
}

template <SignatureAlgorithm A>
void write_members(json::writer& w, typename A::public_key const& key, key_id const& id) noexcept {
    using shape_type = shape<typename A::public_key>;
    w.begin_object();
    w.name("kty");
    w.string(shape_type::kty);
    if (!shape_type::crv.empty()) {
        w.name("crv");
        w.string(shape_type::crv);
    }
    shape_type::write(w, key);
    write_use<A>(w, id);
    w.end_object();
}

}  // namespace detail

/// Writes a public key of algorithm A as a JWK.
template <SignatureAlgorithm A>
[[nodiscard]] std::string write(typename A::public_key const& key, key_id const& id) {
    json::writer measure{{}};
    detail::write_members<A>(measure, key, id);
    std::string made(measure.size(), '\0');
    json::writer w{made};
    detail::write_members<A>(w, key, id);
    return made;
}

}  // namespace mcx::jwk

#endif
