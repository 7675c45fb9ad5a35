// What is signed: the canonical bytes of a payload, personal values apart (docs/formats.md §§ 1, 7).
import { toBase64, toHex, utf8 } from './bytes.js';
import { SNAKE_CASE, checkCanonical } from './canonical.js';
import { sha256 } from './hash.js';

/// A new event id: UUID v7 of `now` in milliseconds.
export function newEvent(now) {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  for (let at = 0; at < 6; at += 1) bytes[at] = Math.floor(now / 256 ** (5 - at)) % 256;
  bytes[6] = (bytes[6] & 0x0f) | 0x70;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  return toHex(bytes).replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, '$1-$2-$3-$4-$5');
}

/// 16 random bytes in base64.
export function newSalt() {
  return toBase64(crypto.getRandomValues(new Uint8Array(16)));
}

/// RFC 8785 for what payloads hold: objects with ASCII names, lists, strings, integers, true and false.
export function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object') return JSON.stringify(value);
  const members = Object.keys(value).sort().map((name) => `${JSON.stringify(name)}:${canonical(value[name])}`);
  return `{${members.join(',')}}`;
}

/// The payload's bytes, and the disclosures of its personal values. `personal` are `{pointer, value}`; their places in
/// `data` are filled with commitments. `salts` give each pointer its salt, the same every time.
///
/// Throws NotCanonical: a character that hides, say.
export async function payloadOf(heading, data, personal, salts) {
  const filled = structuredClone(data);
  const disclosures = [];
  for (const { pointer, value } of personal) {
    const disclosure = [salts(pointer), heading.event, pointer, value];
    const digest = toBase64(await sha256(utf8(canonical(disclosure))));
    place(filled, pointer, { sd: digest });
    disclosures.push(disclosure);
  }
  const bytes = utf8(canonical({ ...heading, data: filled }));
  checkCanonical(bytes, SNAKE_CASE);
  return { bytes, disclosures };
}

/// The same content has the same print, whoever composes it and however often.
export async function printOf(heading, data, personal) {
  const { agreement, actor, ledger, type } = heading;
  return toHex(await sha256(utf8(canonical({ actor, agreement, data, ledger, personal, type }))));
}

function place(data, pointer, value) {
  const names = pointer.slice(1).split('/').map((name) => name.replace(/~1/g, '/').replace(/~0/g, '~'));
  const last = names.pop();
  names.reduce((inner, name) => inner[name], data)[last] = value;
}
