// Keys at the clerk's desk: asked for, read by the registrar from a QR code, replaced, lost, known to somebody else.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import jsQR from 'jsqr';
import { LANGUAGES, launch, violations, visitor } from './browser.mjs';
import { Desk, downloaded, look, said, sign } from './desk.mjs';
import { serve } from './server.mjs';

const REGISTRY = 'registry';

let demo, browser, desk;
before(async () => {
  [demo, browser] = await Promise.all([serve('--demo=empty'), launch()]);
  desk = new Desk(demo);
});
after(async () => {
  await browser?.close();
  await demo?.stop();
});

/// A clerk of `party` with a new key in the browser, and its words.
async function withKey(party) {
  const clerk = await visitor(browser, demo.base, { acceptDownloads: true });
  await clerk.page.goto(desk.at('en', party));
  await clerk.page.locator('#make-key').click();
  await clerk.page.locator('#keys-said').getByText('The key is made.').waitFor();
  const words = await clerk.page.locator('#kept-keys .fingerprint').textContent();
  return { ...clerk, words };
}

/// Asks for the enrolment of the browser's key; answers the path of the file.
function ask(page) {
  return downloaded(page, () => page.getByRole('button', { name: 'Ask for enrolment' }).click());
}

/// What a reader of QR codes reads from an element.
async function readQr(locator) {
  const picture = (await locator.screenshot()).toString('base64');
  const context = await browser.newContext();
  const page = await context.newPage();
  const { pixels, width, height } = await page.evaluate(async (png) => {
    const image = new Image();
    image.src = `data:image/png;base64,${png}`;
    await image.decode();
    const canvas = new OffscreenCanvas(image.width, image.height).getContext('2d');
    canvas.drawImage(image, 0, 0);
    return { pixels: Array.from(canvas.getImageData(0, 0, image.width, image.height).data), width: image.width, height: image.height };
  }, picture);
  await context.close();
  return jsQR(Uint8ClampedArray.from(pixels), width, height)?.data;
}

async function revoke(page, guide, { since } = {}) {
  await page.locator(`#guide-${guide} summary`).click();
  if (since !== undefined) await page.locator(`#${guide}-since`).fill(since);
  await page.locator(`#guide-${guide} button`).click();
}

async function keysOf(party) {
  return (await desk.api(`parties/${party}`)).keys;
}

async function register(party) {
  const { context, page } = await visitor(browser, demo.base, { acceptDownloads: true });
  await page.goto(desk.at('en', 'registrar', { act: 'party_registered', agreement: REGISTRY }));
  await page.locator('#field-id').fill(party);
  await page.locator('#field-kind').selectOption('municipality');
  await page.locator('#field-names-fi').fill(party);
  await page.locator('#field-occurred-on').fill('2023-01-01');
  await look(page);
  await sign(page, desk.keyFile('registrar'));
  await context.close();
}

test('a request is read from its QR code, compared in words and enrolled; no request of the browser carries it away', async () => {
  await register('qr-kunta');
  const clerk = await withKey('qr-kunta');
  const asked = [];
  clerk.page.on('request', (request) => asked.push([request.method(), request.postData()]));
  const file = JSON.parse(await readFile(await ask(clerk.page), 'utf8'));
  const text = await readQr(clerk.page.locator('svg.qr'));
  assert.match(text, /^sinetti-request-v1 [A-Za-z0-9+/]{86}== \{"actor":"registrar"/);
  assert.equal(text.slice(text.indexOf('{')), Buffer.from(file.payload, 'base64').toString());
  assert.equal(await clerk.page.locator('#request-text').inputValue(), text);
  assert.deepEqual(asked.filter(([method, body]) => method !== 'GET' || body !== null), []);
  assert.equal(await violations(clerk.page), '');
  await clerk.page.locator('#keys-said').screenshot({ path: 'out/clerk-request.png' });
  const registrar = await visitor(browser, demo.base, { acceptDownloads: true });
  await registrar.page.goto(desk.at('en', 'registrar', { agreement: REGISTRY }));
  await registrar.page.locator('#draft-text').fill(`  ${text}\n`);
  await registrar.page.locator('#draft-form button').click();
  await registrar.page.getByText('Call the party and compare these words').waitFor();
  assert.equal(await registrar.page.locator('#act-result .fingerprint').textContent(), clerk.words);
  assert.equal(await violations(registrar.page), '');
  await registrar.page.locator('#act-look-result').screenshot({ path: 'out/clerk-registrar.png' });
  await sign(registrar.page, desk.keyFile('registrar'));
  // The server says the same words of the key, and that it is the only one.
  await clerk.page.reload();
  assert.equal(await clerk.page.locator('[data-enrolled] .fingerprint').textContent(), clerk.words);
  await clerk.page.locator('[data-enrolled] [data-here]').waitFor();
  await clerk.page.getByText('The registry has one key only.').waitFor();
  await Promise.all([clerk.context.close(), registrar.context.close()]);
});

test('a text that is no request, and a request that was changed, are refused', async () => {
  const { context, page } = await visitor(browser, demo.base);
  await page.goto(desk.at('en', 'registrar', { agreement: REGISTRY }));
  for (const bad of ['sinetti-request-v1 x {}', 'sinetti-request-v1 <img src=x> {"type":"key_enrolled"}', 'hello', '{"format":"sinetti-draft-v1"}']) {
    await page.locator('#draft-text').fill(bad);
    await page.locator('#draft-form button').click();
    await page.getByText('The file is no prepared act.').waitFor();
    await page.evaluate(() => document.getElementById('act-result').replaceChildren());
  }
  const clerk = await withKey('akaa');
  const { payload, signatures } = JSON.parse(await readFile(await ask(clerk.page), 'utf8'));
  // Akaa has a key, so its request is its own; somebody makes it one of the registrar's.
  const changed = Buffer.from(payload, 'base64').toString().replace('"actor":"akaa"', '"actor":"registrar"');
  await page.locator('#draft-text').fill(`sinetti-request-v1 ${signatures[0].sig} ${changed}`);
  await page.locator('#draft-form button').click();
  await page.locator('#sign-file').setInputFiles(desk.keyFile('registrar'));
  await page.locator('#sign-now').click();
  await page.getByText('The ledger does not take this.').waitFor();
  assert.equal((await keysOf('akaa')).length, 1);
  await Promise.all([context.close(), clerk.context.close()]);
});

test('a key is replaced: the old one signs the new one’s enrolment, the new one closes the old one', async () => {
  const { context, page, words } = await withKey('nokia');
  await ask(page);
  await page.getByRole('button', { name: 'Sign the request here' }).click();
  await page.getByText('Compare these words with whoever has the key').waitFor();
  await sign(page, desk.keyFile('nokia'));
  await page.reload();
  const rows = page.locator('[data-enrolled]');
  assert.equal(await rows.count(), 2);
  assert.equal(await rows.filter({ has: page.locator('[data-here]:visible') }).locator('.fingerprint').textContent(), words);
  const old = await rows.filter({ has: page.locator('[data-here][hidden]') }).getAttribute('data-enrolled');
  await page.locator('#guide-rotate summary').click();
  assert.equal(await violations(page), '');
  await page.locator('#enrolled-keys').screenshot({ path: 'out/clerk-guides.png' });
  await page.locator('#rotate-key').selectOption(old);
  await page.locator('#guide-rotate button').click();
  await page.getByText('This key is revoked and can no longer record').waitFor();
  // The key of this browser is chosen of itself.
  const { type, actor, data } = said(await sign(page));
  assert.deepEqual([type, actor, data], ['key_revoked', 'nokia', { key: old, party: 'nokia' }]);
  await page.reload();
  await page.locator(`[data-enrolled="${old}"]`).getByText('Revoked').waitFor();
  // What is closed can't be closed again, and signs nothing.
  assert.deepEqual(await page.locator('#rotate-key option').evaluateAll((options) => options.map(({ value }) => value)), [await rows.filter({ has: page.locator('[data-here]:visible') }).getAttribute('data-enrolled')]);
  await page.goto(desk.at('en', 'nokia', { act: 'key_threshold_set', agreement: REGISTRY }));
  await page.locator('#field-party').selectOption('nokia');
  await page.locator('#field-threshold').fill('1');
  await look(page);
  await page.locator('#sign-key').selectOption('');
  await page.locator('#sign-file').setInputFiles(desk.keyFile('nokia'));
  await page.locator('#sign-now').click();
  await page.getByText('The key is revoked.').waitFor();
  await context.close();
});

test('a party that lost its only key asks the registrar, who closes it and enrols the next, for ever shown', async () => {
  const { context, page, words } = await withKey('orivesi');
  await revoke(page, 'lost');
  await page.getByText('The party has no other key to sign this with.').waitFor();
  assert.equal(await page.locator('#sign-now').count(), 0);
  assert.equal(await violations(page), '');
  const closing = await downloaded(page, () => page.locator('#save-draft').click());
  const lost = await page.locator('[data-enrolled] .fingerprint').textContent();
  const registrar = await visitor(browser, demo.base, { acceptDownloads: true });
  await registrar.page.goto(desk.at('en', 'registrar', { agreement: REGISTRY }));
  await registrar.page.locator('#draft-file').setInputFiles(closing);
  await registrar.page.getByText('make sure of the request before you sign').waitFor();
  assert.equal(await registrar.page.locator('#act-result .fingerprint').textContent(), lost);
  await sign(registrar.page, desk.keyFile('registrar'));
  // Now the registrar is the one to enrol.
  const request = await ask(page);
  await page.locator('#keys-said').getByText('Give the file to the registrar').waitFor();
  await registrar.page.locator('#draft-file').setInputFiles(request);
  await registrar.page.getByText('compare these words').waitFor();
  assert.equal(await registrar.page.locator('#act-result .fingerprint').textContent(), words);
  await sign(registrar.page, desk.keyFile('registrar'));
  await page.reload();
  await page.locator('[data-enrolled]').getByText('Enrolled anew by the registrar.').waitFor();
  assert.deepEqual((await keysOf('orivesi')).map(({ revoked, reenrolled }) => [revoked !== null, reenrolled]).sort(), [[false, true], [true, false]]);
  await Promise.all([context.close(), registrar.context.close()]);
});

test('when somebody else may have a key it is said since when, and the registrar can close it too', async () => {
  const { context, page } = await visitor(browser, demo.base, { acceptDownloads: true, timezoneId: 'Europe/Helsinki' });
  await page.goto(desk.at('sv', 'registrar', { agreement: REGISTRY }));
  const [{ public_key: key }] = await keysOf('kangasala');
  await revoke(page, 'compromised');
  await page.locator('#guide-compromised .error').getByText('Fyll i denna punkt.').waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.id), 'compromised-since');
  assert.equal(await violations(page), '');
  const option = page.locator('#compromised-key option').filter({ hasText: 'Kangasala' });
  await page.locator('#compromised-key').selectOption(await option.getAttribute('value'));
  await page.locator('#compromised-since').fill('2023-05-10T08:00');
  await page.locator('#guide-compromised button').click();
  await page.getByText('försäkra dig om begäran före underskriften').waitFor();
  const { actor, data } = said(await sign(page, desk.keyFile('registrar')));
  assert.equal(actor, 'registrar');
  assert.deepEqual([data.party, data.compromised_since], ['kangasala', '2023-05-10T05:00:00.000Z']);
  const [closed] = await keysOf('kangasala');
  assert.deepEqual([closed.public_key, closed.compromised_since], [key, '2023-05-10T05:00:00.000Z']);
  await page.goto(desk.at('en', 'kangasala'));
  await page.locator('[data-enrolled]').getByText('Others may have used it since').waitFor();
  await context.close();
});

test('where several keys must sign, the first signature is kept in a file for the second', async () => {
  const { context, page } = await withKey('lempaala');
  await ask(page);
  await page.getByRole('button', { name: 'Sign the request here' }).click();
  await sign(page, desk.keyFile('lempaala'));
  await page.goto(desk.at('en', 'lempaala', { act: 'key_threshold_set', agreement: REGISTRY }));
  await page.locator('#field-party').selectOption('lempaala');
  await page.locator('#field-threshold').fill('2');
  await look(page);
  await sign(page, desk.keyFile('lempaala'));
  await page.goto(desk.at('en', 'lempaala'));
  await page.locator('#guide-rotate summary').click();
  await page.locator('#guide-rotate button').click();
  await page.locator('#sign-now').click();
  await page.getByText('needs the signatures of several keys').waitFor();
  const half = await downloaded(page, () => page.locator('#save-draft').click());
  const colleague = await visitor(browser, demo.base, { acceptDownloads: true });
  await colleague.page.goto(`${demo.base}/en/clerk`);
  await colleague.page.locator('#draft-file').setInputFiles(half);
  await colleague.page.getByText('Signatures so far: 1.').waitFor();
  const receipt = await sign(colleague.page, desk.keyFile('lempaala'));
  assert.equal(receipt.record.envelope.signatures.length, 2);
  await Promise.all([context.close(), colleague.context.close()]);
});

for (const lang of LANGUAGES) {
  test(`${lang}: the guides are accessible, opened, on both sides`, async () => {
    const { context, page, complaints } = await visitor(browser, demo.base, { width: 360 });
    for (const party of ['tampere', 'registrar']) {
      await page.goto(desk.at(lang, party));
      await page.locator('#own-keys').waitFor();
      for (const details of await page.locator('#enrolled-keys details').all()) await details.evaluate((element) => { element.open = true; });
      assert.equal(await violations(page), '');
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
    }
    assert.deepEqual(complaints, []);
    await context.close();
  });
}
