// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef MCX_CRYPTO_BACKEND_HPP
#define MCX_CRYPTO_BACKEND_HPP

#include <mcx/crypto/authentication.hpp>
#include <mcx/crypto/digest.hpp>
#include <mcx/crypto/rsa_crt.hpp>
#include <mcx/crypto/signing.hpp>
#include <mcx/crypto/verification.hpp>

#include <type_traits>

// Several backends as one. A backend is a tag type; what it can do are its specialisations of
// `verification`, `signing`, `authentication`, `hashing` and `rsa_arithmetic`, all in the header of
// that backend.

namespace mcx {

/// The first of the backends that can do a thing does it: chosen for each algorithm and each verb
/// when the program is compiled, so nothing is looked up at run time.
template <class... Bs>
struct first_of {};

namespace detail {

/// The first B for which `Test<B>::value` holds, found without looking at the rest.
template <template <class> class Test, class B, class... Bs>
struct first_such
    : std::conditional_t<Test<B>::value, std::type_identity<B>, first_such<Test, Bs...>> {};
template <template <class> class Test, class B>
struct first_such<Test, B> : std::type_identity<B> {};

template <class A>
struct verifying {
    template <class B>
    using test = std::bool_constant<Verifies<B, A>>;
};
template <class A>
struct signing_with {
    template <class B>
    using test = std::bool_constant<Signs<B, A>>;
};
template <class A>
struct authenticating {
    template <class B>
    using test = std::bool_constant<Authenticates<B, A>>;
};
template <class H>
struct hashing_with {
    template <class B>
    using test = std::bool_constant<Digests<B, H>>;
};

template <class B>
struct computing_rsa : std::bool_constant<ComputesRsa<B>> {};

}  // namespace detail

template <class... Bs, class A>
    requires(... || Verifies<Bs, A>)
struct verification<first_of<Bs...>, A>
    : verification<typename detail::first_such<detail::verifying<A>::template test, Bs...>::type,
                   A> {};

template <class... Bs, class A>
    requires(... || Signs<Bs, A>)
struct signing<first_of<Bs...>, A>
    : signing<typename detail::first_such<detail::signing_with<A>::template test, Bs...>::type, A> {
};

template <class... Bs, class A>
    requires(... || Authenticates<Bs, A>)
struct authentication<first_of<Bs...>, A>
    : authentication<
          typename detail::first_such<detail::authenticating<A>::template test, Bs...>::type, A> {};

template <class... Bs, class H>
    requires(... || Digests<Bs, H>)
struct hashing<first_of<Bs...>, H>
    : hashing<typename detail::first_such<detail::hashing_with<H>::template test, Bs...>::type, H> {
};

template <class... Bs>
    requires(... || ComputesRsa<Bs>)
struct rsa_arithmetic<first_of<Bs...>>
    : rsa_arithmetic<typename detail::first_such<detail::computing_rsa, Bs...>::type> {};

}  // namespace mcx

#endif
