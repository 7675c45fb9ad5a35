// SHA-256 in the roles that it has here, and RFC 6962 trees.
import { join, sameBytes, utf8, toBase64 } from './bytes.js';

const LEAF = Uint8Array.of(0);
const NODE = Uint8Array.of(1);

/// The `previous` of a first record.
export const ZERO = new Uint8Array(32);

/// Tree sizes stay below 2^63.
export const MAX_SIZE = 2n ** 63n - 1n;

export async function sha256(bytes) {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
}

/// RFC 6962 § 2.1: a leaf.
export function leafHash(bytes) {
  return sha256(join(LEAF, bytes));
}

/// RFC 6962 § 2.1: an inner node.
export function nodeHash(left, right) {
  return sha256(join(NODE, left, right));
}

/// Leaf of one stream in the heads tree.
export function headsLeaf(agreement, version, leaf) {
  return leafHash(utf8(`${agreement}\n${version}\n${toBase64(leaf)}\n`));
}

/// Whether `leaf` is leaf `index` of the tree of `size` leaves with this `root` (RFC 9162 § 2.1.3.2). Sizes are BigInt.
export async function isIncluded(leaf, index, size, proof, root) {
  const found = await rootByInclusion(leaf, index, size, proof);
  return found !== null && sameBytes(found, root);
}

/// The root that leaf and proof lead to; null when place or length of the proof do not fit.
export async function rootByInclusion(leaf, index, size, proof) {
  if (index < 0n || index >= size || size > MAX_SIZE) return null;
  let [node, last, hash] = [index, size - 1n, leaf];
  for (const sibling of proof) {
    if (last === 0n) return null;
    if (node % 2n === 1n || node === last) {
      hash = await nodeHash(sibling, hash);
      // A last node without sibling is its own parent: climb to where it is a right child.
      for (; node % 2n === 0n && node !== 0n; node /= 2n) last /= 2n;
    } else {
      hash = await nodeHash(hash, sibling);
    }
    [node, last] = [node / 2n, last / 2n];
  }
  return last === 0n ? hash : null;
}

/// Whether the tree of `size` leaves with `root` begins with the one of `oldSize` and `oldRoot` (RFC 9162 § 2.1.4.2).
/// Size 0 and equal sizes are decided before that algorithm.
export async function isConsistent(oldSize, oldRoot, size, root, proof) {
  if (oldSize < 0n || oldSize > size || size > MAX_SIZE) return false;
  if (oldSize === 0n) return proof.length === 0 && sameBytes(oldRoot, await sha256(new Uint8Array()));
  if (oldSize === size) return proof.length === 0 && sameBytes(oldRoot, root);
  // When the older tree is itself a node of the newer one, the proof leaves its root out.
  const roots = await rootsOf(oldSize, size, isPowerOfTwo(oldSize) ? [oldRoot, ...proof] : proof);
  return roots !== null && sameBytes(roots.older, oldRoot) && sameBytes(roots.newer, root);
}

/// The root of the first `oldSize` leaves in the tree of `size` leaves with `root`, by a consistency proof that leaves
/// nothing out; null when it does not lead to `root`.
export async function prefixRoot(oldSize, size, root, path) {
  if (oldSize > size || size > MAX_SIZE) return null;
  if (oldSize === 0n || oldSize === size) return path.length > 0 ? null : oldSize === 0n ? sha256(new Uint8Array()) : root;
  const roots = await rootsOf(oldSize, size, path);
  return roots !== null && sameBytes(roots.newer, root) ? roots.older : null;
}

function isPowerOfTwo(number) {
  return (number & (number - 1n)) === 0n;
}

/// The two roots that a whole path leads to; null when its length does not fit. `0 < oldSize < size`.
async function rootsOf(oldSize, size, path) {
  const [first, ...rest] = path;
  if (first === undefined) return null;
  let [node, last, older, newer] = [oldSize - 1n, size - 1n, first, first];
  while (node % 2n === 1n) [node, last] = [node / 2n, last / 2n];
  for (const sibling of rest) {
    if (last === 0n) return null;
    if (node % 2n === 1n || node === last) {
      older = await nodeHash(sibling, older);
      newer = await nodeHash(sibling, newer);
      for (; node % 2n === 0n && node !== 0n; node /= 2n) last /= 2n;
    } else {
      newer = await nodeHash(newer, sibling);
    }
    [node, last] = [node / 2n, last / 2n];
  }
  return last === 0n ? { older, newer } : null;
}

/// A tree that grows, and whose leaves can be replaced: the log tree and the heads tree. Keeps each complete node.
export class Tree {
  constructor() {
    this.levels = [[]];
  }

  get size() {
    return this.levels[0].length;
  }

  push(leaf) {
    return this.set(this.size, leaf);
  }

  /// Sets a leaf that is there, or the next one.
  async set(index, leaf) {
    this.levels[0][index] = leaf;
    for (let level = 0, at = index; ; level += 1, at >>= 1) {
      const [left, right] = [this.levels[level][at & ~1], this.levels[level][at | 1]];
      if (right === undefined) return;
      this.levels[level + 1] ??= [];
      this.levels[level + 1][at >> 1] = await nodeHash(left, right);
    }
  }

  /// The root of RFC 6962 § 2.1; SHA-256 of nothing while there is no leaf.
  async root() {
    let hash = null;
    for (let level = 0, rest = this.size; rest > 0; level += 1, rest = Math.floor(rest / 2)) {
      if (rest % 2 === 0) continue;
      const peak = this.levels[level][rest - 1];
      hash = hash === null ? peak : await nodeHash(peak, hash);
    }
    return hash ?? sha256(new Uint8Array());
  }
}
