// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_CRYPTO_SIGNATURES_HPP
#define MCX_CRYPTO_SIGNATURES_HPP

#include <mcx/crypto/algorithm.hpp>
#include <mcx/crypto/ecdsa.hpp>
#include <mcx/crypto/eddsa.hpp>
#include <mcx/crypto/ml_dsa.hpp>
#include <mcx/crypto/rsa_signatures.hpp>

// The signature algorithms, by family: each names its keys, its signatures, and the range that a
// signature has to be in before any backend sees it. How they are computed is a backend's business.

namespace mcx {

/// The signature algorithms of TS 33.180 deployments, which key sets and profiles take by default.
using signature_algorithms = algorithm_set<es256, rs256, eddsa>;

/// Every signature algorithm that the library names.
using all_signature_algorithms =
    algorithm_set<es256, es384, es512, es256k, rs256, rs384, rs512, ps256, ps384, ps512, eddsa,
                  ed25519, ed448, ml_dsa_44, ml_dsa_65, ml_dsa_87>;

}  // namespace mcx

#endif
