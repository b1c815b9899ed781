// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_TESTS_SUPPORT_SPELLED_TOKEN_HPP
#define MCX_TESTS_SUPPORT_SPELLED_TOKEN_HPP

#include <mcx/jwt/profile.hpp>

#include "parties.hpp"

#include <algorithm>
#include <string>
#include <string_view>

// How fuzz targets take a token, so that a fuzzer sees what it changes: an input that begins with a
// brace is a header, a line feed and a payload; any other input is not that.

namespace mcx::test {

[[nodiscard]] inline bool is_spelled_token(std::string_view input) noexcept {
    return input.starts_with('{');
}

/// The token in compact form, with a signature that a credulous backend takes.
[[nodiscard]] inline std::string spelled_token(std::string_view input) {
    auto const end = std::min(input.find('\n'), input.size());
    return compact(input.substr(0, end), input.substr(std::min(end + 1, input.size())));
}

/// Whether a refusal of a message M or of the token of profile P in it is one that a peer can be
/// told of, about a field that there is.
template <class P, class M>
[[nodiscard]] bool is_right(error e, std::size_t size) {
    bool const of_message = stage_of(e) == stage::message || stage_of(e) == stage::form;
    bool const named = of_message ? !M::fields::name_of(e.where).empty()
                                  : !jwt::name_of<P>(e).empty() || stage_of(e) == stage::key;
    return blame_of(e) == blame::peer && e.offset <= size && (e.where == 0 || named);
}

}  // namespace mcx::test

#endif
