// The desk's keys on its page: made, asked to be enrolled, replaced, revoked when lost or when somebody else may have one.
import { button, download, filled, make, paragraph } from './elements.js';
import { fingerprint, forget, idOf, kept, makeKey } from './keys.js';
import { once } from './once.js';
import { drawn, requestText } from './request.js';
import { Unreached, addSignature, compose, draftFile, newest, read } from './sending.js';

const REGISTRAR = 'registrar';
const REGISTRY = 'registry';
const PURPOSES = ['manage', 'record', 'sign'];

/// Lists the browser's keys with what can be done with them, and brings the guides to life.
export async function showKeys(desk) {
  document.getElementById('own-keys').hidden = false;
  const keys = await kept();
  const said = document.getElementById('keys-said');
  document.getElementById('kept-keys').replaceChildren(...keys.map((key) => listed(key, desk, said)));
  const tools = document.getElementById('keys-tools');
  const chosen = desk.party !== undefined;
  tools.replaceChildren(chosen ? make('p', {}, maker(desk, said)) : paragraph(desk.words['choose-first']));
  for (const row of document.querySelectorAll('[data-enrolled]')) {
    row.querySelector('[data-here]').hidden = !keys.some(({ id }) => id === row.dataset.enrolled);
  }
}

/// The guides that end in a revocation, once for a page.
export function takeRevocations(desk) {
  for (const form of document.querySelectorAll('[data-revoke]')) {
    const ask = form.querySelector('button');
    ask.disabled = false;
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      once(ask, () => revoke(form, desk));
    });
  }
}

function listed(key, desk, said) {
  const { words } = desk;
  const request = button(words.request, () => once(request, () => askEnrolment(key, desk, said)), { className: 'button plain' });
  const gone = button(words['forget-key'], () => once(gone, async () => {
    if (!gone.dataset.sure) {
      gone.dataset.sure = 'yes';
      gone.textContent = words['forget-sure'];
      return;
    }
    await forget(key.id);
    await showKeys(desk);
  }), { className: 'button plain' });
  return make('li', {}, `${key.party} · `, make('span', { className: 'fingerprint' }, fingerprint(key.id)), ' ', request, ' ', gone);
}

function maker(desk, said) {
  const { words } = desk;
  const create = button(words['make-key'], () => once(create, async () => {
    const { lasting } = await makeKey(desk.party);
    const lines = [words['key-made'], ...(lasting ? [] : [words['not-lasting']]), words['second-key'], words['ask-now']];
    said.replaceChildren(make('div', { className: 'banner warn' }, ...lines.map((line) => paragraph(line))));
    await showKeys(desk);
  }), { id: 'make-key' });
  return create;
}

/// The request that a key be enrolled: the whole act, signed by the key itself to show who has it, as a file, as a QR
/// code and as text. A party with another key that manages can sign it here; else it goes to the registrar.
async function askEnrolment(key, desk, said) {
  const { words } = desk;
  try {
    const own = await canManage(key.party, key.id);
    const data = { party: key.party, public_key: key.publicKey, purposes: PURPOSES };
    const asked = await composed('key_enrolled', own ? key.party : REGISTRAR, data, desk);
    // A request bears the key's own signature alone, which shows who has it.
    const act = await addSignature({ ...asked, signatures: [] }, key);
    download(`${key.party}-${key.id.slice(0, 8)}.enrolment.json`, draftFile(act));
    said.replaceChildren(make('div', { className: 'banner' },
      paragraph(own ? words['request-own'] : words['request-made']), make('p', { className: 'sentence fingerprint' }, fingerprint(key.id)), ...inOtherForms(act, words)));
    if (own) said.firstElementChild.append(paragraph(button(words['sign-here'], () => desk.show(act))));
  } catch (error) {
    said.replaceChildren(make('p', { className: 'error' }, words[`problem-${error.problem?.slug}`] ?? (error instanceof Unreached ? words.unreached : words.broken)));
  }
}

function inOtherForms(act, words) {
  const text = requestText(act);
  const copied = make('textarea', { id: 'request-text', readOnly: true, rows: 6, value: text, spellcheck: false });
  const label = make('label', { htmlFor: 'request-text' }, words['request-text']);
  return [
    make('figure', { className: 'request' }, drawn(text, words['request-qr-label']), make('figcaption', { className: 'small' }, words['request-qr'])),
    make('details', {}, make('summary', {}, words['request-as-text']), make('div', { className: 'desk' }, make('div', { className: 'field' }, label, copied))),
  ];
}

/// Drafts the revocation of the chosen key. Its party signs with another key; without one it asks the registrar.
async function revoke(form, desk) {
  const { words } = desk;
  const said = form.querySelector('[data-said]');
  const { value: key, dataset: { party } } = form.querySelector('select').selectedOptions[0];
  const since = form.querySelector('input[type="datetime-local"]');
  said.replaceChildren();
  if (since !== null && Number.isNaN(since.valueAsNumber)) {
    said.replaceChildren(make('p', { className: 'error', id: `${since.id}-error` }, words.missing));
    since.setAttribute('aria-invalid', 'true');
    since.setAttribute('aria-describedby', `${since.id}-help ${since.id}-error`);
    since.focus();
    return;
  }
  since?.removeAttribute('aria-invalid');
  since?.setAttribute('aria-describedby', `${since.id}-help`);
  const data = { key, party, ...(since === null ? {} : { compromised_since: new Date(since.value).toISOString() }) };
  try {
    const own = desk.party === REGISTRAR || await canManage(party, key);
    const act = await composed('key_revoked', own ? desk.party : REGISTRAR, data, desk);
    await desk.show(act, own ? {} : { handOver: words['revoke-by-registrar'] });
  } catch (error) {
    desk.refused(error);
  }
}

async function composed(type, actor, data, desk) {
  const heading = { actor, agreement: REGISTRY, ledger: desk.ledger, seen: await newest(REGISTRY), type };
  return compose({ heading, data, personal: [] });
}

/// Whether a party has a live key for its keys other than `key`; the registrar always has one.
async function canManage(party, key) {
  if (party === REGISTRAR) return true;
  const { keys } = await read(`/api/v1/parties/${party}`);
  const live = keys.filter(({ purposes, revoked }) => purposes.includes('manage') && !revoked);
  const ids = await Promise.all(live.map(({ public_key: publicKey }) => idOf(publicKey)));
  return ids.some((id) => id !== key);
}
