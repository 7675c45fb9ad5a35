// One record as its page shows it: fetched with its proof and the registry's records, and checked against them.
import { fromBase64, sameBytes, textOf, toBase64, utf8 } from './bytes.js';
import { checkLog, checkpointFacts } from './checkpoints.js';
import { ZERO } from './hash.js';
import { REGISTRY } from './keyring.js';
import { BadNote, parseCheckpoint } from './note.js';
import { parseProof, showsLeaf } from './proof.js';
import { Acts, checkPlace, payloadOf, recordOf } from './replay.js';
import { COMPLETENESS, RULES, Report, tried } from './report.js';

/// The server's longest page of events, and the most pages that are fetched.
const PAGE = 200;
const MOST_PAGES = 100;

/// The server did not give what was asked for.
export class Silent extends Error {}

/// Fetches what the check of one record needs: its bytes and proof, the registry's records, and the newest one's proof.
///
/// Throws Silent.
export async function fetchEvent(agreement, version) {
  const of = (stream) => `/api/v1/agreements/${encodeURIComponent(stream)}/events`;
  const event = await fetchJson(`${of(agreement)}/${version}`);
  const proof = await fetchBytes(`${of(agreement)}/${version}/proof`);
  const registry = [];
  for (let page = 0, after = 0; page < MOST_PAGES; page += 1) {
    const { events } = await fetchJson(`${of(REGISTRY)}?after=${after}&limit=${PAGE}`);
    registry.push(...events.map(({ record_bytes: bytes }) => fromBase64(bytes)));
    after += events.length;
    if (events.length < PAGE) break;
  }
  const registryProof = await fetchBytes(`${of(REGISTRY)}/${registry.length}/proof`);
  const record = fromBase64(event.record_bytes);
  if (record === null || registry.includes(null)) throw new Silent('record_bytes are not base64');
  return { agreement, version, record, proof, registry, registryProof };
}

/// Fetches the evidence bundle of an agreement.
///
/// Throws Silent.
export function fetchEvidence(agreement) {
  return fetchBytes(`/api/v1/agreements/${encodeURIComponent(agreement)}/evidence`);
}

async function fetchBytes(path) {
  const answer = await fetch(path, { cache: 'no-store' }).catch((error) => {
    throw new Silent(`${path}: ${error.message}`);
  });
  if (!answer.ok) throw new Silent(`${path}: ${answer.status}`);
  return new Uint8Array(await answer.arrayBuffer());
}

async function fetchJson(path) {
  const bytes = await fetchBytes(path);
  try {
    return JSON.parse(textOf(bytes) ?? '');
  } catch {
    throw new Silent(`${path}: not JSON`);
  }
}

/// Checks what was fetched, and that `shown` (the signed text on the page, null when there is none) is what was signed.
export async function checkEvent({ agreement, version, record: bytes, proof, registry, registryProof }, shown, trust) {
  const report = new Report();
  for (const left of [RULES, COMPLETENESS]) report.unchecked.add(left);
  const record = await recordOf(bytes, null, report);
  if (record === null) return report;
  if (record.agreement !== agreement || record.version !== version) report.tampered(record.index, 'record', 'record-misplaced', `it is version ${record.version} of ${record.agreement}`);
  const records = await registryOf(registry, report);
  const acts = new Acts(trust.types, false);
  for (const earlier of records.filter(({ index }) => index < record.index)) await judge(earlier, acts, report);
  const payload = await judge(record, acts, report);
  for (const later of records.filter(({ index }) => index > record.index)) await judge(later, acts, report);
  acts.suspects(report);
  tell(record, payload, shown, report);
  await checkProof(proof, record, acts.keyring, trust, report);
  if (records.length > 0) await checkProof(registryProof, records.at(-1), acts.keyring, trust, report);
  const founding = records[0]?.leaf ?? null;
  if (trust.founding !== null && (founding === null || !sameBytes(founding, trust.founding))) report.tampered(0, 'record', 'founding-mismatch', 'record 0 is another than the trusted one');
  report.sort();
  return report;
}

/// The registry's records, each following the one before. That the newest is there is not shown by this.
async function registryOf(registry, report) {
  const records = [];
  let [previous, index] = [ZERO, -1];
  for (const [at, bytes] of registry.entries()) {
    const record = await recordOf(bytes, null, report);
    if (record === null) return records;
    const follows = record.agreement === REGISTRY && record.version === at + 1 && record.index > index
      && sameBytes(record.agreement_previous, previous) && record.stream === 0 && (at > 0 || record.index === 0);
    if (!follows) report.tampered(record.index, 'record.agreement_previous', 'record-misplaced', `version ${at + 1} of the registry does not follow the one before`);
    [previous, index] = [record.leaf, record.index];
    records.push(record);
  }
  return records;
}

/// Its payload, meant for this place and signed by keys that were valid there.
async function judge(record, acts, report) {
  const payload = await payloadOf(record, record.index, report);
  if (payload === null) return null;
  checkPlace(record, payload, record.index, report);
  acts.author(payload, record.index, report);
  await acts.take(record, payload, record.index, report);
  report.count('records');
  return payload;
}

function tell(record, payload, shown, report) {
  report.fact('agreement', record.agreement);
  report.fact('version', record.version);
  report.fact('index', record.index);
  report.fact('recorded-at', new Date(record.recorded_at).toISOString());
  report.fact('leaf', toBase64(record.leaf));
  if (payload === null) return;
  report.fact('actor', payload.actor);
  report.fact('type', payload.type);
  if (shown !== null && !sameBytes(utf8(shown), record.envelope.payload)) report.tampered(record.index, 'page', 'page-differs', 'the page shows other bytes than those that were signed');
}

/// The record stands in a checkpoint that the log's keys signed: those that the registry names, and the trusted ones.
async function checkProof(bytes, record, keyring, trust, report) {
  const malformed = (error) => report.tampered(record.index, 'proof', 'proof-malformed', error.message);
  const proof = await tried(() => parseProof(bytes), BadNote, malformed);
  const checkpoint = proof && await tried(() => parseCheckpoint(proof.checkpoint.text), BadNote, malformed);
  if (!checkpoint) return;
  if (!report.facts.some(({ name }) => name === 'origin')) checkpointFacts(checkpoint, report);
  if (record.ledger !== checkpoint.origin) report.tampered(record.index, 'record.ledger', 'ledger-mismatch', `the checkpoint is of ${checkpoint.origin}`);
  const keys = { named: keyring.logKeysSigning(checkpoint.size), trusted: trust.keys };
  await checkLog(proof.checkpoint, checkpoint.origin, keys, record.recorded_at, report);
  if (proof.index !== BigInt(record.index)) report.tampered(record.index, 'proof.index', 'proof-of-another-record', `it is of index ${proof.index}`);
  if (await showsLeaf(proof, record.leaf, checkpoint)) report.count('inclusions');
  else report.tampered(record.index, 'proof', 'record-not-included', 'record and proof do not lead to the root of the checkpoint');
}
