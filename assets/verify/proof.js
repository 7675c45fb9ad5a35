// C2SP tlog-proof: the inclusion of one record in a signed checkpoint, as a text file.
import { fromBase64, textOf, utf8 } from './bytes.js';
import { MAX_SIZE, isIncluded } from './hash.js';
import { BadNote, parseNote } from './note.js';
import { decimal } from './shape.js';

const HEADER = 'c2sp.org/tlog-proof@v1\n';
const MAX_PROOF_BYTES = 2 ** 21;
const MAX_HASHES = 64;

/// A proof, well formed and not yet checked: `extra` (whether it has such data, for which nothing vouches), `index` (BigInt),
/// `hashes`, `checkpoint` (a note).
///
/// Throws BadNote.
export function parseProof(bytes) {
  const text = bytes.length <= MAX_PROOF_BYTES ? textOf(bytes) : null;
  if (text === null || !text.startsWith(HEADER)) throw new BadNote('not a tlog-proof of version 1');
  const blank = text.indexOf('\n\n');
  const lines = text.slice(HEADER.length, Math.max(blank, HEADER.length)).split('\n');
  const extra = lines[0].startsWith('extra ');
  if (extra && !fromBase64(lines.shift().slice(6))?.length) throw new BadNote('the extra line of the proof is not base64');
  const place = lines.shift() ?? '';
  const index = place.startsWith('index ') ? decimal(place.slice(6)) : null;
  if (index === null || index >= MAX_SIZE) throw new BadNote('the proof has no line "index <place>"');
  return { extra, index, hashes: parseHashes(lines), checkpoint: parseNote(utf8(text.slice(blank + 2))) };
}

/// One hash a line.
export function parseHashes(lines) {
  const hashes = lines.slice(0, MAX_HASHES + 1).map(fromBase64);
  if (hashes.length > MAX_HASHES || hashes.some((hash) => hash?.length !== 32)) throw new BadNote('a line of the proof is not a hash, or there are too many');
  return hashes;
}

/// Whether the proof shows `leaf` at its index of the tree of `checkpoint`, which is its own, verified.
export function showsLeaf(proof, leaf, checkpoint) {
  return isIncluded(leaf, proof.index, checkpoint.size, proof.hashes, checkpoint.root);
}
