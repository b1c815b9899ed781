#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""PyJWT and the library exchange public keys and tokens, and refuse the same tokens.

    pyjwt.py <peer program> [tokens [seed]]

Each algorithm, with each backend, in both directions: PyJWT signs and the library verifies, then
the other way round. Every bad token is offered to both parties. Without PyJWT or cryptography the
test is skipped, unless MCX_INTEROP says `required` or `all`; then it fails.
"""

import json
import os
import random
import subprocess
import sys
import time

SKIPPED = 77
SYSTEM_PYTHON = "/usr/bin/python3"

try:
    import jwt
    from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
    from jwt.algorithms import ECAlgorithm, HMACAlgorithm, OKPAlgorithm, RSAAlgorithm
    from jwt.utils import base64url_decode, base64url_encode
except ModuleNotFoundError as missing:
    # Packages of the distribution belong to its own interpreter, which need not be the first found.
    if os.path.exists(SYSTEM_PYTHON) and "MCX_SYSTEM_PYTHON" not in os.environ:
        os.environ["MCX_SYSTEM_PYTHON"] = "tried"
        os.execv(SYSTEM_PYTHON, [SYSTEM_PYTHON, "-B", *sys.argv])
    print(f"{missing}: Debian has it in python3-jwt and python3-cryptography")
    sys.exit(1 if os.environ.get("MCX_INTEROP") in ("required", "all") else SKIPPED)

ISSUER = "https://idms.mcx.example"
SERVER = "https://server.mcx.example/"
# Ends of what one to four octets can spell, and characters that JSON escapes.
CHARACTERS = ('aZ09-._~ "\\/<&\u00a0\u00e9\u0416\u05d0\u0e01\u3042\ud7ff\ue000\ufffd'
              "\U0001f691\U0010ffff")

# Every algorithm that PyJWT has, its kind, how a key of it is made, and the octets of a coordinate.
ALGORITHMS = {
    **{name: (ECAlgorithm, lambda curve=curve: ec.generate_private_key(curve()), size)
       for name, curve, size in (("ES256", ec.SECP256R1, 32), ("ES384", ec.SECP384R1, 48),
                                 ("ES512", ec.SECP521R1, 66), ("ES256K", ec.SECP256K1, 32))},
    **{name: (RSAAlgorithm, lambda: rsa.generate_private_key(65537, 2048), None)
       for name in ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512")},
    "EdDSA": (OKPAlgorithm, ed25519.Ed25519PrivateKey.generate, None),
    **{name: (HMACAlgorithm, lambda size=size: os.urandom(size), None)
       for name, size in (("HS256", 32), ("HS384", 48), ("HS512", 64))},
}


class Library:
    """The peer program."""

    def __init__(self, program, backend):
        self.process = subprocess.Popen([program, backend], stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, encoding="utf-8")

    def ask(self, *words):
        """The kind of the answer, and its content."""
        self.process.stdin.write(" ".join(words) + "\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline().rstrip("\n")
        assert answer, f"no answer to {words[0]}; the peer's exit code is {self.process.poll()}"
        kind, _, content = answer.partition(" ")
        return kind, content

    def expect(self, kind, *words):
        found, content = self.ask(*words)
        assert found == kind, f"{words[0]}: {found} {content}"
        return content

    def algorithms(self):
        return self.expect("algorithms", "algorithms").split(" ")

    def trust(self, alg, jwk):
        """One key; a secret is given by itself, since no set of keys has one."""
        keys = jwk if jwk["kty"] == "oct" else {"keys": [jwk]}
        assert self.expect("trusted", "trust", alg, json.dumps(keys)) == "1"

    def refuses(self, alg, token, audience, now):
        """Why the library refuses a token."""
        content = self.expect("refused", "accept", alg, str(now), audience, token)
        return content.split(" ")[0]

    def close(self):
        self.process.stdin.close()
        assert self.process.wait() == 0, "the peer failed"


def python_accepts(token, key, alg, audience):
    return jwt.decode(token, key, algorithms=[alg], audience=audience, issuer=ISSUER,
                      options={"require": ["exp", "iss", "aud"]})


def python_refuses(token, key, alg, audience):
    """The name of the exception with which PyJWT refuses a token."""
    try:
        python_accepts(token, key, alg, audience)
    except jwt.exceptions.PyJWTError as refusal:
        return type(refusal).__name__
    raise AssertionError("PyJWT accepts what it should refuse")


def random_claims(rng, now):
    """The claims of one access token."""
    def name():
        return "".join(rng.choices(CHARACTERS, k=rng.randint(1, 40)))

    services = [f"3gpp:mc:{s}_service" for s in ("ptt", "video", "data")]
    claims = {
        "iss": ISSUER,
        "exp": now + rng.randint(60, 10**6),
        "scope": " ".join(rng.sample(["openid", *services], rng.randint(1, 4))),
        "client_id": f"client {rng.randrange(10**9)}",
        "sub": name(),
    }
    for claim in ("mcptt_id", "mcvideo_id", "mcdata_id"):
        if rng.random() < 0.5:
            claims[claim] = name()
    others = [f"https://{rng.randrange(10**6)}.example/" for _ in range(rng.randrange(4))]
    audience = [SERVER, *others]
    rng.shuffle(audience)
    claims["aud"] = SERVER if audience == [SERVER] and rng.random() < 0.5 else audience
    if rng.random() < 0.5:
        claims["nbf"] = claims["iat"] = now - rng.randrange(10**6)
    if rng.random() < 0.5:
        claims["jti"] = f"{rng.getrandbits(128):032x}"
    shuffled = list(claims.items())
    rng.shuffle(shuffled)
    return dict(shuffled)


def unknown_claims(rng):
    """Claims that no field list names, and that are read past."""
    return {
        "auth_time": rng.getrandbits(31),
        "\u00e9tat": {"deep": [[], {}, None, True, 1.5e-3, CHARACTERS], "": "\x00\x1f\x7f"},
    }


def normal(claims):
    """One audience may be spelled as a text or as a list of one."""
    aud = claims["aud"]
    return {**claims, "aud": aud if isinstance(aud, list) else [aud]}


def changed_payload(token):
    """The token with one character of one claim changed: only the signature can tell."""
    header, payload, signature = token.split(".")
    claims = json.loads(base64url_decode(payload))
    claims["client_id"] = claims["client_id"][:-1] + "x"
    payload = base64url_encode(json.dumps(claims).encode()).decode()
    return ".".join((header, payload, signature))


def changed_signature(token, rng):
    """The token with one bit of its signature changed."""
    signed, _, signature = token.rpartition(".")
    octets = bytearray(base64url_decode(signature))
    octets[rng.randrange(len(octets))] ^= 1 << rng.randrange(8)
    return signed + "." + base64url_encode(bytes(octets)).decode()


def resigned_as(alg, token, jwk):
    """The token signed anew by what a mistaken verifier would take for a key."""
    key = json.dumps(jwk) if alg.startswith("HS") else None
    kid = jwt.get_unverified_header(token).get("kid")
    claims = jwt.decode(token, options={"verify_signature": False})
    return jwt.encode(claims, key, algorithm=alg, headers={"kid": kid})


def both_refuse(library, key, alg, cases, now):
    """Offers every case to both parties; a case is a token, an audience and the two reasons."""
    for token, audience, ours, theirs in cases:
        reasons = (library.refuses(alg, token, audience, now),
                   python_refuses(token, key, alg, audience))
        expected = (ours, theirs or reasons[1])  # PyJWT has no one reason for a part too many
        assert reasons == expected, f"refused as {reasons}, not as {expected}"


def bad_tokens(alg, good, rng, sign, wrong, jwk, now):
    """What both parties refuse, whoever signed; `sign` signs claims, `wrong` with another key."""
    claims = random_claims(rng, now)
    stranger = "https://elsewhere.example/"
    unsigned = resigned_as("none", good, jwk)
    other_mac = resigned_as("HS384" if alg == "HS256" else "HS256", good, jwk)
    return [
        (changed_payload(good), SERVER, "signature", "InvalidSignatureError"),
        (changed_signature(good, rng), SERVER, "signature", "InvalidSignatureError"),
        (wrong(claims), SERVER, "signature", "InvalidSignatureError"),
        (good, stranger, "audience_mismatch", "InvalidAudienceError"),
        (sign({**claims, "aud": stranger}), SERVER, "audience_mismatch", "InvalidAudienceError"),
        (sign({**claims, "exp": now - 1}), SERVER, "expired", "ExpiredSignatureError"),
        (sign({**claims, "iss": stranger}), SERVER, "unknown_issuer", "InvalidIssuerError"),
        (unsigned, SERVER, "empty_part", "InvalidAlgorithmError"),
        (unsigned + good.rpartition(".")[2], SERVER, "algorithm_refused", "InvalidAlgorithmError"),
        (other_mac, SERVER, "algorithm_refused", "InvalidAlgorithmError"),
        (good + ".", SERVER, "not_three_parts", None),
        (good.rpartition(".")[0] + ".", SERVER, "empty_part", "InvalidSignatureError"),
    ]


def jwk_of(alg, key, kid="p1"):
    """The JWK of a key: private, as its owner has it."""
    kind = ALGORITHMS[alg][0]
    if kind is HMACAlgorithm:
        return {"kty": "oct", "k": base64url_encode(key).decode(), "kid": kid}
    return {**json.loads(kind.to_jwk(key)), "kid": kid}


def new_key(alg):
    """A key, what verifies with it, and the JWK of that."""
    kind, generate, size = ALGORITHMS[alg]
    while True:
        key = generate()
        if kind is HMACAlgorithm:
            return key, key, jwk_of(alg, key)
        jwk = jwk_of(alg, key.public_key())
        # `to_jwk` of PyJWT 2.6 drops a coordinate's leading zeros: such keys are not exchanged.
        if not size or all(len(base64url_decode(jwk[c])) == size for c in "xy"):
            jwk["alg"] = alg
            return key, key.public_key(), jwk


def python_signs(library, alg, tokens, rng):
    """PyJWT signs, the library verifies."""
    now = int(time.time())
    key, verifies, jwk = new_key(alg)
    another = new_key(alg)[0]
    if jwk["kty"] != "oct":
        private = {"keys": [jwk_of(alg, key)]}
        assert library.ask("trust", alg, json.dumps(private))[0] == "refused"
    library.trust(alg, jwk)

    def sign(claims, with_key=key):
        return jwt.encode(claims, with_key, algorithm=alg, headers={"kid": "p1"})

    for _ in range(tokens):
        claims = random_claims(rng, now)
        token = sign({**claims, **unknown_claims(rng)})
        read = json.loads(library.expect("accepted", "accept", alg, str(now), SERVER, token))
        assert normal(read) == normal(claims), f"{read} read, {claims} signed"
        bad = bad_tokens(alg, token, rng, sign, lambda c: sign(c, another), jwk, now)
        both_refuse(library, verifies, alg, bad, now)


def library_signs(library, alg, tokens, rng):
    """The library signs, PyJWT verifies."""
    now = int(time.time())
    jwk = json.loads(library.expect("key", "make", alg))
    assert jwk["kty"] == "oct" or not {"d", "p", "q", "k"} & set(jwk), "a private member is told"
    assert jwk["alg"] == alg and jwk["use"] == "sig"
    key, another = ALGORITHMS[alg][0].from_jwk(json.dumps(jwk)), new_key(alg)[0]
    library.trust(alg, jwk)

    def sign(claims):
        return library.expect("token", "issue", alg, json.dumps(claims))

    def wrong(claims):
        return jwt.encode(claims, another, algorithm=alg, headers={"kid": jwk["kid"]})

    for _ in range(tokens):
        claims = random_claims(rng, now)
        token = sign(claims)
        header = jwt.get_unverified_header(token)
        assert header == {"alg": alg, "kid": jwk["kid"], "typ": "JWT"}, header
        read = python_accepts(token, key, alg, SERVER)
        assert normal(read) == normal(claims), f"{read} read, {claims} signed"
        library.expect("accepted", "accept", alg, str(now), SERVER, token)
        both_refuse(library, key, alg, bad_tokens(alg, token, rng, sign, wrong, jwk, now), now)


def short_coordinates(library):
    """A JWK whose coordinate has lost its leading zero is no key to either party."""
    for scalar in range(1, 10**5):
        key = ec.derive_private_key(scalar, ec.SECP256R1()).public_key()
        if key.public_numbers().x >> 248 == 0:
            break
    x = key.public_numbers().x.to_bytes(32, "big").lstrip(b"\0")
    y = key.public_numbers().y.to_bytes(32, "big")
    jwk = {"kty": "EC", "crv": "P-256", "x": base64url_encode(x).decode(),
           "y": base64url_encode(y).decode()}
    reason = library.expect("refused", "trust", "ES256", json.dumps({"keys": [jwk]}))
    assert reason.startswith("point_encoding"), reason
    try:
        ECAlgorithm.from_jwk(json.dumps(jwk))
    except jwt.exceptions.InvalidKeyError:
        return
    raise AssertionError("PyJWT takes a short coordinate")


def main(arguments):
    program, tokens, seed, *_ = [*arguments, *["20", "33180"][len(arguments) - 1:]]
    print(f"PyJWT {jwt.__version__}, seed {seed}")
    for backend in ("sodium", "botan"):
        library = Library(program, backend)
        short_coordinates(library)
        assert set(ALGORITHMS) <= set(library.algorithms()), library.algorithms()
        for alg in ALGORITHMS:
            for direction in (python_signs, library_signs):
                direction(library, alg, int(tokens), random.Random(f"{seed} {backend} {alg}"))
                print(f"{backend}: {alg}: {direction.__doc__} {tokens} tokens", flush=True)
        library.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
