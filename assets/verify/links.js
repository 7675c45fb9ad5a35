// Whether a record stands where it should, for whoever has two streams of the log and not the rest. As long as nothing is
// left out from record 0 on, the whole chain is checked, roots of heads included. After the first gap each stream's own
// chain is, and what must grow grows.
import { sameBytes, toBase64 } from './bytes.js';
import { Chain, isSeen } from './chain.js';
import { ZERO } from './hash.js';
import { REGISTRY } from './keyring.js';

export class Links {
  constructor(origin) {
    this.chain = new Chain(origin);
    this.gapless = true;
    /// By stream: `{version, leaf, number}`.
    this.streams = new Map();
    /// Leaf hashes of each stream, by version − 1.
    this.leaves = new Map();
    this.last = null;
  }

  /// The members in which `record`, the next one that is here, does not stand in its place. It should be of `stream`, at
  /// `version` (BigInt).
  async misplaced(record, stream, version) {
    const asNamed = record.agreement === stream && BigInt(record.version) === version;
    if (this.gapless && record.index === this.chain.size && asNamed) return this.chain.misplaced(record);
    const head = this.streams.get(stream);
    const number = head?.number ?? (stream === REGISTRY ? 0 : record.streams);
    const previous = head?.leaf ?? ZERO;
    const checks = [
      ['ledger', record.ledger === this.chain.origin, this.chain.origin],
      ['agreement', record.agreement === stream, stream],
      ['version', BigInt(record.version) === version, version],
      ['agreement_previous', sameBytes(record.agreement_previous, previous), toBase64(previous)],
      ['stream', record.stream === number, number],
      ['streams', head === undefined ? record.streams === record.stream : record.streams > record.stream, 'its stream or above'],
      ...(this.last === null ? [] : this.growing(record, this.last)),
    ];
    return checks.filter(([, holds]) => !holds).map(([member, , expected]) => ({ member, found: String(record[member]), expected }));
  }

  growing(record, last) {
    return [
      ['index', record.index > last.index, `above ${last.index}`],
      ['previous', record.index !== last.index + 1 || sameBytes(record.previous, last.leaf), toBase64(last.leaf)],
      ['streams', record.streams >= last.streams, `${last.streams} at least`],
      ['recorded_at', record.recorded_at >= last.recordedAt, 'no earlier than the one before'],
    ];
  }

  /// Whether a payload's `seen` resolves; `first` is the leaf of record 0, null for that record itself.
  resolves({ agreement, seen }, first) {
    return isSeen(seen, this.streams.get(agreement)?.version ?? 0, first, this.leaves.get(agreement) ?? []);
  }

  /// Takes in a record, by its own word where that differs.
  async push(record) {
    this.gapless &&= record.index === this.chain.size;
    await this.chain.push(record);
    const began = record.version === 1 ? 1 : 0;
    this.last = { index: record.index, leaf: record.leaf, recordedAt: record.recorded_at, streams: record.streams + began };
    this.streams.set(record.agreement, { version: record.version, leaf: record.leaf, number: record.stream });
    this.keep(record.agreement, record.leaf);
  }

  /// Passes over bytes of `stream` that are no record.
  skip(stream, leaf) {
    this.gapless = false;
    const head = this.streams.get(stream) ?? { version: 0, number: stream === REGISTRY ? 0 : 1 };
    this.streams.set(stream, { ...head, version: head.version + 1, leaf });
    this.keep(stream, leaf);
  }

  keep(stream, leaf) {
    if (!this.leaves.has(stream)) this.leaves.set(stream, []);
    this.leaves.get(stream).push(leaf);
  }
}
