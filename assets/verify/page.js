// The verifier on a page: files or a record in, a report out. Everything that comes from outside is put in as text.
import { fromBase64 } from './bytes.js';
import { Silent, checkEvent, fetchEvent, fetchEvidence } from './event.js';
import { BadNote, parseKey } from './note.js';
import { Report } from './report.js';
import { MAX_FILE, verifyFiles } from './verify.js';

/// How a verdict looks, beside its word.
const LOOKS = { valid: 'yes', suspect: 'wait', unverifiable: 'wait', tampered: 'no' };

/// Buttons of a record's page, beside that for the record itself.
const CHECKS = { whole: ofAgreement };

const root = document.getElementById('check');
if (root !== null) start(root);

function start(element) {
  const words = JSON.parse(element.dataset.words);
  const types = new Set(element.dataset.types.split(' '));
  const result = document.getElementById('check-result');
  const form = document.getElementById('check-form');
  form.hidden = false;
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const check = element.dataset.version === undefined ? ofFiles : CHECKS[event.submitter?.name] ?? ofRecord;
    run(() => check(element, form, words, types), result, words);
  });
  if (element.dataset.version === undefined) takeDrops(form);
}

/// Files can be dropped on the form; then they are checked at once.
function takeDrops(form) {
  form.addEventListener('dragover', (event) => event.preventDefault());
  form.addEventListener('drop', (event) => {
    event.preventDefault();
    document.getElementById('check-files').files = event.dataTransfer.files;
    form.requestSubmit();
  });
}

async function run(check, result, words) {
  result.replaceChildren(paragraph(words.working));
  try {
    result.replaceChildren(...await check());
  } catch (error) {
    const known = error instanceof BadInput;
    result.replaceChildren(paragraph(known ? error.message : words.broken), ...(known ? [] : [code(String(error))]));
  }
}

/// What was typed in can't be used; the message is for people.
class BadInput extends Error {}

async function ofFiles(element, form, words, types) {
  const { files } = document.getElementById('check-files');
  if (files.length === 0) throw new BadInput(words['no-files']);
  const tooLarge = Array.from(files).find(({ size }) => size > MAX_FILE);
  if (tooLarge !== undefined) throw new BadInput(`${words['finding-file-too-large']} (${tooLarge.name})`);
  const [keys, founding] = [document.getElementById('check-keys'), document.getElementById('check-founding')];
  const trust = { types, keys: await keysOf(keys.value, words), founding: foundingOf(founding.value, words) };
  const given = await Promise.all(Array.from(files, async (file) => ({ name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) })));
  const own = keys.value !== keys.defaultValue || founding.value !== founding.defaultValue;
  const reports = await verifyFiles(given, trust);
  return reports.flatMap(({ names, report }) => shown(names.join(' + '), report, words, words[own ? 'trust-own' : 'trust-page']));
}

async function ofRecord(element, form, words, types) {
  const { agreement, version, keys, founding } = element.dataset;
  const trust = { types, keys: await keysOf(keys, words), founding: foundingOf(founding, words) };
  const signed = document.querySelector('#signed ~ pre code')?.textContent ?? null;
  const report = await unlessSilent(async () => checkEvent(await fetchEvent(agreement, Number(version)), signed, trust));
  return shown(null, report, words, words['trust-page']);
}

/// The whole agreement, by the bundle that the server makes of it.
async function ofAgreement(element, form, words, types) {
  const { agreement, keys, founding } = element.dataset;
  const trust = { types, keys: await keysOf(keys, words), founding: foundingOf(founding, words) };
  const name = `${agreement}.sinetti.zip`;
  const report = await unlessSilent(async () => (await verifyFiles([{ name, bytes: await fetchEvidence(agreement) }], trust))[0].report);
  return shown(null, report, words, words['trust-page']);
}

/// A server that gives nothing leaves everything unverifiable.
async function unlessSilent(check) {
  try {
    return await check();
  } catch (error) {
    if (!(error instanceof Silent)) throw error;
    const report = new Report();
    report.unverifiable(null, 'server', 'server-silent', error.message);
    return report;
  }
}

/// The verifier keys in a text, one a line.
function keysOf(text, words) {
  const lines = text.split('\n').map((line) => line.trim()).filter((line) => line !== '');
  return Promise.all(lines.map(async (line) => {
    try {
      return await parseKey(line);
    } catch (error) {
      if (!(error instanceof BadNote)) throw error;
      throw new BadInput(filled(words['bad-key'], { value: line.slice(0, 80) }));
    }
  }));
}

/// The leaf hash of record 0; null when none is given.
function foundingOf(text, words) {
  if (text.trim() === '') return null;
  const hash = fromBase64(text.trim());
  if (hash?.length !== 32) throw new BadInput(words['bad-founding']);
  return hash;
}

/// A report as elements, under the names of its files, where it has some.
function shown(name, report, words, trusted) {
  const { verdict, findings, unchecked, checked: counts, facts } = report;
  return [
    ...(name === null ? [] : [make('h2', { className: 'file' }, name)]),
    answer(verdict, unchecked, words),
    ...section(words.findings, 'ol', findings.map((finding) => findingItem(finding, words))),
    ...section(words.unchecked, 'ul', [...unchecked].map((name) => item(words[`unchecked-${name}`]))),
    ...section(words.checked, 'ul', [...counts].filter(([, count]) => count > 0).map(([name, count]) => item(filled(words[`count-${name}`], { count })))),
    ...section(words.trail, 'ol', report.trail.map((event) => item(code(trailLine(event))))),
    paragraph(trusted),
    ...section(words.facts, 'dl', facts.flatMap(({ name, value }) => [make('dt', {}, words[`fact-${name}`]), make('dd', {}, code(value))])),
  ];
}

/// The verdict never stands without what was not checked.
function answer(verdict, unchecked, words) {
  const badge = make('span', { className: 'badge' }, words[`verdict-${verdict}`]);
  const sentence = make('p', { className: 'sentence' }, words[`headline-${verdict}`]);
  const limits = unchecked.size === 0 ? [] : [paragraph(`${words.unchecked}: ${unchecked.size}`)];
  return make('div', { className: `answer ${LOOKS[verdict]}` }, make('p', {}, badge), sentence, ...limits);
}

/// One event of a bundle, as its record says.
function trailLine({ recordedAt, actor, type }) {
  return `${new Date(recordedAt).toISOString()} · ${actor} · ${type}`;
}

function findingItem({ verdict, file, index, member, slug, reason }, words) {
  const place = index === null ? [] : [` (${filled(words.place, { index })})`];
  const chip = make('span', { className: `chip ${LOOKS[verdict]}` }, words[`verdict-${verdict}`]);
  const exact = make('p', { className: 'small' }, code(`${slug} · ${file === null ? '' : `${file} · `}${member}: ${reason}`));
  exact.lang = 'en';
  return item(chip, ' ', sentenceOf(slug, words), ...place, exact);
}

/// The words for a finding; rules of keys share theirs.
function sentenceOf(slug, words) {
  return words[`finding-${slug}`] ?? words[slug.includes('key') ? 'finding-key-rule' : 'finding-other'];
}

function section(title, list, items) {
  if (items.length === 0) return [];
  return [make('h3', {}, title), make(list, { className: list === 'dl' ? 'facts' : '' }, ...items)];
}

/// Values in place of `{name}`.
function filled(text, values) {
  return text.replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole));
}

function item(...content) {
  return make('li', {}, ...content);
}

function paragraph(text) {
  return make('p', {}, text);
}

function code(text) {
  return make('code', {}, text);
}

/// An element; strings become text, never markup.
function make(name, properties, ...content) {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...content);
  return element;
}
