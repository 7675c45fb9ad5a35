// What the pages call: some files in, a report on each thing that they show. Nothing is asked of any server.
import { checkBundle } from './bundle.js';
import { fromBase64, textOf, utf8 } from './bytes.js';
import { checkCheckpoints } from './checkpoints.js';
import { CONTRADICTION_FORMAT, checkContradiction } from './contradiction.js';
import { isEd25519Reliable } from './ed25519.js';
import { checkReceipt } from './receipt.js';
import { Report } from './report.js';
import { STATEMENT_PAYLOAD_TYPE, checkStatement } from './statement.js';

/// Larger files are not read: a document in a bundle has 25 MiB at most, evidence against a log 64; every other file is small.
export const MAX_FILE = 2 ** 28;
const MAX_TEXT = 2 ** 26;

/// Verifies files, `[{name, bytes}]`: bundles, with a policy or an older checkpoint of the auditor's; receipts; records with
/// their proofs; checkpoints of one log; signed statements; evidence that a log showed two histories. Answers `[{names, report}]`; every file
/// is named in one of them. `trust` is `{types, keys, founding}`: the event types that are known; the log's keys, as
/// `parseKey` gives them; the leaf hash of record 0, null when it is not known.
export async function verifyFiles(files, trust) {
  const names = files.map(({ name }) => name);
  if (!(await isEd25519Reliable())) return [{ names, report: refused('browser-unfit', 'this browser has no Ed25519, or none that is strict enough') }];
  const parts = files.map(partOf);
  const of = (kind) => parts.filter((part) => part.kind === kind);
  const checks = [...ofBundles(of('bundle'), of('policy'), of('checkpoint'), trust), ...ofRecords(of('proof'), of('record'), trust)];
  for (const part of of('receipt')) checks.push({ parts: [part], check: () => checkReceipt(part, trust) });
  for (const part of of('contradiction')) checks.push({ parts: [part], check: () => checkContradiction(part.claims, trust) });
  for (const part of of('statement')) checks.push({ parts: [part], check: () => checkStatement(part.claims, trust) });
  const used = new Set(checks.flatMap(({ parts: some }) => some));
  for (const part of parts.filter((other) => !used.has(other))) checks.push({ parts: [part], check: () => refused(part.slug ?? 'file-unknown', part.name) });
  const reports = [];
  for (const { parts: some, check } of checks) reports.push({ names: some.map(({ name }) => name), report: await check() });
  return reports;
}

/// A report that says only why nothing was checked.
function refused(slug, reason) {
  const report = new Report();
  report.unverifiable(null, 'file', slug, reason);
  return report;
}

/// Each bundle by the policy that came along, and held against a single checkpoint; other checkpoints are for themselves.
function ofBundles(bundles, policies, checkpoints, trust) {
  const since = bundles.length > 0 && checkpoints.length === 1 ? checkpoints : [];
  const policy = bundles.length > 0 ? policies.slice(0, 1) : [];
  const asked = { policy: policy[0]?.bytes ?? null, since: since[0]?.bytes ?? null };
  const checks = bundles.map((bundle) => ({ parts: [bundle, ...policy, ...since], check: () => checkBundle(bundle.bytes, trust, asked) }));
  if (checkpoints.length > since.length) checks.push({ parts: checkpoints, check: () => checkCheckpoints(checkpoints.map(({ bytes }) => bytes), trust) });
  return checks;
}

/// Each proof with the record of its index, where that is there; each of the two alone shows nothing about the other.
function ofRecords(proofs, records, trust) {
  const left = [...records];
  const checks = proofs.map((proof) => {
    const at = left.findIndex(({ index }) => index === proof.index);
    const [record] = at < 0 ? [] : left.splice(at, 1);
    const claims = { claims: null, record: record?.record ?? null, proof: proof.bytes };
    return { parts: record === undefined ? [proof] : [proof, record], check: () => checkReceipt(claims, trust) };
  });
  const alone = left.map((record) => ({ parts: [record], check: () => checkReceipt({ claims: null, record: record.record, proof: null }, trust) }));
  return [...checks, ...alone];
}

/// What a file is, by its content, and what in it matters.
function partOf({ name, bytes }) {
  if (bytes.length > MAX_FILE) return { name, kind: 'unknown', slug: 'file-too-large' };
  if (bytes[0] === 0x50 && bytes[1] === 0x4b) return { name, kind: 'bundle', bytes };
  const text = bytes.length <= MAX_TEXT ? textOf(bytes) : null;
  if (text === null) return { name, kind: 'unknown' };
  // Only to find the record that belongs to it; the checks read it again.
  if (text.startsWith('c2sp.org/tlog-proof@')) return { name, kind: 'proof', bytes, index: Number(/^index (\d+)$/m.exec(text)?.[1]) };
  if (text.includes('\n\n— ')) return { name, kind: 'checkpoint', bytes };
  if (/^quorum /m.test(text)) return { name, kind: 'policy', bytes };
  return { name, ...partOfJson(bytes, text) };
}

/// Evidence against a log; a statement; a receipt; an event as the API shows it, without a proof; or a record itself.
function partOfJson(bytes, text) {
  const claims = parsed(text);
  if (claims?.format === CONTRADICTION_FORMAT) return { kind: 'contradiction', claims };
  if (claims?.payloadType === STATEMENT_PAYLOAD_TYPE) return { kind: 'statement', claims };
  const record = fromBase64(claims?.record_bytes);
  if (record === null) return claims?.envelope === undefined ? { kind: 'unknown' } : { kind: 'record', record: bytes, index: claims.index };
  if (typeof claims.proof !== 'string') return { kind: 'record', record, index: parsed(textOf(record))?.index };
  return { kind: 'receipt', claims, record, proof: utf8(claims.proof) };
}

function parsed(text) {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return null;
  }
}
