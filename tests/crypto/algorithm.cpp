// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <mcx/crypto/algorithm.hpp>

#include "support/check.hpp"

#include <concepts>
#include <string_view>

namespace {

template <char C>
struct letter {
    static constexpr std::string_view name{&"abcdefghijklmnopqrstuvwxyz"[C - 'a'], 1};
    static constexpr bool is_mac = false;
    struct signature {};
    struct public_key {};
    static constexpr bool in_range(public_key const&, signature const&) noexcept { return true; }
};
using a = letter<'a'>;
using b = letter<'b'>;
using c = letter<'c'>;

struct mac_d {
    static constexpr std::string_view name = "d";
    static constexpr bool is_mac = true;
    struct signature {};
};

struct also_a : a {};

struct none : a {
    static constexpr std::string_view name = "none";
};
struct nameless : a {
  private:
    using a::name;
};
struct unchecked : a {
    static constexpr bool in_range = true;
};
struct throwing : a {
    static constexpr bool in_range(public_key const&, signature const&) { return true; }
};

using mcx::algorithm_set;
using abc = algorithm_set<a, b, c>;
using cb = algorithm_set<c, b>;

template <class... As>
constexpr bool may_be_a_set = requires { typename algorithm_set<As...>; };

}  // namespace

TEST_CASE("an algorithm has a name, a kind and a type of signature") {
    CHECK_BOTH(mcx::Algorithm<a>);
    CHECK_BOTH(mcx::Algorithm<mac_d>);
    CHECK_BOTH(!mcx::Algorithm<nameless>);
    CHECK_BOTH(!mcx::Algorithm<int>);
}

TEST_CASE("a signature algorithm is no MAC and knows the range of its signatures") {
    CHECK_BOTH(mcx::SignatureAlgorithm<a>);
    CHECK_BOTH(!mcx::SignatureAlgorithm<mac_d>);
    CHECK_BOTH(!mcx::SignatureAlgorithm<unchecked>);
    CHECK_BOTH(!mcx::SignatureAlgorithm<throwing>);
}

TEST_CASE("nothing called none is an algorithm") {
    CHECK_BOTH(!mcx::Algorithm<none>);
    CHECK_BOTH(!may_be_a_set<a, none>);
}

TEST_CASE("a set holds signatures or MACs, never both") {
    CHECK_BOTH(may_be_a_set<a, b>);
    CHECK_BOTH(may_be_a_set<mac_d>);
    CHECK_BOTH(!may_be_a_set<a, mac_d>);
    CHECK_BOTH(!may_be_a_set<mac_d, a>);
}

TEST_CASE("a set has no two algorithms of one name") {
    CHECK_BOTH(!may_be_a_set<a, a>);
    CHECK_BOTH(!may_be_a_set<a, b, also_a>);
    CHECK_BOTH(!may_be_a_set<b, a, also_a>);
}

TEST_CASE("a set knows the names of its algorithms, octet for octet") {
    CHECK_BOTH(abc::names("a"));
    CHECK_BOTH(abc::names("c"));
    CHECK_BOTH(!abc::names("d"));
    CHECK_BOTH(!abc::names("A"));
    CHECK_BOTH(!abc::names(""));
    CHECK_BOTH(!abc::names("ab"));
    CHECK_BOTH(!abc::names(std::string_view{"a\0", 2}));
}

TEST_CASE("a set contains types, not names") {
    CHECK_BOTH(abc::contains<b>);
    CHECK_BOTH(!abc::contains<mac_d>);
    CHECK_BOTH(!abc::contains<also_a>);
    CHECK_BOTH(abc::size == 3);
}

TEST_CASE("the empty set names nothing") {
    CHECK_BOTH(algorithm_set<>::size == 0);
    CHECK_BOTH(!algorithm_set<>::names(""));
    CHECK_BOTH(!algorithm_set<>::contains<a>);
}

TEST_CASE("what two sets have in common keeps the order of the left one") {
    CHECK_BOTH(std::same_as<mcx::common_algorithms<abc, cb>, algorithm_set<b, c>>);
    CHECK_BOTH(std::same_as<mcx::common_algorithms<cb, abc>, cb>);
    CHECK_BOTH(std::same_as<mcx::common_algorithms<abc, algorithm_set<mac_d>>, algorithm_set<>>);
    CHECK_BOTH(std::same_as<mcx::common_algorithms<algorithm_set<>, abc>, algorithm_set<>>);
}

TEST_CASE("two sets share an algorithm or do not") {
    CHECK_BOTH(mcx::ShareAnAlgorithm<abc, cb>);
    CHECK_BOTH(!mcx::ShareAnAlgorithm<algorithm_set<a>, cb>);
    CHECK_BOTH(!mcx::ShareAnAlgorithm<algorithm_set<>, algorithm_set<>>);
}

TEST_CASE("only an algorithm set is an algorithm set") {
    CHECK_BOTH(mcx::AlgorithmSet<abc>);
    CHECK_BOTH(mcx::AlgorithmSet<algorithm_set<>>);
    CHECK_BOTH(!mcx::AlgorithmSet<a>);
}
