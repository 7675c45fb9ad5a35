// Every page as it is sent: valid HTML, in its own language, and quick to say that it has not changed.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { HtmlValidate } from 'html-validate';
import { LANGUAGES } from './browser.mjs';
import { serve } from './server.mjs';

const PIRKANMAA = '/pirkanmaa-puitesopimus-2023';
const PATHS = [
  '', '/about', '/privacy', '/accessibility', '/search', '/search?q=nokia', '/search?q=%3Cb%3E', '/verify',
  '/clerk', '/clerk?agreement=pirkanmaa-puitesopimus-2023&party=registrar&act=decision_recorded',
  '/clerk?agreement=pirkanmaa-puitesopimus-2023&party=nokia',
  PIRKANMAA, `${PIRKANMAA}?on=2023-06-01&sort=-party&show=missing`,
  '/pohjois-pohjanmaa-strateginen-2023', '/varsinais-suomi-yhteistyosopimus-2023', `${PIRKANMAA}/events/11`, '/nowhere',
];

const VALIDATOR = new HtmlValidate({
  extends: ['html-validate:standard'],
  rules: {
    // Written by hand, and both ways are valid.
    'void-style': 'off', 'doctype-style': 'off', 'attribute-boolean-style': 'off', 'no-trailing-whitespace': 'off',
    // Browsers make no difference between a number with and without a fixed space.
    'tel-non-breaking': 'off', 'long-title': 'off',
    // A table that is a list on a phone keeps its roles by name; a list without marks keeps its role.
    'no-redundant-role': 'off', 'prefer-native-element': 'off',
  },
});

let demo;
before(async () => { demo = await serve('--demo'); });
after(async () => { await demo?.stop(); });

async function get(path, headers = {}) {
  const response = await fetch(demo.base + path, { headers });
  return { response, html: await response.text() };
}

for (const lang of LANGUAGES) {
  test(`${lang}: valid HTML`, async () => {
    for (const path of PATHS) {
      const { html } = await get(`/${lang}${path}`);
      const report = await VALIDATOR.validateString(html);
      const said = report.results.flatMap((result) => result.messages.map((it) => `${it.line}:${it.column} ${it.ruleId}: ${it.message}`));
      assert.deepEqual(said, [], `/${lang}${path}`);
    }
  });
}

test('what is invalid would be found', async () => {
  const { html } = await get('/fi');
  for (const [from, to] of [['<h1>', '<h1><div>'], [' id="content"', ' id="content" id="content"'], ['</footer>', '']]) {
    assert.ok(html.includes(from), from);
    assert.ok(!(await VALIDATOR.validateString(html.replace(from, to))).valid, to);
  }
});

/// What a reader sees or hears, but for code, addresses, and what is marked as being in another language.
function visible(html, lang) {
  const other = LANGUAGES.filter((it) => it !== lang).join('|');
  return html
    .replace(/<(script|style|pre|code|template)\b[\s\S]*?<\/\1>/g, ' ')
    .replace(new RegExp(`<(\\w+)\\b[^>]* lang="(${other})"[^>]*>[^<]*</\\1>`, 'g'), ' ')
    .replace(/<[^>]*? (?:aria-label|title|alt|placeholder|data-label)="([^"]*)"[^>]*>/g, ' $1 ')
    .replace(/<[^>]*>/g, ' ')
    .replace(/https?:\S+|\b[\w.-]+@[\w.-]+/g, ' ');
}

// Words that every English sentence has, and no Finnish or Swedish one.
const ENGLISH = /\b(the|and|are|with|this|have|which|were|that|its|been|not known|approved|signed|agreement|party|parties|record|search)\b/i;

test('no English is left on the Finnish and Swedish pages', async () => {
  assert.match(visible((await get('/en')).html, 'en'), ENGLISH);
  for (const lang of ['fi', 'sv']) {
    for (const path of PATHS) {
      const text = visible((await get(`/${lang}${path}`)).html, lang);
      const found = text.match(ENGLISH);
      assert.equal(found && text.slice(Math.max(0, found.index - 60), found.index + 60).replace(/\s+/g, ' '), null, `/${lang}${path}`);
    }
  }
});

test('a page that has not changed is not sent again, and says for how long others may keep it', async () => {
  for (const path of ['/fi', `/sv${PIRKANMAA}`, `/en${PIRKANMAA}?on=2023-06-01`, `/fi${PIRKANMAA}/events/1`, '/fi/privacy']) {
    const { response } = await get(path);
    const etag = response.headers.get('etag');
    assert.ok(etag, path);
    assert.equal(response.headers.get('cache-control'), 'public, max-age=0, s-maxage=5, must-revalidate');
    const again = await get(path, { 'if-none-match': etag });
    assert.equal(again.response.status, 304, path);
    assert.equal(again.html, '');
  }
});
