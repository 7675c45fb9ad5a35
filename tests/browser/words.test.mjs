// Whatever the verifier in the browser can find has its words.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { test } from 'node:test';

const FOLDER = new URL('../../assets/verify/', import.meta.url);
const SOURCE = readdirSync(FOLDER).map((name) => readFileSync(new URL(name, FOLDER), 'utf8')).join('\n');

/// Everything between quotes where a finding, a refusal, a count, a fact or what was left unchecked is made.
const MADE = {
  finding: [/\b(?:tampered|unverifiable|suspect)\([^'`]*['`][^'`]*['`], '([a-z0-9-]+)'/g, /\bnew (?:Refused|Bad)\('([a-z0-9-]+)'/g, /\brefused\('([a-z0-9-]+)'/g, /\brefuse\('([a-z0-9-]+)'/g],
  count: [/\.count\('([a-z0-9-]+)'/g],
  fact: [/\.fact\('([a-z0-9-]+)'/g],
  unchecked: [/^export const [A-Z_]+ = '([a-z0-9-]+)';$/gm],
};

for (const [family, patterns] of Object.entries(MADE)) {
  test(`every ${family} has its words`, () => {
    const words = readFileSync(new URL('../../locales/fi/check.ftl', import.meta.url), 'utf8');
    const source = family === 'unchecked' ? readFileSync(new URL('report.js', FOLDER), 'utf8') : SOURCE;
    const slugs = new Set(patterns.flatMap((pattern) => [...source.matchAll(pattern)].map(([, slug]) => slug)));
    assert.ok(slugs.size > 2, `only ${slugs.size} of ${family} were read`);
    const shared = (slug) => family === 'finding' && KEY_RULES.has(slug);
    assert.deepEqual([...slugs].filter((slug) => !shared(slug) && !words.includes(`check-say-${family}-${slug} =`)), []);
  });
}

/// Rules of key events share one sentence.
const KEY_RULES = new Set(`key-known key-is-log-key first-key-must-manage key-not-live last-registrar-key key-threshold-range
  key-purposes log-keys ledger-founded-already ledger-not-founded demonstration-mismatch actor-not-allowed`.split(/\s+/));
