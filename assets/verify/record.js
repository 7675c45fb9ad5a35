// Records, the DSSE envelopes in them, and the payloads in those: bytes to members, in their one form.
import { join, utf8 } from './bytes.js';
import { ASCII, NotCanonical, SNAKE_CASE, parseCanonical } from './canonical.js';
import { leafHash } from './hash.js';
import { Malformed, base64, count, digest, eventId, eventType, hash, instant, list, members, origin, party, stream, text } from './shape.js';

export const EVENT_PAYLOAD_TYPE = 'application/vnd.sinetti.event.v1+json';

const MAX_RECORD = 65_535;
const MAX_PAYLOAD = 40_000;
const MAX_SIGNATURES = 8;
const FORMAT = 1;

/// A DSSE envelope's members.
export const envelopeOf = members({
  payload: base64,
  payloadType: text,
  signatures: list(members({ keyid: digest, sig: base64 })),
});

const recordOf = members({
  agreement: stream, agreement_previous: hash, envelope: envelopeOf, heads: hash, index: count, ledger: origin,
  previous: hash, recorded_at: instant, stream: count, streams: count, v: count, version: count,
});

const payloadOf = members({
  actor: party, agreement: stream, data: dataOf, event: eventId, ledger: origin,
  seen: members({ hash: seenHash, version: count }), type: eventType,
}, { until: instant });

/// Bytes that are no record or payload: `slug` names the check, `unverifiable` a form that this program can't judge.
export class Bad extends Error {
  constructor(slug, reason, unverifiable = false) {
    super(reason);
    this.slug = slug;
    this.unverifiable = unverifiable;
  }
}

/// A record with its bytes and leaf hash.
///
/// Throws Bad.
export async function parseRecord(bytes) {
  if (bytes.length > MAX_RECORD) throw new Bad('record-too-long', `${bytes.length} bytes`);
  const record = typed(bytes, ASCII, recordOf, 'record', 'record-not-canonical', 'record-malformed');
  if (record.v !== FORMAT) throw new Bad('record-format-unknown', `record format ${record.v}`, true);
  checkEnvelope(record.envelope, EVENT_PAYLOAD_TYPE);
  return { bytes, leaf: await leafHash(bytes), ...record };
}

/// The payload that `bytes` are.
///
/// Throws Bad.
export function parsePayload(bytes) {
  if (bytes.length > MAX_PAYLOAD) throw new Bad('payload-too-long', `${bytes.length} bytes`);
  return typed(bytes, SNAKE_CASE, payloadOf, 'payload', 'not-canonical', 'payload-malformed');
}

/// DSSE v1 pre-authentication encoding: what the signatures are over.
export function pae(envelope) {
  const { payloadType, payload } = envelope;
  return join(utf8(`DSSEv1 ${utf8(payloadType).length} ${payloadType} ${payload.length} `), payload);
}

function typed(bytes, names, parser, name, notCanonical, malformed) {
  try {
    return parser(parseCanonical(bytes, names), name);
  } catch (error) {
    if (error instanceof NotCanonical) throw new Bad(error.unsure ? 'characters-unknown' : notCanonical, error.message, error.unsure);
    if (error instanceof Malformed) throw new Bad(malformed, error.message);
    throw error;
  }
}

/// What the members' forms don't say: payload type, number, order and length of signatures.
///
/// Throws Bad.
export function checkEnvelope({ payloadType, signatures }, expected) {
  const ascending = signatures.every(({ keyid }, at) => at === 0 || signatures[at - 1].keyid < keyid);
  const good = payloadType === expected && signatures.length >= 1 && signatures.length <= MAX_SIGNATURES
    && ascending && signatures.every(({ sig }) => sig.length === 64);
  if (!good) throw new Bad('envelope-malformed', 'payloadType, number, order or length of signatures');
}

function dataOf(value, at) {
  if (typeof value !== 'object' || Array.isArray(value)) throw new Malformed(at, 'not an object');
  return value;
}

/// The empty text stands for "nothing was there to see".
function seenHash(value, at) {
  return value === '' ? null : hash(value, at);
}
