// Key files: Ed25519 in PKCS#8 PEM (RFC 8410), plain or encrypted by PBES2 (RFC 8018) with PBKDF2-HMAC-SHA-256 and
// AES-256-CBC, as `sinetti key new` and openssl write them. What is opened stays in this browser.
import { fromBase64, join, toHex } from './bytes.js';

/// Most PBKDF2 rounds that opening accepts, and the longest file.
const MAX_ROUNDS = 10_000_000;
const MAX_FILE = 16 * 1024;

/// DER tags.
const [INTEGER, OCTETS, OID, SEQUENCE] = [0x02, 0x04, 0x06, 0x30];

/// Object identifiers, as their DER contents in hex.
const ED25519 = '2b6570';
const PBES2 = '2a864886f70d01050d';
const PBKDF2 = '2a864886f70d01050c';
const HMAC_SHA256 = '2a864886f70d0209';
const AES_256_CBC = '60864801650304012a';

/// PKCS#8 of an Ed25519 key, up to its 32 bytes.
const PREFIX = Uint8Array.from([0x30, 0x2e, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 4, 0x22, 4, 0x20]);

/// The file is no key that can be used here; `slug` says why.
export class BadKeyFile extends Error {
  constructor(slug) {
    super(slug);
    this.slug = slug;
  }
}

/// Whether the file asks for a passphrase.
export function isEncrypted(text) {
  return text.includes('-----BEGIN ENCRYPTED PRIVATE KEY-----');
}

/// The key in a key file, as PKCS#8 that every browser imports.
///
/// Throws BadKeyFile.
export async function openKeyFile(text, passphrase) {
  if (text.length > MAX_FILE) throw new BadKeyFile('key-file-none');
  const match = /-----BEGIN (ENCRYPTED )?PRIVATE KEY-----([A-Za-z0-9+/=\s]+)-----END \1?PRIVATE KEY-----/.exec(text);
  const der = match && fromBase64(match[2].replace(/\s/g, ''));
  if (!der) throw new BadKeyFile('key-file-none');
  const plain = match[1] === undefined ? der : await decrypted(der, passphrase);
  return join(PREFIX, seedOf(plain));
}

async function decrypted(der, passphrase) {
  const { salt, rounds, iv, bytes } = encryption(der);
  if (rounds > MAX_ROUNDS) throw new BadKeyFile('key-file-rounds');
  const secret = await crypto.subtle.importKey('raw', new TextEncoder().encode(passphrase), 'PBKDF2', false, ['deriveKey']);
  const algorithm = { name: 'PBKDF2', hash: 'SHA-256', salt, iterations: rounds };
  const key = await crypto.subtle.deriveKey(algorithm, secret, { name: 'AES-CBC', length: 256 }, false, ['decrypt']);
  try {
    return new Uint8Array(await crypto.subtle.decrypt({ name: 'AES-CBC', iv }, key, bytes));
  } catch {
    throw new BadKeyFile('key-file-passphrase');
  }
}

/// EncryptedPrivateKeyInfo (RFC 5958 § 3) with the parameters of PBES2.
function encryption(der) {
  const [scheme, bytes] = children(only(der, SEQUENCE));
  const [name, parameters] = children(contents(scheme, SEQUENCE));
  expect(name, PBES2);
  const [derivation, cipher] = children(contents(parameters, SEQUENCE));
  const [derivationName, derivationParameters] = children(contents(derivation, SEQUENCE));
  expect(derivationName, PBKDF2);
  const [salt, rounds, ...rest] = children(contents(derivationParameters, SEQUENCE));
  // Without a name it is HMAC-SHA-1, which is not read.
  const prf = rest.find(({ tag }) => tag === SEQUENCE);
  expect(prf && children(prf.bytes)[0], HMAC_SHA256);
  const [cipherName, iv] = children(contents(cipher, SEQUENCE));
  expect(cipherName, AES_256_CBC);
  return { salt: contents(salt, OCTETS), rounds: number(contents(rounds, INTEGER)), iv: contents(iv, OCTETS), bytes: contents(bytes, OCTETS) };
}

/// The 32 bytes in PrivateKeyInfo, whose attributes and public key are left aside.
function seedOf(der) {
  try {
    const [, algorithm, key] = children(only(der, SEQUENCE));
    expect(children(contents(algorithm, SEQUENCE))[0], ED25519);
    const seed = only(contents(key, OCTETS), OCTETS);
    if (seed.length === 32) return seed;
  } catch (error) {
    if (!(error instanceof BadKeyFile)) throw error;
  }
  throw new BadKeyFile('key-file-kind');
}

function expect(item, oid) {
  if (toHex(contents(item, OID)) !== oid) throw new BadKeyFile('key-file-method');
}

function number(bytes) {
  return bytes.length > 6 ? Infinity : bytes.reduce((value, byte) => value * 256 + byte, 0);
}

function only(bytes, tag) {
  return contents(children(bytes)[0], tag);
}

function contents(item, tag) {
  if (item?.tag !== tag) throw new BadKeyFile('key-file-method');
  return item.bytes;
}

/// The values that stand one after the other in `bytes`.
function children(bytes) {
  const items = [];
  for (let at = 0; at < bytes.length;) {
    const [tag, first] = [bytes[at], bytes[at + 1]];
    const more = first < 0x80 ? 0 : first & 0x7f;
    if (first === undefined || more > 3) throw new BadKeyFile('key-file-method');
    const length = more === 0 ? first : number(bytes.subarray(at + 2, at + 2 + more));
    const start = at + 2 + more;
    if (start + length > bytes.length) throw new BadKeyFile('key-file-method');
    items.push({ tag, bytes: bytes.subarray(start, start + length) });
    at = start + length;
  }
  return items;
}
