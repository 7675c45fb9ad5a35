// One pass over a whole ledger, from index 0: bytes, chains, tree, signatures by the keys of that place, key rules.
import { sameBytes, toBase64 } from './bytes.js';
import { Chain } from './chain.js';
import { Tree, leafHash, sha256 } from './hash.js';
import { Keyring, REGISTRAR, REGISTRY, Refused, keyActOf } from './keyring.js';
import { BadNote, parseCheckpoint, parseNote, verifyCheckpoint } from './note.js';
import { Bad, parsePayload, parseRecord } from './record.js';
import { ML_DSA, RULES, Report, tried } from './report.js';

/// Verifies that `records` (bytes) are exactly those that the checkpoint `note` covers, and all that a browser can
/// check of each. `types` are the event types that are known; `pinned` are keys that must have signed besides those
/// that the registry names.
///
/// Throws BadNote when the note is no checkpoint at all.
export async function verifyLedger(note, records, types, pinned = []) {
  const replay = new Replay(note, types);
  for (const record of records) await replay.push(record);
  return replay.finish(pinned);
}

class Replay {
  constructor(note, types) {
    this.note = parseNote(note);
    this.checkpoint = parseCheckpoint(this.note.text);
    this.report = new Report();
    this.chain = new Chain(this.checkpoint.origin);
    this.log = new Tree();
    this.acts = new Acts(types);
    this.founding = null;
    this.root = null;
  }

  async push(bytes) {
    const index = this.log.size;
    await this.noteRoot();
    const leaf = await leafHash(bytes);
    this.founding ??= leaf;
    await this.log.push(leaf);
    const record = await recordOf(bytes, index, this.report);
    if (record === null) this.chain.skip(leaf);
    else await this.record(index, record);
  }

  async record(index, record) {
    for (const { member, found, expected } of await this.chain.misplaced(record)) {
      this.report.tampered(index, `record.${member}`, 'record-misplaced', `is ${found}, should be ${expected}`);
    }
    const payload = await payloadOf(record, index, this.report);
    if (payload !== null) {
      checkPlace(record, payload, index, this.report);
      if (!this.chain.resolves(payload, index === 0 ? null : this.founding)) {
        this.report.tampered(index, 'payload.seen', 'seen-not-in-history', 'it names a record that is not there, or another');
      }
      this.acts.author(payload, index, this.report);
      await this.acts.take(record, payload, index, this.report);
    }
    await this.chain.push(record);
    this.report.count('records');
  }

  async finish(pinned) {
    const { report, log } = this;
    await this.noteRoot();
    if (log.size === 0) report.unverifiable(null, 'log', 'log-empty', 'there is no record to verify');
    this.acts.suspects(report);
    this.checkRoot();
    const { keyring } = this.acts;
    const named = keyring.logKeysSigning(this.checkpoint.size);
    const standing = standingOf(pinned, keyring, this.checkpoint.size, report);
    const isNamed = ({ type }) => standing.some((other) => other.type === type && named.some(({ vkey }) => vkey === other.vkey));
    const required = withPinned(named, standing.filter((key) => !isNamed(key)));
    const last = BigInt(log.size) === this.checkpoint.size ? this.chain.last : null;
    await checkSignatures(this.note, this.chain.origin, required, last?.recordedAt ?? null, report);
    report.unchecked.add(RULES);
    report.sort();
    return report;
  }

  /// Keeps the root of as many records as the checkpoint covers.
  async noteRoot() {
    if (BigInt(this.log.size) === this.checkpoint.size) this.root = await this.log.root();
  }

  checkRoot() {
    const [size, read] = [this.checkpoint.size, BigInt(this.log.size)];
    if (this.root === null) {
      this.report.tampered(null, 'log', 'records-missing', `the checkpoint covers ${size} records, but only ${read} are there`);
    } else if (!sameBytes(this.root, this.checkpoint.root)) {
      this.report.tampered(null, 'checkpoint.root', 'root-mismatch', `the records give the root ${toBase64(this.root)}`);
    } else if (read > size) {
      this.report.unverifiable(Number(size), 'log', 'records-beyond-checkpoint', `${read - size} records come after the checkpoint`);
    }
  }
}

/// The record that bytes are; null, and a finding, when they are none.
export function recordOf(bytes, index, report) {
  return tried(() => parseRecord(bytes), Bad, (error) => {
    const member = error.slug === 'record-format-unknown' ? 'record.v' : 'record';
    report.find(error.unverifiable ? 'unverifiable' : 'tampered', index, member, error.slug, error.message);
  });
}

/// The payload of a record; null, and a finding, when there is none.
export function payloadOf(record, index, report) {
  return tried(() => parsePayload(record.envelope.payload), Bad, (error) => {
    report.find(error.unverifiable ? 'unverifiable' : 'tampered', index, 'payload', error.slug, error.message);
  });
}

/// What ties a payload to this record of this ledger.
export function checkPlace(record, payload, index, report) {
  if (payload.ledger !== record.ledger) report.tampered(index, 'payload.ledger', 'ledger-mismatch', `signed for the ledger ${payload.ledger}`);
  if (payload.agreement !== record.agreement) report.tampered(index, 'payload.agreement', 'agreement-mismatch', `signed for ${payload.agreement}`);
  if (payload.until < record.recorded_at) report.tampered(index, 'payload.until', 'expired', 'recorded after the moment that its author set');
}

/// Who said what, by which keys, in the order of the log.
export class Acts {
  /// `whole`: every event of the ledger is seen, so that one that is not there is none.
  constructor(types, whole = true) {
    this.types = types;
    this.whole = whole;
    this.keyring = new Keyring();
    this.authors = new Map();
    this.signed = [];
    /// Disclosures that the registry names as erased: `{event, pointer, by}`.
    this.erasures = [];
  }

  /// An event stands in the log once.
  author(payload, index, report) {
    if (this.authors.has(payload.event)) report.tampered(index, 'payload.event', 'event-repeated', `event ${payload.event} stands in the log twice`);
    this.authors.set(payload.event, payload.actor);
  }

  /// Checks the signatures and the key rules, and lets the event change the keyring. What is not authentic changes
  /// nothing that follows.
  async take(record, payload, index, report) {
    const { act, malformed } = await keyAct(payload);
    const signers = await tried(() => this.keyring.authenticate(payload, record.envelope, act), Refused, (error) => {
      report.tampered(index, error.member, error.slug, error.message);
    });
    if (signers === null) return;
    report.count('signatures', record.envelope.signatures.length);
    this.signed.push({ index, recordedAt: record.recorded_at, signers });
    if (!this.types.has(payload.type)) {
      report.unverifiable(index, 'payload.type', 'event-type-unknown', `${payload.type} is unknown to this program; use a newer one`);
    } else if (malformed !== null) {
      report.tampered(index, 'payload.data', malformed.slug, malformed.message);
    } else {
      await this.decide(payload, act, index, report);
      const place = { index: record.index, recordedAt: record.recorded_at, signers };
      if (act !== null) this.keyring.evolve(payload, act, place);
      const { event, pointer } = payload.data;
      if (isErasure(payload)) this.erasures.push({ event, pointer, by: payload.actor });
    }
  }

  decide(payload, act, index, report) {
    return tried(() => {
      this.keyring.decide(payload, act);
      if (isErasure(payload)) this.checkErasure(payload);
    }, Refused, (error) => {
      report.tampered(index, `payload.${error.member}`, error.slug, `recorded although the rules refuse it: ${error.message}`);
    });
  }

  /// Only its author, or the registrar, erases of an event.
  checkErasure({ actor, data }) {
    const owner = this.authors.get(data.event);
    if (owner === undefined && this.whole) throw new Refused('erased-event-unknown', 'data.event', 'the ledger has no event of this id');
    if (owner !== undefined && actor !== owner && actor !== REGISTRAR) throw new Refused('actor-not-allowed', 'actor', `${actor} can't erase what ${owner} said`);
  }

  /// Asked at the end, when all compromises are known.
  suspects(report) {
    for (const { index, recordedAt, signers } of this.signed) {
      const key = signers.find((signer) => this.keyring.isSuspect(signer, recordedAt));
      if (key !== undefined) report.suspect(index, 'envelope.signatures', 'key-suspect', `signed with key ${key}, which was or may have been in other hands by then`);
    }
  }
}

function isErasure({ type, agreement }) {
  return type === 'personal_data_erased' && agreement === REGISTRY;
}

async function keyAct(payload) {
  try {
    return { act: await keyActOf(payload), malformed: null };
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return { act: null, malformed: error };
  }
}

/// The trusted keys that still sign. Of each type, one that was replaced is told of only when none is trusted that stands: it
/// is no change of the log, but the new one is to be trusted instead.
export function standingOf(trusted, keyring, size, report) {
  const standing = trusted.filter((key) => keyring.replacedAt(key, size) === null);
  for (const key of trusted.filter(({ type }) => !standing.some((other) => other.type === type))) tellReplaced(key, keyring, size, report);
  return standing;
}

function tellReplaced(key, keyring, size, report) {
  const from = keyring.replacedAt(key, size);
  report.unverifiable(from, 'checkpoint.signatures', 'log-key-replaced', `the trusted key ${key.name}+${key.id} was the log's until record ${from}, which names other keys`);
}

/// `keys` and those of `pinned` that are not among them.
export function withPinned(keys, pinned) {
  return [...keys, ...pinned.filter(({ vkey }) => !keys.some((key) => key.vkey === vkey))];
}

/// Checks a checkpoint's signatures by all `required` keys, and that none was made before the newest record that it
/// covers was recorded (`lastAt`, milliseconds; null when that is not known). Answers whether they hold.
export async function checkSignatures(note, ledger, required, lastAt, report) {
  const verified = await tried(() => verifyCheckpoint(note, ledger, required), BadNote, (error) => notSigned(error, report));
  return verified !== null && checkSigned(verified.signed, lastAt, report);
}

export function notSigned(error, report) {
  report.tampered(null, 'checkpoint.signatures', 'checkpoint-signature', error.message);
}

/// What verified signatures say: how many there are, what could not be verified, and when.
export function checkSigned(signed, lastAt, report) {
  if (signed.some(({ checked }) => !checked)) report.unchecked.add(ML_DSA);
  report.count('checkpoint-signatures', signed.filter(({ checked }) => checked).length);
  // A time that could not be verified is either false or too early: wrong in both cases.
  const early = signed.find(({ time }) => time !== null && lastAt !== null && time < BigInt(Math.floor(lastAt / 1000)));
  if (early === undefined) return true;
  report.tampered(null, 'checkpoint.signatures', 'checkpoint-before-record', `signed at ${early.time} s, before the last record that it covers was recorded`);
  return false;
}
