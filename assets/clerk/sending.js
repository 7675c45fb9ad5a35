// An act on its way: looked at by the ledger, signed here, kept here, sent, and its receipt checked.
import { fromBase64, sameBytes, textOf, toBase64, utf8 } from './bytes.js';
import { get, put, putFirst } from './database.js';
import { sign } from './keys.js';
import { newEvent, newSalt, payloadOf, printOf } from './payload.js';
import { checkReceipt } from './receipt.js';
import { EVENT_PAYLOAD_TYPE, pae, parsePayload } from './record.js';
import { isRequest, requestOf } from './request.js';

/// The ledger answers that it does not take the act; `problem` is its RFC 9457 answer.
export class Refusal extends Error {
  constructor(problem) {
    super(problem.detail ?? problem.slug);
    this.problem = problem;
  }
}

/// The ledger can't be reached, or does not answer as it does; the act is safe here.
export class Unreached extends Error {}

/// The form of a file that one colleague hands to another, or to the registrar.
export const DRAFT = 'sinetti-draft-v1';

/// The act that says `data`: the one that was composed of the same content before, if there is one in this browser.
/// So whoever presses twice, goes back, or has the page open in two tabs says it once.
export async function compose({ heading, data, personal }) {
  const print = await printOf(heading, data, personal);
  const known = await get('acts', print);
  if (known !== undefined) return known;
  const salts = new Map(personal.map(({ pointer }) => [pointer, newSalt()]));
  const event = newEvent(Date.now());
  const { bytes, disclosures } = await payloadOf({ ...heading, event }, data, personal, (pointer) => salts.get(pointer));
  const { agreement, actor, type } = heading;
  return { print, event, agreement, actor, type, payload: toBase64(bytes), disclosures, signatures: [], receipt: null, made: Date.now() };
}

/// An act from a colleague's file, from a request's QR code, or a payload as `sinetti draft` writes it.
///
/// Throws Error when it is none.
export async function opened(text) {
  const { payload, disclosures, signatures } = isRequest(text) ? await requestOf(text) : membersOf(text);
  const bytes = fromBase64(payload);
  if (bytes === null || !Array.isArray(disclosures) || !Array.isArray(signatures)) throw new Error('no draft');
  const { event, agreement, actor, type } = parsePayload(bytes);
  const print = `file:${event}`;
  return (await get('acts', print)) ?? { print, event, agreement, actor, type, payload, disclosures, signatures, receipt: null, made: Date.now() };
}

function membersOf(text) {
  const draft = JSON.parse(text);
  if (draft.format === DRAFT) return draft;
  // A payload itself, which nobody has signed: its bytes are all that counts.
  return { payload: toBase64(utf8(text.trim())), disclosures: [], signatures: [] };
}

/// The file for a colleague.
export function draftFile({ payload, disclosures, signatures }) {
  return JSON.stringify({ format: DRAFT, payload, disclosures, signatures }, null, 1);
}

/// What the ledger would understand and do.
///
/// Throws Refusal, Unreached.
export async function preview(act, lang) {
  const { payload, disclosures } = act;
  const answer = await ask(`/api/v1/agreements/${act.agreement}/preview?lang=${lang}`, { payload, disclosures });
  return answer.body;
}

/// The act with a signature more; kept in this browser before anything is sent. Another tab that signed the same act
/// first has the word: its bytes are sent, so that nothing is said twice.
export async function signed(act, key) {
  const whole = await addSignature(act, key);
  const kept = await putFirst('acts', act.print, whole);
  if (kept.receipt !== null || kept.payload !== act.payload) return kept;
  await put('acts', whole);
  return whole;
}

/// The act with a signature more, which is not on its way and not kept.
export async function addSignature(act, key) {
  const others = act.signatures.filter(({ keyid }) => keyid !== key.id);
  const message = pae({ payload: fromBase64(act.payload), payloadType: EVENT_PAYLOAD_TYPE });
  const signatures = [...others, await sign(key, message)].sort((one, other) => (one.keyid < other.keyid ? -1 : 1));
  return { ...act, signatures };
}

/// Sends a signed act; safe to repeat. Answers the act with its receipt, checked, and kept.
///
/// `version` is the newest that the visitor has seen, or null when it does not matter.
///
/// Throws Refusal, Unreached.
export async function send(act, trust, version = null) {
  const { payload, disclosures, signatures } = act;
  const envelope = { payload, payloadType: EVENT_PAYLOAD_TYPE, signatures };
  const headers = version === null ? {} : { 'If-Match': `"${version}"` };
  const { body: receipt } = await ask(`/api/v1/agreements/${act.agreement}/events`, { envelope, disclosures }, headers);
  const done = { ...act, receipt, verdict: await verdict(act, receipt, trust) };
  await put('acts', done);
  return done;
}

/// Whether a receipt shows this very act, in a checkpoint that the ledger's keys signed.
export async function verdict(act, receipt, trust) {
  const checked = await receiptVerdict(receipt, trust);
  if (checked !== 'valid') return checked;
  const { envelope } = JSON.parse(textOf(fromBase64(receipt.record_bytes)));
  const inside = fromBase64(envelope.payload);
  return inside !== null && sameBytes(inside, fromBase64(act.payload)) ? checked : 'tampered';
}

/// Whether a receipt shows the record that it says, in a checkpoint that the ledger's keys signed.
export async function receiptVerdict(receipt, trust) {
  const bytes = fromBase64(receipt.record_bytes);
  if (bytes === null || typeof receipt.proof !== 'string') return 'tampered';
  const { record, leaf, index, version } = receipt;
  const report = await checkReceipt({ claims: { record, leaf, index, version }, record: bytes, proof: utf8(receipt.proof) }, trust);
  return report.verdict;
}

/// What came to the stream after version `seen`, in words, the act's own record left out.
///
/// Throws Unreached.
export async function came(agreement, seen, lang) {
  const { lines } = await read(`/api/v1/agreements/${agreement}/timeline?lang=${lang}`);
  return lines.filter(({ version }) => version > seen).map(({ text }) => text);
}

/// The newest place of a stream, to say that the author has seen it.
///
/// Throws Refusal, Unreached.
export async function newest(agreement) {
  if (agreement !== 'registry') {
    const { as_of: { leaf, version } } = await read(`/api/v1/agreements/${agreement}`);
    return { hash: leaf, version };
  }
  let [seen, events] = [null, []];
  do {
    ({ events } = await read(`/api/v1/agreements/registry/events?after=${seen?.version ?? 0}&limit=100`));
    if (events.length > 0) seen = { hash: events.at(-1).leaf, version: events.at(-1).version };
  } while (events.length > 0);
  return seen;
}

/// Puts a document that an act names.
///
/// Throws Refusal, Unreached.
export async function putDocument({ file, digest }) {
  const response = await reached(fetch(`/api/v1/documents/${digest}`, { method: 'PUT', body: file }));
  if (!response.ok) throw new Refusal(await bodyOf(response));
}

/// Reads an answer of the API.
///
/// Throws Refusal, Unreached.
export async function read(path) {
  const response = await reached(fetch(path, { headers: { Accept: 'application/json' } }));
  const body = await bodyOf(response);
  if (!response.ok) throw new Refusal(body);
  return body;
}

async function ask(path, body, headers = {}) {
  const request = { method: 'POST', headers: { 'Content-Type': 'application/json', ...headers }, body: JSON.stringify(body) };
  const response = await reached(fetch(path, request));
  const answer = await bodyOf(response);
  // What may be recorded, or will be later, is sent again.
  if (response.status >= 500) throw new Unreached(answer.detail);
  if (!response.ok) throw new Refusal(answer);
  return { body: answer };
}

async function reached(asked) {
  try {
    return await asked;
  } catch (error) {
    throw new Unreached(String(error));
  }
}

async function bodyOf(response) {
  try {
    return await response.json();
  } catch (error) {
    throw new Unreached(String(error));
  }
}
