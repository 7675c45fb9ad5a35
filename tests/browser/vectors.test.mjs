// The browser's verifier on the vectors that it shares with the program: the same verdict on each, in node, which has no
// ML-DSA-44, and in Chromium, which has.
import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { webcrypto } from 'node:crypto';
import { after, before, test } from 'node:test';
import { fromBase64, toBase64 } from '../../assets/verify/bytes.js';
import { launch } from './browser.mjs';
import { engine, judge } from './judges.mjs';

globalThis.crypto ??= webcrypto;

const ROOT = new URL('../../', import.meta.url);
const KINDS = ['canonical', 'signature', 'ledger'];
const TYPES = matches('docs/events.md', /^## `([a-z_]+)`/gm);

/// The checks that a browser makes too. What else a vector names must be a rule of the program's that refuses an event
/// (422), which a browser does not replay, and must then say so.
const CHECKED = new Set(`record-misplaced record-not-canonical record-format-unknown record-malformed record-too-long
  envelope-malformed not-canonical payload-malformed payload-too-long ledger-mismatch agreement-mismatch expired
  seen-not-in-history event-repeated event-type-unknown key-unknown key-of-another-party key-revoked key-purpose
  key-possession-unproven key-threshold founder-signature-missing signature-invalid key-suspect records-missing
  records-beyond-checkpoint root-mismatch log-empty checkpoint-signature checkpoint-before-record actor-not-allowed key-known
  key-is-log-key first-key-must-manage key-not-live last-registrar-key key-threshold-range key-purposes log-keys
  ledger-founded-already ledger-not-founded demonstration-mismatch`.split(/\s+/));
const RULES = new Set(matches('docs/problems.md', /^\| `([a-z-]+)` \| 422 /gm));

let browser, page;
before(async () => {
  browser = await launch();
  page = await chromium();
});
after(() => browser?.close());

/// A page of an origin that is only these files: secure, as WebCrypto asks, and without a server.
async function chromium() {
  const opened = await browser.newPage();
  await opened.route('**/*', (route) => {
    const file = new URL(`.${new URL(route.request().url()).pathname}`, ROOT);
    if (!/\.m?js$/.test(file.pathname) || !existsSync(file)) return route.fulfill({ contentType: 'text/html', body: '' });
    return route.fulfill({ contentType: 'text/javascript', body: readFileSync(file) });
  });
  await opened.goto('https://verifier.test/');
  return opened;
}

function inChromium(kind, input) {
  return page.evaluate(async ([kind, input, types]) => {
    const judges = await import('/tests/browser/judges.mjs');
    return judges.judge(kind, input, types);
  }, [kind, input, TYPES]);
}

function vectors(kind) {
  const folder = new URL(`tests/vectors/${kind}/`, ROOT);
  return readdirSync(folder).filter((name) => name.endsWith('.json')).map((name) => JSON.parse(readFileSync(new URL(name, folder), 'utf8')));
}

function matches(path, pattern) {
  return [...readFileSync(new URL(path, ROOT), 'utf8').matchAll(pattern)].map(([, name]) => name);
}

for (const kind of KINDS) {
  for (const { property, input, expect } of vectors(kind)) {
    test(`${kind}: ${property}`, async () => {
      for (const { said, unchecked } of [await judge(kind, input, TYPES), await inChromium(kind, input)]) {
        if (kind === 'ledger') assert.ok(unchecked.includes('rules'), 'it says that it replays no rules');
        if (expect.slug === undefined || CHECKED.has(expect.slug)) {
          assert.deepEqual(said, expect);
        } else {
          assert.ok(RULES.has(expect.slug), `${expect.slug} is no rule of acts, so the browser must check it`);
          assert.deepEqual(said, { verdict: 'valid' });
        }
      }
    });
  }
}

/// Evidence of a rollback rests on times, which the log's Ed25519 signature does not state: it takes ML-DSA-44. What a record
/// is worth by the rules of agreements only the program says.
for (const { property, input, expect } of vectors('accusation')) {
  test(`accusation: ${property}`, async () => {
    for (const { said, unchecked } of [await judge('accusation', input, TYPES), await inChromium('accusation', input)]) {
      const blind = unchecked.includes('ml-dsa') && expect.slug === 'rollback';
      const ruled = expect.slug === 'allowed' || (RULES.has(expect.slug) && !CHECKED.has(expect.slug));
      if (ruled) assert.ok(unchecked.includes('rules'), 'it says that it replays no rules');
      const left = ruled ? { verdict: 'unverifiable', slug: 'needs-rules' } : expect;
      const expected = blind ? { verdict: 'unverifiable', slug: 'nothing-proven' } : left;
      assert.equal(said.verdict, expected.verdict, JSON.stringify(said));
      assert.ok(expected.slug === undefined || said.slug === expected.slug, JSON.stringify(said));
    }
  });
}

/// The kinds of checks that a browser leaves out, and how it says so. An unknown event type it tells all the same.
const LEFT_OUT = { rules: 'rules', words: 'readme', timestamps: 'timestamps' };

for (const { property, input, expect } of vectors('bundle')) {
  test(`bundle: ${property}`, async () => {
    const bytes = readFileSync(new URL(`tests/vectors/bundle/${input.bundle}`, ROOT)).toString('base64');
    for (const { said, findings, unchecked } of [await judge('bundle', { ...input, bytes }, TYPES), await inChromium('bundle', { ...input, bytes })]) {
      // Timestamps are left out only where there are some.
      const left = Object.keys(LEFT_OUT).filter((kind) => kind !== 'timestamps' || expect.by === kind || input.timestamp_ca !== undefined);
      assert.deepEqual(left.filter((kind) => !unchecked.includes(LEFT_OUT[kind])), [], 'it says what it leaves out');
      if (LEFT_OUT[expect.by] !== undefined && !CHECKED.has(expect.slug)) {
        assert.deepEqual(said, { verdict: 'valid' });
        continue;
      }
      assert.equal(said.verdict, expect.verdict, JSON.stringify(findings));
      const wanted = ({ slug, file, index }) => slug === expect.slug && file === (expect.file ?? null) && (expect.index === undefined || index === expect.index);
      assert.ok(expect.slug === undefined || findings.some(wanted), JSON.stringify(findings));
    }
  });
}

function honest() {
  return vectors('ledger').find(({ property }) => property === 'honest').input;
}

test('both engines verify Ed25519 strictly, and where ML-DSA-44 is missing it is said', async () => {
  const engines = [await engine(), await page.evaluate(async () => (await import('/tests/browser/judges.mjs')).engine())];
  const told = [await judge('ledger', honest(), TYPES), await inChromium('ledger', honest())];
  for (const [at, { ed25519, mlDsa }] of engines.entries()) {
    assert.ok(ed25519);
    assert.equal(told[at].unchecked.includes('ml-dsa'), !mlDsa);
    assert.equal(told[at].checked['checkpoint-signatures'], mlDsa ? 2 : 1);
  }
  assert.ok(engines[1].mlDsa, 'Chromium has ML-DSA-44');
});

test('no changed byte of any record is verified', async () => {
  const { checkpoint, records } = honest();
  for (const [at, record] of records.entries()) {
    const bytes = fromBase64(record);
    for (let byte = at; byte < bytes.length; byte += 97) {
      const changed = bytes.slice();
      changed[byte] ^= 1 << (byte % 8);
      const input = { checkpoint, records: records.map((other, place) => (place === at ? toBase64(changed) : other)) };
      assert.equal((await judge('ledger', input, TYPES)).said.verdict, 'tampered', `record ${at}, byte ${byte}`);
    }
  }
});
