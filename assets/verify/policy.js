// C2SP tlog-policy: which logs and which witnesses make a checkpoint count.
import { sameBytes, textOf, utf8 } from './bytes.js';
import { BadNote, ED25519, openNote, parseCheckpoint, parseKey } from './note.js';
import { decimal } from './shape.js';

const MAX_POLICY_BYTES = 2 ** 20;

/// The predefined name: no cosignature is asked for.
const NONE = 'none';

/// The bytes are no policy.
export class BadPolicy extends Error {}

/// The policy that `bytes` are: `logs` (keys), `witnesses` (`{name, key, url}`), `groups` (`{name, threshold, members}`) and
/// `quorum` (null for none). Names mean nothing outside; here they must be UTF-8.
///
/// Throws BadPolicy.
export async function parsePolicy(bytes) {
  const text = bytes.length <= MAX_POLICY_BYTES ? textOf(bytes) : null;
  if (text === null || !text.endsWith('\n') || /[\u0000-\u0008\u000b-\u001f\u007f]/.test(text)) throw new BadPolicy('not lines of text, each ended by a newline');
  const reader = new Reader();
  for (const line of text.slice(0, -1).split('\n')) {
    const [first, ...rest] = line.split(/[ \t]+/).filter((word) => word !== '');
    if (first === undefined || first.startsWith('#')) continue;
    if (!KEYWORDS.includes(first)) throw new BadPolicy(`a line begins with ${first}`);
    await reader[first](rest);
  }
  if (reader.found === undefined) throw new BadPolicy('no line quorum <name>');
  const { logs, witnesses, groups, found } = reader;
  return { logs, witnesses, groups, quorum: found === NONE ? null : found };
}

const KEYWORDS = ['log', 'witness', 'group', 'quorum'];

class Reader {
  logs = [];
  witnesses = [];
  groups = [];
  found = undefined;
  /// Each name, with whether it is a member of a group.
  names = new Map();

  async log([vkey, ...url]) {
    const key = await keyOf(vkey, url);
    if (this.logs.some((other) => sameBytes(other.key, key.key))) throw new BadPolicy('the same log key twice');
    this.logs.push({ ...key, url });
  }

  async witness([name, vkey, ...url]) {
    const key = await keyOf(vkey, url);
    if (key.type === ED25519) throw new BadPolicy("a witness's key does not cosign");
    if (this.witnesses.some((other) => sameBytes(other.key.key, key.key))) throw new BadPolicy('the same witness key twice');
    this.define(name);
    this.witnesses.push({ name, key, url });
  }

  group([name, threshold, ...members]) {
    const needed = threshold === 'all' ? members.length : threshold === 'any' ? 1 : Number(decimal(threshold ?? '') ?? 0n);
    if (members.length === 0 || needed < 1 || needed > members.length) throw new BadPolicy('not group <name> <all|any|number> <name>…');
    for (const member of members) {
      if (this.names.get(member) !== false) throw new BadPolicy(`${member} is not defined before, or is a member already`);
      this.names.set(member, true);
    }
    this.define(name);
    this.groups.push({ name, threshold: needed, members });
  }

  quorum([name, ...more]) {
    if (more.length > 0 || this.found !== undefined || (name !== NONE && !this.names.has(name))) throw new BadPolicy('not one line quorum <name>');
    this.found = name;
  }

  define(name) {
    if (name === NONE || this.names.has(name)) throw new BadPolicy(`the name ${name} is taken`);
    this.names.set(name, false);
  }
}

async function keyOf(vkey, url) {
  if (url.length > 1) throw new BadPolicy('too many words');
  try {
    return await parseKey(vkey ?? '');
  } catch (error) {
    if (!(error instanceof BadNote)) throw error;
    throw new BadPolicy(error.message);
  }
}

/// Whether `bytes` are the one form in which this policy is written: no comments, single spaces.
export function isPublished(policy, bytes) {
  const lines = [
    ...policy.logs.map(({ vkey, url }) => ['log', vkey, ...url]),
    ...policy.witnesses.map(({ name, key, url }) => ['witness', name, key.vkey, ...url]),
    ...policy.groups.map(({ name, threshold, members }) => ['group', name, thresholdWord(threshold, members.length), ...members]),
    ['quorum', policy.quorum ?? NONE],
  ];
  return sameBytes(utf8(lines.map((words) => `${words.join(' ')}\n`).join('')), bytes);
}

function thresholdWord(threshold, members) {
  if (threshold === members) return 'all';
  return threshold === 1 ? 'any' : String(threshold);
}

/// What lacks for a checkpoint to count: `log-not-in-policy`, `quorum-not-met`, or nothing (null). Signatures that fail are
/// found elsewhere and count here for nobody.
export async function lacking(policy, note) {
  const { origin } = parseCheckpoint(note.text);
  const logs = policy.logs.filter(({ name }) => name === origin);
  if (policy.logs.length > 0 && !(await anySigned(note, logs))) return 'log-not-in-policy';
  if (policy.quorum === null) return null;
  const witnessed = new Map();
  for (const { name, key } of policy.witnesses) witnessed.set(name, await anySigned(note, [key]));
  // Members are defined before their group, so one pass in order is enough.
  for (const { name, threshold, members } of policy.groups) {
    witnessed.set(name, members.filter((member) => witnessed.get(member)).length >= threshold);
  }
  return witnessed.get(policy.quorum) ? null : 'quorum-not-met';
}

async function anySigned(note, keys) {
  for (const key of keys) {
    try {
      await openNote(note, [key]);
      return true;
    } catch (error) {
      if (!(error instanceof BadNote)) throw error;
    }
  }
  return false;
}
