// The verifier in the browser: on its page, on the pages of records, and from a saved file without any server.
import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { after, before, test } from 'node:test';
import { LANGUAGES, WIDTHS, launch, violations, visitor } from './browser.mjs';
import { serve } from './server.mjs';

const PIRKANMAA = 'pirkanmaa-puitesopimus-2023';

let demo, browser, files;
before(async () => {
  [demo, browser] = await Promise.all([serve('--demo'), launch()]);
  files = await evidence(demo.base);
});
after(async () => {
  await browser?.close();
  await demo?.stop();
});

/// A receipt, put together as the program writes it, its parts, the newest checkpoint, and the agreement's bundle.
async function evidence(base) {
  const bundle = Buffer.from(await (await fetch(`${base}/api/v1/agreements/${PIRKANMAA}/evidence`)).arrayBuffer());
  const of = `${base}/api/v1/agreements/${PIRKANMAA}/events/11`;
  const [event, proof, checkpoint] = await Promise.all([of, `${of}/proof`, `${base}/checkpoint`].map(async (url) => (await fetch(url)).text()));
  const { record, record_bytes, leaf, index, version } = JSON.parse(event);
  return { bundle, event, proof, checkpoint, receipt: JSON.stringify({ record, record_bytes, leaf, index, version, proof }) };
}

function file(name, content) {
  return { name, mimeType: 'application/octet-stream', buffer: Buffer.from(content) };
}

/// Gives files to the verifier on an open page; answers the verdict's word and all that it says.
async function check(page, ...given) {
  await page.locator('#check-files').setInputFiles(given);
  // The answer before this one must not be taken for it.
  await page.locator('#check-result').evaluate((result) => result.replaceChildren());
  await page.locator('#check-form button').click();
  return answered(page);
}

async function answered(page) {
  await page.locator('#check-result .answer').first().waitFor();
  return { verdict: await page.locator('#check-result .badge').first().textContent(), text: await page.locator('#check-result').innerText() };
}

test('a receipt is valid as far as it is checked, and what is not checked is said', async () => {
  const { context, page, complaints } = await visitor(browser, demo.base);
  await page.goto(`${demo.base}/en/verify`);
  const { verdict, text } = await check(page, file('receipt.json', files.receipt));
  assert.equal(verdict, 'Valid');
  assert.match(text, /Everything that this browser checked holds\./);
  assert.match(text, /Not checked: 3/);
  assert.match(text, /The signature of the party/);
  assert.match(text, /Signatures of the log on the checkpoint: 2/, 'Ed25519 and ML-DSA-44, which Chromium has');
  assert.match(text, /The ledger’s keys were those that this page gave/);
  assert.deepEqual(complaints, []);
  await context.close();
});

test('a record and its proof, as the API gives them, are checked together; each alone shows nothing', async () => {
  const { context, page } = await visitor(browser, demo.base);
  await page.goto(`${demo.base}/en/verify`);
  assert.equal((await check(page, file('event.json', files.event), file('x.tlog-proof', files.proof))).verdict, 'Valid');
  const alone = await check(page, file('x.tlog-proof', files.proof));
  assert.equal(alone.verdict, 'Unverifiable');
  assert.match(alone.text, /The record of the proof is missing/);
  assert.match((await check(page, file('event.json', files.event))).text, /The proof is missing/);
  assert.match((await check(page, file('x', 'hello'))).text, /none of those that can be checked/);
  await context.close();
});

const { parse, stringify } = JSON;
const DAMAGE = {
  'the hash': [(receipt) => ({ ...receipt, leaf: receipt.proof.split('\n')[2] }), /The receipt says something else/],
  'what a reader sees': [(receipt) => ({ ...receipt, record: { ...receipt.record, agreement: 'another' } }), /The receipt says something else/],
  'a byte of the record': [(receipt) => ({ ...receipt, record_bytes: flipped(receipt.record_bytes, 300) }), /./],
  'a hash of the proof': [(receipt) => ({ ...receipt, proof: receipt.proof.replace(/\n[^\n]+(?=\n\n)/, `\n${receipt.leaf}`) }), /does not show that the record is in the ledger/],
  'the place in the proof': [(receipt) => ({ ...receipt, proof: receipt.proof.replace(/index \d+/, 'index 12') }), /another place in the ledger/],
  'the root': [(receipt) => ({ ...receipt, proof: receipt.proof.replace(/\n[^\n]+\n\n— /, `\n${receipt.leaf}\n\n— `) }), /signature on the checkpoint does not verify/],
  'the Ed25519 signature': [(receipt) => ({ ...receipt, proof: changed(receipt.proof, 0) }), /signature on the checkpoint does not verify/],
  'the ML-DSA-44 signature': [(receipt) => ({ ...receipt, proof: changed(receipt.proof, 1) }), /signature on the checkpoint does not verify/],
  'a signature left out': [(receipt) => ({ ...receipt, proof: receipt.proof.split('\n').slice(0, -2).join('\n') + '\n' }), /does not verify, or is missing/],
};

/// Base64 with a bit of one of its bytes flipped.
function flipped(base64, at) {
  const bytes = Buffer.from(base64, 'base64');
  bytes[at] ^= 1;
  return bytes.toString('base64');
}

/// The proof with a bit of one of its signatures flipped.
function changed(proof, which) {
  const lines = proof.split('\n');
  const at = lines.findIndex((line) => line.startsWith('— ')) + which;
  const [, name, blob] = lines[at].split(' ');
  lines[at] = `— ${name} ${flipped(blob, 40)}`;
  return lines.join('\n');
}

test('damage to any part of a receipt is found and named', async () => {
  const { context, page } = await visitor(browser, demo.base);
  await page.goto(`${demo.base}/en/verify`);
  for (const [what, [damage, says]] of Object.entries(DAMAGE)) {
    const { verdict, text } = await check(page, file('receipt.json', stringify(damage(parse(files.receipt)))));
    assert.equal(verdict, 'Tampered', what);
    assert.match(text, says, what);
  }
  await context.close();
});

test('what is trusted is the visitor’s to say', async () => {
  const { context, page } = await visitor(browser, demo.base);
  await page.goto(`${demo.base}/en/verify`);
  await page.locator('summary').click();
  await page.locator('#check-keys').fill('');
  const unknown = await check(page, file('receipt.json', files.receipt));
  assert.equal(unknown.verdict, 'Unverifiable');
  assert.match(unknown.text, /No key of this ledger is known/);
  assert.match(unknown.text, /those that you gave/);
  await page.locator('#check-keys').fill('localhost/sinetti-demo+00000000+AQ==');
  await page.locator('#check-form button').click();
  await page.getByText('This is not a valid key').waitFor();
  await context.close();
});

test('hostile files are shown as text, and end', async () => {
  const { context, page, complaints } = await visitor(browser, demo.base);
  await page.goto(`${demo.base}/en/verify`);
  const bomb = '<img src=x onerror=alert(1)>';
  const hostile = [
    stringify({ record_bytes: Buffer.from(bomb).toString('base64'), proof: bomb }),
    `c2sp.org/tlog-proof@v1\nindex ${bomb}\n\n${bomb}`,
    `${bomb}\n1\n${bomb}\n\n— ${bomb} AAAAAAAAAA==\n`,
    '['.repeat(100_000),
    stringify({ record_bytes: Buffer.from('{"a":'.repeat(10_000)).toString('base64'), proof: '' }),
    'PK\u0003\u0004',
  ];
  for (const content of hostile) {
    const { verdict } = await check(page, file(bomb, content));
    assert.notEqual(verdict, 'Valid', content.slice(0, 40));
    assert.equal(await page.locator('#check-result img').count(), 0);
  }
  assert.deepEqual(complaints, []);
  await context.close();
});

test('a bundle is checked whole, and damage to it is found', async () => {
  const { context, page, complaints } = await visitor(browser, demo.base);
  await page.goto(`${demo.base}/en/verify`);
  const whole = await check(page, file('x.sinetti.zip', files.bundle), file('checkpoint', files.checkpoint));
  assert.equal(whole.verdict, 'Valid', whole.text);
  assert.match(whole.text, /Completeness \(key events of the ledger, the agreement\): 2/);
  assert.match(whole.text, /Continues the checkpoint that you gave: 1/);
  assert.match(whole.text, /Not checked: 2\b/);
  assert.match(whole.text, /agreement_opened/);
  for (let at = 1000; at < files.bundle.length; at += Math.ceil(files.bundle.length / 12)) {
    const damaged = Buffer.from(files.bundle);
    damaged[at] ^= 1;
    assert.equal((await check(page, file('x.sinetti.zip', damaged))).verdict, 'Tampered', `byte ${at}`);
  }
  assert.equal((await check(page, file('x.sinetti.zip', files.bundle.subarray(0, -1)))).verdict, 'Tampered');
  assert.deepEqual(complaints, []);
  await context.close();
});

test('of several files each is answered for, by name', async () => {
  const { context, page } = await visitor(browser, demo.base);
  await page.goto(`${demo.base}/en/verify`);
  const bent = stringify(DAMAGE['the hash'][0](parse(files.receipt)));
  await check(page, file('one.json', files.receipt), file('hello.txt', 'hello'), file('two.json', bent), file('x.tlog-proof', files.proof), file('event.json', files.event));
  assert.deepEqual(await page.locator('#check-result h2').allTextContents(), ['x.tlog-proof + event.json', 'one.json', 'two.json', 'hello.txt']);
  assert.deepEqual(await page.locator('#check-result .answer .badge').allTextContents(), ['Valid', 'Valid', 'Tampered', 'Unverifiable']);
  await context.close();
});

test('checkpoints: signed by the log, and never two for one size', async () => {
  const { context, page } = await visitor(browser, demo.base);
  await page.goto(`${demo.base}/en/verify`);
  const { verdict, text } = await check(page, file('checkpoint', files.checkpoint), file('again', files.checkpoint));
  assert.equal(verdict, 'Valid');
  assert.match(text, /The records under the checkpoint/);
  await context.close();
});

test('a record’s page checks it here, against what its browser fetched', async () => {
  const { context, page, complaints } = await visitor(browser, demo.base);
  await page.goto(`${demo.base}/en/${PIRKANMAA}/events/11`);
  await page.locator('#check-form button').first().click();
  const { verdict, text } = await answered(page);
  assert.equal(verdict, 'Valid', text);
  assert.match(text, /Signatures of parties: \d{2,}/);
  assert.match(text, /Inclusion of records in the ledger: 2/);
  assert.deepEqual(complaints, []);
  await context.close();
});

test('a record’s page checks the whole agreement by its bundle', async () => {
  const { context, page, complaints } = await visitor(browser, demo.base);
  await page.goto(`${demo.base}/sv/${PIRKANMAA}/events/11`);
  await page.getByRole('button', { name: 'Kontrollera hela avtalet' }).click();
  const { verdict, text } = await answered(page);
  assert.equal(verdict, 'I sin ordning', text);
  assert.match(text, /Fullständighet \(registrets nyckelhändelser, avtalet\): 2/);
  assert.deepEqual(complaints, []);
  await context.close();
});

/// How a lying server would answer, and what the page says then.
const LIES = {
  'another record': [/\/api\/.*events\/11$/, (body, others) => others.event10, 'Tampered'],
  'a record with a byte changed': [/\/api\/.*events\/11$/, (body) => stringify({ record_bytes: flipped(parse(body).record_bytes, 900) }), 'Tampered'],
  'the proof of another record': [/events\/11\/proof$/, (body, others) => others.proof10, 'Tampered'],
  'the registry without its last record': [/registry\/events\?/, (body) => body, 'Valid'],
  'the registry with a record left out': [/registry\/events\?/, (body) => stringify({ events: parse(body).events.filter((_, at) => at !== 20) }), 'Tampered'],
  'nothing': [/events\/11\/proof$/, () => null, 'Unverifiable'],
};

test('a record’s page finds what a lying server changes', async () => {
  const of = `${demo.base}/api/v1/agreements/${PIRKANMAA}/events/10`;
  const [event10, proof10] = await Promise.all([of, `${of}/proof`].map(async (url) => (await fetch(url)).text()));
  for (const [lie, [path, change, expected]] of Object.entries(LIES)) {
    const { context, page } = await visitor(browser, demo.base);
    await page.route(path, async (route) => {
      const answer = await route.fetch();
      const body = change(await answer.text(), { event10, proof10 });
      await (body === null ? route.abort() : route.fulfill({ response: answer, body }));
    });
    await page.goto(`${demo.base}/en/${PIRKANMAA}/events/11`);
    await page.locator('#check-form button').first().click();
    const { verdict, text } = await answered(page);
    assert.equal(verdict, expected, `${lie}: ${text}`);
    await context.close();
  }
});

test('a page that shows other bytes than those that were signed is found', async () => {
  const { context, page } = await visitor(browser, demo.base);
  await page.goto(`${demo.base}/en/${PIRKANMAA}/events/11`);
  await page.locator('#signed ~ pre code').first().evaluate((shown) => { shown.textContent = shown.textContent.replace('"occurred_on":"2023', '"occurred_on":"2024'); });
  await page.locator('#check-form button').first().click();
  const { verdict, text } = await answered(page);
  assert.equal(verdict, 'Tampered');
  assert.match(text, /The bytes that the page shows are others/);
  await context.close();
});

test('a saved verifier works from a file, with no server and no network', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'sinetti-saved-'));
  const saved = join(dir, 'verify.html');
  const answer = await fetch(`${demo.base}/fi/verify/offline`);
  assert.match(answer.headers.get('content-disposition'), /attachment; filename="sinetti-verify-fi\.html"/);
  await writeFile(saved, await answer.text());
  const { context, page, complaints } = await visitor(browser, 'file://', { offline: true });
  await page.goto(pathToFileURL(saved).href);
  const { verdict, text } = await check(page, file('receipt.json', files.receipt));
  assert.equal(verdict, 'Kunnossa');
  assert.match(text, /Ei tarkistettu: 3/);
  assert.equal((await check(page, file('r.json', files.receipt.replace(/"leaf":"./, '"leaf":"x')))).verdict, 'Muutettu');
  assert.equal(await violations(page), '');
  assert.deepEqual(complaints.filter((complaint) => !complaint.startsWith('asks elsewhere: file:///')), []);
  assert.doesNotMatch(await readFile(saved, 'utf8'), /(src|href)="/);
  await context.close();
  await rm(dir, { recursive: true });
});

test('the verifier is accessible and fits, in three languages, before and after', async () => {
  for (const lang of LANGUAGES) {
    for (const name of ['phone', 'desktop']) {
      for (const scheme of ['light', 'dark']) {
        const { context, page, complaints } = await visitor(browser, demo.base, { width: WIDTHS[name], scheme });
        await page.goto(`${demo.base}/${lang}/verify`);
        await page.locator('summary').click();
        assert.equal(await violations(page), '', `${lang} ${name} ${scheme}, before`);
        const { text } = await check(page, file('receipt.json', stringify(DAMAGE['the hash'][0](parse(files.receipt)))));
        assert.doesNotMatch(text, /undefined|\{\w+\}/, 'every word is there and filled in');
        assert.equal(await violations(page), '', `${lang} ${name} ${scheme}, after`);
        const wider = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        assert.ok(wider <= 0, `${lang}, ${name}: ${wider} px wider than the screen`);
        assert.deepEqual(complaints, []);
        await context.close();
      }
    }
  }
});

test('by keyboard alone, and told to a screen reader', async () => {
  const { context, page } = await visitor(browser, demo.base);
  await page.goto(`${demo.base}/en/verify`);
  await page.locator('#check-files').setInputFiles([file('receipt.json', files.receipt)]);
  await page.locator('#check-files').focus();
  await page.keyboard.press('Tab');
  assert.equal(await page.locator(':focus').evaluate((element) => element.tagName), 'SUMMARY');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await answered(page);
  assert.equal(await page.locator('#check-result').getAttribute('role'), 'status');
  await context.close();
});

test('without scripts the page says so, and how to check otherwise', async () => {
  const { context, page } = await visitor(browser, demo.base, { javaScriptEnabled: false });
  for (const [path, says] of [['verify', /vaatii JavaScriptin/], [`${PIRKANMAA}/events/11`, /vaatii JavaScriptin/]]) {
    await page.goto(`${demo.base}/fi/${path}`);
    assert.match(await page.locator('#check').innerText(), says);
    assert.ok(!(await page.locator('#check-form').isVisible()));
  }
  await context.close();
});
