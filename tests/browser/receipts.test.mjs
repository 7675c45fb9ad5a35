// Receipts at the clerk's desk, later: whether the ledger still shows the act, by its newest checkpoint, and has only grown.
import assert from 'node:assert/strict';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { launch, violations, visitor } from './browser.mjs';
import { Desk, look, sign } from './desk.mjs';
import { serveIn } from './server.mjs';

let dirs, ledger, restored, browser;
before(async () => {
  browser = await launch();
  dirs = await Promise.all(['ledger', 'restored'].map((name) => mkdtemp(join(tmpdir(), `sinetti-${name}-`))));
  const founded = await serveIn(dirs[0], '--demo=empty');
  await founded.stop();
  // The same ledger twice, as whoever restores an old backup has it.
  await cp(dirs[0], dirs[1], { recursive: true });
  [ledger, restored] = await Promise.all(dirs.map((dir) => serveIn(dir, '--demo=empty')));
});
after(async () => {
  await browser?.close();
  await Promise.all([ledger?.stop(), restored?.stop()]);
  await Promise.all((dirs ?? []).map((dir) => rm(dir, { recursive: true, force: true })));
});

/// The registrar registers a party in the ledger at `served`; answers the receipt.
async function register(served, party) {
  const desk = new Desk({ ...served, dir: dirs[0] });
  const { context, page } = await visitor(browser, served.base, { acceptDownloads: true });
  await page.goto(desk.at('en', 'registrar', { act: 'party_registered', agreement: 'registry' }));
  await page.locator('#field-id').fill(party);
  await page.locator('#field-kind').selectOption('municipality');
  await page.locator('#field-names-fi').fill(party);
  await page.locator('#field-occurred-on').fill('2023-01-01');
  await look(page);
  const receipt = await sign(page, desk.keyFile('registrar'));
  await context.close();
  return receipt;
}

/// Gives the desk of the ledger at `served` a file; answers what the desk says of it.
async function asked(page, content) {
  await page.locator('#receipt-result').evaluate((element) => element.replaceChildren());
  await page.locator('#receipt-file').setInputFiles({ name: 'receipt.json', mimeType: 'application/json', buffer: Buffer.from(content) });
  await page.locator('#receipt-result .answer').waitFor();
  return page.locator('#receipt-result').innerText();
}

test('a receipt is proven anew against the newest checkpoint, which extends its own', async () => {
  const receipt = await register(ledger, 'yksi-kunta');
  await register(ledger, 'kaksi-kunta');
  await register(ledger, 'kolme-kunta');
  const { context, page, complaints } = await visitor(browser, ledger.base);
  await page.goto(`${ledger.base}/en/clerk`);
  const { index } = receipt;
  assert.match(await asked(page, JSON.stringify(receipt)), new RegExp(`Still in the ledger, proven\\. .* held ${index + 1} records, now ${index + 3}`));
  assert.equal(await violations(page), '');
  const bytes = Buffer.from(receipt.record_bytes, 'base64');
  bytes[bytes.length - 9] ^= 1;
  assert.match(await asked(page, JSON.stringify({ ...receipt, record_bytes: bytes.toString('base64') })), /does NOT prove/);
  for (const none of ['', 'null', '[]', '{"record_bytes": 1}', '%PDF-1.7']) assert.match(await asked(page, none), /The file is no receipt/, none);
  await context.setOffline(true);
  assert.match(await asked(page, JSON.stringify(receipt)), /can’t be reached/);
  await context.setOffline(false);
  complaints.splice(0, complaints.length, ...complaints.filter((complaint) => !/ERR_INTERNET_DISCONNECTED|failed: /.test(complaint)));
  assert.deepEqual(complaints, []);
  await context.close();
});

test('a receipt of an act that a restored ledger does not have any more is said to be good, and the ledger not', async () => {
  const receipt = await register(ledger, 'kadonnut-kunta');
  const { context, page } = await visitor(browser, restored.base);
  await page.goto(`${restored.base}/fi/clerk`);
  const said = /Kuitti on pätevä, mutta rekisteri EI enää näytä tätä merkintää/;
  assert.match(await asked(page, JSON.stringify(receipt)), said);
  // Nor when others' acts have taken its place and the ledger is longer than it was.
  for (let count = 1; count <= 6; count += 1) await register(restored, `muu-kunta-${count}`);
  assert.match(await asked(page, JSON.stringify(receipt)), said);
  await context.close();
});
