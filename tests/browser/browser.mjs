// Debian's Chromium, and what every visit to a page is held to.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';

const FLAGS = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync',
];
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

export const LANGUAGES = ['fi', 'sv', 'en'];
export const WIDTHS = { phone: 360, tablet: 768, desktop: 1280 };

/// Chromium as Debian installs it.
export function launch() {
  const program = ['/usr/bin/chromium', '/usr/bin/chromium-browser'].find((path) => existsSync(path));
  assert.ok(program, 'Chromium is missing: apt-get install chromium');
  return chromium.launch({ executablePath: program, args: FLAGS });
}

/// A fresh visitor. `complaints` fills with whatever no page may do: load from elsewhere, log an error,
/// break its own security policy, fail to load something.
export async function visitor(browser, base, options = {}) {
  const { width = WIDTHS.desktop, scheme = 'light', ...rest } = options;
  const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme: scheme, ...rest });
  const page = await context.newPage();
  const complaints = [];
  const loaded = [];
  page.on('request', (request) => {
    if (!request.url().startsWith(`${base}/`)) complaints.push(`asks elsewhere: ${request.url()}`);
  });
  page.on('response', (response) => loaded.push(response));
  page.on('console', (message) => complaints.push(`console: ${message.text()}`));
  page.on('pageerror', (error) => complaints.push(`error: ${error}`));
  page.on('requestfailed', (request) => { if (!leftOpen(request)) complaints.push(`failed: ${request.url()}`); });
  return { context, page, complaints, loaded };
}

/// A stream of news is open until its page is left, and that is how it ends.
function leftOpen(request) {
  return new URL(request.url()).pathname.endsWith('/stream') && request.failure()?.errorText === 'net::ERR_ABORTED';
}

/// What axe finds wrong, as text; empty when nothing. By all `RULES`, or by `rules` alone.
export async function violations(page, rules) {
  // Through the debugger, not as a script of the page: the page's own policy stays in force.
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(AXE);
  const runOnly = rules ? { type: 'rule', values: rules } : RULES;
  const result = await page.evaluate((only) => globalThis.axe.run(document, { runOnly: only }), runOnly);
  const lines = (violation) => violation.nodes.map((node) => `${violation.id}: ${node.target} ${node.failureSummary}`);
  return result.violations.flatMap(lines).join('\n');
}
