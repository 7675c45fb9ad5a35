// Markup in every text that a page shows stays text: nothing runs, nothing is loaded, and the page's own policy, which
// would stop it, has nothing to stop.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { launch, visitor } from './browser.mjs';
import { serve } from './server.mjs';

const AGREEMENT = 'pirkanmaa-puitesopimus-2023';
const ON = '2024-02-05';
const HOSTILE = `"'><img src=x onerror="window.ran=1"><script>window.ran=2</script><svg onload=window.ran=3>{{7*7}}`;

let demo, browser, newest;
before(async () => {
  [demo, browser] = await Promise.all([serve('--demo'), launch()]);
  const { texts } = await (await fetch(`${demo.base}/api/v1/agreements/${AGREEMENT}`)).json();
  const text = texts.map((it) => it.digest).find(Boolean);
  const decision = {
    organ: { kind: 'council', name: HOSTILE }, section: '1', case_number: HOSTILE, competent: { basis: HOSTILE },
    heading: HOSTILE, subject: { digest: text }, resolution: 'adopted', effect: 'note', minutes: 'confirmed', finality: 'open',
    decision: HOSTILE, proposal: HOSTILE, presenter: HOSTILE, preparer: HOSTILE, statement: HOSTILE,
  };
  await say('kihnio', 'decision_recorded', decision);
  await say('registrar', 'text_deposited', { role: 'draft', digest_unknown: true, date: ON, language: 'fi', titles: { fi: HOSTILE, sv: HOSTILE, en: HOSTILE }, source: HOSTILE });
  await say('registrar', 'draft_presented', { to: { kind: 'forum', name: HOSTILE }, party_described: HOSTILE, source: HOSTILE });
  await say('virrat', 'dispute_recorded', { matter: 'validity', position: HOSTILE });
  ({ as_of: { version: newest } } = await (await fetch(`${demo.base}/api/v1/agreements/${AGREEMENT}`)).json());
});
after(async () => {
  await browser?.close();
  await demo?.stop();
});

/// `party` says it, by the command line.
async function say(party, type, data) {
  const dir = join(demo.dir, `said-${party}-${type}`);
  await mkdir(dir);
  const file = (name) => join(dir, name);
  await writeFile(file('data.json'), JSON.stringify(data));
  const keys = join(demo.dir, 'demo', 'keys', `${party}.pem`);
  const run = (...args) => promisify(execFile)(process.env.SINETTI ?? '../../target/debug/sinetti', args, { cwd: dir });
  await run('draft', type, '--agreement', AGREEMENT, '--party', party, '--on', ON, '--invented', '--data', 'data.json', '--server', demo.base, '--out', 'payload.json');
  await run('sign', 'payload.json', '--key', keys, '--out', 'envelope.json');
  await run('submit', 'envelope.json', '--server', demo.base, ...disclosed(file));
}

/// The personal values lie beside the payload, where it has any.
function disclosed(file) {
  const path = file('payload.disclosures.json');
  return existsSync(path) ? ['--disclosures', path] : [];
}

test('nothing that is written into a record runs in a page', async () => {
  const { context, page, complaints } = await visitor(browser, demo.base);
  page.on('dialog', (dialog) => complaints.push(`dialog: ${dialog.message()}`));
  const query = encodeURIComponent(HOSTILE);
  const events = Array.from({ length: 4 }, (_, back) => `/${AGREEMENT}/events/${newest - back}`);
  let shown = 0;
  for (const path of ['', `/${AGREEMENT}`, `/${AGREEMENT}?show=${query}&sort=${query}`, ...events, `/search?q=${query}`, '/search?q=onerror']) {
    for (const lang of path === `/${AGREEMENT}` ? ['fi', 'sv', 'en'] : ['fi']) {
      await page.goto(`${demo.base}/${lang}${path}`);
      assert.equal(await page.evaluate(() => window.ran), undefined, path);
      assert.equal(await page.locator('main img, main script, main svg[onload]').count(), 0, path);
      shown += (await page.locator('main').textContent()).split('<img src=x').length - 1;
    }
  }
  assert.ok(shown > 20, `shown as text only ${shown} times`);
  assert.deepEqual(complaints, []);
  await context.close();
});
