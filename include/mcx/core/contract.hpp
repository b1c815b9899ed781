// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_CORE_CONTRACT_HPP
#define MCX_CORE_CONTRACT_HPP

// What a caller of this library promised. A broken promise stops the program, in every build mode.
// Never used on anything that a peer can send: that is an `error`.

namespace mcx {

/// Stops the program unless the caller kept its promise.
constexpr void contract(bool kept) noexcept {
    if (!kept) {
        __builtin_trap();
    }
}

}  // namespace mcx

#endif
