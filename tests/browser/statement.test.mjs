// Signed statements: whose word they are, and when they are nobody's.
import assert from 'node:assert/strict';
import { createHash, generateKeyPairSync, sign, webcrypto } from 'node:crypto';
import { test } from 'node:test';
import { toBase64, utf8 } from '../../assets/verify/bytes.js';
import { parseKey } from '../../assets/verify/note.js';
import { pae } from '../../assets/verify/record.js';
import { STATEMENT_PAYLOAD_TYPE } from '../../assets/verify/statement.js';
import { verifyFiles } from '../../assets/verify/verify.js';

globalThis.crypto ??= webcrypto;

const ZERO = toBase64(new Uint8Array(32));
const STATE = { approved: 1, bound: 0, contested: false, demonstration: false, determined: false, in_force: false, invented: false, missing: [{ approval: false, party: 'nokia', signature: true }], parties_total: 2, signed: 1 };
const STATEMENT = {
  agreement: 'a', as_of: { checkpoint: 9, index: 8, leaf: ZERO, registry_version: 5, root: ZERO, version: 4 },
  ledger: 'localhost/one', on: '2026-01-02', state: STATE,
};

/// A log's key with its vkey under `name`.
function logKey(name) {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const raw = publicKey.export({ format: 'der', type: 'spki' }).subarray(-32);
  const material = Buffer.concat([Buffer.of(1), raw]);
  const id = createHash('sha256').update(`${name}\n`).update(material).digest().subarray(0, 4).toString('hex');
  return { privateKey, keyid: createHash('sha256').update(raw).digest('hex'), vkey: `${name}+${id}+${material.toString('base64')}` };
}

function envelope(key, payload, payloadType = STATEMENT_PAYLOAD_TYPE) {
  const bytes = utf8(typeof payload === 'string' ? payload : JSON.stringify(payload));
  const sig = sign(null, pae({ payloadType, payload: bytes }), key.privateKey).toString('base64');
  return { payload: toBase64(bytes), payloadType, signatures: [{ keyid: key.keyid, sig }] };
}

async function verify(json, ...vkeys) {
  const keys = await Promise.all(vkeys.map(parseKey));
  const given = [{ name: 'statement.json', bytes: utf8(JSON.stringify(json)) }];
  const [{ report }] = await verifyFiles(given, { types: new Set(), keys, founding: null });
  return { verdict: report.verdict, slugs: report.findings.map(({ slug }) => slug), unchecked: [...report.unchecked] };
}

test('the log’s word is its word, and no more is said', async () => {
  const key = logKey('localhost/one');
  assert.deepEqual(await verify(envelope(key, STATEMENT), key.vkey), { verdict: 'valid', slugs: [], unchecked: ['state'] });
});

test('what is bent, of another key, or about another ledger is found', async () => {
  const [key, stranger, other] = [logKey('localhost/one'), logKey('localhost/one'), logKey('localhost/other')];
  const good = envelope(key, STATEMENT);
  const bent = { ...good, payload: envelope(stranger, { ...STATEMENT, on: '2026-01-03' }).payload };
  const cases = [
    [bent, 'tampered', 'signature-invalid'],
    [envelope(stranger, STATEMENT), 'unverifiable', 'key-not-pinned'],
    [envelope(other, STATEMENT), 'tampered', 'other-ledger'],
    [{ ...good, extra: 1 }, 'tampered', 'envelope-malformed'],
    [{ ...good, signatures: [] }, 'tampered', 'envelope-malformed'],
    [envelope(key, ` ${JSON.stringify(STATEMENT)}`), 'tampered', 'statement-malformed'],
    [envelope(key, { ...STATEMENT, on: '2026-02-30' }), 'tampered', 'statement-malformed'],
    [envelope(key, { ...STATEMENT, state: { ...STATE, approved: -1 } }), 'tampered', 'statement-malformed'],
    [envelope(key, { ...STATEMENT, zeal: 1 }), 'tampered', 'statement-malformed'],
  ];
  for (const [json, verdict, slug] of cases) {
    const said = await verify(json, key.vkey, other.vkey);
    assert.deepEqual([said.verdict, said.slugs], [verdict, [slug]], slug);
  }
});

test('an act of the same key is no statement', async () => {
  const key = logKey('localhost/one');
  const event = { ...envelope(key, STATEMENT, 'application/vnd.sinetti.event.v1+json'), payloadType: STATEMENT_PAYLOAD_TYPE };
  assert.deepEqual((await verify(event, key.vkey)).slugs, ['signature-invalid']);
});
