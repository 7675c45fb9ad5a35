// What a ledger's tiles (C2SP tlog-tiles) say of two sizes of its log: the proof that the larger extends the smaller
// (RFC 6962 § 2.1.2). Nothing here is believed: whoever asks checks it with `isConsistent`.
import { nodeHash } from './hash.js';

const TILE_LEVELS = 8;
const TILE_WIDTH = 256n;
const HASH_BYTES = 32;

/// The hashes that show that the first `older` of `newer` leaves are a log of their own. Sizes are BigInt;
/// `fetchTile(path)` answers the bytes of a tile.
///
/// Throws RangeError when a tile is not of the length that it must have, and whatever `fetchTile` throws.
export async function consistencyProof(older, newer, fetchTile) {
  if (older <= 0n || older >= newer) return [];
  return subproof(older, 0n, newer, true, cached(newer, fetchTile));
}

/// SUBPROOF(m, D[from:to], b).
async function subproof(older, from, to, isWhole, node) {
  if (older === to - from) return isWhole ? [] : [await rootOf(from, to, node)];
  const half = from + halfOf(to - from);
  if (from + older <= half) return [...await subproof(older, from, half, isWhole, node), await rootOf(half, to, node)];
  return [...await subproof(from + older - half, half, to, false, node), await rootOf(from, half, node)];
}

/// MTH(D[from:to]).
async function rootOf(from, to, node) {
  const count = to - from;
  if ((count & (count - 1n)) === 0n) return node(count.toString(2).length - 1, from / count);
  const half = from + halfOf(count);
  return nodeHash(await rootOf(from, half, node), await rootOf(half, to, node));
}

/// The largest power of two below `count`.
function halfOf(count) {
  return 1n << BigInt((count - 1n).toString(2).length - 1);
}

/// The hash of a complete subtree of `2^level` leaves, from the tile in which it or what is below it stands.
function cached(size, fetchTile) {
  const tiles = new Map();
  return async (level, index) => {
    const [tileLevel, row] = [Math.floor(level / TILE_LEVELS), BigInt(level % TILE_LEVELS)];
    const first = index << row;
    const path = pathOf(tileLevel, first / TILE_WIDTH, size);
    if (!tiles.has(path.text)) tiles.set(path.text, hashesOf(await fetchTile(path.text), path.width));
    const at = Number(first % TILE_WIDTH);
    return reduced(tiles.get(path.text).slice(at, at + Number(1n << row)));
  };
}

/// `tile/0/x001/234.p/5`.
function pathOf(level, number, size) {
  const there = (size >> BigInt(level * TILE_LEVELS)) - number * TILE_WIDTH;
  const width = there < TILE_WIDTH ? there : TILE_WIDTH;
  const parts = [String(number % 1000n).padStart(3, '0')];
  for (let rest = number / 1000n; rest > 0n; rest /= 1000n) parts.unshift(`x${String(rest % 1000n).padStart(3, '0')}`);
  return { text: `tile/${level}/${parts.join('/')}${width < TILE_WIDTH ? `.p/${width}` : ''}`, width: Number(width) };
}

function hashesOf(bytes, width) {
  if (bytes.length !== width * HASH_BYTES) throw new RangeError(`a tile of ${bytes.length} bytes in place of ${width * HASH_BYTES}`);
  return Array.from({ length: width }, (_, at) => bytes.subarray(at * HASH_BYTES, (at + 1) * HASH_BYTES));
}

async function reduced(hashes) {
  if (hashes.length === 1) return hashes[0];
  const pairs = Array.from({ length: hashes.length / 2 }, (_, at) => nodeHash(hashes[2 * at], hashes[2 * at + 1]));
  return reduced(await Promise.all(pairs));
}
