// The acts of this browser, and receipts: sent again, and asked of the ledger anew, years later if need be.
import { fromBase64, sameBytes, textOf, utf8 } from './bytes.js';
import { all, remove } from './database.js';
import { button, download, filled, make } from './elements.js';
import { isConsistent } from './hash.js';
import { BadNote, parseCheckpoint } from './note.js';
import { once } from './once.js';
import { parseProof } from './proof.js';
import { Refusal, Unreached, read, receiptVerdict, verdict } from './sending.js';
import { consistencyProof } from './tiles.js';

/// Acts of this browser: those without a receipt can be sent again, safely; those with one can be proven again.
export async function showActs(desk) {
  const acts = (await all('acts')).sort((one, other) => other.made - one.made);
  document.getElementById('kept').hidden = acts.length === 0;
  document.getElementById('kept-acts').replaceChildren(...acts.map((act) => listed(act, desk)));
}

function listed(act, desk) {
  const { words } = desk;
  const said = make('span', { role: 'status' });
  const again = button(words['send-again'], () => once(again, () => desk.dispatch(act)));
  const check = button(words.prove, () => once(check, async () => { said.textContent = (await proven(act, desk)).text; }), { className: 'button plain' });
  const give = button(words['download-receipt'], () => download(`${act.event}.receipt.json`, JSON.stringify(act.receipt, null, 1)), { className: 'button plain' });
  const gone = button(words['remove-kept'], () => once(gone, async () => {
    await remove('acts', act.print);
    await showActs(desk);
  }), { className: 'button plain' });
  const state = act.receipt === null ? words['no-receipt'] : filled(words['recorded-at'], { count: act.receipt.version, index: act.receipt.index });
  // What has no receipt yet is all that its author has of it.
  const ways = act.receipt === null ? [again] : [give, ' ', check, ' ', gone];
  return make('li', {}, `${act.actor} · ${act.agreement} · ${act.type} – ${state} `, ...ways, ' ', said);
}

/// Receipts as files, from whatever browser or program they come.
export function takeReceipts(desk) {
  const section = document.getElementById('receipts');
  const input = document.getElementById('receipt-file');
  const result = document.getElementById('receipt-result');
  section.hidden = false;
  const check = async (file) => {
    result.replaceChildren(make('p', {}, desk.words.working));
    const { text, looks } = await ofFile(await file.text(), desk);
    result.replaceChildren(make('div', { className: `answer ${looks}` }, make('p', { className: 'sentence' }, text)));
  };
  input.addEventListener('change', () => { if (input.files.length > 0) check(input.files[0]); });
  section.addEventListener('dragover', (event) => event.preventDefault());
  section.addEventListener('drop', (event) => {
    event.preventDefault();
    const [file] = event.dataTransfer.files;
    if (file !== undefined) check(file);
  });
}

async function ofFile(text, desk) {
  const { words, trust } = desk;
  const receipt = receiptIn(text);
  if (receipt === null) return { text: words['receipt-none'], looks: 'wait' };
  if (await receiptVerdict(receipt, trust) !== 'valid') return { text: words['receipt-bad'], looks: 'no' };
  const { agreement, version } = JSON.parse(textOf(fromBase64(receipt.record_bytes)));
  return inLedger(receipt, agreement, version, desk);
}

function receiptIn(text) {
  try {
    const receipt = JSON.parse(text);
    return typeof receipt?.record_bytes === 'string' ? receipt : null;
  } catch {
    return null;
  }
}

async function proven(act, desk) {
  if (await verdict(act, act.receipt, desk.trust) !== 'valid') return { text: desk.words['receipt-bad'], looks: 'no' };
  return inLedger(act.receipt, act.agreement, act.receipt.version, desk);
}

/// Whether the ledger, asked now, still shows the record of a good receipt, and its newest checkpoint extends the receipt's.
async function inLedger(receipt, agreement, version, { words, trust }) {
  const gone = { text: words['no-longer-there'], looks: 'no' };
  try {
    const place = `/api/v1/agreements/${agreement}/events/${version}`;
    const now = { ...await read(place), proof: await textAt(`${place}/proof`) };
    const same = sameBytes(fromBase64(now.record_bytes) ?? [], fromBase64(receipt.record_bytes));
    if (!same || await receiptVerdict(now, trust) !== 'valid') return gone;
    const [older, newer] = [receipt, now].map(({ proof }) => parseCheckpoint(parseProof(utf8(proof)).checkpoint.text));
    const hashes = await consistencyProof(older.size, newer.size, tile);
    const grown = older.origin === newer.origin && await isConsistent(older.size, older.root, newer.size, newer.root, hashes);
    return grown ? { text: filled(words['still-there'], { count: older.size, index: newer.size }), looks: 'yes' } : gone;
  } catch (error) {
    if (error instanceof Unreached) return { text: words.unreached, looks: 'wait' };
    if (error instanceof Refusal || error instanceof BadNote || error instanceof RangeError) return gone;
    throw error;
  }
}

async function textAt(path) {
  return new TextDecoder().decode(await bytesAt(path));
}

function tile(path) {
  return bytesAt(`/${path}`);
}

async function bytesAt(path) {
  let response;
  try {
    response = await fetch(path);
    if (response.ok) return new Uint8Array(await response.arrayBuffer());
  } catch (error) {
    throw new Unreached(String(error));
  }
  if (response.status >= 500) throw new Unreached(String(response.status));
  throw new Refusal({ slug: 'not-found', detail: path });
}
