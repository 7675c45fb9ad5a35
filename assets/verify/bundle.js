// The evidence bundle of one agreement: every check that needs no rules of agreements, and never only the first defect.
import { fromBase64, sameBytes, textOf, toBase64, utf8 } from './bytes.js';
import { checkDisclosures, checkDocuments } from './beside.js';
import { checkLog, checkpointFacts } from './checkpoints.js';
import { KnownNodes } from './earlier.js';
import { headsLeaf, isIncluded, leafHash } from './hash.js';
import { REGISTRY } from './keyring.js';
import { Links } from './links.js';
import { readBundle } from './members.js';
import { BadNote, parseCheckpoint, parseNote, sameNote } from './note.js';
import { BadPolicy, isPublished, parsePolicy } from './policy.js';
import { parseProof } from './proof.js';
import { Acts, checkPlace, notSigned, payloadOf, recordOf, standingOf } from './replay.js';
import { README, RULES, Report, TIMESTAMPS, tried } from './report.js';
import { checkCosignatures, checkCosigned, checkQuorum, checkSince } from './witnesses.js';

const ALWAYS = [['readme', 'README.txt'], ['checkpoint', 'checkpoint'], ['policy', 'policy'], ['heads', 'heads.json'], ['disclosures', 'disclosures.json']];

/// Verifies a bundle. `asked` is what the auditor brings along beside `trust`: `policy` and `since` (a checkpoint), as
/// bytes, or null.
export async function checkBundle(bytes, trust, asked = { policy: null, since: null }) {
  const { files, defects } = readBundle(bytes);
  const evidence = new Evidence(files, trust, asked);
  for (const defect of defects) evidence.report.tampered(null, 'bundle', 'bundle-malformed', defect);
  if (files.length > 0) await evidence.check();
  evidence.report.sort();
  return evidence.report;
}

class Evidence {
  constructor(files, trust, asked) {
    this.files = files;
    this.trust = trust;
    this.asked = asked;
    this.report = new Report();
    // What only the program does: replay the rules, and write the README again to compare.
    this.report.unchecked.add(RULES).add(README);
    this.acts = new Acts(trust.types, false);
    this.known = new KnownNodes();
    this.note = null;
    this.checkpoint = null;
    this.policy = null;
    this.ownPolicy = null;
    /// In the order of the log: `{file, number, content, record, payload}`.
    this.carried = [];
    this.last = null;
    this.founding = null;
  }

  async check() {
    this.checkMembers();
    await this.readCheckpoint();
    await this.readPolicies();
    await this.checkRecords();
    await this.checkCompleteness();
    await this.checkCheckpoint();
    await checkQuorum(this);
    await checkCosigned(this);
    await checkSince(this);
    await this.checkBeside();
    this.checkFounding();
  }

  one(kind) {
    return this.files.find((file) => file.kind === kind);
  }

  all(kind) {
    return this.files.filter((file) => file.kind === kind);
  }

  proofFile(index) {
    return this.files.find(({ kind, number }) => kind === 'proof' && number === BigInt(index));
  }

  checkMembers() {
    for (const [kind, name] of ALWAYS) {
      if (this.one(kind) === undefined) this.missing(name);
    }
    if (this.all('timestamp').length > 0) this.report.unchecked.add(TIMESTAMPS);
  }

  missing(name) {
    this.report.file = name;
    this.report.tampered(null, name, 'member-missing', `${name} is not there`);
  }

  // Checkpoint and policy

  async readCheckpoint() {
    const file = this.one('checkpoint');
    if (file === undefined) return;
    this.report.file = file.name;
    this.note = await this.parsed('checkpoint', 'checkpoint-malformed', () => parseNote(file.content));
    this.checkpoint = this.note && await this.parsed('checkpoint', 'checkpoint-malformed', () => parseCheckpoint(this.note.text));
    if (this.checkpoint) checkpointFacts(this.checkpoint, this.report);
  }

  parsed(member, slug, parse) {
    return tried(parse, BadNote, (error) => this.report.tampered(null, member, slug, error.message));
  }

  async readPolicies() {
    const file = this.one('policy');
    this.report.file = 'policy';
    const malformed = (error) => this.report.tampered(null, 'policy', 'policy-malformed', error.message);
    const published = file && await tried(() => parsePolicy(file.content), BadPolicy, malformed);
    if (published && !isPublished(published, file.content)) this.report.tampered(null, 'policy', 'policy-not-canonical', 'it is not in the one form in which a ledger publishes it');
    else this.ownPolicy = published ?? null;
    this.report.file = null;
    this.policy = this.asked.policy && await tried(() => parsePolicy(this.asked.policy), BadPolicy, malformed);
  }

  // Records

  async checkRecords() {
    const registry = await this.recordsOf('registry');
    const agreement = await this.recordsOf('agreement');
    if (registry.length === 0) this.missing('registry/000001.json');
    this.agreement = agreement.find(({ record }) => record !== null)?.record.agreement ?? null;
    this.carried = inOrderOfTheLog(registry, agreement);
    const origin = this.checkpoint?.origin ?? this.carried.find(({ record }) => record !== null)?.record.ledger;
    if (origin === undefined) return;
    this.origin = origin;
    const links = new Links(origin);
    for (const carried of this.carried) await this.checkRecord(carried, links);
    this.acts.suspects(this.report);
    for (const finding of this.report.findings.filter(({ slug }) => slug === 'key-suspect')) {
      finding.file = this.carried.find(({ record }) => record?.index === finding.index)?.file.name ?? null;
    }
    this.checkNeededProofs();
  }

  /// The records of one folder; names ascend from 1 without gaps.
  async recordsOf(kind) {
    const found = [];
    let next = 1n;
    for (const file of this.all(kind)) {
      if (file.number !== next) this.missing(`${kind}/${String(next).padStart(6, '0')}.json`);
      next = file.number + 1n;
      this.report.file = file.name;
      found.push({ file, kind, record: await recordOf(file.content, null, this.report) });
    }
    return found;
  }

  async checkRecord(carried, links) {
    const { file, kind, record } = carried;
    const stream = kind === 'registry' ? REGISTRY : this.agreement ?? REGISTRY;
    const leaf = record?.leaf ?? await leafHash(file.content);
    if (kind === 'registry' && file.number === 1n) this.founding = leaf;
    if (record === null) {
      links.skip(stream, leaf);
      return;
    }
    this.report.file = file.name;
    for (const { member, found, expected } of await links.misplaced(record, stream, file.number)) {
      this.report.tampered(record.index, `record.${member}`, 'record-misplaced', `is ${found}, should be ${expected}`);
    }
    carried.payload = await this.judge(record, links);
    await this.checkOwnProof(record);
    await links.push(record);
    this.report.count('records');
  }

  /// What the record says: meant for this place, and signed by keys that were valid there.
  async judge(record, links) {
    const { index } = record;
    const payload = await payloadOf(record, index, this.report);
    if (payload === null) return null;
    checkPlace(record, payload, index, this.report);
    if (!links.resolves(payload, index === 0 ? null : this.founding)) this.report.tampered(index, 'payload.seen', 'seen-not-in-history', 'it names a record that is not there, or another');
    this.acts.author(payload, index, this.report);
    await this.acts.take(record, payload, index, this.report);
    return payload;
  }

  async checkOwnProof(record) {
    const file = this.proofFile(record.index);
    if (file === undefined) this.missing(`proofs/${record.index}.tlog-proof`);
    else if (await this.checkInclusion(file.name, file.content, record)) this.report.count('inclusions');
  }

  /// Whether `bytes`, a proof, show `record` in the tree of the bundle's own checkpoint.
  async checkInclusion(name, bytes, record) {
    this.report.file = name;
    const { index } = record;
    const before = this.report.findings.length;
    const tampered = (slug, reason) => this.report.tampered(index, 'proof', slug, reason);
    const proof = await tried(() => parseProof(bytes), BadNote, (error) => tampered('proof-malformed', error.message));
    if (proof === null) return false;
    if (proof.extra) tampered('proof-extra', 'it has a line "extra", for which nothing vouches');
    if (proof.index !== BigInt(index)) tampered('proof-of-another-record', `it is of index ${proof.index}`);
    if (this.note === null || !sameNote(proof.checkpoint, this.note)) tampered('proof-of-another-checkpoint', "it embeds another checkpoint than the bundle's");
    if (this.checkpoint !== null) {
      const { size, root } = this.checkpoint;
      if (await isIncluded(record.leaf, BigInt(index), size, proof.hashes, root)) await this.known.add(record.leaf, BigInt(index), size, proof.hashes);
      else tampered('record-not-included', 'record and proof do not lead to the root of the checkpoint');
    }
    return this.report.findings.length === before;
  }

  /// The proof of a record that can't be read can't be told from one too many.
  checkNeededProofs() {
    if (this.carried.some(({ record }) => record === null)) return;
    const needed = new Set(this.carried.map(({ record }) => BigInt(record.index)));
    for (const { name, number } of this.all('proof').filter(({ number: index }) => !needed.has(index))) {
      this.report.file = name;
      this.report.tampered(null, 'proof', 'member-unneeded', `it is the proof of index ${number}, no record of this bundle`);
    }
  }

  // Completeness: the last record under the checkpoint names the heads of all streams

  async checkCompleteness() {
    const file = this.one('heads');
    if (file === undefined) return;
    this.report.file = file.name;
    const heads = headsOf(file.content);
    if (heads === null) {
      this.report.tampered(null, 'heads', 'heads-malformed', 'not an object of agreement, last, proof and registry in its one form');
      return;
    }
    const last = await recordOf(heads.last, null, this.report);
    if (last === null) return;
    await this.checkLast(last, heads, file.name);
    this.report.file = file.name;
    await this.checkHead(last, 'registry', heads.registry);
    if (this.agreement !== null) await this.checkHead(last, 'agreement', heads.agreement);
    else if (heads.agreement.length > 0) this.report.tampered(null, 'heads.agreement', 'heads-malformed', 'there is no agreement to be proven complete');
  }

  async checkLast(last, heads, name) {
    if (this.checkpoint !== null && BigInt(last.index) + 1n !== this.checkpoint.size) {
      this.report.tampered(null, 'heads.last', 'heads-of-another-record', `it is record ${last.index}, not the last one under the checkpoint`);
      return;
    }
    if (!(await this.checkInclusion(name, utf8(heads.proof), last))) return;
    if (this.carried.some(({ record }) => record !== null && record.recorded_at > last.recorded_at)) this.report.tampered(null, 'heads.last', 'record-misplaced', 'it was recorded before a record that stands before it');
    this.last = last;
  }

  async checkHead(last, kind, proof) {
    const newest = this.carried.findLast((carried) => carried.kind === kind)?.record ?? null;
    if (newest === null) return;
    if (await isNewest(last, newest, proof)) this.report.count('complete');
    else this.report.tampered(null, `heads.${kind}`, 'incomplete', `nothing shows that all records of ${newest.agreement} are here`);
  }

  // Who signed the checkpoint, and when

  get keyring() {
    return this.acts.keyring;
  }

  async checkCheckpoint() {
    if (this.note === null || this.checkpoint === null) return;
    const last = this.lastRecordedAt();
    await this.checkLog('checkpoint', this.note, this.checkpoint, last);
    await checkCosignatures(this, 'checkpoint', this.note, last, true);
    const named = this.keyring.logKeysAt(this.checkpoint.size);
    const listed = this.ownPolicy?.logs ?? null;
    this.report.file = 'policy';
    if (listed !== null && (listed.length !== named.length || !named.every(({ vkey }) => listed.some((log) => log.vkey === vkey)))) this.report.tampered(null, 'policy.log', 'policy-of-other-keys', 'it lists other log keys than the registry names');
  }

  /// All keys that the registry names for this size signed; today's checkpoint the trusted ones too.
  async checkLog(name, note, { size }, last) {
    this.report.file = name;
    const named = this.keyring.logKeysSigning(size);
    const trusted = name === 'checkpoint' ? standingOf(this.trust.keys, this.keyring, size, this.report) : [];
    if (named.length === 0) notSigned(new BadNote('the registry names no key for it'), this.report);
    else await checkLog(note, this.origin, { named, trusted }, last, this.report);
  }

  lastRecordedAt() {
    const times = [this.last?.recorded_at, this.recordedBelow(2n ** 64n)].filter((time) => typeof time === 'number');
    return times.length === 0 ? null : Math.max(...times);
  }

  /// The latest `recorded_at` among the records here below index `size`; null when there is none.
  recordedBelow(size) {
    const below = this.carried.filter(({ record }) => record !== null && BigInt(record.index) < size);
    return below.reduce((latest, { record }) => Math.max(latest ?? 0, record.recorded_at), null);
  }

  // What stands beside, and the trail

  async checkBeside() {
    const said = this.said();
    await checkDocuments(this.files, said, this.acts.erasures, this.report);
    const disclosures = this.one('disclosures');
    if (disclosures !== undefined) await checkDisclosures(disclosures, said, this.acts.erasures, this.report);
    this.report.file = null;
    for (const { kind, record, payload } of this.carried) {
      if (payload && (kind === 'agreement' || this.agreement === null)) this.report.trail.push({ version: record.version, recordedAt: record.recorded_at, actor: payload.actor, type: payload.type });
    }
  }

  /// All events by their id, each with its place: the registry's first, each stream in its order.
  said() {
    const streams = ['registry', 'agreement'].flatMap((kind) => this.carried.filter((carried) => carried.kind === kind));
    const readable = streams.filter(({ record }) => record !== null);
    const events = readable.map(({ record, payload }, place) => ({ place, index: record.index, payload }));
    return new Map(events.filter(({ payload }) => payload !== null).map((event) => [event.payload.event, event]));
  }

  checkFounding() {
    this.report.fact('agreement', this.agreement ?? REGISTRY);
    if (this.founding === null) return;
    this.report.fact('founding', toBase64(this.founding));
    const { founding } = this.trust;
    if (founding !== null && !sameBytes(founding, this.founding)) this.report.tampered(0, 'record', 'founding-mismatch', 'record 0 is another than the trusted one');
  }
}

/// Both streams as one, by index; a record that can't be read stands after the one before it.
function inOrderOfTheLog(registry, agreement) {
  const placed = [registry, agreement].flatMap((stream) => {
    let index = 0;
    return stream.map((carried) => {
      index = Math.max(index, carried.record?.index ?? index);
      return { index, carried };
    });
  });
  return placed.sort((left, right) => left.index - right.index).map(({ carried }) => carried);
}

/// `heads.json` in its one form, or null.
function headsOf(bytes) {
  const text = textOf(bytes);
  let value;
  try {
    value = JSON.parse(text ?? '');
  } catch {
    return null;
  }
  const { agreement, last, proof, registry } = value ?? {};
  const hashes = (list) => (Array.isArray(list) ? list.map(fromBase64) : [null]);
  const parsed = { agreement: hashes(agreement), last: fromBase64(last), proof, registry: hashes(registry) };
  const good = [...parsed.agreement, ...parsed.registry].every((hash) => hash?.length === 32) && parsed.last !== null && typeof proof === 'string';
  return good && JSON.stringify({ agreement, last, proof, registry }) === text ? parsed : null;
}

/// Whether `newest` is the newest record of its stream in the tree whose last record is `last`.
async function isNewest(last, newest, proof) {
  if (last.agreement === newest.agreement) return proof.length === 0 && last.version === newest.version && sameBytes(last.leaf, newest.leaf);
  const leaf = await headsLeaf(newest.agreement, newest.version, newest.leaf);
  return isIncluded(leaf, BigInt(newest.stream), BigInt(last.streams), proof, last.heads);
}
