// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// npm's `jose` and the library exchange public keys and tokens, and refuse the same tokens.
// `npm.py` runs this: node jose_npm.js <peer program> [tokens]
'use strict';

const assert = require('node:assert');
const crypto = require('node:crypto');
const jose = require('jose');
const { Library, run } = require('./library.js');

const ISSUER = 'https://idms.mcx.example';
const SERVER = 'https://server.mcx.example/';
const STRANGER = 'https://elsewhere.example/';
const CANDIDATES = ['ES256', 'ES384', 'ES512', 'ES256K', 'RS256', 'RS384', 'RS512', 'PS256',
  'PS384', 'PS512', 'EdDSA', 'Ed25519', 'Ed448', 'HS256', 'HS384', 'HS512'];

// The peer is told of one key; a secret is given by itself, since no set of keys has one.
async function trust(library, alg, jwk) {
  const keys = jwk.kty === 'oct' ? jwk : { keys: [jwk] };
  assert.strictEqual(await library.expect('trusted', 'trust', alg, JSON.stringify(keys)), '1');
}

// A key with which jose signs, the key with which it verifies, and the JWK of the latter.
async function newKey(alg) {
  const kid = `j-${crypto.randomUUID()}`;
  if (alg.startsWith('HS')) {
    const secret = crypto.randomBytes(Number(alg.slice(2)) / 8);
    const jwk = { kty: 'oct', k: secret.toString('base64url'), kid, alg };
    return { signs: secret, verifies: secret, jwk, own: jwk };
  }
  const { privateKey, publicKey } = await jose.generateKeyPair(alg, { extractable: true });
  const jwk = { ...(await jose.exportJWK(publicKey)), kid, alg, use: 'sig' };
  const own = { ...(await jose.exportJWK(privateKey)), kid, alg, use: 'sig' };
  return { signs: privateKey, verifies: publicKey, jwk, own };
}

// The algorithms that both know. jose may lack a name, and its Node may lack a curve.
async function shared(library) {
  const ours = (await library.expect('algorithms', 'algorithms')).split(' ');
  const both = [];
  for (const alg of CANDIDATES.filter((name) => ours.includes(name))) {
    try {
      await newKey(alg);
      both.push(alg);
    } catch (unknown) {
      assert(unknown instanceof jose.errors.JOSENotSupported, unknown);
    }
  }
  return both;
}

function someClaims(now) {
  return {
    iss: ISSUER,
    exp: now + 60 + crypto.randomInt(1e6),
    scope: 'openid 3gpp:mc:ptt_service',
    client_id: `client ${crypto.randomInt(1e9)}`,
    mcptt_id: `sip:\u00e9\u3042\u{1f691}"\\${crypto.randomInt(1e9)}@mcptt.example`,
    aud: [SERVER, `https://${crypto.randomInt(1e6)}.example/`],
    iat: now - crypto.randomInt(1e6),
    jti: crypto.randomUUID(),
  };
}

function sign(alg, claims, key, kid) {
  return new jose.SignJWT(claims).setProtectedHeader({ alg, kid, typ: 'JWT' }).sign(key);
}

function joseAccepts(token, key, alg) {
  return jose.jwtVerify(token, key, { algorithms: [alg], issuer: ISSUER, audience: SERVER,
    requiredClaims: ['exp'] });
}

const flipped = (part, at) => {
  const octets = Buffer.from(part, 'base64url');
  octets[at % octets.length] ^= 1;
  return octets.toString('base64url');
};

// Tokens made of a good one that both parties refuse, and the library's reason.
async function badTokens(alg, good, make, wrong, now) {
  const [header, payload, signature] = good.split('.');
  const none = Buffer.from('{"alg":"none"}').toString('base64url');
  const claims = someClaims(now);
  return [
    [`${header}.${payload}.${flipped(signature, crypto.randomInt(1e6))}`, 'signature'],
    [`${header}.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.${signature}`,
      'signature'],
    [await wrong(claims), 'signature'],
    [`${none}.${payload}.${signature}`, 'algorithm_refused'],
    [`${none}.${payload}.`, 'empty_part'],
    [`${good}.`, 'not_three_parts'],
    [`${header}.${payload}.`, 'empty_part'],
    [await make({ ...claims, exp: now - 1 }), 'expired'],
    [await make({ ...claims, aud: STRANGER }), 'audience_mismatch'],
    [await make({ ...claims, iss: STRANGER }), 'unknown_issuer'],
  ];
}

async function bothRefuse(library, alg, verifies, cases, now) {
  for (const [token, reason] of cases) {
    const found = await library.expect('refused', 'accept', alg, String(now), SERVER, token);
    assert.strictEqual(found.split(' ')[0], reason, alg);
    await assert.rejects(joseAccepts(token, verifies, alg), jose.errors.JOSEError);
  }
}

// jose signs, the library verifies.
async function joseSigns(library, alg, tokens, now) {
  const { signs, verifies, jwk, own } = await newKey(alg);
  const other = await newKey(alg);
  if (jwk.kty !== 'oct') {
    assert.strictEqual((await library.ask('trust', alg, JSON.stringify({ keys: [own] })))[0],
      'refused');
  }
  await trust(library, alg, jwk);
  const make = (claims) => sign(alg, claims, signs, jwk.kid);
  const wrong = (claims) => sign(alg, claims, other.signs, jwk.kid);
  for (let i = 0; i < tokens; ++i) {
    const claims = someClaims(now);
    const token = await make({ ...claims, unknown: { deep: [[], {}, null, 1.5e-3] } });
    const read = await library.expect('accepted', 'accept', alg, String(now), SERVER, token);
    assert.deepStrictEqual(JSON.parse(read), claims);
    await bothRefuse(library, alg, verifies, await badTokens(alg, token, make, wrong, now), now);
  }
}

// The library signs, jose verifies.
async function librarySigns(library, alg, tokens, now) {
  const jwk = JSON.parse(await library.expect('key', 'make', alg));
  assert(jwk.kty === 'oct' || !['d', 'p', 'q', 'k'].some((name) => name in jwk));
  const verifies = await jose.importJWK(jwk, alg);
  const other = await newKey(alg);
  await trust(library, alg, jwk);
  const make = (claims) => library.expect('token', 'issue', alg, JSON.stringify(claims));
  const wrong = (claims) => sign(alg, claims, other.signs, jwk.kid);
  for (let i = 0; i < tokens; ++i) {
    const claims = someClaims(now);
    const token = await make(claims);
    const { payload, protectedHeader } = await joseAccepts(token, verifies, alg);
    assert.deepStrictEqual({ ...payload }, claims);
    assert.deepStrictEqual({ ...protectedHeader }, { alg, kid: jwk.kid, typ: 'JWT' });
    await library.expect('accepted', 'accept', alg, String(now), SERVER, token);
    await bothRefuse(library, alg, verifies, await badTokens(alg, token, make, wrong, now), now);
  }
  if (jwk.kty !== 'oct') {
    assert.strictEqual(await jose.calculateJwkThumbprint(await jose.exportJWK(verifies)),
      await jose.calculateJwkThumbprint(jwk));
  }
}

async function main(program, tokens) {
  console.log(`jose ${require('jose/package.json').version}, Node ${process.version}`);
  const now = Math.floor(Date.now() / 1000);
  for (const backend of ['sodium', 'botan']) {
    const library = new Library(program, backend);
    const algorithms = await shared(library);
    console.log(`${backend}: ${algorithms.join(' ')}`);
    for (const alg of algorithms) {
      await joseSigns(library, alg, tokens, now);
      await librarySigns(library, alg, tokens, now);
      console.log(`${backend}: ${alg}: ${tokens} tokens in each direction`);
    }
    await library.close();
  }
}

run(main, process.argv[2], Number(process.argv[3] || 10));
