// C2SP signed-note, tlog-checkpoint and tlog-cosignature: what a log signs, and by which keys.
import { fromBase64, join, sameBytes, textOf, toHex, uint64, utf8 } from './bytes.js';
import { isGoodKey, verifyEd25519 } from './ed25519.js';
import { MAX_SIZE, sha256 } from './hash.js';
import { verifyMlDsa } from './ml_dsa.js';
import { decimal, hash, origin } from './shape.js';

const MAX_NOTE_BYTES = 2 ** 20;
const MAX_SIGNATURES = 64;

/// Signature types: Ed25519 on the text, Ed25519 cosignature with a time, ML-DSA-44 cosignature with a time.
export const ED25519 = 0x01;
export const ED25519_COSIGNATURE = 0x04;
export const ML_DSA_44_COSIGNATURE = 0x06;

/// What is no note, checkpoint or key, or not a signature to trust.
export class BadNote extends Error {}

/// A verifier key: `<name>+<id>+<base64(type ‖ public key)>`.
///
/// Throws BadNote.
export async function parseKey(vkey) {
  const [, name, id, encoded] = /^([^+]*)\+([0-9a-f]{8})\+(.*)$/s.exec(vkey) ?? [];
  const material = fromBase64(encoded ?? null);
  if (!isKeyName(name ?? '') || material === null || material.length < 2) throw new BadNote('not a verifier key: <name>+<8 hex digits>+<base64>');
  const [type, key] = [material[0], material.subarray(1)];
  const good = type === ML_DSA_44_COSIGNATURE ? key.length === 1312 && utf8(name).length <= 255
    : (type === ED25519 || type === ED25519_COSIGNATURE) && isGoodKey(key);
  if (!good) throw new BadNote('a key of an unknown type, of the wrong length, not canonical, or weak');
  const own = toHex((await sha256(join(utf8(`${name}\n`), material))).subarray(0, 4));
  if (own !== id) throw new BadNote('the key id is of another name or key; copy the whole verifier key again');
  return { vkey, name, id, type, key };
}

/// A note, well formed and not yet verified.
///
/// Throws BadNote.
export function parseNote(bytes) {
  if (bytes.length > MAX_NOTE_BYTES) throw new BadNote('a note of more than 1 MiB');
  const whole = textOf(bytes);
  if (whole === null || /[\u0000-\u0009\u000b-\u001f]/.test(whole)) throw new BadNote('not UTF-8, or a control character');
  const blank = whole.lastIndexOf('\n\n');
  if (blank < 0 || blank + 2 >= whole.length || !whole.endsWith('\n')) throw new BadNote('not text, a blank line and signature lines, each ended by a newline');
  const lines = whole.slice(blank + 2, -1).split('\n');
  if (lines.length > MAX_SIGNATURES) throw new BadNote(`more than ${MAX_SIGNATURES} signature lines`);
  return { whole, text: whole.slice(0, blank + 1), signatures: lines.map(parseLine) };
}

function parseLine(line, at) {
  const [, name, encoded] = /^— ([^ ]*) (.*)$/.exec(line) ?? [];
  const bytes = fromBase64(encoded ?? null);
  if (!isKeyName(name ?? '') || bytes === null || bytes.length < 5) throw new BadNote(`signature line ${at + 1} is malformed`);
  return { name, id: toHex(bytes.subarray(0, 4)), signature: bytes.subarray(4) };
}

/// The three lines of a checkpoint: origin, size (BigInt) and root.
///
/// Throws BadNote.
export function parseCheckpoint(text) {
  const lines = text.split('\n');
  if (lines.length !== 4 || lines[3] !== '') throw new BadNote('a checkpoint has exactly three lines');
  const size = decimal(lines[1]);
  if (size === null || size > MAX_SIZE) throw new BadNote('line 2 of the checkpoint is not a tree size');
  try {
    return { origin: origin(lines[0], 'line 1 of the checkpoint'), size, root: hash(lines[2], 'line 3 of the checkpoint') };
  } catch (error) {
    throw new BadNote(error.message);
  }
}

/// Verifies a note's signatures by all `known` keys that are on it: `[{key, time, checked}]`, `time` in seconds since
/// 1970, null when none is stated; `checked` is false where this browser can't verify the type. Others' are ignored.
///
/// Throws BadNote when a known key signed twice or wrongly, or none signed.
export async function openNote(note, known) {
  const signed = [];
  for (const line of note.signatures) {
    const key = known.find((candidate) => candidate.name === line.name && candidate.id === line.id);
    if (key === undefined) continue;
    if (signed.some((earlier) => earlier.key.vkey === key.vkey)) throw new BadNote(`the key ${key.name} signed twice`);
    const { verified, time } = await verifyLine(key, note.text, line.signature);
    if (verified === false) throw new BadNote(`the signature by ${key.name}+${key.id} does not verify: the text was changed, or another key signed`);
    signed.push({ key, time, checked: verified === true });
  }
  if (signed.length === 0) throw new BadNote('no known key signed');
  return signed;
}

/// Verifies that a note is a checkpoint of `ledger` signed by all `required` keys.
///
/// Throws BadNote.
export async function verifyCheckpoint(note, ledger, required) {
  if (required.length === 0) throw new BadNote('no key was named that must have signed the checkpoint');
  const checkpoint = parseCheckpoint(note.text);
  if (checkpoint.origin !== ledger) throw new BadNote(`this checkpoint is of the ledger ${checkpoint.origin}, not of ${ledger}`);
  const signed = await openNote(note, required);
  const missing = required.find((key) => !signed.some((by) => by.key.vkey === key.vkey));
  if (missing !== undefined) throw new BadNote(`the checkpoint lacks the signature of the key ${missing.name}+${missing.id}`);
  return { ...checkpoint, note, signed };
}

/// `verified` is null where this browser can't tell.
async function verifyLine(key, text, signature) {
  if (key.type === ED25519) return { verified: await verifyEd25519(key.key, utf8(text), signature), time: null };
  if (signature.length < 8) return { verified: false };
  const time = new DataView(signature.buffer, signature.byteOffset).getBigUint64(0);
  if (time >= 2n ** 63n) return { verified: false };
  const proper = signature.subarray(8);
  if (key.type === ED25519_COSIGNATURE) {
    const message = utf8(`cosignature/v1\ntime ${time}\n${text}`);
    return { verified: await verifyEd25519(key.key, message, proper), time };
  }
  const { origin: ledger, size, root } = parseCheckpoint(text);
  const message = join(utf8('subtree/v1\n\0'), opaque(key.name), uint64(time), opaque(ledger), uint64(0), uint64(size), root);
  // A time of 0 states none.
  return { verified: await verifyMlDsa(key.key, message, proper), time: time > 0n ? time : null };
}

/// RFC 8446 § 3.4: `opaque text<1..2^8-1>`.
function opaque(name) {
  const bytes = utf8(name);
  return join(Uint8Array.of(bytes.length), bytes);
}

/// Not empty, no space, plus or control character.
function isKeyName(name) {
  return name !== '' && !/[\p{White_Space}+\u0000-\u001f]/u.test(name);
}

/// Whether two notes are the same bytes.
export function sameNote(left, right) {
  return left.whole === right.whole;
}

/// Whether `key` is this Ed25519 key, in whatever role.
export function isSameEd25519(key, publicKey) {
  return key.type !== ML_DSA_44_COSIGNATURE && sameBytes(key.key, publicKey);
}
