// Every page in every language, width and colour scheme: accessible, of our own origin only, right without scripts.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { LANGUAGES, WIDTHS, launch, violations, visitor } from './browser.mjs';
import { serve } from './server.mjs';

const PIRKANMAA = '/pirkanmaa-puitesopimus-2023';
const PATHS = [
  '',
  '/about',
  '/privacy',
  '/accessibility',
  '/search?q=nokia',
  '/verify',
  '/clerk',
  PIRKANMAA,
  `${PIRKANMAA}?on=2023-06-01`,
  '/pohjois-pohjanmaa-strateginen-2023',
  '/varsinais-suomi-yhteistyosopimus-2023',
  `${PIRKANMAA}?since=2023-06-01`,
  '/parties/tampere',
  '/parties/pohjois-pohjanmaan-hyvinvointialue',
  `${PIRKANMAA}/events/1`,
  `${PIRKANMAA}/events/11`,
  '/varsinais-suomi-yhteistyosopimus-2023/events/4',
];

let demo, real, browser;
before(async () => {
  [demo, real, browser] = await Promise.all([serve('--demo'), serve(), launch()]);
});
after(async () => {
  await browser?.close();
  await Promise.all([demo?.stop(), real?.stop()]);
});

// One visit a language: each page once, judged whole in the light at the desktop's width (Finnish on a phone too), for
// its colours in the dark, and for its width on each screen.
for (const lang of LANGUAGES) {
  test(`${lang}: accessible in the light and in the dark, fits every screen, keeps to itself`, async () => {
    const { context, page, complaints } = await visitor(browser, demo.base);
    for (const path of PATHS) {
      const where = `/${lang}${path}`;
      const response = await page.goto(demo.base + where);
      assert.equal(response.status(), 200, where);
      assert.equal(await violations(page), '', where);
      await page.emulateMedia({ colorScheme: 'dark' });
      assert.equal(await violations(page, ['color-contrast', 'link-in-text-block']), '', `${where} in the dark`);
      await page.emulateMedia({ colorScheme: 'light' });
      for (const [name, width] of Object.entries(WIDTHS)) {
        await page.setViewportSize({ width, height: 900 });
        const wider = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        assert.ok(wider <= 0, `${where} is ${wider} px wider than the screen of a ${name}`);
        if (name === 'phone' && lang === 'fi') assert.equal(await violations(page), '', `${where} on a phone`);
      }
    }
    assert.deepEqual(complaints, []);
    await context.close();
  });
}

test('what is wrong would be found', async () => {
  const { context, page, complaints } = await visitor(browser, demo.base);
  await page.goto(`${demo.base}/fi`);
  await page.evaluate(() => {
    document.querySelector('main').insertAdjacentHTML('beforeend', '<img src="http://192.0.2.1/x.png" style="color: red"><p id="pale">too pale to read</p>');
    document.querySelector('#pale').style.color = '#ccc';
  });
  const found = await violations(page);
  assert.match(found, /image-alt/);
  assert.match(found, /color-contrast/);
  assert.match(complaints.join('\n'), /Content Security Policy/);
  await context.close();
});

test('the real ledger and the pages of problems are accessible too', async () => {
  const { context, page } = await visitor(browser, real.base);
  for (const lang of LANGUAGES) {
    for (const path of ['', PIRKANMAA, '/varsinais-suomi-yhteistyosopimus-2023', '/nowhere', `${PIRKANMAA}?on=x`]) {
      await page.goto(`${real.base}/${lang}${path}`);
      assert.equal(await violations(page), '', `/${lang}${path}`);
    }
  }
  await context.close();
});

test('without scripts the sentence, the counts and who is missing are there', async () => {
  const { context, page, complaints } = await visitor(browser, demo.base, { javaScriptEnabled: false });
  const sentences = {
    fi: 'Ei vielä voimassa: 25 osapuolesta 18 on hyväksynyt ja 16 allekirjoittanut.',
    sv: 'Ännu inte i kraft: av 25 parter har 18 godkänt och 16 undertecknat.',
    en: 'Not yet in force: of 25 parties, 18 have approved and 16 have signed.',
  };
  for (const [lang, sentence] of Object.entries(sentences)) {
    await page.goto(`${demo.base}/${lang}${PIRKANMAA}`);
    assert.equal(await page.locator('.sentence').first().textContent(), sentence);
    assert.deepEqual(await page.locator('.counts .number').allTextContents(), ['18', '16', '0']);
    assert.equal(await page.locator('#parties tbody tr').count(), 25);
    assert.equal(await page.locator('.columns li').count(), 9);
  }
  assert.deepEqual(complaints, []);
  await context.close();
});

test('what is invented is marked on every page of a demonstration, and nowhere else', async () => {
  const { context, page } = await visitor(browser, demo.base);
  for (const path of PATHS) {
    await page.goto(`${demo.base}/fi${path}`);
    assert.ok(await page.locator('.demo').isVisible(), path);
  }
  await page.goto(`${demo.base}/fi${PIRKANMAA}`);
  assert.ok((await page.locator('.chip.made-up').count()) > 40);
  await context.close();
  const visit = await visitor(browser, real.base);
  for (const path of ['', PIRKANMAA, `${PIRKANMAA}/events/1`]) {
    await visit.page.goto(`${real.base}/fi${path}`);
    assert.equal(await visit.page.locator('.demo, .chip.made-up').count(), 0, path);
  }
  await visit.context.close();
});

test('the sections of a demonstration say in words who has joined, accepted, met and commented', async () => {
  const { context, page } = await visitor(browser, demo.base);
  await page.goto(`${demo.base}/fi/pohjois-pohjanmaa-strateginen-2023`);
  for (const id of ['annexes', 'amendments', 'disputes']) {
    assert.ok(await page.locator(`section#${id} .chip.made-up`).count(), `${id} is marked as invented`);
  }
  assert.ok(await page.locator('section#duties tbody tr').count());
  const chart = page.locator('#annexes .chart');
  const rows = await page.locator('#parties tbody tr').count();
  assert.ok((await chart.locator('tbody tr').count()) >= rows);
  assert.match(await chart.locator('.chip.yes').first().textContent(), /mukana/);
  await page.goto(demo.base + (await chart.locator('tbody th a').first().getAttribute('href')));
  assert.equal(await page.locator('h1').count(), 1);
  assert.ok(await page.locator('.history li').count());
  await page.goto(`${demo.base}/fi${PIRKANMAA}`);
  assert.ok(await page.locator('#drafting').getByText('Lausuntokierros').count());
  await context.close();
});

test('the real ledger counts what is proven and no more', async () => {
  const { context, page } = await visitor(browser, real.base);
  await page.goto(`${real.base}/fi${PIRKANMAA}`);
  const sentence = 'Ei vielä voimassa: 25 osapuolesta 1 on hyväksynyt, eikä yksikään ole allekirjoittanut.';
  assert.equal(await page.locator('.sentence').first().textContent(), sentence);
  await page.goto(`${real.base}/fi/varsinais-suomi-yhteistyosopimus-2023`);
  assert.match(await page.locator('#unattributed').textContent(), /Hyväksyttiin\./);
  await context.close();
});

test('a first visit is light', async () => {
  for (const path of ['/fi', `/fi${PIRKANMAA}`, '/fi/pohjois-pohjanmaa-strateginen-2023']) {
    const { context, page, loaded } = await visitor(browser, demo.base);
    await page.goto(demo.base + path, { waitUntil: 'load' });
    // The stream of news opens beside the page, and stays open.
    const files = loaded.filter((response) => !new URL(response.url()).pathname.endsWith('/stream'));
    const sizes = await Promise.all(files.map((response) => response.request().sizes()));
    const bytes = sizes.reduce((sum, size) => sum + size.responseBodySize + size.responseHeadersSize, 0);
    // Page, style, font, three modules; and the icon, which a browser asks for when it likes.
    assert.ok(files.length <= 7, `${path} asks ${files.length} times: ${files.map((response) => response.url()).join(' ')}`);
    assert.ok(bytes < 100_000, `${path} loads ${bytes} bytes`);
    await context.close();
  }
});
