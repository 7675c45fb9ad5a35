// The clerk's desk: from the minutes to a signed, receipted act, and what can go wrong on the way.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { LANGUAGES, WIDTHS, launch, violations, visitor } from './browser.mjs';
import { serve } from './server.mjs';

const PIRKANMAA = 'pirkanmaa-puitesopimus-2023';
const KEYS = new URL('../keys/', import.meta.url);

let demo, browser;
before(async () => {
  [demo, browser] = await Promise.all([serve('--demo=empty'), launch()]);
  await deposit();
});
after(async () => {
  await browser?.close();
  await demo?.stop();
});

function keyFile(party) {
  return join(demo.dir, 'demo', 'keys', `${party}.pem`);
}

function desk(lang, party, act, agreement = PIRKANMAA) {
  return `${demo.base}/${lang}/clerk?agreement=${agreement}&party=${party}&act=${act}`;
}

async function newest() {
  return (await (await fetch(`${demo.base}/api/v1/agreements/${PIRKANMAA}`)).json()).as_of.version;
}

/// The registrar deposits the text that the parties decide on.
async function deposit(content = 'sopimus', on = '2023-02-14') {
  const { context, page } = await visitor(browser, demo.base);
  await page.goto(desk('en', 'registrar', 'text_deposited'));
  await page.locator('#field-language').selectOption('fi');
  await page.locator('#field-role').selectOption('approval');
  await page.locator('#field-titles-fi').fill('Pirkanmaan puitesopimus');
  await page.locator('#field-occurred-on').fill(on);
  await page.locator('summary', { hasText: 'More details' }).click();
  await page.locator('#field-digest-file').setInputFiles({ name: 'sopimus.txt', mimeType: 'text/plain', buffer: Buffer.from(content) });
  await page.getByText('The digest was computed in this browser').waitFor();
  await look(page);
  await sign(page, 'registrar');
  await context.close();
}

/// A council's approval in the order of minutes; `changes` fill in otherwise.
async function decide(page, lang, party, changes = {}) {
  await page.goto(desk(lang, party, 'decision_recorded'));
  const { section = '34', effect = 'approve', on = '2023-04-17' } = changes;
  await page.locator('#field-organ-kind').selectOption('council');
  await page.locator('#field-organ-name').fill('kaupunginvaltuusto');
  await page.locator('#field-occurred-on').fill(on);
  await page.locator('#field-section').fill(section);
  await page.locator('#field-effect').selectOption(effect);
  await page.locator('#field-resolution').selectOption('adopted');
  await page.locator('#field-competent-basis').fill('hallintosääntö 12 §');
  await page.locator('#field-finality').selectOption('final');
}

async function look(page) {
  await page.locator('#act-look').click();
  await page.locator('#sign-now').waitFor();
}

/// Signs with a party's key file; answers the receipt that was downloaded.
async function sign(page, party) {
  await page.locator('#sign-file').setInputFiles(keyFile(party));
  const downloaded = page.waitForEvent('download');
  await page.locator('#sign-now').click();
  const receipt = JSON.parse(await readFile(await (await downloaded).path(), 'utf8'));
  await page.locator('#act-receipt').waitFor();
  return receipt;
}

test('a page that is looked at again, unchanged, keeps its style and its script', async () => {
  const { context, page, complaints } = await visitor(browser, demo.base);
  for (let visit = 0; visit < 2; visit += 1) {
    await page.goto(desk('fi', 'tampere', 'text_signed'));
    await page.locator('#act-look:not(:disabled)').waitFor();
  }
  assert.deepEqual(complaints, []);
  await context.close();
});

test('a decision goes from the minutes to a checked receipt, and the private key goes nowhere', async () => {
  const { context, page, complaints } = await visitor(browser, demo.base, { acceptDownloads: true });
  const sent = [];
  page.on('request', (request) => sent.push(JSON.stringify([request.url(), request.headers(), request.postData()])));
  await decide(page, 'fi', 'tampere');
  await page.screenshot({ path: 'out/clerk-form.png', fullPage: true, clip: { x: 0, y: 0, width: 1280, height: 1600 } });
  await page.locator('summary', { hasText: 'Lisätietoja' }).click();
  await page.locator('#field-preparer').fill('Maija Meikäläinen');
  await look(page);
  assert.match(await page.locator('#act-result').innerText(), /Tämä lasketaan sopimuksen hyväksymiseksi\./);
  assert.equal(await violations(page), '');
  await page.locator('#act-look-result').screenshot({ path: 'out/clerk-understood.png' });
  const receipt = await sign(page, 'tampere');
  assert.match(await page.locator('#act-receipt').innerText(), /Selaimesi tarkisti kuitin/);
  assert.equal(await violations(page), '');
  await page.locator('#act-receipt').screenshot({ path: 'out/clerk-receipt.png' });
  const payload = Buffer.from(receipt.record.envelope.payload, 'base64').toString();
  assert.ok(payload.includes('"decision_recorded"') && !payload.includes('Maija'), payload);
  const state = await (await fetch(`${demo.base}/api/v1/agreements/${PIRKANMAA}`)).json();
  assert.equal(state.parties.find(({ party }) => party === 'tampere').approved, true);
  const pem = await readFile(keyFile('tampere'), 'utf8');
  const secret = Buffer.from(pem.replace(/-----[^-]+-----|\s/g, ''), 'base64').subarray(16, 48);
  assert.ok(sent.length > 5);
  for (const request of sent) {
    for (const form of [secret.toString('hex'), secret.toString('base64').slice(0, 40), 'PRIVATE KEY']) assert.ok(!request.includes(form), request);
  }
  await page.locator('#kept-acts').getByRole('button', { name: 'Tarkista' }).click();
  await page.getByText('On yhä rekisterissä, todistetusti.').waitFor();
  assert.deepEqual(complaints, []);
  await context.close();
});

test('an adopted note is said not to count before anybody signs', async () => {
  const { context, page, complaints } = await visitor(browser, demo.base);
  await decide(page, 'en', 'nokia', { effect: 'note' });
  await look(page);
  assert.match(await page.locator('#act-result').innerText(), /This does not count as an approval of the agreement\. Noted for information/);
  assert.deepEqual(complaints, []);
  await context.close();
});

test('what is wrong is said beside its field, in the language of the page', async () => {
  const { context, page } = await visitor(browser, demo.base);
  await page.goto(desk('sv', 'nokia', 'decision_recorded'));
  await page.locator('#act-look').click();
  assert.equal(await page.locator('.error').textContent(), 'Fyll i denna punkt.');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'field-organ-kind');
  assert.equal(await page.locator('#field-organ-kind').getAttribute('aria-invalid'), 'true');
  for (const [changes, field, words] of [
    [{ on: '2099-01-01' }, '#field-occurred-on', /Dagen ligger i framtiden/],
    [{ section: '' }, '#field-section', /Fyll i denna punkt/],
    [{ effect: 'approve_conditionally' }, '[data-member="conditions"]', /Villkoren och förslaget passar inte ihop/],
  ]) {
    await decide(page, 'sv', 'nokia', changes);
    await page.locator('#act-look').click();
    const error = page.locator(`[data-kind]:has(> .error, > [data-errors] > .error):is(:has(${field}), ${field}) .error`);
    await error.waitFor();
    assert.match(await error.textContent(), words);
    assert.equal(await violations(page), '');
  }
  await context.close();
});

test('pressed twice, gone back, sent from two tabs: recorded once', async () => {
  const { context, page } = await visitor(browser, demo.base, { acceptDownloads: true });
  const other = await context.newPage();
  for (const tab of [page, other]) {
    await decide(tab, 'en', 'kangasala');
    await look(tab);
    await tab.locator('#sign-file').setInputFiles(keyFile('kangasala'));
  }
  const before = await newest();
  await Promise.all([page.locator('#sign-now').dblclick(), other.locator('#sign-now').dblclick()]);
  await Promise.all([page, other].map((tab) => tab.locator('#act-receipt').waitFor()));
  assert.equal(await newest(), before + 1);
  await page.goto(`${demo.base}/en/clerk`);
  await page.goBack();
  await decide(page, 'en', 'kangasala');
  await page.locator('#act-look').click();
  await page.getByText('You recorded this before.').waitFor();
  assert.equal(await newest(), before + 1);
  await context.close();
});

test('without a connection nothing is lost, and sending again records it once', async () => {
  const { context, page } = await visitor(browser, demo.base, { acceptDownloads: true });
  await decide(page, 'en', 'orivesi');
  await look(page);
  await page.locator('#sign-file').setInputFiles(keyFile('orivesi'));
  const before = await newest();
  // The request arrives, and its answer is lost.
  await page.route('**/events', async (route) => {
    await route.fetch();
    await route.abort();
  });
  await page.locator('#sign-now').click();
  await page.getByText('Nothing is lost; try again.').waitFor();
  await page.unroute('**/events');
  await page.goto(`${demo.base}/en/clerk`);
  await page.getByText('Signed, no receipt yet.').waitFor();
  await page.getByRole('button', { name: 'Send again' }).click();
  await page.locator('#act-receipt').waitFor();
  assert.equal(await newest(), before + 1);
  await context.close();
});

test('somebody else’s act between the look and the signature is told, and asked about only when it matters', async () => {
  const { context, page } = await visitor(browser, demo.base, { acceptDownloads: true });
  await decide(page, 'en', 'lempaala');
  await look(page);
  const other = await visitor(browser, demo.base, { acceptDownloads: true });
  await decide(other.page, 'en', 'ylojarvi');
  await look(other.page);
  await sign(other.page, 'ylojarvi');
  await sign(page, 'lempaala');
  await page.getByText('Meanwhile others recorded (1)').waitFor();
  assert.match(await page.locator('#act-result').innerText(), /ylöjärvi/i);
  await Promise.all([context.close(), other.context.close()]);
});

test('a key made here is enrolled by the registrar after its words are compared, and then signs', async () => {
  const clerk = await visitor(browser, demo.base, { acceptDownloads: true });
  await clerk.page.goto(`${demo.base}/en/clerk?agreement=${PIRKANMAA}&party=nokia`);
  await clerk.page.locator('#make-key').click();
  await clerk.page.locator('#keys-said').getByText('Make a second key').waitFor();
  const words = await clerk.page.locator('#kept-keys .fingerprint').textContent();
  assert.match(words, /^([bdfghjklmnprstvz][aiou][bdfghjklmnprstvz][aiou][bdfghjklmnprstvz] ?){6}$/);
  const downloaded = clerk.page.waitForEvent('download');
  await clerk.page.getByRole('button', { name: 'Ask for enrolment' }).click();
  const request = await (await downloaded).path();
  assert.equal(await violations(clerk.page), '');
  await clerk.page.locator('#own-keys').screenshot({ path: 'out/clerk-key.png' });
  // nokia has a key already, so it signs the enrolment itself; the registrar would open the file in the same way.
  const signer = await visitor(browser, demo.base, { acceptDownloads: true });
  await signer.page.goto(`${demo.base}/en/clerk`);
  await signer.page.locator('#draft-file').setInputFiles(request);
  await signer.page.locator('#act-result .fingerprint').waitFor();
  assert.equal(await signer.page.locator('#act-result .fingerprint').textContent(), words);
  await sign(signer.page, 'nokia');
  // The page is loaded again: the key is still there, and signs.
  await decide(clerk.page, 'en', 'nokia');
  await look(clerk.page);
  assert.match(await clerk.page.locator('#sign-key option:checked').textContent(), new RegExp(words));
  await clerk.page.locator('#sign-now').click();
  await clerk.page.getByText('The act is in the ledger.').waitFor();
  const extractable = await clerk.page.evaluate(() => new Promise((done) => {
    indexedDB.open('sinetti-desk').onsuccess = ({ target }) => {
      target.result.transaction('keys').objectStore('keys').getAll().onsuccess = (found) => done(found.target.result.map(({ privateKey }) => privateKey.extractable));
    };
  }));
  assert.deepEqual(extractable, [false]);
  await Promise.all([clerk.context.close(), signer.context.close()]);
});

test('a new party’s first key is enrolled by the registrar', async () => {
  const registrar = await visitor(browser, demo.base, { acceptDownloads: true });
  await registrar.page.goto(desk('en', 'registrar', 'party_registered', 'registry'));
  await registrar.page.locator('#field-id').fill('uusi-kunta');
  await registrar.page.locator('#field-kind').selectOption('municipality');
  await registrar.page.locator('#field-names-fi').fill('Uusi kunta');
  await registrar.page.locator('#field-occurred-on').fill('2023-01-01');
  await look(registrar.page);
  assert.match(await registrar.page.locator('#act-result').innerText(), /Registration of a party \(uusi-kunta\)/);
  await sign(registrar.page, 'registrar');
  const clerk = await visitor(browser, demo.base, { acceptDownloads: true });
  await clerk.page.goto(`${demo.base}/en/clerk?agreement=registry&party=uusi-kunta`);
  await clerk.page.locator('#make-key').click();
  const downloaded = clerk.page.waitForEvent('download');
  await clerk.page.getByRole('button', { name: 'Ask for enrolment' }).click();
  const request = await (await downloaded).path();
  await clerk.page.locator('#keys-said').getByText('Give the file to the registrar').waitFor();
  await registrar.page.locator('#draft-file').setInputFiles(request);
  await registrar.page.getByText('Call the party and compare these words').waitFor();
  assert.equal(await registrar.page.locator('#act-result .fingerprint').textContent(), await clerk.page.locator('#kept-keys .fingerprint').textContent());
  await sign(registrar.page, 'registrar');
  const { keys } = await (await fetch(`${demo.base}/api/v1/parties/uusi-kunta`)).json();
  assert.equal(keys.length, 1);
  await Promise.all([clerk.context.close(), registrar.context.close()]);
});

test('a wrong entry is corrected: what stands there is filled in, and a § stays text', async () => {
  const { context, page } = await visitor(browser, demo.base, { acceptDownloads: true });
  await decide(page, 'en', 'nokia', { section: '71', effect: 'note' });
  await look(page);
  const { version } = await sign(page, 'nokia');
  await page.goto(`${desk('en', 'nokia', 'record_corrected')}&about=${version}`);
  await page.locator('#field-occurred-on').fill('2023-05-02');
  await page.locator('[data-add]').first().click();
  await page.locator('[data-item] [data-member="field"] input').fill('/section');
  await page.locator('[data-item] [data-member="new"] input').fill('72');
  await page.waitForFunction(() => document.querySelector('[data-item] [data-member="old"] input').value === '71');
  await look(page);
  await sign(page, 'nokia');
  const { lines } = await (await fetch(`${demo.base}/api/v1/agreements/${PIRKANMAA}/timeline`)).json();
  assert.equal(lines.find((line) => line.version === version).args.section, '72');
  await context.close();
});

test('an encrypted key file is opened by its passphrase only, and a key that is not enrolled is told so', async () => {
  const { context, page } = await visitor(browser, demo.base);
  await decide(page, 'fi', 'vesilahti');
  await look(page);
  await page.locator('#sign-file').setInputFiles(new URL('openssl_600000_rounds.pem', KEYS).pathname);
  for (const [passphrase, words] of [['', 'Avain on salattu: anna salalause.'], ['väärä', 'Salalause ei avaa avainta.'], ['salasana', 'Tätä avainta ei ole rekisteröity']]) {
    await page.locator('#sign-passphrase').fill(passphrase);
    await page.locator('#sign-now').click();
    await page.getByText(words).waitFor();
  }
  for (const [name, words] of [['openssl_x25519.pem', 'Tiedostossa ei ole Ed25519-avainta.'], ['openssl_scrypt.pem', 'Avain on salattu tavalla, jota ei lueta.'], ['openssl_too_many_rounds.pem', 'kohtuutonta laskentaa'], ['README.md', 'ei ole PKCS#8-avain']]) {
    await decide(page, 'fi', 'vesilahti');
    await look(page);
    await page.locator('#sign-file').setInputFiles(new URL(name, KEYS).pathname);
    await page.locator('#sign-passphrase').fill('x');
    await page.locator('#sign-now').click();
    await page.getByText(words).waitFor();
  }
  await context.close();
});

test('a colleague checks a prepared act and signs it; another file is refused', async () => {
  const { context, page } = await visitor(browser, demo.base, { acceptDownloads: true });
  await decide(page, 'en', 'pirkkala');
  await look(page);
  const downloaded = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save to a file' }).click();
  const draft = await (await downloaded).path();
  const colleague = await visitor(browser, demo.base, { acceptDownloads: true });
  await colleague.page.goto(`${demo.base}/sv/clerk`);
  await colleague.page.locator('#draft-file').setInputFiles({ name: 'x.json', mimeType: 'application/json', buffer: Buffer.from('{"format": "<img src=x>"}') });
  await colleague.page.getByText('Filen är ingen förberedd anteckning.').waitFor();
  await colleague.page.locator('#draft-file').setInputFiles(draft);
  await colleague.page.getByText('Detta räknas som ett godkännande av avtalet.').waitFor();
  await sign(colleague.page, 'pirkkala');
  await Promise.all([context.close(), colleague.context.close()]);
});

test('by keyboard alone: from the choice of the party to the receipt', async () => {
  const { context, page } = await visitor(browser, demo.base, { acceptDownloads: true });
  await page.goto(desk('fi', 'tampere', 'text_signed'));
  const stop = async (id) => {
    for (let step = 0; step < 60; step += 1) {
      await page.keyboard.press('Tab');
      if (await page.evaluate(() => document.activeElement.id) === id) return;
    }
    assert.fail(`Tab never comes to ${id}`);
  };
  await stop('field-role');
  await page.keyboard.type('pormestari');
  await page.locator('#field-occurred-on').fill('2023-05-02');
  await stop('act-look');
  await page.keyboard.press('Enter');
  await page.locator('#sign-now').waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.id), 'act-result');
  await page.locator('#sign-file').setInputFiles(keyFile('tampere'));
  await stop('sign-now');
  await page.keyboard.press('Enter');
  await page.getByText('Merkintä on rekisterissä.').waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.id), 'act-result');
  await context.close();
});

// The other languages and the dark scheme have the same elements, so that one form of each kind is enough.
const PLACES = {
  fi: ['', `?agreement=${PIRKANMAA}&party=nokia`, `?agreement=${PIRKANMAA}&party=registrar&act=agreement_opened`],
  sv: [`?agreement=${PIRKANMAA}&party=registrar&act=decision_recorded`],
  en: [`?agreement=${PIRKANMAA}&party=nokia&act=negotiation_held`],
};

for (const [at, lang] of LANGUAGES.entries()) {
  test(`${lang}: desk, menu and forms are accessible and fit a phone`, async () => {
    const { context, page, complaints } = await visitor(browser, demo.base, { width: WIDTHS.phone, scheme: ['light', 'dark', 'light'][at] });
    for (const place of PLACES[lang]) {
      await page.goto(`${demo.base}/${lang}/clerk${place}`);
      await page.locator('#own-keys').waitFor();
      for (const list of await page.locator('#act-form > .field > p > [data-add]').all()) await list.click();
      for (const details of await page.locator('details').all()) await details.evaluate((element) => { element.open = true; });
      assert.equal(await violations(page), '', place);
      const wider = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      assert.ok(wider <= 0, `${place} is ${wider} px wider than the screen`);
    }
    assert.deepEqual(complaints, []);
    await context.close();
  });
}

// Last, because it takes the place of the text that the other tests are about.
test('an act between that changes what is signed is shown, and the signature is asked for again', async () => {
  const { context, page } = await visitor(browser, demo.base, { acceptDownloads: true });
  await decide(page, 'en', 'akaa');
  await look(page);
  await page.getByText('This counts as an approval of the agreement.').waitFor();
  await deposit('sopimus 2', '2023-04-18');
  const before = await newest();
  await page.locator('#sign-file').setInputFiles(keyFile('akaa'));
  await page.locator('#sign-now').click();
  await page.getByText('came between and changes what this means').waitFor();
  assert.match(await page.locator('#act-result').innerText(), /does not count as an approval of the agreement\. The decision is about another text/);
  assert.equal(await newest(), before, 'nothing is recorded unasked');
  await sign(page, 'akaa');
  assert.equal(await newest(), before + 1);
  await context.close();
});
