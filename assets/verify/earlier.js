// Older checkpoints of the same log: one with the proof that a later one extends it (`cosigned/<size>` of a bundle), and
// what checked inclusion proofs show of older trees.
import { textOf, utf8 } from './bytes.js';
import { MAX_SIZE, isConsistent, nodeHash, sha256 } from './hash.js';
import { BadNote, parseNote } from './note.js';
import { parseHashes } from './proof.js';
import { decimal } from './shape.js';

const MAX_BYTES = 2 ** 21;
const PREFIX = 'consistency ';

/// An older checkpoint with its proof: `to` (the later size), `hashes`, `checkpoint` (a note).
///
/// Throws BadNote.
export function parseEarlier(bytes) {
  const text = bytes.length <= MAX_BYTES ? textOf(bytes) : null;
  if (text === null || !text.startsWith(PREFIX)) throw new BadNote('not "consistency <size>"');
  const blank = text.indexOf('\n\n');
  const [size, ...hashes] = text.slice(PREFIX.length, Math.max(blank, PREFIX.length)).split('\n');
  const to = decimal(size);
  if (to === null || to > MAX_SIZE) throw new BadNote('not "consistency <size>"');
  return { to, hashes: parseHashes(hashes), checkpoint: parseNote(utf8(text.slice(blank + 2))) };
}

/// Whether the tree of `later` extends that of `earlier`, the text of the older checkpoint.
export function extendsEarlier({ to, hashes }, earlier, later) {
  return to === later.size ? isConsistent(earlier.size, earlier.root, later.size, later.root, hashes) : Promise.resolve(false);
}

/// Roots of complete subtrees that checked inclusion proofs show.
export class KnownNodes {
  constructor() {
    /// By `level:index`.
    this.nodes = new Map();
  }

  /// Takes in a proof that holds for `leaf` at `index` in the tree of `size` leaves.
  async add(leaf, index, size, proof) {
    let [level, node, last, hash] = [0, index, size - 1n, leaf];
    this.insert(level, node, size, hash);
    for (const sibling of proof) {
      if (node % 2n === 1n || node === last) {
        for (; node % 2n === 0n && node !== 0n; level += 1) [node, last] = [node / 2n, last / 2n];
        if (node > 0n) this.insert(level, node - 1n, size, sibling);
        hash = await nodeHash(sibling, hash);
      } else {
        this.insert(level, node + 1n, size, sibling);
        hash = await nodeHash(hash, sibling);
      }
      [level, node, last] = [level + 1, node / 2n, last / 2n];
      this.insert(level, node, size, hash);
    }
  }

  /// Keeps what is complete; other nodes change as the tree grows.
  insert(level, index, size, hash) {
    if ((index + 1n) << BigInt(level) <= size) this.nodes.set(`${level}:${index}`, hash);
  }

  /// The root over the first `size` leaves; null when what is known does not give it.
  async rootOfFirst(size) {
    let [root, rest] = [null, size];
    for (let level = 0; rest > 0n; level += 1, rest /= 2n) {
      if (rest % 2n === 0n) continue;
      const peak = await this.get(level, rest - 1n);
      if (peak === null) return null;
      root = root === null ? peak : await nodeHash(peak, root);
    }
    return root ?? sha256(new Uint8Array());
  }

  /// A node that is known, or whose two children are.
  async get(level, index) {
    const known = this.nodes.get(`${level}:${index}`);
    if (known !== undefined || level === 0) return known ?? null;
    const left = await this.get(level - 1, index * 2n);
    const right = left && await this.get(level - 1, index * 2n + 1n);
    return right && nodeHash(left, right);
  }
}
