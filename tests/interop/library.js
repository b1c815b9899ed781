// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What the scripts for npm's packages share: a peer program, packages that are modules, and a
// server on the loopback interface.
'use strict';

const assert = require('node:assert');
const { spawn } = require('node:child_process');
const http = require('node:http');
const readline = require('node:readline');
const { pathToFileURL } = require('node:url');
const { webcrypto } = require('node:crypto');

// Node 18 has these under another name.
globalThis.crypto ??= webcrypto;
globalThis.CryptoKey ??= webcrypto.CryptoKey;

// The peer program: one line asked, one line answered.
class Library {
  constructor(program, ...words) {
    this.process = spawn(program, words, { stdio: ['pipe', 'pipe', 'inherit'] });
    this.answers = readline.createInterface({ input: this.process.stdout })[Symbol.asyncIterator]();
  }

  async ask(...words) {
    this.process.stdin.write(words.join(' ') + '\n');
    const { value, done } = await this.answers.next();
    assert(!done, `no answer to ${words[0]}`);
    const space = value.indexOf(' ');
    return space < 0 ? [value, ''] : [value.slice(0, space), value.slice(space + 1)];
  }

  async expect(kind, ...words) {
    const [found, content] = await this.ask(...words);
    assert.strictEqual(found, kind, `${words[0]} ${words[1]}: ${found} ${content}`);
    return content;
  }

  close() {
    this.process.stdin.end();
    return new Promise((resolve) => this.process.on('close', (code) => {
      assert.strictEqual(code, 0, 'the peer failed');
      resolve();
    }));
  }
}

// A package that is a module, found as `require` finds others.
function load(name) {
  return import(pathToFileURL(require.resolve(name)));
}

// Runs `use` with the address of a server that answers by `handler`.
async function serving(handler, use) {
  const server = http.createServer(handler);
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    return await use(`127.0.0.1:${server.address().port}`);
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}

async function bodyOf(request) {
  const pieces = [];
  for await (const piece of request) {
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString();
}

function run(main, ...words) {
  main(...words).catch((failed) => {
    console.error(failed);
    process.exit(1);
  });
}

module.exports = { Library, bodyOf, load, run, serving };
