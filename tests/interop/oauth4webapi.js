// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// npm's `oauth4webapi` is the client of the library's identity management servers: login, refresh,
// token exchange, JWT bearer, in every way in which a client shows who it is.
// `npm.py` runs this: node oauth4webapi.js <peer program>
'use strict';

const assert = require('node:assert');
const jose = require('jose');
const { Library, bodyOf, load, run, serving } = require('./library.js');

const REDIRECT = 'org.example.radio:/back';
const PARTNER = 'https://idms.b.example';
const SECRET = 's3cr3t :+%/~';
const JWT = 'urn:ietf:params:oauth:token-type:jwt';
const insecure = {};  // the loopback interface has no TLS

// The library's two servers behind HTTP.
function handler(library) {
  return async (request, response) => {
    const url = new URL(request.url, 'http://x');
    const authorization = request.headers.authorization ?? '';
    if (url.pathname === '/jwks') {
      const keys = await library.expect('keys', 'keys');
      response.writeHead(200, { 'Content-Type': 'application/json' }).end(keys);
    } else if (url.pathname === '/authorize') {
      const [kind, to] = await library.ask('authorize', url.search.slice(1));
      if (kind === 'go') {
        response.writeHead(302, { Location: to }).end();
      } else {
        response.writeHead(400, { 'Content-Type': 'text/plain' }).end(to);
      }
    } else {
      const [status, body] = await library.ask(url.pathname.slice(1), await bodyOf(request),
        authorization);
      const challenge = status === '401' && authorization ? { 'WWW-Authenticate': 'Basic realm="a"' } : {};
      response.writeHead(Number(status), { 'Content-Type': 'application/json',
        'Cache-Control': 'no-store', ...challenge }).end(body);
    }
  };
}

class Session {
  constructor(oauth, library, address, alg, client, authentication) {
    Object.assign(this, { oauth, library, client, authentication });
    const issuer = 'https://a.example';
    this.client = { ...client, id_token_signed_response_alg: alg };
    this.as = { issuer, authorization_endpoint: `http://${address}/authorize`,
      token_endpoint: `http://${address}/primary`, jwks_uri: `http://${address}/jwks` };
    this.partner = { issuer: 'https://b.example', token_endpoint: `http://${address}/partner` };
  }

  // Where the authorization endpoint sends the user's agent.
  async location(more) {
    const { oauth } = this;
    this.verifier = oauth.generateRandomCodeVerifier();
    this.state = oauth.generateRandomState();
    this.nonce = oauth.generateRandomNonce();
    const url = new URL(this.as.authorization_endpoint);
    const parameters = { response_type: 'code', client_id: this.client.client_id,
      redirect_uri: REDIRECT, scope: 'openid 3gpp:mc:ptt_service', state: this.state,
      nonce: this.nonce, acr_values: '3gpp:acr:password', max_age: '600',
      code_challenge: await oauth.calculatePKCECodeChallenge(this.verifier),
      code_challenge_method: 'S256', ...more };
    for (const [name, value] of Object.entries(parameters)) {
      url.searchParams.set(name, value);
    }
    const response = await fetch(url, { redirect: 'manual' });
    assert.strictEqual(response.status, 302, await response.text());
    return new URL(response.headers.get('location'));
  }

  async code(more) {
    return this.oauth.validateAuthResponse(this.as, this.client, await this.location(more),
      this.state);
  }

  // TS 33.180 B.4.2.4 wants the client id in the body, whatever else says who the client is.
  redemption(code, verifier = this.verifier, authentication = this.authentication) {
    return this.oauth.authorizationCodeGrantRequest(this.as, this.client, authentication, code,
      REDIRECT, verifier,
      { ...insecure, additionalParameters: { client_id: this.client.client_id } });
  }

  async logIn() {
    const { oauth } = this;
    const response = await this.redemption(await this.code());
    const tokens = await oauth.processAuthorizationCodeResponse(this.as, this.client, response,
      { expectedNonce: this.nonce, maxAge: 600, requireIdToken: true });
    await oauth.validateApplicationLevelSignature(this.as, response, insecure);
    const claims = oauth.getValidatedIdTokenClaims(tokens);
    assert.strictEqual(claims.sub, 'alice');
    assert.strictEqual(claims.mcptt_id, 'sip:alice@a.example');
    assert.strictEqual(claims.acr, '3gpp:acr:password');
    assert.strictEqual(tokens.scope, 'openid 3gpp:mc:ptt_service');
    return tokens;
  }

  refresh(token) {
    return this.oauth.refreshTokenGrantRequest(this.as, this.client, this.authentication, token,
      insecure);
  }

  async grant(as, type, parameters, options) {
    const response = await this.oauth.genericTokenEndpointRequest(as, this.client,
      this.authentication, type, parameters, insecure);
    return this.oauth.processGenericTokenEndpointResponse(as, this.client, response, options);
  }

  // Exchanges an access token for a security token, and that for access in the partner domain.
  async travel(accessToken) {
    const vouched = await this.grant(this.as, 'urn:ietf:params:oauth:grant-type:token-exchange',
      { resource: PARTNER, subject_token: accessToken, subject_token_type: JWT },
      { recognizedTokenTypes: { n_a: () => {} } });
    assert.strictEqual(vouched.issued_token_type, JWT);
    const bearer = () => this.grant(this.partner, 'urn:ietf:params:oauth:grant-type:jwt-bearer',
      { assertion: vouched.access_token, client_id: this.client.client_id,
        scope: '3gpp:mc:ptt_service' });
    const admitted = await bearer();
    assert.strictEqual(await this.library.expect('permitted', 'bearer',
      `Bearer ${admitted.access_token}`), 'sip:visitor-1@b.example');
    await refused('invalid_grant', bearer());  // once only
  }

  async play() {
    const { oauth } = this;
    const tokens = await this.logIn();
    const response = await this.refresh(tokens.refresh_token);
    const renewed = await oauth.processRefreshTokenResponse(this.as, this.client, response);
    await oauth.validateApplicationLevelSignature(this.as, response, insecure);
    assert.notStrictEqual(renewed.refresh_token, tokens.refresh_token);
    await refused('invalid_grant', this.refresh(tokens.refresh_token).then((again) =>
      oauth.processRefreshTokenResponse(this.as, this.client, again)));
    await this.travel(renewed.access_token);
  }

  // What is refused to this client, and with which error.
  async refusals(wrong) {
    const { oauth } = this;
    const process = (response) => oauth.processAuthorizationCodeResponse(this.as, this.client,
      response, { expectedNonce: this.nonce, requireIdToken: true });
    const code = await this.code();
    await refused('invalid_grant',
      this.redemption(code, oauth.generateRandomCodeVerifier()).then(process));
    await refused('invalid_grant', this.redemption(code).then(process));  // it is used up
    for (const authentication of wrong) {
      await refused('invalid_client',
        this.redemption(await this.code(), this.verifier, authentication).then(process));
    }
    await refused('invalid_scope', this.code({ scope: 'openid 3gpp:mc:data_service' }));
    await refused('invalid_request', this.code({ code_challenge_method: 'plain' }));
    await refused('invalid_request', this.code({ prompt: 'none login' }));
  }
}

// That a promise fails with an OAuth error, in a document, a challenge or a redirection.
async function refused(error, promise) {
  await assert.rejects(promise, (failed) => {
    const found = failed.error ?? (failed.status === 401 && failed.code ===
      'OAUTH_WWW_AUTHENTICATE_CHALLENGE' ? 'invalid_client' : failed);
    assert.strictEqual(found, error);
    return true;
  });
}

async function main(program) {
  const oauth = await load('oauth4webapi');
  insecure[oauth.allowInsecureRequests] = true;
  const { privateKey, publicKey } = await oauth.generateKeyPair('ES256', { extractable: true });
  const key = { key: privateKey, kid: 'j-1' };
  const jwk = { ...(await jose.exportJWK(publicKey)), kid: 'j-1', alg: 'ES256' };
  const stranger = { key: (await oauth.generateKeyPair('ES256')).privateKey, kid: 'j-1' };
  const toEndpoint = { [oauth.modifyAssertion]: (_header, payload) => {
    payload.aud = 'https://idms.a.example/token';
  } };
  const name = oauth.None();
  const clients = [
    ['open', name, [oauth.ClientSecretBasic(SECRET), oauth.PrivateKeyJwt(key)]],
    ['sharer', oauth.ClientSecretBasic(SECRET),
      [name, oauth.ClientSecretBasic('s3cr3t'), oauth.ClientSecretPost(SECRET)]],
    ['signer', oauth.PrivateKeyJwt(key),
      [name, oauth.PrivateKeyJwt(stranger), oauth.PrivateKeyJwt(key, toEndpoint)]],
  ];
  console.log(`oauth4webapi, Node ${process.version}`);
  for (const alg of ['ES256', 'RS256', 'EdDSA']) {
    const library = new Library(program, 'server', alg);
    await library.expect('ok', 'clients', JSON.stringify({ keys: [jwk] }));
    await serving(handler(library), async (address) => {
      for (const [id, authentication, wrong] of clients) {
        const session = new Session(oauth, library, address, alg, { client_id: id },
          authentication);
        await session.play();
        await session.refusals(wrong);
        console.log(`${alg}: ${id}: login, refresh, exchange, partner, and refusals`);
      }
    });
    await library.close();
  }
}

run(main, process.argv[2]);
