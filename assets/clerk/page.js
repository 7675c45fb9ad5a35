// The desk on its page: what is filled in is looked at by the ledger, signed here, sent, and its receipt kept.
import { fromBase64, textOf } from './bytes.js';
import { NotCanonical } from './canonical.js';
import { remove } from './database.js';
import { isEd25519Reliable } from './ed25519.js';
import { button, code, download, filled, make, paragraph } from './elements.js';
import { clearProblems, enliven, fillInOld, filesOf, missing, readForm, showProblem } from './form.js';
import { showActs, takeReceipts } from './kept_acts.js';
import { showKeys, takeRevocations } from './key_acts.js';
import { fingerprint, fromFile, idOf, kept } from './keys.js';
import { parseKey } from './note.js';
import { once } from './once.js';
import { BadKeyFile, isEncrypted } from './pem.js';
import { Refusal, Unreached, came, compose, draftFile, newest, opened, preview, putDocument, read, send, signed } from './sending.js';

const REGISTRY = 'registry';

const root = document.getElementById('desk');
if (root !== null) await start(root);

async function start(element) {
  const { words, lang, ledger, agreement, party, keys, types, founding } = element.dataset;
  const desk = { words: JSON.parse(words), lang, ledger, agreement, party, result: document.getElementById('act-result') };
  if (!(await isEd25519Reliable()) || !globalThis.indexedDB) return broken(desk.words['no-crypto']);
  const known = await Promise.all(keys.split('\n').filter((line) => line !== '').map(parseKey));
  desk.trust = { types: new Set(types.split(' ')), keys: known, founding: fromBase64(founding) };
  const form = document.getElementById('act-form');
  desk.show = (act, more) => show(act, desk, null, more);
  desk.refused = (error) => refused(error, desk);
  desk.dispatch = (act) => dispatch(act, null, desk, null);
  if (form !== null) fillIn(form, desk);
  takeDrafts(desk);
  takeReceipts(desk);
  takeRevocations(desk);
  await showActs(desk);
  await showKeys(desk);
}

function broken(text) {
  const note = document.getElementById('desk-broken');
  note.firstElementChild.textContent = text;
  note.hidden = false;
}

// A form, until it is looked at.

function fillIn(form, desk) {
  enliven(form, desk.words);
  fillInOld(form, (version) => dataOf(desk.agreement, version));
  const look = document.getElementById('act-look');
  look.disabled = false;
  form.addEventListener('input', () => desk.result.replaceChildren());
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    if (look.disabled) return;
    look.disabled = true;
    lookAt(form, desk).finally(() => { look.disabled = false; });
  });
}

/// The data of a record; empty when it can't be read, so that the clerk fills in what stands there.
async function dataOf(agreement, version) {
  try {
    const { record } = await read(`/api/v1/agreements/${agreement}/events/${version}`);
    return JSON.parse(textOf(fromBase64(record.envelope.payload))).data;
  } catch {
    return {};
  }
}

async function lookAt(form, desk) {
  clearProblems(form);
  desk.result.replaceChildren(paragraph(desk.words.working));
  const lacking = missing(form);
  if (lacking !== null) {
    desk.result.replaceChildren();
    showProblem(form, lacking, desk.words.missing);
    return;
  }
  try {
    const { data, personal } = readForm(form);
    const seen = await newest(desk.agreement).catch((error) => seenNothing(error));
    const heading = { actor: desk.party, agreement: desk.agreement, ledger: desk.ledger, seen, type: form.dataset.type };
    const act = await compose({ heading, data, personal });
    await show(act, desk, form);
  } catch (error) {
    refused(error, desk, form);
  }
}

/// An agreement that is opened now has no record yet: record 0 of the ledger is what was seen.
async function seenNothing(error) {
  if (!(error instanceof Refusal) || error.problem.slug !== 'agreement-unknown') throw error;
  return { hash: root.dataset.founding, version: 0 };
}

function refused(error, desk, form = null) {
  const { words, result } = desk;
  if (error instanceof Refusal) {
    const { slug, member, detail, accepted } = error.problem;
    const sentence = words[`problem-${slug}`] ?? words.refused;
    const exact = make('p', { className: 'small', lang: 'en' }, [detail, accepted].filter(Boolean).join(' → '));
    result.replaceChildren(make('div', { className: 'answer no' }, make('p', { className: 'sentence' }, sentence), exact));
    if (form !== null && showProblem(form, member, sentence)) return;
  } else if (error instanceof NotCanonical) {
    result.replaceChildren(make('div', { className: 'answer no' }, paragraph(words['hidden-character'])));
  } else {
    const text = error instanceof Unreached ? words.unreached : words.broken;
    result.replaceChildren(make('div', { className: 'answer wait' }, paragraph(text), make('p', { className: 'small', lang: 'en' }, code(String(error.message)))));
  }
  result.focus();
}

// An act, from the look at it to its receipt.

/// What the ledger would understand, and how to go on. An act that is recorded already shows its receipt.
async function show(act, desk, form = null, { handOver } = {}) {
  if (act.receipt !== null) {
    receipt(act, desk, desk.words['sent-before']);
    return;
  }
  const foreseen = await preview(act, desk.lang);
  // The bytes that are signed are shown to whoever checks a colleague's draft.
  const { result, words } = desk;
  const sentence = make('p', { className: 'sentence' }, foreseen.text);
  const effects = make('ul', {}, ...foreseen.effects.map((text) => make('li', {}, text)));
  const looks = foreseen.counted === true ? 'yes' : foreseen.counted === false ? 'wait' : 'note';
  const ways = handOver === undefined ? await signing(act, { ...foreseen, seen: foreseen.version - 1 }, desk, form) : handingOver(act, handOver, words);
  const asked = await askedFor(act, words);
  result.replaceChildren(
    make('section', { className: 'block', id: 'act-look-result' },
      ...asked,
      make('h2', {}, words['understood']),
      make('div', { className: `answer ${looks}` }, sentence, effects),
      details(act, desk),
      ways));
  result.focus();
}

/// Everything that the act says, member by member.
function details(act, { words }) {
  const payload = JSON.parse(textOf(fromBase64(act.payload)));
  const values = new Map(act.disclosures.map(([, , pointer, value]) => [pointer, [value].flat().join(' / ')]));
  const rows = [];
  const walk = (value, pointer) => {
    if (typeof value !== 'object') rows.push([pointer, String(value)]);
    else if (Object.hasOwn(value, 'sd')) rows.push([pointer, values.get(pointer) ?? '–']);
    else for (const [name, inner] of Object.entries(value)) walk(inner, `${pointer}/${name}`);
  };
  walk(payload.data, '');
  const list = make('dl', { className: 'facts' }, ...rows.flatMap(([pointer, text]) => [make('dt', {}, code(pointer.slice(1))), make('dd', {}, text)]));
  return make('details', {}, make('summary', {}, words['all-members']), list, make('p', { className: 'small' }, code(`${payload.actor} · ${payload.agreement} · ${payload.type} · ${payload.event}`)));
}

/// For somebody else to sign: only the file.
function handingOver(act, sentence, words) {
  return make('div', { className: 'banner' }, paragraph(sentence), paragraph(saver(act, words)));
}

function saver(act, words) {
  return button(words['save-draft'], () => download(`${act.event}.draft.json`, draftFile(act)), { className: 'button plain', id: 'save-draft' });
}

/// The keys that can sign, and the ways on.
async function signing(act, foreseen, desk, form) {
  const { words } = desk;
  const keys = await kept();
  const own = keys.find((key) => key.party === act.actor);
  const options = keys.map((key) => make('option', { value: key.id, selected: key === own }, `${key.party} · ${fingerprint(key.id)}`));
  const keyChoice = make('select', { id: 'sign-key' }, ...options, make('option', { value: '', selected: own === undefined }, words['key-from-file']));
  const file = make('input', { type: 'file', id: 'sign-file' });
  const passphrase = make('input', { type: 'password', id: 'sign-passphrase', autocomplete: 'off' });
  const said = make('div', { id: 'sign-said', role: 'status' });
  const sign = make('button', { type: 'submit', className: 'button', id: 'sign-now' }, words.sign);
  const save = saver(act, words);
  const already = act.signatures.length === 0 ? [] : [paragraph(filled(words['signed-already'], { count: act.signatures.length }))];
  // Whose passphrase it is: a browser that keeps passwords asks for it.
  const whose = make('input', { type: 'text', autocomplete: 'username', value: act.actor, hidden: true });
  const ways = make('form', { className: 'desk', noValidate: true },
    make('h3', {}, words['sign-title']), ...already, paragraph(words['sign-help']), whose,
    field(keyChoice, words.key), field(file, words['key-file'], words['key-file-help']), field(passphrase, words.passphrase),
    make('p', {}, sign, ' ', save), said);
  ways.addEventListener('submit', (event) => {
    event.preventDefault();
    once(sign, () => signAndSend({ act, foreseen, desk, form, keyChoice, file, passphrase, said }));
  });
  return ways;
}

function field(control, text, help) {
  const beside = help === undefined ? [] : [make('p', { className: 'muted small', id: `${control.id}-help` }, help)];
  if (help !== undefined) control.setAttribute('aria-describedby', `${control.id}-help`);
  return make('div', { className: 'field' }, make('label', { htmlFor: control.id }, text), ...beside, control);
}

async function signAndSend({ act, foreseen, desk, form, keyChoice, file, passphrase, said }) {
  const { words } = desk;
  said.replaceChildren(paragraph(words.working));
  let whole;
  try {
    const key = await chosenKey(keyChoice, file, passphrase, words);
    whole = await signed(act, key);
  } catch (error) {
    const slug = error instanceof BadKeyFile ? error.slug : 'broken';
    said.replaceChildren(make('p', { className: 'error' }, words[slug] ?? words.broken));
    return;
  }
  passphrase.value = '';
  await dispatch(whole, foreseen, desk, form);
}

async function chosenKey(keyChoice, file, passphrase, words) {
  const keys = await kept();
  const own = keys.find(({ id }) => id === keyChoice.value);
  if (own !== undefined) return own;
  const [given] = file.files;
  if (given === undefined) throw new BadKeyFile('key-file-missing');
  const text = await given.text();
  if (isEncrypted(text) && passphrase.value === '') throw new BadKeyFile('key-file-locked');
  return fromFile(text, passphrase.value);
}

/// Sends; when somebody else's act came between, looks again and asks only if it matters.
async function dispatch(act, foreseen, desk, form) {
  try {
    const done = await send(act, desk.trust, foreseen?.seen ?? null);
    receipt(done, desk, desk.words.recorded);
    await putWanted(act, desk, form);
    await showActs(desk);
  } catch (error) {
    if (error instanceof Refusal && error.problem.slug === 'if-match-failed') return between(act, foreseen, desk, form);
    // What the ledger has refused is not kept as if it were on its way.
    if (error instanceof Refusal) await remove('acts', act.print);
    refused(error, desk, form);
    // The signatures so far are good; a colleague adds another.
    if (error instanceof Refusal && error.problem.slug === 'key-threshold') desk.result.append(paragraph(saver(act, desk.words)));
    await showActs(desk);
  }
  return undefined;
}

async function between(act, foreseen, desk, form) {
  const { words, result } = desk;
  try {
    const again = await preview(act, desk.lang);
    const others = await came(act.agreement, foreseen.seen, desk.lang).catch(() => []);
    const same = again.text === foreseen.text && again.counted === foreseen.counted && again.signatures === foreseen.signatures;
    if (same) {
      await dispatch(act, null, desk, form);
      const note = make('div', {}, paragraph(filled(words['came-between'], { count: others.length })), make('ul', {}, ...others.map((text) => make('li', {}, text))));
      result.querySelector('section')?.append(note);
      return;
    }
    await remove('acts', act.print);
    // The signatures stay good, a colleague's and one that shows possession among them; nothing is sent without another press.
    await show(act, desk, form);
    result.prepend(make('div', { className: 'banner warn' }, paragraph(words['came-between-matters']), make('ul', {}, ...others.map((text) => make('li', {}, text)))));
  } catch (error) {
    if (error instanceof Refusal) await remove('acts', act.print);
    refused(error, desk, form);
  }
}

/// Documents are put after the act that names them, and only when the clerk wants it.
async function putWanted(act, desk, form) {
  const files = form === null ? [] : filesOf(form);
  const { words, result } = desk;
  for (const given of files) {
    const said = make('span', { role: 'status' });
    const put = button(filled(words['put-document'], { value: given.file.name }), () => once(put, async () => {
      try {
        await putDocument(given);
        said.textContent = words['document-put'];
      } catch (error) {
        said.textContent = words[`problem-${error.problem?.slug}`] ?? words.unreached;
      }
    }), { className: 'button plain' });
    result.querySelector('section')?.append(make('p', {}, put, ' ', said));
  }
}

/// The receipt: checked here, given at once, and kept.
function receipt(act, desk, sentence) {
  const { words, result } = desk;
  const { receipt: { version, index }, verdict: checked } = act;
  const good = checked === 'valid';
  const at = filled(words['recorded-at'], { count: version, index });
  const link = make('a', { href: `/${desk.lang}/${act.agreement}/events/${version}` }, words['show-record']);
  const give = () => download(`${act.event}.receipt.json`, JSON.stringify(act.receipt, null, 1));
  result.replaceChildren(make('section', { className: 'block', id: 'act-receipt' },
    make('h2', {}, words['receipt']),
    make('div', { className: `answer ${good ? 'yes' : 'no'}` },
      make('p', { className: 'sentence' }, sentence), paragraph(at), paragraph(good ? words['receipt-good'] : words['receipt-bad'])),
    make('p', {}, button(words['download-receipt'], give), ' ', ...(act.agreement === REGISTRY ? [] : [link]))));
  result.focus();
  give();
}

// What a colleague prepared, and what is kept.

function takeDrafts(desk) {
  document.getElementById('drafts').hidden = false;
  const [input, text, form] = ['draft-file', 'draft-text', 'draft-form'].map((id) => document.getElementById(id));
  input.addEventListener('change', async () => {
    const [file] = input.files;
    if (file !== undefined) await openDraft(await file.text(), desk);
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    openDraft(text.value, desk);
  });
}

async function openDraft(text, desk) {
  try {
    await show(await opened(text), desk);
  } catch (error) {
    if (error instanceof Refusal || error instanceof Unreached) refused(error, desk);
    else refused(new Refusal({ slug: 'draft-malformed', detail: String(error.message) }), desk);
  }
}

/// Whoever enrols or closes a key for another asks its party first, on another way than the file came.
async function askedFor(act, words) {
  if (!['key_enrolled', 'key_revoked'].includes(act.type)) return [];
  const { data } = JSON.parse(textOf(fromBase64(act.payload)));
  const key = data.key ?? await idOf(data.public_key);
  const own = act.actor === data.party ? '-own' : '';
  const sentence = filled(words[`${act.type === 'key_enrolled' ? 'compare' : 'compare-revoked'}${own}`], { value: data.party });
  return [make('div', { className: 'banner' }, paragraph(sentence), make('p', { className: 'sentence fingerprint' }, fingerprint(key)))];
}
