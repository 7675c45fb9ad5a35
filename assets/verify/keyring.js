// The keyring: a fold of the key acts in the registry stream, and who may sign what by it. Keys are judged by their
// place in the log, never by claimed dates.
import { toHex, fromBase64 } from './bytes.js';
import { isGoodKey, verifyEd25519 } from './ed25519.js';
import { sha256 } from './hash.js';
import { BadNote, ED25519, ML_DSA_44_COSIGNATURE, isSameEd25519, parseKey } from './note.js';
import { pae } from './record.js';
import { Malformed, count, digest, instant, list, members, party, text } from './shape.js';

export const REGISTRY = 'registry';
export const REGISTRAR = 'registrar';

const PURPOSES = ['manage', 'record', 'sign'];
const MOST_THRESHOLD = 7;

/// Signatures don't speak for the actor, or a key act is not allowed: `slug` names the rule.
export class Refused extends Error {
  constructor(slug, member, reason) {
    super(reason);
    this.slug = slug;
    this.member = member;
  }
}

const purposesOf = list((value, at) => {
  if (!PURPOSES.includes(value)) throw new Malformed(at, 'not a purpose');
  return value;
});

/// The members of each key act.
const ACTS = {
  ledger_founded: members({ log_keys: list(text), registrar_keys: list(members({ public_key: publicKey, purposes: purposesOf })) }, { demonstration: isTrue }),
  log_keys_changed: members({ log_keys: list(text) }),
  key_enrolled: members({ party, public_key: publicKey, purposes: purposesOf }),
  key_revoked: members({ key: digest, party }, { compromised_since: instant }),
  key_threshold_set: members({ party, threshold: count }),
};

/// All keys ever enrolled.
export class Keyring {
  constructor() {
    this.keys = new Map();
    this.thresholds = new Map();
    /// The log's keys from one index on, oldest first.
    this.logKeys = [];
  }

  get isFounded() {
    return this.logKeys.length > 0;
  }

  /// The keys that a checkpoint of `size` records must be signed by: those that its records name last.
  logKeysAt(size) {
    return this.logKeys.findLast(({ from }) => BigInt(from) < size)?.keys ?? [];
  }

  /// The keys that must have signed the checkpoint of exactly `size` records: those named last, and where the last of these
  /// records names them, those before too.
  logKeysSigning(size) {
    const signing = [];
    for (const { from, keys } of [...this.logKeys].reverse().filter((named) => BigInt(named.from) < size)) {
      signing.push(...keys);
      if (BigInt(from) + 1n < size) break;
    }
    return signing;
  }

  /// The index of the record by which other keys took over from the trusted `key` before the checkpoint of `size` records:
  /// it signs no more, and what follows rests on the new keys. Null while it signs, and for keys that were never named.
  replacedAt({ vkey }, size) {
    const at = this.logKeys.findIndex(({ keys }) => keys.some((key) => key.vkey === vkey));
    const next = at < 0 ? undefined : this.logKeys[at + 1];
    return next !== undefined && BigInt(next.from) + 1n < size ? next.from : null;
  }

  /// Checks every signature at the next place in the log, and that enough of them speak for the actor. Answers the key
  /// ids that counted. `act` is the payload's key act, null for other events.
  ///
  /// Throws Refused.
  async authenticate(payload, envelope, act) {
    const message = pae(envelope);
    if (act?.kind === 'ledger_founded' && !this.isFounded) return authenticateFounding(act, envelope.signatures, message);
    if (act?.kind !== 'key_enrolled') return this.authenticateAll(payload, envelope.signatures, message);
    const own = envelope.signatures.filter(({ keyid }) => keyid === act.id);
    if (own.length !== 1) throw new Refused('key-possession-unproven', 'envelope.signatures', `the key being enrolled, ${act.id}, has not signed`);
    await verify(act.public_key, own[0], message);
    return this.authenticateAll(payload, envelope.signatures.filter(({ keyid }) => keyid !== act.id), message);
  }

  async authenticateAll({ actor, type }, signatures, message) {
    const purpose = purposeOf(type);
    for (const signature of signatures) {
      await verify(this.speaking(signature.keyid, actor, purpose).publicKey, signature, message);
    }
    const threshold = purpose === 'manage' ? this.threshold(actor) : 1;
    if (signatures.length < threshold) throw new Refused('key-threshold', 'envelope.signatures', `${signatures.length} of ${threshold} keys of ${actor} signed`);
    return signatures.map(({ keyid }) => keyid);
  }

  /// The live key `id` of `actor` with `purpose`.
  speaking(id, actor, purpose) {
    const key = this.keys.get(id);
    const refuse = (slug, reason) => {
      throw new Refused(slug, 'envelope.signatures', `key ${id} ${reason}`);
    };
    if (key === undefined) refuse('key-unknown', 'is not enrolled in this ledger');
    if (key.party !== actor) refuse('key-of-another-party', `belongs to ${key.party}, but the event speaks for ${actor}`);
    if (key.revoked !== null) refuse('key-revoked', `was revoked at index ${key.revoked.index}`);
    if (!key.purposes.includes(purpose)) refuse('key-purpose', `has no purpose ${purpose}`);
    return key;
  }

  /// The live keys of `owner` with purpose `manage`.
  managing(owner) {
    return [...this.keys.values()].filter((key) => key.party === owner && key.revoked === null && key.purposes.includes('manage'));
  }

  /// How many keys a party's key events need: as set, but never above its live `manage` keys.
  threshold(owner) {
    return Math.max(1, Math.min(this.thresholds.get(owner) ?? 1, this.managing(owner).length));
  }

  /// Whether the key act, or the lack of one, is allowed at this place.
  ///
  /// Throws Refused.
  decide(payload, act) {
    if (!this.isFounded && act?.kind !== 'ledger_founded') throw new Refused('ledger-not-founded', '.', 'the first record of a ledger is ledger_founded');
    if (act !== null) this[`decide_${act.kind}`](act, payload);
  }

  decide_ledger_founded(act, { actor, ledger }) {
    if (actor !== REGISTRAR) throw new Refused('actor-not-allowed', 'actor', 'only the registrar founds a ledger');
    if (this.isFounded) throw new Refused('ledger-founded-already', '.', 'the ledger is founded already');
    if ((act.demonstration ?? false) !== ledger.endsWith('-demo')) throw new Refused('demonstration-mismatch', 'data.demonstration', 'origin and member disagree');
    checkLogKeys(act.logKeys, ledger);
    act.registrar_keys.forEach((key, at) => {
      checkPurposes(key.purposes);
      if (act.registrar_keys.slice(0, at).some(({ id }) => id === key.id)) throw new Refused('key-known', 'data.public_key', `key ${key.id} stands twice`);
      if (act.logKeys.some((log) => isSameEd25519(log, key.public_key))) throw new Refused('key-is-log-key', 'data.public_key', `key ${key.id} is the log's`);
    });
    if (!act.registrar_keys.some(({ purposes }) => purposes.includes('manage'))) throw new Refused('first-key-must-manage', 'data.purposes', 'no key of the registrar manages');
  }

  decide_log_keys_changed(act, { actor, ledger }) {
    if (actor !== REGISTRAR) throw new Refused('actor-not-allowed', 'actor', "only the registrar changes the log's keys");
    checkLogKeys(act.logKeys, ledger);
    const known = [...this.keys.values()].find(({ publicKey: key }) => act.logKeys.some((log) => isSameEd25519(log, key)));
    if (known !== undefined) throw new Refused('key-known', 'data.public_key', `key ${known.id} is known already`);
  }

  decide_key_enrolled(act, { actor }) {
    checkOwner(actor, act.party);
    checkPurposes(act.purposes);
    if (this.keys.has(act.id)) throw new Refused('key-known', 'data.public_key', `key ${act.id} is known already`);
    if (this.logKeys.some(({ keys }) => keys.some((log) => log.type === ED25519 && isSameEd25519(log, act.public_key)))) throw new Refused('key-is-log-key', 'data.public_key', `key ${act.id} is the log's`);
    if (!act.purposes.includes('manage') && this.managing(act.party).length === 0) throw new Refused('first-key-must-manage', 'data.purposes', `the first key of ${act.party} must manage`);
  }

  decide_key_revoked(act, { actor }) {
    checkOwner(actor, act.party);
    const key = this.keys.get(act.key);
    if (key?.party !== act.party || key.revoked !== null) throw new Refused('key-not-live', 'data.key', `${act.party} has no live key ${act.key}`);
    if (act.party === REGISTRAR && key.purposes.includes('manage') && this.managing(REGISTRAR).length === 1) throw new Refused('last-registrar-key', 'data.key', "the registrar's last key that manages");
  }

  decide_key_threshold_set(act, { actor }) {
    if (actor !== act.party) throw new Refused('actor-not-allowed', 'data.party', `${actor} can't manage keys of ${act.party}`);
    const live = Math.min(this.managing(act.party).length, MOST_THRESHOLD);
    if (act.threshold < 1 || act.threshold > live) throw new Refused('key-threshold-range', 'data.threshold', `not within 1 and ${live}`);
  }

  /// Takes in a recorded key act. `place` is `{index, recordedAt, signers}`.
  evolve({ actor }, act, place) {
    if (act.kind === 'ledger_founded' || act.kind === 'log_keys_changed') this.logKeys.push({ from: place.index, keys: act.logKeys });
    for (const key of act.registrar_keys ?? []) this.enrol(key, REGISTRAR, place, false);
    if (act.kind === 'key_enrolled') {
      const had = [...this.keys.values()].some((key) => key.party === act.party);
      this.enrol(act, act.party, place, had && actor === REGISTRAR && act.party !== REGISTRAR);
    }
    if (act.kind === 'key_threshold_set') this.thresholds.set(act.party, act.threshold);
    const revoked = act.kind === 'key_revoked' ? this.keys.get(act.key) : undefined;
    if (revoked !== undefined) Object.assign(revoked, { revoked: place, compromisedSince: act.compromised_since ?? null });
  }

  enrol({ id, public_key: key, purposes }, owner, place, reenrolled) {
    this.keys.set(id, { id, publicKey: key, party: owner, purposes, enrolled: place, reenrolled, revoked: null, compromisedSince: null });
  }

  /// Whether a record of `recordedAt` signed by key `id` is suspect: the key was compromised by then, or was itself
  /// enrolled by keys that were.
  isSuspect(id, recordedAt) {
    const asked = [{ id, when: recordedAt }];
    // The list grows as it is walked.
    for (const question of asked) {
      const key = this.keys.get(question.id);
      if (key === undefined) continue;
      if (key.compromisedSince !== null && key.compromisedSince <= question.when) return true;
      const when = key.enrolled.recordedAt;
      for (const signer of key.enrolled.signers) {
        if (!asked.some((earlier) => earlier.id === signer && earlier.when === when)) asked.push({ id: signer, when });
      }
    }
    return false;
  }
}

/// The key act that a payload of the registry stream holds, with ids and verifier keys worked out; null for others.
///
/// Throws Refused with `data-malformed`.
export async function keyActOf(payload) {
  if (payload.agreement !== REGISTRY || !Object.hasOwn(ACTS, payload.type)) return null;
  try {
    const act = { kind: payload.type, ...ACTS[payload.type](payload.data, 'data') };
    for (const key of act.registrar_keys ?? []) key.id = await keyId(key.public_key);
    if (act.public_key !== undefined) act.id = await keyId(act.public_key);
    if (act.log_keys !== undefined) act.logKeys = await Promise.all(act.log_keys.map(parseKey));
    return act;
  } catch (error) {
    if (error instanceof Malformed || error instanceof BadNote) throw new Refused('data-malformed', 'data', error.message);
    throw error;
  }
}

/// SHA-256 of the public key, in hex.
export async function keyId(key) {
  return toHex(await sha256(key));
}

/// Every founder signs, and nobody else.
async function authenticateFounding(act, signatures, message) {
  for (const signature of signatures) {
    const key = act.registrar_keys.find(({ id }) => id === signature.keyid);
    if (key === undefined) throw new Refused('key-unknown', 'envelope.signatures', `key ${signature.keyid} is not named in the founding record`);
    await verify(key.public_key, signature, message);
  }
  const missing = act.registrar_keys.find(({ id }) => !signatures.some(({ keyid }) => keyid === id));
  if (missing !== undefined) throw new Refused('founder-signature-missing', 'envelope.signatures', `registrar key ${missing.id} has not signed`);
  return act.registrar_keys.map(({ id }) => id);
}

async function verify(key, { keyid, sig }, message) {
  if (!(await verifyEd25519(key, message, sig))) throw new Refused('signature-invalid', 'envelope.signatures', `the signature by key ${keyid} does not verify`);
}

function purposeOf(type) {
  if (type === 'text_signed') return 'sign';
  return Object.hasOwn(ACTS, type) ? 'manage' : 'record';
}

function checkOwner(actor, owner) {
  if (actor !== owner && actor !== REGISTRAR) throw new Refused('actor-not-allowed', 'data.party', `${actor} can't manage keys of ${owner}`);
}

/// Not empty, ascending, none twice.
function checkPurposes(purposes) {
  if (purposes.length === 0 || purposes.some((purpose, at) => at > 0 && purposes[at - 1] >= purpose)) throw new Refused('key-purposes', 'data.purposes', 'each purpose once, in the order manage, record, sign');
}

/// One Ed25519 and one ML-DSA-44 key, both named as the origin.
function checkLogKeys(keys, ledger) {
  const types = keys.map(({ type }) => type).sort((left, right) => left - right);
  const good = types.length === 2 && types[0] === ED25519 && types[1] === ML_DSA_44_COSIGNATURE && keys.every(({ name }) => name === ledger);
  if (!good) throw new Refused('log-keys', 'data.log_keys', `not one Ed25519 and one ML-DSA-44 key named ${ledger}`);
}

function publicKey(value, at) {
  const key = fromBase64(value);
  if (key === null || !isGoodKey(key)) throw new Malformed(at, 'not a canonical Ed25519 public key, or a weak one');
  return key;
}

function isTrue(value, at) {
  if (value !== true) throw new Malformed(at, 'left out unless true');
  return value;
}
