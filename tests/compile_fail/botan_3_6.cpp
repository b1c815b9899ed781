// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// needs: botan
// error: mcx needs Botan 2\.19, or Botan 3\.7 or later
#ifdef MUST_NOT_COMPILE
#include <botan/version.h>
#undef BOTAN_VERSION_MAJOR
#undef BOTAN_VERSION_MINOR
#define BOTAN_VERSION_MAJOR 3
#define BOTAN_VERSION_MINOR 6
#endif
#include <mcx/backend/botan.hpp>
