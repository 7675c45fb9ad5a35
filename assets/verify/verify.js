// What the pages call: some files in, one report out. Nothing is asked of any server.
import { fromBase64, textOf, utf8 } from './bytes.js';
import { checkCheckpoints } from './checkpoints.js';
import { isEd25519Reliable } from './ed25519.js';
import { checkReceipt } from './receipt.js';
import { Report } from './report.js';

/// Larger files are not read: a record has 64 KiB at most, a proof 2 MiB.
const MAX_FILE = 2 ** 22;

/// Verifies what was given together: a receipt, a record with its proof, or checkpoints of one log. `trust` is
/// `{types, keys, founding}`: the event types that are known; the log's keys, as `parseKey` gives them; the leaf hash of
/// record 0, null when it is not known.
export async function verifyFiles(files, trust) {
  if (!(await isEd25519Reliable())) return refused('browser-unfit', 'this browser has no Ed25519, or none that is strict enough');
  if (files.some((bytes) => bytes.length > MAX_FILE)) return refused('file-too-large', `more than ${MAX_FILE} bytes`);
  const parts = files.map(partOf);
  const of = (kind) => parts.find((part) => part.kind === kind);
  const [receipt, proof, record] = [of('receipt'), of('proof'), of('record')];
  const checkpoints = parts.filter(({ kind }) => kind === 'checkpoint');
  if (receipt !== undefined) return checkReceipt(receipt, trust);
  if (proof !== undefined) return checkReceipt({ claims: null, record: record?.record ?? null, proof: proof.proof }, trust);
  if (record !== undefined) return checkReceipt({ claims: null, record: record.record, proof: null }, trust);
  if (checkpoints.length > 0) return checkCheckpoints(checkpoints.map(({ note }) => note), trust);
  return refused('file-unknown', 'neither a receipt, a record, a proof nor a checkpoint');
}

/// A report that says only why nothing was checked.
function refused(slug, reason) {
  const report = new Report();
  report.unverifiable(null, 'file', slug, reason);
  return report;
}

/// What a file is, by its content, and the bytes in it that matter.
function partOf(bytes) {
  const text = textOf(bytes);
  if (text === null) return { kind: 'unknown' };
  if (text.startsWith('c2sp.org/tlog-proof@')) return { kind: 'proof', proof: bytes };
  if (text.includes('\n\n— ')) return { kind: 'checkpoint', note: bytes };
  return partOfJson(bytes, text);
}

/// A receipt; an event as the API shows it, without a proof; or a record itself.
function partOfJson(bytes, text) {
  let claims;
  try {
    claims = JSON.parse(text);
  } catch {
    return { kind: 'unknown' };
  }
  const record = fromBase64(claims?.record_bytes);
  if (record === null) return claims?.envelope === undefined ? { kind: 'unknown' } : { kind: 'record', record: bytes };
  if (typeof claims.proof !== 'string') return { kind: 'record', record };
  return { kind: 'receipt', claims, record, proof: utf8(claims.proof) };
}
