// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// npm's `oidc-provider` is the identity management server of the library's client: login with PKCE,
// ID token, refresh, in every way in which a client shows who it is; and, by two grants that are
// registered with it here, primary and partner of an exchange into another domain.
// `npm.py` runs this: node oidc_provider.js <peer program>
'use strict';

const assert = require('node:assert');
const crypto = require('node:crypto');
const jose = require('jose');
const { Library, load, run, serving } = require('./library.js');

const REDIRECT = 'org.example.radio:/back';
const SCOPE = 'openid 3gpp:mc:ptt_service';
const SECRET = 'cobblestone-19-+%:/~';
const PARTNER = 'https://idms.b.example';
const JWT = 'urn:ietf:params:oauth:token-type:jwt';
const EXCHANGE = 'urn:ietf:params:oauth:grant-type:token-exchange';
const BEARER = 'urn:ietf:params:oauth:grant-type:jwt-bearer';

// What is common to the three clients.
function metadata(id, method, alg, more = {}) {
  return { client_id: id, token_endpoint_auth_method: method, application_type: 'native',
    redirect_uris: [REDIRECT],
    grant_types: ['authorization_code', 'refresh_token', EXCHANGE, BEARER],
    response_types: ['code'], id_token_signed_response_alg: alg, ...more };
}

function configuration(alg, key, jwk) {
  return {
    jwks: { keys: [key] },
    clients: [metadata('open', 'none', alg),
      metadata('sharer', 'client_secret_basic', alg, { client_secret: SECRET }),
      metadata('signer', 'private_key_jwt', alg,
        { jwks: { keys: [jwk] }, token_endpoint_auth_signing_alg: 'ES256' })],
    acrValues: ['3gpp:acr:password'],
    claims: { openid: ['sub'], '3gpp:mc:ptt_service': ['mcptt_id'] },
    conformIdTokenClaims: false,
    cookies: { keys: [crypto.randomUUID()] },
    features: { devInteractions: { enabled: false } },
    findAccount: (_ctx, accountId) => ({ accountId,
      claims: () => ({ sub: accountId, mcptt_id: 'sip:bob@c.example' }) }),
    interactions: { url: (_ctx, { uid }) => `/interaction/${uid}` },
    issueRefreshToken: () => true,
    pkce: { methods: ['S256'], required: () => true },
    rotateRefreshToken: true,
    ttl: Object.fromEntries(['AccessToken', 'Grant', 'IdToken', 'Interaction', 'RefreshToken',
      'Session'].map((kind) => [kind, 600])),
  };
}

// The server as primary: a security token for one partner, for an access token of its own.
// [TS 33.180 B.7.2, B.7.3, B.8]
function vouching(errors, alg, key) {
  return async (ctx) => {
    const { provider, client, params } = ctx.oidc;
    const access = await provider.AccessToken.find(params.subject_token);
    if (params.subject_token_type !== JWT || access?.clientId !== client.clientId) {
      throw new errors.InvalidRequest('subject_token');
    }
    if (params.resource !== PARTNER) {
      throw new errors.InvalidTarget();
    }
    const token = await new jose.SignJWT().setProtectedHeader({ alg, kid: 'p-1' })
      .setIssuer(provider.issuer).setSubject(access.accountId)
      .setAudience([client.clientId, PARTNER]).setIssuedAt().setExpirationTime('60s')
      .sign(key);
    ctx.body = { access_token: token, issued_token_type: JWT, token_type: 'N_A', expires_in: 60 };
  };
}

// The same server as partner, which knows the key: an access token for a security token.
// [TS 33.180 B.7.4, B.7.5]
function admitting(errors, alg, key) {
  return async (ctx) => {
    const { provider, client, params } = ctx.oidc;
    const { payload } = await jose.jwtVerify(params.assertion, key, { algorithms: [alg],
      issuer: provider.issuer, audience: PARTNER, requiredClaims: ['sub', 'iat', 'exp'] })
      .catch(() => { throw new errors.InvalidGrant('assertion'); });
    if (params.client_id !== client.clientId || !payload.aud.includes(client.clientId)) {
      throw new errors.InvalidGrant('client');
    }
    const token = new provider.AccessToken({ accountId: payload.sub, client,
      scope: params.scope });
    const value = await token.save();
    ctx.body = { access_token: value, token_type: 'Bearer', expires_in: token.expiration,
      scope: params.scope };
  };
}

// Bob logs in and allows what is asked for.
async function interact(provider, request, response) {
  const { prompt, params, grantId } = await provider.interactionDetails(request, response);
  if (prompt.name === 'login') {
    return provider.interactionFinished(request, response,
      { login: { accountId: 'bob', acr: '3gpp:acr:password' } });
  }
  const { session } = await provider.interactionDetails(request, response);
  const grant = (grantId && await provider.Grant.find(grantId)) ||
    new provider.Grant({ accountId: session.accountId, clientId: params.client_id });
  grant.addOIDCScope(SCOPE);
  return provider.interactionFinished(request, response,
    { consent: { grantId: await grant.save() } });
}

// The user's agent: follows the server's redirections, with its cookies, to that of the client.
async function browse(address, location) {
  const jar = new Map();
  for (let url = new URL(location), hops = 0; hops < 12; ++hops) {
    if (url.protocol !== 'https:') {
      return url.search.slice(1);
    }
    const response = await fetch(`http://${address}${url.pathname}${url.search}`,
      { redirect: 'manual', headers: { 'X-Forwarded-Proto': 'https',
        Cookie: [...jar].map((pair) => pair.join('=')).join('; ') } });
    for (const cookie of response.headers.getSetCookie()) {
      const [name, value] = cookie.split(';')[0].split('=');
      jar.set(name, value);
    }
    const to = response.headers.get('location');
    assert(to, `${response.status} ${await response.text()}`);
    url = new URL(to, url);
  }
  throw new Error('too many redirections');
}

// Carries a message of the client to the token endpoint; the answer as the client takes it.
async function carry(address, content) {
  const [body, ...header] = content.split(' ');
  const authorization = header.join(' ').trim();
  const response = await fetch(`http://${address}/token`, { method: 'POST', body,
    headers: { 'Content-Type': 'application/x-www-form-urlencoded', 'X-Forwarded-Proto': 'https',
      ...(authorization ? { Authorization: authorization } : {}) } });
  const type = response.headers.get('content-type').split(';')[0];
  return ['reply', String(response.status), type, await response.text()];
}

async function begin(library, address, id, prompt = 'login') {
  await library.expect('ok', 'account', `https://${address}`, `https://${address}/auth`,
    `https://${address}/token`, id, REDIRECT);
  const keys = await fetch(`http://${address}/jwks`, { headers: { 'X-Forwarded-Proto': 'https' } });
  await library.expect('ok', 'keys', await keys.text());
  return () => library.expect('go', 'begin', '600', prompt, SCOPE);
}

async function play(library, address, provider, id, method, wrong) {
  const location = await begin(library, address, id);
  const show = () => library.ask(...method);
  await show();
  const query = await browse(address, await location());
  assert(query.includes('iss='), 'RFC 9207');
  const first = await carry(address, await library.expect('post', 'back', query));
  assert.strictEqual(await library.expect('home', ...first), `bob sip:bob@c.example ${SCOPE}`);
  const second = await carry(address, await library.expect('post', 'refresh'));
  assert.strictEqual(await library.expect('home', ...second), `bob sip:bob@c.example ${SCOPE}`);

  await travel(library, address, provider, id);

  // A code is redeemed once, by its client, which shows who it is as it is registered.
  const used = await carry(address, await library.expect('post', 'back', query));
  assert.strictEqual(used[1], '400');
  assert.strictEqual(await library.expect('refused', ...used), 'peer_refused');
  for (const other of wrong) {
    const back = await browse(address, await location());
    await library.ask(...other);
    const answer = await carry(address, await library.expect('post', 'back', back));
    assert.strictEqual(answer[1], '401', answer[3]);
    assert.strictEqual(await library.expect('refused', ...answer), 'peer_refused');
    await show();
  }
}

// From home into the partner domain. [TS 33.180 B.7]
async function travel(library, address, provider, id) {
  const partner = (name) =>
    library.expect('post', 'exchange', name, `https://${address}/token`, id);
  const unknown = await carry(address, await partner('https://idms.elsewhere.example'));
  assert(unknown[3].includes('invalid_target'), unknown[3]);
  assert.strictEqual(await library.expect('refused', ...as('vouched', unknown)), 'peer_refused');

  const vouching = await carry(address, await partner(PARTNER));
  const typed = changed(vouching, { issued_token_type: `${JWT}-not` });
  assert.strictEqual(await library.expect('refused', ...as('vouched', typed)),
    'issued_token_type_mismatch');
  const { access_token: token } = JSON.parse(vouching[3]);
  const forged = changed(vouching,
    { access_token: `${token.slice(0, -20)}AAAA${token.slice(-16)}` });
  const refused = await carry(address, await library.expect('post', ...as('vouched', forged)));
  assert(refused[3].includes('invalid_grant'), refused[3]);
  assert.strictEqual(await library.expect('refused', ...as('admitted', refused)), 'peer_refused');

  const admission = await carry(address, await library.expect('post', ...as('vouched', vouching)));
  assert.strictEqual(await library.expect('refused',
    ...as('admitted', changed(admission, { token_type: 'N_A' }))), 'response_token_type');
  const header = await library.expect('bearer', ...as('admitted', admission));
  const found = await provider.AccessToken.find(header.replace('Bearer ', ''));
  assert.strictEqual(`${found.accountId} ${found.clientId} ${found.scope}`,
    `bob ${id} 3gpp:mc:ptt_service`);
}

// An answer as another command's, and with other members.
const as = (command, answer) => [command, ...answer.slice(1)];
const changed = (answer, more) =>
  [...answer.slice(0, 3), JSON.stringify({ ...JSON.parse(answer[3]), ...more })];

// What the client refuses.
async function refusals(library, address, stranger) {
  await (await begin(library, address, 'open', 'none'))().then(async (location) => {
    const query = await browse(address, location);
    assert(query.includes('error=login_required'), query);
    assert.strictEqual(await library.expect('refused', 'back', query), 'peer_refused');
  });
  const location = await begin(library, address, 'open');
  const query = await browse(address, await location());
  for (const [name, value, reason] of [['state', 'x', 'state_mismatch'],
    ['iss', 'https://elsewhere.example', 'issuer_mismatch']]) {
    const other = new URLSearchParams(query);
    other.set(name, value);
    assert.strictEqual(await library.expect('refused', 'back', other.toString()), reason);
  }
  const answer = await carry(address, await library.expect('post', 'back', query));
  const tokens = JSON.parse(answer[3]);
  assert.strictEqual(
    await library.expect('refused', ...changed(answer, { access_token: 'another' })),
    'token_hash_mismatch');
  const forged = await new jose.SignJWT(jose.decodeJwt(tokens.id_token))
    .setProtectedHeader(jose.decodeProtectedHeader(tokens.id_token)).sign(stranger);
  assert.strictEqual(await library.expect('refused', ...changed(answer, { id_token: forged })),
    'signature');
  assert.strictEqual(
    await library.expect('refused', ...changed(answer, { id_token: undefined })),
    'member_missing');
  await library.expect('home', ...answer);
}

async function main(program) {
  const { default: Provider, errors } = await load('oidc-provider');
  console.log(`oidc-provider, Node ${process.version}`);
  for (const alg of ['ES256', 'RS256', 'EdDSA']) {
    const library = new Library(program, 'client');
    const jwk = JSON.parse(await library.expect('key', 'sign'));
    const pair = () => jose.generateKeyPair(alg, { extractable: true });
    const { privateKey, publicKey } = await pair();
    const key = { ...(await jose.exportJWK(privateKey)), kid: 'p-1', alg, use: 'sig' };
    let provider;
    await serving((request, response) => {
      if (request.url.startsWith('/interaction/')) {
        interact(provider, request, response).catch((failed) => response.destroy(failed));
      } else {
        provider.callback()(request, response);
      }
    }, async (address) => {
      provider = new Provider(`https://${address}`, configuration(alg, key, jwk));
      provider.proxy = true;
      provider.registerGrantType(EXCHANGE, vouching(errors, alg, privateKey),
        ['resource', 'subject_token', 'subject_token_type']);
      provider.registerGrantType(BEARER, admitting(errors, alg, publicKey),
        ['assertion', 'scope']);
      const methods = { open: ['public'], sharer: ['secret', SECRET], signer: ['sign'] };
      for (const [id, method] of Object.entries(methods)) {
        const wrong = id === 'open' ? [] : [['public'], ['secret', 'another']];
        await play(library, address, provider, id, method, wrong);
        console.log(`${alg}: ${id}: login, ID token, refresh, partner domain, and refusals`);
      }
      await refusals(library, address, (await pair()).privateKey);
      console.log(`${alg}: what the client refuses`);
    });
    await library.close();
  }
}

run(main, process.argv[2]);
