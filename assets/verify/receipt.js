// One record and its place in the log: a receipt as the program writes it, or a record with its tlog-proof.
import { fromBase64, sameBytes, textOf, toBase64 } from './bytes.js';
import { checkLog, checkpointFacts } from './checkpoints.js';
import { Keyring, Refused, keyActOf } from './keyring.js';
import { BadNote, parseCheckpoint } from './note.js';
import { parseProof, showsLeaf } from './proof.js';
import { checkPlace, payloadOf, recordOf } from './replay.js';
import { AUTHOR, COMPLETENESS, INCLUSION, RULES, Report, tried } from './report.js';

/// Verifies that a record (bytes) stands in the log, by its proof (bytes), in a checkpoint that the log's keys signed.
/// `claims` are what a receipt says beside its bytes, and must agree with them. Each of the three may be null.
export async function checkReceipt({ claims, record: recordBytes, proof: proofBytes }, trust) {
  const report = new Report();
  // Whose key it is stands in the registry, not here; so do the rules, and what else was recorded.
  for (const left of [AUTHOR, RULES, COMPLETENESS]) report.unchecked.add(left);
  const record = recordBytes && await recordOf(recordBytes, null, report);
  const proof = proofBytes && await tried(() => parseProof(proofBytes), BadNote, (error) => {
    report.tampered(null, 'proof', 'proof-malformed', error.message);
  });
  if (record && claims) agree(claims, record, report);
  if (record) await checkRecord(record, trust, report);
  if (proof) await checkProof(proof, record, trust, report);
  // Half of it shows nothing about the other half.
  if (recordBytes === null) report.unverifiable(null, 'record', 'record-missing', 'the proof is of a record that is not here');
  if (proofBytes === null) report.unverifiable(null, 'proof', 'proof-missing', 'nothing here shows that the record stands in the log');
  return report;
}

async function checkRecord(record, trust, report) {
  report.fact('agreement', record.agreement);
  report.fact('version', record.version);
  report.fact('index', record.index);
  report.fact('recorded-at', new Date(record.recorded_at).toISOString());
  report.fact('leaf', toBase64(record.leaf));
  const payload = await payloadOf(record, record.index, report);
  if (payload === null) return;
  report.fact('actor', payload.actor);
  report.fact('type', payload.type);
  checkPlace(record, payload, record.index, report);
  if (record.index === 0) await checkFounding(record, payload, trust, report);
  report.count('records');
}

/// Record 0 names its own keys, so its signatures can be checked, and it is the trust root itself.
async function checkFounding(record, payload, { founding }, report) {
  if (founding !== null && !sameBytes(founding, record.leaf)) report.tampered(0, 'record', 'founding-mismatch', 'record 0 is another than the pinned one');
  await tried(async () => {
    await new Keyring().authenticate(payload, record.envelope, await keyActOf(payload));
    report.unchecked.delete(AUTHOR);
    report.count('signatures', record.envelope.signatures.length);
  }, Refused, (error) => report.tampered(0, error.member, error.slug, error.message));
}

/// What a reader sees of a receipt must be what its bytes say.
function agree(claims, record, report) {
  const holds = {
    leaf: sameBytes(fromBase64(claims.leaf) ?? [], record.leaf),
    index: claims.index === record.index,
    version: claims.version === record.version,
    record: claims.record === undefined || isSame(claims.record, JSON.parse(textOf(record.bytes))),
  };
  for (const member of Object.keys(holds).filter((name) => !holds[name])) {
    report.tampered(record.index, `receipt.${member}`, 'receipt-contradiction', "it does not agree with the record's bytes");
  }
}

async function checkProof(proof, record, trust, report) {
  const checkpoint = await tried(() => parseCheckpoint(proof.checkpoint.text), BadNote, (error) => {
    report.tampered(null, 'checkpoint', 'checkpoint-malformed', error.message);
  });
  if (checkpoint === null) return;
  checkpointFacts(checkpoint, report);
  await checkLog(proof.checkpoint, checkpoint.origin, { named: [], trusted: trust.keys }, record?.recorded_at ?? null, report);
  if (!record) {
    report.unchecked.add(INCLUSION);
    return;
  }
  if (record.ledger !== checkpoint.origin) report.tampered(record.index, 'record.ledger', 'ledger-mismatch', `the checkpoint is of ${checkpoint.origin}`);
  if (proof.index !== BigInt(record.index)) report.tampered(record.index, 'proof.index', 'proof-of-another-record', `it is of index ${proof.index}`);
  if (await showsLeaf(proof, record.leaf, checkpoint)) report.count('inclusions');
  else report.tampered(record.index, 'proof', 'record-not-included', 'record and proof do not lead to the root of the checkpoint');
}

/// Whether two JSON values are the same, whatever the order of members.
function isSame(left, right) {
  if (typeof left !== 'object' || left === null || typeof right !== 'object' || right === null) return left === right;
  const names = Object.keys(left);
  return Array.isArray(left) === Array.isArray(right) && names.length === Object.keys(right).length
    && names.every((name) => Object.hasOwn(right, name) && isSame(left[name], right[name]));
}
