// Who cosigned the checkpoints of a bundle, and when: time, and one history, proven from outside.
import { sameBytes } from './bytes.js';
import { extendsEarlier, parseEarlier } from './earlier.js';
import { BadNote, openNote, parseCheckpoint, parseNote } from './note.js';
import { lacking } from './policy.js';
import { ML_DSA, tried } from './report.js';

/// By how many seconds a witness's clock may be behind the ledger's.
const CLOCKS = 60n;

/// The known witnesses' cosignatures, each by itself. Answers how many there are.
export async function checkCosignatures(evidence, name, note, last, told = false) {
  evidence.report.file = name;
  const signed = [];
  for (const key of witnessKeys(evidence)) {
    if (!note.signatures.some((line) => line.name === key.name && line.id === key.id)) continue;
    const opened = await evidence.parsed('checkpoint.signatures', 'cosignature', () => openNote(note, [key]));
    signed.push(...opened ?? []);
  }
  const known = [...witnessKeys(evidence), ...evidence.keyring.logKeys.flatMap(({ keys }) => keys), ...evidence.trust.keys];
  for (const line of note.signatures.filter(({ name: signer, id }) => !known.some((key) => key.name === signer && key.id === id))) {
    evidence.report.unverifiable(null, 'checkpoint.signatures', 'signature-unknown', `${line.name}+${line.id} signed it, whom neither registry nor policy names`);
  }
  checkTimes(evidence, signed, last);
  if (signed.some(({ checked }) => !checked)) evidence.report.unchecked.add(ML_DSA);
  for (const { key, time, checked } of told ? signed : []) {
    if (checked) evidence.report.fact('witness', time === null ? key.name : `${key.name}, ${instantOf(time)}`);
  }
  return signed.length;
}

function checkTimes(evidence, signed, last) {
  if (last === null) return;
  const seconds = BigInt(Math.floor(last / 1000));
  for (const { key, time } of signed.filter((by) => by.time !== null && by.time + CLOCKS < seconds)) {
    evidence.report.tampered(null, 'checkpoint.signatures', 'recorded-after-cosigned', `${key.name} cosigned at ${time} s what the ledger says it recorded at ${seconds} s`);
  }
}

function witnessKeys(evidence) {
  const keys = [evidence.ownPolicy, evidence.policy].flatMap((policy) => (policy?.witnesses ?? []).map(({ key }) => key));
  return keys.filter((key, at) => keys.findIndex((other) => other.vkey === key.vkey) === at);
}

/// Whether those who should have cosigned did: by the auditor's policy, else by the ledger's own.
export async function checkQuorum(evidence) {
  const policy = evidence.policy ?? evidence.ownPolicy;
  if (evidence.note === null || evidence.checkpoint === null || policy === null) return;
  evidence.report.file = 'checkpoint';
  const slug = await lacking(policy, evidence.note);
  if (slug === 'log-not-in-policy') evidence.report.tampered(null, 'checkpoint.signatures', 'log-not-in-policy', 'no log that the policy lists signed it');
  if (slug === 'quorum-not-met') evidence.report.unverifiable(null, 'checkpoint.signatures', 'quorum-not-met', `the quorum ${policy.quorum} is not met`);
}

/// The earlier checkpoints that witnesses cosigned: time, proven from outside.
export async function checkCosigned(evidence) {
  for (const file of evidence.all('cosigned')) {
    evidence.report.file = file.name;
    const earlier = await evidence.parsed('cosigned', 'checkpoint-malformed', () => parseEarlier(file.content));
    const checkpoint = earlier && await evidence.parsed('cosigned', 'checkpoint-malformed', () => parseCheckpoint(earlier.checkpoint.text));
    if (checkpoint) await checkEarlier(evidence, file, earlier, checkpoint);
  }
}

async function checkEarlier(evidence, file, earlier, checkpoint) {
  if (checkpoint.size !== file.number) evidence.report.tampered(null, 'cosigned', 'checkpoint-of-another-size', `it holds a checkpoint of ${checkpoint.size} records`);
  if (evidence.checkpoint !== null && !(await extendsEarlier(earlier, checkpoint, evidence.checkpoint))) evidence.report.tampered(null, 'cosigned', 'checkpoint-inconsistent', "the bundle's checkpoint is not shown to extend it");
  const last = evidence.recordedBelow(checkpoint.size);
  await evidence.checkLog(file.name, earlier.checkpoint, checkpoint, last);
  const cosigned = await checkCosignatures(evidence, file.name, earlier.checkpoint, last);
  // What an authority timestamped is there for that; the timestamp itself is left unchecked, and said so.
  const stamped = evidence.all('timestamp').some(({ number }) => number === file.number);
  if (cosigned === 0 && !stamped) evidence.report.unverifiable(null, 'cosigned', 'cosignature-missing', 'no witness that the policy lists cosigned it, and no authority timestamped it');
}

/// Whether the bundle's checkpoint extends one that the auditor kept.
export async function checkSince(evidence) {
  if (evidence.asked.since === null || evidence.checkpoint === null) return;
  evidence.report.file = null;
  const unverifiable = (slug, reason) => evidence.report.unverifiable(null, 'since', slug, reason);
  const malformed = (error) => unverifiable('checkpoint-malformed', error.message);
  const note = await tried(() => parseNote(evidence.asked.since), BadNote, malformed);
  const old = note && await tried(() => parseCheckpoint(note.text), BadNote, malformed);
  if (!old) return;
  if (old.origin !== evidence.checkpoint.origin) {
    unverifiable('ledger-mismatch', `it is of the ledger ${old.origin}`);
    return;
  }
  const keys = evidence.keyring.logKeysSigning(old.size > 0n ? old.size : 1n);
  const required = keys.length === 0 ? null : await tried(() => openNote(note, keys), BadNote, () => {});
  if (required === null || required.length < keys.length) unverifiable('checkpoint-signature', 'the older checkpoint is not signed by the keys of its time');
  const root = await rootOfFirst(evidence, old.size);
  if (root === null) unverifiable('since-not-shown', `the bundle does not show the tree of the first ${old.size} records`);
  else if (!sameBytes(root, old.root)) evidence.report.tampered(null, 'since', 'root-mismatch', 'the two checkpoints are of two histories; keep both files');
  else evidence.report.count('since');
}

/// The root over the first `size` records, where the bundle shows it.
async function rootOfFirst(evidence, size) {
  if (size === evidence.checkpoint.size) return evidence.checkpoint.root;
  const known = size < evidence.checkpoint.size ? await evidence.known.rootOfFirst(size) : null;
  return known ?? cosignedRoot(evidence, size);
}

/// The root of a cosigned checkpoint of that size, when the bundle's extends it.
async function cosignedRoot(evidence, size) {
  const file = evidence.files.find(({ kind, number }) => kind === 'cosigned' && number === size);
  const earlier = file && await tried(() => parseEarlier(file.content), BadNote, () => {});
  const checkpoint = earlier && await tried(() => parseCheckpoint(earlier.checkpoint.text), BadNote, () => {});
  const shown = checkpoint && checkpoint.size === size && await extendsEarlier(earlier, checkpoint, evidence.checkpoint);
  return shown ? checkpoint.root : null;
}

/// Seconds since 1970 as an instant; as they are where no date goes so far.
function instantOf(seconds) {
  return seconds < 253402300800n ? new Date(Number(seconds) * 1000).toISOString() : `${seconds} s`;
}
