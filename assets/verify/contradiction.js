// Evidence against a log: a file that shows to a third party that the log's keys signed what an honest log never signs.
// It proves; it does not explain: stolen keys and a restored backup look the same.
import { fromBase64, sameBytes, toBase64, utf8 } from './bytes.js';
import { leafHash, isIncluded, prefixRoot } from './hash.js';
import { BadHistory, checkHistory } from './history.js';
import { BadNote, openNote, parseCheckpoint, parseNote } from './note.js';
import { parseProof } from './proof.js';
import { checkPlace, payloadOf, recordOf } from './replay.js';
import { ML_DSA, RULES, Report } from './report.js';

export const CONTRADICTION_FORMAT = 'sinetti-evidence/1';

/// Why a file proves nothing.
class NothingProven extends Error {}

/// Checks what an evidence file (its parsed JSON) claims, by the keys that are trusted, never by those that it names.
export async function checkContradiction(file, trust) {
  const report = new Report();
  report.fact('origin', file.ledger);
  try {
    if (!Object.hasOwn(KINDS, file.kind)) throw new NothingProven('a claim of an unknown kind');
    await KINDS[file.kind](file, trust.keys, report, trust.types);
  } catch (error) {
    if (![NothingProven, BadNote, BadHistory].some((kind) => error instanceof kind)) throw error;
    report.unverifiable(null, 'evidence', 'nothing-proven', error.message);
  }
  return report;
}

const KINDS = { fork, rollback, record };

/// Two trees of which neither extends the other.
async function fork({ ledger, older, newer, hashes }, keys, report) {
  const [one, other] = [await signed(older, ledger, keys, report), await signed(newer, ledger, keys, report)];
  const path = Array.isArray(hashes) ? hashes.slice(0, 128).map(fromBase64) : [null];
  if (path.some((hash) => hash?.length !== 32)) throw new NothingProven('the hashes are malformed');
  const root = await prefixRoot(one.size, other.size, other.root, path);
  if (root === null) throw new NothingProven("the hashes do not lead to the newer checkpoint's root");
  if (sameBytes(root, one.root)) throw new NothingProven('the newer checkpoint extends the older one');
  report.fact('size', one.size);
  report.fact('root', toBase64(one.root));
  report.fact('root', toBase64(root));
  report.tampered(null, 'checkpoint.root', 'fork', `the log signed two roots for the first ${one.size} records`);
}

/// A smaller tree after a larger one, by one key's own times.
async function rollback({ ledger, earlier, later }, keys, report) {
  const [larger, smaller] = [await signed(earlier, ledger, keys, report), await signed(later, ledger, keys, report)];
  if (smaller.size >= larger.size) throw new NothingProven('the later checkpoint is not smaller');
  const timeOf = ({ by }, vkey) => by.find(({ key, checked }) => checked && key.vkey === vkey)?.time ?? null;
  const turned = larger.by.some(({ key: { vkey } }) => {
    const [before, after] = [timeOf(larger, vkey), timeOf(smaller, vkey)];
    return before !== null && after !== null && before < after;
  });
  if (!turned) throw new NothingProven('no key that could be verified here signed the smaller tree after the larger one');
  report.fact('size', larger.size);
  report.fact('size', smaller.size);
  report.tampered(null, 'checkpoint', 'rollback', `the log signed ${smaller.size} records after it had signed ${larger.size}`);
}

/// A record that should not be in the tree. Unless its own bytes show it, it takes the records before it, which the file may
/// show; of those the browser leaves the rules of agreements to the program.
async function record({ ledger, record: encoded, proof: text, slug, history }, keys, report, types) {
  const [bytes, proof] = [fromBase64(encoded), parseProof(utf8(String(text)))];
  if (bytes === null) throw new NothingProven('the record is not base64');
  const tree = await signed(proof.checkpoint.whole, ledger, keys, report);
  if (!(await isIncluded(await leafHash(bytes), proof.index, tree.size, proof.hashes, tree.root))) throw new NothingProven('the record is not shown to be in the tree');
  report.fact('index', proof.index);
  report.count('inclusions');
  const found = await recordOf(bytes, Number(proof.index), report);
  const payload = found && await payloadOf(found, found.index, report);
  if (payload) checkPlace(found, payload, found.index, report);
  if (found && (BigInt(found.index) !== proof.index || found.ledger !== ledger)) report.tampered(found.index, 'record.index', 'record-misplaced', 'it names another place or ledger');
  if (report.findings.length > 0) return;
  const claimed = String(slug).slice(0, 80);
  if (history === undefined) {
    report.unverifiable(Number(proof.index), 'record', 'needs-replay', `the log vouches for this record; whether ${claimed} is true of it takes a replay of the whole ledger`);
    return;
  }
  await checkHistory(history ?? {}, found, payload, { ...tree, origin: ledger }, types, report);
  report.unchecked.add(RULES);
  if (report.findings.length === 0) report.unverifiable(Number(proof.index), 'record', 'needs-rules', `the log vouches for this record and for those before it; whether ${claimed} is true of it, \`sinetti audit check\` judges by the rules`);
}

/// A checkpoint of this ledger that at least one trusted key signed, and which did.
async function signed(text, ledger, keys, report) {
  const note = parseNote(utf8(String(text)));
  const checkpoint = parseCheckpoint(note.text);
  if (checkpoint.origin !== ledger) throw new NothingProven(`a checkpoint of ${checkpoint.origin}`);
  const by = await openNote(note, keys);
  if (by.some(({ checked }) => !checked)) report.unchecked.add(ML_DSA);
  const verified = by.filter(({ checked }) => checked);
  if (verified.length === 0) throw new NothingProven('no signature could be verified here');
  report.count('checkpoint-signatures', verified.length);
  return { ...checkpoint, by };
}
