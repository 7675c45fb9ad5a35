// A signed statement: what a ledger says of an agreement as of one of its checkpoints, under the log's Ed25519 key. It is the
// operator's word and no more: whoever has the records under the root computes the state and compares.
import { toBase64 } from './bytes.js';
import { NotCanonical, SNAKE_CASE, parseCanonical } from './canonical.js';
import { verifyEd25519 } from './ed25519.js';
import { keyId } from './keyring.js';
import { ED25519 } from './note.js';
import { Bad, checkEnvelope, envelopeOf, pae } from './record.js';
import { Report, STATE, tried } from './report.js';
import { Malformed, count, date, digest, hash, isFlag, list, members, origin, party, stream } from './shape.js';

export const STATEMENT_PAYLOAD_TYPE = 'application/vnd.sinetti.statement.v1+json';

const MAX_STATEMENT = 200_000;

const stateOf = members({
  approved: count, bound: count, contested: isFlag, demonstration: isFlag, determined: isFlag, in_force: isFlag, invented: isFlag,
  parties_total: count, signed: count,
}, {
  in_force_pairs: list(members({ contested: isFlag, hub: party, party, since: date })),
  in_force_since: date,
  missing: list(members({ approval: isFlag, party, signature: isFlag })),
  texts: list(digest),
});

const statementOf = members({
  agreement: stream, ledger: origin, on: date, state: stateOf,
  as_of: members({ checkpoint: count, index: count, leaf: hash, registry_version: count, root: hash, version: count }),
});

/// Checks a statement (its parsed JSON) by the log's keys that are trusted.
export async function checkStatement(json, trust) {
  const report = new Report();
  report.unchecked.add(STATE);
  const envelope = await told('envelope', 'envelope-malformed', () => {
    const parsed = envelopeOf(json, 'envelope');
    checkEnvelope(parsed, STATEMENT_PAYLOAD_TYPE);
    if (parsed.signatures.length !== 1) throw new Malformed('signatures', 'a statement has one signature');
    return parsed;
  }, report);
  const statement = envelope && await told('payload', 'statement-malformed', () => {
    if (envelope.payload.length > MAX_STATEMENT) throw new Malformed('payload', `more than ${MAX_STATEMENT} bytes`);
    return statementOf(parseCanonical(envelope.payload, SNAKE_CASE), 'payload');
  }, report);
  if (statement === null) return report;
  tell(statement, report);
  await checkSigner(envelope, statement, trust, report);
  return report;
}

async function told(member, slug, parse, report) {
  const tell = (error) => report.tampered(null, member, slug, error.message);
  return tried(() => tried(() => tried(parse, Malformed, tell), NotCanonical, tell), Bad, tell);
}

/// Only an Ed25519 note key of the log whose ledger it is can sign one.
async function checkSigner(envelope, { ledger }, trust, report) {
  const [{ keyid, sig }] = envelope.signatures;
  let by = null;
  for (const key of trust.keys.filter(({ type }) => type === ED25519)) {
    if (await keyId(key.key) === keyid) by = key;
  }
  if (by === null) report.unverifiable(null, 'signatures', 'key-not-pinned', `key ${keyid} is none of those that are trusted`);
  else if (!(await verifyEd25519(by.key, pae(envelope), sig))) report.tampered(null, 'signatures', 'signature-invalid', `the signature is not by ${by.name}+${by.id}`);
  else if (by.name !== ledger) report.tampered(null, 'payload.ledger', 'other-ledger', `it is about ${ledger}, but signed by the key of ${by.name}`);
  else report.count('log-signatures');
}

/// What was said, for people to compare.
function tell({ agreement, ledger, on, as_of: at, state }, report) {
  report.fact('agreement', agreement);
  report.fact('origin', ledger);
  report.fact('on', on);
  report.fact('size', at.checkpoint);
  report.fact('root', toBase64(at.root));
  report.fact('version', at.version);
  report.fact('leaf', toBase64(at.leaf));
  report.fact('in-force', state.in_force ? `✓ ${state.in_force_since ?? ''}`.trim() : '–');
  report.fact('approved', `${state.approved} / ${state.parties_total}`);
  report.fact('signed', `${state.signed} / ${state.parties_total}`);
  if (state.missing !== undefined) report.fact('missing', state.missing.map((seat) => seat.party).join(', '));
}
