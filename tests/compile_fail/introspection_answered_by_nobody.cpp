// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// error: could not convert .*given|no matching constructor
#include <mcx/grant/introspected.hpp>

// Whoever asks about a token knows whose answer it takes.
#ifdef MUST_NOT_COMPILE
constexpr mcx::grant::introspection_expectation expected{.to = "https://gms.a.example"};
#else
constexpr mcx::grant::introspection_expectation expected{.from = "https://a.example",
                                                         .to = "https://gms.a.example"};
#endif
bool good(mcx::oauth::introspection_response const& told, mcx::fixed_clock const& clock) {
    return mcx::grant::check_introspection(told, expected, clock).has_value();
}
