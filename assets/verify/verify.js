// What the pages call: some files in, one report out. Nothing is asked of any server.
import { fromBase64, textOf, utf8 } from './bytes.js';
import { checkBundle } from './bundle.js';
import { checkCheckpoints } from './checkpoints.js';
import { CONTRADICTION_FORMAT, checkContradiction } from './contradiction.js';
import { isEd25519Reliable } from './ed25519.js';
import { checkReceipt } from './receipt.js';
import { Report } from './report.js';

/// Larger files are not read: a document in a bundle has 25 MiB at most; every other file is small.
export const MAX_FILE = 2 ** 28;
const MAX_TEXT = 2 ** 22;

/// Verifies what was given together: a bundle, with a policy or an older checkpoint of the auditor's; a receipt; a record with
/// its proof; checkpoints of one log; or evidence that the log showed two histories. `trust` is `{types, keys, founding}`: the event types that are known; the log's
/// keys, as `parseKey` gives them; the leaf hash of record 0, null when it is not known.
export async function verifyFiles(files, trust) {
  if (!(await isEd25519Reliable())) return refused('browser-unfit', 'this browser has no Ed25519, or none that is strict enough');
  if (files.some((bytes) => bytes.length > MAX_FILE)) return refused('file-too-large', `more than ${MAX_FILE} bytes`);
  const parts = files.map(partOf);
  const of = (kind) => parts.find((part) => part.kind === kind) ?? null;
  const [bundle, receipt, proof, record] = [of('bundle'), of('receipt'), of('proof'), of('record')];
  const checkpoints = parts.filter(({ kind }) => kind === 'checkpoint').map(({ bytes }) => bytes);
  const claim = of('contradiction');
  if (claim !== null) return checkContradiction(claim.claims, trust);
  if (bundle !== null) return checkBundle(bundle.bytes, trust, { policy: of('policy')?.bytes ?? null, since: checkpoints[0] ?? null });
  if (receipt !== null) return checkReceipt(receipt, trust);
  if (proof !== null || record !== null) return checkReceipt({ claims: null, record: record?.record ?? null, proof: proof?.bytes ?? null }, trust);
  if (checkpoints.length > 0) return checkCheckpoints(checkpoints, trust);
  return refused('file-unknown', 'neither a bundle, a receipt, a record, a proof nor a checkpoint');
}

/// A report that says only why nothing was checked.
function refused(slug, reason) {
  const report = new Report();
  report.unverifiable(null, 'file', slug, reason);
  return report;
}

/// What a file is, by its content, and the bytes in it that matter.
function partOf(bytes) {
  if (bytes[0] === 0x50 && bytes[1] === 0x4b) return { kind: 'bundle', bytes };
  const text = bytes.length <= MAX_TEXT ? textOf(bytes) : null;
  if (text === null) return { kind: 'unknown' };
  if (text.startsWith('c2sp.org/tlog-proof@')) return { kind: 'proof', bytes };
  if (text.includes('\n\n— ')) return { kind: 'checkpoint', bytes };
  if (/^quorum /m.test(text)) return { kind: 'policy', bytes };
  return partOfJson(bytes, text);
}

/// Evidence against a log; a receipt; an event as the API shows it, without a proof; or a record itself.
function partOfJson(bytes, text) {
  let claims;
  try {
    claims = JSON.parse(text);
  } catch {
    return { kind: 'unknown' };
  }
  if (claims?.format === CONTRADICTION_FORMAT) return { kind: 'contradiction', claims };
  const record = fromBase64(claims?.record_bytes);
  if (record === null) return claims?.envelope === undefined ? { kind: 'unknown' } : { kind: 'record', record: bytes };
  if (typeof claims.proof !== 'string') return { kind: 'record', record };
  return { kind: 'receipt', claims, record, proof: utf8(claims.proof) };
}
