// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_TESTS_ODR_ANSWERS_HPP
#define MCX_TESTS_ODR_ANSWERS_HPP

#include <mcx/mcx.hpp>

#ifdef WITH_SODIUM
#include <mcx/backend/sodium.hpp>
#endif
#ifdef WITH_BOTAN
#include <mcx/backend/botan.hpp>
#endif
#ifdef WITH_XML
#include <mcx/xml/kms_writer.hpp>
#include <mcx/xml/message_reader.hpp>
#include <mcx/xml/user_profile.hpp>
#endif

#include <cstddef>

// What a translation unit thinks of the library: included by two that are compiled differently.

namespace mcx::test {

struct answers {
    std::size_t sizes[6];
    error (*conversion)(result<int> const&);

    friend bool operator==(answers const&, answers const&) = default;
};

inline error error_of(result<int> const& r) {
    return r.error();
}

namespace {

answers answer() {
    return {{sizeof(error), sizeof(result<int>), sizeof(text<struct tag, 8>), sizeof(secret<32>),
             sizeof(rsa_public_key), alignof(result<text<struct tag, 8>>)},
            &error_of};
}

}  // namespace

}  // namespace mcx::test

#endif
