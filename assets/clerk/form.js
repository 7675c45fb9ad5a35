// A form, as the server renders it from the type's schema, to the members of an event; and a problem back to its field.
import { toHex } from './bytes.js';
import { make } from './elements.js';
import { sha256 } from './hash.js';

/// The members that a form says, and its personal values by place: those are signed as commitments only.
export function readForm(form) {
  const personal = [];
  const data = members(form, '', personal);
  return { data, personal };
}

/// The first member that has to be said and is not, as `data.organ.kind`; null when none.
export function missing(container, path = 'data') {
  for (const field of fieldsOf(container)) {
    const at = `${path}.${field.dataset.member}`;
    const empty = valueOf(field, '', []) === undefined;
    if (empty && field.dataset.required === undefined) continue;
    const inner = ['object', 'variants'].includes(field.dataset.kind) ? missing(field, at) : itemMissing(field, at);
    if (inner !== null || empty) return inner ?? at;
  }
  return null;
}

function itemMissing(list, path) {
  for (const [at, item] of Array.from(list.querySelectorAll(':scope > [data-items] > [data-item]')).entries()) {
    const found = missing(item.querySelector('[data-kind]'), `${path}[${at}]`);
    if (found !== null) return found;
  }
  return null;
}

/// Makes lists grow and shrink, shows the chosen variant, and computes digests of files here.
export function enliven(form, words) {
  let serial = 0;
  form.addEventListener('click', ({ target }) => {
    if (target.matches?.('[data-add]')) focusFirst(add(target.closest('[data-kind]'), (serial += 1)));
    if (target.matches?.('[data-remove]')) removeItem(target.closest('[data-item]'));
  });
  form.addEventListener('change', ({ target }) => {
    if (target.matches?.('[data-variant]')) choose(target);
    if (target.matches?.('[data-file]')) digest(target, words);
  });
  form.addEventListener('input', ({ target }) => clear(target.closest('[data-kind]')));
  for (const select of form.querySelectorAll('[data-variant]')) choose(select);
}

/// Puts a problem beside the field that it is about, and the reader there; answers whether there is such a field.
export function showProblem(form, member, text) {
  const field = fieldOf(form, member);
  if (field === null) return false;
  for (let outer = field.parentElement; outer !== form && outer !== null; outer = outer.parentElement) {
    if (outer instanceof HTMLDetailsElement) outer.open = true;
  }
  const control = field.querySelector('input, select, textarea, button') ?? field;
  const note = make('p', { className: 'error', id: `${control.id || 'field'}-error` }, text);
  (field.querySelector(':scope > [data-errors]') ?? field).append(note);
  control.setAttribute('aria-invalid', 'true');
  control.setAttribute('aria-describedby', [control.dataset.help, note.id].filter(Boolean).join(' '));
  control.focus();
  return true;
}

export function clearProblems(form) {
  for (const field of form.querySelectorAll('[data-kind]')) clear(field);
}

/// In a correction: what stands in the record now, as the old value of the member that is named; and what is text there
/// stays text, though it looks like a number. `dataOf` answers the data of the record of a version.
export function fillInOld(form, dataOf) {
  form.addEventListener('change', async ({ target }) => {
    const item = target.closest('[data-item]');
    const version = form.querySelector(':is([data-member="version"], [data-member="decision"]) select')?.value;
    if (target.closest('[data-member="field"]') === null || item === null || !version) return;
    const value = target.value.split('/').slice(1).reduce((inner, name) => inner?.[name], await dataOf(version));
    const [old, replacing] = ['old', 'new'].map((name) => item.querySelector(`[data-member="${name}"]`));
    for (const field of [old, replacing]) field.dataset.as = typeof value === 'string' ? 'text' : 'json';
    if (value !== undefined) old.querySelector('input').value = typeof value === 'string' ? value : JSON.stringify(value);
  });
}

/// The files that were given for their digests, by digest: to be put when wanted.
export function filesOf(form) {
  const inputs = Array.from(form.querySelectorAll('[data-file]')).filter(({ files }) => files.length > 0);
  return inputs.map((input) => ({ file: input.files[0], digest: textOf(input.closest('[data-kind]')) }));
}

function members(container, pointer, personal) {
  const data = {};
  for (const field of fieldsOf(container)) {
    const value = valueOf(field, `${pointer}/${field.dataset.member}`, personal);
    if (value !== undefined) data[field.dataset.member] = value;
  }
  return data;
}

/// The fields directly within a container: those of an inner group are its own.
function fieldsOf(container) {
  return Array.from(container.querySelectorAll('[data-kind]')).filter((field) =>
    field.parentElement.closest('[data-kind], form') === container && field.closest('[hidden]') === null && !isTemplate(field));
}

function isTemplate(field) {
  return field.closest('template') !== null;
}

const VALUES = {
  text: (field) => textOf(field) || undefined,
  number: (field) => numberOf(textOf(field)),
  flag: (field) => field.querySelector('input').checked || undefined,
  flag_always: (field) => field.querySelector('input').checked,
  json: (field) => (field.dataset.as === 'text' ? textOf(field) || undefined : jsonOf(textOf(field))),
  ticks: (field) => unlessEmpty(Array.from(field.querySelectorAll('input:checked'), ({ value }) => value)),
  subject: (field) => subjectOf(textOf(field)),
  personal(field, pointer, personal) {
    const lines = (field.querySelector('textarea, input').value).normalize('NFC').split('\n').map((line) => line.trim()).filter((line) => line !== '');
    if (lines.length === 0) return undefined;
    personal.push({ pointer, value: lines.length === 1 ? lines[0] : lines });
    return { sd: '' };
  },
  object(field, pointer, personal) {
    const data = members(field, pointer, personal);
    return Object.keys(data).length === 0 ? undefined : data;
  },
  variants(field, pointer, personal) {
    const kind = field.querySelector('[data-variant]').value;
    return kind === '' ? undefined : { kind, ...members(field, pointer, personal) };
  },
  list(field, pointer, personal) {
    const items = Array.from(field.querySelectorAll('[data-item]')).filter((item) => item.parentElement.closest('[data-kind]') === field);
    const values = [];
    for (const item of items) {
      const inner = item.querySelector('[data-kind]');
      const value = valueOf(inner, `${pointer}/${values.length}`, personal);
      if (value !== undefined) values.push(value);
    }
    return unlessEmpty(values);
  },
};

function valueOf(field, pointer, personal) {
  return VALUES[field.dataset.kind](field, pointer, personal);
}

function textOf(field) {
  return field.querySelector('input:not([data-file]), select, textarea').value.normalize('NFC').trim();
}

/// What is no whole number stays as it was written: the ledger says what is wrong with it.
function numberOf(text) {
  if (text === '') return undefined;
  return /^(0|-?[1-9][0-9]{0,14})$/.test(text) ? Number(text) : text;
}

function jsonOf(text) {
  if (text === '') return undefined;
  try {
    const value = JSON.parse(text);
    return value === null || (typeof value === 'number' && !Number.isSafeInteger(value)) ? text : value;
  } catch {
    return text;
  }
}

function subjectOf(text) {
  if (text === '') return undefined;
  return /^[0-9a-f]{64}$/.test(text) ? { digest: text } : { deposit: numberOf(text) };
}

function unlessEmpty(list) {
  return list.length === 0 ? undefined : list;
}

function add(list, serial) {
  const template = list.querySelector(':scope > template');
  const item = template.content.cloneNode(true).firstElementChild;
  for (const element of item.querySelectorAll('[id], [for], [aria-describedby], [data-help]')) {
    for (const name of ['id', 'for', 'aria-describedby', 'data-help']) {
      if (element.hasAttribute(name)) element.setAttribute(name, `${element.getAttribute(name)}-${serial}`);
    }
  }
  list.querySelector(':scope > [data-items]').append(item);
  for (const select of item.querySelectorAll('[data-variant]')) choose(select);
  return item;
}

function removeItem(item) {
  const list = item.closest('[data-kind="list"]');
  item.remove();
  list.querySelector(':scope > p > [data-add]').focus();
}

function focusFirst(item) {
  item.querySelector('input, select, textarea, button')?.focus();
}

function choose(select) {
  for (const part of select.closest('[data-kind]').querySelectorAll(':scope > [data-when]')) {
    part.hidden = part.dataset.when !== select.value;
  }
}

/// SHA-256 of a file, here; the file goes nowhere by that.
async function digest(input, words) {
  const [file] = input.files;
  const field = input.closest('[data-kind]');
  const said = field.querySelector('[data-said]');
  if (file === undefined) return;
  said.textContent = words.working;
  field.querySelector('input:not([data-file])').value = toHex(await sha256(new Uint8Array(await file.arrayBuffer())));
  said.textContent = words['digest-done'];
}

function clear(field) {
  if (field === null) return;
  for (const note of field.querySelectorAll('.error')) note.remove();
  for (const control of field.querySelectorAll('[aria-invalid]')) {
    control.removeAttribute('aria-invalid');
    if (control.dataset.help) control.setAttribute('aria-describedby', control.dataset.help);
    else control.removeAttribute('aria-describedby');
  }
}

/// The innermost field on the way to `data.organ.kind` or `data.roster[0].party`.
function fieldOf(form, member) {
  if (typeof member !== 'string' || !member.startsWith('data.')) return null;
  let [found, container] = [null, form];
  for (const name of member.slice(5).split(/[.[\]]+/).filter((part) => part !== '')) {
    const next = /^\d+$/.test(name) ? itemOf(container, Number(name)) : fieldsOf(container).find((field) => field.dataset.member === name);
    if (!next) break;
    [found, container] = [next, next];
  }
  return found;
}

function itemOf(list, at) {
  return list.querySelectorAll(':scope > [data-items] > [data-item]')[at]?.querySelector('[data-kind]');
}
