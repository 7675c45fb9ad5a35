// Checkpoints alone: that the log signed them, and that no two of them show two histories.
import { sameBytes, toBase64 } from './bytes.js';
import { BadNote, openNote, parseCheckpoint, parseNote } from './note.js';
import { checkSigned, notSigned, withPinned } from './replay.js';
import { CONSISTENCY, INCLUSION, Report, tried } from './report.js';

/// Verifies some checkpoints of one log against its known keys, and against each other.
export async function checkCheckpoints(notes, trust) {
  const report = new Report();
  report.unchecked.add(INCLUSION);
  const signed = [];
  for (const bytes of notes) {
    const tell = (error) => report.tampered(null, 'checkpoint', 'checkpoint-malformed', error.message);
    const note = await tried(() => parseNote(bytes), BadNote, tell);
    const checkpoint = note && await tried(() => parseCheckpoint(note.text), BadNote, tell);
    if (!checkpoint) continue;
    checkpointFacts(checkpoint, report);
    if (await checkLog(note, checkpoint.origin, { named: [], trusted: trust.keys }, null, report)) signed.push(checkpoint);
  }
  for (const [at, one] of signed.entries()) {
    for (const other of signed.slice(at + 1)) compare(one, other, report);
  }
  return report;
}

/// Two roots for one size prove that the log showed two histories.
function compare(one, other, report) {
  if (one.origin !== other.origin) return;
  if (one.size !== other.size) report.unchecked.add(CONSISTENCY);
  else if (!sameBytes(one.root, other.root)) report.tampered(null, 'checkpoint.root', 'fork', `the log signed two roots for ${one.size} records: it showed two histories`);
}

/// What people compare.
export function checkpointFacts({ origin, size, root }, report) {
  report.fact('origin', origin);
  report.fact('size', size);
  report.fact('root', toBase64(root));
}

/// Checks a checkpoint's signatures: all keys that the registry `named` for it signed, and, of each type among the
/// `trusted` keys of this log, old and new ones, at least one. Without any key, nothing vouches for the tree. Answers
/// whether they hold.
export async function checkLog(note, origin, { named, trusted }, lastAt, report) {
  const own = trusted.filter(({ name }) => name === origin);
  if (named.length + own.length === 0) {
    report.unverifiable(null, 'checkpoint.signatures', 'log-key-unknown', `no key of ${origin} is known here`);
    return false;
  }
  const signed = await tried(() => openLog(note, origin, withPinned(named, own)), BadNote, (error) => notSigned(error, report));
  if (signed === null) return false;
  const by = (keys, test) => signed.some(({ key }) => keys.some(({ vkey }) => vkey === key.vkey) && test(key));
  const lacking = named.find(({ vkey }) => !by(named, (key) => key.vkey === vkey)) ?? own.find(({ type }) => !by(own, (key) => key.type === type));
  if (lacking === undefined) return checkSigned(signed, lastAt, report);
  notSigned(new BadNote(`the checkpoint lacks a signature by the key ${lacking.name}+${lacking.id}, or its like`), report);
  return false;
}

function openLog(note, origin, keys) {
  const found = parseCheckpoint(note.text).origin;
  if (found !== origin) throw new BadNote(`this checkpoint is of the ledger ${found}, not of ${origin}`);
  return openNote(note, keys);
}
