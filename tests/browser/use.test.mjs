// How the pages are used: by keyboard, by choosing a moment or a language, on paper; and their picture.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { launch, violations, visitor } from './browser.mjs';
import { serve } from './server.mjs';

const PIRKANMAA = '/pirkanmaa-puitesopimus-2023';

let demo, browser;
before(async () => {
  [demo, browser] = await Promise.all([serve('--demo'), launch()]);
});
after(async () => {
  await browser?.close();
  await demo?.stop();
});

test('the first key leads past the menus, and each stop of the keyboard is seen', async () => {
  const { context, page } = await visitor(browser, demo.base);
  await page.goto(`${demo.base}/fi${PIRKANMAA}`);
  await page.keyboard.press('Tab');
  assert.equal(await page.locator(':focus').textContent(), 'Siirry sisältöön');
  assert.ok((await page.locator(':focus').boundingBox()).x >= 0);
  await page.keyboard.press('Enter');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'content');
  for (let stop = 0; stop < 60; stop += 1) {
    await page.keyboard.press('Tab');
    const outline = await page.evaluate(() => {
      const style = getComputedStyle(document.activeElement);
      return document.activeElement === document.body ? 'body' : `${style.outlineStyle} ${style.outlineWidth}`;
    });
    assert.equal(outline, 'solid 3px', `stop ${stop}`);
  }
  await context.close();
});

test('a language leads to the same page and the same moment in it', async () => {
  const { context, page } = await visitor(browser, demo.base);
  await page.goto(`${demo.base}/fi${PIRKANMAA}?on=2023-05-01`);
  await page.getByRole('link', { name: 'Svenska' }).click();
  assert.equal(page.url(), `${demo.base}/sv${PIRKANMAA}?on=2023-05-01`);
  assert.equal(await page.locator('html').getAttribute('lang'), 'sv');
  assert.match(await page.locator('.banner').first().textContent(), /1\.5\.2023/);
  await context.close();
});

test('another moment is chosen in the form, shown under a banner, and left again', async () => {
  const { context, page } = await visitor(browser, demo.base);
  await page.goto(`${demo.base}/en${PIRKANMAA}`);
  await page.getByLabel('In force on').fill('2023-04-20');
  await page.getByRole('button', { name: 'Show', exact: true }).click();
  assert.match(await page.locator('.banner').first().textContent(), /in force on 20 April 2023/);
  const then = Number(await page.locator('.counts .number').first().textContent());
  await page.getByRole('link', { name: 'Show the present state' }).click();
  const now = Number(await page.locator('.counts .number').first().textContent());
  assert.ok(0 < then && then < now, `${then} then, ${now} now`);
  await context.close();
});

test('a missing party leads to its row, a record to its page and back', async () => {
  const { context, page } = await visitor(browser, demo.base);
  await page.goto(`${demo.base}/fi${PIRKANMAA}`);
  await page.locator('details a').first().click();
  assert.match(page.url(), /#party-\d+$/);
  await page.locator('.history a').first().click();
  assert.match(page.url(), /\/events\/\d+$/);
  assert.equal(await page.locator('pre').count(), 2);
  await page.locator('.crumbs a').last().click();
  assert.equal(page.url(), `${demo.base}/fi${PIRKANMAA}`);
  await context.close();
});

test('the table is ordered and chosen in its place, the address follows, and both work the same without scripts', async () => {
  const { context, page, complaints, loaded } = await visitor(browser, demo.base);
  const plain = await visitor(browser, demo.base, { javaScriptEnabled: false });
  const names = (of) => of.locator('#parties tbody tr:not([hidden]) th').allTextContents();
  await page.goto(`${demo.base}/sv${PIRKANMAA}?on=2025-01-01`);
  loaded.length = 0;
  for (const press of ['by=party', 'by=party', 'by=approval', 'by=signature', 'show=not-signed', 'by=number']) {
    const link = page.locator(`#parties a[data-${press.replace("=", "=\"")}"]`);
    await link.focus();
    const before = await link.evaluate((it) => it.getBoundingClientRect().top);
    await page.keyboard.press('Enter');
    assert.equal(await link.evaluate((it) => it === document.activeElement), true, `${press} keeps the focus`);
    assert.ok(Math.abs((await link.evaluate((it) => it.getBoundingClientRect().top)) - before) < 2, `${press} keeps the place`);
    await plain.page.goto(page.url());
    assert.deepEqual(await names(page), await names(plain.page), press);
    const heads = (of) => of.locator('#parties [aria-sort], #parties [aria-current]').evaluateAll((all) => all.map((it) => `${it.textContent} ${it.ariaSort}`));
    assert.deepEqual(await heads(page), await heads(plain.page), press);
    assert.deepEqual(await page.locator('#parties .sort, #parties .filters a').evaluateAll((all) => all.map((it) => it.href)),
      await plain.page.locator('#parties .sort, #parties .filters a').evaluateAll((all) => all.map((it) => it.href)), press);
  }
  assert.match(page.url(), /\?on=2025-01-01&show=not-signed$/);
  const shown = (await names(page)).length;
  assert.equal(await page.locator('#parties-said').textContent(), `${shown} parter visas, av sammanlagt 25.`);
  assert.ok(0 < shown && shown < 25);
  // The browser looks into its cache for the icon of each new address.
  const asked = loaded.map((it) => it.url()).filter((url) => !url.includes('/assets/icon.'));
  assert.deepEqual(asked, [], 'nothing is asked for again');
  // A link to a row that is hidden shows it.
  await page.evaluate(() => { location.hash = '#party-1'; });
  await page.locator('#party-1').waitFor({ state: 'visible' });
  assert.equal((await names(page)).length, 25);
  assert.deepEqual(complaints, []);
  await Promise.all([context.close(), plain.context.close()]);
});

test('each party has its square on the map, told in words, and the square leads to its row', async () => {
  const { context, page, complaints } = await visitor(browser, demo.base);
  for (const [agreement, parties] of [[PIRKANMAA, 25], ['/pohjois-pohjanmaa-strateginen-2023', 32], ['/varsinais-suomi-yhteistyosopimus-2023', 28]]) {
    await page.goto(`${demo.base}/sv${agreement}`);
    const tiles = await page.locator('.tile').evaluateAll((all) => all.map((it) => {
      const { left, top, width, height } = it.getBoundingClientRect();
      return { at: `${Math.round(left)},${Math.round(top)}`, square: Math.abs(width - height) < 1, hash: it.hash, name: it.innerText };
    }));
    assert.equal(tiles.length, parties);
    assert.equal(new Set(tiles.map((tile) => tile.at)).size, parties, 'no square lies on another');
    assert.ok(tiles.every((tile) => tile.square), 'all are squares');
    assert.equal(new Set(tiles.map((tile) => tile.hash)).size, parties);
    const rows = await page.locator('#parties tbody tr').evaluateAll((all) => all.map((it) => `#${it.id}`));
    assert.deepEqual(tiles.map((tile) => tile.hash).sort(), rows.sort());
    const key = await page.locator('.map .key li').allTextContents();
    const counted = key.map((line) => Number(line.match(/: (\d+)$/)[1])).reduce((sum, count) => sum + count);
    assert.equal(counted, parties, 'the key counts each party once');
  }
  await page.goto(`${demo.base}/fi${PIRKANMAA}?show=missing`);
  const tile = page.getByRole('link', { name: /Tampere ?: hyväksynyt ja allekirjoittanut/ });
  await tile.focus();
  await page.keyboard.press('Enter');
  await page.waitForURL(/#party-19$/);
  assert.ok(await page.locator('#party-19').isVisible(), 'a row that was hidden is shown');
  assert.deepEqual(complaints, []);
  await context.close();
});

test('a copy of a text is compared in the browser, which sends nothing', async () => {
  const { context, page, complaints } = await visitor(browser, demo.base);
  await page.goto(`${demo.base}/fi${PIRKANMAA}`);
  const [text] = await page.locator('#texts [data-digest]').evaluateAll((all) => all.map((it) => ({ ...it.dataset })));
  const same = readFileSync(new URL('../../src/seed/data/demo_texts/pirkanmaa.txt', import.meta.url));
  const sent = [];
  page.on('request', (request) => sent.push(request.url()));
  const choose = (buffer) => page.getByLabel('Valitse tiedosto').setInputFiles({ name: 'kopio.txt', mimeType: 'text/plain', buffer });
  await choose(same);
  await page.locator('#copy[data-result="same"]').waitFor();
  assert.equal(await page.locator('#copy-said').textContent(), `Sama teksti: kopio.txt on merkilleen ”${text.title}”.`);
  await choose(Buffer.concat([same, Buffer.from(' ')]));
  await page.locator('#copy[data-result="other"]').waitFor();
  assert.match(await page.locator('#copy-said').textContent(), /ei ole mikään näistä teksteistä. Sen tiiviste on [0-9a-f]{64}/);
  assert.deepEqual(sent, []);
  assert.equal(await violations(page), '');
  assert.deepEqual(complaints, []);
  await context.close();
  const plain = await visitor(browser, demo.base, { javaScriptEnabled: false });
  await plain.page.goto(`${demo.base}/fi${PIRKANMAA}`);
  assert.ok(!(await plain.page.locator('#copy').isVisible()));
  assert.match(await plain.page.locator('#copy-by-command').textContent(), /sha256sum TIEDOSTO/);
  await plain.context.close();
});

test('search needs no script, finds agreements, parties and acts, and never a person', async () => {
  const { context, page, complaints } = await visitor(browser, demo.base, { javaScriptEnabled: false });
  await page.goto(`${demo.base}/fi`);
  await page.getByRole('searchbox').fill('nokia');
  await page.keyboard.press('Enter');
  await page.waitForURL(`${demo.base}/fi/search?q=nokia`);
  assert.deepEqual(await page.locator('main h2').allTextContents(), ['Osapuolet', 'Tapahtumat']);
  await page.getByRole('link', { name: 'English' }).click();
  assert.equal(page.url(), `${demo.base}/en/search?q=nokia`);
  await page.getByRole('link', { name: 'City of Nokia', exact: true }).click();
  assert.match(page.url(), /#party-11$/);
  // The demonstration's invented signatory: on a record's page at most, in no search.
  await page.goto(`${demo.base}/fi/search?q=Esimerkki`);
  assert.doesNotMatch(await page.locator('main').textContent(), /Maija/);
  await page.goto(`${demo.base}/fi/search?q=Maija+Esimerkki`);
  assert.equal(await page.locator('main a').count(), 0);
  assert.deepEqual(complaints, []);
  await context.close();
});

test('on paper there is nothing to press, and the answer and the table are there', async () => {
  const { context, page } = await visitor(browser, demo.base);
  await page.goto(`${demo.base}/fi${PIRKANMAA}`);
  await page.emulateMedia({ media: 'print' });
  for (const gone of ['.menu', '.languages', '.moments', '.contents']) {
    assert.ok(!(await page.locator(gone).first().isVisible()), gone);
  }
  assert.ok(await page.locator('.sentence').first().isVisible());
  assert.ok(await page.locator('#parties table').isVisible());
  const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
  const pages = pdf.match(/\/Type\s*\/Page\b/g).length;
  assert.ok(pages <= 5, `a status sheet of ${pages} pages`);
  assert.match(pdf, /\/MediaBox \[0 0 59[45][.\d]* 84[12]/, 'A4');
  await context.close();
});

test('with forced colours, and without motion, every state can still be told', async () => {
  const { context, page, complaints } = await visitor(browser, demo.base, { forcedColors: 'active', reducedMotion: 'reduce' });
  await page.goto(`${demo.base}/fi${PIRKANMAA}`);
  const patterns = await page.locator('.tile').evaluateAll((all) => all.map((it) => {
    const style = getComputedStyle(it, '::after');
    return `${it.className}: ${style.backgroundColor} ${style.backgroundImage}`;
  }));
  const states = new Set(patterns.map((it) => it.split(':')[0]));
  assert.equal(new Set(patterns).size, states.size, 'each state has one look of its own');
  assert.ok(states.size >= 3);
  assert.equal(new Set(patterns.map((it) => it.slice(it.indexOf(':')))).size, states.size, 'and no two look the same');
  assert.equal(await page.evaluate(() => getComputedStyle(document.documentElement).scrollBehavior), 'auto');
  assert.deepEqual(complaints, []);
  await context.close();
});

test('its picture', async () => {
  const { context, page } = await visitor(browser, demo.base, { deviceScaleFactor: 1.5, locale: 'fi-FI' });
  await page.goto(`${demo.base}/fi${PIRKANMAA}`);
  const picture = await page.screenshot({ path: 'out/status.png', fullPage: true, clip: { x: 0, y: 0, width: 1280, height: 1150 } });
  assert.ok(picture.length > 10_000);
  await context.close();
});
