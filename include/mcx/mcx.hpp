// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_MCX_HPP
#define MCX_MCX_HPP

// Every floor of the library. Not here: the backends, XML, and the opt-in readers of DER, PEM and
// certificates. Written by tests/tools/umbrella.py --write.

#include <mcx/arith/edwards25519.hpp>
#include <mcx/arith/limbs.hpp>
#include <mcx/arith/p256.hpp>
#include <mcx/arith/rsa.hpp>
#include <mcx/arith/sakke_field.hpp>
#include <mcx/codec/base64url.hpp>
#include <mcx/codec/form.hpp>
#include <mcx/codec/hex.hpp>
#include <mcx/codec/uri.hpp>
#include <mcx/codec/utf8.hpp>
#include <mcx/core/bytes.hpp>
#include <mcx/core/constant_time.hpp>
#include <mcx/core/contract.hpp>
#include <mcx/core/error.hpp>
#include <mcx/core/error_text.hpp>
#include <mcx/core/fixed_string.hpp>
#include <mcx/core/list.hpp>
#include <mcx/core/random.hpp>
#include <mcx/core/result.hpp>
#include <mcx/core/secret.hpp>
#include <mcx/core/text.hpp>
#include <mcx/core/time.hpp>
#include <mcx/crypto/algorithm.hpp>
#include <mcx/crypto/any_signer.hpp>
#include <mcx/crypto/backend.hpp>
#include <mcx/crypto/digest.hpp>
#include <mcx/crypto/key_id.hpp>
#include <mcx/crypto/mac.hpp>
#include <mcx/crypto/private_key.hpp>
#include <mcx/crypto/public_key.hpp>
#include <mcx/crypto/signatures.hpp>
#include <mcx/crypto/signing.hpp>
#include <mcx/crypto/verification.hpp>
#include <mcx/version.hpp>

#endif
