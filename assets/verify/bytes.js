// Bytes and their text forms. Each meaning has one form: what is accepted is what would be written.

const ENCODER = new TextEncoder();

/// The UTF-8 bytes of `text`.
export function utf8(text) {
  return ENCODER.encode(text);
}

/// The text that `bytes` are the UTF-8 of; null when they are not UTF-8. A byte order mark stays.
export function textOf(bytes) {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

/// How many of the first bytes are UTF-8 (RFC 3629 § 4).
export function utf8Until(bytes) {
  let at = 0;
  while (at < bytes.length) {
    const length = sequence(bytes, at);
    if (length === 0) return at;
    at += length;
  }
  return at;
}

/// Length of the UTF-8 sequence at `at`; 0 when there is none.
function sequence(bytes, at) {
  const [first, second] = [bytes[at], bytes[at + 1]];
  if (first < 0x80) return 1;
  const length = first >= 0xc2 && first < 0xe0 ? 2 : first >= 0xe0 && first < 0xf0 ? 3 : first >= 0xf0 && first < 0xf5 ? 4 : 0;
  if (length === 0 || at + length > bytes.length) return 0;
  const low = { 0xe0: 0xa0, 0xf0: 0x90 }[first] ?? 0x80;
  const high = { 0xed: 0x9f, 0xf4: 0x8f }[first] ?? 0xbf;
  if (second < low || second > high) return 0;
  for (let more = 2; more < length; more += 1) {
    if ((bytes[at + more] & 0xc0) !== 0x80) return 0;
  }
  return length;
}

/// Base64 of RFC 4648 § 4, padded.
export function toBase64(bytes) {
  let binary = '';
  for (let at = 0; at < bytes.length; at += 8192) binary += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return btoa(binary);
}

/// The bytes of padded base64 without white space and loose trailing bits; null otherwise.
export function fromBase64(text) {
  if (typeof text !== 'string' || text.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(text)) return null;
  const binary = atob(text);
  const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0));
  // Loose bits can stand in the last four characters only.
  const tail = bytes.subarray(bytes.length - ((bytes.length - 1) % 3) - 1);
  return bytes.length === 0 || text.endsWith(toBase64(tail)) ? bytes : null;
}

/// Lower-case hex.
export function toHex(bytes) {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/// Whether two byte strings are the same.
export function sameBytes(left, right) {
  return left.length === right.length && left.every((byte, at) => byte === right[at]);
}

/// One after the other.
export function join(...parts) {
  const joined = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}

/// A 64-bit number, big-endian.
export function uint64(number) {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(number));
  return bytes;
}
