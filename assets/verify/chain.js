// The two hash chains and the heads tree: whether a record stands where it should.
import { sameBytes, toBase64 } from './bytes.js';
import { Tree, ZERO, headsLeaf } from './hash.js';

/// The ends of both chains after some prefix of the log.
export class Chain {
  constructor(origin) {
    this.origin = origin;
    this.size = 0;
    this.last = null;
    /// By stream: its number, newest version and the leaf hashes of all its records.
    this.streams = new Map();
    this.heads = new Tree();
  }

  /// The members in which `record` does not stand at the next place, in order.
  async misplaced(record) {
    const head = this.streams.get(record.agreement);
    const expected = {
      ledger: this.origin,
      index: this.size,
      previous: this.last?.leaf ?? ZERO,
      version: (head?.version ?? 0) + 1,
      agreement_previous: head?.leaf ?? ZERO,
      stream: head?.number ?? this.streams.size,
      streams: this.streams.size,
      heads: await this.heads.root(),
      recorded_at: Math.max(this.last?.recordedAt ?? 0, record.recorded_at),
    };
    return Object.keys(expected).filter((member) => !same(record[member], expected[member]))
      .map((member) => ({ member, found: shown(record[member]), expected: shown(expected[member]) }));
  }

  /// Takes in a record; a verifier that goes on after a misplaced one takes the record's own word for its place.
  async push(record) {
    this.size = record.index + 1;
    this.last = { leaf: record.leaf, recordedAt: record.recorded_at };
    const head = this.streams.get(record.agreement) ?? { number: this.streams.size, leaves: [] };
    Object.assign(head, { version: record.version, leaf: record.leaf });
    head.leaves.push(record.leaf);
    this.streams.set(record.agreement, head);
    await this.heads.set(head.number, await headsLeaf(record.agreement, record.version, record.leaf));
  }

  /// Passes over bytes that are no record.
  skip(leaf) {
    this.size += 1;
    this.last = { leaf, recordedAt: this.last?.recordedAt ?? 0 };
  }

  /// Whether a payload's `seen` resolves at the next place; `first` is the leaf of record 0, null for that record itself.
  resolves({ agreement, seen }, first) {
    const head = this.streams.get(agreement);
    return isSeen(seen, head?.version ?? 0, first, head?.leaves ?? []);
  }
}

/// Whether `seen` names a record that was there: of `leaves`, the stream's by version − 1, when `newest` is the version of
/// its newest; of record 0 (`first`) while there was none.
export function isSeen(seen, newest, first, leaves) {
  if (seen.version > newest || (seen.version === 0 && newest > 0)) return false;
  const expected = seen.version === 0 ? first : leaves[seen.version - 1] ?? null;
  return seen.hash === null || expected === null ? seen.hash === expected : sameBytes(seen.hash, expected);
}

function same(left, right) {
  return left instanceof Uint8Array ? sameBytes(left, right) : left === right;
}

function shown(value) {
  return value instanceof Uint8Array ? toBase64(value) : String(value);
}
