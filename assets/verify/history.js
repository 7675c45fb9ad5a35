// The records before an accused one, as evidence against a log shows them: each in the tree, and all of those that matter.
// Whoever accuses could leave out the very record that allowed it; so registry and stream are held against the accused
// record's own words: its link to the record before it, and its root over all streams' heads.
import { fromBase64, sameBytes } from './bytes.js';
import { ZERO, headsLeaf, isIncluded, leafHash, nodeHash, rootByInclusion, sha256 } from './hash.js';
import { REGISTRY } from './keyring.js';
import { Links } from './links.js';
import { Bad, parseRecord } from './record.js';
import { Acts, checkPlace, payloadOf } from './replay.js';
import { Report } from './report.js';

const MAX_HASHES = 64;

/// Why a history proves nothing.
export class BadHistory extends Error {}

/// Judges `record` (with its `payload`) of the log of `tree` on the history that a file shows. Domain rules are left out.
export async function checkHistory(history, record, payload, tree, types, report) {
  const shown = await entriesOf(history, record, tree);
  const last = shown.at(-1);
  const misplaced = last?.index + 1 === record.index ? await follow(last, record, hashesOf(history.heads)) : [];
  for (const { member, found, expected } of misplaced) report.tampered(record.index, `record.${member}`, 'record-misplaced', `is ${found}, should be ${expected}`);
  if (misplaced.length > 0) return;
  await checkComplete(history, shown, record);
  await replay(shown, record, payload, types, report);
}

/// All of it, in the order of the log, each record shown to be in the tree.
async function entriesOf({ records }, accused, { size, root, origin }) {
  if (!Array.isArray(records)) throw new BadHistory('the history has no records');
  const entries = [];
  for (const one of records) {
    const { index, record: encoded, proof } = one ?? {};
    if (!Number.isSafeInteger(index) || index <= (entries.at(-1)?.index ?? -1) || index >= accused.index) throw new BadHistory(`record ${index} of the history is not in the order of the log, or not before the accused record`);
    const bytes = fromBase64(encoded);
    if (bytes === null || !(await isIncluded(await leafHash(bytes), BigInt(index), size, hashesOf(proof), root))) throw new BadHistory(`record ${index} of the history is not shown to be in the tree`);
    const entry = await readable(bytes, index);
    if (entry.index !== index || entry.ledger !== origin) throw new BadHistory(`record ${index} of the history says another place or ledger`);
    entries.push(entry);
  }
  return entries;
}

async function readable(bytes, index) {
  try {
    return await parseRecord(bytes);
  } catch (error) {
    if (!(error instanceof Bad)) throw error;
    throw new BadHistory(`record ${index} of the history: ${error.message}`);
  }
}

function hashesOf(encoded) {
  const hashes = Array.isArray(encoded) ? encoded.slice(0, MAX_HASHES + 1).map(fromBase64) : [null];
  if (hashes.length > MAX_HASHES || hashes.some((hash) => hash?.length !== 32)) throw new BadHistory('hashes of the history are malformed');
  return hashes;
}

/// That nothing of the registry and of the stream is left out.
async function checkComplete({ registry, stream }, entries, accused) {
  const own = newest(entries, accused.agreement);
  if (!follows(accused, own) && !(await isHead(accused, own, hashesOf(stream)))) throw new BadHistory(`it is not shown which record of ${accused.agreement} was the newest before`);
  if (accused.agreement !== REGISTRY && !(await isHead(accused, newest(entries, REGISTRY), hashesOf(registry)))) throw new BadHistory('it is not shown which record of the registry was the newest before');
}

/// The newest of a stream, all of which is there from its first record on.
function newest(entries, stream) {
  let last = null;
  for (const entry of entries.filter(({ agreement }) => agreement === stream)) {
    if (!follows(entry, last)) throw new BadHistory(`the records of ${stream} before ${entry.index} are not all there`);
    last = entry;
  }
  return last;
}

/// Whether a record says that it comes next after `last` in its stream.
function follows(record, last) {
  return record.version === (last?.version ?? 0) + 1 && sameBytes(record.agreement_previous, last?.leaf ?? ZERO);
}

/// Whether `record` names `entry` as the head of its stream as it stood before.
async function isHead(record, entry, proof) {
  if (entry === null) return false;
  const leaf = await headsLeaf(entry.agreement, entry.version, entry.leaf);
  return isIncluded(leaf, BigInt(entry.stream), BigInt(record.streams), proof, record.heads);
}

/// In what `next` is not what must come after `last`, by what `last` itself says.
async function follow(last, next, path) {
  const streams = last.streams + (last.version === 1 ? 1 : 0);
  const heads = await headsAfter(last, path);
  const checks = [
    ['previous', sameBytes(next.previous, last.leaf), 'the leaf hash of the record before'],
    ['streams', next.streams === streams, streams],
    ['recorded_at', next.recorded_at >= last.recorded_at, 'no earlier than the one before'],
    ['heads', heads === null || sameBytes(next.heads, heads), 'the root over the heads as they were'],
  ];
  return checks.filter(([, holds]) => !holds).map(([member, , expected]) => ({ member, found: 'another', expected }));
}

/// The root over all streams' heads with `last` taken in, where `path` leads to it from the one that `last` names.
async function headsAfter(last, path) {
  const head = await headsLeaf(last.agreement, last.version, last.leaf);
  if (last.version === 1) return begun(last, head, path);
  const [stream, streams] = [BigInt(last.stream), BigInt(last.streams)];
  const replaced = await headsLeaf(last.agreement, last.version - 1, last.agreement_previous);
  if (!(await isIncluded(replaced, stream, streams, path, last.heads))) return null;
  return rootByInclusion(head, stream, streams, path);
}

/// The root with a further head, by the peaks of the tree before, largest first.
async function begun({ streams, heads }, head, peaks) {
  if (peaks.length !== [...streams.toString(2)].filter((digit) => digit === '1').length) return null;
  if (!sameBytes(await joined(peaks), heads)) return null;
  const grown = [...peaks];
  let last = head;
  for (let rest = streams; rest % 2 === 1; rest = Math.floor(rest / 2)) last = await nodeHash(grown.pop(), last);
  return joined([...grown, last]);
}

async function joined(peaks) {
  let root = null;
  for (const peak of [...peaks].reverse()) root = root === null ? peak : await nodeHash(peak, root);
  return root ?? sha256(new Uint8Array());
}

/// What is found of the accused record; what is found of those before is for evidence of its own.
async function replay(entries, record, payload, types, report) {
  const [links, acts, aside] = [new Links(record.ledger), new Acts(types, false), new Report()];
  const founding = entries[0]?.index === 0 ? entries[0].leaf : null;
  const matters = ({ agreement }) => agreement === REGISTRY || agreement === record.agreement;
  for (const entry of entries) {
    const said = await payloadOf(entry, entry.index, aside);
    if (said !== null) acts.author(said, entry.index, aside);
    if (said !== null && matters(entry)) await acts.take(entry, said, entry.index, aside);
    await links.push(entry);
  }
  const version = BigInt(links.streams.get(record.agreement)?.version ?? 0) + 1n;
  for (const { member, found, expected } of await links.misplaced(record, record.agreement, version)) report.tampered(record.index, `record.${member}`, 'record-misplaced', `is ${found}, should be ${expected}`);
  checkPlace(record, payload, record.index, report);
  if (!links.resolves(payload, record.index === 0 ? null : founding)) report.tampered(record.index, 'payload.seen', 'seen-not-in-history', 'it names a record that is not there, or another');
  acts.author(payload, record.index, report);
  await acts.take(record, payload, record.index, report);
}
