// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_VERSION_HPP
#define MCX_VERSION_HPP

// The version of the library, written here and nowhere else: the build files read these lines.

namespace mcx {

inline constexpr int version_major = 0;
inline constexpr int version_minor = 1;
inline constexpr int version_patch = 0;

}  // namespace mcx

#endif
