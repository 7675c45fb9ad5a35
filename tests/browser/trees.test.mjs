// The verifier's trees against RFC 6962's own definitions, on all small sizes.
import assert from 'node:assert/strict';
import { webcrypto } from 'node:crypto';
import { test } from 'node:test';
import { fromBase64, sameBytes, toBase64, utf8 } from '../../assets/verify/bytes.js';
import { KnownNodes } from '../../assets/verify/earlier.js';
import { Tree, isConsistent, isIncluded, leafHash, nodeHash, prefixRoot, sha256 } from '../../assets/verify/hash.js';
import { consistencyProof } from '../../assets/verify/tiles.js';

globalThis.crypto ??= webcrypto;

const MOST = 20;
const LEAVES = await Promise.all(Array.from({ length: MOST }, (_, at) => leafHash(utf8(`leaf ${at}`))));

/// RFC 6962 § 2.1: the largest power of two below n.
function split(n) {
  let k = 1;
  while (k * 2 < n) k *= 2;
  return k;
}

async function rootOf(leaves) {
  if (leaves.length === 0) return sha256(new Uint8Array());
  if (leaves.length === 1) return leaves[0];
  const k = split(leaves.length);
  return nodeHash(await rootOf(leaves.slice(0, k)), await rootOf(leaves.slice(k)));
}

/// RFC 6962 § 2.1.1.
async function path(m, leaves) {
  if (leaves.length === 1) return [];
  const k = split(leaves.length);
  const [left, right] = [leaves.slice(0, k), leaves.slice(k)];
  return m < k ? [...await path(m, left), await rootOf(right)] : [...await path(m - k, right), await rootOf(left)];
}

/// RFC 6962 § 2.1.2: SUBPROOF; `whole` leaves the older root out where it is a node of the newer tree.
async function subproof(m, leaves, whole) {
  if (m === leaves.length) return whole ? [] : [await rootOf(leaves)];
  const k = split(leaves.length);
  const [left, right] = [leaves.slice(0, k), leaves.slice(k)];
  return m <= k ? [...await subproof(m, left, whole), await rootOf(right)] : [...await subproof(m - k, right, false), await rootOf(left)];
}

const bent = (hash) => hash.map((byte, at) => (at === 9 ? byte ^ 1 : byte));

test('each leaf is shown in each tree, and nothing else is', async () => {
  for (let size = 1; size <= MOST; size += 1) {
    const leaves = LEAVES.slice(0, size);
    const root = await rootOf(leaves);
    for (let index = 0; index < size; index += 1) {
      const proof = await path(index, leaves);
      const shown = (leaf, at, of, hashes, expected) => isIncluded(leaf, BigInt(at), BigInt(of), hashes, expected);
      assert.ok(await shown(LEAVES[index], index, size, proof, root));
      assert.ok(!(await shown(bent(LEAVES[index]), index, size, proof, root)));
      assert.ok(!(await shown(LEAVES[index], index, size, proof, bent(root))));
      assert.ok(!(await shown(LEAVES[index], index, size, [...proof, root], root)));
      assert.ok(size === 1 || !(await shown(LEAVES[index], index, size, proof.slice(1), root)));
      assert.ok(!(await shown(LEAVES[index], size, size, proof, root)), 'outside');
      assert.ok(size === 1 || !(await shown(LEAVES[index], (index + 1) % size, size, proof, root)), 'another place');
    }
  }
});

test('each tree is shown to extend each smaller one, and no other', async () => {
  for (let size = 0; size <= MOST; size += 1) {
    const [leaves, root] = [LEAVES.slice(0, size), await rootOf(LEAVES.slice(0, size))];
    for (let old = 0; old <= size; old += 1) {
      const oldRoot = await rootOf(LEAVES.slice(0, old));
      const proof = old === 0 ? [] : await subproof(old, leaves, true);
      const shown = (from, to, hashes) => isConsistent(BigInt(old), from, BigInt(size), to, hashes);
      assert.ok(await shown(oldRoot, root, proof), `${old} ${size}`);
      assert.ok(!(await shown(bent(oldRoot), root, proof)));
      // Nothing is a prefix of everything.
      if (old > 0) assert.ok(!(await shown(oldRoot, bent(root), proof)));
      assert.ok(!(await shown(oldRoot, root, [...proof, root])));
      const named = old === 0 || old === size ? [] : await subproof(old, leaves, false);
      assert.deepEqual(await prefixRoot(BigInt(old), BigInt(size), root, named), oldRoot);
      if (named.length > 0) assert.equal(await prefixRoot(BigInt(old), BigInt(size), bent(root), named), null);
    }
  }
});

test('a tree that grows and changes has the root of its leaves', async () => {
  const tree = new Tree();
  const leaves = [];
  for (const leaf of LEAVES) {
    await tree.push(leaf);
    leaves.push(leaf);
    const at = leaves.length >> 1;
    await tree.set(at, bent(leaves[at]));
    leaves[at] = bent(leaves[at]);
    assert.deepEqual(await tree.root(), await rootOf(leaves));
  }
});

test('what proofs show of older trees is true, and a proof of a last leaf shows the tree that it ended', async () => {
  for (let size = 1; size <= MOST; size += 1) {
    for (let index = 0; index < size; index += 1) {
      const known = new KnownNodes();
      await known.add(LEAVES[index], BigInt(index), BigInt(size), await path(index, LEAVES.slice(0, size)));
      for (let old = 0; old < size; old += 1) {
        const root = await known.rootOfFirst(BigInt(old));
        assert.ok(root === null || sameBytes(root, await rootOf(LEAVES.slice(0, old))), `${index} of ${size} shows ${old}`);
      }
      assert.ok(await known.rootOfFirst(BigInt(index + 1)) !== null || index + 1 === size);
    }
  }
});

test('base64 has one form', () => {
  for (const bytes of [[], [0], [1, 2], [1, 2, 3], [255, 254, 253, 252]]) assert.deepEqual([...fromBase64(toBase64(Uint8Array.from(bytes)))], bytes);
  for (const bad of ['A', 'AA', 'AAA', 'AB==', 'AAB=', 'AA==AA==', ' AA=', 'AAA=\n', 'A-A=', '====', null, 7]) assert.equal(fromBase64(bad), null, String(bad));
});

/// The tile at `path` of the log of `leaves`, as C2SP tlog-tiles has it.
async function tileOf(leaves, path) {
  const [, level, number, width] = /^tile\/(\d)\/(\d{3})(?:\.p\/(\d+))?$/.exec(path);
  const below = 256 ** Number(level);
  const first = Number(number) * 256;
  const count = Number(width ?? 256);
  const at = Array.from({ length: count }, (_, place) => leaves.slice((first + place) * below, (first + place + 1) * below));
  assert.ok(at.every((under) => under.length === below), `${path} is not there`);
  return Buffer.concat(await Promise.all(at.map(rootOf)));
}

test('what tiles prove of two sizes is the proof of RFC 6962, across tiles and levels', async () => {
  const leaves = await Promise.all(Array.from({ length: 1100 }, (_, at) => leafHash(utf8(`leaf ${at}`))));
  const sizes = [1, 2, 3, 7, 8, 200, 255, 256, 257, 511, 512, 700, 768, 1024, 1099, 1100];
  for (const newer of sizes) {
    for (const older of sizes.filter((size) => size <= newer)) {
      const [first, all] = [leaves.slice(0, older), leaves.slice(0, newer)];
      const hashes = await consistencyProof(BigInt(older), BigInt(newer), (path) => tileOf(all, path));
      const expected = older === newer ? [] : await subproof(older, all, true);
      assert.deepEqual(hashes.map(toBase64), expected.map(toBase64), `${older} of ${newer}`);
      assert.ok(await isConsistent(BigInt(older), await rootOf(first), BigInt(newer), await rootOf(all), hashes));
    }
  }
  await assert.rejects(consistencyProof(3n, 7n, async () => new Uint8Array(32)), RangeError);
});
