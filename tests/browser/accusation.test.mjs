// Evidence against a log on the verifier's page: of each kind, in each language, dropped as a visitor does; and what a monitor
// wrote that followed a ledger into a fork.
import assert from 'node:assert/strict';
import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { LANGUAGES, launch, violations, visitor } from './browser.mjs';
import { serve, serveIn, sinetti } from './server.mjs';

const ROOT = new URL('../../', import.meta.url);
/// One file of each kind, and what the page says of it.
const KINDS = { 'fork-of-a-larger-tree': 'fork', 'rollback-signed-later': 'rollback', 'record-that-is-none': 'record-malformed', 'record-judged-by-its-history': 'needs-replay', 'record-that-the-rules-refuse': 'needs-rules', 'record-with-false-heads': 'record-misplaced', 'fork-that-is-growth': 'nothing-proven' };

let demo, browser;
before(async () => {
  [demo, browser] = await Promise.all([serve('--demo=empty'), launch()]);
});
after(async () => {
  await browser?.close();
  await demo?.stop();
});

async function vector(property) {
  return JSON.parse(await readFile(new URL(`tests/vectors/accusation/${property}.json`, ROOT), 'utf8'));
}

/// The sentence of a finding in a language.
async function sentence(language, slug) {
  const words = await readFile(new URL(`locales/${language}/check.ftl`, ROOT), 'utf8');
  return new RegExp(`^check-say-finding-${slug} = (.*)$`, 'm').exec(words)[1];
}

/// Drops a file on the form, with the log's keys as they were had from elsewhere; answers all that the page says.
async function dropped(page, name, text, keys) {
  if (!(await page.locator('#check-keys').isVisible())) await page.locator('summary').first().click();
  await page.locator('#check-keys').fill(keys.join('\n'));
  await page.locator('#check-founding').fill('');
  await page.locator('#check-result').evaluate((result) => result.replaceChildren());
  await page.locator('#check-form').evaluate((form, [name, text]) => {
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File([text], name));
    form.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
  }, [name, text]);
  await page.locator('#check-result .answer').first().waitFor();
  return { looks: await page.locator('#check-result .answer').first().getAttribute('class'), text: await page.locator('#check-result').innerText() };
}

for (const language of LANGUAGES) {
  test(`each kind of evidence is checked and told in ${language}`, async () => {
    const { context, page, complaints } = await visitor(browser, demo.base);
    await page.goto(`${demo.base}/${language}/verify`);
    for (const [property, slug] of Object.entries(KINDS)) {
      const { input, expect } = await vector(property);
      const { looks, text } = await dropped(page, `${property}.json`, JSON.stringify(input.evidence, null, 2), input.log_keys);
      assert.equal(looks, `answer ${expect.verdict === 'tampered' && slug !== 'needs-rules' ? 'no' : 'wait'}`, `${property}: ${text}`);
      assert.ok(text.includes(await sentence(language, slug)), `${property}: ${text}`);
      assert.ok(text.includes(`${property}.json`) && text.includes('localhost/sinetti'), text);
      assert.equal(await violations(page), '');
    }
    assert.deepEqual(complaints, []);
    await context.close();
  });
}

test('what a monitor wrote of a fork convinces the page with the log’s keys, and not with those of the page', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'sinetti-fork-'));
  const [data, copy] = [join(dir, 'data'), join(dir, 'copy')];
  await (await serveIn(data, '--demo=empty')).stop();
  await cp(data, copy, { recursive: true });
  const servers = [await serveIn(data, '--demo=empty'), await serveIn(copy, '--demo=empty')];
  for (const [at, { base }] of servers.entries()) {
    const act = ['--agreement', 'pirkanmaa-puitesopimus-2023', '--party', 'tampere', '--on', '2025-02-10', '--organ-kind', 'board', '--organ', 'kaupunginhallitus'];
    const said = ['--section', `${7 + at}`, '--effect', 'note', '--resolution', 'adopted', '--minutes', 'confirmed', '--finality', 'not_appealable', '--invented'];
    const place = ['--key', join(data, 'demo/keys/tampere.pem'), '--keep', dir, '--server', base];
    assert.equal((await sinetti('decide', ...act, ...said, ...place)).code, 0);
  }
  const { log_keys: keys } = await (await fetch(`${servers[0].base}/api/v1/log`)).json();
  const follow = ({ base }) => sinetti('audit', 'follow', '--once', '--json', '--server', base, '--state', join(dir, 'state'));
  assert.equal((await follow(servers[0])).code, 0);
  const shouted = await follow(servers[1]);
  assert.equal(shouted.code, 1);
  const evidence = await readFile(JSON.parse(shouted.stdout).evidence[0], 'utf8');
  for (const { stop } of servers) await stop();
  await rm(dir, { recursive: true, force: true });

  const { context, page } = await visitor(browser, demo.base);
  await page.goto(`${demo.base}/fi/verify`);
  const convinced = await dropped(page, 'fork.json', evidence, keys);
  assert.ok(convinced.looks.endsWith('no') && convinced.text.includes(await sentence('fi', 'fork')), convinced.text);
  const { log_keys: others } = await (await fetch(`${demo.base}/api/v1/log`)).json();
  const unmoved = await dropped(page, 'fork.json', evidence, others);
  assert.ok(unmoved.looks.endsWith('wait') && unmoved.text.includes(await sentence('fi', 'nothing-proven')), unmoved.text);
  await context.close();
});
