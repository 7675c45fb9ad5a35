// Evidence against a log: what its keys signed and never should have, and what only looks like it.
import assert from 'node:assert/strict';
import { createHash, generateKeyPairSync, sign, webcrypto } from 'node:crypto';
import { test } from 'node:test';
import { toBase64, utf8 } from '../../assets/verify/bytes.js';
import { leafHash, nodeHash } from '../../assets/verify/hash.js';
import { parseKey } from '../../assets/verify/note.js';
import { verifyFiles } from '../../assets/verify/verify.js';

globalThis.crypto ??= webcrypto;

const LEDGER = 'localhost/liar';
const [A, B, C] = await Promise.all(['a', 'b', 'c'].map((text) => leafHash(utf8(text))));

/// A key of the log that signs as `type` says: 1 on the text, 4 with a time.
function signer(type) {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const material = Buffer.concat([Buffer.of(type), publicKey.export({ format: 'der', type: 'spki' }).subarray(-32)]);
  const id = createHash('sha256').update(`${LEDGER}\n`).update(material).digest().subarray(0, 4);
  const vkey = `${LEDGER}+${id.toString('hex')}+${material.toString('base64')}`;
  const line = (text, time) => {
    const stamp = Buffer.alloc(type === 1 ? 0 : 8);
    if (type !== 1) stamp.writeBigUInt64BE(BigInt(time));
    const message = type === 1 ? text : `cosignature/v1\ntime ${time}\n${text}`;
    return `— ${LEDGER} ${Buffer.concat([id, stamp, sign(null, Buffer.from(message), privateKey)]).toString('base64')}\n`;
  };
  const checkpoint = (size, root, time = 0) => {
    const text = `${LEDGER}\n${size}\n${toBase64(root)}\n`;
    return `${text}\n${line(text, time)}`;
  };
  return { vkey, checkpoint };
}

async function verify(files, ...vkeys) {
  const keys = await Promise.all(vkeys.map(parseKey));
  const given = files.map((content, at) => ({ name: `file ${at}`, bytes: utf8(typeof content === 'string' ? content : JSON.stringify(content)) }));
  const [{ report: { verdict, findings } }] = await verifyFiles(given, { types: new Set(), keys, founding: null });
  return { verdict, slugs: findings.map(({ slug }) => slug) };
}

function claim(kind, members) {
  return { format: 'sinetti-evidence/1', kind, ledger: LEDGER, log_keys: [], ...members };
}

const fork = { verdict: 'tampered', slugs: ['fork'] };
const nothing = { verdict: 'unverifiable', slugs: ['nothing-proven'] };

test('two signed roots for one size are a fork, as two checkpoints and as one file', async () => {
  const { vkey, checkpoint } = signer(1);
  const [one, other] = [checkpoint(1, A), checkpoint(1, B)];
  assert.deepEqual(await verify([one, other], vkey), fork);
  assert.deepEqual(await verify([one, one], vkey), { verdict: 'valid', slugs: [] });
  assert.deepEqual(await verify([claim('fork', { older: one, newer: other, hashes: [] })], vkey), fork);
  assert.deepEqual(await verify([claim('fork', { older: one, newer: one, hashes: [] })], vkey), nothing);
});

test('a larger tree that does not extend a smaller one is a fork, shown by hashes', async () => {
  const { vkey, checkpoint } = signer(1);
  const newer = checkpoint(2, await nodeHash(A, C));
  const shown = (root, hashes) => verify([claim('fork', { older: checkpoint(1, root), newer, hashes })], vkey);
  assert.deepEqual(await shown(B, [A, C].map(toBase64)), fork);
  assert.deepEqual(await shown(A, [A, C].map(toBase64)), nothing, 'it extends it');
  assert.deepEqual(await shown(B, [B, C].map(toBase64)), nothing, 'made up');
  assert.deepEqual(await shown(B, ['x']), nothing);
});

test('a smaller tree signed after a larger one is a rollback, by one key’s times', async () => {
  const { vkey, checkpoint } = signer(4);
  const shown = (before, after) => verify([claim('rollback', { earlier: checkpoint(2, A, before), later: checkpoint(1, A, after) })], vkey);
  assert.deepEqual(await shown(10, 11), { verdict: 'tampered', slugs: ['rollback'] });
  assert.deepEqual(await shown(11, 10), nothing, 'published in the other order');
});

test('a record that the log vouches for and should not', async () => {
  const { vkey, checkpoint } = signer(1);
  const record = utf8('{"no":"record"}');
  const proof = `c2sp.org/tlog-proof@v1\nindex 0\n\n${checkpoint(1, await leafHash(record))}`;
  const shown = await verify([claim('record', { record: toBase64(record), proof, slug: 'record-malformed', reason: '' })], vkey);
  assert.deepEqual(shown, { verdict: 'tampered', slugs: ['record-malformed'] });
  assert.deepEqual(await verify([claim('record', { record: toBase64(utf8('other')), proof, slug: '', reason: '' })], vkey), nothing);
});

test('nothing is proven by keys that the file brings along, by another ledger, or by names of our own', async () => {
  const [{ vkey, checkpoint }, stranger] = [signer(1), signer(1)];
  const members = { older: checkpoint(1, A), newer: checkpoint(1, B), hashes: [] };
  assert.deepEqual(await verify([{ ...claim('fork', members), log_keys: [vkey] }], stranger.vkey), nothing);
  assert.deepEqual(await verify([{ ...claim('fork', members), ledger: 'localhost/other' }], vkey), nothing);
  for (const kind of ['constructor', 'toString', '__proto__', null, 7]) assert.deepEqual(await verify([claim(kind, members)], vkey), nothing, String(kind));
});
